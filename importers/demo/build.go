package demo

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"strings"

	"github.com/planting-the-flag/flagstone/assets"
	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/postcodes"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
	"github.com/planting-the-flag/flagstone/model/reference"
)

// Council is the organisation that the place belongs to.
const Council model.OrganisationID = "trafford-council"

// Identifiers that the importer gives to the partners named in sources.
const (
	practices  model.OrganisationID = "gp-practices"
	jobcentres model.OrganisationID = "department-for-work-and-pensions"
	probation  model.OrganisationID = "probation-service"
)

const registerFile = "land_and_buildings.csv"

// Attribution is what the licences of the shipped data ask for.
var Attribution = []string{
	"Contains public sector information licensed under the Open Government Licence v3.0.",
	"Contains OS data © Crown copyright and database right.",
	"Contains Royal Mail data © Royal Mail copyright and database right.",
	"Source: Office for National Statistics licensed under the Open Government Licence v3.0.",
	"Register of land and buildings: Trafford Council, September 2023. Estates returns: NHS England. Listed buildings: Historic England.",
}

// source is one published file: what it holds and whose premises they are.
type source struct {
	file  string
	kind  mapping.Group
	owner model.Organisation
	use   model.Use // of premises whose file does not say
	leave func(*model.Asset) bool
	name  string // how to name a premises whose file gives only a town; %s stands for that
}

var sources = []source{
	{file: registerFile, kind: mapping.Assets, owner: model.Organisation{ID: Council, Name: "Trafford Council", Kind: "council", Public: true}},
	{file: "nhs_estates_returns_trafford.csv", kind: mapping.Assets, owner: model.Organisation{Kind: "NHS", Public: true}, use: model.UseClinic},
	{file: "general_practices.csv", kind: mapping.Assets, owner: model.Organisation{Name: "GP practices", Kind: "NHS", Public: true}, use: model.UseClinic},
	{file: "jobcentre_plus.csv", kind: mapping.Assets, owner: model.Organisation{Name: "Department for Work and Pensions", Kind: "government", Public: true}, use: model.UseOffice, name: "Jobcentre Plus %s"},
	{file: "gm_probation_offices.csv", kind: mapping.Assets, owner: model.Organisation{Name: "Probation Service", Kind: "government", Public: true}, use: model.UseOffice,
		leave: func(a *model.Asset) bool { return a.Extra["area_name"] != "Trafford" }},
	{file: "fire_stations.geojson", kind: mapping.Assets, owner: model.Organisation{Name: "Greater Manchester Fire and Rescue Service", Kind: "fire", Public: true}, use: model.UseEmergency},
	{file: "trafford_community_hubs.csv", kind: mapping.Assets, owner: model.Organisation{Name: "Community hub partners", Kind: "charity"}, use: model.UseCommunity, name: "%s community hub"},
	{file: "childrens_centres.csv", kind: mapping.Assets, owner: model.Organisation{ID: Council, Name: "Trafford Council", Kind: "council", Public: true}, use: model.UseNursery},
	{file: "libraries.csv", kind: mapping.Assets, owner: model.Organisation{ID: Council, Name: "Trafford Council", Kind: "council", Public: true}, use: model.UseLibrary},
	{file: "lsoa.geojson", kind: mapping.Boundary},
	{file: "electoral_ward.geojson", kind: mapping.Boundary},
	{file: "local_authority_district.geojson", kind: mapping.Boundary},
	{file: "lsoa_population_mid2024.csv", kind: mapping.Population},
	{file: "lsoa_disability_2021.csv", kind: mapping.Population},
	{file: "lsoa_car_availability_2021.csv", kind: mapping.Population},
}

// Build makes the demonstration project. It is the same on every call.
func Build(ctx context.Context) (*model.Project, error) {
	set, err := reference.Load("greenbook-2026-02")
	if err != nil {
		return nil, err
	}
	p := &model.Project{Name: "Trafford (demonstration)", BaseYear: 2026, Horizon: 30, PriceBase: set.PriceBase, ParameterSet: set.ID,
		Currency: set.Currency, ModelledNote: Rule, Attribution: Attribution}
	if north, err := set.Assumption("works.location.north_west"); err == nil {
		p.Assumptions = append(p.Assumptions, model.Assumption{Key: "works.location", Value: north.Value, Grade: north.Grade, Source: north.Source,
			Confidence: north.Confidence, Reason: "the place is in the North West"})
	}
	gaz, err := postcodes.Gazetteer()
	if err != nil {
		return nil, err
	}
	for _, s := range sources {
		if err := read(ctx, p, s, gaz); err != nil {
			return nil, fmt.Errorf("demonstration data %s: %w", s.file, err)
		}
	}
	fireStations(p)
	wards(p)
	if err := listed(p); err != nil {
		return nil, err
	}
	modelled(p, set)
	if err := scenarios(p); err != nil {
		return nil, err
	}
	return p, nil
}

// modelled models what nobody publishes, asset by asset.
func modelled(p *model.Project, set *reference.Set) {
	as := map[string]model.Assumption{}
	for _, a := range set.Assumptions() {
		as[a.Key] = a
	}
	for i := range p.Assets {
		a := &p.Assets[i]
		if a.Organisation == Council && (a.Use == "" || a.Use == model.UseOther) { // the import could not tell
			a.Use = useOf(a)
		}
		if strings.HasPrefix(a.Name, "Sale Waterside (Sale TH") { // a town hall with a theatre in it
			a.Use = model.UseTownHall
		}
	}
	p.Findings = append(p.Findings, sharedAreas(p.Assets)...)
	roomless(p)
	for i := range p.Assets {
		a := &p.Assets[i]
		if a.Organisation != Council && !a.FloorArea.Known() {
			if m2 := typicalArea[a.Use]; m2 > 0 {
				a.FloorArea = model.Figure{Value: m2, Grade: model.Placeholder, Source: "modelled: typical size by use (package importers/demo)"}
			}
		}
		if a.Organisation != Council || operated(a) {
			figures(a, set, as)
		}
	}
	leases(p)
	teams(p)
}

// read imports one file as a user would and gives its premises an owner and a use.
func read(ctx context.Context, p *model.Project, s source, gaz *geo.Gazetteer) error {
	data, err := fs.ReadFile(assets.Demo, "demo/"+s.file)
	if err != nil {
		return err
	}
	tables, err := importers.OpenInput(ctx, table.Input{Name: s.file, R: bytes.NewReader(data), Size: int64(len(data))}, "")
	if err != nil {
		return err
	}
	r, err := importers.ReadTables(ctx, s.file, tables, importers.Options{Kind: s.kind, Organisation: s.owner.Name, Gazetteer: gaz, Existing: p})
	if err != nil {
		return err
	}
	known := map[model.OrganisationID]bool{}
	for _, o := range p.Organisations {
		known[o.ID] = true
	}
	kept := r.Changes.Assets[:0]
	for _, c := range r.Changes.Assets {
		if s.leave == nil || !s.leave(&c.Asset) {
			kept = append(kept, c)
		}
	}
	r.Changes.Assets = kept
	r.Changes.Apply(p)
	p.Findings = append(p.Findings, r.Findings...)
	for i := range p.Organisations {
		o := &p.Organisations[i]
		if !known[o.ID] && s.owner.Kind != "" {
			o.Kind, o.Public = s.owner.Kind, s.owner.Public
		}
	}
	if s.use == "" {
		return nil
	}
	for _, c := range r.Changes.Assets {
		for i := range p.Assets {
			a := &p.Assets[i]
			if a.ID != c.Asset.ID || c.Status != importers.New {
				continue
			}
			if a.Use == "" || a.Use == model.UseOther || s.owner.Kind != "NHS" {
				a.Use = s.use // what the file is a list of says more than a name
			}
			if strings.Contains(a.Name, "HART") {
				a.Use = model.UseEmergency // a hazardous area response team's station
			}
			if s.name != "" {
				a.Name = fmt.Sprintf(s.name, a.Name)
			}
			if s.owner.Kind == "NHS" && strings.Contains(strings.ToLower(a.Name), "hospital") {
				a.Use = model.UseHospital
			}
		}
	}
	return nil
}

// leases gives partner premises that are rented a lease end, and says that it is
// assumed.
func leases(p *model.Project) {
	for i := range p.Assets {
		a := &p.Assets[i]
		rented := a.Tenure.Kind == model.Leasehold || a.Organisation == jobcentres || a.Organisation == probation
		if !rented || a.Organisation == Council {
			continue
		}
		a.Tenure.Kind = model.Leasehold
		if a.Tenure.Break == "" && a.Tenure.Expiry == "" {
			a.Tenure.Break, a.Tenure.Expiry = "2028-06-24", "2033-06-23"
			if a.Tenure.Detail != "" {
				a.Tenure.Detail += "; "
			}
			a.Tenure.Detail += "break and expiry assumed for the demonstration"
		}
		if f := a.Costs.Get(model.CostRent); !f.Known() && a.FloorArea.Known() {
			a.Costs.Set(model.CostRent, model.Figure{Value: round(140 * a.FloorArea.Value), Grade: model.Placeholder, Source: "modelled: £140 per m² rent, placeholder"})
		}
	}
}
