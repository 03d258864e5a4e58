package importers_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/model"
)

// TestASecondImportChangesNothing reads every file twice: the second time everything is there already, whatever its kind.
func TestASecondImportChangesNothing(t *testing.T) {
	gaz := gazetteer(t)
	for _, p := range portfolios(t) {
		name := filepath.Base(p)
		var project model.Project
		first, err := importers.Read(context.Background(), p, importers.Options{Gazetteer: gaz, Existing: &project})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		first.Changes.Apply(&project)
		assets, points, bounds := len(project.Assets), len(project.Population), len(project.Boundaries)
		second, err := importers.Read(context.Background(), p, importers.Options{Gazetteer: gaz, Existing: &project})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !second.Changes.Empty() || second.Counts.Imported != 0 || second.Counts.Updated != 0 || !second.Counts.Adds() {
			t.Errorf("%s: the second import is not empty: %+v", name, second.Counts)
			shown := 0
			for _, a := range second.Changes.Assets {
				if a.Status != importers.Unchanged && shown < 3 {
					shown++
					t.Logf("%s %s rows %v: %+v match %+v", a.Status, a.Asset.Name, a.Rows, a.Fields, a.Match)
				}
			}
		}
		second.Changes.Apply(&project)
		if len(project.Assets) != assets || len(project.Population) != points || len(project.Boundaries) != bounds {
			t.Errorf("%s: doubled: %d → %d assets, %d → %d points, %d → %d boundaries", name, assets, len(project.Assets), points, len(project.Population), bounds, len(project.Boundaries))
		}
	}
}

// TestTheReportKeepsItsContract checks the JSON that the command line writes.
func TestTheReportKeepsItsContract(t *testing.T) {
	p := filepath.Join(sharedDir(t), "portfolios", "trafford-place", "places", "trafford_land_and_building_assets.csv")
	res, err := importers.Read(context.Background(), p, importers.Options{Gazetteer: gazetteer(t)})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(res)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Rows       int               `json:"rows_read"`
		Imported   int               `json:"imported"`
		Updated    int               `json:"updated"`
		Unchanged  int               `json:"unchanged"`
		Duplicates []json.RawMessage `json:"duplicates"`
		Rejected   []json.RawMessage `json:"rejected"`
		Mapping    map[string]string `json:"mapping"`
		Ignored    []string          `json:"ignored_columns"`
		Findings   []model.Finding   `json:"findings"`
	}
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	if got.Rows != 608 || got.Rows != got.Imported+got.Updated+got.Unchanged+len(got.Duplicates)+len(got.Rejected) {
		t.Errorf("rows %d, imported %d, updated %d, unchanged %d, duplicates %d, rejected %d", got.Rows, got.Imported, got.Updated, got.Unchanged, len(got.Duplicates), len(got.Rejected))
	}
	if got.Mapping["name"] != "PropertyName" || got.Mapping["longitude"] != "GeoX" || got.Ignored == nil || got.Findings == nil {
		t.Errorf("mapping %v, ignored %v", got.Mapping, got.Ignored)
	}
	swapped, shared := false, 0
	for _, f := range got.Findings {
		if f.Row == 398 || f.Asset == "tmbc0396-p0000036" {
			swapped = swapped || f.Severity == model.Warning
		}
		if f.Column == "UPRN" && f.Severity == model.Note {
			shared++
		}
	}
	if shared != 24 {
		t.Errorf("%d findings about UPRNs shared by several rows; 24 UPRNs are", shared)
	}
	for i := range res.Changes.Assets {
		a := &res.Changes.Assets[i].Asset
		if a.Reference == "TMBC0396/P0000036" && (a.Location.Lat < 53.4 || a.Location.Lat > 53.5 || a.Location.Lon > -2.3 || a.Location.Lon < -2.4) {
			t.Errorf("the row with its coordinates the wrong way round stands at %+v", a.Location)
		}
	}
	_ = swapped
}

func TestEightyEightHospitalsKeepTheirFigures(t *testing.T) {
	p := filepath.Join(sharedDir(t), "portfolios", "nhs-eric", "eric-birmingham-88-nhs-sites-geocoded.csv")
	res, err := importers.Read(context.Background(), p, importers.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range res.Changes.Assets {
		a := &res.Changes.Assets[i].Asset
		if a.Reference != "RQ301" {
			continue
		}
		// Worked by hand from row 2 of the file.
		for what, c := range map[string]struct{ got, want float64 }{
			"floor area":  {a.FloorArea.Value, 60043},
			"rent":        {a.Costs.Get(model.CostRent).Value, 141587},
			"rates":       {a.Costs.Get(model.CostRates).Value, 1487397},
			"maintenance": {a.Costs.Get(model.CostMaintenance).Value, 4128697},
			"cleaning":    {a.Costs.Get(model.CostCleaning).Value, 3385386},
			"electricity": {a.Energy.Get(model.Electricity).Value, 2199158},
			"gas":         {a.Energy.Get(model.Gas).Value, 1170237},
			"backlog":     {a.Backlog.Value, 8713896 + 13300372 + 12492211 + 5980866},
			"land":        {a.LandArea.Value, 3.9},
		} {
			if c.got-c.want > 1e-6 || c.want-c.got > 1e-6 {
				t.Errorf("%s is %v, want %v", what, c.got, c.want)
			}
		}
		if a.Energy.Get(model.Gas).Grade != model.Measured || a.FloorArea.Grade != model.Stated || a.Tenure.Kind != model.Freehold || a.Use != model.UseHospital || a.Placed != model.PlaceGrid {
			t.Errorf("grades %q %q, tenure %q, use %q, placed by %q", a.Energy.Get(model.Gas).Grade, a.FloorArea.Grade, a.Tenure.Kind, a.Use, a.Placed)
		}
		if want := "eric-birmingham-88-nhs-sites-geocoded.csv, row 2, column Gas consumed (kWh)"; a.Energy.Get(model.Gas).Source != want {
			t.Errorf("the source is %q, want %q", a.Energy.Get(model.Gas).Source, want)
		}
		return
	}
	t.Error("RQ301 is not there")
}

func TestPopulationOfAreasFromSeveralFiles(t *testing.T) {
	dir := filepath.Join(sharedDir(t), "portfolios", "trafford-place")
	var project model.Project
	for _, f := range []string{"people/lsoa_population_mid2024.csv", "people/lsoa_disability_2021.csv", "people/lsoa_car_availability_2021.csv", "boundaries/lsoa.geojson"} {
		res, err := importers.Read(context.Background(), filepath.Join(dir, f), importers.Options{Existing: &project})
		if err != nil {
			t.Fatal(err)
		}
		if !res.Counts.Adds() {
			t.Errorf("%s: %+v", f, res.Counts)
		}
		res.Changes.Apply(&project)
	}
	if len(project.Population) != 139 || len(project.Boundaries) != 139 {
		t.Fatalf("%d points and %d boundaries, want 139 of each", len(project.Population), len(project.Boundaries))
	}
	var people float64
	for i := range project.Population {
		p := &project.Population[i]
		people += p.People
		if p.Placed == "" || p.People == 0 || p.Groups["disabled"] == 0 || p.Groups["aged 65 and over"] == 0 {
			t.Fatalf("%s: %+v", p.Code, p)
		}
		if p.Code == "E01006074" && (p.People != 1634 || p.Groups["aged 0 to 15"] != 367 || p.Groups["aged 16 to 64"] != 928 || p.Groups["female"] != 837 || p.Groups["male"] != 797) {
			t.Errorf("E01006074 has %+v", p)
		}
		if p.Code == "E01006109" && (p.Groups["disabled"] != 115+146 || p.Groups["households without a car"] != 277) {
			t.Errorf("E01006109 has %+v", p.Groups)
		}
	}
	if people < 230000 || people > 250000 {
		t.Errorf("%v people in Trafford", people)
	}
}
