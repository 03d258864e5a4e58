package store

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/planting-the-flag/flagstone/model"
)

// costColumns and fuelColumns are what the columns of each yearly cost and each fuel begin with, in the order of model.Figures.
var (
	costColumns = []struct {
		cost   model.Cost
		prefix string
	}{{model.CostRates, "rates"}, {model.CostCleaning, "cleaning"}, {model.CostMaintenance, "maintenance"}, {model.CostOther, "other_cost"},
		{model.CostReception, "reception"}, {model.CostRent, "rent"}}
	fuelColumns = []struct {
		fuel   model.Fuel
		prefix string
	}{{model.Biomass, "biomass"}, {model.DistrictHeat, "district_heat"}, {model.Electricity, "electricity"}, {model.Gas, "gas"}, {model.Oil, "oil"}}
)

// assetColumns are the columns of an asset in the order in which they are written and read.
var assetColumns = func() []string {
	cols := []string{"no", "id", "organisation", "uprn", "reference", "name", "address", "postcode",
		"lat", "lon", "placed", "area", "ward", "use", "holding", "detail", "energy_rating", "condition",
		"tenure", "tenure_detail", "landlord", "lease_break", "lease_expiry", "lease_review", "notice_months", "let_out"}
	figure := func(prefix, unit string) { cols = append(cols, prefix+unit, prefix+"_grade", prefix+"_source") }
	figure("dilapidations", "_pence")
	figure("floor_area", "_m2")
	figure("land_area", "_ha")
	figure("income", "_pence")
	figure("backlog", "_pence")
	figure("value", "_pence")
	figure("desks", "")
	figure("capacity", "")
	figure("unused", "_m2")
	for _, k := range costColumns {
		figure(k.prefix, "_pence")
	}
	for _, k := range fuelColumns {
		figure(k.prefix, "_kwh")
	}
	return append(cols, "extra")
}()

func putAssets(w *writer, rows []row[model.Asset]) error {
	in := w.upsert("asset", assetColumns...)
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
		n := &a.Tenure
		in.text(string(n.Kind), n.Detail, n.Landlord, n.Break, n.Expiry, n.Review)
		in.int(n.NoticeMonths)
		in.yes(n.LetOut)
		in.money(&n.Dilapidations)
		in.figure(&a.FloorArea)
		in.figure(&a.LandArea)
		in.money(&a.Income)
		in.money(&a.Backlog)
		in.money(&a.Value)
		in.figure(&a.Desks)
		in.figure(&a.Capacity)
		in.figure(&a.Unused)
		for _, k := range costColumns {
			f := a.Costs.Get(k.cost)
			in.money(&f)
		}
		for _, k := range fuelColumns {
			f := a.Energy.Get(k.fuel)
			in.figure(&f)
		}
		in.one(object(a.Extra))
		in.end()
	}
	if err := in.done(); err != nil {
		return err
	}
	return putAssetDetails(w, rows)
}

func putAssetDetails(w *writer, rows []row[model.Asset]) error {
	parts := w.into("asset_part", "asset", "id", "ord", "name", "use", "floor_area_m2")
	locks := w.into("asset_lock", "asset", "ord", "kind", "reason", "source")
	for _, r := range rows {
		a, no := r.item, driver.Value(r.no)
		for i := range a.Parts {
			p := &a.Parts[i]
			parts.add(no, string(p.ID), int64(i), p.Name, string(p.Use), p.FloorArea)
			parts.end()
		}
		for i, l := range a.Locks {
			locks.add(no, int64(i), l.Kind, l.Reason, l.Source)
			locks.end()
		}
	}
	return finish(parts, locks)
}

// object writes texts by name as a JSON object in the order of the names, and nothing as nothing.
func object(m map[string]string) string {
	if len(m) == 0 {
		return ""
	}
	b := make([]byte, 0, 64)
	sep := byte('{')
	for _, k := range names(m) {
		b = appendJSON(append(b, sep), k)
		b = appendJSON(append(b, ':'), m[k])
		sep = ','
	}
	return string(append(b, '}'))
}

// appendJSON adds a text in quotation marks.
func appendJSON(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			var out bytes.Buffer
			e := json.NewEncoder(&out)
			e.SetEscapeHTML(false)
			_ = e.Encode(s) // of a string it cannot fail
			return append(b, bytes.TrimSuffix(out.Bytes(), []byte{'\n'})...)
		}
	}
	return append(append(append(b, '"'), s...), '"')
}

func getAssets(r *loader) (order []int64, items []model.Asset, err error) {
	var n int
	if err := r.conn.QueryRowContext(background, `SELECT count(*) FROM asset`).Scan(&n); err != nil {
		return nil, nil, err
	}
	if n > 0 {
		order, items = make([]int64, 0, n), make([]model.Asset, 0, n)
	}
	d, err := r.query(`SELECT ` + strings.Join(assetColumns, ", ") + ` FROM asset ORDER BY no`)
	if err != nil {
		return nil, nil, err
	}
	var costs model.Figures[model.Cost]
	var energy model.Figures[model.Fuel]
	for d.step() {
		order = append(order, d.int())
		items = append(items, model.Asset{})
		a := &items[len(items)-1]
		a.ID, a.Organisation = model.AssetID(d.text()), model.OrganisationID(r.id(KindOrganisation, d.any()))
		a.UPRN, a.Reference, a.Name, a.Address, a.Postcode = d.text(), d.text(), d.text(), d.text(), d.text()
		a.Location, a.Placed = d.place()
		a.Area, a.Ward, a.Use = d.text(), d.text(), model.Use(d.text())
		a.Holding, a.Detail, a.EnergyRating, a.Condition = d.text(), d.text(), d.text(), d.text()
		a.Tenure = model.Tenure{Kind: model.TenureKind(d.text()), Detail: d.text(), Landlord: d.text(),
			Break: d.text(), Expiry: d.text(), Review: d.text(), NoticeMonths: int(d.int()), LetOut: d.yes(), Dilapidations: d.money()}
		a.FloorArea, a.LandArea = d.figure(), d.figure()
		a.Income, a.Backlog, a.Value = d.money(), d.money(), d.money()
		a.Desks, a.Capacity, a.Unused = d.figure(), d.figure(), d.figure()
		costs, energy = costs[:0], energy[:0]
		for _, k := range costColumns {
			if f := d.money(); f != (model.Figure{}) {
				costs = append(costs, model.Entry[model.Cost]{Key: k.cost, Figure: f})
			}
		}
		for _, k := range fuelColumns {
			if f := d.figure(); f != (model.Figure{}) {
				energy = append(energy, model.Entry[model.Fuel]{Key: k.fuel, Figure: f})
			}
		}
		a.Costs, a.Energy = slices.Clone(some(costs)), slices.Clone(some(energy))
		if s := d.text(); s != "" {
			if err := json.Unmarshal([]byte(s), &a.Extra); err != nil && d.err == nil {
				d.err = fmt.Errorf("the extra columns of %s: %w: %w", nameAsset(a), ErrDamaged, err)
			}
		}
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
		{`SELECT asset, id, name, use, floor_area_m2 FROM asset_part ORDER BY asset, ord`, func(a *model.Asset, d *reader) {
			a.Parts = append(a.Parts, model.Part{ID: model.PartID(d.text()), Name: d.text(), Use: model.Use(d.text()), FloorArea: d.number()})
		}},
		{`SELECT asset, kind, reason, source FROM asset_lock ORDER BY asset, ord`, func(a *model.Asset, d *reader) {
			a.Locks = append(a.Locks, model.Lock{Kind: d.text(), Reason: d.text(), Source: d.text()})
		}},
	} {
		if err := follow(r, order, items, x.query, x.each); err != nil {
			return fmt.Errorf("assets: %w", err)
		}
	}
	return nil
}
