package store

import (
	"maps"

	"github.com/planting-the-flag/flagstone/model"
)

var population = &list[model.PopulationPoint]{
	of:    KindPopulation,
	kept:  tables{root: "population_point", details: []detail{{"population_group", "point"}}},
	key:   func(_ int64, p *model.PopulationPoint) string { return p.Code },
	name:  func(p *model.PopulationPoint) string { return quoted("population point", p.Name, p.Code) },
	items: func(p *model.Project) []model.PopulationPoint { return p.Population },
	set:   func(p *model.Project, items []model.PopulationPoint) { p.Population = items },
	clone: func(p *model.PopulationPoint) *model.PopulationPoint {
		c := *p
		c.Groups = maps.Clone(p.Groups)
		return &c
	},
	tidy: func(p *model.PopulationPoint) error {
		t := &tidier{what: "Population point", name: p.Name, id: p.Code}
		id(t, "code", &p.Code)
		texts(&p.Name, &p.Source)
		t.place(&p.Location, &p.Placed)
		t.atLeast0("number of people", &p.People)
		p.Groups = numbers(t, "number of", p.Groups, t.atLeast0)
		return t.err
	},
	put: func(w *writer, rows []row[model.PopulationPoint]) error {
		in := w.upsert("population_point", "no", "code", "name", "lat", "lon", "placed", "people", "source")
		groups := w.into("population_group", "point", "name", "count")
		for _, r := range rows {
			p := r.item
			in.add(r.no, p.Code, p.Name)
			in.place(p.Location, p.Placed)
			in.add(p.People, p.Source)
			in.end()
			for _, k := range names(p.Groups) {
				groups.add(r.no, k, p.Groups[k])
				groups.end()
			}
		}
		return finish(in, groups)
	},
	get: func(r *loader) (order []int64, items []model.PopulationPoint, err error) {
		d, err := r.query(`SELECT no, code, name, lat, lon, placed, people, source FROM population_point ORDER BY no`)
		if err != nil {
			return nil, nil, err
		}
		for d.step() {
			order = append(order, d.int())
			p := model.PopulationPoint{Code: d.text(), Name: d.text()}
			p.Location, p.Placed = d.place()
			p.People, p.Source = d.number(), d.text()
			items = append(items, p)
		}
		if err := d.close(); err != nil {
			return nil, nil, err
		}
		return order, items, follow(r, order, items, `SELECT point, name, count FROM population_group ORDER BY point`,
			func(p *model.PopulationPoint, d *reader) {
				if p.Groups == nil {
					p.Groups = map[string]float64{}
				}
				k := d.text()
				p.Groups[k] = d.number()
			})
	},
}
