package businesscase

import (
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// option is one scenario as the edition may show it. In the public edition every series, split and total here is without exempt
// flows ("before exempt amounts"); headline figures with them stay in the Result and are printed only when hidden is false.
type option struct {
	*appraisal.Result
	id, name string
	baseline bool
	exempt   bool // exempt amounts differ from the baseline's
	hidden   bool // figures that include exempt amounts cannot be published: somebody could work one of them out

	eco      []float64                   // £ by year, change, economic view with carbon
	cash     []float64                   // £ by year, change, public bodies
	capital  []float64                   // the part of cash that is capital
	revenue  []float64                   // the part of cash that is revenue
	capex    float64                     // £, capital spending of the option's own actions without renewals, undiscounted, real, positive
	renewals float64                     // £, what replacing their works at the end of their lives costs within the period
	running  float64                     // £ in the last year
	category map[ledger.Category]float64 // £, present value, absolute, economic view
	body     map[model.OrganisationID]bodyFlows
	share    map[model.Grade]float64
	npsv     float64                       // of eco
	npv      float64                       // of cash
	payback  *int                          // of cash
	runBy    map[ledger.Category][]float64 // £ by year, absolute, cash of everybody, revenue costs
	use      map[string][]float64          // m² by year: occupied, spare, vacant, released, converted
	bias     map[string]float64            // £, present value of what optimism bias adds, by assumption
}

// bodyFlows is what one organisation pays and receives, against the baseline.
type bodyFlows struct{ capital, revenue []float64 }

// runningCosts are the yearly costs of an estate, in the order of the papers.
var runningCosts = []ledger.Category{ledger.CatRent, ledger.CatRates, ledger.CatMaintenance, ledger.CatCleaning, ledger.CatReception,
	ledger.CatEnergy, ledger.CatOther, ledger.CatHolding, ledger.CatManual}

var isRunning = func() map[ledger.Category]bool {
	m := map[ledger.Category]bool{}
	for _, c := range runningCosts {
		m[c] = true
	}
	return m
}()

// sums is one scenario's streams added up, with the exempt ones or without.
type sums struct {
	eco, capital, revenue []float64
	category              map[ledger.Category]float64
	body                  map[model.OrganisationID]bodyFlows
	weight                map[model.Grade]float64
	runBy                 map[ledger.Category][]float64
	use                   map[string][]float64
	bias                  map[string]float64
	capex, renewals       float64
	running               float64
}

// add adds up the streams that keep accepts.
func (b *builder) add(r *appraisal.Result, keep func(*ledger.Stream) bool) sums {
	n := b.cmp.Years
	row := func() []float64 { return make([]float64, n) }
	s := sums{eco: row(), capital: row(), revenue: row(), category: map[ledger.Category]float64{}, body: map[model.OrganisationID]bodyFlows{},
		weight: map[model.Grade]float64{}, runBy: map[ledger.Category][]float64{}, use: map[string][]float64{}, bias: map[string]float64{}}
	for i := range r.Plan.Streams {
		st := &r.Plan.Streams[i]
		flow := r.Flows.Row(i)
		if st.Ledger == ledger.Space && st.Category == ledger.CatArea {
			if s.use[st.Label] == nil {
				s.use[st.Label] = row()
			}
			ledger.AddTo(s.use[st.Label], flow, 1)
		}
		if st.Ledger != ledger.Money || !keep(st) {
			continue
		}
		pv := appraisal.PresentValue(flow, b.cmp.Discount)
		if ledger.IsEconomic(st) {
			ledger.AddTo(s.eco, flow, 1)
			s.category[st.Category] += pv
		}
		if ledger.IsCash(st) {
			s.cash(b, st, flow)
		}
		if u := st.Uplift.Factor(); u > 0 {
			s.bias[st.Uplift.Key] += -pv * u / (1 + u)
		}
		for t, f := range flow {
			if f < 0 {
				f = -f
			}
			s.weight[st.Grade] += f * b.cmp.Discount[t]
		}
	}
	return s
}

func (s *sums) cash(b *builder, st *ledger.Stream, flow []float64) {
	n := len(flow)
	f, ok := s.body[st.Payer]
	if !ok {
		f = bodyFlows{make([]float64, n), make([]float64, n)}
		s.body[st.Payer] = f
	}
	to, all := f.revenue, s.revenue
	if st.Capital {
		to, all = f.capital, s.capital
		if decided(st) && st.Category != ledger.CatSaleCost { // costs of sale come out of the receipt
			first, later := spent(b.cmp.BaseYear, st, flow)
			s.capex += total(first)
			s.renewals += later
		}
	}
	ledger.AddTo(to, flow, 1)
	if b.public(st.Payer) {
		ledger.AddTo(all, flow, 1)
	}
	if !st.Capital && !st.Benefit && isRunning[st.Category] {
		s.running -= flow[n-1]
		if s.runBy[st.Category] == nil {
			s.runBy[st.Category] = make([]float64, n)
		}
		ledger.AddTo(s.runBy[st.Category], flow, -1)
	}
}

// spent is what a capital stream costs by year, positive, without the renewals of what wears out, and what the renewals cost.
func spent(base int, s *ledger.Stream, flow []float64) (first []float64, renewals float64) {
	first = make([]float64, len(flow))
	for t, v := range flow {
		switch {
		case v >= 0:
		case s.Profile.Every > 1 && base+t > s.First:
			renewals -= v
		default:
			first[t] -= v
		}
	}
	return first, renewals
}

// decided reports whether a stream comes from a decision rather than from the estate as it is.
func decided(s *ledger.Stream) bool { return s.Action != "" || s.Category == ledger.CatManual }

// public says whether a payer belongs to the public purse. A stream without a payer is the place's own.
func (b *builder) public(o model.OrganisationID) bool {
	if o == "" {
		return true
	}
	org := b.p.Organisation(o)
	return org != nil && org.Public
}

// views makes the options of the comparison as the edition may show them.
func (b *builder) views() {
	keep := func(s *ledger.Stream) bool { return !s.Exempt || !b.isPublic }
	exempt := func(s *ledger.Stream) bool { return s.Exempt }
	var baseSums, baseExempt sums
	for i := range b.cmp.Options {
		if r := &b.cmp.Options[i]; r.Scenario.ID == b.cmp.Baseline {
			baseSums, baseExempt = b.add(r, keep), b.add(r, exempt)
		}
	}
	if baseSums.eco == nil {
		n := make([]float64, b.cmp.Years)
		baseSums = sums{eco: n, capital: n, revenue: n}
		baseExempt = baseSums
	}
	for i := range b.cmp.Options {
		r := &b.cmp.Options[i]
		s, x := b.add(r, keep), b.add(r, exempt)
		o := &option{Result: r, id: string(r.Scenario.ID), name: b.scenarioName(r), baseline: r.Scenario.ID == b.cmp.Baseline,
			capital: less(s.capital, baseSums.capital), revenue: less(s.revenue, baseSums.revenue), category: s.category,
			capex: s.capex, renewals: s.renewals, running: s.running, runBy: s.runBy, use: s.use, bias: s.bias, body: changeOf(s.body, baseSums.body, b.cmp.Years)}
		o.eco = append([]float64(nil), r.Economic...)
		if b.isPublic {
			ledger.AddTo(o.eco, less(x.eco, baseExempt.eco), -1)
		}
		o.cash = make([]float64, b.cmp.Years)
		ledger.AddTo(o.cash, o.capital, 1)
		ledger.AddTo(o.cash, o.revenue, 1)
		for _, series := range [][]float64{less(x.eco, baseExempt.eco), less(x.capital, baseExempt.capital), less(x.revenue, baseExempt.revenue)} {
			for _, v := range series {
				o.exempt = o.exempt || !nothing(v)
			}
		}
		o.npsv, o.npv = appraisal.PresentValue(o.eco, b.cmp.Discount), appraisal.PresentValue(o.cash, b.cmp.Discount)
		o.payback = appraisal.PaybackYear(o.cash, b.cmp.BaseYear)
		o.share = shares(s.weight)
		b.options = append(b.options, o)
		if o.baseline {
			b.base = o
		}
	}
}

func less(a, b []float64) []float64 {
	out := append([]float64(nil), a...)
	ledger.AddTo(out, b, -1)
	return out
}

func changeOf(now, was map[model.OrganisationID]bodyFlows, n int) map[model.OrganisationID]bodyFlows {
	out := map[model.OrganisationID]bodyFlows{}
	get := func(o model.OrganisationID) bodyFlows {
		f, ok := out[o]
		if !ok {
			f = bodyFlows{make([]float64, n), make([]float64, n)}
			out[o] = f
		}
		return f
	}
	for o, f := range now {
		t := get(o)
		ledger.AddTo(t.capital, f.capital, 1)
		ledger.AddTo(t.revenue, f.revenue, 1)
	}
	for o, f := range was {
		t := get(o)
		ledger.AddTo(t.capital, f.capital, -1)
		ledger.AddTo(t.revenue, f.revenue, -1)
	}
	return out
}

func shares(weight map[model.Grade]float64) map[model.Grade]float64 {
	total := 0.0
	for _, g := range append(append([]model.Grade(nil), model.Grades...), model.NotKnown) {
		total += weight[g]
	}
	out := map[model.Grade]float64{}
	for g, w := range weight {
		if total > 0 {
			out[g] = w / total
		}
	}
	return out
}

// inUse is the floor area that is run, by year.
func (o *option) inUse() []float64 {
	out := make([]float64, o.Flows.Years)
	for _, k := range []string{action.AreaOccupied, action.AreaSpare} {
		if o.use[k] != nil {
			ledger.AddTo(out, o.use[k], 1)
		}
	}
	return out
}

// end is the last value of a series, 0 when there is none.
func end(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	return v[len(v)-1]
}

// cumulative totals a series as it goes.
func cumulative(v []float64) []float64 {
	out := make([]float64, len(v))
	t := 0.0
	for i, x := range v {
		t += x
		out[i] = t
	}
	return out
}
