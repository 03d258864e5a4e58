package store

import (
	"database/sql"
	"errors"
	"fmt"
)

// Deeds of the audit that are not changes of an open project.
const deedCreate Deed = "create"

// Do makes one change: one transaction, one audit row, one entry in the undo
// journal. When it fails, file and project are as they were. A command that
// changes nothing is noted in the audit but leaves nothing to take back.
func (f *File) Do(cmd Command) error {
	ch, err := f.do(cmd)
	if err == nil && f.options.OnChange != nil {
		f.options.OnChange(ch)
	}
	return err
}

func (f *File) do(cmd Command) (Change, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.writable("change"); err != nil {
		return Change{}, err
	}
	p := newPlan(f.state, &f.options)
	if err := cmd.plan(p); err != nil {
		return Change{}, explain("change", f.path, err)
	}
	changes := p.net()
	title, why := cmd.Title(), ""
	if b, ok := cmd.(Batch); ok {
		why = b.Why
	}
	text(&title)
	text(&why)
	kept := make(chan func() (bool, []byte, error), 1)
	go func() { // while the changes are written; both only read them
		packed, images, err := befores(changes)
		kept <- func() (bool, []byte, error) { return packed, images, err }
	}()
	return f.commit(changes, p.find, p, title, why, Did, func() error {
		packed, images, err := (<-kept)()
		if len(changes) == 0 || err != nil {
			return err
		}
		if err := f.conn.exec(`DELETE FROM undo WHERE undone = 1`); err != nil {
			return err
		}
		const add = `INSERT INTO undo (name, why, undone, packed, images) VALUES (?, ?, 0, ?, ?)`
		if err := f.conn.exec(add, title, why, b2i(packed), images); err != nil {
			return err
		}
		return f.conn.trim()
	})
}

// commit writes changes with what journal adds and makes them the state.
func (f *File) commit(changes map[Kind][]*change, find func(Kind, string) (int64, bool), p *plan, title, why string, deed Deed, journal func() error) (Change, error) {
	next, order := f.state.after(changes)
	if err := p.check(changes, next); err != nil {
		return Change{}, err
	}
	err := f.conn.transact(forWriting, func() error {
		if err := f.conn.apply(changes, find); err != nil {
			return err
		}
		if err := journal(); err != nil {
			return err
		}
		return f.conn.audit(&f.options, deed, title, why, changes)
	})
	if err != nil {
		return Change{}, explain("change", f.path, err)
	}
	f.state.move(next, order, changes)
	f.value.Store(next)
	ch := Change{Name: title, Deed: deed, Kinds: map[Kind][]string{}}
	for k, xs := range changes {
		for _, x := range xs {
			ch.Kinds[k] = append(ch.Kinds[k], x.key)
		}
	}
	return ch, nil
}

// audit adds a row to the audit.
func (c *connection) audit(o *Options, deed Deed, what, why string, changes map[Kind][]*change) error {
	command, err := account(changes)
	if err != nil {
		return err
	}
	return c.exec(`INSERT INTO audit (at, who, deed, what, why, command) VALUES (?, ?, ?, ?, ?, ?)`,
		o.stamp(), o.Who, string(deed), what, why, command)
}

// trim lets the oldest entries of the undo journal go.
func (c *connection) trim() error {
	return c.exec(`DELETE FROM undo WHERE no NOT IN (
		SELECT no FROM (SELECT no, row_number() OVER newest AS place, sum(length(images)) OVER newest AS bytes FROM undo
			WINDOW newest AS (ORDER BY no DESC))
		WHERE place = 1 OR place <= ? AND bytes <= ?)`, journalEntries, journalBytes)
}

// Undo takes the last command that still stands back.
func (f *File) Undo() error {
	return f.step(Undid, `SELECT no, name, why, packed, images FROM undo WHERE undone = 0 ORDER BY no DESC LIMIT 1`)
}

// Redo does again the last command that was taken back.
func (f *File) Redo() error {
	return f.step(Redid, `SELECT no, name, why, packed, images FROM undo WHERE undone = 1 ORDER BY no LIMIT 1`)
}

func (f *File) step(deed Deed, entry string) error {
	ch, err := f.swap(deed, entry)
	if err == nil && f.options.OnChange != nil {
		f.options.OnChange(ch)
	}
	return err
}

func (f *File) swap(deed Deed, entry string) (Change, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.writable(string(deed)); err != nil {
		return Change{}, err
	}
	var no int64
	var name, why string
	var packed bool
	var images []byte
	err := f.conn.QueryRowContext(background, entry).Scan(&no, &name, &why, &packed, &images)
	switch {
	case errors.Is(err, sql.ErrNoRows) && deed == Undid:
		return Change{}, &Error{Op: string(deed), Path: f.path, Reason: ErrNothing, Sentence: "There is nothing to undo."}
	case errors.Is(err, sql.ErrNoRows):
		return Change{}, &Error{Op: string(deed), Path: f.path, Reason: ErrNothing, Sentence: "There is nothing to redo."}
	case err != nil:
		return Change{}, explain(string(deed), f.path, err)
	}
	before, err := unpack(packed, images)
	var changes map[Kind][]*change
	if err == nil {
		changes, err = f.state.swap(before)
	}
	if err != nil {
		return Change{}, &Error{Op: string(deed), Path: f.path, Reason: ErrDamaged, Cause: err,
			Sentence: fmt.Sprintf("What %q replaced can no longer be read.", name),
			Next:     "It cannot be taken back or done again; change it by hand. The project is as it was."}
	}
	p := newPlan(f.state, &f.options)
	for k, xs := range changes {
		p.changes[k] = make(map[string]*change, len(xs))
		for _, x := range xs {
			p.changes[k][x.key] = x
		}
	}
	return f.commit(changes, p.find, p, name, why, deed, func() error {
		packed, images, err := befores(changes)
		if err != nil {
			return err
		}
		return f.conn.exec(`UPDATE undo SET undone = ?, packed = ?, images = ? WHERE no = ?`, b2i(deed == Undid), b2i(packed), images, no)
	})
}

// Entry is a command in the undo journal.
type Entry struct {
	No     int64
	Name   string
	Why    string
	Undone bool
}

// History lists the undo journal, oldest first: those that stand, then those
// that were taken back.
func (f *File) History() ([]Entry, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.usable("read"); err != nil {
		return nil, err
	}
	d, err := query(f.conn.Conn, `SELECT no, name, why, undone FROM undo ORDER BY no`)
	if err != nil {
		return nil, explain("read", f.path, err)
	}
	var out []Entry
	for d.step() {
		out = append(out, Entry{No: d.int(), Name: d.text(), Why: d.text(), Undone: d.yes()})
	}
	return out, explain("read", f.path, d.close())
}

// Record is a row of the audit.
type Record struct {
	No      int64
	When    string // ISO date and time, UTC
	Who     string
	Deed    Deed
	What    string
	Why     string
	Command string // JSON: what was put and removed
}

// Audit lists everything that was ever done to the project, oldest first.
func (f *File) Audit() ([]Record, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.usable("read"); err != nil {
		return nil, err
	}
	d, err := query(f.conn.Conn, `SELECT no, at, who, deed, what, why, command FROM audit ORDER BY no`)
	if err != nil {
		return nil, explain("read", f.path, err)
	}
	var out []Record
	for d.step() {
		out = append(out, Record{No: d.int(), When: d.text(), Who: d.text(), Deed: Deed(d.text()), What: d.text(), Why: d.text(), Command: d.text()})
	}
	return out, explain("read", f.path, d.close())
}
