package csvfile_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// What a file of many blocks holds must not depend on where the blocks end: it is held against encoding/csv, value by value.
func TestBlocksJoinWhereverTheyEnd(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 7))
	pieces := []string{"Hall", "a, b", "two\nlines", `say "so"`, "£", "é", "x", "many\nmany\n\nlines", `"`, strings.Repeat("long ", 900), " lead", "1,234.50"}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for i := range 30_000 {
		row := []string{fmt.Sprint(i)}
		for range 1 + rnd.IntN(9) {
			row = append(row, pieces[rnd.IntN(len(pieces))])
		}
		row = append(row, "end")
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	if b.Len() < 8<<20 {
		t.Fatalf("only %d bytes: no test of many blocks", b.Len())
	}
	r := csv.NewReader(bytes.NewReader(b.Bytes()))
	r.FieldsPerRecord = -1
	want, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	tab := read(t, b.Bytes())
	if len(tab.Rows) != len(want) {
		t.Fatalf("%d rows, want %d", len(tab.Rows), len(want))
	}
	for i, row := range tab.Rows {
		if row.Number != i+1 || len(row.Cells) != len(want[i]) {
			t.Fatalf("row %d is numbered %d and has %d cells, want %d", i+1, row.Number, len(row.Cells), len(want[i]))
		}
		for j, c := range row.Cells {
			if c.Text != want[i][j] {
				t.Fatalf("row %d, value %d: %q, want %q", i+1, j, c.Text, want[i][j])
			}
		}
	}
}

func TestLoneCarriageReturnsOverManyBlocks(t *testing.T) {
	var b strings.Builder
	for i := range 200_000 {
		fmt.Fprintf(&b, "%d,Town Hall\r", i)
	}
	tab := read(t, []byte(b.String()))
	if len(tab.Rows) != 200_000 || tab.Rows[199_999].At(0).Text != "199999" || tab.Rows[199_999].Number != 200_000 {
		t.Errorf("%d rows", len(tab.Rows))
	}
}
