package gaps

import (
	"fmt"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/reference"
)

// peers are the buildings that others are filled from: in use, of a known use, run by their owner, with a floor area that is measured or
// stated.
type peers struct {
	by    map[model.Use][]*model.Asset
	kin   map[model.Use][]model.Use // uses with the same energy benchmark, itself among them
	rates map[rateKey]*rate         // worked out already
}

// rateKey names what is worked out: a figure, and for costs which others are stated with it.
type rateKey struct {
	use   model.Use
	what  string
	field Field
	with  uint
	alone bool // like uses do not stand in
}

func newPeers(p *model.Project, set *reference.Set) *peers {
	x := &peers{by: map[model.Use][]*model.Asset{}, kin: map[model.Use][]model.Use{}, rates: map[rateKey]*rate{}}
	category := map[string][]model.Use{}
	for _, u := range model.Uses {
		if c, _, _ := set.TM46For(u); c != "" && u != model.UseOther {
			category[c] = append(category[c], u)
		}
	}
	for _, list := range category {
		for _, u := range list {
			x.kin[u] = list
		}
	}
	for i := range p.Assets {
		a := &p.Assets[i]
		if usable(a) && a.Use != "" && a.Use != model.UseOther && a.Use.Built() {
			x.by[a.Use] = append(x.by[a.Use], a)
		}
	}
	return x
}

func usable(a *model.Asset) bool {
	return firm(a.FloorArea) && a.FloorArea.Value > 0 && !a.SaidEmpty() && !a.Tenure.LetOut
}

// rate is the middle of what peers state, and who they are.
type rate struct {
	value, low, high float64 // median and quartiles
	peers            []*model.Asset
	ids              []model.AssetID // of the peers; shared by all that is made of the rate
	of               string          // "library buildings"
	said             string          // what says returned
	fuel             model.Fuel      // that most of the peers heat with; found when first asked for
}

// find takes the rate of the buildings of a use for which value is ok, and of like uses where those are too few; the answer
// says whether enough were found. What was worked out is kept under the key.
func (x *peers) find(key rateKey, value func(*model.Asset) (float64, bool)) (*rate, bool) {
	use := key.use
	if use == "" || use == model.UseOther {
		return &rate{}, false
	}
	r, ok := x.rates[key]
	if !ok {
		r = x.work([]model.Use{use}, value)
		if kin := x.kin[use]; !key.alone && len(r.peers) < leastPeers && len(kin) > 1 {
			r = x.work(kin, value)
		}
		x.rates[key] = r
	}
	return r, len(r.peers) >= leastPeers
}

func (x *peers) work(uses []model.Use, value func(*model.Asset) (float64, bool)) *rate {
	out := &rate{}
	var names []string
	var all []float64
	for _, u := range uses {
		before := len(all)
		for _, a := range x.by[u] {
			if v, ok := value(a); ok {
				all = append(all, v)
				out.peers, out.ids = append(out.peers, a), append(out.ids, a.ID)
			}
		}
		if len(all) > before {
			names = append(names, string(u))
		}
	}
	if len(all) == 0 {
		return out
	}
	out.of = strings.Join(names, " or ") + " buildings"
	sort.Float64s(all)
	out.value, out.low, out.high = quantile(all, 0.5), quantile(all, 0.25), quantile(all, 0.75)
	return out
}

// quantile interpolates between the two nearest of sorted values.
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

// says writes the rule: "the median of 7 library buildings of this project that state it (A, B, C and 4 more), 187 kWh/m², quartiles 150 and 210".
func (r *rate) says(unit string) string {
	if r.said != "" {
		return r.said // a rate has one unit
	}
	var names []string
	for _, a := range r.peers[:min(3, len(r.peers))] {
		names = append(names, a.Name)
	}
	who := strings.Join(names, ", ")
	if n := len(r.peers) - len(names); n > 0 {
		who += fmt.Sprintf(" and %d more", n)
	}
	r.said = fmt.Sprintf("the median of %d %s of this project that measure or state it (%s), %s %s, quartiles %s and %s",
		len(r.peers), r.of, who, number(r.value), unit, number(r.low), number(r.high))
	return r.said
}

// few is the reason why peers were not enough.
func few(use model.Use, what string) string {
	if use == "" || use == model.UseOther {
		return "the use of the building is not known, so that none is like it"
	}
	return fmt.Sprintf("fewer than %d buildings of the use %s measure or state %s and their floor area", leastPeers, use, what)
}

// perArea is a firm figure a m².
func perArea(f Field) func(*model.Asset) (float64, bool) {
	return func(a *model.Asset) (float64, bool) {
		g := f.Of(a)
		return g.Value / a.FloorArea.Value, firm(g) && g.Value > 0
	}
}
