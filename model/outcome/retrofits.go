package outcome

import (
	"slices"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Installed is a retrofit measure that a scenario carries out in a building.
type Installed struct {
	Measure
	Action model.ActionID
	Year   int // the financial year in which it is first paid for or first saves
	// KWh is what it changes by fuel in its first full year, or in the last year
	// appraised when that comes before; negative saves.
	KWh map[model.Fuel]float64
}

// Retrofits prices each measure of the retrofits of a scenario as Abatement
// does: after the measures before it, cheapest tonne first, those that save
// nothing last.
func Retrofits(c *appraisal.Comparison, id model.ScenarioID) ([]Installed, error) {
	r := option(c, id)
	if r == nil {
		return nil, model.NotFound("scenario in the comparison", string(id))
	}
	return priced(c, r), nil
}

// priced adds up the streams of every measure of the retrofits of a result.
func priced(c *appraisal.Comparison, r *appraisal.Result) []Installed {
	if r.Plan == nil || r.Flows == nil {
		return nil
	}
	measures := map[model.ActionID][]string{}
	for i := range r.Scenario.Actions {
		if a := &r.Scenario.Actions[i]; a.Kind == model.Retrofit {
			measures[a.ID] = a.Measures
		}
	}
	type key struct {
		action  model.ActionID
		asset   model.AssetID
		measure string
	}
	at := map[key]int{}
	var out []Installed
	for i := range r.Plan.Streams {
		st := &r.Plan.Streams[i]
		name := action.MeasureOf(st)
		if name == "" || !slices.Contains(measures[st.Action], name) {
			continue
		}
		k := key{st.Action, st.Asset, name}
		n, ok := at[k]
		if !ok {
			n = len(out)
			at[k] = n
			out = append(out, Installed{Measure: Measure{Asset: st.Asset, Measure: name}, Action: st.Action, Year: st.First, KWh: map[model.Fuel]float64{}})
		}
		out[n].add(c, st, r.Flows.Row(i))
	}
	limit, hasCap := c.Book.Get("grant.cap_per_tonne")
	for i := range out {
		m := &out[i]
		if m.Tonnes > 0 {
			m.PerTonne = m.Cost / m.Tonnes
			m.Grant = hasCap && m.Capital/m.Tonnes <= limit.Value
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := &out[i], &out[j]
		if (a.Tonnes > 0) != (b.Tonnes > 0) {
			return a.Tonnes > 0
		}
		return a.PerTonne < b.PerTonne
	})
	return out
}

func (m *Installed) add(c *appraisal.Comparison, st *ledger.Stream, row []float64) {
	m.Year = min(m.Year, st.First)
	for y, v := range row {
		switch {
		case st.Ledger == ledger.Money:
			m.Cost -= v * c.Discount[y]
			if st.Capital && v < 0 && c.BaseYear+y == st.First {
				m.Capital -= v
			}
		case st.Ledger == ledger.Carbon && st.Unit == "kWh":
			path := c.Paths[ledger.PathKey("marginal", st.Fuel)]
			m.Tonnes -= v * path.At(c.BaseYear+y) / 1000
		case st.Ledger == ledger.Carbon:
			m.Tonnes -= v / 1000
		}
	}
	if full := min(st.First+1-c.BaseYear, len(row)-1); st.Ledger == ledger.Carbon && st.Unit == "kWh" && full >= 0 {
		m.KWh[st.Fuel] += row[full]
	}
}

// Burning is a building that still burns gas or oil.
type Burning struct {
	Asset    model.AssetID
	Gas, Oil float64 // kWh a year
	Tonnes   float64 // tCO2e a year of both, with the factors of the footprint
}

// StillBurning lists the buildings of a scenario that burn gas or oil in the
// target year, or in the last year appraised when there is no target or it comes
// later; most tonnes first.
func StillBurning(c *appraisal.Comparison, id model.ScenarioID) (list []Burning, year int, err error) {
	r := option(c, id)
	if r == nil {
		return nil, 0, model.NotFound("scenario in the comparison", string(id))
	}
	year = c.BaseYear + c.Years - 1
	if t, ok := c.Book.Get(TargetKey); ok && int(t.Value) >= c.BaseYear {
		year = min(year, int(t.Value))
	}
	if r.Plan == nil || r.Flows == nil {
		return nil, year, nil
	}
	at := map[model.AssetID]int{}
	for i := range r.Plan.Streams {
		st := &r.Plan.Streams[i]
		if st.Asset == "" || st.Ledger != ledger.Carbon || st.Unit != "kWh" || st.Fuel != model.Gas && st.Fuel != model.Oil {
			continue
		}
		kWh := r.Flows.Row(i)[year-c.BaseYear]
		if kWh == 0 {
			continue
		}
		n, ok := at[st.Asset]
		if !ok {
			n = len(list)
			at[st.Asset] = n
			list = append(list, Burning{Asset: st.Asset})
		}
		b := &list[n]
		if st.Fuel == model.Gas {
			b.Gas += kWh
		} else {
			b.Oil += kWh
		}
		path := c.Paths[ledger.PathKey("footprint", st.Fuel)]
		b.Tonnes += kWh * path.At(year) / 1000
	}
	list = slices.DeleteFunc(list, func(b Burning) bool { return b.Gas+b.Oil < 0.5 }) // what a heat pump took away leaves a nought of arithmetic
	slices.SortStableFunc(list, func(a, b Burning) int {
		switch {
		case a.Tonnes > b.Tonnes:
			return -1
		case a.Tonnes < b.Tonnes:
			return 1
		}
		return strings.Compare(string(a.Asset), string(b.Asset))
	})
	return list, year, nil
}
