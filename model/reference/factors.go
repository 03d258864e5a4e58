package reference

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
)

const (
	conversion = "ghg_conversion_factor"
	gridShape  = "crrem_uk_grid_ef_backsolved"
	marginal   = "lrm_electricity_ef"
	perKWh     = "kgCO2e/kWh"
)

// footprintPaths are conversion factors: what a year's consumption emitted.
// They must not value a change in consumption; marginalPaths do that. A fuel the
// tables lack has no path.
func (s *Set) footprintPaths(base, years int, add func(model.Path, error) error) error {
	if err := s.electricityPaths(base, years, add); err != nil && !absent(err) {
		return err
	}
	for _, d := range []struct {
		fuel              model.Fuel
		item, losses, wtt string
		part              string // name of the direct part
	}{
		{model.Gas, "natural gas (gross CV)", "", "WTT natural gas (gross CV)", "scope1"},
		{model.Oil, "burning oil (gross CV)", "", "", "scope1"},
		{model.DistrictHeat, "district heat and steam", "district heat distribution 5% loss", "WTT district heat and steam", "scope2"},
		{model.Biomass, "wood pellets", "", "WTT wood pellets", "scope1"},
	} {
		k := key("footprint", d.fuel)
		main, err := s.heldFactor(k+"."+d.part, "Use of "+string(d.fuel), d.item, base, years)
		if absent(err) {
			continue
		}
		total := main
		total.Key = k
		err = add(main, err)
		if d.losses != "" && err == nil {
			var loss model.Path
			if loss, err = s.heldFactor(k+".td", "Losses on the way, "+string(d.fuel), d.losses, base, years); err == nil {
				total = sum(main, loss, k, main.Label, main.Note)
			}
			err = add(loss, err)
		}
		if d.wtt != "" && err == nil {
			err = add(s.heldFactor(k+".wtt", "Well to tank, "+string(d.fuel), d.wtt, base, years))
		}
		if err == nil {
			err = add(total, nil)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// electricityPaths are generation, losses, well to tank, and what a footprint
// counts: generation with losses.
func (s *Set) electricityPaths(base, years int, add func(model.Path, error) error) error {
	gen, err := s.gridPath("footprint.electricity.scope2", "Electricity, generation (scope 2)", "electricity generated UK", base, years)
	if err != nil {
		return err
	}
	td, err := s.gridPath("footprint.electricity.td", "Electricity, losses on the way (scope 3)", "electricity T&D losses", base, years)
	if err != nil {
		return err
	}
	wtt, err := s.gridPath("footprint.electricity.wtt", "Electricity, well to tank (scope 3)", "WTT electricity generation", base, years)
	if err != nil {
		return err
	}
	wttTD, err := s.gridPath("", "", "WTT electricity T&D", base, years)
	if err != nil {
		return err
	}
	for _, p := range []model.Path{gen, td, sum(wtt, wttTD, wtt.Key, wtt.Label, wtt.Note), sum(gen, td, "footprint.electricity", "Electricity used", gen.Note)} {
		if err := add(p, nil); err != nil {
			return err
		}
	}
	return nil
}

// gridPath is a factor of grid electricity. Years with a published conversion
// factor take it; later years scale the last one by the shape of the grid path,
// because no official projection of the grid average is in the tables. After
// the path ends its last value is held.
func (s *Set) gridPath(k, label, item string, base, years int) (model.Path, error) {
	p := model.Path{Key: k, Label: label, Unit: perKWh, Start: base, Values: make([]float64, years), Grade: model.Benchmark}
	rows := s.table.years(conversion, item)
	if len(rows) == 0 {
		return p, model.NotFound("conversion factor", item)
	}
	shape := map[int]float64{}
	lastShape := 0
	for _, r := range s.table.years(gridShape, "") {
		shape[r.year], lastShape = r.row.Value, r.year
	}
	byYear := map[int]*Row{}
	for _, r := range rows {
		byYear[r.year] = r.row
	}
	last := rows[len(rows)-1]
	for i := range p.Values {
		y := base + i
		switch r := byYear[y]; {
		case r != nil:
			p.Values[i] = r.Value
			p.Grade = model.Weakest(p.Grade, r.Grade())
		case y > last.year && shape[last.year] > 0:
			p.Values[i] = last.row.Value * shape[min(y, lastShape)] / shape[last.year]
			p.Grade = model.Weakest(p.Grade, model.Estimated)
		default:
			r, err := s.gap("the conversion factor for "+item, y, rows, &p)
			if err != nil {
				return p, err
			}
			p.Values[i] = r.Value
		}
	}
	p.Source = cite(last.row)
	if base+years-1 > last.year {
		grid := s.table.find(gridShape, "UK location-based, CRREM v2.05")
		p.Note = and(p.Note) + fmt.Sprintf("published to %d; after it %s scaled by the grid path (%s), held from %d", last.year, fnum(last.row.Value), cite(grid), lastShape)
	}
	return p, nil
}

// heldFactor is a factor that hardly changes by year: published years take
// theirs and later years the last.
func (s *Set) heldFactor(k, label, item string, base, years int) (model.Path, error) {
	rows := s.table.years(conversion, item)
	if len(rows) == 0 {
		return model.Path{}, model.NotFound("conversion factor", item)
	}
	last := rows[len(rows)-1]
	p := flat(k, label, perKWh, last.row, base, years, "")
	byYear := map[int]*Row{}
	for _, r := range rows {
		byYear[r.year] = r.row
	}
	for i := range p.Values {
		y := base + i
		r := byYear[y]
		if r == nil && y < last.year {
			var err error
			if r, err = s.gap("the conversion factor for "+item, y, rows, &p); err != nil {
				return p, err
			}
		}
		if r != nil {
			p.Values[i] = r.Value
			p.Grade = model.Weakest(p.Grade, r.Grade())
		}
	}
	if base+years-1 > last.year {
		p.Note = and(p.Note) + fmt.Sprintf("published to %d and held after", last.year)
	}
	return p, nil
}

// marginalPaths are what a change in consumption changes: long-run marginal
// factors of electricity and appraisal factors of fuels. Valuation of energy
// use and greenhouse gas, DESNZ, tables 1 and 2a.
func (s *Set) marginalPaths(base, years int, add func(model.Path, error) error) error {
	if err := add(s.marginalElectricity(base, years)); err != nil {
		return err
	}
	if gas := s.table.find("appraisal_fuel_ef", "natural gas gross CV (DESNZ Table 2a AR5)"); gas != nil {
		if err := add(flat("marginal.gas", "Gas, change in use", perKWh, gas, base, years, "one factor for every year"), nil); err != nil {
			return err
		}
	}
	for _, d := range []struct {
		fuel         model.Fuel
		item, losses string
	}{{model.Oil, "burning oil (gross CV)", ""}, {model.DistrictHeat, "district heat and steam", "district heat distribution 5% loss"}, {model.Biomass, "wood pellets", ""}} {
		r := s.table.find(conversion, d.item)
		if r == nil {
			continue
		}
		p := flat(key("marginal", d.fuel), string(d.fuel)+", change in use", perKWh, r, base, years,
			"no appraisal factor in the tables: the conversion factor stands in, as for a fuel burned where it is used")
		p.Grade = model.Weakest(p.Grade, model.Estimated)
		if l := s.table.find(conversion, d.losses); l != nil {
			for i := range p.Values {
				p.Values[i] += l.Value
			}
		}
		if err := add(p, nil); err != nil {
			return err
		}
	}
	return nil
}

func (s *Set) marginalElectricity(base, years int) (model.Path, error) {
	e := model.Path{Key: "marginal.electricity", Label: "Electricity, change in use", Unit: perKWh, Start: base, Values: make([]float64, years), Grade: model.Benchmark}
	published, derived := s.table.years(marginal, ""), s.table.years(marginal+"_interpolated", "")
	if len(published) == 0 {
		return e, model.NotFound("reference series", marginal)
	}
	all := append(append([]yearRow(nil), published...), derived...)
	byYear, lastYear := map[int]*Row{}, 0
	for _, r := range all {
		byYear[r.year] = r.row
		lastYear = max(lastYear, r.year)
	}
	for i := range e.Values {
		y := base + i
		r := byYear[min(y, lastYear)]
		if r == nil {
			var err error
			if r, err = s.gap("the marginal factor of electricity", y, all, &e); err != nil {
				return e, err
			}
		}
		e.Values[i] = r.Value
		e.Grade = model.Weakest(e.Grade, r.Grade())
	}
	e.Source = cite(published[0].row)
	if base+years-1 > 2039 {
		e.Note = and(e.Note) + fmt.Sprintf("published to 2039; 2040 to 2049 interpolated to the published end point of 2050; held from %d", lastYear)
	}
	return e, nil
}

func sum(a, b model.Path, k, label, note string) model.Path {
	p := model.Path{Key: k, Label: label, Unit: a.Unit, Start: a.Start, Values: make([]float64, len(a.Values)),
		Grade: model.Weakest(a.Grade, b.Grade), Source: a.Source, Note: note}
	for i := range p.Values {
		p.Values[i] = a.Values[i] + b.Values[i]
	}
	return p
}

// and joins a note to one that is there already.
func and(note string) string {
	if note == "" {
		return ""
	}
	return note + "; "
}
