package reference

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/planting-the-flag/flagstone/assets"
	"github.com/planting-the-flag/flagstone/model"
)

// Row is one value of a reference table, with everything that is known of it.
type Row struct {
	Series     string
	Item       string
	Year       string // as printed: "2026", "2025-2040", "2005-2023 mean" or nothing
	Text       string // the value as printed
	Value      float64
	Numeric    bool // Value means something
	Unit       string
	PriceBase  string // as printed: "2019", "2025 nominal", "n/a"
	Source     string
	URL        string
	Licence    string
	Confidence string
	Note       string
}

// YearNumber is the year of a row that belongs to one.
func (r *Row) YearNumber() (int, bool) {
	y, err := strconv.Atoi(r.Year)
	return y, err == nil
}

// Grade turns the table's confidence into an evidence grade. Figures that
// their own author calls synthetic or illustrative are placeholders whatever
// the number of copies.
func (r *Row) Grade() model.Grade {
	if strings.Contains(r.Note, "Illustrative defaults only") || strings.Contains(r.Note, "synthetic demo") {
		return model.Placeholder
	}
	return GradeOf(r.Confidence)
}

// GradeOf is the evidence grade of a confidence label.
func GradeOf(confidence string) model.Grade {
	switch confidence {
	case "two independent copies agree", "one copy":
		return model.Benchmark
	case "derived":
		return model.Estimated
	}
	return model.Placeholder
}

// columns is the header every table must have.
const columns = "series,item,year,value,unit,price_base,source,source_url,licence,confidence,note"

// ReadCSV reads rows in the layout of the reference tables. The name is used in
// errors, which give the line.
func ReadCSV(name string, r io.Reader) ([]Row, error) {
	cr := csv.NewReader(r)
	cr.FieldsPerRecord = len(strings.Split(columns, ","))
	var rows []Row
	for first := true; ; first = false {
		rec, err := cr.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reference table %s: %w", name, err)
		}
		line, _ := cr.FieldPos(0)
		if first {
			if got := strings.TrimPrefix(strings.Join(rec, ","), "\ufeff"); got != columns {
				return nil, model.Invalid("header", fmt.Sprintf("reference table %s, line %d: the header is %q; it must be %q", name, line, got, columns))
			}
			continue
		}
		row := Row{Series: rec[0], Item: rec[1], Year: rec[2], Text: rec[3], Unit: rec[4], PriceBase: rec[5],
			Source: rec[6], URL: rec[7], Licence: rec[8], Confidence: rec[9], Note: rec[10]}
		if row.Series == "" {
			return nil, model.Invalid("series", fmt.Sprintf("reference table %s, line %d: no series", name, line))
		}
		if v, err := strconv.ParseFloat(row.Text, 64); err == nil {
			if !model.Finite(v) {
				return nil, model.Invalid("value", fmt.Sprintf("reference table %s, line %d: the value is %s", name, line, row.Text))
			}
			row.Value, row.Numeric = v, true
		}
		rows = append(rows, row)
	}
}

// WriteCSV writes rows in the layout that ReadCSV reads.
func WriteCSV(w io.Writer, rows []Row) error {
	cw := csv.NewWriter(w)
	if err := cw.Write(strings.Split(columns, ",")); err != nil {
		return err
	}
	for _, r := range rows {
		if err := cw.Write([]string{r.Series, r.Item, r.Year, r.Text, r.Unit, r.PriceBase, r.Source, r.URL, r.Licence, r.Confidence, r.Note}); err != nil {
			return err
		}
	}
	cw.Flush()
	return cw.Error()
}

// tables is every embedded row, read once.
var tables = sync.OnceValues(func() (*table, error) {
	names, err := fs.Glob(assets.Reference, "reference/*.csv")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	var all []Row
	for _, n := range names {
		f, err := assets.Reference.Open(n)
		if err != nil {
			return nil, err
		}
		rows, err := ReadCSV(path.Base(n), f)
		f.Close()
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return newTable(all), nil
})

// table finds rows by series.
type table struct {
	rows     []Row
	bySeries map[string][]*Row
}

func newTable(rows []Row) *table {
	t := &table{rows: rows, bySeries: map[string][]*Row{}}
	for i := range rows {
		r := &rows[i]
		t.bySeries[r.Series] = append(t.bySeries[r.Series], r)
	}
	return t
}

// find returns the row of a series and item; with several years, the latest.
func (t *table) find(series, item string) *Row {
	var best *Row
	for _, r := range t.bySeries[series] {
		if r.Item == item && (best == nil || r.Year > best.Year) {
			best = r
		}
	}
	return best
}

// years returns the numeric rows of a series and item by year, in order. An
// empty item accepts any.
func (t *table) years(series, item string) []yearRow {
	var out []yearRow
	for _, r := range t.bySeries[series] {
		y, ok := r.YearNumber()
		if ok && r.Numeric && (item == "" || r.Item == item) {
			out = append(out, yearRow{y, r})
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].year < out[j].year })
	return out
}

type yearRow struct {
	year int
	row  *Row
}

// MissingYear is a year for which a series has no value and no rule to make
// one. It matches model.ErrNotFound and names the nearest year there is.
type MissingYear struct {
	Name    string
	Year    int
	Nearest int
}

func (e *MissingYear) Error() string {
	return fmt.Sprintf("%s has no value for %d; the nearest year with one is %d", e.Name, e.Year, e.Nearest)
}

// Is makes every MissingYear a model.ErrNotFound.
func (e *MissingYear) Is(target error) bool { return target == model.ErrNotFound }

// nearestOf is the row whose year is closest, the earlier one of two as close.
func nearestOf(year int, have []yearRow) yearRow {
	best := have[0]
	for _, h := range have {
		if abs(h.year-year) < abs(best.year-year) {
			best = h
		}
	}
	return best
}

// missing builds a MissingYear over the years that do have a value.
func missing(name string, year int, have []yearRow) error {
	if len(have) == 0 {
		return model.NotFound("reference series", name)
	}
	return &MissingYear{Name: name, Year: year, Nearest: nearestOf(year, have).year}
}

// gap fills a year without a value: with the nearest row when the set was told
// to accept it, saying so in the note, and otherwise with an error.
func (s *Set) gap(name string, year int, have []yearRow, p *model.Path) (*Row, error) {
	if !s.nearest || len(have) == 0 {
		return nil, missing(name, year, have)
	}
	n := nearestOf(year, have)
	p.Grade = model.Weakest(p.Grade, model.Estimated)
	say := fmt.Sprintf("%d takes the value of %d, the nearest", year, n.year)
	if p.Note != "" {
		say = p.Note + "; " + say
	}
	p.Note = say
	return n.row, nil
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

func sortStrings(s []string) { sort.Strings(s) }
