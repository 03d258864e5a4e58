package businesscase

import (
	"math"
	"sort"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// gradeOf is the mark of a figure that adds up the streams of an option: modelled when any of them is.
func gradeOf(o *option) document.Grade {
	for g, w := range o.share {
		if g.Modelled() && w > 0.001 {
			return document.Modelled
		}
	}
	return document.Stated
}

// shut reports whether the edition withholds figures of an option that include exempt amounts.
func (b *builder) shut(o *option) bool { return b.isPublic && o.hidden }

// before reports whether the edition prints figures of this option without exempt amounts beside or instead of the whole ones.
func (b *builder) before(o *option) bool { return b.isPublic && o.exempt }

// anyBefore reports whether exempt amounts are left out for any option.
func (b *builder) anyBefore() bool {
	for _, o := range b.options {
		if b.before(o) {
			return true
		}
	}
	return false
}

// npsvOf is the net present social value, or that it is withheld.
func (b *builder) npsvOf(o *option) document.Field {
	return b.whole(o, "npsv", o.NPSV)
}

// npvOf is the net present value to the public purse, or that it is withheld.
func (b *builder) npvOf(o *option) document.Field { return b.whole(o, "npv_public", o.NPVPublic) }

// whole is an amount that includes exempt amounts.
func (b *builder) whole(o *option, key string, v float64) document.Field {
	if b.shut(o) {
		return withheld(o.id + "." + key)
	}
	return pounds(o.id+"."+key, v, gradeOf(o))
}

// npsvBefore is the net present social value that the edition can always print.
func (b *builder) npsvBefore(o *option) document.Field {
	return pounds(o.id+".npsv.before_exempt", o.npsv, gradeOf(o))
}

// worthWords says what an option is worth against the baseline: "worth £1.2m to society", "a loss to society of £340k". It is the
// whole figure where that may be printed, otherwise the one before exempt amounts.
func (b *builder) worthWords(o *option) []document.Inline {
	f, v, suffix := b.npsvOf(o), b.worth(o), ""
	if b.shut(o) {
		f, suffix = b.npsvBefore(o), " before exempt amounts"
	}
	f.Text = Pounds(math.Abs(v))
	switch {
	case nothing(v):
		return mix("of no value to society either way@", suffix)
	case v > 0:
		return mix("worth @ to society@", f, suffix)
	}
	return mix("a loss to society of @@", f, suffix)
}

// worth is the value that the edition argues with.
func (b *builder) worth(o *option) float64 {
	if b.shut(o) {
		return o.npsv
	}
	return o.NPSV
}

// purse is the change to the public purse that the edition argues with; positive is better.
func (b *builder) purse(o *option) float64 {
	if b.shut(o) {
		return o.npv
	}
	return o.NPVPublic
}

func (b *builder) purseOf(o *option, v float64) document.Field {
	if b.shut(o) {
		return pounds(o.id+".npv_public.before_exempt", v, gradeOf(o))
	}
	return pounds(o.id+".npv_public", v, gradeOf(o))
}

// saving is how much less an option costs to run in the last year than the baseline does.
func (b *builder) saving(o *option) float64 {
	if b.base == nil {
		return 0
	}
	return b.base.running - o.running
}

// carbonSaved is the fall of the footprint over the horizon.
func (b *builder) carbonSaved(o *option) float64 {
	if b.base == nil {
		return 0
	}
	return b.base.CarbonTotal - o.CarbonTotal
}

// areaNow and areaEnd are the floor area in use in the first and last year.
func (b *builder) areaNow() float64 {
	if b.base == nil {
		return 0
	}
	return b.base.inUse()[0]
}

func areaEnd(o *option) float64 { return end(o.inUse()) }

func (b *builder) lastYear() int { return b.cmp.BaseYear + b.cmp.Years - 1 }

// estate is what the place holds today, for one organisation or in all.
type estate struct {
	assets, built, land, located     int
	area, backlog, desks, used, cost float64
	carbon, hectares                 float64
	areaBy, backlogBy, desksBy       evidence
	costBy, carbonBy                 evidence
	sure, costAll                    float64 // £ a year of running cost measured or stated, and all of it
	unknownArea, noBacklog           int
}

// evidence is how much of a total rests on each grade.
type evidence map[model.Grade]float64

func (e *evidence) add(g model.Grade, v float64) {
	if *e == nil {
		*e = evidence{}
	}
	(*e)[g] += math.Abs(v)
}

// known reports whether anything at all stands behind the total.
func (e evidence) known() bool { return len(e) > 0 }

// mark is the sign of a total of mixed evidence: that of the evidence which makes up at least half of it, otherwise modelled as
// soon as one part in a hundred is not measured or stated.
func (e evidence) mark() document.Grade {
	all, soft := 0.0, 0.0
	for g, v := range e {
		all += v
		if g.Modelled() {
			soft += v
		}
	}
	switch {
	case all == 0 || soft < 0.01*all:
		return document.Stated
	case e[model.Placeholder] >= 0.5*all:
		return document.Placeholder
	case e[model.Benchmark] >= 0.5*all:
		return document.Benchmark
	}
	return document.Modelled
}

// orUnknown prints a total, or that it is not known when nothing stands behind it.
func orUnknown(e evidence, f document.Field) document.Field {
	if !e.known() {
		return document.Field{Key: f.Key, Text: notKnown}
	}
	return f
}

func worse(g *model.Grade, f model.Figure) {
	if f.Known() {
		if *g == model.NotKnown || f.Grade.Rank() > g.Rank() {
			*g = f.Grade
		}
	}
}

// estates adds up the estate by organisation, in the order of size, and in all.
func (b *builder) estates() (ids []model.OrganisationID, by map[model.OrganisationID]*estate, all *estate) {
	by, all = map[model.OrganisationID]*estate{}, &estate{}
	get := func(o model.OrganisationID) *estate {
		if by[o] == nil {
			by[o] = &estate{}
			ids = append(ids, o)
		}
		return by[o]
	}
	for i := range b.p.Assets {
		a := &b.p.Assets[i]
		get(a.Organisation).holds(a)
		all.holds(a)
	}
	if b.base != nil {
		b.flowsNow(get, all)
	}
	sort.SliceStable(ids, func(i, j int) bool {
		x, y := by[ids[i]], by[ids[j]]
		if x.area != y.area {
			return x.area > y.area
		}
		return ids[i] < ids[j]
	})
	return ids, by, all
}

func (e *estate) holds(a *model.Asset) {
	e.assets++
	if a.Located() {
		e.located++
	}
	if f := a.FloorArea; f.Known() && f.Value > 0 {
		e.built++
		e.area += f.Value
		e.areaBy.add(f.Grade, f.Value)
	} else if a.Use.Built() {
		e.unknownArea++
	} else {
		e.land++
	}
	if f := a.LandArea; f.Known() {
		e.hectares += f.Value
	}
	if f := a.Backlog; f.Known() {
		e.backlog += f.Value
		e.backlogBy.add(f.Grade, f.Value)
	} else {
		e.noBacklog++
	}
	if f := a.Desks; f.Known() {
		e.desks += f.Value
		e.desksBy.add(f.Grade, f.Value)
	}
}

// flowsNow adds what the first year of the baseline costs, emits and seats.
func (b *builder) flowsNow(get func(model.OrganisationID) *estate, all *estate) {
	for i := range b.base.Plan.Streams {
		s := &b.base.Plan.Streams[i]
		v := b.base.Flows.Row(i)[0]
		if v == 0 || b.isPublic && s.Exempt {
			continue
		}
		owner := s.Payer
		if a := b.assets[s.Asset]; a != nil {
			owner = a.Organisation
		}
		for _, e := range []*estate{get(owner), all} {
			switch {
			case s.Ledger == ledger.Money && ledger.IsCash(s) && !s.Capital && !s.Benefit && isRunning[s.Category]:
				e.cost -= v
				e.costAll += math.Abs(v)
				if !s.Grade.Modelled() {
					e.sure += math.Abs(v)
				}
				e.costBy.add(s.Grade, v)
			case s.Ledger == ledger.Carbon:
				e.carbon += b.tonnes(s, v, 0)
				e.carbonBy.add(s.Grade, b.tonnes(s, v, 0))
			case s.Ledger == ledger.Space && s.Category == ledger.CatDesks:
				e.used += v
			}
		}
	}
}

// tonnes is the footprint of a flow of the carbon ledger in a year counted from the base year.
func (b *builder) tonnes(s *ledger.Stream, v float64, year int) float64 {
	switch s.Unit {
	case "kWh":
		p := b.cmp.Paths[ledger.PathKey("footprint", s.Fuel)]
		return v * p.At(b.cmp.BaseYear+year) / 1000
	case "kgCO2e":
		return v / 1000
	}
	return 0
}
