package risk

import (
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
)

// total is one draw of one scenario, as a change against the baseline.
type total struct {
	npsv  float64
	open  float64 // npsv before exempt amounts
	purse float64
}

// work is what one goroutine needs to make draws.
type work struct {
	f      *flows
	value  []float64 // of each driver
	factor []float64 // of each group
	combo  [][]float64
	eco    []rows // by option: the sums of this draw; the planned ones where nothing shapes them
	purse  []rows
	own    []ownRow // where shapes reach, and the room for what they make of it
	total  []total  // by option
	year   [][2][]float64
}

// ownRow is a row that shapes change, so that a draw has its own.
type ownRow struct {
	purse            bool
	option, group    int
	planned, present []float64
}

func newWork(f *flows) *work {
	w := &work{f: f, value: make([]float64, len(f.drivers)), factor: make([]float64, len(f.groups)), total: make([]total, len(f.c.Options))}
	for range f.combos {
		w.combo = append(w.combo, make([]float64, f.c.Years))
	}
	seen := map[string]bool{}
	for i := range f.c.Options {
		eco, purse := make(rows, len(f.groups)), make(rows, len(f.groups))
		copy(eco, f.delta[i].eco)
		copy(purse, f.delta[i].purse)
		w.eco, w.purse = append(w.eco, eco), append(w.purse, purse)
		w.year = append(w.year, [2][]float64{make([]float64, f.c.Years), make([]float64, f.c.Years)})
	}
	for i := range f.shape {
		for _, ch := range f.shape[i].change {
			for _, c := range ch {
				for _, purse := range []bool{false, true} {
					r, k := w.eco[c.scenario], fmt.Sprint(c.scenario, c.group, purse)
					by := c.eco
					if purse {
						r, by = w.purse[c.scenario], c.purse
					}
					if by == nil || seen[k] {
						continue
					}
					seen[k] = true
					o := ownRow{purse: purse, option: c.scenario, group: c.group, planned: r[c.group], present: make([]float64, f.c.Years)}
					r[c.group] = o.present
					w.own = append(w.own, o)
				}
			}
		}
	}
	for i := range f.drivers {
		w.value[i] = f.drivers[i].Now
	}
	return w
}

// evaluate works out every scenario with the drivers at w.value.
func (w *work) evaluate() {
	f := w.f
	w.shapes()
	for g := range f.groups {
		v := 1.0
		for _, k := range f.groups[g].factors {
			v *= k.add + k.by*w.value[k.driver]
		}
		w.factor[g] = v
	}
	for i := range f.combos {
		w.years(i)
	}
	for i := range w.total {
		w.scenario(i)
	}
}

// shapes makes the sums of this draw where plans have another shape.
func (w *work) shapes() {
	f := w.f
	if len(f.shape) == 0 {
		return
	}
	for _, o := range w.own {
		if o.planned == nil {
			clear(o.present)
		} else {
			copy(o.present, o.planned)
		}
	}
	for i := range f.shape {
		s := &f.shape[i]
		at, part := s.weights(w.value[s.driver])
		w.change(s.change[at], 1-part)
		w.change(s.change[at+1], part)
	}
}

func (w *work) change(list []change, by float64) {
	if by == 0 {
		return
	}
	for _, c := range list {
		if c.eco != nil {
			r := w.eco[c.scenario][c.group]
			for t, v := range c.eco {
				r[t] += by * v
			}
		}
		if c.purse != nil {
			r := w.purse[c.scenario][c.group]
			for t, v := range c.purse {
				r[t] += by * v
			}
		}
	}
}

// years works out growth and paths year by year.
func (w *work) years(i int) {
	c, out := &w.f.combos[i], w.combo[i]
	step, v := 1.0, 1.0
	if c.growth >= 0 {
		step += w.value[c.growth]
	}
	for t := range out {
		out[t] = v
		v *= step
	}
	for _, k := range c.paths {
		p := &w.f.paths[k]
		x := w.value[p.driver]
		end := p.high
		if x < 0 {
			x, end = -x, p.low
		}
		for t := range out {
			out[t] *= max(p.mid[t]+x*(end[t]-p.mid[t]), 0)
		}
	}
}

// scenario adds up one scenario, and its yearly values.
func (w *work) scenario(i int) {
	f := w.f
	whole, open := w.year[i][0], w.year[i][1]
	clear(whole)
	clear(open)
	purse := 0.0
	for g := range f.groups {
		gr := &f.groups[g]
		by := w.factor[g]
		var years []float64
		if gr.combo >= 0 {
			years = w.combo[gr.combo]
		}
		if r := w.eco[i][g]; r != nil {
			to := open // what is exempt goes to the whole alone
			if gr.exempt {
				to = whole
			}
			if years == nil {
				for t, v := range r {
					to[t] += by * v
				}
			} else {
				for t, v := range r {
					to[t] += by * v * years[t]
				}
			}
		}
		if r := w.purse[i][g]; r != nil {
			v := 0.0
			if years == nil {
				for _, x := range r {
					v += x
				}
			} else {
				for t, x := range r {
					v += x * years[t]
				}
			}
			purse += by * v
		}
	}
	out := total{purse: purse}
	for t := range whole {
		whole[t] += open[t]
		out.npsv += whole[t]
		out.open += open[t]
	}
	w.total[i] = out
}

// ties refuses a model whose planned figures are not the comparison's.
func (w *work) ties() error {
	for i := range w.total {
		r := &w.f.c.Options[i]
		for _, k := range [2][2]float64{{w.total[i].npsv, r.NPSV}, {w.total[i].purse, r.NPVPublic}} {
			if math.Abs(k[0]-k[1]) > 0.01+1e-9*math.Abs(k[1]) {
				return fmt.Errorf("%w: the planned value of %q is £%.2f from the streams added up for draws and £%.2f in the appraisal", model.ErrConflict, r.Scenario.Name, k[0], k[1])
			}
		}
	}
	return nil
}
