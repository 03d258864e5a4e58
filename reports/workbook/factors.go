package workbook

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// reservedNames are the names this package gives to cells and ranges itself.
var reservedNames = []string{"Base_year", "Years_appraised", "Price_base", "Kilograms_per_tonne", "Check_tolerance", "Share_tolerance",
	"Ledger_money", "Ledger_carbon", "Ledger_space", "Unit_kWh", "Unit_kg", "Unit_water", "Category_rates", "Category_receipt", "Water_kg", "Unit_people", "Unit_desks", "Unit_area", "Key_none",
	"Discount_factors", "Discount_from", "Discount_rate", "Path_keys", "Path_values", "Profile_keys", "Profile_shares", "Profile_years",
	"Body_names", "Body_public", "Weight_keys", "Weights", "Overall_check"}

// buildFactors writes the constants, years, discount factors, paths, profiles
// and bodies that formulas elsewhere rest on.
func (b *builder) buildFactors() error {
	s := b.yearSheet("Factors", "Factors", "Inputs in blue; the rest is worked out. Real rates; paths by financial year.")
	b.add(s, "Units and constants, years, discount factors, price and carbon paths, profiles, bodies")
	s.heads(rowHead, colLabel, "Line", "Key", "Unit", "Value or grade", "Source", "Note")
	s.widths[colPV], s.widths[colNote], s.widths[colTotal] = 36, 30, 15
	r := rowFirstData
	r = b.constants(s, r)
	b.factors = s
	b.yearAxis(s)
	r = b.discounting(s, r+1)
	r = b.reducedRates(s, r+1)
	r = b.pathTable(s, r)
	r = b.profileTable(s, r+1)
	r = b.bodyTable(s, r+1)
	b.weightTable(s, r+1)
	return nil
}

// constants writes the named single cells.
func (b *builder) constants(s *sheet, r int) int {
	b.block(s, r, "Units and constants")
	r++
	put := func(n, label, unit string, c cell) {
		s.row(r, colLabel, txt(stLabel, label), txt(stNote, n), txt(stNote, unit), c)
		b.define(n, s.out(r, colTotal), label)
		b.single[n] = spot{s, r, colTotal, c.n}
		r++
	}
	put("Base_year", "First financial year of the appraisal", "year", num(stInput, float64(b.cmp.BaseYear)))
	put("Years_appraised", "Years appraised", "years", num(stInput, float64(b.years)))
	put("Price_base", "Calendar year of prices of every amount of money", "year", num(stInput, float64(b.cmp.PriceBase)))
	put("Kilograms_per_tonne", "Kilograms in a tonne", "kg/t", num(stInput, 1000))
	put("Check_tolerance", "Half a penny: the largest difference that a check of money passes", "£", num(stInputFine, 0.005))
	put("Share_tolerance", "The largest difference that a check of people, areas, factors and tonnes passes", "number", num(stInputFine, 0.0001))
	for _, x := range [][3]string{{"Ledger_money", "Word for the money ledger", ledger.Money.String()}, {"Ledger_carbon", "Word for the carbon ledger", ledger.Carbon.String()},
		{"Ledger_space", "Word for the space ledger", ledger.Space.String()}, {"Unit_kWh", "Unit of energy", "kWh"}, {"Unit_kg", "Unit of emissions", "kgCO2e"},
		{"Unit_people", "Word for people housed", string(ledger.CatPeople)}, {"Unit_desks", "Word for desks in use", string(ledger.CatDesks)},
		{"Unit_water", "Unit of water", "m³"}, {"Category_rates", "Word for business rates, a tax that stays within the public purse", b.cats.name(ledger.CatRates)},
		{"Category_receipt", "Word for sale receipts", b.cats.name(ledger.CatReceipt)}, {"Unit_area", "Word for floor area in use", string(ledger.CatArea)}, {"Key_none", "Word for no index, no profile", noneKey}} {
		put(x[0], x[1], "word", txt(stInputText, x[2]))
	}
	f, v := "0", 0.0
	for _, k := range []string{"water.supply", "water.treatment"} {
		if n, ok := b.nameOf[k]; ok {
			f, v = f+"+"+n, v+b.valueBy[k]
		}
	}
	put("Water_kg", "Emissions of a cubic metre of water supplied and taken away", "kgCO2e/m³", calc(stCalcFine, f, v))
	return r
}

// yearAxis writes the years by formula from the base year.
func (b *builder) yearAxis(s *sheet) {
	for j := range b.years {
		before := a1(rowIndex, colYear+j-1)
		f := "N(" + before + ")+1"
		if j == 0 {
			s.put(rowIndex, colYear, num(stYear, 0))
		} else {
			s.put(rowIndex, colYear+j, calc(stYear, f, float64(j)))
		}
		s.put(rowYear, colYear+j, calc(stYear, "Base_year+"+rowAbs(rowIndex, colYear+j), float64(b.cmp.BaseYear+j)))
	}
}

// discounting writes the bands of the rate and the factors that follow.
func (b *builder) discounting(s *sheet, r int) int {
	b.block(s, r, "Discounting: schedule "+fallback(b.cmp.Schedule, "of the parameter set")+" ("+fallback(b.cmp.SetName, "parameter set not named")+", "+fallback(b.cmp.Vintage, "date not known")+")")
	r++
	bands := impliedBands(b.cmp.Discount[:b.years])
	first := r
	for i, x := range bands {
		label := fmt.Sprintf("Discount rate from year %d of the appraisal", x.from)
		s.row(r, colLabel, txt(stLabel, label), num(stInput, float64(x.from)), txt(stNote, "from year"), num(stInputPct, x.rate), txt(stNote, "real, a year"))
		_ = i
		r++
	}
	span := func(c int) string { return fmt.Sprintf("%s%s:%s", quoted(s.name), abs(first, c), abs(r-1, c)) }
	b.define("Discount_from", span(colKey), "Year of the appraisal from which each discount rate holds")
	b.define("Discount_rate", span(colTotal), "Discount rate of each band")
	rates := b.line(s, r, "Discount rate of the year", "", "a year", stCalcFine, false, func(j int) (string, float64) {
		return "LOOKUP(" + rowAbs(rowIndex, colYear+j) + ",Discount_from,Discount_rate)", rateOf(bands, j)
	})
	r++
	v := 1.0
	b.discount = b.line(s, r, "Discount factor (1 in the base year)", "", "factor", stOutFine, false, func(j int) (string, float64) {
		if j > 0 {
			v /= 1 + rates.v[j]
		}
		return fmt.Sprintf("IF(%s=0,1,N(%s)/(1+%s))", rowAbs(rowIndex, colYear+j), a1(r, colYear+j-1), a1(rates.row, colYear+j)), v
	})
	b.define("Discount_factors", b.discount.outSpan(), "Discount factor of each year")
	return r + 1
}

// reducedRates writes the factors of the sensitivity at reduced rates.
func (b *builder) reducedRates(s *sheet, r int) int {
	if len(b.cmp.Reduced) < b.years {
		return r
	}
	b.block(s, r, "Sensitivity: "+fallback(b.cmp.ReducedSchedule, "reduced rates"))
	r++
	rates := make([]float64, b.years)
	for t := 1; t < b.years; t++ {
		rates[t] = rateOf(impliedBands(b.cmp.Reduced[:b.years]), t)
	}
	s.row(r, colLabel, txt(stLabel, "Reduced discount rate of the year"), txt(stText, ""), txt(stText, "a year"))
	for j, v := range rates {
		s.put(r, colYear+j, num(stInputPct, v))
	}
	r++
	v := 1.0
	b.reduced = b.line(s, r, "Reduced discount factor", "", "factor", stOutFine, false, func(j int) (string, float64) {
		if j > 0 {
			v /= 1 + rates[j]
		}
		return fmt.Sprintf("IF(%s=0,1,N(%s)/(1+%s))", rowAbs(rowIndex, colYear+j), a1(r, colYear+j-1), a1(r-1, colYear+j)), v
	})
	return r + 2
}

type band struct {
	from int
	rate float64
}

// impliedBands reads the rates back from the factors: the year in which each
// begins and the rate to the nearest millionth.
func impliedBands(factors []float64) []band {
	out := []band{}
	for t := 1; t < len(factors); t++ {
		rate := factors[t-1]/factors[t] - 1
		if near := math.Round(rate*1e6) / 1e6; math.Abs(near-rate) < 1e-10 {
			rate = near
		}
		if len(out) == 0 {
			out = append(out, band{0, rate})
		} else if math.Abs(out[len(out)-1].rate-rate) > 1e-10 {
			out = append(out, band{t, rate})
		}
	}
	if len(out) == 0 {
		out = append(out, band{0, 0})
	}
	return out
}

func rateOf(bands []band, t int) float64 {
	r := bands[0].rate
	for _, x := range bands {
		if x.from <= t {
			r = x.rate
		}
	}
	return r
}

// pathTable writes every path, and first the one that changes nothing.
func (b *builder) pathTable(s *sheet, r int) int {
	b.block(s, r, "Paths: figures that change year by year")
	r++
	first := r
	put := func(key, label, unit, grade, source, note string, v []float64) {
		s.row(r, colLabel, txt(stLabel, label), txt(stText, key), txt(stText, unit), txt(stText, grade), txt(stText, source), txt(stText, note))
		for j, x := range v {
			s.put(r, colYear+j, num(stInputFine, x))
		}
		b.pathRow[key] = r - first + 1
		b.paths[key] = yearRow{s, r, v}
		r++
	}
	ones := make([]float64, b.years)
	for j := range ones {
		ones[j] = 1
	}
	put(noneKey, "No index: the same every year", "factor", "", "", "", ones)
	for _, k := range b.sortedPaths() {
		p := b.cmp.Paths[k]
		put(criterion(k), fallback(p.Label, k), p.Unit, gradeName(p.Grade), p.Source, p.Note, b.valueOf(k))
	}
	b.define("Path_keys", fmt.Sprintf("%s%s:%s", quoted(s.name), abs(first, colKey), abs(r-1, colKey)), "Keys of the paths")
	b.define("Path_values", fmt.Sprintf("%s%s:%s", quoted(s.name), abs(first, colYear), abs(r-1, colYear+b.years-1)), "Values of the paths, a row a path and a column a year")
	return r
}

// profiles are the different shapes of streams.
type profiles struct {
	keys []string
	rows [][]float64
	by   map[string]int
	wide int
}

// of returns the key of a profile.
func (p *profiles) of(shares []float64) string {
	if shares == nil {
		return noneKey
	}
	return p.keys[p.by[shareKey(shares)]]
}

func shareKey(v []float64) string {
	var sb strings.Builder
	for _, x := range v {
		sb.WriteString(strconv.FormatFloat(x, 'g', -1, 64))
		sb.WriteByte(' ')
	}
	return sb.String()
}

// profileTable writes the shapes of streams by year since their first.
func (b *builder) profileTable(s *sheet, r int) int {
	p := &b.profiles
	p.by, p.wide = map[string]int{}, 1
	for _, bl := range b.blocks() {
		for _, st := range bl.streams {
			sh := st.Profile.Shares
			if sh == nil {
				continue
			}
			k := shareKey(sh)
			if _, ok := p.by[k]; !ok {
				p.by[k] = len(p.rows)
				p.keys = append(p.keys, fmt.Sprintf("P%04d", len(p.rows)+1))
				p.rows = append(p.rows, slices.Clone(sh))
				p.wide = max(p.wide, len(sh))
			}
		}
	}
	p.wide++ // one column past the end, where a profile has run out
	b.block(s, r, "Profiles: share of the amount in each year from the stream's first year (1st, 2nd, …)")
	r++
	s.row(r, colLabel, txt(stLabel, "Year of the stream"))
	for i := range p.wide {
		s.put(r, colYear+i, num(stYear, float64(i+1)))
	}
	r++
	first := r
	put := func(key, label string, v []float64, fill float64) {
		s.row(r, colLabel, txt(stLabel, label), txt(stText, key), txt(stText, "share"))
		for i := range p.wide {
			x := fill
			if i < len(v) {
				x = v[i]
			}
			s.put(r, colYear+i, num(stInput, x))
		}
		r++
	}
	put(noneKey, "No profile: the whole amount every year", nil, 1)
	for i, k := range p.keys {
		put(k, fmt.Sprintf("Profile %d, %d years", i+1, len(p.rows[i])), p.rows[i], 0)
	}
	end := colYear + p.wide - 1
	b.define("Profile_keys", fmt.Sprintf("%s%s:%s", quoted(s.name), abs(first, colKey), abs(r-1, colKey)), "Keys of the profiles")
	b.define("Profile_shares", fmt.Sprintf("%s%s:%s", quoted(s.name), abs(first, colYear), abs(r-1, end)), "Shares of the profiles, a row a profile")
	s.row(r, colLabel, txt(stLabel, "Columns of a profile"), txt(stNote, "Profile_years"), txt(stNote, "years"),
		calc(stCalc, "COLUMNS(Profile_shares)", float64(p.wide)))
	b.define("Profile_years", s.out(r, colTotal), "Columns of a profile; past the last nothing more comes")
	return r + 1
}

// bodyTable writes who pays and gains, and who counts to the public purse.
func (b *builder) bodyTable(s *sheet, r int) int {
	b.block(s, r, "Bodies: 1 counts to the public purse, 0 does not")
	r++
	first := r
	for _, x := range b.bodies {
		v := 0.0
		if x.public {
			v = 1
		}
		s.row(r, colLabel, txt(stLabel, x.kind), txt(stText, x.label), txt(stText, "1 or 0"), num(stInput, v))
		r++
	}
	if len(b.bodies) == 0 {
		s.row(r, colLabel, txt(stLabel, ""), txt(stText, noneKey), txt(stText, "1 or 0"), num(stInput, 0))
		r++
	}
	b.define("Body_names", fmt.Sprintf("%s%s:%s", quoted(s.name), abs(first, colKey), abs(r-1, colKey)), "Names of the bodies")
	b.define("Body_public", fmt.Sprintf("%s%s:%s", quoted(s.name), abs(first, colTotal), abs(r-1, colTotal)), "1 for bodies of the public purse")
	return r
}

// weightTable writes what one unit of a flow is worth to society today, by
// year: the discount factor for money, and for energy and emissions the value
// of the carbon they cause.
func (b *builder) weightTable(s *sheet, r int) {
	b.block(s, r, "Present value to society of one unit of a flow")
	r++
	first := r
	central := b.paths[b.carbonKey()]
	has := central.sheet != nil
	put := func(key, label, unit string, f func(j int) (string, float64)) {
		y := b.line(s, r, label, key, unit, stCalcFine, false, f)
		b.weights[key] = y.v
		r++
	}
	put(noneKey, "Nothing: transfers, and people, desks and areas", "£", func(j int) (string, float64) { return "0*" + b.discount.in(j), 0 })
	put(ledger.Money.String(), "Money", "£/£", func(j int) (string, float64) { return b.discount.in(j), b.discount.v[j] })
	put("kgCO2e", "Emissions", "£/kgCO2e", func(j int) (string, float64) {
		if !has {
			return "0*" + b.discount.in(j), 0
		}
		return fmt.Sprintf("-%s/Kilograms_per_tonne*%s", central.in(j), b.discount.in(j)), -central.v[j] / 1000 * b.discount.v[j]
	})
	water := b.single["Water_kg"]
	put("m³", "Water", "£/m³", func(j int) (string, float64) {
		if !has {
			return "0*" + b.discount.in(j), 0
		}
		return fmt.Sprintf("-Water_kg*%s/Kilograms_per_tonne*%s", central.in(j), b.discount.in(j)), -water.v * central.v[j] / 1000 * b.discount.v[j]
	})
	for _, f := range model.Fuels {
		m, ok := b.paths[marginalKey(f)]
		put(string(f), "Energy: "+string(f), "£/kWh", func(j int) (string, float64) {
			if !ok || !has {
				return "0*" + b.discount.in(j), 0
			}
			return fmt.Sprintf("-%s*%s/Kilograms_per_tonne*%s", m.in(j), central.in(j), b.discount.in(j)), -m.v[j] * central.v[j] / 1000 * b.discount.v[j]
		})
	}
	b.define("Weight_keys", fmt.Sprintf("%s%s:%s", quoted(s.name), abs(first, colKey), abs(r-1, colKey)), "Keys of the weights")
	b.define("Weights", fmt.Sprintf("%s%s:%s", quoted(s.name), abs(first, colYear), abs(r-1, colYear+b.years-1)), "Present value of one unit, a row a key and a column a year")
}
