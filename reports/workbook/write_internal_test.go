package workbook

import (
	"os"
	"testing"
)

// TestRecalculateFile compares a book on disk, for work on the package itself.
func TestRecalculateFile(t *testing.T) {
	path := os.Getenv("FLAGSTONE_BOOK")
	if path == "" {
		t.Skip("no book named")
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d formula cells", sameValues(t, reopen(t, raw), recalculate(t, raw)))
}
