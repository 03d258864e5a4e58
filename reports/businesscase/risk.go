package businesscase

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/risk"
	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// swingsShown is how many drivers the tornado and its table show.
const swingsShown = 10

// drawn is the result of many draws for an option, nil when there is none or it was made from other figures. In the public edition
// every draw is before exempt amounts: of the ends of a range, unlike of one total, nobody can say what they tell of a single amount.
func (b *builder) drawn(o *option) *risk.Option {
	if b.opt.Risk == nil || o == nil {
		return nil
	}
	r := b.opt.Risk.Option(model.ScenarioID(o.id))
	if r == nil || b.opt.Risk.Baseline != b.cmp.Baseline || math.Abs(r.NPSV.Planned-o.NPSV) > 1 {
		return nil
	}
	return r
}

// rangeOf is what an option may be worth, as the edition may say it.
func (b *builder) rangeOf(r *risk.Option) *risk.Spread {
	if b.isPublic {
		return &r.Open
	}
	return &r.NPSV
}

// ends is what an option is worth with a driver at its low and its high end.
func (b *builder) ends(s *risk.Swing) [2]float64 {
	if b.isPublic {
		return s.Open
	}
	return s.NPSV
}

// swings are the drivers of an option that the edition may show, widest first, and whether any is left out.
func (b *builder) swings(r *risk.Option) (shown []risk.Swing, left bool) {
	width := func(s *risk.Swing) float64 { e := b.ends(s); return math.Abs(e[1] - e[0]) }
	for _, s := range r.Tornado {
		if b.isPublic && (s.Exempt || b.hush[s.Key]) {
			left = true
			continue
		}
		if width(&s) >= 0.5 {
			shown = append(shown, s)
		}
	}
	sort.SliceStable(shown, func(i, j int) bool { return width(&shown[i]) > width(&shown[j]) })
	return shown[:min(swingsShown, len(shown))], left
}

// uncertainty says how sure the value of each option is and what moves it most.
func (b *builder) uncertainty() {
	o := b.preferred
	r := b.drawn(o)
	if r == nil {
		return
	}
	b.h(2, "If figures turn out otherwise")
	b.say("Everything above was worked out again @ times. Each time every uncertain figure was drawn anew from its range: @ of them, among them prices of energy, values of carbon, what the buildings cost and use, and how many years the whole plan slips. Ranges follow the evidence: what was measured may be a little out, what is a placeholder may be a long way out. Figures that one market moves, such as building costs, were drawn together.",
		plain("risk.draws", float64(b.opt.Risk.Draws), 0, "draws"), plain("risk.drivers", float64(len(b.opt.Risk.Drivers)), 0, "drivers"))
	b.rangeTable()
	b.rangeWords(o, r)
	b.figure(b.fanChart())
	b.figure(b.tornadoChart())
	b.tornadoTable(o, r)
}

func (b *builder) rangeTable() {
	t := document.Table{Caption: "How much each option may be worth against " + b.baseName() + ", net present social value" + b.suffix(), ID: "range-of-value", Columns: []document.Column{{Heading: "Option", RowHeader: true, Weight: 1.8}}}
	for _, h := range []string{"As planned", "Low end (P10)", "Middle (P50)", "High end (P90)", "Chance of being best", "Chance of a loss"} {
		t.Columns = append(t.Columns, document.Column{Heading: h, Align: document.Right})
	}
	for _, o := range b.others() {
		r := b.drawn(o)
		if r == nil {
			continue
		}
		s, g := b.rangeOf(r), gradeOf(o)
		money := func(k string, v float64) document.Cell { return document.CF(pounds(o.id+".risk."+k, v, g)) }
		share := func(k string, v float64) document.Cell {
			return document.CF(percent(o.id+".risk."+k, v, document.Ungraded))
		}
		t.Rows = append(t.Rows, document.R(document.CT(o.name), money("planned", s.Planned), money("p10", s.P10), money("p50", s.P50), money("p90", s.P90), share("best", s.Best), share("loss", s.Negative)))
	}
	t.Notes = append(t.Notes, "One time in ten an option is worth less than its low end, one time in ten more than its high end. A loss is a value below that of "+b.baseName()+".")
	if b.anyBefore() {
		t.Notes = append(t.Notes, "Exempt amounts are left out of every draw in this edition.")
	}
	b.add1(t)
}

// rangeWords say in sentences what the draws mean for the preferred option.
func (b *builder) rangeWords(o *option, r *risk.Option) {
	s, g := b.rangeOf(r), gradeOf(o)
	b.say("Eight times in ten “@” is worth between @ and @@. It is the best of the scenarios in @ of the draws and worth less than @ in @ of them.", o.name, pounds(o.id+".risk.p10", s.P10, g), pounds(o.id+".risk.p90", s.P90, g), b.suffix(),
		inDraws(o.id+".risk.best", s.Best), b.baseName(), inDraws(o.id+".risk.loss", s.Negative))
	side := "more than"
	if s.Mean < s.Planned {
		side = "less than"
	}
	same := b.opt.Risk.SameOrder
	if b.isPublic {
		same = b.opt.Risk.SameOrderOpen
	}
	if d := s.Mean - s.Planned; nothing(d) || math.Abs(d) < 0.005*math.Abs(s.Planned) {
		b.say("On average it is worth what is planned. The scenarios keep their order in @ of the draws.", inDraws("risk.order", same))
	} else {
		b.say("On average it is worth @, @ @ planned, because ranges are wider on one side than on the other and because plans slip and seldom come early. The scenarios keep their order in @ of the draws.",
			pounds(o.id+".risk.mean", s.Mean, g), pounds(o.id+".risk.mean.gap", math.Abs(d), g), side, inDraws("risk.order", same))
	}
	for _, w := range r.Tornado {
		e := b.ends(&w)
		if w.Key != risk.Delay || math.Abs(e[1]-s.Planned) < 0.5 {
			continue
		}
		way := "takes @ off"
		if e[1] > s.Planned {
			way = "adds @ to"
		}
		b.say("A slip moves costs, receipts, closures and double running together: @ late, all else as planned, "+way+" the value.", withUnit(plain("risk.delay.p90", w.HighAt, 1, "years")), pounds(o.id+".risk.delay", math.Abs(e[1]-s.Planned), g))
	}
	b.add1(smallPrint("More draws could move the ends of the range by about @; the draws can be repeated exactly from the project version and the seed @.", pounds(o.id+".risk.error", s.QuantileError, g), plain("risk.seed", float64(b.opt.Risk.Seed), 0, "")))
}

// inDraws is a share of the draws in running text.
func inDraws(key string, v float64) []document.Inline {
	switch v {
	case 0:
		return mix("none")
	case 1:
		return mix("all")
	}
	return mix("@", percent(key, v, document.Ungraded))
}

// fanChart shows the range of the running total of value.
func (b *builder) fanChart() *chart.Chart {
	o := b.preferred
	r := b.drawn(o)
	if r == nil || b.cmp.Years < 2 {
		return nil
	}
	s, f := b.rangeOf(r), r.Fan
	if b.isPublic {
		f = r.FanOpen
	}
	if len(f.P50) != b.cmp.Years {
		return nil
	}
	title := fmt.Sprintf("Eight times in ten %s is worth %s to %s by %s%s", o.name, Pounds(s.P10), Pounds(s.P90), Year(b.lastYear()), b.suffix())
	return &chart.Chart{Title: title, X: finYears, Y: chart.Axis{Label: "cumulative net present social value" + b.suffix(), Unit: money}, Source: b.source(), Grade: string(gradeOf(o)),
		Plot: chart.Fan{Name: "middle", X: b.years(), P10: f.P10, P25: f.P25, P50: f.P50, P75: f.P75, P90: f.P90},
		Alt:  title + ". Fan chart of cumulative net present social value against " + b.baseName() + " by year: the middle of the draws ends at " + Pounds(s.P50) + "."}
}

// tornadoChart shows what each driver alone does to the value.
func (b *builder) tornadoChart() *chart.Chart {
	o := b.preferred
	r := b.drawn(o)
	if r == nil {
		return nil
	}
	list, _ := b.swings(r)
	if len(list) < 2 {
		return nil
	}
	p := chart.Tornado{Base: b.rangeOf(r).Planned}
	for i := range list {
		w := &list[i]
		e := b.ends(w)
		p.Bars = append(p.Bars, chart.Swing{Label: b.driverName(w), Low: e[0], High: e[1], LowAt: atWord(w, w.LowAt), HighAt: atWord(w, w.HighAt)})
	}
	e := b.ends(&list[0])
	title := fmt.Sprintf("%s moves the value of %s most: %s to %s%s", b.driverName(&list[0]), o.name, Pounds(min(e[0], e[1])), Pounds(max(e[0], e[1])), b.suffix())
	return &chart.Chart{Title: title, Y: chart.Axis{Label: "net present social value against " + b.baseName() + b.suffix(), Unit: money}, Plot: p, Source: b.source(), Grade: string(gradeOf(o)),
		Alt: title + ". Tornado chart of the widest drivers, each alone from its low to its high end; the table has the figures."}
}

func (b *builder) tornadoTable(o *option, r *risk.Option) {
	list, left := b.swings(r)
	if len(list) == 0 {
		return
	}
	t := document.Table{Caption: "What moves the value of “" + o.name + "” most, each driver alone" + b.suffix(), ID: "tornado", Columns: []document.Column{{Heading: "Driver", RowHeader: true, Weight: 2.4}, {Heading: "Low end", Align: document.Right, Weight: 1.1}, {Heading: "High end", Align: document.Right, Weight: 1.1},
		{Heading: "Value at low end", Align: document.Right, Weight: 1.1}, {Heading: "Value at high end", Align: document.Right, Weight: 1.1}, {Heading: "Evidence", Weight: 1}}}
	for i := range list {
		w := &list[i]
		e := b.ends(w)
		at := func(end string, v float64) document.Cell {
			if strings.HasPrefix(w.Key, "index:") {
				return document.CT(atWord(w, v))
			}
			f := document.Field{Key: "risk." + w.Key + "." + end, Text: atWord(w, v), Value: safe(v), Unit: w.Unit}
			if strings.HasPrefix(w.Key, "amount:") {
				f.Value = safe(v - 1)
			}
			return document.CF(f)
		}
		t.Rows = append(t.Rows, document.R(document.CT(b.driverName(w)), at("low", w.LowAt), at("high", w.HighAt), document.CF(pounds(key(o, "risk.%s.at_low", w.Key), e[0], document.Ungraded)),
			document.CF(pounds(key(o, "risk.%s.at_high", w.Key), e[1], document.Ungraded)), document.CT(gradeWord(w.Grade))))
	}
	t.Notes = append(t.Notes, "The ends of a driver are what it passes one time in ten on either side. Low and high cases of prices and carbon values are those published; how likely they are is not published and was taken to be the same.")
	if left {
		t.Notes = append(t.Notes, "Drivers that would tell an exempt amount are left out.")
	}
	b.add1(t)
}

func (b *builder) driverName(s *risk.Swing) string { return capital(short(b.free(s.Label), 70)) }

// atWord is the value of a driver as people say it: "−14%", "£1,690/kW", "1.4 years", "low case".
func atWord(s *risk.Swing, v float64) string {
	switch {
	case strings.HasPrefix(s.Key, "index:"):
		switch {
		case v < -0.5:
			return "low case"
		case v > 0.5:
			return "high case"
		}
		return "central case"
	case strings.HasPrefix(s.Key, "amount:"):
		if v > 1 {
			return "+" + Percent(v-1)
		}
		return Percent(v - 1)
	case strings.HasPrefix(s.Unit, "fraction a year"):
		return Percent(v) + " a year"
	case strings.HasPrefix(s.Unit, "fraction"):
		return Percent(v)
	case strings.HasPrefix(s.Unit, "£"):
		return "£" + Number(v, places(v)) + strings.TrimPrefix(s.Unit, "£")
	case strings.ContainsAny(s.Unit, "=0123456789"): // "UK = 1.00"
		return Number(v, places(v))
	}
	return Number(v, places(v)) + " " + s.Unit
}

// places is how many decimals show three digits.
func places(v float64) int {
	switch a := math.Abs(v); {
	case a >= 100 || a == 0:
		return 0
	case a >= 10:
		return 1
	case a >= 1:
		return 2
	}
	return 3
}

// withUnit prints a number with its unit behind it.
func withUnit(f document.Field) document.Field {
	f.Text += nbsp + f.Unit
	return f
}
