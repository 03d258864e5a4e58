package demo

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
)

const fire model.OrganisationID = "greater-manchester-fire-and-rescue-service"

// sameSite is how near, in metres, two blocks must stand to be one fire station.
const sameSite = 150

// fireStations joins the blocks of one station, which the map data gives one by
// one and without names, and names each station after its ward.
func fireStations(p *model.Project) {
	var kept []model.Asset
	var stations []int
	for _, a := range p.Assets {
		if a.Organisation != fire {
			kept = append(kept, a)
			continue
		}
		joined := false
		for _, k := range stations {
			if geo.Distance(geo.LatLon(kept[k].Location), geo.LatLon(a.Location)) < sameSite {
				joined = true
				p.Findings = append(p.Findings, model.Finding{Severity: model.Note, File: "fire_stations.geojson", Asset: kept[k].ID, Value: a.Reference,
					Message: "another block of the same fire station was joined to it"})
			}
		}
		if joined {
			continue
		}
		if ward := wardOf(p, a.Location); ward != "" {
			a.Name = fmt.Sprintf("Fire station, %s", ward)
		} else {
			a.Name = fmt.Sprintf("Fire station %d", len(stations)+1)
		}
		stations = append(stations, len(kept))
		kept = append(kept, a)
	}
	p.Assets = kept
}

// wards fills in the ward and small area that each asset stands in.
func wards(p *model.Project) {
	for i := range p.Assets {
		a := &p.Assets[i]
		if !a.Located() {
			continue
		}
		a.Ward = wardOf(p, a.Location)
		if b := within(p, a.Location, func(b *model.Boundary) bool { return b.Layer == "lsoa" }); b != nil {
			a.Area = b.Code
		}
	}
}

func wardOf(p *model.Project, at model.LatLon) string {
	if b := within(p, at, func(b *model.Boundary) bool { return b.Layer == "electoral_ward" || b.Layer == "ward" }); b != nil {
		return b.Name
	}
	return ""
}

func within(p *model.Project, at model.LatLon, of func(*model.Boundary) bool) *model.Boundary {
	for i := range p.Boundaries {
		b := &p.Boundaries[i]
		if of(b) && geo.Contains(geo.Rings(rings(b)), geo.LatLon(at)) {
			return b
		}
	}
	return nil
}

func rings(b *model.Boundary) [][][]geo.LatLon {
	out := make([][][]geo.LatLon, len(b.Polygons))
	for i, p := range b.Polygons {
		out[i] = make([][]geo.LatLon, len(p))
		for j, r := range p {
			out[i][j] = make([]geo.LatLon, len(r))
			for k, v := range r {
				out[i][j][k] = geo.LatLon(v)
			}
		}
	}
	return out
}
