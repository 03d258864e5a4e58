package risk

import (
	"context"
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// shaping lists assumptions that are known to change what streams a plan has, when
// they run or how much of them there is, besides being terms of them. Others are
// found by building plans again; the list saves the search.
var shaping = map[model.ActionKind][]string{
	model.Retain:   {"clear.years", "clear.share"},
	model.CoLocate: {"hub.area_factor"},
	model.Flex:     {"flex.home_days", "flex.service_level", "flex.office_share", "flex.attendance_sd"},
	model.Sell:     {"sale.months"},
	model.Transfer: {"sale.months"},
	model.Retrofit: {"retrofit.boiler.efficiency", "retrofit.heatload_kw_per_mwh",
		"retrofit.pv.roof_per_floor", "retrofit.pv.roof_share", "retrofit.pv.kwp_per_roof", "retrofit.battery.kwh_per_kwp",
		"retrofit.insulation.saving", "retrofit.glazing.saving", "retrofit.bms.saving"}, // the savings decide the size of a heat pump
}

// shapeKeys are the assumptions that shape a scenario.
func shapeKeys(s *model.Scenario) []string {
	used := map[string]bool{}
	for _, a := range s.Actions {
		for _, k := range shaping[a.Kind] {
			used[k] = true
		}
		switch a.Kind {
		case model.Repurpose:
			used["convert."+string(a.NewUse)+".years"] = true
		case model.Develop:
			for _, ph := range a.Phases {
				used["convert."+string(ph.Use)+".years"] = true
			}
		}
	}
	return sorted(used)
}

// maxDelay is the longest slip that is modelled, in years.
const maxDelay = 10

// shape is a driver that changes plans: what the sums of streams become at some
// of its values.
type shape struct {
	driver int
	at     []float64  // values, rising; the planned one is among them
	change [][]change // by value: what is added to the planned sums of each scenario
}

// change is what one value adds to the sums of one group of streams in one
// scenario, against the baseline.
type change struct {
	scenario, group int
	eco, purse      []float64
}

// weights are the parts of the changes at a value: straight lines between the
// values known, and on beyond the last two.
func (s *shape) weights(x float64) (i int, w float64) {
	i = 0
	for i+2 < len(s.at) && x > s.at[i+1] {
		i++
	}
	return i, (x - s.at[i]) / (s.at[i+1] - s.at[i])
}

// shapes builds the plans again at other values of what shapes them.
func (f *flows) shapes(ctx context.Context) error {
	where, err := f.shapers(ctx)
	if err != nil {
		return err
	}
	for d := range f.drivers {
		dr := &f.drivers[d]
		if len(where[d]) == 0 || dr.Dist.sure() && dr.Dist.Mid == dr.Now {
			continue
		}
		s := shape{driver: d, at: nodes(dr)}
		for _, x := range s.at {
			var ch []change
			if x != dr.Now {
				if err := ctx.Err(); err != nil {
					return err
				}
				if ch, err = f.rebuilt(dr, x, where[d]); err != nil {
					return err
				}
			}
			s.change = append(s.change, ch)
		}
		if len(s.at) > 1 {
			f.shape = append(f.shape, s)
		}
	}
	return nil
}

// shapers finds the drivers that shape plans and the scenarios that they shape.
func (f *flows) shapers(ctx context.Context) (map[int][]int, error) {
	where := map[int][]int{}
	var others []string
	for d := range f.drivers {
		key := f.drivers[d].Key
		for i := range f.c.Options {
			s := &f.c.Options[i].Scenario
			if key == Delay && s.ID != f.c.Baseline && (len(s.Actions) > 0 || len(s.Manual) > 0) || slices.Contains(shapeKeys(s), key) {
				where[d] = append(where[d], i)
			}
		}
		if _, ok := f.c.Book.Get(key); ok && where[d] == nil {
			others = append(others, key)
		}
	}
	found, err := f.search(ctx, others)
	for _, k := range found {
		where[f.byKey[k]] = f.acting()
	}
	return where, err
}

// acting are the scenarios that decide anything.
func (f *flows) acting() []int {
	var out []int
	for i := range f.c.Options {
		if len(f.c.Options[i].Scenario.Actions) > 0 {
			out = append(out, i)
		}
	}
	return out
}

// search finds the assumptions among some that shape a plan. All are moved at
// once, and only when that shapes something is either half looked at.
func (f *flows) search(ctx context.Context, keys []string) ([]string, error) {
	if err := ctx.Err(); err != nil || len(keys) == 0 {
		return nil, err
	}
	shaped, err := f.shaped(keys)
	if err != nil || !shaped {
		return nil, err
	}
	if len(keys) == 1 {
		return keys, nil
	}
	a, err := f.search(ctx, keys[:len(keys)/2])
	if err != nil {
		return nil, err
	}
	b, err := f.search(ctx, keys[len(keys)/2:])
	return append(a, b...), err
}

// shaped says whether plans differ in more than terms when assumptions are at the
// low end of their ranges, or at the high end where they have no other.
func (f *flows) shaped(keys []string) (bool, error) {
	var over []model.Assumption
	for _, k := range keys {
		var d Driver
		if i, ok := f.byKey[k]; ok {
			d = f.drivers[i]
		} else if d, ok = byGrade(f.c, k, false); !ok {
			continue
		}
		a, _ := f.c.Book.Get(k)
		if a.Value = d.At(0.1); a.Value == d.Now {
			a.Value = d.At(0.9)
		}
		over = append(over, a)
	}
	book := model.NewBook(f.c.Book.All(), over).WithDeflator(f.c.Book.Restate)
	for _, i := range f.acting() {
		plan, err := action.Build(f.c.Project, &f.c.Options[i].Scenario, book)
		if err != nil {
			return false, err
		}
		now, err := f.sums(plan.Streams)
		if err != nil {
			return false, err
		}
		for g := range f.groups {
			if less(now.eco.row(g), f.planned[i].eco.row(g)) != nil || less(now.purse.row(g), f.planned[i].purse.row(g)) != nil {
				return true, nil
			}
		}
	}
	return false, nil
}

// nodes are the values at which plans are built again.
func nodes(d *Driver) []float64 {
	var at []float64
	if d.Key == Delay {
		last := math.Ceil(min(d.At(0.999), maxDelay))
		for x := 0.0; x <= last; x++ {
			at = append(at, x)
		}
		return at
	}
	lo, hi, eps := d.At(0.1), d.At(0.9), 1e-6*math.Max(math.Abs(d.Now), 1e-3)
	at = append(at, lo, d.Now, hi)
	// A planned value at the end of the range may be where a stream falls away
	// (nothing is left of a backlog cleared whole): what is just beside it counts.
	if hi <= d.Now {
		at = append(at, d.Now-eps)
	}
	if lo >= d.Now {
		at = append(at, d.Now+eps)
	}
	sort.Float64s(at)
	out := at[:1]
	for _, x := range at[1:] {
		if x > out[len(out)-1]+eps/2 {
			out = append(out, x)
		} else if x == d.Now {
			out[len(out)-1] = x
		}
	}
	return out
}

// rebuilt are the changes of the sums when a driver has another value.
func (f *flows) rebuilt(d *Driver, x float64, options []int) ([]change, error) {
	book, slip := f.c.Book, 0
	if d.Key == Delay {
		slip = int(x)
	} else {
		a, _ := book.Get(d.Key)
		a.Value = x
		book = model.NewBook(book.All(), []model.Assumption{a}).WithDeflator(book.Restate)
	}
	var out []change
	for _, i := range options {
		r := &f.c.Options[i]
		s := slipped(&r.Scenario, slip)
		plan, err := action.Build(f.c.Project, s, book)
		if err != nil {
			return nil, err
		}
		f.leftOut(r, plan, d)
		now, err := f.sums(plan.Streams)
		if err != nil {
			return nil, err
		}
		was := f.planned[i]
		for g := range f.groups {
			eco, purse := less(now.eco[g], was.eco.row(g)), less(now.purse[g], was.purse.row(g))
			if eco == nil && purse == nil {
				continue
			}
			if r.Scenario.ID != f.c.Baseline {
				out = append(out, change{i, g, eco, purse})
				continue
			}
			for j := range f.c.Options { // what the baseline gains, the others lose against it
				out = append(out, change{j, g, times(eco, -1), times(purse, -1)})
			}
		}
	}
	return out, nil
}

// slipped is a scenario with everything in it some years later.
func slipped(s *model.Scenario, years int) *model.Scenario {
	out := *s
	out.Actions = append([]model.Action(nil), s.Actions...)
	for i := range out.Actions {
		a := &out.Actions[i]
		a.Year += years
		a.Phases = append([]model.Phase(nil), a.Phases...)
		for k := range a.Phases {
			a.Phases[k].Start += years
		}
	}
	out.Manual = append([]model.ManualStream(nil), s.Manual...)
	for i := range out.Manual {
		out.Manual[i].First += years
	}
	return &out
}

// leftOut notes when another value keeps actions out that are in as planned.
func (f *flows) leftOut(r *appraisal.Result, plan *action.Plan, d *Driver) {
	count := func(cs []action.Conflict) (n int) {
		for _, c := range cs {
			if c.LeftOut {
				n++
			}
		}
		return n
	}
	if n := count(plan.Conflicts) - count(r.Plan.Conflicts); n > 0 {
		f.note("In “%s”, other values of “%s” keep out an action that is in the plan (too late, for instance): %d at worst.", r.Scenario.Name, strings.ToLower(d.Label[:1])+d.Label[1:], n)
	}
}

// less is a − b, nil when there is no difference. A nil row is nought.
func less(a, b []float64) []float64 {
	switch {
	case a == nil && b == nil:
		return nil
	case a == nil:
		return times(b, -1)
	}
	out := append([]float64(nil), a...)
	if b != nil {
		ledger.AddTo(out, b, -1)
	}
	for t, v := range out {
		scale := math.Abs(a[t])
		if math.Abs(v) > 1e-12*scale && math.Abs(v) > 1e-9 {
			return out
		}
	}
	return nil
}

func times(a []float64, by float64) []float64 {
	if a == nil {
		return nil
	}
	out := make([]float64, len(a))
	for i, v := range a {
		out[i] = v * by
	}
	return out
}
