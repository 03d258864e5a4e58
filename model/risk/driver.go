package risk

import (
	"context"
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Keys of drivers that are no assumptions.
const (
	// Delay is how many years every scenario but the baseline slips. Everything in
	// it moves: cost, receipt, closing, double running.
	Delay = "delay"
	// AllPrices and CarbonValue move paths between their published low (−1),
	// central (0) and high (1) cases. "index:" and the key of a path moves one.
	AllPrices   = "index:price"
	CarbonValue = "index:carbon"
	// indexPrefix and amountPrefix begin the keys of path and amount drivers:
	// "amount:rent" multiplies every amount of the estate in the category.
	indexPrefix  = "index:"
	amountPrefix = "amount:"
)

// Driver is one thing that could be otherwise.
type Driver struct {
	Key    string
	Label  string
	Unit   string
	Now    float64 // planned value
	Dist   Distribution
	Grade  model.Grade
	Given  bool // the range was given, not made from the grade
	Exempt bool

	min, max float64 // what it may legally be; draws are kept within
	growth   bool
}

// value is the driver at a chance between 0 and 1.
func (d *Driver) value(quantile func(float64) float64, p float64) float64 {
	return min(max(quantile(p), d.min), d.max)
}

// At is the value that the driver does not pass with the chance p.
func (d *Driver) At(p float64) float64 { return d.value(d.Dist.Quantile, p) }

// Model is what could be otherwise and what moves together.
type Model struct {
	Drivers []Driver
	Groups  []Group
	Matrix  *Matrix // for drivers that no group can describe; nil for none
}

// share is how far from its value a figure of a grade may lie.
var share = map[model.Grade][2]float64{
	model.Measured: {0.05, 0.05}, model.Stated: {0.10, 0.10}, model.Benchmark: {0.20, 0.30},
	model.Estimated: {0.25, 0.40}, model.Placeholder: {0.40, 0.60}, model.NotKnown: {0.40, 0.60},
}

// leastGrowth is the least range of a rate of growth, either way: half a
// percentage point a year.
const leastGrowth = 0.005

// GradeRange is the default range of a figure of a grade: how far it may lie
// below and above its value, as fractions.
func GradeRange(g model.Grade) (below, above float64) {
	r, ok := share[g]
	if !ok {
		r = share[model.NotKnown]
	}
	return r[0], r[1]
}

// Default is the model by evidence grade of everything that the streams of a
// comparison hang on. See the package comment for the ranges.
func Default(ctx context.Context, c *appraisal.Comparison) (*Model, error) {
	p := &Model{Groups: defaultGroups()}
	growth := map[string]bool{}
	used := map[string]bool{}
	for i := range c.Options {
		for k := range c.Options[i].Plan.Streams {
			s := &c.Options[i].Plan.Streams[k]
			if s.Ledger == ledger.Space {
				continue
			}
			for _, t := range append([]ledger.Term{s.Growth, s.Uplift}, s.Rates...) {
				used[t.Key] = true
			}
			growth[s.Growth.Key] = true
		}
		for _, k := range shapeKeys(&c.Options[i].Scenario) {
			used[k] = true
		}
	}
	delete(used, "")
	delete(growth, "")
	more, err := unseen(ctx, c, used)
	if err != nil {
		return nil, err
	}
	for _, k := range more {
		used[k] = true
	}
	for _, k := range sorted(used) {
		if d, ok := byGrade(c, k, growth[k]); ok {
			p.Drivers = append(p.Drivers, d)
		}
	}
	p.Drivers = append(p.Drivers, pathDrivers(c)...)
	p.Drivers = append(p.Drivers, amountDrivers(c)...)
	p.Drivers = append(p.Drivers, Driver{Key: Delay, Label: "Slip of the whole plan", Unit: "years", Grade: model.Placeholder, max: maxDelay,
		Dist: Distribution{Kind: Triangular, High: 2}})
	return p, nil
}

// unseen are the assumptions that shape a plan without being a term of any stream.
func unseen(ctx context.Context, c *appraisal.Comparison, used map[string]bool) ([]string, error) {
	f, err := newFlows(c, nil)
	if err != nil {
		return nil, err
	}
	var rest []string
	for _, a := range c.Book.All() {
		if _, ok := byGrade(c, a.Key, false); ok && !used[a.Key] {
			rest = append(rest, a.Key)
		}
	}
	return f.search(ctx, rest)
}

// defaultGroups are the figures that one market or one habit moves together.
func defaultGroups() []Group {
	return []Group{
		{Name: "building costs", Correlation: 0.5, Keys: []string{"hub.fitout", "hub.move", "works.office_to_homes", "works.light", "works.medium", "works.deep",
			"works.new.*", "works.location", "works.demolition", "works.on_costs", "lifecycle.cost", "retrofit.insulation.cost", "retrofit.glazing.cost", "retrofit.led.cost",
			"retrofit.bms.cost", "retrofit.heatpump.cost", "retrofit.pv.cost", "lease.dilapidations", "green.cost"}},
		{Name: "optimism bias", Correlation: 0.5, Keys: []string{"works.optimism", "hub.optimism", "retrofit.optimism"}},
		{Name: "property market", Correlation: 0.5, Keys: []string{amountPrefix + string(ledger.CatReceipt), "value.built", "value.land", "sale.probability",
			"convert.homes.sale", "let.rent", "convert.*"}},
	}
}

// base is a driver without its range: what the assumption is and may be.
func base(c *appraisal.Comparison, key string, growth bool) (Driver, bool) {
	a, ok := c.Book.Get(key)
	if !ok || !model.Finite(a.Value) || a.Unit == "0 or 1" || key == "deflator.growth" { // a choice is not uncertain, and everything is real
		return Driver{}, false
	}
	d := Driver{Key: key, Label: a.Label, Unit: a.Unit, Now: a.Value, Grade: a.Grade, Exempt: a.Exempt, growth: growth, min: 0, max: math.MaxFloat64}
	if d.Label == "" {
		d.Label = key
	}
	switch {
	case growth:
		d.min, d.max = -0.5, 1
	case strings.HasPrefix(a.Unit, "fraction") && !strings.Contains(key, "optimism"):
		d.max = math.Max(1, a.Value)
	case key == "flex.home_days":
		d.max = 5
	}
	if key == "flex.service_level" {
		d.min, d.max = 0.5, 0.999
	}
	d.min = math.Min(d.min, a.Value)
	return d, true
}

// byGrade is the driver of an assumption with the range of its grade.
func byGrade(c *appraisal.Comparison, key string, growth bool) (Driver, bool) {
	d, ok := base(c, key, growth)
	if !ok {
		return d, false
	}
	below, above := GradeRange(d.Grade)
	below, above = below*math.Abs(d.Now), above*math.Abs(d.Now)
	if growth {
		below, above = math.Max(below, leastGrowth), math.Max(above, leastGrowth)
	}
	d.Dist = Distribution{Kind: Triangular, Low: math.Max(d.Now-below, d.min), Mid: d.Now, High: math.Min(d.Now+above, d.max)}
	return d, !d.Dist.sure()
}

// caseSpread makes the published low and high cases what is passed one time in
// ten on either side.
var caseSpread = 1 / Distribution{Kind: Normal, Spread: 1}.Quantile(0.9)

// pathDrivers are the prices of energy and the values of carbon, where the
// comparison is on their central case and they have the others.
func pathDrivers(c *appraisal.Comparison) []Driver {
	var out []Driver
	add := func(key, label string, cc appraisal.Case, probe string) {
		if _, ok := c.Paths[probe]; ok && (cc == "" || cc == appraisal.Central) {
			out = append(out, pathDriver(key, label))
			out[len(out)-1].Dist = Distribution{Kind: Normal, Spread: caseSpread}
		}
	}
	for _, f := range model.Fuels {
		if len(out) == 0 {
			add(AllPrices, "Energy prices: low, central or high path", c.PriceCase, ledger.PathKey("price", f)+".low")
		}
	}
	add(CarbonValue, "Values of carbon: low, central or high", c.CarbonCase, "carbon.low")
	return out
}

func pathDriver(key, label string) Driver {
	return Driver{Key: key, Label: label, Unit: "−1 low, 0 central, 1 high", Grade: model.Benchmark, min: -2, max: 2}
}

// amountDrivers are the amounts of the estate itself, by category.
func amountDrivers(c *appraisal.Comparison) []Driver {
	weight, low, high := map[string]float64{}, map[string]float64{}, map[string]float64{}
	worst := map[string]model.Grade{}
	for i := range c.Options {
		r := &c.Options[i]
		for k := range r.Plan.Streams {
			s := &r.Plan.Streams[k]
			key := amountOf(s)
			if key == "" || s.Ledger == ledger.Space {
				continue
			}
			w := 0.0
			for t, v := range r.Flows.Row(k) {
				w += math.Abs(v) * c.Discount[t]
			}
			b, a := GradeRange(s.Grade)
			weight[key] += w
			low[key] += w * b
			high[key] += w * a
			if g, ok := worst[key]; ok {
				worst[key] = model.Weakest(g, s.Grade)
			} else {
				worst[key] = s.Grade
			}
		}
	}
	var out []Driver
	for _, k := range sorted(weight) {
		if weight[k] <= 0 {
			continue
		}
		d := amountDriver(k)
		d.Grade = worst[k]
		d.Dist = Distribution{Kind: Triangular, Low: 1 - low[k]/weight[k], Mid: 1, High: 1 + high[k]/weight[k]}
		out = append(out, d)
	}
	return out
}

func amountDriver(key string) Driver {
	what := strings.TrimPrefix(key, amountPrefix)
	label := map[string]string{string(ledger.CatEnergy): "Energy used by the buildings", string(ledger.CatReceipt): "Values of the buildings sold"}[what]
	if label == "" {
		label = fmt.Sprintf("%s%s of the buildings", strings.ToUpper(what[:1]), what[1:])
	}
	return Driver{Key: key, Label: label, Unit: "times what is recorded", Now: 1, max: math.MaxFloat64}
}

func sorted[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
