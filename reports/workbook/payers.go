package workbook

import (
	"github.com/xuri/excelize/v2"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// buildPayers writes who pays and who gains under each option.
func (b *builder) buildPayers() error {
	s := b.yearSheet("Who pays and who gains", "Who pays and who gains", "Change against the baseline, £, real; a gain is positive. Transfers between bodies are in the cash view.")
	b.add(s, "Change in cash by payer, benefits by who gains")
	l := b.lay
	r := rowFirstData
	payers, gainers := b.payersAndGainers()
	var bars []line
	first := 0
	for _, sc := range b.scenarios {
		if sc == b.baseline {
			continue
		}
		own, base := []*block{sc.own}, []*block{b.baseline.own}
		diff := func(key func(*ledger.Stream) (string, bool)) map[string][]float64 {
			out := sc.own.sumBy(b.years, key)
			for k, v := range b.baseline.own.sumBy(b.years, key) {
				if out[k] == nil {
					out[k] = make([]float64, b.years)
				}
				ledger.AddTo(out[k], v, -1)
			}
			return out
		}
		rows := func(title, total string, list []body, by map[string][]float64, conds func(r int) []where) yearRow {
			b.block(s, r, sc.label+": "+title)
			r++
			from := r
			sum := make([]float64, b.years)
			for _, x := range list {
				v := b.of(by, x.label)
				ledger.AddTo(sum, v, 1)
				y := b.line(s, r, x.label, x.label, "£", stCalc, true, func(j int) (string, float64) {
					c := conds(r)
					return b.sumOf(own, l.year1+j, true, c...) + "-(" + b.sumOf(base, l.year1+j, true, c...) + ")", v[j]
				})
				b.present(y, stCalc)
				r++
			}
			y := b.line(s, r, total, "", "£", stOut, true, func(j int) (string, float64) {
				if from == r {
					return "0*" + rowAbs(rowIndex, colYear+j), 0
				}
				return "SUM(" + a1(from, colYear+j) + ":" + a1(r-1, colYear+j) + ")", sum[j]
			})
			b.present(y, stOut)
			r++
			return y
		}
		if len(payers) == 0 {
			continue
		}
		at := r + 1
		cash := rows("cash, by who pays or receives it", "All cash", payers,
			diff(func(st *ledger.Stream) (string, bool) { return b.bodyOf[st.Payer], ledger.IsCash(st) }),
			func(r int) []where { return []where{{l.cash, "1"}, {l.payer, colAbs(r, colKey)}} })
		r++
		if first == 0 {
			first = at
		}
		bars = append(bars, line{s.out(at-1, 1), "", ""})
		bars[len(bars)-1].years = quoted(s.name) + abs(at, 1) + ":" + abs(at+len(payers)-1, 1)
		bars[len(bars)-1].values = quoted(s.name) + abs(at, colPV) + ":" + abs(at+len(payers)-1, colPV)
		rows("benefits to society, by who gains", "All benefits", gainers,
			diff(func(st *ledger.Stream) (string, bool) {
				return b.bodyOf[st.Beneficiary], isEconomic(st) && st.Benefit && st.Beneficiary != ""
			}),
			func(r int) []where {
				return []where{{l.economic, "1"}, {l.benefit, "1"}, {l.gainer, colAbs(r, colKey)}}
			})
		value := sc.rows["value"]
		y := b.line(s, r, "Everybody: value of carbon saved", "", "£", stCalc, true, func(j int) (string, float64) { return value.out(j), value.v[j] })
		b.present(y, stCalc)
		r += 2
		// All the cash by payer must be all the cash of the streams.
		v := diff(func(st *ledger.Stream) (string, bool) { return "", ledger.IsCash(st) })[""]
		if v == nil {
			v = make([]float64, b.years)
		}
		all := b.line(s, r, "Check: cash of all streams, change", "", "£", stCalc, true, func(j int) (string, float64) {
			return b.sumOf(own, l.year1+j, true, where{l.cash, "1"}) + "-(" + b.sumOf(base, l.year1+j, true, where{l.cash, "1"}) + ")", v[j]
		})
		b.tie(groupTies, sc.label+": £ by payer = £ of all streams, every year", cash, all, "Check_tolerance")
		r += 2
	}
	if len(bars) == 0 {
		s.put(r, 1, txt(stText, "There is no option besides the baseline."))
		return nil
	}
	s.charts = append(s.charts, chart(a1(r, 1), excelize.Bar, "Who pays and who gains: present value of the change in cash",
		"Bar chart: present value of the change in cash for each body, one bar an option. The figures are in column E of this sheet.", "£, discounted", bars))
	s.lastRow = r + 18
	return nil
}

// payersAndGainers lists the bodies that pay or receive cash, and those that
// gain a benefit or could: residents and society are always named when a stream
// knows them.
func (b *builder) payersAndGainers() (payers, gainers []body) {
	pays, gains := map[model.OrganisationID]bool{}, map[model.OrganisationID]bool{model.Residents: true, model.Society: true}
	for _, bl := range b.blocks() {
		for _, st := range bl.streams {
			if ledger.IsCash(st) {
				pays[st.Payer] = true
			}
			if st.Benefit {
				gains[st.Beneficiary] = true
			}
		}
	}
	for _, x := range b.bodies {
		if pays[x.id] {
			payers = append(payers, x)
		}
		if gains[x.id] && x.id != "" {
			gainers = append(gainers, x)
		}
	}
	return payers, gainers
}
