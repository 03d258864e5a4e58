package store

import (
	"maps"
	"slices"

	"github.com/planting-the-flag/flagstone/model"
)

var services = &list[model.Service]{
	of:    KindService,
	kept:  tables{root: "service", details: []detail{{"service_rule", "service"}, {"service_need", "service"}}},
	key:   func(_ int64, s *model.Service) string { return string(s.ID) },
	name:  nameService,
	items: func(p *model.Project) []model.Service { return p.Services },
	set:   func(p *model.Project, items []model.Service) { p.Services = items },
	clone: func(s *model.Service) *model.Service {
		c := *s
		c.Needs = maps.Clone(s.Needs)
		c.NotWith = some(slices.Clone(s.NotWith))
		c.Near = some(slices.Clone(s.Near))
		return &c
	},
	tidy: func(s *model.Service) error {
		t := &tidier{what: "Service", name: s.Name, id: string(s.ID)}
		id(t, "identifier", &s.ID)
		text(&s.Organisation)
		texts(&s.Name, &s.Kind, &s.Class)
		t.figure("number of staff", &s.FTE)
		t.figure("number of desks", &s.Desks)
		t.figure("number of visits", &s.Visits)
		t.figure("floor area", &s.Area)
		t.within("number of days at home", &s.HomeDays, 0, 5)
		s.Needs = numbers(t, "need for", s.Needs, t.atLeast0)
		for _, others := range [][]model.ServiceID{s.NotWith, s.Near} {
			for i := range others {
				id(t, "service that may not or must be near", &others[i])
			}
		}
		return t.err
	},
	put: putServices,
	get: getServices,
}

func nameService(s *model.Service) string { return quoted("service", s.Name, string(s.ID)) }

func putServices(w *writer, rows []row[model.Service]) error {
	in := w.upsert("service", "no", "id", "organisation", "name", "kind", "public", "sessions", "class", "home_days",
		"fte", "fte_grade", "fte_source", "desks", "desks_grade", "desks_source",
		"visits", "visits_grade", "visits_source", "area_m2", "area_grade", "area_source")
	needs := w.into("service_need", "service", "room", "area_m2")
	rules := w.into("service_rule", "service", "kind", "ord", "other")
	for _, r := range rows {
		s := r.item
		from := func() string { return nameService(s) }
		org, err := refer(w, KindOrganisation, s.Organisation, from)
		if err != nil {
			return err
		}
		in.add(r.no, string(s.ID), org, s.Name, s.Kind, b2i(s.Public), int64(s.Sessions), s.Class, s.HomeDays)
		in.figure(&s.FTE)
		in.figure(&s.Desks)
		in.figure(&s.Visits)
		in.figure(&s.Area)
		in.end()
		for _, k := range names(s.Needs) {
			needs.add(r.no, k, s.Needs[k])
			needs.end()
		}
		for _, x := range []struct {
			kind   string
			others []model.ServiceID
		}{{"not with", s.NotWith}, {"near", s.Near}} {
			for i, o := range x.others {
				other, err := refer(w, KindService, o, from)
				if err != nil {
					return err
				}
				rules.add(r.no, x.kind, int64(i), other)
				rules.end()
			}
		}
	}
	return finish(in, needs, rules)
}

func getServices(r *loader) (order []int64, items []model.Service, err error) {
	d, err := r.query(`SELECT no, id, organisation, name, kind, public, sessions, class, home_days,
		fte, fte_grade, fte_source, desks, desks_grade, desks_source,
		visits, visits_grade, visits_source, area_m2, area_grade, area_source FROM service ORDER BY no`)
	if err != nil {
		return nil, nil, err
	}
	for d.step() {
		order = append(order, d.int())
		items = append(items, model.Service{ID: model.ServiceID(d.text()), Organisation: model.OrganisationID(r.id(KindOrganisation, d.any())),
			Name: d.text(), Kind: d.text(), Public: d.yes(), Sessions: model.Session(d.int()), Class: d.text(), HomeDays: d.number(),
			FTE: d.figure(), Desks: d.figure(), Visits: d.figure(), Area: d.figure()})
	}
	if err := d.close(); err != nil {
		return nil, nil, err
	}
	err = follow(r, order, items, `SELECT service, room, area_m2 FROM service_need ORDER BY service`, func(s *model.Service, d *reader) {
		if s.Needs == nil {
			s.Needs = map[string]float64{}
		}
		k := d.text()
		s.Needs[k] = d.number()
	})
	if err != nil {
		return nil, nil, err
	}
	const rules = `SELECT r.service, r.kind, o.id FROM service_rule r JOIN service o ON o.no = r.other ORDER BY r.service, r.kind, r.ord`
	return order, items, follow(r, order, items, rules, func(s *model.Service, d *reader) {
		if kind, other := d.text(), model.ServiceID(d.text()); kind == "near" {
			s.Near = append(s.Near, other)
		} else {
			s.NotWith = append(s.NotWith, other)
		}
	})
}
