package geo_test

import (
	"os"
	"path/filepath"
	"testing"
)

// sharedFile opens a file of the shared reference material, or skips the test when this checkout has none beside it.
func sharedFile(t *testing.T, name string) []byte {
	t.Helper()
	var tried []string
	if dir := os.Getenv("FLAGSTONE_SHARED"); dir != "" {
		tried = append(tried, filepath.Join(dir, name))
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		tried = append(tried, filepath.Join(dir, "shared", name))
		up := filepath.Dir(dir)
		if up == dir {
			break
		}
		dir = up
	}
	for _, path := range tried {
		if b, err := os.ReadFile(path); err == nil {
			return b
		}
	}
	t.Skipf("shared/%s is not beside this checkout: set FLAGSTONE_SHARED to the folder that holds it", name)
	return nil
}
