package importers_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/mapping"
)

// truth says, for each published file, what its columns mean, as a person reads them. "a|b" are columns of which either is right.
var truth = map[string]map[mapping.FieldID][]string{
	"trafford_land_and_building_assets.csv": {
		"organisation": {"OrganisationLabel"}, "effective_date": {"EffectiveDate"}, "uprn": {"UPRN"}, "reference": {"AssetCode"}, "name": {"PropertyName"}, "street_number": {"StreetNumber"},
		"street": {"StreetName"}, "town": {"PostTown"}, "postcode": {"PostCode"}, "coordinate_system": {"CoordinateReferenceSystem"}, "longitude": {"GeoX"}, "latitude": {"GeoY"},
		"tenure": {"TenureType"}, "tenure_detail": {"TenureDetail"}, "detail": {"OtherDetail"}, "holding_type": {"HoldingType"}, "floor_area": {"BuildingSize"}, "land_area": {"LandArea"}, "energy_rating": {"EnergyRating"}},
	"local_authority_land_and_assets_2023.csv": {
		"organisation": {"Organisation"}, "uprn": {"UPRN"}, "reference": {"AssetCode"}, "address": {"Site Address"}, "easting": {"GeoX"}, "northing": {"GeoY"}, "tenure": {"TenureType"},
		"tenure_detail": {"Tenure Detail"}, "holding_type": {"Holding Type"}},
	"stations-derbyshire.xlsx": {
		"uprn": {"UPRN"}, "name": {"Site"}, "address": {"Address"}, "postcode": {"Post Code"}, "land_area": {"Site Area"}, "floor_area": {"Gross Internal Area"}, "coordinates": {"Site Co-ordinates (Geocode)"},
		"tenure": {"Asset Ownership"}, "holding_type": {"Asset Type"}},
	"stations-devon-and-somerset.tsv": {"name": {"name"}, "reference": {"number"}, "street": {"road"}, "postcode": {"postcode"}},
	"2025-6-20-iolp-buildings.xlsx": {
		"reference": {"Location Code"}, "name": {"Real Property Asset Name"}, "tenure": {"Owned or Leased"}, "address": {"Street Address"}, "town": {"City"}, "county": {"State"}, "postcode": {"Zip Code"},
		"latitude": {"Latitude"}, "longitude": {"Longitude"}, "floor_area": {"Building Rentable Square Feet"}, "holding_type": {"Real Property Asset Type"}},
	"gm_libraries.csv": {"name": {"name"}, "address": {"address"}, "postcode": {"postcode"}, "use": {"type"}, "longitude": {"lon"}, "latitude": {"lat"}},
	"eric-birmingham-88-nhs-sites-geocoded.csv": {
		"organisation": {"Trust Name"}, "reference": {"Site Code"}, "name": {"Site Name"}, "postcode": {"Post Code"}, "use": {"Site Type"}, "tenure": {"Tenure"}, "tenure_detail": {"Type of Lease"},
		"floor_area": {"Gross internal floor area (m²)"}, "rent": {"Leases and rent (£)"}, "rates": {"Rates (£)"}, "maintenance": {"Estates and property maintenance (£)"}, "cleaning": {"Cleaning service cost (£)"},
		"electricity_kwh":  {"Electricity - green electricity consumed (kWh)", "Electricity - trust owned solar consumed (kWh)", "Electricity - third party owned solar consumed (kWh)", "Electricity - other renewables consumed (kWh)", "Electricity - other consumed (kWh)"},
		"electricity_cost": {"Electricity - green electricity tariff costs (£)", "Electricity - trust owned solar costs (£)", "Electricity - third party owned solar costs (£)", "Electricity - other renewables costs (£)", "Electricity - other costs (£)"},
		"gas_cost":         {"Gas costs (£)"}, "gas_kwh": {"Gas consumed (kWh)"}, "backlog_high": {"Cost to eradicate high risk backlog (£)"}, "backlog_significant": {"Cost to eradicate significant risk backlog (£)"},
		"backlog_moderate": {"Cost to eradicate moderate risk backlog (£)"}, "backlog_low": {"Cost to eradicate low risk backlog (£)"}, "land_area": {"Land area owned (Hectares)"},
		"easting": {"Easting (Code-Point Open 2014)"}, "northing": {"Northing (Code-Point Open 2014)"}},
	"BANES_Public_Toilets.csv": {
		"effective_date": {"ExtractDate"}, "organisation": {"OrganisationLabel"}, "use": {"ServiceTypeLabel"}, "name": {"LocationText"}, "locality": {"LocalityAddress"}, "postcode": {"Postcode"}, "ward": {"GeoAreaWardLabel"},
		"uprn": {"UPRN"}, "coordinate_system": {"CoordinateReferenceSystem"}, "easting": {"GeoX"}, "northing": {"GeoY"}, "opening_hours": {"OpeningHours"}, "detail": {"Notes"}, "coordinates": {"Location 2"}, "address": {"Location 1"}},
	"Brownfield_Register_Pilot_-_June_2017_Correct_Geocoding.csv": {
		"reference": {"SiteReference"}, "name": {"SiteName"}, "uprn": {"UPRN"}, "coordinate_system": {"CoordinateReferenceSystem"}, "latitude": {"GeoX"}, "longitude": {"GeoY"}, "land_area": {"Hectares"}, "tenure": {"OwnershipStatus"},
		"detail": {"Notes"}, "organisation": {"OrganisationLabel"}, "effective_date": {"LastUpdatedDate"}, "coordinates": {"Location 1"}},
	"non-res_buildings.csv": {
		"town": {"City"}, "address": {"Physical Address"}, "name": {"Building"}, "use": {"Building Type"}, "floor_area": {"Square Feet"}, "oil_kwh": {"Fuel Oil"}, "district_heat_kwh": {"HW District"}, "electricity_kwh": {"Electric"},
		"gas_kwh": {"Natural Gas"}, "biomass_kwh": {"Biomass"}},
	"ipis_modified_names.csv": {
		"reference": {"dcas_bbl"}, "street_number": {"dcas_hnum|display_hnum"}, "street": {"dcas_sname"}, "name": {"display_name"}, "organisation": {"agency"}, "use": {"primary_use_text"}},
	"2016_Building_Energy_Benchmarking.csv": {
		"reference": {"OSEBuildingID"}, "year": {"DataYear"}, "use": {"PrimaryPropertyType"}, "name": {"PropertyName"}, "address": {"Address"}, "town": {"City"}, "county": {"State"}, "postcode": {"ZipCode"}, "locality": {"Neighborhood"},
		"latitude": {"Latitude"}, "longitude": {"Longitude"}, "floor_area": {"PropertyGFATotal|PropertyGFABuilding(s)"}, "energy_kwh": {"SiteEnergyUse(kBtu)"}, "district_heat_kwh": {"SteamUse(kBtu)"}, "electricity_kwh": {"Electricity(kWh)"},
		"gas_kwh": {"NaturalGas(therms)"}, "detail": {"Comments"}},
	"calgary.csv": {
		"reference": {"Property Id"}, "name": {"Property Name"}, "address": {"Address 1"}, "town": {"City"}, "postcode": {"Postal Code"}, "county": {"Province"}, "use": {"Primary Property Type - Self Selected"},
		"floor_area": {"Property GFA - Self-Reported (m²)"}, "energy_kwh": {"Site Energy Use (GJ)"}, "electricity_kwh": {"Electricity Use - Grid Purchase (kWh)"}, "gas_kwh": {"Natural Gas Use (GJ)"}, "district_heat_kwh": {"District Hot Water Use (GJ)"}, "year": {"Year Ending"}},
	"2011-14 Philadelphia Municipal Building Energy Usage.csv": {
		"reference": {"Property Id"}, "name": {"Property Name"}, "year": {"Year"}, "address": {"Address 1", "Address 2"}, "town": {"City"}, "postcode": {"Postal Code"}, "use": {"Primary Property Type - Self Selected"},
		"floor_area": {"Property Floor Area (Building(s)) (ft2)"}, "electricity_kwh": {"Electricity Use - Grid Purchase and Generated from Onsite Renewable Systems (kWh)"}, "gas_kwh": {"Natural Gas Use (therms)"},
		"oil_kwh": {"Fuel Oil #2 Use (kBtu)"}, "district_heat_kwh": {"District Steam Use (kBtu)"}, "energy_kwh": {"Site Energy Use (kBtu)"}, "coordinates": {"Location"}},
	"trafford_community_hubs.csv":    {"name": {"community_hub"}, "address": {"address"}, "postcode": {"postcode"}, "opening_hours": {"opening_hours"}, "longitude": {"lon"}, "latitude": {"lat"}},
	"trafford_leisure_centres.csv":   {"name": {"name"}, "address": {"address"}, "postcode": {"postcode"}, "opening_hours": {"opening_hours"}, "organisation": {"managed_by"}},
	"general_practices.csv":          {"name": {"name"}, "address": {"address"}, "postcode": {"postcode"}, "longitude": {"lon"}, "latitude": {"lat"}},
	"gm_probation_offices.csv":       {"name": {"name"}, "use": {"type"}, "address": {"address"}, "postcode": {"postcode"}, "longitude": {"lon"}, "latitude": {"lat"}},
	"childrens_centres.csv":          {"name": {"name"}, "address": {"address"}, "postcode": {"postcode"}, "reference": {"unique_reference_number"}, "longitude": {"lon"}, "latitude": {"lat"}},
	"schools_and_colleges.csv":       {"name": {"name"}, "reference": {"unique_reference_number"}, "use": {"type"}, "capacity": {"capacity"}, "postcode": {"postcode"}, "longitude": {"lon"}, "latitude": {"lat"}},
	"hospitals.geojson":              {"reference": {"ID"}, "name": {"DISTNAME"}, "use": {"CLASSIFICA"}},
	"greenspace_sites.geojson":       {"use": {"site_type"}, "name": {"site_name"}},
	"lsoa_disability_2021.csv":       {"area_code": {"area_code"}, "area_name": {"area_name"}, "effective_date": {"period"}, "category": {"disability_category"}, "measure": {"measure"}, "amount": {"value"}},
	"lsoa_car_availability_2021.csv": {"area_code": {"area_code"}, "area_name": {"area_name"}, "effective_date": {"period"}, "category": {"availability_category"}, "measure": {"measure"}, "amount": {"value"}},
	"lsoa_travel_to_work_2021.csv":   {"area_code": {"area_code"}, "area_name": {"area_name"}, "effective_date": {"period"}, "category": {"mode_of_travel"}, "measure": {"measure"}, "amount": {"value"}},
	"lsoa.geojson":                   {"area_code": {"area_code"}, "area_name": {"area_name"}},
}

// profileOf makes a saved mapping of what a person said of a file, as the user would have saved it.
func profileOf(name string) *mapping.Mapping {
	m := &mapping.Mapping{Name: name, Kind: mapping.Assets}
	for f, cols := range truth[name] {
		for _, c := range cols {
			m.Columns = append(m.Columns, mapping.Choice{Column: strings.Split(c, "|")[0], Role: mapping.Mapped, Field: f})
		}
	}
	return m
}

// TestSuggestionsLeavingOneFileOut measures the suggestions for each file with the saved mappings of all the others at hand and none of
// its own. The catalogue of words has no rule for any one file; what is known of a layout lives in its saved mapping, and that is
// what is left out.
func TestSuggestionsLeavingOneFileOut(t *testing.T) {
	byName := map[string]string{}
	for _, p := range portfolios(t) {
		byName[filepath.Base(p)] = p
	}
	names := make([]string, 0, len(truth))
	for n := range truth {
		names = append(names, n)
	}
	sort.Strings(names)
	var right, wrong, missed int
	var report strings.Builder
	for _, n := range names {
		var profiles []*mapping.Mapping
		for _, other := range names {
			if other != n {
				profiles = append(profiles, profileOf(other))
			}
		}
		res, err := importers.Read(context.Background(), byName[n], importers.Options{Profiles: profiles})
		if err != nil {
			t.Fatal(err)
		}
		r, w, m, notes := compare(res, truth[n])
		right, wrong, missed = right+r, wrong+w, missed+m
		fmt.Fprintf(&report, "%-60s right %2d wrong %2d missed %2d  %s\n", n, r, w, m, strings.Join(notes, "; "))
	}
	precision, recall := float64(right)/float64(right+wrong), float64(right)/float64(right+missed)
	t.Logf("\n%sprecision %.3f, recall %.3f over %d files", report.String(), precision, recall, len(names))
	if precision < 0.95 || recall < 0.95 {
		t.Errorf("precision %.3f and recall %.3f should both be at least 0.95", precision, recall)
	}
}

func compare(res *importers.Result, want map[mapping.FieldID][]string) (right, wrong, missed int, notes []string) {
	got := map[mapping.FieldID]map[string]bool{}
	for _, tr := range res.Tables {
		if tr.Mapping == nil || tr.Passed != "" {
			continue
		}
		for _, c := range tr.Mapping.Columns {
			if c.Role == mapping.Mapped {
				if got[c.Field] == nil {
					got[c.Field] = map[string]bool{}
				}
				got[c.Field][c.Column] = true
			}
		}
	}
	for f, cols := range want {
		for _, alternatives := range cols {
			hit := false
			for _, c := range strings.Split(alternatives, "|") {
				if got[f][c] {
					hit = true
					delete(got[f], c)
				}
			}
			if hit {
				right++
			} else {
				missed++
				notes = append(notes, fmt.Sprintf("missed %s=%s", f, alternatives))
			}
		}
	}
	for f, cols := range got {
		for c := range cols {
			wrong++
			notes = append(notes, fmt.Sprintf("wrong %s=%s", f, c))
		}
	}
	sort.Strings(notes)
	return right, wrong, missed, notes
}
