package store

import (
	"strconv"

	"github.com/planting-the-flag/flagstone/model"
)

// A finding has no name of its own: two may be alike. Its key is its place.
var findings = &list[model.Finding]{
	of:    KindFinding,
	kept:  tables{root: "finding"},
	key:   func(no int64, _ *model.Finding) string { return strconv.FormatInt(no, 10) },
	name:  func(f *model.Finding) string { return quoted("finding", f.Message, "") },
	items: func(p *model.Project) []model.Finding { return p.Findings },
	set:   func(p *model.Project, items []model.Finding) { p.Findings = items },
	clone: func(f *model.Finding) *model.Finding { c := *f; return &c },
	tidy: func(f *model.Finding) error {
		t := &tidier{what: "Finding", name: f.Message}
		texts(&f.File, &f.Sheet, &f.Column, &f.Value, &f.Message, &f.Remedy)
		text(&f.Asset)
		switch f.Severity {
		case model.Problem, model.Warning, model.Note:
		default:
			t.refuse("severity", "the severity %q is none of %q, %q and %q", f.Severity, model.Problem, model.Warning, model.Note)
		}
		if f.Row < 0 {
			t.refuse("row", "the row is %d; it cannot be below 0", f.Row)
		}
		return t.err
	},
	put: func(w *writer, rows []row[model.Finding]) error {
		in := w.upsert("finding", "no", "severity", "file", "sheet", "row", "cell", "value", "message", "remedy", "asset")
		for _, r := range rows {
			f := r.item
			in.add(r.no, string(f.Severity), f.File, f.Sheet, int64(f.Row), f.Column, f.Value, f.Message, f.Remedy, string(f.Asset))
			in.end()
		}
		return in.done()
	},
	get: func(r *loader) (order []int64, items []model.Finding, err error) {
		d, err := r.query(`SELECT no, severity, file, sheet, row, cell, value, message, remedy, asset FROM finding ORDER BY no`)
		if err != nil {
			return nil, nil, err
		}
		for d.step() {
			order = append(order, d.int())
			items = append(items, model.Finding{Severity: model.Severity(d.text()), File: d.text(), Sheet: d.text(), Row: int(d.int()),
				Column: d.text(), Value: d.text(), Message: d.text(), Remedy: d.text(), Asset: model.AssetID(d.text())})
		}
		return order, items, d.close()
	},
}
