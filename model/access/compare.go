package access

import (
	"math"
	"sort"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Limit is the travel time, in minutes, within which a service counts as within
// reach.
const Limit = 20.0

// Everyone is the name under which all residents are counted.
const Everyone = "all residents"

// Count is how many people of one group are within reach, before and after.
type Count struct {
	Group         string
	People        float64
	Before, After float64
}

// Loss is a small area whose residents take longer than before.
type Loss struct {
	Area    string
	Name    string
	People  float64
	Minutes float64 // more than before, by the mode compared
}

// Change is what a plan does to the reach of one kind of public service by one
// mode of travel.
type Change struct {
	Service      string // kind of service, as residents call it
	Mode         string
	Minutes      float64 // within which Counts counts
	SitesBefore  int
	SitesAfter   int
	MeanBefore   float64 // minutes, weighted by residents
	MeanAfter    float64
	Counts       []Count // Everyone first, then the groups in alphabetical order
	Worse        []Loss  // most people first
	PeopleWorse  float64
	PeopleBetter float64
	Unreachable  bool // no site is left
	Guessed      int  // ways between an area and a site that the travel-time matrix lacks, taken in a straight line by the mode
}

// Query is what a comparison of access asks.
type Query struct {
	Year    int
	Mode    Mode    // on foot when empty
	Minutes float64 // within which a service counts as within reach; Limit when 0
	Matrix  *Matrix // the user's own travel times; nil for straight lines by the mode
}

// Compare measures every kind of public service in a year under two plans,
// within Limit by a mode. It needs population points and located buildings; what
// is not located is left out, and Sites tells how many were counted.
func Compare(p *model.Project, before, after *action.Plan, year int, mode Mode) []Change {
	return Measure(p, before, after, Query{Year: year, Mode: mode})
}

// Measure is Compare for any number of minutes and over a travel-time matrix.
// Ways that the matrix lacks are taken in a straight line by the mode, and
// counted.
func Measure(p *model.Project, before, after *action.Plan, q Query) []Change {
	if q.Minutes == 0 {
		q.Minutes = Limit
	}
	if q.Mode.KmH == 0 {
		q.Mode = Walk
	}
	m := q.Matrix
	places, people := demand(p)
	if len(places) == 0 {
		return nil
	}
	was, is := sites(p, before, q.Year), sites(p, after, q.Year)
	var kinds []string
	for k := range was {
		kinds = append(kinds, k)
	}
	sort.Strings(kinds)
	out := make([]Change, 0, len(kinds))
	for _, k := range kinds {
		if len(was[k]) == 0 {
			continue
		}
		mb, nb := m.minutes(places, people, was[k], q.Mode)
		ma, na := m.minutes(places, people, is[k], q.Mode)
		c := change(people, k, q, mb, ma, len(was[k]), len(is[k]))
		c.Guessed = nb + na
		if m != nil {
			c.Mode = m.Name
		}
		out = append(out, c)
	}
	return out
}

// Reach measures one kind of service in a year under one plan: the share of
// residents within Limit by the mode.
func Reach(p *model.Project, plan *action.Plan, year int, kind string, mode Mode) (share float64, ok bool) {
	places, people := demand(p)
	var straight *Matrix
	m, _ := straight.minutes(places, people, sites(p, plan, year)[kind], mode)
	all, in := 0.0, 0.0
	for i, pt := range people {
		all += pt.People
		if m[i] <= Limit {
			in += pt.People
		}
	}
	if all == 0 {
		return 0, false
	}
	return in / all, true
}

func demand(p *model.Project) ([]model.LatLon, []*model.PopulationPoint) {
	var places []model.LatLon
	var points []*model.PopulationPoint
	for i := range p.Population {
		if pt := &p.Population[i]; pt.Placed != model.PlaceUnknown && pt.People > 0 {
			places = append(places, pt.Location)
			points = append(points, pt)
		}
	}
	return places, points
}

// place is a building that can be visited.
type place struct {
	asset model.AssetID
	at    model.LatLon
}

// sites finds where each kind of public service can be visited in a year.
func sites(p *model.Project, plan *action.Plan, year int) map[string][]place {
	kind := map[model.ServiceID]string{}
	for i := range p.Services {
		if s := &p.Services[i]; s.Public {
			kind[s.ID] = s.Kind
		}
	}
	where := map[model.AssetID]model.LatLon{}
	for i := range p.Assets {
		if a := &p.Assets[i]; a.Located() {
			where[a.ID] = a.Location
		}
	}
	seen := map[string]map[model.AssetID]bool{}
	out := map[string][]place{}
	for i := range plan.Streams {
		s := &plan.Streams[i]
		if s.Ledger != ledger.Space || s.Category != ledger.CatPeople || s.First > year || s.Last < year {
			continue
		}
		k, public := kind[s.Service]
		at, located := where[s.Asset]
		if !public || !located || seen[k][s.Asset] {
			continue
		}
		if seen[k] == nil {
			seen[k] = map[model.AssetID]bool{}
		}
		seen[k][s.Asset] = true
		out[k] = append(out[k], place{s.Asset, at})
	}
	return out
}

// change counts over minutes by place; +Inf where there is no site.
func change(people []*model.PopulationPoint, kind string, q Query, before, after []float64, nb, na int) Change {
	c := Change{Service: kind, Mode: q.Mode.Name, Minutes: q.Minutes, SitesBefore: nb, SitesAfter: na, Unreachable: na == 0}
	groups := map[string]*Count{Everyone: {Group: Everyone}}
	all, sumB, sumA := 0.0, 0.0, 0.0
	for i, pt := range people {
		b, a := before[i], after[i]
		count := func(name string, n float64) {
			g := groups[name]
			if g == nil {
				g = &Count{Group: name}
				groups[name] = g
			}
			g.People += n
			if b <= q.Minutes {
				g.Before += n
			}
			if a <= q.Minutes {
				g.After += n
			}
		}
		count(Everyone, pt.People)
		for name, n := range pt.Groups {
			count(name, n)
		}
		all += pt.People
		sumB += b * pt.People
		if na > 0 {
			sumA += a * pt.People
		}
		switch {
		case a > b+0.5:
			c.PeopleWorse += pt.People
			c.Worse = append(c.Worse, Loss{Area: pt.Code, Name: pt.Name, People: pt.People, Minutes: a - b})
		case a < b-0.5:
			c.PeopleBetter += pt.People
		}
	}
	c.MeanBefore, c.MeanAfter = sumB/all, sumA/all
	if na == 0 {
		c.MeanAfter = 0
		for i := range c.Worse {
			c.Worse[i].Minutes = 0 // no time can be given where nothing is left
		}
	}
	for name := range groups {
		if name != Everyone {
			c.Counts = append(c.Counts, *groups[name])
		}
	}
	sort.Slice(c.Counts, func(i, j int) bool { return c.Counts[i].Group < c.Counts[j].Group })
	c.Counts = append([]Count{*groups[Everyone]}, c.Counts...)
	sort.SliceStable(c.Worse, func(i, j int) bool {
		wi, wj := c.Worse[i], c.Worse[j]
		if d := wi.People*wi.Minutes - wj.People*wj.Minutes; math.Abs(d) > 1e-9 {
			return d > 0
		}
		return wi.Area < wj.Area
	})
	return c
}
