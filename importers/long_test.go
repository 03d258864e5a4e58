package importers_test

import (
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/model"
)

const longRegister = "Site code,Site,Postcode,Measure,Value,Unit\n" +
	"A1,Town Hall,M33 7ZF,Gross internal area,12917,sq ft\nA1,Town Hall,M33 7ZF,Electricity consumption,100,MWh\nA1,Town Hall,M33 7ZF,Tenure,Freehold,\n" +
	"A2,Depot,M32 0AA,Gross internal area,900,m2\nA2,Depot,M32 0AA,Electricity consumption,5000,kWh\nA2,Depot,M32 0AA,Tenure,Leasehold,\n" +
	"A3,Library,M33 2AA,Gross internal area,300,m2\nA3,Library,M33 2AA,Tenure,Freehold,\n"

func TestALongRegisterIsTurnedWide(t *testing.T) {
	res := readText(t, "long.csv", longRegister, importers.Options{})
	c := res.Counts
	if c.Rows != 8 || c.Imported != 3 || c.Merged != 5 || !c.Adds() || len(res.Duplicates) != 5 {
		t.Fatalf("%+v", c)
	}
	a := res.Changes.Assets[0].Asset
	if a.Name != "Town Hall" || a.FloorArea.Value < 1200 || a.FloorArea.Value > 1200.1 || a.Energy.Get(model.Electricity).Value != 100000 || a.Tenure.Kind != model.Freehold {
		t.Errorf("%+v", a)
	}
	if !strings.Contains(a.FloorArea.Source, "from row 2, column Gross internal area") {
		t.Errorf("source %q", a.FloorArea.Source)
	}
	if b := res.Changes.Assets[1].Asset; b.Energy.Get(model.Electricity).Value != 5000 || b.Tenure.Kind != model.Leasehold || b.FloorArea.Value != 900 {
		t.Errorf("%+v", b)
	}
	if !says(res, "one measure a row") {
		t.Error("nothing is said of it")
	}
	// And again: nothing changes.
	var p model.Project
	res.Changes.Apply(&p)
	if again := readText(t, "long.csv", longRegister, importers.Options{Existing: &p}); !again.Changes.Empty() || again.Counts.Unchanged != 3 || !again.Counts.Adds() {
		t.Errorf("again: %+v", again.Counts)
	}
}

func TestALongRegisterOfYearsKeepsTheLatest(t *testing.T) {
	text := "Site,Year,Metric,Amount\n"
	for _, y := range []string{"2022", "2023"} {
		for i, s := range []string{"Town Hall", "Depot", "Library"} {
			text += s + "," + y + ",Electricity (kWh)," + string(rune('1'+i)) + y[2:] + "\n" + s + "," + y + ",Gas (kWh)," + string(rune('4'+i)) + y[2:] + "\n"
		}
	}
	res := readText(t, "long.csv", text, importers.Options{})
	if len(res.Changes.Assets) != 3 || !res.Counts.Adds() || res.Counts.Rows != 12 {
		t.Fatalf("%d assets, %+v", len(res.Changes.Assets), res.Counts)
	}
	if a := res.Changes.Assets[0].Asset; a.Energy.Get(model.Electricity).Value != 123 || a.Energy.Get(model.Gas).Value != 423 {
		t.Errorf("%+v", a.Energy)
	}
}

func TestLongMeterReadingsNameTheirFuelByAnyName(t *testing.T) {
	text := "Site,Date,Measure,Consumption,Unit\n"
	for _, m := range []string{"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"} {
		text += "Town Hall,2023-" + m + "-28,Electricity,1000,kWh\nTown Hall,2023-" + m + "-28,Gas,2,MWh\n"
	}
	res := readText(t, "readings.csv", text, importers.Options{})
	if len(res.Changes.Assets) != 1 || res.Tables[0].Kind != mapping.Energy || !res.Counts.Adds() {
		t.Fatalf("%+v, %+v", res.Counts, res.Tables[0])
	}
	if e := res.Changes.Assets[0].Asset.Energy; e.Get(model.Electricity).Value != 12000 || e.Get(model.Gas).Value != 24000 {
		t.Errorf("%+v", e)
	}
}

func TestWhatOnlyLooksLongStaysAsItIs(t *testing.T) {
	for _, text := range []string{
		"Name,Category,Value,Postcode\nTown Hall,Office,1000000,M33 7ZF\nDepot,Depot,200000,M32 0AA\nLibrary,Library,300000,M33 2AA\nClub,Community,1000,M33 2AB\n",
		"area_code,area_name,indicator,measure,value\nE01006074,A,Total: all,count,10\nE01006074,A,Disabled,count,3\nE01006075,B,Total: all,count,12\nE01006075,B,Disabled,count,4\n",
	} {
		if res := readText(t, "x.csv", text, importers.Options{}); says(res, "one measure a row") || !res.Counts.Adds() {
			t.Errorf("turned: %s", text)
		}
	}
}

func TestTablesSideBySideAreReadApart(t *testing.T) {
	text := "Libraries,,,,Depots,,\n" +
		"Ref,Name,Postcode,,Ref,Name,Postcode\n" +
		"L1,Sale Library,M33 7ZF,,D1,Mill Depot,M32 0AA\n" +
		"L2,Urmston Library,M41 0AA,,D2,Lane Depot,M32 0AB\n" +
		"L3,Hale Library,WA15 8AA,,,,\n"
	res := readText(t, "two.csv", text, importers.Options{})
	if len(res.Tables) != 2 || len(res.Changes.Assets) != 5 || !res.Counts.Adds() {
		t.Fatalf("%d tables, %d assets, %+v", len(res.Tables), len(res.Changes.Assets), res.Counts)
	}
	if a := res.Changes.Assets[3]; a.Asset.Name != "Mill Depot" || a.Asset.Reference != "D1" || a.Rows[0] != 3 {
		t.Errorf("%+v", a)
	}
	// A column left blank within one table does not part it.
	res = readText(t, "one.csv", "Ref,Name,,Site code,Postcode\nL1,Sale Library,,S1,M33 7ZF\nL2,Urmston Library,,S2,M41 0AA\nL3,Hale Library,,S3,WA15 8AA\n", importers.Options{})
	if len(res.Tables) != 1 || len(res.Changes.Assets) != 3 {
		t.Errorf("%d tables, %d assets", len(res.Tables), len(res.Changes.Assets))
	}
}
