package importers

import (
	"fmt"

	"github.com/paulmach/orb"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/gaps"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// finish joins what was read: points and boundaries with the same code, assets with the areas they stand in; it makes sure of an
// owner for every asset and counts what is on the map.
func (r *run) finish() {
	r.owners()
	areas := r.areas()
	for i := range r.res.Changes.Population {
		p := &r.res.Changes.Population[i]
		if p.Point.Placed != "" {
			continue
		}
		if a, ok := areas.byCode[p.Point.Code]; ok {
			if at, ok := geo.Centroid(a.shape); ok {
				p.Point.Location, p.Point.Placed = model.LatLon(at), model.PlaceGeometry
				if p.Status == Unchanged {
					p.Status = Updated
				}
			}
		}
	}
	r.placePoints(areas)
	for i := range r.res.Changes.Assets {
		a := &r.res.Changes.Assets[i].Asset
		if !a.Located() || !exactPlace(a) {
			continue
		}
		at := geo.LatLon(a.Location)
		if a.Area == "" {
			a.Area = areas.at("lsoa", at)
		}
		if a.Ward == "" {
			a.Ward = areas.at("ward", at)
		}
	}
	quality := make(chan gaps.Quality, 1)
	go func() { // meanwhile; both only look
		q := gaps.NewTally()
		for i := range r.res.Changes.Assets {
			q.Add(&r.res.Changes.Assets[i].Asset)
		}
		quality <- q.Quality()
	}()
	r.outliers()
	r.res.Quality = <-quality
	c := &r.res.Counts
	c.By = map[model.PlaceMethod]int{}
	for i := range r.res.Changes.Assets {
		c.Things++
		if a := &r.res.Changes.Assets[i].Asset; a.Located() {
			c.Located++
			c.By[a.Placed]++
		}
	}
	for i := range r.res.Changes.Population {
		c.Things++
		if p := &r.res.Changes.Population[i].Point; p.Placed != "" {
			c.Located++
			c.By[p.Placed]++
		}
	}
	if n := len(r.res.Changes.Boundaries); n > 0 {
		c.Things += n
		c.Located += n
		c.By[model.PlaceGeometry] += n
	}
	if !c.Adds() {
		r.res.Findings = append(r.res.Findings, model.Finding{Severity: model.Problem, File: r.res.File,
			Message: fmt.Sprintf("the counts do not add up: %d rows, %d new, %d updated, %d unchanged, %d merged, %d rejected", c.Rows, c.Imported, c.Updated, c.Unchanged, c.Merged, c.Rejected),
			Remedy:  "Please report this as a fault of Flagstone."})
	}
}

// The body that owns what nobody claims.
const (
	ownerNotStated                      = "Owner not stated"
	noOwner        model.OrganisationID = "owner-not-stated"
)

// owners gives the assets and services without an owner one that says so.
func (r *run) owners() {
	n := 0
	var id model.OrganisationID
	need := func(o *model.OrganisationID) {
		if *o != "" {
			return
		}
		if id == "" {
			id = r.organisation(ownerNotStated)
		}
		*o = id
		n++
	}
	for i := range r.res.Changes.Assets {
		need(&r.res.Changes.Assets[i].Asset.Organisation)
	}
	for i := range r.res.Changes.Services {
		need(&r.res.Changes.Services[i].Service.Organisation)
	}
	if n > 0 {
		r.res.Findings = append(r.res.Findings, model.Finding{Severity: model.Warning, File: r.res.File,
			Message: fmt.Sprintf("%d rows do not say whose they are", n), Remedy: "Name the organisation when importing, or map a column to it."})
	}
}

type area struct {
	code  string
	name  string
	shape orb.MultiPolygon
	bound orb.Bound
}

type areaIndex struct {
	byCode map[string]area
	layers map[string][]area
}

// areas gathers the boundaries that are there and those just read.
func (r *run) areas() *areaIndex {
	x := &areaIndex{byCode: map[string]area{}, layers: map[string][]area{}}
	add := func(b *model.Boundary) {
		polys := make([][][]geo.LatLon, len(b.Polygons))
		for i, p := range b.Polygons {
			polys[i] = make([][]geo.LatLon, len(p))
			for j, ring := range p {
				line := make([]geo.LatLon, len(ring))
				for k, at := range ring {
					line[k] = geo.LatLon(at)
				}
				polys[i][j] = line
			}
		}
		m := geo.Rings(polys)
		if len(m) == 0 {
			return
		}
		a := area{code: b.Code, name: b.Name, shape: m, bound: m.Bound()}
		if _, ok := x.byCode[b.Code]; !ok {
			x.byCode[b.Code] = a
		}
		x.layers[b.Layer] = append(x.layers[b.Layer], a)
	}
	for i := range r.res.Changes.Boundaries {
		add(&r.res.Changes.Boundaries[i].Boundary)
	}
	if r.opt.Existing != nil && (len(r.res.Changes.Assets) > 0 || len(r.res.Changes.Population) > 0) {
		for i := range r.opt.Existing.Boundaries {
			add(&r.opt.Existing.Boundaries[i])
		}
	}
	return x
}

// at names the area of a layer in which a place lies: its code for small areas, its name for wards.
func (x *areaIndex) at(layer string, p geo.LatLon) string {
	for _, a := range x.layers[layer] {
		if a.bound.Contains(p.Point()) && geo.Contains(a.shape, p) {
			if layer == "ward" {
				return a.name
			}
			return a.code
		}
	}
	return ""
}

// placePoints puts population points that are there already on the map, when their boundary has just been read.
func (r *run) placePoints(areas *areaIndex) {
	if r.opt.Existing == nil || len(r.res.Changes.Boundaries) == 0 {
		return
	}
	changed := map[string]bool{}
	for i := range r.res.Changes.Population {
		changed[r.res.Changes.Population[i].Point.Code] = true
	}
	for i := range r.opt.Existing.Population {
		p := r.opt.Existing.Population[i]
		a, ok := areas.byCode[p.Code]
		if p.Placed != "" || changed[p.Code] || !ok {
			continue
		}
		if at, ok := geo.Centroid(a.shape); ok {
			p.Location, p.Placed = model.LatLon(at), model.PlaceGeometry
			r.res.Changes.Population = append(r.res.Changes.Population, PointChange{Status: Updated, Point: p, Table: -1})
		}
	}
}
