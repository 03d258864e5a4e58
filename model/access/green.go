package access

import (
	"math"
	"sort"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
)

// NearGreen is the straight-line distance in metres within which green space
// counts as near: the standard of accessible natural greenspace.
const NearGreen = 300.0

// Green is one type of green space before and after a plan.
type Green struct {
	Use             model.Use
	Sites           int // that the place has, before
	Made, Lost      int
	Hectares        float64 // before; of the sites whose land area is known
	HectaresAfter   float64
	Unmeasured      int // sites without a land area, before
	UnmeasuredAfter int
}

// Greens is what a plan does to green space and who has some near. Residents are
// counted where their area's point lies, so the shares are for comparing plans:
// people at the near edge of a large area are not told from those at its far one.
type Greens struct {
	Year         int
	ByUse        []Green
	People       float64
	Near         float64 // people with green space within NearGreen, before
	NearAfter    float64
	GroupsBefore map[string]float64
	GroupsAfter  map[string]float64
}

// Open reports whether an asset of a use is green space that people can go to.
func Open(u model.Use) bool {
	switch u {
	case model.UsePark, model.UseGreenSpace, model.UseAllotment, model.UseCemetery:
		return true
	}
	return false
}

type green struct {
	use    model.Use
	at     model.LatLon
	radius float64 // of a circle as large as the site
	placed bool
}

// GreenSpace compares green space in a year under two plans. A site that is sold
// is lost as green space; one transferred to a community body stays one.
func GreenSpace(p *model.Project, before, after *action.Plan, year int) Greens {
	was, is := greens(p, before, year), greens(p, after, year)
	out := Greens{Year: year, GroupsBefore: map[string]float64{}, GroupsAfter: map[string]float64{}}
	by := map[model.Use]*Green{}
	of := func(u model.Use) *Green {
		if by[u] == nil {
			by[u] = &Green{Use: u}
		}
		return by[u]
	}
	for i := range p.Assets { // in the project's order, so that sums are the same every time
		id := p.Assets[i].ID
		w, had := was[id]
		n, has := is[id]
		if had {
			t := of(w.use)
			t.Sites++
			t.Hectares += hectares(w)
			if w.radius == 0 {
				t.Unmeasured++
			}
			if !has {
				t.Lost++
			}
		}
		if has {
			t := of(n.use)
			t.HectaresAfter += hectares(n)
			if n.radius == 0 {
				t.UnmeasuredAfter++
			}
			if !had {
				t.Made++
			}
		}
	}
	for _, t := range by {
		out.ByUse = append(out.ByUse, *t)
	}
	sort.Slice(out.ByUse, func(i, j int) bool { return out.ByUse[i].Use < out.ByUse[j].Use })
	_, people := demand(p)
	for _, pt := range people {
		out.People += pt.People
		if near(pt.Location, was) {
			out.Near += pt.People
			for k, n := range pt.Groups {
				out.GroupsBefore[k] += n
			}
		}
		if near(pt.Location, is) {
			out.NearAfter += pt.People
			for k, n := range pt.Groups {
				out.GroupsAfter[k] += n
			}
		}
	}
	return out
}

func hectares(g green) float64 { return math.Pi * g.radius * g.radius / 10000 }

// near says whether a site's edge is within reach: its point less the radius of
// a circle of its size.
func near(at model.LatLon, sites map[model.AssetID]green) bool {
	for _, g := range sites {
		if g.placed && metres(at, g.at) <= NearGreen+g.radius {
			return true
		}
	}
	return false
}

// greens lists the green space of a year by asset.
func greens(p *model.Project, plan *action.Plan, year int) map[model.AssetID]green {
	lost := map[model.AssetID]bool{}
	for _, c := range plan.Closures {
		if c.Gone <= year && c.Route == model.Sell || c.Closed <= year && (c.Route == model.Repurpose || c.Route == model.Develop) {
			lost[c.Asset] = true
		}
	}
	out := map[model.AssetID]green{}
	for i := range p.Assets {
		if a := &p.Assets[i]; Open(a.Use) && !lost[a.ID] {
			out[a.ID] = green{a.Use, a.Location, radius(a.LandArea.Value), a.Located()}
		}
	}
	for _, o := range plan.Outcomes {
		if a := p.Asset(o.Asset); o.Kind == action.GreenSpace && o.Year <= year && a != nil {
			out[a.ID] = green{model.UseGreenSpace, a.Location, radius(o.Quantity), a.Located()}
		}
	}
	return out
}

func radius(hectares float64) float64 { return math.Sqrt(max(hectares, 0) * 10000 / math.Pi) }
