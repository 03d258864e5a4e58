package store

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
)

// Check looks at the whole file for what opening it does not: its structure
// page by page, references to things that are not there, and decisions that
// are not what was frozen. What it finds are problems; a sound file has none.
func (f *File) Check() ([]model.Finding, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.usable("check"); err != nil {
		return nil, err
	}
	out, err := f.conn.check()
	for i := range out {
		out[i].Severity, out[i].File = model.Problem, f.path
	}
	for i := range f.state.project.Decisions {
		if d := &f.state.project.Decisions[i]; HashOf(d.Content) != d.Hash {
			out = append(out, model.Finding{Severity: model.Problem, File: f.path, Sheet: "decision", Row: d.Number, Value: d.Hash,
				Message: fmt.Sprintf("Decision %d, %q, is not what was frozen: its content does not match its hash.", d.Number, d.Name),
				Remedy:  "Use an earlier copy of the project file to see what was decided."})
		}
	}
	return out, explain("check", f.path, err)
}

func (c *connection) check() ([]model.Finding, error) {
	const remedy = "Use a backup or an earlier copy of the file."
	var out []model.Finding
	d, err := query(c.Conn, "PRAGMA integrity_check")
	if err != nil {
		return nil, err
	}
	for d.step() {
		if s := d.text(); s != "ok" {
			out = append(out, model.Finding{Message: "The file is damaged: " + s, Remedy: remedy})
		}
	}
	if err := d.close(); err != nil {
		return nil, err
	}
	if d, err = query(c.Conn, "PRAGMA foreign_key_check"); err != nil {
		return nil, err
	}
	for d.step() {
		table, row, parent := d.text(), d.int(), d.text()
		out = append(out, model.Finding{Sheet: table, Row: int(row), Remedy: remedy,
			Message: fmt.Sprintf("A row of %s refers to a row of %s that is not there.", table, parent)})
	}
	return out, d.close()
}
