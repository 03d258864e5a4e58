package importers

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

// leastPeers is how many buildings of one use it takes to say that another stands out.
const leastPeers = 8

// standOut is how many times above or below the middle of its peers a figure must lie to be spoken of.
const standOut = 6.0

// rate is a figure of a building by its size, and what it is called.
type rate struct {
	name  string
	unit  string
	value func(a *model.Asset) (rate float64, source string, ok bool)
}

// show writes a rate with its unit: "£1.41 a m²", "265 kWh a m²".
func (q rate) show(v float64) string {
	n := fmt.Sprintf("%.3g", v)
	if v >= 100 {
		n = fmt.Sprintf("%.0f", v)
	}
	if after, ok := strings.CutPrefix(q.unit, "£"); ok {
		return "£" + n + after
	}
	return n + " " + q.unit
}

func perArea(f func(a *model.Asset) model.Figure) func(a *model.Asset) (float64, string, bool) {
	return func(a *model.Asset) (float64, string, bool) {
		if a.FloorArea.Value <= 0 || !a.FloorArea.Known() {
			return 0, "", false
		}
		x := f(a)
		if !x.Known() || x.Value <= 0 || x.Grade.Modelled() || a.FloorArea.Grade.Modelled() {
			return 0, "", false
		}
		return x.Value / a.FloorArea.Value, x.Source, true
	}
}

func rates() []rate {
	out := []rate{}
	for _, k := range fuelFields {
		fuel := k.fuel
		out = append(out, rate{string(fuel), "kWh a m²", perArea(func(a *model.Asset) model.Figure { return a.Energy[fuel] })})
	}
	for _, k := range costFields {
		cost := k.cost
		out = append(out, rate{string(cost), "£ a m²", perArea(func(a *model.Asset) model.Figure { return a.Costs[cost] })})
	}
	return append(out, rate{"backlog", "£ a m²", perArea(func(a *model.Asset) model.Figure { return a.Backlog })})
}

// slips are the mistakes of unit that a ratio to the peers betrays.
var slips = []struct {
	ratio  float64
	energy bool // only energy is counted in these
	cause  string
}{
	{10.7639, false, "the floor area may be in square metres where square feet were meant, or the reverse"},
	{1000, false, "the figure may be in thousands, or not, where the others are"},
	{12, false, "the figure may be for a month where the others are for a year"},
	{29.3071, true, "the figure may be in therms where kWh were meant"},
	{277.78, true, "the figure may be in GJ where kWh were meant"},
	{3.41214, true, "the figure may be in kBtu where kWh were meant"},
	{100, false, "the figure may be in pence or hundredths"},
}

// cause guesses why a figure is so many times its peers', or so small a part of theirs. Near the ratio of a known slip, within the
// spread that real buildings have, the slip is named.
func cause(ratio float64, energy bool) string {
	if ratio < 1 {
		ratio = 1 / ratio
	}
	best, off := "", 0.3
	for _, s := range slips {
		if d := math.Abs(math.Log(ratio / s.ratio)); d < off && (energy || !s.energy) {
			best, off = s.cause, d
		}
	}
	return best
}

// outliers says which figures of the assets just read stand out from those of buildings of the same use, here and in the project.
func (r *run) outliers() {
	if len(r.res.Changes.Assets) == 0 {
		return
	}
	var peers []*model.Asset
	for _, a := range r.idx.assets {
		if _, ok := r.idx.touched[a.ID]; !ok {
			peers = append(peers, a)
		}
	}
	for i := range r.res.Changes.Assets {
		peers = append(peers, &r.res.Changes.Assets[i].Asset)
	}
	new := len(peers) - len(r.res.Changes.Assets)
	values := make([]float64, len(peers))
	for _, q := range rates() {
		by := map[model.Use][]float64{}
		for i, a := range peers {
			values[i] = 0
			if v, _, ok := q.value(a); ok {
				values[i] = v
				by[a.Use] = append(by[a.Use], v)
			}
		}
		usual := map[model.Use]spread{}
		for use, list := range by {
			if use == model.UseOther || len(list) < leastPeers {
				continue
			}
			slices.Sort(list)
			at := func(part int) float64 { return list[len(list)*part/4] }
			usual[use] = spread{at(2), math.Log(at(3)) - math.Log(at(1)), len(list)}
		}
		for i, v := range values[new:] {
			c := &r.res.Changes.Assets[i]
			u, ok := usual[c.Asset.Use]
			if v == 0 || !ok || v < u.middle*standOut && v > u.middle/standOut {
				continue
			}
			if off := math.Abs(math.Log(v / u.middle)); off >= math.Log(standOut) && off >= 1.5*u.quartiles {
				_, source, _ := q.value(&c.Asset)
				r.stands(c, q, v, u.middle, u.n, source)
			}
		}
	}
}

// spread is how the rates of one use lie.
type spread struct {
	middle    float64
	quartiles float64 // between the quartiles, in logarithms
	n         int
}

func (r *run) stands(c *AssetChange, q rate, v, middle float64, n int, source string) {
	times := v / middle
	much := fmt.Sprintf("%.0f times", times)
	if times < 1 {
		much = fmt.Sprintf("one part in %.0f of", 1/times)
	}
	f := model.Finding{Severity: model.Warning, File: r.res.File, Value: q.show(v), Asset: c.Asset.ID, Column: q.name,
		Message: fmt.Sprintf("%s of %s is %s, %s the middle of %d buildings of the use %s (%s)", q.name, c.Asset.Name, q.show(v), much, n, c.Asset.Use, q.show(middle)),
		Remedy:  "Check the figure and the floor area."}
	if why := cause(times, strings.HasPrefix(q.unit, "kWh")); why != "" {
		f.Remedy = "Check the figure and the floor area: " + why + "."
	}
	if len(c.Rows) > 0 {
		f.Row = c.Rows[0]
	}
	if i := strings.LastIndex(source, ", column "); i >= 0 {
		f.Column = source[i+len(", column "):]
	}
	const most = 100
	if r.stood++; r.stood <= most {
		r.res.Findings = append(r.res.Findings, f)
	} else if r.stood == most+1 {
		r.res.Findings = append(r.res.Findings, model.Finding{Severity: model.Note, File: r.res.File, Message: fmt.Sprintf("more than %d figures stand out from those of other buildings; only the first are shown", most)})
	}
}
