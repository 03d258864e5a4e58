package store

import (
	"database/sql/driver"
	"fmt"
	"maps"
	"slices"

	"github.com/planting-the-flag/flagstone/model"
)

var assets = &list[model.Asset]{
	of: KindAsset,
	kept: tables{root: "asset", details: []detail{{"lease_event", "asset"}, {"tenure", "asset"}, {"asset_cost", "asset"},
		{"asset_energy", "asset"}, {"asset_extra", "asset"}, {"asset_part", "asset"}, {"asset_lock", "asset"}}},
	key:   func(_ int64, a *model.Asset) string { return string(a.ID) },
	name:  nameAsset,
	items: func(p *model.Project) []model.Asset { return p.Assets },
	set:   func(p *model.Project, items []model.Asset) { p.Assets = items },
	clone: func(a *model.Asset) *model.Asset {
		c := *a
		c.Costs = maps.Clone(a.Costs)
		c.Energy = maps.Clone(a.Energy)
		c.Extra = maps.Clone(a.Extra)
		c.Parts = some(slices.Clone(a.Parts))
		c.Locks = some(slices.Clone(a.Locks))
		return &c
	},
	tidy: tidyAsset,
	put:  putAssets,
	get:  getAssets,
}

func nameAsset(a *model.Asset) string { return quoted("asset", a.Name, string(a.ID)) }

func tidyAsset(a *model.Asset) error {
	t := &tidier{what: "Asset", name: a.Name, id: string(a.ID)}
	id(t, "identifier", &a.ID)
	text(&a.Organisation)
	texts(&a.UPRN, &a.Reference, &a.Name, &a.Address, &a.Postcode, &a.Area, &a.Ward, &a.Holding, &a.Detail,
		&a.EnergyRating, &a.Condition)
	t.place(&a.Location, &a.Placed)
	t.use("use", &a.Use)
	t.figure("floor area", &a.FloorArea)
	t.figure("floor area not used", &a.Unused)
	t.figure("land area", &a.LandArea)
	t.money("income", &a.Income)
	t.money("backlog", &a.Backlog)
	t.money("value", &a.Value)
	t.figure("number of desks", &a.Desks)
	t.figure("capacity", &a.Capacity)
	a.Costs = figures(t, model.Costs, a.Costs, "yearly cost", t.money)
	a.Energy = figures(t, model.Fuels, a.Energy, "energy", t.figure)
	a.Extra = tidyExtra(t, a.Extra)
	tidyTenure(t, &a.Tenure)
	seen := map[model.PartID]bool{}
	for i := range a.Parts {
		p := &a.Parts[i]
		id(t, "identifier of a part", &p.ID)
		text(&p.Name)
		t.use("use of part "+string(p.ID), &p.Use)
		t.atLeast0("floor area of part "+string(p.ID), &p.FloorArea)
		if seen[p.ID] {
			t.refuse("parts", "two parts have the identifier %q", p.ID)
		}
		seen[p.ID] = true
	}
	for i := range a.Locks {
		l := &a.Locks[i]
		texts(&l.Kind, &l.Reason, &l.Source)
	}
	return t.err
}

// figures tidies figures by cost or fuel; empty becomes nil.
func figures[K ~string](t *tidier, legal []K, m map[K]model.Figure, what string, each func(string, *model.Figure)) map[K]model.Figure {
	if len(m) == 0 {
		return nil
	}
	for k, f := range m {
		if !slices.Contains(legal, k) {
			t.refuse(what, "it has a %s of kind %q, which Flagstone does not know", what, k)
		}
		each(string(k)+" "+what, &f)
		m[k] = f
	}
	return m
}

func tidyExtra(t *tidier, m map[string]string) map[string]string {
	if len(m) == 0 {
		return nil
	}
	dirty := false
	for k, v := range m {
		k2, v2 := k, v
		texts(&k2, &v2)
		dirty = dirty || k2 != k || v2 != v
	}
	if !dirty {
		return m
	}
	out := make(map[string]string, len(m))
	for k, v := range m {
		texts(&k, &v)
		out[k] = v
	}
	if len(out) != len(m) {
		t.refuse("extra columns", "two extra columns have the same name once made readable")
	}
	return out
}

func tidyTenure(t *tidier, n *model.Tenure) {
	text(&n.Kind)
	texts(&n.Detail, &n.Landlord)
	t.date("lease break", &n.Break)
	t.date("lease expiry", &n.Expiry)
	t.date("rent review", &n.Review)
	t.money("dilapidations", &n.Dilapidations)
	if n.NoticeMonths < 0 {
		t.refuse("notice", "the notice is %d months; it cannot be below 0", n.NoticeMonths)
	}
}

func putAssets(w *writer, rows []row[model.Asset]) error {
	in := w.upsert("asset", "no", "id", "organisation", "uprn", "reference", "name", "address", "postcode",
		"lat", "lon", "placed", "area", "ward", "use", "holding", "detail", "energy_rating", "condition",
		"floor_area_m2", "floor_area_grade", "floor_area_source", "land_area_ha", "land_area_grade", "land_area_source",
		"income_pence", "income_grade", "income_source", "backlog_pence", "backlog_grade", "backlog_source",
		"value_pence", "value_grade", "value_source", "desks", "desks_grade", "desks_source",
		"capacity", "capacity_grade", "capacity_source", "unused_m2", "unused_grade", "unused_source")
	for _, r := range rows {
		a := r.item
		org, err := refer(w, KindOrganisation, a.Organisation, func() string { return nameAsset(a) })
		if err != nil {
			return err
		}
		in.add(r.no, string(a.ID), org)
		in.text(a.UPRN, a.Reference, a.Name, a.Address, a.Postcode)
		in.place(a.Location, a.Placed)
		in.text(a.Area, a.Ward, string(a.Use), a.Holding, a.Detail, a.EnergyRating, a.Condition)
		in.figure(&a.FloorArea)
		in.figure(&a.LandArea)
		in.money(&a.Income)
		in.money(&a.Backlog)
		in.money(&a.Value)
		in.figure(&a.Desks)
		in.figure(&a.Capacity)
		in.figure(&a.Unused)
		in.end()
	}
	if err := in.done(); err != nil {
		return err
	}
	return putAssetDetails(w, rows)
}

func putAssetDetails(w *writer, rows []row[model.Asset]) error {
	costs := w.into("asset_cost", "asset", "kind", "cost_pence", "cost_grade", "cost_source")
	energy := w.into("asset_energy", "asset", "fuel", "energy_kwh", "energy_grade", "energy_source")
	extra := w.into("asset_extra", "asset", "name", "value")
	parts := w.into("asset_part", "asset", "id", "ord", "name", "use", "floor_area_m2")
	locks := w.into("asset_lock", "asset", "ord", "kind", "reason", "source")
	tenure := w.into("tenure", "asset", "kind", "detail", "landlord", "notice_months", "let_out",
		"dilapidations_pence", "dilapidations_grade", "dilapidations_source")
	events := w.into("lease_event", "asset", "kind", "date")
	for _, r := range rows {
		a, no := r.item, driver.Value(r.no)
		for _, k := range model.Costs {
			if f, ok := a.Costs[k]; ok {
				costs.add(no, string(k))
				costs.money(&f)
				costs.end()
			}
		}
		for _, k := range model.Fuels {
			if f, ok := a.Energy[k]; ok {
				energy.add(no, string(k))
				energy.figure(&f)
				energy.end()
			}
		}
		for _, k := range names(a.Extra) {
			extra.add(no, k, a.Extra[k])
			extra.end()
		}
		for i := range a.Parts {
			p := &a.Parts[i]
			parts.add(no, string(p.ID), int64(i), p.Name, string(p.Use), p.FloorArea)
			parts.end()
		}
		for i, l := range a.Locks {
			locks.add(no, int64(i), l.Kind, l.Reason, l.Source)
			locks.end()
		}
		if n := &a.Tenure; *n != (model.Tenure{}) {
			tenure.add(no, string(n.Kind), n.Detail, n.Landlord, int64(n.NoticeMonths), b2i(n.LetOut))
			tenure.money(&n.Dilapidations)
			tenure.end()
			for _, e := range [...]struct{ kind, date string }{{"break", n.Break}, {"expiry", n.Expiry}, {"review", n.Review}} {
				if e.date != "" {
					events.add(no, e.kind, e.date)
					events.end()
				}
			}
		}
	}
	return finish(costs, energy, extra, parts, locks, tenure, events)
}

func getAssets(r *loader) (order []int64, items []model.Asset, err error) {
	var n int
	if err := r.conn.QueryRowContext(background, `SELECT count(*) FROM asset`).Scan(&n); err != nil {
		return nil, nil, err
	}
	if n > 0 {
		order, items = make([]int64, 0, n), make([]model.Asset, 0, n)
	}
	d, err := r.query(`SELECT no, id, organisation, uprn, reference, name, address, postcode,
		lat, lon, placed, area, ward, use, holding, detail, energy_rating, condition,
		floor_area_m2, floor_area_grade, floor_area_source, land_area_ha, land_area_grade, land_area_source,
		income_pence, income_grade, income_source, backlog_pence, backlog_grade, backlog_source,
		value_pence, value_grade, value_source, desks, desks_grade, desks_source,
		capacity, capacity_grade, capacity_source, unused_m2, unused_grade, unused_source FROM asset ORDER BY no`)
	if err != nil {
		return nil, nil, err
	}
	for d.step() {
		order = append(order, d.int())
		items = append(items, model.Asset{})
		a := &items[len(items)-1]
		a.ID, a.Organisation = model.AssetID(d.text()), model.OrganisationID(r.id(KindOrganisation, d.any()))
		a.UPRN, a.Reference, a.Name, a.Address, a.Postcode = d.text(), d.text(), d.text(), d.text(), d.text()
		a.Location, a.Placed = d.place()
		a.Area, a.Ward, a.Use = d.text(), d.text(), model.Use(d.text())
		a.Holding, a.Detail, a.EnergyRating, a.Condition = d.text(), d.text(), d.text(), d.text()
		a.FloorArea, a.LandArea = d.figure(), d.figure()
		a.Income, a.Backlog, a.Value = d.money(), d.money(), d.money()
		a.Desks, a.Capacity, a.Unused = d.figure(), d.figure(), d.figure()
	}
	if err := d.close(); err != nil {
		return nil, nil, err
	}
	return order, items, getAssetDetails(r, order, items)
}

func getAssetDetails(r *loader, order []int64, items []model.Asset) error {
	for _, x := range []struct {
		query string
		each  func(a *model.Asset, d *reader)
	}{
		{`SELECT asset, kind, cost_pence, cost_grade, cost_source FROM asset_cost ORDER BY asset`, func(a *model.Asset, d *reader) {
			if a.Costs == nil {
				a.Costs = map[model.Cost]model.Figure{}
			}
			k := model.Cost(d.text())
			a.Costs[k] = d.money()
		}},
		{`SELECT asset, fuel, energy_kwh, energy_grade, energy_source FROM asset_energy ORDER BY asset`, func(a *model.Asset, d *reader) {
			if a.Energy == nil {
				a.Energy = map[model.Fuel]model.Figure{}
			}
			k := model.Fuel(d.text())
			a.Energy[k] = d.figure()
		}},
		{`SELECT asset, name, value FROM asset_extra ORDER BY asset`, func(a *model.Asset, d *reader) {
			if a.Extra == nil {
				a.Extra = map[string]string{}
			}
			k := d.text()
			a.Extra[k] = d.text()
		}},
		{`SELECT asset, id, name, use, floor_area_m2 FROM asset_part ORDER BY asset, ord`, func(a *model.Asset, d *reader) {
			a.Parts = append(a.Parts, model.Part{ID: model.PartID(d.text()), Name: d.text(), Use: model.Use(d.text()), FloorArea: d.number()})
		}},
		{`SELECT asset, kind, reason, source FROM asset_lock ORDER BY asset, ord`, func(a *model.Asset, d *reader) {
			a.Locks = append(a.Locks, model.Lock{Kind: d.text(), Reason: d.text(), Source: d.text()})
		}},
		{`SELECT asset, kind, detail, landlord, notice_months, let_out, dilapidations_pence, dilapidations_grade, dilapidations_source
			FROM tenure ORDER BY asset`, func(a *model.Asset, d *reader) {
			a.Tenure = model.Tenure{Kind: model.TenureKind(d.text()), Detail: d.text(), Landlord: d.text(),
				NoticeMonths: int(d.int()), LetOut: d.yes(), Dilapidations: d.money()}
		}},
		{`SELECT asset, kind, date FROM lease_event ORDER BY asset`, func(a *model.Asset, d *reader) {
			switch kind, date := d.text(), d.text(); kind {
			case "break":
				a.Tenure.Break = date
			case "expiry":
				a.Tenure.Expiry = date
			case "review":
				a.Tenure.Review = date
			}
		}},
	} {
		if err := follow(r, order, items, x.query, x.each); err != nil {
			return fmt.Errorf("assets: %w", err)
		}
	}
	return nil
}
