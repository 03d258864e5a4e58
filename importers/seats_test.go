package importers_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/model"
)

// seats says where each team is, by the names of building and team.
func seats(p *model.Project, res *importers.Result) map[string]string {
	out := map[string]string{}
	for _, o := range res.Changes.Occupations {
		for _, s := range res.Changes.Services {
			if s.Service.ID == o.Service {
				out[s.Service.Name] = p.Asset(o.Asset).Name
			}
		}
	}
	return out
}

func TestATeamIsWhereItsBuildingColumnSays(t *testing.T) {
	p := estate(t)
	for i, u := range []string{"10070000001", "10070000002", "10070000003", "10070000004"} {
		p.Assets[i].UPRN = u
	}
	p.Assets[3].Address = "Broad Road, Sale"
	code, name, uprn := "TR001|TR003|TR004", "Sale Town Hall|Mill Lane Depot|Broad Road Baths", "10070000001|10070000003|10070000004"
	for header, values := range map[string]string{
		"Building code": code, "Site code": code, "Property ref": code, "Asset ID": code, "Asset reference": code, "Premises ID": code, "Location code": code, "Building": code, "Location": code, "SITE_CODE": code,
		"BuildingRef": code, "Facility code": code, "Property no.": code, "Current site": code, "Where based": code,
		"Building name": name, "Site name": name, "Property": name, "Location ": name, "Work location": name, "Base": name, "Premises name": name, "Where the team sits": name,
		"UPRN": uprn, "Unique property reference number": uprn, "Site UPRN": uprn, "Property number": uprn,
		"Building  code": "tr 001|TR-003|TR004", "Postcode": "M33 7ZF|M33 3BB|M334AD", "Address": "Sale Town Hall|Mill Lane Depot|Broad Road, Sale",
	} {
		v := strings.Split(values, "|")
		for kind, form := range map[string]string{
			"a list of teams":   "Team,%s,FTE,Desks,Home days a week\nPlanning,%s,5,4,2\nParks,%s,9,3,1\nLeisure,%s,20,6,0\n",
			"who works where":   "Team,%s,Desks\nPlanning,%s,4\nParks,%s,3\nLeisure,%s,6\n",
			"nothing but where": "Team,%s\nPlanning,%s\nParks,%s\nLeisure,%s\n",
		} {
			if header == "Address" && kind != "a list of teams" || header == "Postcode" && kind == "nothing but where" {
				continue // a list of addresses, which may be buildings as well
			}
			quoted := []any{header}
			for _, s := range v {
				quoted = append(quoted, `"`+s+`"`)
			}
			res := readText(t, "teams.csv", fmt.Sprintf(form, quoted...), importers.Options{Existing: p})
			got := seats(p, res)
			if len(got) != 3 || got["Planning"] != "Sale Town Hall" || got["Parks"] != "Mill Lane Depot" || got["Leisure"] != "Broad Road Baths" || !res.Counts.Adds() {
				t.Errorf("%s under %q: %v (%+v)", kind, header, got, res.Tables[0].Mapping.Columns)
			}
		}
	}
}

func TestColumnsThatAreNoPlaceOfATeam(t *testing.T) {
	p := estate(t)
	for _, header := range []string{"Number of buildings", "Team code", "Service ref", "Cost code", "Location type", "Building area", "Site manager", "Building use"} {
		res := readText(t, "teams.csv", "Team,"+header+",FTE\nPlanning,1,5\nParks,2,9\nLeisure,1,20\n", importers.Options{Existing: p, Kind: mapping.Services})
		if c, ok := res.Tables[0].Mapping.First(mapping.AssetRef); ok {
			t.Errorf("%q was taken for where the team is: %+v", header, c)
		}
	}
}

func TestACodeOfTwoBodiesIsThatOfTheTeams(t *testing.T) {
	p := estate(t)
	teams := "Organisation,Team,Building code,FTE\n%s,Nurses,TR002,5\n"
	for owner, want := range map[string]string{"Health Trust": "Ashton Lane Clinic", "Sale Council": "Waterside Library", "The Police": ""} {
		res := readText(t, "teams.csv", fmt.Sprintf(teams, owner), importers.Options{Existing: p})
		if got := seats(p, res)["Nurses"]; got != want {
			t.Errorf("of %s: %q", owner, got)
		}
		if want == "" && !said(res, "could be more than one building of the project") {
			t.Errorf("of %s: %+v", owner, res.Findings)
		}
	}
	// A second column settles it, and a contradiction is said.
	res := readText(t, "teams.csv", "Team,Building code,Building name,FTE\nNurses,TR002,Ashton Lane Clinic,5\nPlanning,TR001,Mill Lane Depot,5\n", importers.Options{Existing: p})
	if got := seats(p, res); got["Nurses"] != "Ashton Lane Clinic" || got["Planning"] != "Sale Town Hall" {
		t.Errorf("%v %+v", got, res.Tables[0].Mapping.Columns)
	}
	if !said(res, `"Mill Lane Depot" is TR003`) && !said(res, `"Mill Lane Depot" is Mill Lane Depot`) {
		t.Errorf("the contradiction is not said: %+v", res.Findings)
	}
}

func TestWhoSitsWhereKnowsTheTeams(t *testing.T) {
	p := estate(t)
	res := readText(t, "teams.csv", "Organisation,Team,FTE,Desks\nSale Council,Planning,5,4\nSale Council,Tax,3,2\n", importers.Options{Existing: p})
	res.Changes.Apply(p)
	res = readText(t, "where.csv", "Team,Building code\nPlanning,TR001\nTax,TR003\n", importers.Options{Existing: p})
	if res.Counts.Imported != 0 || res.Counts.Unchanged != 2 || len(res.Changes.Occupations) != 2 || res.Changes.Services[0].Service.FTE.Value != 5 {
		t.Errorf("%+v %+v", res.Counts, res.Changes.Services)
	}
}
