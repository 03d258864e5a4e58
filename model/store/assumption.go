package store

import "github.com/planting-the-flag/flagstone/model"

var assumptions = &list[model.Assumption]{
	of:    KindAssumption,
	kept:  tables{root: "assumption"},
	key:   func(_ int64, a *model.Assumption) string { return a.Key },
	name:  func(a *model.Assumption) string { return quoted("assumption", a.Label, a.Key) },
	items: func(p *model.Project) []model.Assumption { return p.Assumptions },
	set:   func(p *model.Project, items []model.Assumption) { p.Assumptions = items },
	clone: func(a *model.Assumption) *model.Assumption { c := *a; return &c },
	tidy: func(a *model.Assumption) error {
		t := &tidier{what: "Assumption", name: a.Label, id: a.Key}
		id(t, "key", &a.Key)
		texts(&a.Label, &a.Group, &a.Unit, &a.Source, &a.Confidence, &a.Date, &a.Owner, &a.Reason)
		t.number("value", &a.Value)
		t.grade("value", a.Grade)
		return t.err
	},
	put: func(w *writer, rows []row[model.Assumption]) error {
		in := w.upsert("assumption", "no", "key", "label", "heading", "value", "unit", "price_base", "grade", "source",
			"confidence", "date", "owner", "reason", "exempt")
		for _, r := range rows {
			a := r.item
			in.add(r.no, a.Key, a.Label, a.Group, a.Value, a.Unit, int64(a.PriceBase), string(a.Grade), a.Source)
			in.text(a.Confidence, a.Date, a.Owner, a.Reason)
			in.yes(a.Exempt)
			in.end()
		}
		return in.done()
	},
	get: func(r *loader) (order []int64, items []model.Assumption, err error) {
		d, err := r.query(`SELECT no, key, label, heading, value, unit, price_base, grade, source, confidence, date, owner,
			reason, exempt FROM assumption ORDER BY no`)
		if err != nil {
			return nil, nil, err
		}
		for d.step() {
			order = append(order, d.int())
			items = append(items, model.Assumption{Key: d.text(), Label: d.text(), Group: d.text(), Value: d.number(), Unit: d.text(),
				PriceBase: int(d.int()), Grade: grade(d.text()), Source: d.text(), Confidence: d.text(), Date: d.text(),
				Owner: d.text(), Reason: d.text(), Exempt: d.yes()})
		}
		return order, items, d.close()
	},
}
