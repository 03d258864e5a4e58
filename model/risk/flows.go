package risk

import (
	"fmt"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/carbon"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// flows is a comparison made ready for many draws: the streams of every scenario
// added up by what they hang on, discounted, as a change against the baseline.
type flows struct {
	c       *appraisal.Comparison
	context ledger.Context
	public  map[model.OrganisationID]bool
	change  carbon.MarginalYears // kgCO2e/kWh
	price   []float64            // £/tCO2e, the comparison's case
	water   float64              // kgCO2e/m³

	drivers []Driver
	byKey   map[string]int
	paths   []path
	byPath  map[string]int
	groups  []group
	byTerms map[string]int
	combos  []combo
	byCombo map[string]int

	planned []sums // by option of the comparison, absolute
	delta   []sums // the same, less the baseline's
	shape   []shape
	notes   []string
	used    []bool // by driver
}

// group is the streams that hang on the same terms.
type group struct {
	factors []factor
	combo   int // −1 when no year differs from another
	exempt  bool
}

// factor is add + by × the value of a driver.
type factor struct {
	driver  int
	add, by float64
}

// combo is what multiplies each year: growth and paths that are uncertain.
type combo struct {
	growth int // driver, −1 for none
	paths  []int
}

// path is a path that a driver moves between its cases.
type path struct {
	driver         int
	low, mid, high []float64
}

// rows are present values by group and year; nil where a group has none.
type rows [][]float64

func (r rows) row(g int) []float64 {
	if g < len(r) {
		return r[g]
	}
	return nil
}

// sums is a scenario: what reaches net present social value and what reaches the
// public purse.
type sums struct{ eco, purse rows }

func newFlows(c *appraisal.Comparison, drivers []Driver) (*flows, error) {
	f := &flows{c: c, drivers: drivers, byKey: map[string]int{}, byPath: map[string]int{}, byTerms: map[string]int{}, byCombo: map[string]int{},
		public: map[model.OrganisationID]bool{"": true}, used: make([]bool, len(drivers)),
		context: ledger.Context{BaseYear: c.BaseYear, Years: c.Years, PriceBase: c.PriceBase, Paths: c.Paths}}
	for i := range drivers {
		f.byKey[drivers[i].Key] = i
	}
	for _, o := range c.Project.Organisations {
		f.public[o.ID] = o.Public
	}
	m, err := carbon.NewMarginal(c.Paths)
	if err != nil {
		return nil, err
	}
	f.change = m.Years(c.BaseYear, c.Years)
	p, ok := c.Paths["carbon."+string(c.CarbonCase)]
	if !ok {
		return nil, model.NotFound("carbon value path", "carbon."+string(c.CarbonCase))
	}
	f.price = f.years(p)
	for _, k := range []string{"water.supply", "water.treatment"} {
		if a, ok := c.Book.Get(k); ok {
			f.water += a.Value
		}
	}
	base := -1
	for i := range c.Options {
		s, err := f.sums(c.Options[i].Plan.Streams)
		if err != nil {
			return nil, err
		}
		f.planned = append(f.planned, s)
		if c.Options[i].Scenario.ID == c.Baseline {
			base = i
		}
	}
	if base < 0 {
		return nil, model.NotFound("baseline scenario", string(c.Baseline))
	}
	for i := range f.planned {
		d := sums{make(rows, len(f.groups)), make(rows, len(f.groups))}
		for g := range f.groups {
			d.eco[g] = less(f.planned[i].eco.row(g), f.planned[base].eco.row(g))
			d.purse[g] = less(f.planned[i].purse.row(g), f.planned[base].purse.row(g))
		}
		f.delta = append(f.delta, d)
	}
	return f, nil
}

func (f *flows) years(p model.Path) []float64 {
	out := make([]float64, f.c.Years)
	for t := range out {
		out[t] = p.At(f.c.BaseYear + t)
	}
	return out
}

func (f *flows) note(pattern string, args ...any) {
	n := fmt.Sprintf(pattern, args...)
	for _, x := range f.notes {
		if x == n {
			return
		}
	}
	f.notes = append(f.notes, n)
}

// sums adds streams up by what they hang on. Each is expanded by the ledger with
// its uncertain terms taken out; the draws put them back.
func (f *flows) sums(streams []ledger.Stream) (sums, error) {
	var out sums
	e := ledger.NewExpander(&f.context)
	row := make([]float64, f.c.Years)
	rates := make([]ledger.Term, 0, ledger.MaxRates)
	for i := range streams {
		s := streams[i]
		if s.Ledger == ledger.Space || !f.matters(&s) {
			continue
		}
		g, factors := f.groupOf(&s)
		rates = rates[:0]
		for _, t := range s.Rates {
			if _, driven := f.byKey[t.Key]; !driven {
				rates = append(rates, t)
			}
		}
		s.Rates = rates
		if _, driven := f.byKey[s.Uplift.Key]; driven {
			s.Uplift = ledger.Term{}
		}
		if f.growthOf(&s) >= 0 {
			s.Growth = ledger.Term{}
		}
		if f.pathOf(s.Index) >= 0 {
			s.Index = ""
		}
		if err := s.Check(&f.context); err != nil {
			return out, err
		}
		e.Row(row, &s)
		for len(out.eco) < len(f.groups) {
			out.eco, out.purse = append(out.eco, nil), append(out.purse, nil)
		}
		for _, k := range factors {
			f.used[k.driver] = true
		}
		f.weigh(&out, g, &s, row)
	}
	return out, nil
}

// matters says whether a stream reaches any figure that is drawn.
func (f *flows) matters(s *ledger.Stream) bool {
	return s.Ledger == ledger.Money && (ledger.IsEconomic(s) || ledger.IsCash(s)) || s.Ledger == ledger.Carbon && f.kilograms(s) != nil
}

// kilograms is what a unit of a carbon stream emits by year when consumption
// changes; nil when nothing.
func (f *flows) kilograms(s *ledger.Stream) func(t int) float64 {
	switch s.Unit {
	case "kWh":
		if r := f.change[s.Fuel]; r != nil {
			return func(t int) float64 { return r[t] }
		}
	case "m³":
		return func(int) float64 { return f.water }
	case "kgCO2e":
		return func(int) float64 { return 1 }
	}
	return nil
}

// weigh adds a flow to the sums of its group, in present value.
func (f *flows) weigh(out *sums, g int, s *ledger.Stream, flow []float64) {
	eco, purse := 0.0, 0.0
	var kg func(int) float64
	switch {
	case s.Ledger == ledger.Carbon:
		eco, kg = -1, f.kilograms(s)
	default:
		cash := ledger.IsCash(s) && f.public[s.Payer]
		if ledger.IsEconomic(s) {
			eco = 1
		}
		if cash {
			purse = 1
			within := s.Transfer && (s.Category == ledger.CatRates || s.Beneficiary != "" && f.public[s.Beneficiary])
			if !within {
				eco += f.c.TaxBurden
			}
		}
	}
	priced := s.Ledger == ledger.Carbon && f.pathOf(carbonPath) < 0
	add := func(r rows, by float64) {
		if by == 0 {
			return
		}
		if r[g] == nil {
			r[g] = make([]float64, f.c.Years)
		}
		for t, v := range flow {
			if v == 0 {
				continue
			}
			v *= by * f.c.Discount[t]
			if kg != nil {
				v *= kg(t) / 1000
			}
			if priced {
				v *= f.price[t]
			}
			r[g][t] += v
		}
	}
	add(out.eco, eco)
	add(out.purse, purse)
}

// carbonPath stands for the value of carbon among the paths.
const carbonPath = "carbon"

// pathOf is the path that a driver moves under a key, −1 for none.
func (f *flows) pathOf(key string) int {
	if key == "" {
		return -1
	}
	if i, ok := f.byPath[key]; ok {
		return i
	}
	d, ok := f.byKey[indexPrefix+key]
	if !ok && strings.HasPrefix(key, "price.") {
		d, ok = f.byKey[AllPrices]
	}
	i := -1
	if ok {
		p := path{driver: d}
		central := key
		if key == carbonPath {
			central, p.mid = "carbon.central", f.price
		}
		lo, hasLo := f.c.Paths[strings.TrimSuffix(central, ".central")+".low"]
		hi, hasHi := f.c.Paths[strings.TrimSuffix(central, ".central")+".high"]
		if c, has := f.c.Paths[central]; has && hasLo && hasHi {
			if p.mid == nil {
				p.mid = f.years(c)
			}
			p.low, p.high = f.years(lo), f.years(hi)
			i = len(f.paths)
			f.paths = append(f.paths, p)
			f.used[d] = true
		} else {
			f.note("The path %s has no published low and high case, so it stays as planned.", key)
		}
	}
	f.byPath[key] = i
	return i
}

// amountOf is the driver key of an amount of the estate itself, empty for amounts
// that come from an assumption.
func amountOf(s *ledger.Stream) string {
	switch {
	case s.Ledger == ledger.Space:
		return ""
	case s.Category == ledger.CatEnergy:
		for _, t := range s.Rates {
			if t.Key == action.PVYieldKey { // panels are no record of the estate
				return ""
			}
		}
		return amountPrefix + string(ledger.CatEnergy)
	case s.QuantityUnit != "£" && s.QuantityUnit != "£/month":
		return ""
	case s.Category == ledger.CatSaleCost: // a share of the receipt
		return amountPrefix + string(ledger.CatReceipt)
	case s.Category == "":
		return ""
	}
	return amountPrefix + string(s.Category)
}

// groupOf finds the group of a stream and what it hangs on.
func (f *flows) groupOf(s *ledger.Stream) (int, []factor) {
	var b strings.Builder
	var factors []factor
	take := func(key string, add, by float64) {
		if d, ok := f.byKey[key]; ok && key != "" {
			factors = append(factors, factor{d, add, by})
			fmt.Fprintf(&b, "%d %g %g;", d, add, by)
		}
	}
	for _, t := range s.Rates {
		if t.Complement {
			take(t.Key, 1, -1)
		} else {
			take(t.Key, 0, 1)
		}
	}
	if s.Uplift.Complement {
		take(s.Uplift.Key, 2, -1)
	} else {
		take(s.Uplift.Key, 1, 1)
	}
	if k := amountOf(s); k != "" {
		take(k, 0, 1)
	}
	c := f.comboOf(s)
	fmt.Fprintf(&b, "|%d|%t", c, s.Exempt)
	key := b.String()
	g, ok := f.byTerms[key]
	if !ok {
		g = len(f.groups)
		f.byTerms[key] = g
		f.groups = append(f.groups, group{factors, c, s.Exempt})
	}
	return g, factors
}

// growthOf is the driver of a stream's growth, −1 for none.
func (f *flows) growthOf(s *ledger.Stream) int {
	if d, ok := f.byKey[s.Growth.Key]; ok && !s.Growth.Complement {
		return d
	}
	return -1
}

// comboOf is what multiplies each year of a stream.
func (f *flows) comboOf(s *ledger.Stream) int {
	c := combo{growth: f.growthOf(s)}
	if c.growth >= 0 {
		f.used[c.growth] = true
	}
	if p := f.pathOf(s.Index); p >= 0 {
		c.paths = append(c.paths, p)
	}
	if s.Ledger == ledger.Carbon {
		if p := f.pathOf(carbonPath); p >= 0 {
			c.paths = append(c.paths, p)
		}
	}
	if c.growth < 0 && c.paths == nil {
		return -1
	}
	key := fmt.Sprint(c)
	i, ok := f.byCombo[key]
	if !ok {
		i = len(f.combos)
		f.combos = append(f.combos, c)
		f.byCombo[key] = i
	}
	return i
}
