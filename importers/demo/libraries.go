package demo

import (
	"fmt"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// How near, in metres, a library of the council's list must stand to a building
// of the register to be in it: a library's own building may be entered round the
// corner, a town hall is where its address says.
const (
	ownBuilding = 250
	underRoof   = 60
)

// libraryArea is the floor area in m² that a library takes in a building that is
// not its own.
const libraryArea = 250

// libraries puts a library service where the council's list of libraries has
// one, and nowhere else: the register also has buildings that are libraries by
// name only. A library whose building the register gives no floor area for is put
// into the building it stands in, or given a typical area of its own.
func libraries(p *model.Project) {
	run := func(a *model.Asset) bool { return strings.Contains(a.Detail, "run library") }
	used := map[model.AssetID]bool{}
	for i := range p.Assets {
		a := &p.Assets[i]
		if a.Use != model.UseLibrary || !run(a) || !a.Located() {
			continue
		}
		if a.SaidEmpty() {
			p.Findings = append(p.Findings, model.Finding{Severity: model.Warning, File: registerFile, Asset: a.ID,
				Message: a.Name + " is vacant in the register and open on the council's list of libraries: no library is modelled there",
				Remedy:  "Ask which of the two is right."})
			continue
		}
		at, area := a, a.FloorArea.Value*0.8
		if !a.FloorArea.Known() {
			if at, area = housing(p, a), libraryArea; at == nil {
				at, area = a, 0.8*a.FloorArea.Value
			} else if at.Use == model.UseLibrary {
				area = at.FloorArea.Value * 0.8
			}
		}
		if area <= 0 || used[at.ID] && at.Use == model.UseLibrary {
			continue
		}
		used[at.ID] = true
		t := typical[model.UseLibrary]
		seat(p, model.Service{Name: a.Name, Kind: t.kind, Public: true, Organisation: a.Organisation, Sessions: sessionsOf[model.UseLibrary],
			FTE: guess(area / t.m2FTE), Desks: guess(area / t.m2FTE * 0.5), Visits: guess(area * t.visits), Area: guess(area)}, at)
	}
	for i := range p.Assets {
		a := &p.Assets[i]
		if a.Use == model.UseLibrary && a.FloorArea.Value >= 150 && !used[a.ID] && runsItself(p, a) {
			p.Findings = append(p.Findings, model.Finding{Severity: model.Note, File: registerFile, Asset: a.ID,
				Message: a.Name + " is a library by name but not on the council's list of libraries: nobody is modelled there",
				Remedy:  "Say what it is used for."})
		}
	}
}

// roomless gives the libraries of the list that stand in no known building a
// typical floor area, before costs and energy are modelled.
func roomless(p *model.Project) {
	for i := range p.Assets {
		a := &p.Assets[i]
		if a.Use == model.UseLibrary && a.Located() && strings.Contains(a.Detail, "run library") && !a.FloorArea.Known() && !a.SaidEmpty() && housing(p, a) == nil {
			a.FloorArea = model.Figure{Value: typicalArea[model.UseLibrary], Grade: model.Placeholder,
				Source: fmt.Sprintf("modelled: typical size by use, %.0f m² (package importers/demo)", typicalArea[model.UseLibrary])}
		}
	}
}

// housing is the building with a known floor area that a library of the list is
// in: the nearest library building, or a civic building at the same address.
func housing(p *model.Project, l *model.Asset) *model.Asset {
	var best *model.Asset
	near := float64(ownBuilding)
	for i := range p.Assets {
		a := &p.Assets[i]
		if a.ID == l.ID || a.Organisation != Council || !a.Located() || !a.FloorArea.Known() {
			continue
		}
		d := geo.Distance(geo.LatLon(a.Location), geo.LatLon(l.Location))
		own := a.Use == model.UseLibrary && a.FloorArea.Value >= 150
		civic := a.Use == model.UseTownHall && d <= underRoof
		if (own || civic) && d <= near {
			best, near = a, d
		}
	}
	return best
}
