// Package apptest holds a made-up place and a workspace that keeps it in
// memory, for tests of the window. It does no work that a view may not do: its
// results are given, not computed.
package apptest

import (
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
)

// Project makes a place with n assets. The same n gives the same place.
func Project(n int) *model.Project {
	p := &model.Project{
		Name: "Testford", BaseYear: 2026, Horizon: 30, PriceBase: 2025, ParameterSet: "greenbook-2026-02", Currency: "GBP",
		ModelledNote: "Running costs and energy are modelled from benchmarks.",
		Organisations: []model.Organisation{
			{ID: "council", Name: "Testford Council", Kind: "council", Public: true},
			{ID: "nhs", Name: "Testford Health NHS Foundation Trust", Kind: "NHS", Public: true},
			{ID: "fire", Name: "County Fire and Rescue", Kind: "fire", Public: true},
			{ID: "dwp", Name: "Department for Work and Pensions", Kind: "government", Public: true},
		},
	}
	uses := []model.Use{model.UseOffice, model.UseLibrary, model.UseClinic, model.UseCommunity, model.UsePark, model.UseDepot, model.UseSchool, model.UseCarPark}
	orgs := []model.OrganisationID{"council", "council", "council", "nhs", "fire", "dwp"}
	for i := range n {
		a := model.Asset{
			ID: model.AssetID(fmt.Sprintf("a%d", i+1)), Organisation: orgs[i%len(orgs)], Reference: fmt.Sprintf("TF/%05d", i+1),
			Name: fmt.Sprintf("Building %d", i+1), Address: fmt.Sprintf("%d High Street, Testford", i+1), Postcode: fmt.Sprintf("TF%d %dAB", i%20+1, i%9+1),
			Use: uses[i%len(uses)], Holding: "buildings", Tenure: model.Tenure{Kind: model.Freehold, Detail: "owner occupied"},
			UPRN: fmt.Sprintf("10001%07d", i),
		}
		if i%7 != 6 {
			r, th := math.Sqrt(float64(i+1)/float64(n)), float64(i)*2.399963
			a.Location = model.LatLon{Lat: 53.42 + 0.06*r*math.Sin(th), Lon: -2.33 + 0.1*r*math.Cos(th)}
			a.Placed = model.PlaceUnit
		}
		if i%5 != 4 {
			a.FloorArea = model.Figure{Value: float64(120 + (i*7919)%9000), Grade: model.Stated, Source: "register.csv, row " + fmt.Sprint(i+2)}
			a.Costs = model.FiguresOf(map[model.Cost]model.Figure{
				model.CostMaintenance: {Value: float64(2000 + (i*104729)%60000), Grade: model.Benchmark, Source: "£/m² benchmark"},
				model.CostCleaning:    {Value: float64(900 + (i*1299709)%20000), Grade: model.Benchmark, Source: "£/m² benchmark"},
			})
			a.Energy = model.FiguresOf(map[model.Fuel]model.Figure{
				model.Electricity: {Value: float64(9000 + (i*31)%90000), Grade: model.Estimated, Source: "kWh/m² benchmark"},
				model.Gas:         {Value: float64(12000 + (i*37)%150000), Grade: model.Estimated, Source: "kWh/m² benchmark"},
			})
		}
		if i%6 == 3 {
			a.Tenure = model.Tenure{Kind: model.Leasehold, Landlord: "Acme Estates", Break: "2029-03-25", Expiry: "2034-03-24"}
		}
		p.Assets = append(p.Assets, a)
	}
	for i := range min(n, 12) {
		id := model.ServiceID(fmt.Sprintf("s%d", i+1))
		p.Services = append(p.Services, model.Service{ID: id, Organisation: "council", Name: fmt.Sprintf("Team %d", i+1), Kind: "office team",
			FTE: model.Figure{Value: float64(4 + i*3), Grade: model.Estimated, Source: "benchmark"}, Sessions: model.OfficeHours})
		p.Occupations = append(p.Occupations, model.Occupation{Service: id, Asset: p.Assets[i].ID, Share: 1,
			Area: model.Figure{Value: float64(60 + 10*i), Grade: model.Estimated}, Desks: model.Figure{Value: float64(3 + 2*i), Grade: model.Estimated}, Sessions: model.OfficeHours})
	}
	for gx := range 6 {
		for gy := range 6 {
			w, s := -2.44+0.036*float64(gx), 53.36+0.02*float64(gy)
			c := model.LatLon{Lat: s + 0.01, Lon: w + 0.018}
			code := fmt.Sprintf("E0100%d%d", gx, gy)
			p.Boundaries = append(p.Boundaries, model.Boundary{Code: code, Name: "Area " + code, Layer: "lsoa", Polygons: [][][]model.LatLon{{{
				{Lat: s, Lon: w}, {Lat: s, Lon: w + 0.036}, {Lat: s + 0.02, Lon: w + 0.036}, {Lat: s + 0.02, Lon: w}, {Lat: s, Lon: w},
			}}}})
			p.Population = append(p.Population, model.PopulationPoint{Code: code, Name: "Area " + code, Location: c, Placed: model.PlaceGeometry,
				People: 1500, Groups: map[string]float64{"aged 65 and over": 260}, Source: "census"})
		}
	}
	p.Scenarios = []model.Scenario{
		{ID: "bau", Name: "Business as usual", Kind: model.BusinessAsUsual, Description: "Everything stays; backlog grows."},
		{ID: "min", Name: "Do minimum", Kind: model.DoMinimum, Description: "Clear the worst backlog."},
		{ID: "hubs", Name: "Community hubs", Kind: model.Option, Description: "Services share three hubs.", Actions: []model.Action{
			{ID: "x1", Kind: model.CoLocate, Asset: "a1", Year: 2028, From: []model.AssetID{"a2", "a3"}, Reason: "Two libraries within a mile"},
			{ID: "x2", Kind: model.Sell, Asset: "a2", Year: 2029},
			{ID: "x3", Kind: model.Retrofit, Asset: "a1", Year: 2028, Measures: []string{"insulation", "heat pump"}},
		}},
	}
	p.Findings = []model.Finding{
		{Severity: model.Problem, File: "register.csv", Sheet: "register", Row: 14, Column: "PostCode", Value: "M33 ZZZ", Message: "This is not a postcode.", Remedy: "Correct it in the register and import again.", Asset: "a7"},
		{Severity: model.Warning, File: "register.csv", Sheet: "register", Row: 31, Column: "BuildingSize", Value: "", Message: "The floor area is missing.", Remedy: "Measure it or accept the modelled one.", Asset: "a5"},
	}
	return p
}
