package workbook

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Rows that a block of streams takes besides its streams: heading, heads, the
// closing line and a blank.
const blockRows = 4

// buildStreams places the blocks on as many sheets as they need and prepares
// each sheet to write its rows when the file is written.
func (b *builder) buildStreams() error {
	b.lay = newLayout(b.blocks(), b.years)
	var s *sheet
	var placedHere *[]streamBlock
	r := 0
	begin := func() {
		n := "Streams"
		if k := len(b.streams); k > 0 {
			n = fmt.Sprintf("Streams %d", k+1)
		}
		s = newSheet(n)
		s.widths = b.lay.widths(b.years)
		s.frozen, s.titles = [2]int{rowYear, b.lay.label}, rowYear
		s.lastCol = b.lay.end
		s.wide, s.sides = 2+(b.years+14)/15, "$A:$B"
		b.streams = append(b.streams, s)
		what := "One row a stream: inputs left, one formula across the years"
		if len(b.streams) > 1 {
			what = "Streams, continued: a sheet holds no more rows"
		}
		b.add(s, what)
		list := &[]streamBlock{}
		placedHere = list
		sheet := s
		s.stream = func(w *rowWriter) error { return b.writeStreams(w, sheet, *list) }
		r = rowHead
	}
	begin()
	for i, bl := range b.blocks() {
		if i == 0 && len(b.scenarios) < 2 && len(bl.streams) == 0 {
			continue
		}
		for from := 0; ; {
			room := b.opt.RowLimit - r - blockRows
			if room < 1 && r > rowHead {
				begin()
				continue
			}
			to := min(len(bl.streams), from+max(room, 1))
			p := part{sheet: s.name, first: r + 2, last: r + 2 + to - from, from: from, to: to}
			bl.parts = append(bl.parts, p)
			*placedHere = append(*placedHere, streamBlock{bl, p})
			if to > from {
				s.tables = append(s.tables, table{name: fmt.Sprintf("Streams%d_%d", i, len(bl.parts)), row: r + 1, col: 1,
					rows: to - from, cols: b.lay.end, heads: b.lay.heads(b.cmp.BaseYear, b.years)})
			}
			r = p.last + 2
			s.lastRow = p.last
			if from = to; from >= len(bl.streams) {
				break
			}
		}
	}
	for _, bl := range b.blocks() {
		for _, st := range bl.streams {
			if err := tooLong("the label of stream "+st.ID, st.Label+b.rates(st)); err != nil {
				return err
			}
			if err := tooLong("the source of stream "+st.ID, st.Source); err != nil {
				return err
			}
			if st.Ledger == ledger.Carbon && st.Unit == "kWh" && b.weights[string(st.Fuel)] == nil {
				return model.Invalid("fuel", fmt.Sprintf("stream %s (%s) is in kWh of %q, which is not a fuel with a carbon factor", st.ID, st.Label, st.Fuel))
			}
		}
	}
	return nil
}

type streamBlock struct {
	block *block
	part  part
}

// writeStreams writes one sheet of streams.
func (b *builder) writeStreams(w *rowWriter, s *sheet, blocks []streamBlock) error {
	l := b.lay
	text := func(r int, st style, str string) {
		w.begin(r, 0)
		w.str(1, st, "", str)
		w.end()
	}
	text(1, stTitle, "Streams")
	text(2, stSubtitle, fmt.Sprintf("One row a stream. Blue: inputs. Black: worked out. Money real, in %d prices, costs negative; energy in kWh; people, desks and m² as they are.", b.cmp.PriceBase))
	text(3, stNote, "A rate is the named cell of an assumption, one minus it, or a number of its own. [key] is a value and (key) one minus it. To add a stream, insert a row above the closing line of its block and copy the calculations down.")
	for i, row := range []int{rowIndex, rowYear} {
		w.begin(row, 0)
		w.str(1, stNote, "", []string{"Year of the appraisal", "Financial year beginning in April of"}[i])
		for j := range b.years {
			w.num(l.year1+j, stYear, quoted(b.factors.name)+rowAbs(row, colYear+j), float64(j+i*b.cmp.BaseYear))
		}
		w.end()
	}
	heads := l.heads(b.cmp.BaseYear, b.years)
	for _, sb := range blocks {
		r := sb.part.first - 2
		text(r, stSection, fmt.Sprintf("%s: %s", sb.block.label, b.blockNote(sb)))
		w.begin(r+1, 45)
		for i, h := range heads {
			st := stHead
			if i+1 >= l.amount {
				st = stHeadRight
			}
			w.str(i+1, st, "", h)
		}
		w.end()
		if err := b.writeBlock(w, sb); err != nil {
			return err
		}
		text(sb.part.last, stNote, "Insert rows for “"+sb.block.label+"” above this line")
	}
	return w.err
}

func (b *builder) blockNote(sb streamBlock) string {
	n := fmt.Sprintf("%d streams", sb.part.to-sb.part.from)
	if sb.block == b.common {
		n += " that are the same in every scenario"
	} else {
		n += " of its own, added to those of every scenario"
	}
	if sb.part.to-sb.part.from < len(sb.block.streams) {
		n += fmt.Sprintf(" (%d to %d of %d)", sb.part.from+1, sb.part.to, len(sb.block.streams))
	}
	if k := b.omitted[sb.block.label]; k > 0 {
		n += fmt.Sprintf("; %d commercially sensitive streams are left out, and every total in this book leaves them out too", k)
	}
	return n
}

// writeBlock writes the rows of a block. Each column of calculations, and the
// whole block of years, is one shared formula.
func (b *builder) writeBlock(w *rowWriter, sb streamBlock) error {
	l, p := b.lay, sb.part
	top, bottom := p.first, p.last-1
	helpers := []int{l.amount, l.uplifted, l.growthFactor, l.profileRow, l.indexRow, l.economic, l.cash, l.public, l.consolidated, l.weight, l.present}
	ids := map[int]int{}
	yearID := 0
	for i := p.from; i < p.to; i++ {
		if (i-p.from)%500 == 0 {
			if err := b.ctx.Err(); err != nil {
				return err
			}
			b.progress("Writing streams", i, len(sb.block.streams))
		}
		st, flows := sb.block.streams[i], sb.block.flows[i]
		r := top + i - p.from
		w.begin(r, 0)
		b.inputs(st, sb.block.label, w.cell)
		values := b.helperValues(st, flows)
		for k, c := range helpers {
			style := stCalc
			if c == l.growthFactor {
				style = stCalcFine
			}
			if i == p.from {
				ids[c] = w.master(c, style, l.rowFormula(c, r, b.years), a1(top, c)+":"+a1(bottom, c), values[k])
			} else {
				w.follower(c, style, ids[c], values[k])
			}
		}
		for j, v := range flows {
			if i == p.from && j == 0 {
				yearID = w.master(l.year1, stCalc, l.yearFormula(r, l.year1), a1(top, l.year1)+":"+a1(bottom, l.year1+b.years-1), v)
			} else {
				w.follower(l.year1+j, stCalc, yearID, v)
			}
		}
		w.end()
	}
	return w.err
}

// inputs says what stands in the left part of a stream's row, column by column.
func (b *builder) inputs(st *ledger.Stream, scenario string, put func(c int, x cell)) {
	l := b.lay
	word := func(c int, s string) {
		if s == "" {
			put(c, blank(stInputText))
			return
		}
		put(c, txt(stInputText, s))
	}
	flag := func(c int, on bool) {
		v := 0.0
		if on {
			v = 1
		}
		put(c, num(stInput, v))
	}
	word(l.id, st.ID)
	put(l.label, txt(stText, streamLabel(st)))
	word(l.scenario, scenario)
	word(l.ledger, st.Ledger.String())
	word(l.category, b.cats.name(st.Category))
	word(l.asset, b.asset(st.Asset))
	word(l.action, string(st.Action))
	word(l.service, string(st.Service))
	word(l.payer, b.bodyOf[st.Payer])
	gainer := ""
	if st.Beneficiary != "" {
		gainer = b.bodyOf[st.Beneficiary]
	}
	word(l.gainer, gainer)
	put(l.quantity, num(stInputNum, st.Quantity))
	word(l.quantityUnit, st.QuantityUnit)
	word(l.rates, b.rates(st))
	for i := range l.nRates {
		if i < len(st.Rates) {
			put(l.rate1+i, b.term(st.Rates[i]))
		} else {
			put(l.rate1+i, num(stInput, 1))
		}
	}
	put(l.uplift, b.term(st.Uplift))
	put(l.growth, b.term(st.Growth))
	put(l.first, num(stInput, float64(st.First)))
	put(l.last, num(stInput, float64(st.Last)))
	put(l.firstMissed, num(stInput, st.FirstMissed))
	put(l.lastMissed, num(stInput, st.LastMissed))
	put(l.every, num(stInput, float64(max(st.Profile.Every, 1))))
	put(l.ramp, num(stInput, float64(max(st.Profile.Ramp, 1))))
	word(l.profile, b.profiles.of(st.Profile.Shares))
	word(l.index, b.indexKey(st))
	word(l.unit, st.Unit)
	if st.Ledger == ledger.Money {
		put(l.priceBase, num(stInput, float64(st.PriceBase)))
	} else {
		put(l.priceBase, blank(stInput))
	}
	word(l.fuel, string(st.Fuel))
	flag(l.transfer, st.Transfer)
	flag(l.unpriced, st.Unpriced)
	flag(l.capital, st.Capital)
	flag(l.benefit, st.Benefit)
	flag(l.exempt, st.Exempt)
	word(l.grade, gradeName(st.Grade))
	word(l.source, st.Source)
}

// streamLabel is a stream's label; what becomes of floor area is added up by it.
func streamLabel(st *ledger.Stream) string {
	if st.Ledger == ledger.Space && st.Category == ledger.CatArea {
		return criterion(st.Label)
	}
	return st.Label
}

func (b *builder) indexKey(st *ledger.Stream) string {
	if st.Index == "" {
		return noneKey
	}
	return criterion(st.Index)
}

// tied reports the name of the cell that a term stands for, if there is one
// with the term's value.
func (b *builder) tied(t ledger.Term) (string, bool) {
	n, ok := b.nameOf[t.Key]
	return n, ok && t.Key != "" && b.valueBy[t.Key] == t.Value
}

// term is the cell of a rate, an uplift or a growth: the named cell, one minus
// it, or a number of its own.
func (b *builder) term(t ledger.Term) cell {
	n, ok := b.tied(t)
	switch {
	case !ok:
		return num(stInput, t.Factor())
	case t.Complement:
		return calc(stCalcAny, "1-"+n, t.Factor())
	}
	return calc(stCalcAny, n, t.Factor())
}

// rates says in words what the rate columns stand for.
func (b *builder) rates(st *ledger.Stream) string {
	if len(st.Rates) == 0 {
		return ""
	}
	parts := make([]string, len(st.Rates))
	for i, t := range st.Rates {
		_, ok := b.tied(t)
		switch {
		case !ok:
			parts[i] = strconv.FormatFloat(t.Factor(), 'g', 6, 64)
		case t.Complement:
			parts[i] = "(" + criterion(t.Key) + ")"
		default:
			parts[i] = "[" + criterion(t.Key) + "]"
		}
	}
	return strings.Join(parts, " × ")
}

// helperValues are the values of the calculation columns, in their order.
func (b *builder) helperValues(st *ledger.Stream, flows []float64) [11]float64 {
	one := func(on bool) float64 {
		if on {
			return 1
		}
		return 0
	}
	profile := 1.0
	if sh := st.Profile.Shares; sh != nil {
		profile = float64(b.profiles.by[shareKey(sh)] + 2)
	}
	key := weightKey(st)
	return [11]float64{st.Amount(), st.Amount() * (1 + st.Uplift.Factor()), 1 + st.Growth.Factor(), profile,
		float64(b.pathRow[b.indexKey(st)]), one(isEconomic(st)), one(ledger.IsCash(st)), one(b.isPublicCash(st)), one(b.isPurse(st)), float64(b.weightRow(key)), dotOr(flows, b.weights[key])}
}

func dotOr(a, w []float64) float64 {
	if w == nil {
		return math.NaN()
	}
	return dot(a, w)
}

// weightRow is the row of a key in the table of weights, as weightTable writes it.
func (b *builder) weightRow(key string) int {
	switch key {
	case noneKey:
		return 1
	case ledger.Money.String():
		return 2
	case "kgCO2e":
		return 3
	case "m³":
		return 4
	}
	for i, f := range model.Fuels {
		if string(f) == key {
			return i + 5
		}
	}
	return 0
}
