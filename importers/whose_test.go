package importers_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/model"
)

// estate is a project with the buildings of two bodies.
func estate(t *testing.T) *model.Project {
	t.Helper()
	var p model.Project
	readText(t, "register.csv", "Organisation,Asset code,Property name,Postcode,GIA m2\n"+
		"Sale Council,TR001,Sale Town Hall,M33 7ZF,1000\nSale Council,TR002,Waterside Library,M33 2AA,400\nSale Council,TR003,Mill Lane Depot,M33 3BB,50\n"+
		"Sale Council,TR004,Broad Road Baths,M33 4AD,2100\nHealth Trust,TR002,Ashton Lane Clinic,M33 5DD,300\n", importers.Options{Existing: &p}).Changes.Apply(&p)
	if len(p.Assets) != 5 {
		t.Fatalf("%d assets", len(p.Assets))
	}
	return &p
}

func said(res *importers.Result, part string) bool {
	for _, f := range res.Findings {
		if strings.Contains(f.Message, part) {
			return true
		}
	}
	return false
}

func TestCodesWithoutAnOwnerFindTheirBuildings(t *testing.T) {
	p := estate(t)
	res := readText(t, "energy.csv", "Asset code,Electricity (kWh),Gas (kWh),GIA m2\nTR001,90000,120000,1010\ntr002,30000,1000,410\nTR003,9000,1,50\nTR004,1,2,3000\n", importers.Options{Existing: p})
	if res.Counts.Imported != 0 || res.Counts.Updated != 4 || !res.Counts.Adds() || len(res.Changes.Organisations) != 0 {
		t.Fatalf("%+v %+v", res.Counts, res.Changes.Organisations)
	}
	if !said(res, "4 of 4 references are those of buildings of Sale Council") {
		t.Errorf("the preview does not say whose they were taken for: %+v", res.Findings)
	}
	for _, c := range res.Changes.Assets {
		if c.Match == nil || !strings.Contains(strings.Join(c.Match.Reasons, "; "), "no row says whose it is, but 4 of the table's 4 references are those of Sale Council") {
			t.Errorf("reasons of %s: %+v", c.Asset.Name, c.Match)
		}
		if strings.HasPrefix(c.Asset.Name, "Unnamed") || c.Asset.Name == "" {
			t.Errorf("a row without a name renamed its building to %q", c.Asset.Name)
		}
	}
	res.Changes.Apply(p)
	if a := p.Asset(idOf(p, "Sale Town Hall")); a.Energy.Get(model.Electricity).Value != 90000 || a.FloorArea.Value != 1010 {
		t.Errorf("the figures did not come in: %+v", a)
	}
}

func idOf(p *model.Project, name string) model.AssetID {
	for i := range p.Assets {
		if p.Assets[i].Name == name {
			return p.Assets[i].ID
		}
	}
	return ""
}

func TestNewRowsOfSuchATableAreTheSameBodys(t *testing.T) {
	p := estate(t)
	res := readText(t, "more.csv", "Asset code,Property name,Rent (£)\nTR001,Sale Town Hall,1\nTR002,Waterside Library,2\nTR003,Mill Lane Depot,3\nTR099,New Hall Annexe,4\n", importers.Options{Existing: p})
	if res.Counts.Imported != 1 || res.Counts.Updated != 3 {
		t.Fatalf("%+v", res.Counts)
	}
	for _, c := range res.Changes.Assets {
		if p.Organisation(c.Asset.Organisation) == nil || p.Organisation(c.Asset.Organisation).Name != "Sale Council" {
			t.Errorf("%s is of %q", c.Asset.Name, c.Asset.Organisation)
		}
	}
}

func TestOneRowWithReferenceAndNameIsFound(t *testing.T) {
	p := estate(t)
	res := readText(t, "one.csv", "Asset code,Property name,Rent (£)\nTR002,Ashton Lane Clinic,10\n", importers.Options{Existing: p})
	if res.Counts.Updated != 1 || res.Changes.Assets[0].Asset.Name != "Ashton Lane Clinic" || res.Changes.Assets[0].Asset.Postcode != "M33 5DD" {
		t.Fatalf("%+v %+v", res.Counts, res.Changes.Assets)
	}
}

func TestReferencesOfTwoBodiesAreAskedAbout(t *testing.T) {
	var p model.Project
	list := "Organisation,Asset code,Property name,GIA m2\n"
	sheet := "Asset code,Electricity (kWh),GIA m2\n"
	for i := range 6 {
		list += fmt.Sprintf("Sale Council,A10%d,Council house %c,100\nHealth Trust,A10%d,Clinic number %c,100\n", i, 'a'+i, i, 'p'+i)
		sheet += fmt.Sprintf("A10%d,%d,100\n", i, 1000+i)
	}
	readText(t, "register.csv", list, importers.Options{Existing: &p}).Changes.Apply(&p)
	res := readText(t, "energy.csv", sheet, importers.Options{Existing: &p})
	if res.Counts.Imported != 6 || !said(res, "those of buildings of Health Trust and of Sale Council, and no row says whose they are") {
		t.Errorf("%+v %+v", res.Counts, res.Findings)
	}
	// Names tell them apart.
	named := strings.Replace(sheet, "Asset code,", "Asset code,Property name,", 1)
	for i := range 6 {
		named = strings.Replace(named, fmt.Sprintf("A10%d,", i), fmt.Sprintf("A10%d,Clinic number %c,", i, 'p'+i), 1)
	}
	if res = readText(t, "energy.csv", named, importers.Options{Existing: &p}); res.Counts.Imported != 0 || !said(res, "6 of 6 references are those of buildings of Health Trust") {
		t.Errorf("%+v %+v", res.Counts, res.Findings)
	}
	// And so does the user.
	if res = readText(t, "energy.csv", sheet, importers.Options{Existing: &p, Organisation: "Sale Council"}); res.Counts.Imported != 0 || said(res, "no row says") {
		t.Errorf("%+v %+v", res.Counts, res.Findings)
	}
}

func TestReferencesThatOnlyHappenToAgreeMakeNoMatch(t *testing.T) {
	p := estate(t)
	for name, text := range map[string]string{
		"other names":     "Asset code,Property name,Postcode,GIA m2\nTR001,Elm Nursery,BS1 1AA,10\nTR002,Oak Nursery,BS1 2AA,20\nTR003,Ash Nursery,BS1 3AA,30\nTR004,Yew Nursery,BS1 4AA,40\n",
		"few of the rows": "Asset code,GIA m2,Rent (£)\nTR001,10,1\nTR101,20,1\nTR102,20,1\nTR103,20,1\nTR104,20,1\n",
	} {
		if res := readText(t, "x.csv", text, importers.Options{Existing: p}); res.Counts.Updated+res.Counts.Unchanged != 0 {
			t.Errorf("%s: %+v", name, res.Counts)
		}
	}
}

func TestNamesWithoutAnOwnerFindTheirBuildings(t *testing.T) {
	p := estate(t)
	res := readText(t, "rents.csv", "Property name,Rent (£),GIA m2\nSale Town Hall,1,\nWaterside Library,2,\nMill Lane Depot,3,\nA Hall Of Its Own,4,70\n", importers.Options{Existing: p})
	if res.Counts.Updated != 3 || res.Counts.Imported != 1 {
		t.Fatalf("%+v", res.Counts)
	}
	for _, c := range res.Changes.Assets {
		if c.Status != importers.New && (c.Match == nil || !strings.Contains(strings.Join(c.Match.Reasons, "; "), "3 of the table's 4 names")) {
			t.Errorf("reasons: %+v", c.Match)
		}
	}
}

func TestAStatedFigureTakesThePlaceOfAFilledOne(t *testing.T) {
	p := estate(t)
	a := p.Asset(idOf(p, "Waterside Library"))
	filled := func(v float64) model.Figure {
		return model.Figure{Value: v, Grade: model.Benchmark, Source: "filled: CIBSE"}
	}
	a.Energy = model.FiguresOf(map[model.Fuel]model.Figure{model.Electricity: filled(28000), model.Gas: filled(5000)})
	a.Costs = model.FiguresOf(map[model.Cost]model.Figure{model.CostRates: filled(900)})
	for _, owner := range []string{"Organisation,", ""} {
		of := strings.Replace(owner, "Organisation", "Sale Council", 1)
		res := readText(t, "register.csv", owner+"Asset code,Property name,Postcode,Electricity (kWh),Gas (kWh),Rates (£)\n"+of+"TR002,Waterside Library,M33 2AA,31000,5000,\n", importers.Options{Existing: p})
		if res.Counts.Updated != 1 {
			t.Fatalf("%+v", res.Counts)
		}
		c := res.Changes.Assets[0]
		for fuel, want := range map[model.Fuel]float64{model.Electricity: 31000, model.Gas: 5000} {
			if f := c.Asset.Energy.Get(fuel); f.Value != want || f.Grade.Modelled() || !strings.HasPrefix(f.Source, "register.csv") {
				t.Errorf("%s: %+v", fuel, f)
			}
		}
		if f := c.Asset.Costs.Get(model.CostRates); f.Grade != model.Benchmark || f.Value != 900 {
			t.Errorf("a blank touched the filled rates: %+v", f)
		}
		want := map[string]string{"electricity": "28000 (benchmark) → 31000", "gas": "5000 (benchmark) → 5000"}
		for _, f := range c.Fields {
			if w, ok := want[f.Field]; ok && w != f.Old+" → "+f.New {
				t.Errorf("said as %q, not %q", f.Old+" → "+f.New, w)
			}
			delete(want, f.Field)
		}
		if len(want) > 0 {
			t.Errorf("not said: %v in %+v", want, c.Fields)
		}
		for k := range c.Asset.Extra {
			if strings.HasPrefix(k, "other value") {
				t.Errorf("a filled figure was kept as a contradiction: %s", k)
			}
		}
	}
}
