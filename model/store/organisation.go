package store

import "github.com/planting-the-flag/flagstone/model"

// outsiders are legal wherever an organisation is, have rows with these
// numbers from the start, and are not organisations of the place.
var outsiders = map[model.OrganisationID]int64{model.Residents: -1, model.Society: -2, model.Market: -3}

var organisations = &list[model.Organisation]{
	of:    KindOrganisation,
	kept:  tables{root: "organisation"},
	key:   func(_ int64, o *model.Organisation) string { return string(o.ID) },
	name:  func(o *model.Organisation) string { return quoted("organisation", o.Name, string(o.ID)) },
	items: func(p *model.Project) []model.Organisation { return p.Organisations },
	set:   func(p *model.Project, items []model.Organisation) { p.Organisations = items },
	clone: func(o *model.Organisation) *model.Organisation { c := *o; return &c },
	tidy: func(o *model.Organisation) error {
		t := &tidier{what: "Organisation", name: o.Name, id: string(o.ID)}
		id(t, "identifier", &o.ID)
		texts(&o.Name, &o.Kind)
		if _, taken := outsiders[o.ID]; taken {
			t.refuse("identifier", "%q stands for those who are not organisations of the place; choose another identifier", o.ID)
		}
		return t.err
	},
	put: func(w *writer, rows []row[model.Organisation]) error {
		in := w.upsert("organisation", "no", "id", "name", "kind", "public")
		for _, r := range rows {
			in.add(r.no)
			in.text(string(r.item.ID), r.item.Name, r.item.Kind)
			in.yes(r.item.Public)
			in.end()
		}
		return in.done()
	},
	get: func(r *loader) (order []int64, items []model.Organisation, err error) {
		d, err := r.query(`SELECT no, id, name, kind, public FROM organisation WHERE no > 0 ORDER BY no`)
		if err != nil {
			return nil, nil, err
		}
		for d.step() {
			order = append(order, d.int())
			items = append(items, model.Organisation{ID: model.OrganisationID(d.text()), Name: d.text(), Kind: d.text(), Public: d.yes()})
		}
		return order, items, d.close()
	},
}
