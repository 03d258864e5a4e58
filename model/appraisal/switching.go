package appraisal

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Switch is how far a driver has to move for an option to be worth nothing.
type Switch struct {
	Key     string // assumption key; for a group of flows "category:" and its name
	Label   string
	Unit    string
	Now     float64
	At      float64 // value at which NPSV is 0
	Change  float64 // At ÷ Now − 1
	Reached bool    // false when no value that it could have does it; Change means nothing then
	Grade   model.Grade
	Note    string
}

// SwitchingValues gives the switching value of every assumption that drives the
// streams of a scenario or of the baseline, and of every category of money, in
// order of how little has to change. NPSV is a sum over streams, so only the
// streams that hold an assumption are expanded again. Source of the definition:
// the value at which NPSV(x) = 0.
func SwitchingValues(c *Comparison, scenario model.ScenarioID) ([]Switch, error) {
	option, base, err := c.pair(scenario)
	if err != nil {
		return nil, err
	}
	l, err := c.lenses()
	if err != nil {
		return nil, err
	}
	w := &switcher{c: c, npsv: option.NPSV, see: l.npsv(c.Discount), context: ledger.Context{BaseYear: c.BaseYear, Years: c.Years, PriceBase: c.PriceBase, Paths: c.Paths}}
	w.e = ledger.NewExpander(&w.context)
	w.row = make([]float64, c.Years)
	w.collect(option, 1)
	w.collect(base, -1)

	var out []Switch
	for _, k := range w.keys() {
		s, err := w.switchKey(k)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	out = append(out, categorySwitches(c, option, base, l)...)
	if x := carbonSwitch(option); x != nil {
		out = append(out, *x)
	}
	out = append(out, rateSwitch(c, option))
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i], out[j]
		if a.Reached != b.Reached {
			return a.Reached
		}
		if a.Reached && math.Abs(a.Change) != math.Abs(b.Change) {
			return math.Abs(a.Change) < math.Abs(b.Change)
		}
		return a.Key < b.Key
	})
	return out, nil
}

// switcher moves one assumption at a time.
type switcher struct {
	c       *Comparison
	npsv    float64
	see     lens
	context ledger.Context
	e       *ledger.Expander
	row     []float64
	uses    map[string][]use
}

// use is a stream that holds an assumption, and its sign in the change.
type use struct {
	stream *ledger.Stream
	sign   float64
}

func (w *switcher) collect(r *Result, sign float64) {
	if w.uses == nil {
		w.uses = map[string][]use{}
	}
	for i := range r.Plan.Streams {
		s := &r.Plan.Streams[i]
		seen := map[string]bool{}
		for _, t := range append([]ledger.Term{s.Growth, s.Uplift}, s.Rates...) {
			if t.Key != "" && !seen[t.Key] {
				seen[t.Key] = true
				w.uses[t.Key] = append(w.uses[t.Key], use{s, sign})
			}
		}
	}
}

func (w *switcher) keys() []string {
	var out []string
	for k := range w.uses {
		out = append(out, k)
	}
	sortStrings(out)
	return out
}

// worth is what the streams that hold a key add to NPSV when its value is x.
func (w *switcher) worth(key string, x float64) (float64, error) {
	v := 0.0
	for _, u := range w.uses[key] {
		s := *u.stream
		s.Rates = append([]ledger.Term(nil), s.Rates...)
		for i := range s.Rates {
			if s.Rates[i].Key == key {
				s.Rates[i].Value = x
			}
		}
		if s.Growth.Key == key {
			s.Growth.Value = x
		}
		if s.Uplift.Key == key {
			s.Uplift.Value = x
		}
		if err := s.Check(&w.context); err != nil {
			return 0, err
		}
		w.e.Row(w.row, &s)
		v += u.sign * w.see(&s, w.row)
	}
	return v, nil
}

func (w *switcher) switchKey(key string) (Switch, error) {
	a, _ := w.c.Book.Get(key)
	now := 0.0
	for _, t := range append([]ledger.Term{w.uses[key][0].stream.Growth, w.uses[key][0].stream.Uplift}, w.uses[key][0].stream.Rates...) {
		if t.Key == key {
			now = t.Value
		}
	}
	s := Switch{Key: key, Label: a.Label, Unit: a.Unit, Now: now, Grade: a.Grade}
	if s.Label == "" {
		s.Label = key
	}
	here := 0.0
	for _, u := range w.uses[key] {
		w.e.Row(w.row, u.stream)
		here += u.sign * w.see(u.stream, w.row)
	}
	f := func(x float64) (float64, error) {
		v, err := w.worth(key, x)
		return w.npsv - here + v, err
	}
	start, err := f(now)
	if err != nil {
		return s, err
	}
	at, ok, err := root(f, now, start)
	if err != nil {
		return s, err
	}
	s.Reached, s.At = ok, at
	switch {
	case !ok:
		s.Note = "no value of this alone brings the net present social value to nothing"
	case !possible(a.Unit, now, at):
		s.Reached = false
		s.Note = fmt.Sprintf("only %.4g would do it, which this cannot be", at)
	case now == 0:
		s.Change = at
		s.Note = "the value now is 0, so the change is given in its own unit"
	default:
		s.Change = at/now - 1
	}
	return s, nil
}

// possible says whether a driver could be what it would have to be: a share of
// something stays between 0 and 1, and what is positive does not turn negative.
// Rates of growth may.
func possible(unit string, now, at float64) bool {
	if strings.HasSuffix(unit, "a year") {
		return at > -1
	}
	if unit == "fraction" && (at < 0 || at > 1) {
		return false
	}
	return now <= 0 || at >= 0
}

// reach is how far from its present value a driver is followed: a thousand
// times. Further than that is not an answer anybody can use.
const reach = 1000

// root finds where f is 0, beginning at the present value. Most drivers act in
// proportion, so the first secant step is exact; others are bisected between
// bounds that widen until the sign changes.
func root(f func(float64) (float64, error), now, at float64) (float64, bool, error) {
	scale := math.Abs(now)
	if scale == 0 {
		scale = 0.01
	}
	tol := math.Max(1e-6, 1e-9*math.Abs(at))
	if math.Abs(at) <= tol {
		return now, true, nil
	}
	next, err := f(now + 0.01*scale)
	if err != nil {
		return 0, false, nil // the driver is at the edge of what it may be
	}
	if slope := (next - at) / (0.01 * scale); slope != 0 {
		x := now - at/slope
		if math.Abs(x-now) <= reach*scale {
			if v, err := f(x); err == nil && math.Abs(v) <= tol {
				return x, true, nil
			}
		}
	} else {
		return 0, false, nil
	}
	for _, dir := range []float64{1, -1} {
		lo, flo := now, at
		for step := 0.05 * scale; step <= reach*scale; step *= 1.5 {
			hi := now + dir*step
			fhi, err := f(hi)
			if err != nil {
				break // beyond here the driver is not allowed to go
			}
			if flo*fhi <= 0 {
				x, err := bisect(f, lo, hi, flo, tol)
				return x, err == nil, err
			}
			lo, flo = hi, fhi
		}
	}
	return 0, false, nil
}

func bisect(f func(float64) (float64, error), lo, hi, flo, tol float64) (float64, error) {
	for range 200 {
		mid := lo + (hi-lo)/2
		v, err := f(mid)
		if err != nil {
			return 0, err
		}
		if math.Abs(v) <= tol || mid == lo || mid == hi {
			return mid, nil
		}
		if (v < 0) == (flo < 0) {
			lo, flo = mid, v
		} else {
			hi = mid
		}
	}
	return lo + (hi-lo)/2, nil
}
