package store

import (
	"database/sql/driver"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

// inserter adds rows to one table, several a statement. Values are given in
// the order of its columns, in the types that a driver takes, and end closes
// the row. It talks to the driver itself: checking every value once more, as
// database/sql does, costs as much as a tenth of a large import.
//
// Columns that have been blank so far are written into the statement and not
// handed over value by value: of an asset's eighty values most say nothing.
type inserter struct {
	w       *writer
	table   string
	columns []string
	update  bool                // a row with the same number is replaced in place
	args    []driver.NamedValue // room for per rows
	n       int                 // values given
	per     int                 // rows a statement
	blank   []string            // of each column: the literal that all its values were so far, or ? when they differ
	full    string              // the statement for per rows with these blanks
	stmt    driver.Stmt         // for per rows
	ready   string              // the text that stmt is for
	err     error
}

func (w *writer) into(table string, columns ...string) *inserter {
	return &inserter{w: w, table: table, columns: columns, per: max(1, min(64, 1500/len(columns)))}
}

// upsert is into for a table whose rows others refer to: the row stays while
// its values change.
func (w *writer) upsert(table string, columns ...string) *inserter {
	in := w.into(table, columns...)
	in.update = true
	return in
}

func (in *inserter) one(v driver.Value) {
	if in.n == len(in.args) {
		in.args = append(in.args, driver.NamedValue{Ordinal: in.n + 1})
	}
	in.args[in.n].Value = v
	in.n++
}

func (in *inserter) add(vals ...driver.Value) {
	for _, v := range vals {
		in.one(v)
	}
}

func (in *inserter) text(ss ...string) {
	for _, s := range ss {
		in.one(s)
	}
}
func (in *inserter) int(v int)        { in.one(int64(v)) }
func (in *inserter) pounds(v float64) { in.one(int64(math.Round(v * 100))) }
func (in *inserter) yes(b bool)       { in.one(b2i(b)) }

// names gives the keys of a map in order, so that the same project makes the
// same file.
func names[V any](m map[string]V) []string {
	if len(m) == 0 {
		return nil
	}
	return slices.Sorted(maps.Keys(m))
}

func b2i(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// gradeValues are the grades as the driver takes them, made once: a large
// import has millions.
var gradeValues = func() map[model.Grade]driver.Value {
	m := map[model.Grade]driver.Value{model.NotKnown: ""}
	for _, g := range model.Grades {
		m[g] = string(g)
	}
	return m
}()

func graded(g model.Grade) driver.Value { return gradeValues[g] }

// figure adds value, grade and source. The value is NULL when nothing is known.
func (in *inserter) figure(f *model.Figure) {
	if f.Grade == model.NotKnown && f.Value == 0 {
		in.add(nil, "", f.Source)
		return
	}
	in.add(f.Value, graded(f.Grade), f.Source)
}

func (in *inserter) money(f *model.Figure) {
	if f.Grade == model.NotKnown && f.Value == 0 {
		in.add(nil, "", f.Source)
		return
	}
	in.add(int64(math.Round(f.Value*100)), graded(f.Grade), f.Source)
}

// place adds latitude and longitude, NULL when they mean nothing, and how they
// were found.
func (in *inserter) place(l model.LatLon, p model.PlaceMethod) {
	if p == model.PlaceUnknown && l == (model.LatLon{}) {
		in.add(nil, nil, "")
		return
	}
	in.add(l.Lat, l.Lon, string(p))
}

// end closes a row.
func (in *inserter) end() {
	if in.n%len(in.columns) != 0 {
		panic("store: " + in.table + ": values do not match columns")
	}
	if in.n == in.per*len(in.columns) {
		in.flush()
	}
}

func (in *inserter) flush() {
	rows := in.n / len(in.columns)
	if rows == 0 || in.err != nil {
		in.n = 0
		return
	}
	b := batch{in: in, args: in.args[:in.compact()], rows: rows, text: in.full}
	if rows != in.per {
		b.text = in.sql(rows)
	}
	in.n = 0
	if q := in.w.queue; q != nil {
		in.args = q.add(b)
		return
	}
	in.err = in.run(b)
}

// literal is what stands for a value in a statement when it is one of those that mean nothing.
func literal(v driver.Value) string {
	switch v := v.(type) {
	case nil:
		return "NULL"
	case string:
		if v == "" {
			return "''"
		}
	case int64:
		if v == 0 {
			return "0"
		}
	}
	return "?"
}

// compact notes which columns are no longer blank, takes the values of the
// others out of args and returns how many are left. A column that was ever
// not blank stays so: there are no more statements than columns.
func (in *inserter) compact() int {
	width := len(in.columns)
	changed := in.blank == nil
	if changed {
		in.blank = make([]string, width)
		for c := range in.blank {
			in.blank[c] = literal(in.args[c].Value)
		}
	}
	for c, was := range in.blank {
		if was == "?" {
			continue
		}
		for i := c; i < in.n; i += width {
			if literal(in.args[i].Value) != was {
				in.blank[c], changed = "?", true
				break
			}
		}
	}
	if changed {
		in.full = in.sql(in.per)
	}
	n := 0
	for i := 0; i < in.n; i += width {
		for c, b := range in.blank {
			if b == "?" {
				in.args[n].Value = in.args[i+c].Value
				n++
			}
		}
	}
	return n
}

// run executes the statement with the values of some rows.
func (in *inserter) run(b batch) error {
	return in.w.conn.Raw(func(c any) error {
		stmt := in.stmt
		if stmt == nil || b.text != in.ready {
			var err error
			if stmt, err = c.(driver.ConnPrepareContext).PrepareContext(background, b.text); err != nil {
				return err
			}
			if b.rows != in.per {
				defer stmt.Close()
			} else {
				old := in.stmt
				in.stmt, in.ready = stmt, b.text
				if old != nil {
					if err := old.Close(); err != nil {
						return err
					}
				}
			}
		}
		_, err := stmt.(driver.StmtExecContext).ExecContext(background, b.args)
		return err
	})
}

// done writes what is left and gives the first error.
func (in *inserter) done() error {
	in.flush()
	if q := in.w.queue; q != nil {
		if err := q.wait(); in.err == nil {
			in.err = err
		}
	}
	if in.stmt != nil {
		err := in.w.conn.Raw(func(any) error { return in.stmt.Close() })
		if in.err == nil {
			in.err = err
		}
		in.stmt = nil
	}
	return in.err
}

func (in *inserter) sql(rows int) string {
	one := "(" + strings.Join(in.blank, ",") + ")"
	s := "INSERT INTO " + in.table + " (" + strings.Join(in.columns, ", ") + ") VALUES " +
		strings.TrimSuffix(strings.Repeat(one+",", rows), ",")
	if in.update {
		set := make([]string, 0, len(in.columns))
		for _, c := range in.columns[1:] {
			set = append(set, c+" = excluded."+c)
		}
		s += " ON CONFLICT (" + in.columns[0] + ") DO UPDATE SET " + strings.Join(set, ", ")
	}
	return s
}

// finish ends several inserters.
func finish(ins ...*inserter) error {
	for _, in := range ins {
		if err := in.done(); err != nil {
			return err
		}
	}
	return nil
}
