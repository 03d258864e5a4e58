package risk

import (
	"math"
	"slices"
	"sort"

	"github.com/planting-the-flag/flagstone/model"
)

// Result is what many draws say.
type Result struct {
	Baseline model.ScenarioID
	BaseYear int
	Draws    int
	Seed     uint64
	Options  []Option // in the order of the comparison, the baseline among them
	Drivers  []Driver // those with an effect
	Groups   []Group
	// SameOrder is the share of draws in which the scenarios rank by net present
	// social value as they do as planned; SameOrderOpen by value before exempt
	// amounts.
	SameOrder, SameOrderOpen float64
	Notes                    []string
}

// Option is one scenario. Everything is against the baseline, so the baseline
// itself is 0 throughout.
type Option struct {
	ID        model.ScenarioID
	Name      string
	NPSV      Spread
	NPVPublic Spread
	Open      Spread  // net present social value before exempt amounts
	Fan       Fan     // of NPSV
	FanOpen   Fan     // of Open
	Tornado   []Swing // widest first
}

// Spread is an uncertain amount.
type Spread struct {
	Planned            float64
	Mean, SD           float64
	P10, P25, P50, P75 float64
	P90                float64
	Negative           float64 // share of draws below 0
	Best               float64 // share of draws in which no scenario has more; ties are shared out
	Rank               []float64
	MeanError          float64 // standard error of Mean
	QuantileError      float64 // half the width of the 95 % interval of P10, P50 or P90, the widest
}

// Fan is the running total of present value by year.
type Fan struct{ P10, P25, P50, P75, P90 []float64 }

// Swing is what one driver does alone, everything else as planned.
type Swing struct {
	Key, Label, Unit string
	Grade            model.Grade
	Exempt           bool
	Now              float64
	LowAt, HighAt    float64 // the driver's P10 and P90
	NPSV             [2]float64
	NPVPublic        [2]float64
	Open             [2]float64
}

// Width is how far the driver moves net present social value.
func (s *Swing) Width() float64 { return math.Abs(s.NPSV[1] - s.NPSV[0]) }

// Option returns the result of a scenario, or nil.
func (r *Result) Option(id model.ScenarioID) *Option {
	for i := range r.Options {
		if r.Options[i].ID == id {
			return &r.Options[i]
		}
	}
	return nil
}

// nought is the amount below which a sum of money is nothing.
const nought = 0.005

func npsvOf(t *total) float64  { return t.npsv }
func purseOf(t *total) float64 { return t.purse }
func openOf(t *total) float64  { return t.open }

func (s *samples) result(w *work, m *Model, opt Options) *Result {
	c := s.f.c
	r := &Result{Baseline: c.Baseline, BaseYear: c.BaseYear, Draws: s.n, Seed: opt.Seed, Groups: m.Groups, Notes: s.f.notes}
	planned := append([]total(nil), w.total...)
	swings := s.tornado(w)
	for i := range c.Options {
		o := Option{ID: c.Options[i].Scenario.ID, Name: c.Options[i].Scenario.Name, Tornado: swings[i]}
		o.NPSV, o.NPVPublic, o.Open = s.spread(i, npsvOf), s.spread(i, purseOf), s.spread(i, openOf)
		o.NPSV.Planned, o.NPVPublic.Planned, o.Open.Planned = planned[i].npsv, planned[i].purse, planned[i].open
		o.Fan, o.FanOpen = s.fanOf(i, 0), s.fanOf(i, 1)
		r.Options = append(r.Options, o)
	}
	for _, x := range []struct {
		of   func(*total) float64
		to   func(*Option) *Spread
		same *float64
	}{{npsvOf, func(o *Option) *Spread { return &o.NPSV }, &r.SameOrder}, {openOf, func(o *Option) *Spread { return &o.Open }, &r.SameOrderOpen},
		{purseOf, func(o *Option) *Spread { return &o.NPVPublic }, nil}} {
		s.ranks(r, planned, x.of, x.to, x.same)
	}
	for i := range s.f.drivers {
		if s.f.used[i] {
			r.Drivers = append(r.Drivers, s.f.drivers[i])
		}
	}
	return r
}

// spread sums up one figure of one scenario.
func (s *samples) spread(option int, of func(*total) float64) Spread {
	v := make([]float64, s.n)
	var out Spread
	mean, square := 0.0, 0.0 // Welford (1962)
	for i := range v {
		x := of(&s.all[option][i])
		v[i] = x
		d := x - mean
		mean += d / float64(i+1)
		square += d * (x - mean)
		if x < -nought {
			out.Negative++
		}
	}
	out.Negative /= float64(s.n)
	out.Mean = mean
	if s.n > 1 {
		out.SD = math.Sqrt(square / float64(s.n-1))
	}
	out.MeanError = out.SD / math.Sqrt(float64(s.n))
	slices.Sort(v)
	out.P10, out.P25, out.P50, out.P75, out.P90 = quantile(v, 0.1), quantile(v, 0.25), quantile(v, 0.5), quantile(v, 0.75), quantile(v, 0.9)
	for _, p := range []float64{0.1, 0.5, 0.9} { // order statistics: the count below a quantile is binomial
		half := 1.96 * math.Sqrt(p*(1-p)/float64(s.n))
		out.QuantileError = math.Max(out.QuantileError, (quantile(v, math.Min(p+half, 1))-quantile(v, math.Max(p-half, 0)))/2)
	}
	return out
}

// quantile of sorted values, straight between them: Hyndman and Fan (1996),
// definition 7, which Excel's PERCENTILE.INC and R use.
func quantile(v []float64, p float64) float64 {
	if len(v) == 0 {
		return 0
	}
	at := p * float64(len(v)-1)
	i := min(int(at), len(v)-1)
	if i+1 == len(v) {
		return v[i]
	}
	return v[i] + (at-float64(i))*(v[i+1]-v[i])
}

func (s *samples) fanOf(option, which int) Fan {
	years := s.f.c.Years
	v := make([]float64, s.draw)
	var f Fan
	for t := range years {
		for i := range v {
			v[i] = s.fan[option][which][i*years+t]
		}
		slices.Sort(v)
		for _, q := range []struct {
			to *[]float64
			p  float64
		}{{&f.P10, 0.1}, {&f.P25, 0.25}, {&f.P50, 0.5}, {&f.P75, 0.75}, {&f.P90, 0.9}} {
			*q.to = append(*q.to, quantile(v, q.p))
		}
	}
	return f
}

// pence rounds to the penny, so that rounding dust decides no rank.
func pence(v float64) float64 { return math.Round(v * 100) }

// ranks counts how often each scenario comes at each place. Scenarios that are
// worth the same share the places between them.
func (s *samples) ranks(r *Result, planned []total, of func(*total) float64, to func(*Option) *Spread, same *float64) {
	n := len(r.Options)
	for i := range r.Options {
		to(&r.Options[i]).Rank = make([]float64, n)
	}
	order := make([]int, n)
	sortBy := func(at func(int) *total) {
		for i := range order {
			order[i] = i
		}
		sort.SliceStable(order, func(a, b int) bool { return pence(of(at(order[a]))) > pence(of(at(order[b]))) })
	}
	sortBy(func(i int) *total { return &planned[i] })
	want := append([]int(nil), order...)
	kept := 0
	for d := range s.n {
		at := func(i int) *total { return &s.all[i][d] }
		sortBy(at)
		if slices.Equal(order, want) {
			kept++
		}
		for a := 0; a < n; {
			b := a + 1
			for b < n && pence(of(at(order[a]))) == pence(of(at(order[b]))) {
				b++
			}
			for i := a; i < b; i++ {
				for place := a; place < b; place++ {
					to(&r.Options[order[i]]).Rank[place] += 1 / float64(b-a)
				}
			}
			a = b
		}
	}
	for i := range r.Options {
		x := to(&r.Options[i])
		for k := range x.Rank {
			x.Rank[k] /= float64(s.n)
		}
		x.Best = x.Rank[0]
	}
	if same != nil {
		*same = float64(kept) / float64(s.n)
	}
}

// tornado moves each driver alone to its P10 and P90.
func (s *samples) tornado(w *work) [][]Swing {
	f := s.f
	out := make([][]Swing, len(f.c.Options))
	for d := range f.drivers {
		dr := &f.drivers[d]
		if !f.used[d] {
			continue
		}
		ends := [2]float64{dr.At(0.1), dr.At(0.9)}
		var got [2][]total
		for k, x := range ends {
			w.value[d] = x
			w.evaluate()
			got[k] = append([]total(nil), w.total...)
		}
		w.value[d] = dr.Now
		for i := range out {
			sw := Swing{Key: dr.Key, Label: dr.Label, Unit: dr.Unit, Grade: dr.Grade, Exempt: dr.Exempt, Now: dr.Now, LowAt: ends[0], HighAt: ends[1]}
			for k := range 2 {
				t := got[k][i]
				sw.NPSV[k], sw.NPVPublic[k], sw.Open[k] = t.npsv, t.purse, t.open
			}
			most := max(sw.Width(), math.Abs(sw.NPVPublic[1]-sw.NPVPublic[0]), math.Abs(sw.Open[1]-sw.Open[0]))
			if most > nought {
				out[i] = append(out[i], sw)
			}
		}
	}
	w.evaluate()
	for i := range out {
		sort.SliceStable(out[i], func(a, b int) bool { return out[i][a].Width() > out[i][b].Width() })
	}
	return out
}
