package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
)

// buildCarbon writes the footprint by where it comes from and the change.
func (b *builder) buildCarbon() error {
	s := b.yearSheet("Carbon", "Carbon", "Footprint: tCO2e by conversion factors. Change: tCO2e by long-run marginal factors. The two must not be mixed.")
	b.add(s, "Footprint and change in emissions by year, value of carbon")
	r := rowFirstData
	var lines []line
	for _, sc := range b.scenarios {
		b.block(s, r, sc.label+": footprint")
		head := s.out(r, 1)
		r++
		from := r
		for _, f := range model.Fuels {
			k, p := sc.rows["kwh:"+string(f)], b.paths[footprintKey(f)]
			if p.sheet == nil {
				continue
			}
			b.line(s, r, "Energy: "+string(f), string(f), "tCO2e", stTonnes, true, func(j int) (string, float64) {
				return k.out(j) + "*" + p.out(j) + "/Kilograms_per_tonne", k.v[j] * p.v[j] / 1000
			})
			r++
		}
		d, w, kg := sc.rows["direct"], sc.rows["water"], b.single["Water_kg"].v
		b.line(s, r, "Works, travel and water", "", "tCO2e", stTonnes, true, func(j int) (string, float64) {
			return fmt.Sprintf("(%s+%s*Water_kg)/Kilograms_per_tonne", d.out(j), w.out(j)), (d.v[j] + w.v[j]*kg) / 1000
		})
		r++
		total := sc.rows["footprint"]
		sum := b.line(s, r, "Footprint", "", "tCO2e", stOutTonnes, true, func(j int) (string, float64) {
			return fmt.Sprintf("SUM(%s:%s)", a1(from, colYear+j), a1(r-1, colYear+j)), total.v[j]
		})
		b.tie(groupTies, sc.label+": footprint by source = footprint on its sheet, every year", sum, total, "Share_tolerance")
		lines = append(lines, line{head, quoted(s.name) + abs(rowYear, colYear) + ":" + abs(rowYear, colYear+b.years-1), sum.outSpan()})
		r++
		link := func(label, key, unit string, st style) {
			y := sc.rows[key]
			b.line(s, r, label, "", unit, st, true, func(j int) (string, float64) { return y.out(j), y.v[j] })
			r++
		}
		if sc != b.baseline {
			link("Change in emissions against the baseline (a fall is negative)", "change", "tCO2e", stOutTonnes)
			link("Value of carbon saved, in NPSV", "value", "£", stCalc)
		}
		r++
	}
	if len(lines) == 0 {
		s.put(r, 1, txt(stText, "There are no scenarios."))
		return nil
	}
	s.charts = append(s.charts, chart(a1(r, 1), excelize.Line, "Footprint by year", "Line chart: yearly footprint in tonnes of CO2 equivalent, one line a scenario. The figures are in the rows “Footprint” of this sheet.", "tCO2e", lines))
	s.lastRow = r + 18
	return nil
}

// buildSpace writes people, desks and floor area by year for every scenario.
func (b *builder) buildSpace() error {
	s := b.yearSheet("Space", "Space", "People housed (FTE), desks in use, and what becomes of the floor area (m² gross internal), by year.")
	b.add(s, "People, desks and floor area by year")
	s.heads(rowHead, colLabel, "Line", "Key", "Unit", "", "", "")
	r := rowFirstData
	for _, sc := range b.scenarios {
		b.block(s, r, sc.label)
		r++
		link := func(label, key, unit string, st style) yearRow {
			y := sc.rows[key]
			row := b.line(s, r, label, "", unit, st, false, func(j int) (string, float64) { return y.out(j), y.v[j] })
			r++
			return row
		}
		people := link("People housed", "people", "FTE", stCalc)
		desks := link("Desks in use", "desks", "desks", stCalc)
		occupied := yearRow{}
		for _, a := range b.areas() {
			y := link("Floor area: "+a, "area:"+a, "m²", stCalc)
			if a == action.AreaOccupied {
				occupied = y
			}
		}
		link("Floor area accounted for", "area", "m²", stOut)
		ratio := func(label, unit string, top, under yearRow) {
			b.line(s, r, label, "", unit, stCalcFine, false, func(j int) (string, float64) {
				v := 0.0
				if under.v[j] != 0 {
					v = top.v[j] / under.v[j]
				}
				return fmt.Sprintf("IF(%[2]s=0,0,%[1]s/%[2]s)", top.in(j), under.in(j)), v
			})
			r++
		}
		ratio("People a desk", "FTE/desk", people, desks)
		if occupied.sheet != nil {
			ratio("Occupied floor area a person", "m²/FTE", occupied, people)
		}
		r++
	}
	if len(b.scenarios) == 0 {
		s.put(r, 1, txt(stText, "There are no scenarios."))
	}
	return nil
}
