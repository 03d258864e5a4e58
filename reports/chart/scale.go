package chart

import "math"

// scale maps values onto a length of the canvas.
type scale struct {
	lo, hi   float64 // values at the ends
	from, to float64 // canvas positions of lo and hi
	ticks    []float64
	step     float64
}

func (s scale) at(v float64) float64 {
	if s.hi == s.lo {
		return (s.from + s.to) / 2
	}
	t := (v - s.lo) / (s.hi - s.lo)
	return s.from + min(max(t, -0.02), 1.02)*(s.to-s.from)
}

// size is the largest value on the scale, which decides £k or £m.
func (s scale) size() float64 { return max(math.Abs(s.lo), math.Abs(s.hi)) }

// extent is the range of the finite values; ok is false when there are none.
func extent(values ...[]float64) (lo, hi float64, ok bool) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, vs := range values {
		for _, v := range vs {
			if finite(v) {
				lo, hi = min(lo, v), max(hi, v)
			}
		}
	}
	return lo, hi, lo <= hi
}

// finite says whether a value can be drawn. Beyond 1e15 differences vanish in the arithmetic of the scale.
func finite(v float64) bool { return !math.IsNaN(v) && math.Abs(v) <= 1e15 }

// nice makes a scale with round ticks over lo..hi, about a tick every gap points. Fixed ends of the axis win.
func nice(lo, hi float64, a Axis, from, to, gap float64, whole bool) scale {
	if a.Min != nil && finite(*a.Min) {
		lo = *a.Min
	}
	if a.Max != nil && finite(*a.Max) {
		hi = *a.Max
	}
	if hi < lo {
		lo, hi = hi, lo
	}
	nought := lo == 0 && hi == 0 && !whole // no unit fits figures that are all nought, so nought alone is named
	if hi-lo < 1e-9*max(math.Abs(lo), math.Abs(hi), 1e-3) {
		pad := max(math.Abs(hi)*0.1, 1)
		if whole {
			pad = 1
		}
		if lo != 0 {
			lo -= pad
		}
		hi += pad
	}
	n := max(2, math.Floor(math.Abs(to-from)/gap))
	step := roundStep((hi - lo) / n)
	if whole {
		step = max(1, math.Round(step))
	}
	s := scale{from: from, to: to, step: step, lo: math.Floor(lo/step+1e-9) * step, hi: math.Ceil(hi/step-1e-9) * step}
	if whole { // years start and end where the data do
		s.lo, s.hi = lo, hi
	}
	if a.Min != nil && finite(*a.Min) {
		s.lo = lo
	}
	if a.Max != nil && finite(*a.Max) {
		s.hi = hi
	}
	if whole { // the first year is always named
		for t := math.Ceil(s.lo - 1e-9); t <= s.hi+1e-9 && len(s.ticks) < 60; t += step {
			s.ticks = append(s.ticks, t)
		}
		return s
	}
	for k := math.Ceil(s.lo/step - 1e-9); k*step <= s.hi+step*1e-9 && len(s.ticks) < 60; k++ {
		s.ticks = append(s.ticks, k*step+0) // +0 turns −0 into 0
	}
	if nought {
		s.ticks = []float64{0}
	}
	return s
}

// roomy widens a range so that what stands at its ends is not cut.
func roomy(lo, hi, share float64) (float64, float64) {
	d := (hi - lo) * share
	if lo >= 0 && lo-d < 0 {
		return 0, hi + d // nothing below nought is promised
	}
	return lo - d, hi + d
}

// roundStep is the next of 1, 2, 5 × 10^k.
func roundStep(v float64) float64 {
	p := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{1, 2, 5, 10} {
		if m*p >= v*(1-1e-9) {
			return m * p
		}
	}
	return 10 * p
}
