package store

import "github.com/planting-the-flag/flagstone/model"

func getScenarios(r *loader) (order []int64, items []model.Scenario, err error) {
	d, err := r.query(`SELECT no, id, name, kind, description, locked FROM scenario ORDER BY no`)
	if err != nil {
		return nil, nil, err
	}
	for d.step() {
		order = append(order, d.int())
		items = append(items, model.Scenario{ID: model.ScenarioID(d.text()), Name: d.text(),
			Kind: model.ScenarioKind(d.text()), Description: d.text(), Locked: d.yes()})
	}
	if err := d.close(); err != nil {
		return nil, nil, err
	}
	// Places in lists are the ord of the tables: 0, 1, 2, … without gaps. A file
	// in which they are not is damaged, which the loader reports.
	err = follow(r, order, items, `SELECT scenario, ord, id, kind, asset, year, new_use, reason FROM action ORDER BY scenario, ord`,
		func(s *model.Scenario, d *reader) {
			if int(d.int()) != len(s.Actions) {
				d.err = ErrDamaged
				return
			}
			s.Actions = append(s.Actions, model.Action{ID: model.ActionID(d.text()), Kind: model.ActionKind(d.text()),
				Asset: model.AssetID(r.id(KindAsset, d.any())), Year: int(d.int()), NewUse: model.Use(d.text()), Reason: d.text()})
		})
	if err != nil {
		return nil, nil, err
	}
	for _, x := range []struct {
		query string
		each  func(a *model.Action, d *reader)
	}{
		{`SELECT scenario, action, name, value FROM action_value ORDER BY scenario, action`, func(a *model.Action, d *reader) {
			if a.Values == nil {
				a.Values = map[string]float64{}
			}
			k := d.text()
			a.Values[k] = d.number()
		}},
		{`SELECT scenario, action, list, service, asset, measure FROM action_list ORDER BY scenario, action, list, ord`, func(a *model.Action, d *reader) {
			list, service, asset, measure := d.text(), r.id(KindService, d.any()), r.id(KindAsset, d.any()), d.text()
			switch list {
			case "service":
				a.Services = append(a.Services, model.ServiceID(service))
			case "from":
				a.From = append(a.From, model.AssetID(asset))
			case "measure":
				a.Measures = append(a.Measures, measure)
			}
		}},
		{`SELECT scenario, action, name, use, floor_area_m2, start, years FROM phase ORDER BY scenario, action, ord`, func(a *model.Action, d *reader) {
			a.Phases = append(a.Phases, model.Phase{Name: d.text(), Use: model.Use(d.text()), FloorArea: d.number(), Start: int(d.int()), Years: int(d.int())})
		}},
		{`SELECT scenario, action, phase, name, value FROM phase_value ORDER BY scenario, action, phase`, func(a *model.Action, d *reader) {
			p := in(a.Phases, d)
			if p == nil {
				return
			}
			if p.Values == nil {
				p.Values = map[string]float64{}
			}
			k := d.text()
			p.Values[k] = d.number()
		}},
	} {
		err := follow(r, order, items, x.query, func(s *model.Scenario, d *reader) {
			if a := in(s.Actions, d); a != nil {
				x.each(a, d)
			}
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return order, items, getManual(r, order, items)
}

// in gives the item whose place is the next column.
func in[T any](items []T, d *reader) *T {
	i := d.int()
	if i < 0 || i >= int64(len(items)) {
		d.err = ErrDamaged
		return nil
	}
	return &items[i]
}

func getManual(r *loader, order []int64, items []model.Scenario) error {
	err := follow(r, order, items, `SELECT scenario, ord, label, category, benefit, payer, beneficiary, capital, price_base, first,
		grade, source, exempt FROM manual_stream ORDER BY scenario, ord`, func(s *model.Scenario, d *reader) {
		if int(d.int()) != len(s.Manual) {
			d.err = ErrDamaged
			return
		}
		s.Manual = append(s.Manual, model.ManualStream{Label: d.text(), Category: d.text(), Benefit: d.yes(),
			Payer:       model.OrganisationID(r.id(KindOrganisation, d.any())),
			Beneficiary: model.OrganisationID(r.id(KindOrganisation, d.any())), Capital: d.yes(),
			PriceBase: int(d.int()), First: int(d.int()), Grade: grade(d.text()), Source: d.text(), Exempt: d.yes()})
	})
	if err != nil {
		return err
	}
	return follow(r, order, items, `SELECT scenario, stream, year, pence FROM manual_value ORDER BY scenario, stream, year`,
		func(s *model.Scenario, d *reader) {
			if m := in(s.Manual, d); m != nil {
				d.int() // the year follows from the first and the place
				m.Values = append(m.Values, d.pounds())
			}
		})
}
