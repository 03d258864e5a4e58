package workbook_test

import (
	"bytes"
	"context"
	"os"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/reports/workbook"
)

var when = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

func write(t testing.TB, c *appraisal.Comparison, e workbook.Edition) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := workbook.Write(context.Background(), c, &buf, workbook.Options{Edition: e, Hash: "0123abcd", Created: when}); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestTheSameComparisonGivesTheSameBytes(t *testing.T) {
	a := write(t, newSample(t, 1, 12, 30, 2, 0.4).compare(t), workbook.Exempt)
	b := write(t, newSample(t, 1, 12, 30, 2, 0.4).compare(t), workbook.Exempt)
	if !bytes.Equal(a, b) {
		t.Error("two books of the same comparison differ")
	}
	if path := os.Getenv("FLAGSTONE_KEEP_BOOK"); path != "" {
		if err := os.WriteFile(path, a, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
