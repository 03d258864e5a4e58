package workbook

import (
	"cmp"
	"reflect"
	"slices"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// scenario is one scenario with the sheet and the rows that are its own.
type scenario struct {
	res   *appraisal.Result
	label string
	own   *block
	sheet *sheet
	rows  map[string]yearRow // rows of its sheet by what they are
	cells map[string]spot    // results of its sheet by what they are
}

// block is a run of streams that stand together in the book: those that every
// scenario shares, or those that are one scenario's own. Keeping them together
// lets each option add up only its own rows.
type block struct {
	label   string
	streams []*ledger.Stream
	flows   [][]float64
	parts   []part
}

// part is where a block, or a piece of it, stands: the rows between its heads
// and its closing line, the closing line included so that a row put in above
// it is counted.
type part struct {
	sheet       string
	first, last int
	from, to    int // streams of the block in it
}

// gather splits the streams into those common to all and each scenario's own.
func gather(c *appraisal.Comparison) (common *block, scenarios []*scenario) {
	labels := newNamer("Every scenario")
	common = &block{label: "Every scenario"}
	for i := range c.Options {
		r := &c.Options[i]
		label := labels.unique(criterion(fallback(r.Scenario.Name, "Unnamed")), func(b, suffix string) string {
			return strings.TrimSpace(b + strings.ReplaceAll(suffix, "_", " "))
		})
		scenarios = append(scenarios, &scenario{res: r, label: label, own: &block{label: label},
			rows: map[string]yearRow{}, cells: map[string]spot{}})
	}
	if len(scenarios) == 0 {
		return common, nil
	}
	first := scenarios[0].res
	shared := map[string]bool{}
	if len(scenarios) > 1 {
		for i := range first.Plan.Streams {
			shared[first.Plan.Streams[i].ID] = true
		}
		at := make(map[string]*ledger.Stream, len(first.Plan.Streams))
		for i := range first.Plan.Streams {
			s := &first.Plan.Streams[i]
			if _, twice := at[s.ID]; twice {
				delete(shared, s.ID)
			}
			at[s.ID] = s
		}
		for _, sc := range scenarios[1:] {
			seen := make(map[string]int, len(sc.res.Plan.Streams))
			for i := range sc.res.Plan.Streams {
				s := &sc.res.Plan.Streams[i]
				seen[s.ID]++
				if seen[s.ID] > 1 || shared[s.ID] && !reflect.DeepEqual(s, at[s.ID]) {
					delete(shared, s.ID)
				}
			}
			for id := range shared {
				if seen[id] != 1 {
					delete(shared, id)
				}
			}
		}
	}
	for k, sc := range scenarios {
		for i := range sc.res.Plan.Streams {
			s := &sc.res.Plan.Streams[i]
			b := sc.own
			if shared[s.ID] {
				if k > 0 {
					continue
				}
				b = common
			}
			b.streams = append(b.streams, s)
			b.flows = append(b.flows, sc.res.Flows.Row(i))
		}
	}
	return common, scenarios
}

// sum adds up the streams of the block that keep accepts, year by year.
func (b *block) sum(years int, keep func(*ledger.Stream) bool) []float64 {
	out := make([]float64, years)
	for i, s := range b.streams {
		if keep(s) {
			ledger.AddTo(out, b.flows[i], 1)
		}
	}
	return out
}

// sumBy adds up the streams of the block under keys.
func (b *block) sumBy(years int, key func(*ledger.Stream) (string, bool)) map[string][]float64 {
	out := map[string][]float64{}
	for i, s := range b.streams {
		k, ok := key(s)
		if !ok {
			continue
		}
		t := out[k]
		if t == nil {
			t = make([]float64, years)
			out[k] = t
		}
		ledger.AddTo(t, b.flows[i], 1)
	}
	return out
}

// order of the money categories on every sheet.
var order = []ledger.Category{ledger.CatRent, ledger.CatRates, ledger.CatMaintenance, ledger.CatCleaning, ledger.CatReception, ledger.CatShared,
	ledger.CatOther, ledger.CatEnergy, ledger.CatBacklog, ledger.CatLifecycle, ledger.CatWorks, ledger.CatFitOut, ledger.CatDouble,
	ledger.CatHolding, ledger.CatDilaps, ledger.CatSaleCost, ledger.CatReceipt, ledger.CatIncome, ledger.CatBenefit, ledger.CatManual}

// categoriser gives every category one spelling, since a spreadsheet does not
// tell capitals from small letters.
type categoriser struct {
	byLower map[string]string
	names   map[ledger.Category]string
}

func newCategoriser() *categoriser {
	return &categoriser{byLower: map[string]string{}, names: map[ledger.Category]string{}}
}

func (c *categoriser) name(cat ledger.Category) string {
	if n, ok := c.names[cat]; ok {
		return n
	}
	s := criterion(fallback(string(cat), "not stated"))
	low := strings.ToLower(s)
	if known, ok := c.byLower[low]; ok {
		s = known
	}
	c.byLower[low], c.names[cat] = s, s
	return s
}

// categories lists the names of the money categories in use, in order.
func (c *categoriser) categories(blocks []*block) []string {
	rank := map[string]int{}
	for i, cat := range order {
		rank[c.name(cat)] = i - len(order)
	}
	used := map[string]bool{}
	for _, b := range blocks {
		for _, s := range b.streams {
			if s.Ledger == ledger.Money {
				used[c.name(s.Category)] = true
			}
		}
	}
	out := make([]string, 0, len(used))
	for k := range used {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b string) int {
		return cmp.Or(cmp.Compare(rank[a], rank[b]), cmp.Compare(a, b))
	})
	return out
}

// body is an organisation, or one of the payers and gainers that are none.
type body struct {
	id     model.OrganisationID
	label  string
	kind   string
	public bool
}

// bodies lists every payer and beneficiary with a label of its own.
func bodies(p *model.Project, blocks []*block) ([]body, map[model.OrganisationID]string) {
	used := map[model.OrganisationID]bool{}
	for _, b := range blocks {
		for _, s := range b.streams {
			used[s.Payer], used[s.Beneficiary] = true, true
		}
	}
	labels := newNamer()
	var out []body
	add := func(id model.OrganisationID, name, kind string, public bool) {
		label := labels.unique(criterion(fallback(name, "not stated")), func(b, suffix string) string {
			return strings.TrimSpace(b + strings.ReplaceAll(suffix, "_", " "))
		})
		out = append(out, body{id, label, kind, public})
		delete(used, id)
	}
	if used[""] {
		add("", "The place itself (no payer stated)", "the place", true)
	}
	if p != nil {
		for _, o := range p.Organisations {
			if used[o.ID] {
				add(o.ID, fallback(o.Name, string(o.ID)), o.Kind, o.Public)
			}
		}
	}
	for _, x := range []struct {
		id   model.OrganisationID
		name string
	}{{model.Residents, "Residents"}, {model.Society, "Society"}, {model.Market, "Market"}} {
		if used[x.id] {
			add(x.id, x.name, "not a body of the place", false)
		}
	}
	rest := make([]string, 0, len(used))
	for id := range used {
		rest = append(rest, string(id))
	}
	sort.Strings(rest)
	for _, id := range rest {
		add(model.OrganisationID(id), id, "not a body of the place", false)
	}
	by := make(map[model.OrganisationID]string, len(out))
	for _, b := range out {
		by[b.id] = b.label
	}
	return out, by
}

func fallback(s, instead string) string {
	if strings.TrimSpace(s) == "" {
		return instead
	}
	return s
}
