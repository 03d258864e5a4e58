package importers_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/model"
)

// FuzzReadIntoAProject reads anything into a project that has buildings of two bodies and teams, keeps the second and third row apart
// from all others, and reads it once more: every row is accounted for each time, and what was there is never lost.
func FuzzReadIntoAProject(f *testing.F) {
	f.Add([]byte("Asset code,Electricity (kWh)\nTR001,9\nTR002,3\nTR003,9\n"))
	f.Add([]byte("UPRN,Building name,Postcode,GIA (m2)\n100012345678,Town Hall,M33 7ZF,4300\n100012345678,Town Hall,M33 7ZF,4300\n"))
	f.Add([]byte("Team,Building code,FTE\nPlanning,TR001,5\nTax,tr-2,3\nTax,Depot,1\n"))
	f.Add([]byte("Property name,Rent (£)\nSale Town Hall,1\nWaterside Library,2\nMill Lane Depot,3\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 8<<10 {
			return
		}
		p := &model.Project{
			Organisations: []model.Organisation{{ID: "c", Name: "Sale Council"}, {ID: "h", Name: "Health Trust"}},
			Assets: []model.Asset{
				{ID: "a1", Organisation: "c", Reference: "TR001", Name: "Sale Town Hall", Postcode: "M33 7ZF"}, {ID: "a2", Organisation: "c", Reference: "TR002", Name: "Waterside Library"},
				{ID: "a3", Organisation: "c", Reference: "TR003", Name: "Mill Lane Depot", UPRN: "100012345678"}, {ID: "a4", Organisation: "h", Reference: "TR002", Name: "Ashton Lane Clinic"},
				{ID: "a5", Organisation: importers.NoOwner, Name: "Town Hall", UPRN: "100012345678", Extra: map[string]string{"kept apart from a3": "said"}}},
			Services: []model.Service{{ID: "s1", Organisation: "c", Name: "Planning"}, {ID: "s2", Organisation: "h", Name: "Tax"}},
		}
		for n := range 3 {
			opt := importers.Options{Existing: p}
			if n == 1 {
				opt.Same = map[importers.RowKey]model.AssetID{{File: "f", Row: 2}: "", {File: "f", Row: 3}: ""}
			}
			in := table.Input{Name: "f", R: bytes.NewReader(b), Size: int64(len(b)), Limits: table.Limits{Cells: 5000, Unpacked: 1 << 20, Geometries: 1000}}
			tables, err := importers.OpenInput(context.Background(), in, "")
			if err != nil {
				return
			}
			res, err := importers.ReadTables(context.Background(), "f", tables, opt)
			if err != nil {
				t.Fatal(err)
			}
			if !res.Counts.Adds() {
				t.Fatalf("reading %d: counts do not add up: %+v", n+1, res.Counts)
			}
			had := len(p.Assets)
			res.Changes.Apply(p)
			ids := map[model.AssetID]bool{}
			for i := range p.Assets {
				if ids[p.Assets[i].ID] {
					t.Fatalf("two buildings are called %s", p.Assets[i].ID)
				}
				ids[p.Assets[i].ID] = true
			}
			if len(p.Assets) < had || p.Assets[0].Organisation != "c" {
				t.Fatalf("reading %d lost a building or its owner", n+1)
			}
			for _, o := range p.Occupations {
				if p.Service(o.Service) == nil || p.Asset(o.Asset) == nil {
					t.Fatalf("%+v is of nobody, or nowhere", o)
				}
			}
		}
	})
}
