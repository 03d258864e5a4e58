package csvfile

import (
	"context"
	"fmt"
	"runtime"

	"github.com/planting-the-flag/flagstone/importers/table"
)

// mostRecord is how long a record may be, in bytes.
const mostRecord = 64 << 20

// pending is a block on its way: done is closed when it is cut.
type pending struct {
	*block
	done chan struct{}
}

// blocks cuts the file on all processors and hands out the blocks in order. A few are under way at a time, so that memory holds what
// is kept and little more.
func blocks(ctx context.Context, c *cutter, r *rules) <-chan pending {
	workers := runtime.GOMAXPROCS(0)
	out, work := make(chan pending, workers), make(chan pending, workers)
	for range workers {
		go func() {
			for p := range work {
				if p.err == nil {
					p.clean()
					p.cut(r)
				}
				close(p.done)
			}
		}()
	}
	go func() {
		defer close(out)
		defer close(work)
		for {
			p := pending{c.next(), make(chan struct{})}
			select {
			case work <- p:
			case <-ctx.Done():
				return
			}
			select {
			case out <- p:
			case <-ctx.Done():
				return
			}
			if p.last || p.err != nil {
				return
			}
		}
	}()
	return out
}

// joiner puts the blocks together.
type joiner struct {
	in     table.Input
	t      *table.Table
	limits table.Limits
	budget *table.Budget
	rules  *rules
	quotes bool
	rest   []byte // a record begun in the block before
	row    int    // rows so far
	lines  int    // lines so far
	nul    int
	strays int
}

// join adds a block. It returns the line on which a quotation mark was opened that swallowed the rows after it.
func (j *joiner) join(b *block) (opened int, err error) {
	if b.err != nil {
		return 0, fmt.Errorf("reading %s at row %d: %w", j.in.Name, j.row+1, b.err)
	}
	j.nul, j.strays = j.nul+b.nul, j.strays+b.strays
	if len(j.rest) > 0 {
		whole := &block{buf: append(j.rest, b.buf...), last: b.last}
		whole.cut(j.rules)
		b = whole
	}
	for i := range b.rows {
		b.rows[i].Number += j.row
	}
	if err := j.keep(b); err != nil {
		return 0, err
	}
	switch {
	case b.fault == runaway:
		return j.lines + b.started, nil
	case b.fault == wide:
		return 0, table.Fail(table.ErrTooLarge, fmt.Sprintf("%s: row %d has more than %d columns. Check that it is a table, and delete the columns that hold nothing.", j.in.Name, j.row+len(b.rows)+1, j.limits.Columns))
	case len(b.buf)-b.rest > mostRecord && j.quotes:
		return j.lines + b.started, nil
	case len(b.buf)-b.rest > mostRecord:
		return 0, table.Fail(table.ErrTooLarge, fmt.Sprintf("%s: row %d is longer than %d MB. Check that it is a table.", j.in.Name, j.row+len(b.rows)+1, mostRecord>>20))
	}
	j.rest = append([]byte(nil), b.buf[b.rest:]...)
	j.row, j.lines = j.row+len(b.rows), j.lines+b.lines
	return 0, nil
}

// keep counts the rows against the limits and adds them to the table.
func (j *joiner) keep(b *block) error {
	if b.long {
		for i := range b.rows {
			for k := range b.rows[i].Cells {
				c := &b.rows[i].Cells[k]
				c.Text = j.budget.Clip(j.t, b.rows[i].Number, k, c.Text)
			}
		}
	}
	if b.long || !j.budget.TakeAll(b.cells, b.bytes) {
		for i := range b.rows { // which row goes too far
			if err := j.budget.Take(j.in.Name, b.rows[i].Number, b.rows[i].Cells); err != nil {
				return err
			}
		}
	}
	j.t.Rows = append(j.t.Rows, b.rows...)
	return nil
}
