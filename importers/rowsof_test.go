package importers_test

import (
	"slices"
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/model"
)

func TestTeamsAndAreasKeepTheirRows(t *testing.T) {
	p := estate(t)
	res := readText(t, "teams.csv", "Our teams,,,\nTeam,Building,FTE,Desks\nPlanning,Sale Town Hall,5,4\nTax,Waterside Library,3,2\nPlanning,Mill Lane Depot,1,1\n", importers.Options{Existing: p})
	if len(res.Changes.Services) != 2 {
		t.Fatalf("%+v", res.Changes.Services)
	}
	for i, want := range [][]int{{3, 5}, {4}} {
		c := res.Changes.Services[i]
		if !slices.Equal(c.Rows, want) || c.Table != 0 || res.Tables[c.Table].File != "teams.csv" {
			t.Errorf("%s stands in rows %v of table %d", c.Service.Name, c.Rows, c.Table)
		}
	}
	p = &model.Project{Population: []model.PopulationPoint{{Code: "E01000002", People: 9}}}
	res = readText(t, "people.csv", "area_code,area_name,persons\nE01000001,One,1500\nE01000002,Two,1600\nE01000001,One,20\n", importers.Options{Existing: p})
	if len(res.Changes.Population) != 2 {
		t.Fatalf("%+v", res.Changes.Population)
	}
	for i, want := range []int{2, 3} {
		if c := res.Changes.Population[i]; c.Row != want || c.Table != 0 {
			t.Errorf("%s stands in row %d of table %d", c.Point.Code, c.Row, c.Table)
		}
	}
}
