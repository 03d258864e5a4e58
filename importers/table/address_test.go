package table_test

import (
	"testing"

	"github.com/planting-the-flag/flagstone/importers/table"
)

func TestAddresses(t *testing.T) {
	for _, c := range []struct {
		row, col int
		name     string
	}{{1, 0, "A1"}, {7, 2, "C7"}, {12, 25, "Z12"}, {3, 26, "AA3"}, {1048576, 16383, "XFD1048576"}} {
		if got := table.Address(c.row, c.col); got != c.name {
			t.Errorf("row %d, column %d is %q, want %q", c.row, c.col, got, c.name)
		}
		if r, k, ok := table.ParseAddress(c.name); !ok || r != c.row || k != c.col {
			t.Errorf("%q reads as %d, %d, %v", c.name, r, k, ok)
		}
	}
	for _, s := range []string{"", "A", "1", "A0", "a1", "A1B", "AAAAAAAA1", "A12345678901", "A-1"} {
		if r, c, ok := table.ParseAddress(s); ok {
			t.Errorf("%q reads as %d, %d", s, r, c)
		}
	}
}
