package access

import (
	"sort"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
)

// Way is the way from an area to a building in which residents visit services.
type Way struct {
	Area    *model.PopulationPoint
	Asset   *model.Asset
	Kinds   []string // kinds of service there, in order
	Metres  float64  // in a straight line
	Minutes float64  // by the mode asked for
}

// Ways lists the way from every area with residents to every building that
// holds a public service in a year under a plan: areas as the project has them,
// buildings by identifier. Kinds, when there are any, are the kinds of service
// looked at.
func Ways(p *model.Project, plan *action.Plan, year int, mode Mode, kinds ...string) []Way {
	wanted := map[string]bool{}
	for _, k := range kinds {
		wanted[k] = true
	}
	here := map[model.AssetID][]string{}
	for kind, places := range sites(p, plan, year) {
		if len(wanted) > 0 && !wanted[kind] {
			continue
		}
		for _, pl := range places {
			here[pl.asset] = append(here[pl.asset], kind)
		}
	}
	ids := make([]model.AssetID, 0, len(here))
	for id := range here {
		sort.Strings(here[id])
		ids = append(ids, id)
	}
	sort.Slice(ids, func(i, j int) bool { return ids[i] < ids[j] })
	places, people := demand(p)
	out := make([]Way, 0, len(places)*len(ids))
	for i, pt := range people {
		for _, id := range ids {
			a := p.Asset(id)
			d := metres(places[i], a.Location)
			out = append(out, Way{Area: pt, Asset: a, Kinds: here[id], Metres: d, Minutes: mode.Minutes(d)})
		}
	}
	return out
}
