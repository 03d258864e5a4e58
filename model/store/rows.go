package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
)

var background = context.Background()

// writer puts changed things into tables, inside the transaction that is open
// on its connection.
type writer struct {
	conn  *sql.Conn
	find  func(k Kind, key string) (no int64, ok bool) // in the project as it will be
	queue *queue                                       // statements that are run meanwhile; nil when each is run at once
}

// refer gives the number by which a thing is referred to. An empty identifier
// refers to nothing.
func refer[S ~string](w *writer, k Kind, id S, from func() string) (any, error) {
	if id == "" {
		return nil, nil
	}
	if no, ok := w.find(k, string(id)); ok {
		return no, nil
	}
	return nil, model.Invalid(string(k), fmt.Sprintf("%s names the %s %q, which the project does not have.", from(), k, id))
}

// loader reads a project.
type loader struct {
	conn    *sql.Conn
	project *model.Project
	ids     map[Kind]map[int64]string // what numbers refer to, of the kinds already loaded
}

// id is what a reference stands for; NULL is nothing.
func (r *loader) id(k Kind, c any) string {
	no, ok := c.(int64)
	if !ok {
		return ""
	}
	return r.ids[k][no]
}

// reader walks the rows of a query and gives the columns of a row in order.
type reader struct {
	rows *sql.Rows
	cols []any
	dest []any
	next int
	err  error
}

func (r *loader) query(q string) (*reader, error) { return query(r.conn, q) }

func query(conn *sql.Conn, q string, args ...any) (*reader, error) {
	rows, err := conn.QueryContext(background, q, args...)
	if err != nil {
		return nil, err
	}
	names, err := rows.Columns()
	if err != nil {
		rows.Close()
		return nil, err
	}
	d := &reader{rows: rows, cols: make([]any, len(names)), dest: make([]any, len(names))}
	for i := range d.cols {
		d.dest[i] = &d.cols[i]
	}
	return d, nil
}

func (d *reader) step() bool {
	d.next = 0
	if d.err != nil || !d.rows.Next() {
		return false
	}
	d.err = d.rows.Scan(d.dest...)
	return d.err == nil
}

func (d *reader) close() error {
	err := d.rows.Err()
	if e := d.rows.Close(); err == nil {
		err = e
	}
	if d.err != nil {
		err = d.err
	}
	return err
}

func (d *reader) any() any {
	d.next++
	return d.cols[d.next-1]
}

func (d *reader) text() string {
	s, _ := d.any().(string)
	return s
}

func (d *reader) int() int64 {
	v, _ := d.any().(int64)
	return v
}

func (d *reader) yes() bool { return d.int() != 0 }

func (d *reader) number() float64 {
	switch v := d.any().(type) {
	case float64:
		return v
	case int64:
		return float64(v)
	}
	return 0
}

func (d *reader) pounds() float64 { return float64(d.int()) / 100 }

func (d *reader) figure() model.Figure {
	return model.Figure{Value: d.number(), Grade: grade(d.text()), Source: d.text()}
}

func (d *reader) money() model.Figure {
	return model.Figure{Value: d.pounds(), Grade: grade(d.text()), Source: d.text()}
}

func (d *reader) place() (model.LatLon, model.PlaceMethod) {
	l := model.LatLon{Lat: d.number(), Lon: d.number()}
	return l, model.PlaceMethod(d.text())
}

// grade gives the constant, so that a project does not hold its name a million
// times.
func grade(s string) model.Grade {
	for _, g := range model.Grades {
		if string(g) == s {
			return g
		}
	}
	return model.Grade(s)
}

// follow calls each for the rows of a detail table, which come in the order of
// the things they belong to, with the thing they belong to.
func follow[T any](r *loader, order []int64, items []T, q string, each func(item *T, d *reader)) error {
	d, err := r.query(q)
	if err != nil {
		return err
	}
	i := 0
	for d.step() {
		no := d.int()
		for i < len(order) && order[i] < no {
			i++
		}
		if i == len(order) || order[i] != no {
			d.err = fmt.Errorf("a row of %q belongs to number %d, which is not there: %w", q, no, ErrDamaged)
			break
		}
		each(&items[i], d)
	}
	return d.close()
}
