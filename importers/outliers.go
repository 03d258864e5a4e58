package importers

import (
	"fmt"
	"math"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/numerals"
)

// leastPeers is how many buildings of one use it takes to say that another stands out.
const leastPeers = 8

// standOut is how many times above or below the middle of its peers a figure must lie to be spoken of.
const standOut = 6.0

// rate is a figure of a building by its size, and what it is called.
type rate struct {
	name string
	unit string
	fuel model.Fuel // what is counted: a fuel, else a cost, else the backlog
	cost model.Cost
}

// figure is what the rate counts.
func (q *rate) figure(a *model.Asset) model.Figure {
	switch {
	case q.fuel != "":
		return a.Energy.Get(q.fuel)
	case q.cost != "":
		return a.Costs.Get(q.cost)
	}
	return a.Backlog
}

// show writes a rate with its unit: "£1.41 a m²", "265 kWh a m²".
func (q rate) show(v float64) string {
	n := fmt.Sprintf("%.3g", v)
	if v >= 100 {
		n = numerals.Number(v, 0)
	}
	if after, ok := strings.CutPrefix(q.unit, "£"); ok {
		return "£" + n + after
	}
	return n + " " + q.unit
}

func rates() []rate {
	out := []rate{}
	for _, k := range fuelFields {
		out = append(out, rate{name: string(k.fuel), unit: "kWh a m²", fuel: k.fuel})
	}
	for _, k := range costFields {
		out = append(out, rate{name: string(k.cost), unit: "£ a m²", cost: k.cost})
	}
	return append(out, rate{name: "backlog", unit: "£ a m²"})
}

// perArea fills in the rates of an asset by its floor area; 0 where it has none that is evidence.
func perArea(list []rate, a *model.Asset, out []float64) {
	if a.FloorArea.Value <= 0 || !a.FloorArea.Known() || a.FloorArea.Grade.Modelled() {
		return
	}
	fuels, costs := len(a.Energy), len(a.Costs)
	for i := range list {
		q := &list[i]
		if q.fuel != "" && fuels == 0 || q.cost != "" && costs == 0 {
			continue // all it has were met
		}
		x := q.figure(a)
		if !x.Known() {
			continue
		}
		switch {
		case q.fuel != "":
			fuels--
		case q.cost != "":
			costs--
		}
		if x.Value > 0 && !x.Grade.Modelled() {
			out[i] = x.Value / a.FloorArea.Value
		}
	}
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
	list := rates()
	values := make([]float64, len(peers)*len(list)) // those of one asset side by side
	sideBySide(len(peers), func(from, to int) {
		for i := from; i < to; i++ {
			perArea(list, peers[i], values[i*len(list):(i+1)*len(list)])
		}
	})
	usual := make([]map[model.Use]spread, len(list))
	sideBySide(len(list), func(from, to int) {
		for k := from; k < to; k++ {
			usual[k] = spreads(peers, values, k, len(list))
		}
	})
	for k := range list {
		if len(usual[k]) == 0 {
			continue
		}
		for i := range r.res.Changes.Assets {
			c, v := &r.res.Changes.Assets[i], values[(new+i)*len(list)+k]
			if v == 0 {
				continue
			}
			u, ok := usual[k][c.Asset.Use]
			if !ok || v < u.middle*standOut && v > u.middle/standOut {
				continue
			}
			if off := math.Abs(math.Log(v / u.middle)); off >= math.Log(standOut) && off >= 1.5*u.quartiles {
				r.stands(c, list[k], v, u.middle, u.n, list[k].figure(&c.Asset).Source)
			}
		}
	}
}

// spreads finds how a rate lies in each use that has enough peers.
func spreads(peers []*model.Asset, values []float64, rate, rates int) map[model.Use]spread {
	by := map[model.Use]*[]float64{}
	var use model.Use
	var now *[]float64
	for i, a := range peers {
		v := values[i*rates+rate]
		if v == 0 {
			continue
		}
		if now == nil || a.Use != use {
			if use, now = a.Use, by[a.Use]; now == nil {
				now = &[]float64{}
				by[use] = now
			}
		}
		*now = append(*now, v)
	}
	out := map[model.Use]spread{}
	for use, l := range by {
		list := *l
		if use == model.UseOther || len(list) < leastPeers {
			continue
		}
		n := len(list)
		low, middle, high := n/4, n*2/4, n*3/4
		u := spread{middle: nth(list, middle), n: n}
		first, third := nth(list[:middle+1], low), nth(list[middle:], high-middle)
		u.quartiles = math.Log(third) - math.Log(first)
		out[use] = u
	}
	return out
}

// spread is how the rates of one use lie.
type spread struct {
	middle    float64
	quartiles float64 // between the quartiles, in logarithms
	n         int
}

func (r *run) stands(c *AssetChange, q rate, v, middle float64, n int, source string) {
	times := v / middle
	much := numerals.Number(times, 0) + " times"
	if times < 1 {
		much = fmt.Sprintf("%.2g%% of", 100*times)
	}
	f := model.Finding{Severity: model.Warning, File: r.res.File, Value: q.show(v), Asset: c.Asset.ID, Column: q.name,
		Message: fmt.Sprintf("%s of %s is %s, %s the median of %d buildings of the use %s (%s)", q.name, c.Asset.Name, q.show(v), much, n, c.Asset.Use, q.show(middle)),
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
