package workbook

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/model/appraisal"
)

var when = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

func write(t testing.TB, c *appraisal.Comparison, e Edition) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := Write(context.Background(), c, &buf, Options{Edition: e, Hash: "0123abcd", Created: when}); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestTheSameComparisonGivesTheSameBytes(t *testing.T) {
	a := write(t, newSample(t, 1, 12, 30, 2, 0.4).compare(t), Exempt)
	b := write(t, newSample(t, 1, 12, 30, 2, 0.4).compare(t), Exempt)
	if !bytes.Equal(a, b) {
		t.Error("two books of the same comparison differ")
	}
	if path := os.Getenv("FLAGSTONE_KEEP_BOOK"); path != "" {
		if err := os.WriteFile(path, a, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// value reads one cell of a book.
func value(t testing.TB, b *readBook, sheet string, row, col int) readCell {
	t.Helper()
	var out readCell
	if err := b.each(sheet, func(r int, cells []readCell) error {
		for _, c := range cells {
			if c.row == row && c.col == col {
				out = c
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// result reads one figure of one scenario from Compare.
func result(t testing.TB, book *readBook, key string, scenario int) float64 {
	t.Helper()
	var out float64
	found := false
	if err := book.each("Compare", func(r int, cells []readCell) error {
		hit := false
		for _, c := range cells {
			if c.col == 2 && c.v == key {
				hit = true
			}
			if hit && !found && c.col == 4+scenario {
				out, found = c.number()
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if !found {
		t.Fatalf("no figure %s for scenario %d", key, scenario)
	}
	return out
}

// overall reads the named cell that sums the checks up.
func overall(t testing.TB, b *readBook) bool {
	t.Helper()
	c := value(t, b, "Checks", 4, 3)
	return c.formula && c.v == "1"
}

func TestLibreOfficeComesToTheProgramsFigures(t *testing.T) {
	for _, x := range []struct {
		seed                  uint64
		size, horizon, option int
	}{{1, 12, 30, 2}, {2, 5, 1, 1}, {3, 4, 100, 1}, {4, 6, 60, 3}} {
		t.Run(fmt.Sprintf("seed %d, %d years", x.seed, x.horizon), func(t *testing.T) {
			c := newSample(t, x.seed, x.size, x.horizon, x.option, 0.5).compare(t)
			book := write(t, c, Exempt)
			again := recalculate(t, book)
			t.Logf("%d formula cells", sameValues(t, reopen(t, book), again))
			if !overall(t, again) {
				t.Error("the overall check is not TRUE")
			}
			for i := range c.Options {
				for _, f := range figures {
					v, ok := f.app(&c.Options[i])
					if !ok {
						continue
					}
					if got := result(t, again, f.key, i); math.Abs(got-v) > toleranceOf(f.tolerance) {
						t.Errorf("%s of %s is %.6f in the book and %.6f in the program", f.key, c.Options[i].Scenario.Name, got, v)
					}
				}
			}
		})
	}
}

// setNumber changes one number in a book, as a person would.
func setNumber(t testing.TB, book []byte, sheet string, row, col int, v float64) []byte {
	t.Helper()
	part := reopen(t, book).parts[sheet]
	cell := regexp.MustCompile(`(<c r="` + a1(row, col) + `"[^>]*>)<v>[^<]*</v>`)
	return rewrite(t, book, func(name string, p []byte) []byte {
		if name != part {
			return p
		}
		if !cell.Match(p) {
			t.Fatalf("no number in %s!%s", sheet, a1(row, col))
		}
		return cell.ReplaceAll(p, []byte("${1}<v>"+strconv.FormatFloat(v, 'g', -1, 64)+"</v>"))
	})
}

// rowOfKey finds the row of an assumption.
func rowOfKey(t testing.TB, b *readBook, key string) int {
	t.Helper()
	at := 0
	if err := b.each("Assumptions", func(r int, cells []readCell) error {
		if len(cells) > 0 && cells[0].v == key {
			at = r
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if at == 0 {
		t.Fatalf("no assumption %s", key)
	}
	return at
}

func TestAChangedAssumptionMovesTheBookAsItMovesTheProgram(t *testing.T) {
	before := newSample(t, 5, 5, 15, 2, 0.5)
	c := before.compare(t)
	book := write(t, c, Exempt)
	keys := []string{"hub.cost", "ab.12", "load.saved", "growth.test", "bias.test", "energy.price.electricity"}
	var books [][]byte
	var want []*appraisal.Comparison
	for i, k := range keys {
		a, ok := c.Book.Get(k)
		if !ok {
			t.Fatalf("no assumption %s", k)
		}
		v := a.Value * (1.1 + 0.1*float64(i))
		s := newSample(t, 5, 5, 15, 2, 0.5)
		a.Value = v
		s.project.Assumptions = append(s.project.Assumptions, a)
		in, err := appraisal.Prepare(s.project, appraisal.Options{})
		if err != nil {
			t.Fatal(err)
		}
		s.inputs = in
		want = append(want, s.compare(t))
		books = append(books, setNumber(t, book, "Assumptions", rowOfKey(t, reopen(t, book), k), asValue, v))
	}
	for i, again := range recalculateAll(t, books) {
		moved := false
		for k := range want[i].Options {
			w := &want[i].Options[k]
			moved = moved || math.Abs(w.NPSV-c.Options[k].NPSV) > 1 || math.Abs(w.NetPresentCost-c.Options[k].NetPresentCost) > 1
			for key, v := range map[string]float64{"npsv": w.NPSV, "npv_public": w.NPVPublic, "npc": w.NetPresentCost, "capex": w.Capex} {
				if got := result(t, again, key, k); math.Abs(got-v) > 0.005 {
					t.Errorf("%s changed: %s of %s is %.6f in the book and %.6f in the program", keys[i], key, w.Scenario.Name, got, v)
				}
			}
		}
		if !moved {
			t.Errorf("changing %s moved nothing", keys[i])
		}
		if overall(t, again) {
			t.Errorf("changing %s left the overall check TRUE although the program's figures no longer hold", keys[i])
		}
		if c := value(t, again, "Checks", 5, 3); c.v != "1" {
			t.Errorf("changing %s broke a check that must hold after any change", keys[i])
		}
	}
}

// reference is a cell in a formula; what differs from cell to cell of one formula
// is the row and column of relative ones.
var reference = regexp.MustCompile(`(\$?)([A-Z]{1,3})(\$?)([0-9]+)`)

// pattern writes a formula with its references relative to the cell.
func pattern(f string, row, col int) string {
	parts := strings.Split(f, `"`)
	for i := 0; i < len(parts); i += 2 {
		parts[i] = reference.ReplaceAllStringFunc(parts[i], func(m string) string {
			x := reference.FindStringSubmatch(m)
			r, _ := strconv.Atoi(x[4])
			c := columnNumber(x[2])
			out := ""
			if x[1] == "$" {
				out = "C" + strconv.Itoa(c)
			} else {
				out = fmt.Sprintf("C[%d]", c-col)
			}
			if x[3] == "$" {
				return out + "R" + strconv.Itoa(r)
			}
			return out + fmt.Sprintf("R[%d]", r-row)
		})
	}
	return strings.Join(parts, `"`)
}

func TestEveryRowOfYearsIsOneFormula(t *testing.T) {
	b := reopen(t, write(t, newSample(t, 6, 8, 30, 2, 0.5).compare(t), Exempt))
	constant := regexp.MustCompile(`(?:^|[^A-Za-z0-9_.$])([0-9]+(?:\.[0-9]+)?)`)
	n := 0
	for _, s := range b.sheets {
		if err := b.each(s, func(r int, cells []readCell) error {
			first := ""
			for _, c := range cells {
				if !c.formula || c.f == "" {
					continue
				}
				n++
				bare := regexp.MustCompile(`'[^']*'!|"[^"]*"`).ReplaceAllString(c.f, "")
				bare = reference.ReplaceAllString(bare, "")
				for _, m := range constant.FindAllStringSubmatch(bare, -1) {
					if m[1] != "0" && m[1] != "1" {
						t.Errorf("%s!%s has the constant %s in it: %s", s, a1(r, c.col), m[1], c.f)
					}
				}
				if c.col < colYear || strings.HasPrefix(s, "Streams") || s == "Sensitivity" || s == "Compare" || s == "Leases and disposals" {
					continue
				}
				p := pattern(c.f, r, c.col)
				if first == "" {
					first = p
				} else if p != first {
					t.Errorf("%s!%s breaks the pattern of its row: %s where the row has %s", s, a1(r, c.col), p, first)
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d formulas walked", n)
}
