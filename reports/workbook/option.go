package workbook

import (
	"fmt"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/model/rationalise/proof"
)

// figure is one result of a scenario: what the sheet works out and what the
// program said.
type figure struct {
	key, label, unit string
	style            style
	tolerance        string // defined name of the largest difference that passes
	app              func(*appraisal.Result) (float64, bool)
}

// figures are the results of every scenario, in the order of its sheet and of
// Compare.
var figures = []figure{
	{"npsv", "Net present social value (NPSV), change against the baseline", "£", stOutPence, "Check_tolerance", func(r *appraisal.Result) (float64, bool) { return r.NPSV, true }},
	{"npsv_low", "NPSV with low carbon values", "£", stCalcPence, "Check_tolerance", func(r *appraisal.Result) (float64, bool) { return r.NPSVLow, true }},
	{"npsv_high", "NPSV with high carbon values", "£", stCalcPence, "Check_tolerance", func(r *appraisal.Result) (float64, bool) { return r.NPSVHigh, true }},
	{"npsv_reduced", "NPSV at the reduced discount rates", "£", stCalcPence, "Check_tolerance", func(r *appraisal.Result) (float64, bool) {
		if r.Reduced == nil {
			return 0, false
		}
		return r.Reduced.NPSV, true
	}},
	{"npv_public", "NPV to the public purse, change", "£", stOutPence, "Check_tolerance", func(r *appraisal.Result) (float64, bool) { return r.NPVPublic, true }},
	{"pv_carbon", "Present value of carbon saved, part of NPSV", "£", stCalcPence, "Check_tolerance", func(r *appraisal.Result) (float64, bool) { return r.PVCarbon, true }},
	{"pv_public_cost", "Present value of the net cost to the public purse as a whole, change", "£", stCalcPence, "Check_tolerance", func(r *appraisal.Result) (float64, bool) { return r.PVPublicCost, true }},
	{"pv_benefits", "Present value of benefits to everybody else, change", "£", stCalcPence, "Check_tolerance", func(r *appraisal.Result) (float64, bool) { return r.PVBenefits, true }},
	{"bcr", "Benefit-cost ratio (none when the option saves the purse money)", "ratio", stRatio, "Share_tolerance", func(r *appraisal.Result) (float64, bool) {
		if r.BCR == nil {
			return 0, false
		}
		return *r.BCR, true
	}},
	{"npc", "Net present cost of the estate to public bodies", "£", stCalcPence, "Check_tolerance", func(r *appraisal.Result) (float64, bool) { return r.NetPresentCost, true }},
	{"annual", "NPSV as an equal amount a year", "£ a year", stCalcPence, "Check_tolerance", func(r *appraisal.Result) (float64, bool) { return r.AnnualEquivalent, true }},
	{"capex", "Capital spending, not discounted, with optimism bias", "£", stCalcPence, "Check_tolerance", func(r *appraisal.Result) (float64, bool) { return r.Capex, true }},
	{"receipts", "Receipts, not discounted", "£", stCalcPence, "Check_tolerance", func(r *appraisal.Result) (float64, bool) { return r.Receipts, true }},
	{"running_end", "Running cost in the last year appraised", "£ a year", stCalcPence, "Check_tolerance", func(r *appraisal.Result) (float64, bool) { return r.RunningCostEnd, true }},
	{"carbon_total", "Footprint over all the years", "tCO2e", stTonnes, "Share_tolerance", func(r *appraisal.Result) (float64, bool) { return r.CarbonTotal, true }},
	{"carbon_change", "Change in emissions over all the years (a fall is negative)", "tCO2e", stTonnes, "Share_tolerance", func(r *appraisal.Result) (float64, bool) { return ledger.Total(r.CarbonChange), true }},
	{"cost_per_tonne", "Public cost of a tonne saved (none when nothing is saved)", "£/tCO2e", stCalcPence, "Check_tolerance", func(r *appraisal.Result) (float64, bool) {
		if r.CostPerTonne == nil {
			return 0, false
		}
		return *r.CostPerTonne, true
	}},
}

// Row of the first result on a scenario's sheet.
const rowResults = 8

// shown leaves out the results that this comparison has not got.
func (b *builder) shown() []figure {
	var out []figure
	for _, f := range figures {
		if f.key == "npsv_reduced" && b.reduced.sheet == nil {
			continue
		}
		out = append(out, f)
	}
	return out
}

// buildOptions writes the baseline's sheet and one for every other scenario.
func (b *builder) buildOptions() error {
	names := newNamer(takenSheets...)
	if b.baseline != nil {
		b.baseline.sheet = b.yearSheet("Baseline", "Baseline: "+b.baseline.label, b.optionNote(b.baseline))
		b.add(b.baseline.sheet, "The scenario that changes are measured against: "+b.baseline.label)
		b.option(b.baseline)
	}
	k := 0
	for _, sc := range b.scenarios {
		if sc == b.baseline {
			continue
		}
		k++
		sc.sheet = b.yearSheet(names.sheet(fmt.Sprintf("%d %s", k, sc.label)), sc.label, b.optionNote(sc))
		b.add(sc.sheet, fmt.Sprintf("%s (%s): cash, economic and carbon views, NPSV by formula", sc.label, sc.res.Scenario.Kind))
		b.option(sc)
	}
	return nil
}

// takenSheets are the sheet names that a scenario cannot have.
var takenSheets = []string{"Cover", "Assumptions", "Factors", "Streams", "Baseline", "Compare", "Who pays and who gains", "Carbon", "Space",
	"Leases and disposals", "Affordability", "Sensitivity", "Reconciliation", "Checks", "Data quality", "Change log", "History"}

func (b *builder) optionNote(sc *scenario) string {
	n := fmt.Sprintf("£, real, %d prices, costs negative. ", b.cmp.PriceBase)
	if k := b.omitted[sc.label]; k > 0 {
		n += fmt.Sprintf("%d commercially sensitive streams are left out, and the totals leave them out too. ", k)
	}
	return n + proof.Without(sc.res.Scenario.Description)
}

// option writes one scenario's sheet. Every scenario's has the same rows.
func (b *builder) option(sc *scenario) {
	s, t, l := sc.sheet, b.total(sc), b.lay
	base := b.baseline
	r := rowResults + len(b.shown()) + 2
	keep := func(key string, y yearRow) yearRow { sc.rows[key] = y; return y }
	sumRows := func(label, key string, from, to int, st style, v []float64) yearRow {
		y := b.line(s, r, label, "", "£", st, true, func(j int) (string, float64) {
			return fmt.Sprintf("SUM(%s:%s)", a1(from, colYear+j), a1(to, colYear+j)), v[j]
		})
		r++
		return keep(key, y)
	}
	category := func(title, prefix string, by map[string][]float64, flag int) yearRow {
		b.block(s, r, title)
		r++
		from := r
		sum := make([]float64, b.years)
		for _, c := range b.money {
			v := b.of(by, c)
			ledger.AddTo(sum, v, 1)
			y := keep(prefix+c, b.streamLine(s, r, sc, strings.ToUpper(c[:1])+c[1:], c, "£", stCalc, v, where{l.category, colAbs(r, colKey)}, where{flag, "1"}))
			b.present(y, stCalc)
			r++
		}
		if len(b.money) == 0 {
			s.put(r, 1, txt(stNote, "No money streams."))
			r++
		}
		y := sumRows("Total", prefix, from, r-1, stOut, sum)
		b.present(y, stOut)
		r++
		return y
	}
	simple := func(label, key, unit string, st style, v []float64, conds ...where) yearRow {
		y := keep(key, b.streamLine(s, r, sc, label, "", unit, st, v, conds...))
		r++
		return y
	}

	econ := category("Economic view by category: all of society, transfers left out, carbon apart", "econ:", t.economic, l.economic)
	cash := category("Public cash view by category: what public bodies pay and receive, transfers included", "cash:", t.cash, l.public)

	b.block(s, r, "Of which")
	r++
	purseV := b.sumBoth(sc, b.isPurse)
	purse := simple("Change of the public purse as a whole (without business rates and payments between public bodies)", "purse", "£", stCalc, purseV, where{l.consolidated, "1"})
	b.present(purse, stCalc)
	capexV, receiptsV := b.capitalOf(sc)
	yearCol := func(j int) int { return l.year1 + j }
	blocks := []*block{b.common, sc.own}
	capex := keep("capex", b.line(s, r, "Capital spending (negative flows marked capital)", "", "£", stCalc, true, func(j int) (string, float64) {
		return b.sumOf(blocks, yearCol(j), true, where{l.cash, "1"}, where{l.capital, "1"}, where{-yearCol(j), `"<0"`}), capexV[j]
	}))
	r++
	receipts := keep("receipts", b.line(s, r, "Receipts (positive flows marked capital, and sale receipts)", "", "£", stCalc, true, func(j int) (string, float64) {
		return b.sumOf(blocks, yearCol(j), true, where{l.cash, "1"}, where{l.capital, "1"}, where{-yearCol(j), `">0"`}) + "+" +
			b.sumOf(blocks, yearCol(j), true, where{l.cash, "1"}, where{l.capital, "0"}, where{l.category, "Category_receipt"}, where{-yearCol(j), `">0"`}), receiptsV[j]
	}))
	r++
	running := b.runningRow(sc, s, &r)
	r++

	b.block(s, r, "Energy and emissions")
	r++
	energy := map[model.Fuel]yearRow{}
	for _, f := range model.Fuels {
		energy[f] = keep("kwh:"+string(f), b.streamLine(s, r, sc, "Energy: "+string(f), string(f), "kWh", stCalc, b.of(t.energy, string(f)),
			where{l.ledger, "Ledger_carbon"}, where{l.unit, "Unit_kWh"}, where{l.fuel, colAbs(r, colKey)}))
		r++
	}
	direct := simple("Emissions not from energy (works, travel)", "direct", "kgCO2e", stCalc, t.other, where{l.ledger, "Ledger_carbon"}, where{l.unit, "Unit_kg"})
	waterV := b.sumBoth(sc, func(st *ledger.Stream) bool { return st.Ledger == ledger.Carbon && st.Unit == "m³" })
	water := simple("Water", "water", "m³", stCalc, waterV, where{l.ledger, "Ledger_carbon"}, where{l.unit, "Unit_water"})
	kg := b.single["Water_kg"].v
	foot := b.line(s, r, "Footprint (conversion factors)", "", "tCO2e", stOutTonnes, true, func(j int) (string, float64) {
		f, v := fmt.Sprintf("(%s+%s*Water_kg", direct.in(j), water.in(j)), direct.v[j]+water.v[j]*kg
		for _, fuel := range model.Fuels {
			if p, ok := b.paths[footprintKey(fuel)]; ok {
				f += fmt.Sprintf("+%s*%s", energy[fuel].in(j), p.out(j))
				v += energy[fuel].v[j] * p.v[j]
			}
		}
		return f + ")/Kilograms_per_tonne", v / 1000
	})
	keep("footprint", foot)
	r += 2

	b.block(s, r, "Change against the baseline")
	r++
	bs := base.rows
	against := func(key, label, unit string, mine yearRow, st style) yearRow {
		y := b.line(s, r, label, "", unit, st, true, func(j int) (string, float64) {
			return mine.in(j) + "-" + bs[key].out(j), mine.v[j] - bs[key].v[j]
		})
		r++
		return keep("d:"+key, y)
	}
	dEcon := against("econ:", "Economic view, money", "£", econ, stCalc)
	change := b.line(s, r, "Change in emissions (marginal factors; a fall is negative)", "", "tCO2e", stTonnes, true, func(j int) (string, float64) {
		f := fmt.Sprintf("(%s-%s+(%s-%s)*Water_kg", direct.in(j), bs["direct"].out(j), water.in(j), bs["water"].out(j))
		v := direct.v[j] - bs["direct"].v[j] + (water.v[j]-bs["water"].v[j])*kg
		for _, fuel := range model.Fuels {
			if p, ok := b.paths[marginalKey(fuel)]; ok {
				k := "kwh:" + string(fuel)
				f += fmt.Sprintf("+(%s-%s)*%s", energy[fuel].in(j), bs[k].out(j), p.out(j))
				v += (energy[fuel].v[j] - bs[k].v[j]) * p.v[j]
			}
		}
		return f + ")/Kilograms_per_tonne", v / 1000
	})
	keep("change", change)
	r++
	worth := func(key, label, path string) yearRow {
		y := b.line(s, r, label, "", "£", stCalc, true, func(j int) (string, float64) {
			p, ok := b.paths[path]
			if !ok {
				return "-" + change.in(j) + "*0", 0
			}
			return "-" + change.in(j) + "*" + p.out(j), -change.v[j] * p.v[j]
		})
		b.present(y, stCalc)
		r++
		return keep(key, y)
	}
	low := worth("value_low", "Value of carbon saved, low values", keyValueLow)
	mid := worth("value", "Value of carbon saved, "+string(caseName(b.cmp.CarbonCase))+" values (in NPSV)", b.carbonKey())
	high := worth("value_high", "Value of carbon saved, high values", keyValueHigh)
	net := b.line(s, r, "Net benefit to society, carbon included", "", "£", stOut, true, func(j int) (string, float64) {
		return dEcon.in(j) + "+" + mid.in(j), dEcon.v[j] + mid.v[j]
	})
	b.present(net, stOut)
	keep("net", net)
	r++
	running2 := func(key, label string, of yearRow) yearRow {
		total := 0.0
		y := b.line(s, r, label, "", "£", stCalc, false, func(j int) (string, float64) {
			total += of.v[j] * b.discount.v[j]
			return fmt.Sprintf("N(%s)+%s*%s", a1(r, colYear+j-1), of.in(j), b.discount.out(j)), total
		})
		r++
		return keep(key, y)
	}
	running2("cum_net", "NPSV so far, discounted and added up", net)
	dCash := against("cash:", "Public cash", "£", cash, stOut)
	b.present(dCash, stOut)
	total := 0.0
	cum := b.line(s, r, "Public cash added up, not discounted", "", "£", stCalc, false, func(j int) (string, float64) {
		total += dCash.v[j]
		return fmt.Sprintf("N(%s)+%s", a1(r, colYear+j-1), dCash.in(j)), total
	})
	keep("cum_cash", cum)
	r++
	running2("cum_public", "NPV to the public purse so far, discounted and added up", dCash)
	dPurse := against("purse", "Public purse as a whole", "£", purse, stCalc)
	b.present(dPurse, stCalc)
	r++
	b.spaceRows(sc, s, t, &r)

	b.results(sc, map[string]yearRow{"net": net, "econ": dEcon, "low": low, "mid": mid, "high": high, "cash": dCash, "abs": cash, "purse": dPurse,
		"capex": capex, "receipts": receipts, "running": running, "foot": foot, "change": change})
}

func caseName(c appraisal.Case) appraisal.Case {
	if c == "" {
		return appraisal.Central
	}
	return c
}

// sumBoth adds up the streams of every scenario and a scenario's own.
func (b *builder) sumBoth(sc *scenario, keep func(*ledger.Stream) bool) []float64 {
	out := b.common.sum(b.years, keep)
	ledger.AddTo(out, sc.own.sum(b.years, keep), 1)
	return out
}

// capitalOf splits capital money by its sign, cell by cell.
func (b *builder) capitalOf(sc *scenario) (capex, receipts []float64) {
	capex, receipts = make([]float64, b.years), make([]float64, b.years)
	receipt := b.cats.name(ledger.CatReceipt)
	for _, bl := range []*block{b.common, sc.own} {
		for i, st := range bl.streams {
			if !ledger.IsCash(st) {
				continue
			}
			in := st.Capital || b.cats.name(st.Category) == receipt
			for j, v := range bl.flows[i] {
				switch {
				case v < 0 && st.Capital:
					capex[j] += v
				case v > 0 && in:
					receipts[j] += v
				}
			}
		}
	}
	return capex, receipts
}
