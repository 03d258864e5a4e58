package importers_test

import (
	"context"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/model"
)

func readText(t *testing.T, name, text string, opt importers.Options) *importers.Result {
	t.Helper()
	res, err := importers.Read(context.Background(), write(t, name, []byte(text)), opt)
	if err != nil {
		t.Fatal(err)
	}
	if !res.Counts.Adds() {
		t.Fatalf("counts do not add up: %+v", res.Counts)
	}
	return res
}

func assetNamed(t *testing.T, res *importers.Result, name string) *model.Asset {
	t.Helper()
	for i := range res.Changes.Assets {
		if res.Changes.Assets[i].Asset.Name == name {
			return &res.Changes.Assets[i].Asset
		}
	}
	t.Fatalf("no asset is called %q", name)
	return nil
}

func TestUnitsAreReadWhereverTheyStand(t *testing.T) {
	res := readText(t, "units.csv", "Ref,Name,Postcode,GIA (sq ft),Site Area,Electricity (MWh),Gas (therms),Rent (£k),Market Value (£m),Maintenance backlog (£'000)\n"+
		"A1,Town Hall,M33 7ZF,\"10,000\",0.537 hectares (1.33 acres),250,1000,12.5,2.1,450\n"+
		"A2,Depot,M32 0AA,5000,2 acres,10,0,0,-,30\n", importers.Options{})
	a := assetNamed(t, res, "Town Hall")
	for what, c := range map[string]struct{ got, want float64 }{
		"floor area": {a.FloorArea.Value, 929.0304}, "land": {a.LandArea.Value, 0.537}, "electricity": {a.Energy.Get(model.Electricity).Value, 250000}, "gas": {a.Energy.Get(model.Gas).Value, 29307.1},
		"rent": {a.Costs.Get(model.CostRent).Value, 12500}, "value": {a.Value.Value, 2.1e6}, "backlog": {a.Backlog.Value, 450000},
		"land of the depot": {assetNamed(t, res, "Depot").LandArea.Value, 0.80937128448},
	} {
		if math.Abs(c.got-c.want) > 1e-6*c.want {
			t.Errorf("%s is %v, want %v", what, c.got, c.want)
		}
	}
	if assetNamed(t, res, "Depot").Value.Known() {
		t.Error("a dash is no value")
	}
}

func TestPlacesInEverySystem(t *testing.T) {
	gaz := gazetteer(t)
	for name, text := range map[string]string{
		"latitude and longitude": "Name,Postcode,Latitude,Longitude\nA,M33 7ZF,53.4253,-2.3199\nB,M33 7ZF,53.4260,-2.3190\nC,M33 7ZF,53.4250,-2.3180\n",
		"named the other way":    "Name,Postcode,Latitude,Longitude\nA,M33 7ZF,-2.3199,53.4253\nB,M33 7ZF,-2.3190,53.4260\nC,M33 7ZF,-2.3180,53.4250\n",
		"GeoX holding longitude": "Name,Postcode,GeoX,GeoY\nA,M33 7ZF,-2.3199,53.4253\nB,M33 7ZF,-2.3190,53.4260\nC,M33 7ZF,-2.3180,53.4250\n",
		"eastings and northings": "Name,Postcode,Easting,Northing\nA,M33 7ZF,378840,391980\nB,M33 7ZF,378900,392050\nC,M33 7ZF,378960,391940\n",
		"northing first":         "Name,Postcode,X,Y\nA,M33 7ZF,391980,378840\nB,M33 7ZF,392050,378900\nC,M33 7ZF,391940,378960\n",
		"grid references":        "Name,Postcode,Grid ref\nA,M33 7ZF,SJ 78840 91980\nB,M33 7ZF,SJ7890092050\nC,M33 7ZF,SJ 789 919\n",
		"one cell":               "Name,Postcode,Co-ordinates\nA,M33 7ZF,\"378840,391980\"\nB,M33 7ZF,\"378900, 392050\"\nC,M33 7ZF,\"378960,391940\"\n",
		"degrees and minutes":    "Name,Postcode,Location\nA,M33 7ZF,\"53°25'31\"\"N 2°19'12\"\"W\"\nB,M33 7ZF,\"53°25'33\"\"N 2°19'8\"\"W\"\nC,M33 7ZF,\"53°25'30\"\"N 2°19'5\"\"W\"\n",
		"postcode only":          "Name,Postcode\nA,M33 7ZF\nB,m337zf\nC,M33 7ZG\n",
	} {
		res := readText(t, "places.csv", text, importers.Options{Gazetteer: gaz})
		for i := range res.Changes.Assets {
			a := &res.Changes.Assets[i].Asset
			if !a.Located() || math.Abs(a.Location.Lat-53.4253) > 0.01 || math.Abs(a.Location.Lon+2.3199) > 0.015 {
				t.Errorf("%s: %s stands at %+v (%s)", name, a.Name, a.Location, a.Placed)
			}
		}
		if name == "named the other way" && !says(res, "is named for the latitude but holds the longitude") {
			t.Errorf("%s is not said", name)
		}
	}
	res := readText(t, "far.csv", "Name,Postcode,Easting,Northing\nA,M33 7ZF,378840,391980\nB,M33 7ZF,530000,180000\nC,M33 7ZF,378960,391940\n", importers.Options{Gazetteer: gaz})
	if !says(res, "from its postcode M33 7ZF") {
		t.Error("a point far from its postcode is not said")
	}
}

func says(res *importers.Result, text string) bool {
	for _, f := range res.Findings {
		if strings.Contains(f.Message, text) {
			return true
		}
	}
	return false
}

func TestTheSameBuildingAcrossFiles(t *testing.T) {
	var project model.Project
	register := readText(t, "register.csv", "Organisation,Asset code,UPRN,Property name,Postcode,Latitude,Longitude,GIA m2,Tenure\n"+
		"Sale Council,T1,100012345678,Sale Library,M33 7ZF,53.4253,-2.3199,900,Freehold\n"+
		"Sale Council,T2,100012345678,Sale Town Hall,M33 7ZF,53.4254,-2.3198,5000,Freehold\n"+
		"Sale Council,T3,100012345999,Hub,M33 2AA,53.4300,-2.3100,400,Leasehold\n", importers.Options{Existing: &project})
	register.Changes.Apply(&project)
	if len(project.Assets) != 3 {
		t.Fatalf("%d assets; blocks with references of their own stay apart", len(project.Assets))
	}
	// A list of libraries by somebody else adds to the building; it does not double it and does not overrule its owner.
	list := readText(t, "libraries.csv", "name,address,postcode,lat,lon,floor area m2,opening hours\n"+
		"Sale Library,\"Waterside, Sale\",M33 7ZF,53.42531,-2.31989,950,Mon-Fri 9am-5pm\n"+
		"Brooklands Library,Brooklands,M33 3QQ,53.4100,-2.3300,200,Sat 9-1\n", importers.Options{Existing: &project, Organisation: "Library list"})
	if list.Counts.Updated != 1 || list.Counts.Imported != 1 {
		t.Errorf("%+v", list.Counts)
	}
	for _, c := range list.Changes.Assets {
		if c.Status != importers.Updated {
			continue
		}
		if c.Match == nil || c.Match.Score < 0.9 || len(c.Match.Reasons) < 2 || c.Asset.Reference != "T1" || c.Asset.FloorArea.Value != 900 || c.Asset.Address == "" {
			t.Errorf("the library: match %+v, asset %+v", c.Match, c.Asset)
		}
		if !says(list, "floor area of Sale Library is 950 here and 900") {
			t.Error("the conflict is not said")
		}
	}
	list.Changes.Apply(&project)
	// A newer edition of the register overrules the older one, field by field.
	newer := readText(t, "register2.csv", "Organisation,Asset code,UPRN,Property name,Postcode,GIA m2,Tenure\n"+
		"Sale Council,T1,100012345678,Sale Library,M33 7ZF,910,Leasehold\n"+
		"Sale Council,T2,100012345678,Sale Town Hall,M33 7ZF,5000,Freehold\n"+
		"Sale Council,T4,,New Depot,M32 0AA,300,Freehold\n", importers.Options{Existing: &project})
	if newer.Counts.Updated != 1 || newer.Counts.Unchanged != 1 || newer.Counts.Imported != 1 {
		t.Errorf("%+v", newer.Counts)
	}
	for _, c := range newer.Changes.Assets {
		if c.Status == importers.Updated && (len(c.Fields) != 2 || c.Fields[0].Field != "floor area" || c.Fields[0].Old != "900" || c.Fields[0].New != "910" || c.Fields[1].Field != "tenure") {
			t.Errorf("changes of the library: %+v", c.Fields)
		}
	}
}

func TestNamesThatSayLittleAreNotEnough(t *testing.T) {
	a := &model.Asset{Name: "Altrincham", Postcode: "WA14 4PU", Placed: model.PlaceStated, Location: model.LatLon{Lat: 53.3959, Lon: -2.3519}}
	b := &model.Asset{Name: "Altrincham", Postcode: "WA14 2SZ", Placed: model.PlaceStated, Location: model.LatLon{Lat: 53.3829, Lon: -2.3481}}
	if m := importers.Compare(a, b); m.Score >= 0.65 {
		t.Errorf("two places called Altrincham 1.5 km apart score %.2f: %v", m.Score, m.Reasons)
	}
	old := &model.Asset{Name: "Former Lostock Library", Placed: model.PlaceStated, Location: model.LatLon{Lat: 53.4528, Lon: -2.3300}}
	now := &model.Asset{Name: "Lostock Library", Placed: model.PlaceStated, Location: model.LatLon{Lat: 53.4541, Lon: -2.3310}}
	if m := importers.Compare(now, old); m.Score >= 0.85 {
		t.Errorf("a library is taken for its former self with %.2f: %v", m.Score, m.Reasons)
	}
	b.Location, b.Postcode = a.Location, a.Postcode
	if m := importers.Compare(a, b); m.Score < 0.9 {
		t.Errorf("the same place scores %.2f: %v", m.Score, m.Reasons)
	}
}

func TestTeamsAndWhereTheySit(t *testing.T) {
	var project model.Project
	readText(t, "register.csv", "Asset code,Property name,Postcode\nT1,Town Hall,M33 7ZF\nT2,Stretford Depot,M32 0AA\n", importers.Options{Organisation: "Sale Council"}).Changes.Apply(&project)
	res := readText(t, "teams.csv", "Directorate,Team,FTE,Desks,Building,Home days,Opening hours\n"+
		"Place,Planning,12.5,10,Town Hall,3,Mon-Fri 9am-5pm\n"+
		"Place,Parking,8,4,T2,0,Mon-Sat 7am-10pm\n"+
		"Place,Parking,8,2,Town Hall,0,Mon-Sat 7am-10pm\n"+
		"Adults,Day care,20,5,Elm House,0,Mon-Fri 9am-4pm\n", importers.Options{Existing: &project, Organisation: "Sale Council"})
	if len(res.Changes.Services) != 3 || len(res.Changes.Occupations) != 3 || res.Counts.Merged != 1 {
		t.Fatalf("%d services, %d seats, %+v", len(res.Changes.Services), len(res.Changes.Occupations), res.Counts)
	}
	if s := res.Changes.Services[0].Service; s.Name != "Planning" || s.FTE.Value != 12.5 || s.HomeDays != 3 || s.Kind != "Place" || s.Sessions != model.OfficeHours {
		t.Errorf("planning is %+v", s)
	}
	var shares float64
	for _, o := range res.Changes.Occupations {
		if o.Service == "parking" {
			shares += o.Share
		}
	}
	if math.Abs(shares-1) > 1e-9 {
		t.Errorf("the shares of parking sum to %v", shares)
	}
	if !says(res, `no building of the project is called "Elm House"`) {
		t.Error("a team in a building that is not there is not said")
	}
}

func TestCashFlowsOfFinance(t *testing.T) {
	res := readText(t, "flows.csv", "Budget for the move,,,\nItem,Type,2026/27 (£k),2027/28 (£k)\nFit-out,capital,(250),\nRent saved,revenue,,42\nTotal,,(250),42\n", importers.Options{})
	if len(res.Changes.Manual) != 2 || res.Changes.Manual[0].First != 2026 || res.Changes.Manual[0].Values[0] != -250000 || res.Changes.Manual[1].Values[1] != 42000 {
		t.Errorf("%+v, %+v", res.Changes.Manual, res.Tables)
	}
}

func TestASavedMappingRecognisesItsLayout(t *testing.T) {
	text := "K1,K2,K3,K4\nA1,Town Hall,M33 7ZF,1200\nA2,Depot,M32 0AA,900\n"
	short, err := mapping.Parse([]byte(`{"kind":"assets","reference":"K1","name":"K2","postcode":"K3","floor_area":"K4"}`))
	if err != nil {
		t.Fatal(err)
	}
	res := readText(t, "k.csv", text, importers.Options{Mapping: short})
	if res.Counts.Imported != 2 || assetNamed(t, res, "Town Hall").FloorArea.Value != 1200 {
		t.Fatalf("%+v", res.Counts)
	}
	raw, err := json.Marshal(res.Tables[0].Mapping)
	if err != nil {
		t.Fatal(err)
	}
	var saved mapping.Mapping
	if err := json.Unmarshal(raw, &saved); err != nil {
		t.Fatal(err)
	}
	saved.Name = "Odd layout"
	for i := range saved.Columns {
		if saved.Columns[i].Field == mapping.FloorArea {
			saved.Columns[i].Unit = "sq ft"
		}
	}
	raw, _ = json.Marshal(&saved)
	if err := json.Unmarshal(raw, &saved); err != nil {
		t.Fatal(err)
	}
	res = readText(t, "next-year.csv", text, importers.Options{Profiles: []*mapping.Mapping{&saved}})
	if res.Tables[0].Mapping.Name != "Odd layout" || math.Abs(assetNamed(t, res, "Depot").FloorArea.Value-83.612736) > 1e-6 {
		t.Errorf("the layout was not recognised: %+v", res.Tables[0].Mapping)
	}
	if _, err := mapping.Parse([]byte(`{"columns":[{"column":"K1","field":"colour"}]}`)); err == nil || !strings.Contains(err.Error(), "colour") {
		t.Errorf("a field that does not exist: %v", err)
	}
	if _, err := mapping.Parse([]byte(`{"columns":[{"column":"K1","field":"floor_area","unit":"furlongs"}]}`)); err == nil || !strings.Contains(err.Error(), "furlongs") {
		t.Errorf("a unit that does not exist: %v", err)
	}
}

func TestEveryColumnIsMappedKeptOrIgnored(t *testing.T) {
	m, err := mapping.Parse([]byte(`{"kind":"assets","columns":[{"column":"Name","field":"name"},{"column":"Phone","role":"ignored"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	res := readText(t, "x.csv", "Name,Phone,Colour\nTown Hall,0161,red\nDepot,0162,blue\n", importers.Options{Mapping: m})
	if a := assetNamed(t, res, "Town Hall"); a.Extra["Colour"] != "red" || a.Extra["Phone"] != "" {
		t.Errorf("kept %v", a.Extra)
	}
	roles := map[string]mapping.Role{}
	for _, c := range res.Tables[0].Mapping.Columns {
		roles[c.Column] = c.Role
	}
	if roles["Name"] != mapping.Mapped || roles["Phone"] != mapping.Ignored || roles["Colour"] != mapping.Extra {
		t.Errorf("%v", roles)
	}
}
