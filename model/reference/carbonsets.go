package reference

import (
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/carbon"
)

// DEC returns the fixed factors of display energy certificates.
func (s *Set) DEC() (carbon.DEC, error) {
	var d carbon.DEC
	for item, into := range map[string]*float64{"electricity": &d.Electricity, "fossil-thermal benchmark fuel": &d.BenchmarkHeat, "natural gas actual": &d.Gas} {
		r := s.table.find("dec_co2_factor", item)
		if r == nil {
			return d, model.NotFound("display energy certificate factor", item)
		}
		*into = r.Value
	}
	return d, nil
}

// EPC returns the factors of energy performance certificates.
func (s *Set) EPC() (carbon.EPC, error) {
	var e carbon.EPC
	for item, into := range map[string]*float64{"grid electricity": &e.Electricity, "natural gas": &e.Gas, "LPG": &e.LPG, "oil (burning/gas oil)": &e.Oil,
		"biomass wood pellets": &e.Pellets, "biomass wood chips": &e.Chips} {
		r := s.table.find("ncm_2026_carbon_factor", item)
		if r == nil {
			return e, model.NotFound("energy performance certificate factor", item)
		}
		*into = r.Value
	}
	return e, nil
}

// Yardstick is the benchmark of a category for the hours a building is in use;
// 0 hours stands for the reference hours. With degree days (0 for none) the share
// of heat that follows the weather, tm46.weather_share, is scaled to them.
func (b Benchmark) Yardstick(hours, degreeDays, weatherShare float64) carbon.Yardstick {
	e, h := b.Adjusted(hours)
	if degreeDays > 0 {
		const reference = 2021 // degree days, base 15.5 °C, that the benchmarks stand for
		h *= 1 - weatherShare + weatherShare*degreeDays/reference
	}
	return carbon.Yardstick{Electricity: e, Heat: h}
}

// Grid is the location-based path of grid electricity that target pathways are
// drawn against, kgCO2e/kWh.
func (s *Set) Grid() (model.Path, error) {
	rows := s.table.years(gridShape, "")
	if len(rows) == 0 {
		return model.Path{}, model.NotFound("reference series", gridShape)
	}
	p := model.Path{Key: "grid", Label: "Grid electricity, location based", Unit: perKWh, Start: rows[0].year, Grade: rows[0].row.Grade(), Source: cite(rows[0].row), Note: rows[0].row.Note}
	for i, r := range rows {
		if r.year != p.Start+i {
			return p, missing("the grid path", p.Start+i, rows)
		}
		p.Values = append(p.Values, r.row.Value)
	}
	return p, nil
}
