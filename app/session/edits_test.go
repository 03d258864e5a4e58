package session_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/model"
)

func estate() *model.Project {
	stated := func(v float64) model.Figure {
		return model.Figure{Value: v, Grade: model.Stated, Source: "register.csv"}
	}
	return &model.Project{
		Organisations: []model.Organisation{{ID: "c", Name: "Testford Council"}, {ID: "n", Name: "Testford NHS Trust"}},
		Assets: []model.Asset{
			{ID: "1", Name: "Town Hall", Reference: "R1", UPRN: "100", Organisation: "c", Use: model.UseTownHall, FloorArea: stated(4000)},
			{ID: "2", Name: "LONGFORD CLINIC", Reference: "R2", UPRN: "200", Organisation: "n", Use: model.UseClinic, FloorArea: stated(500), Placed: model.PlaceUnit, Postcode: "M32 0AA", Location: model.LatLon{Lat: 53, Lon: -2}},
			{ID: "3", Name: "Library", Reference: "R3", Organisation: "c", Use: model.UseLibrary},
		},
	}
}

func TestTextsAreReadAsPeopleWriteThem(t *testing.T) {
	p := estate()
	for _, c := range []struct {
		field, text, want string // what the field says afterwards; "!…" is a refusal that says so
	}{
		{"floor", "1,250.5 m²", "1250.5"}, {"floor", "1.2k", "1200"}, {"floor", "not known", ""}, {"floor", "-4", "!below 0"}, {"floor", "large", "!not a number"}, {"floor", "9e9", "!more than a building"},
		{"backlog", "£1.5m", "1500000"}, {"value", "£2,000,000", "2000000"}, {"cost.business-rates", "12 000", "12000"}, {"electricity", "85,000 kWh", "85000"},
		{"break", "25/03/2029", "25 March 2029"}, {"expiry", "46106", "25 March 2026"}, {"review", "31/02/2029", "!not a date"}, {"review", "2031-04-01", "1 April 2031"},
		{"use", "lib", "Library"}, {"use", "castle", "!no use"}, {"use", "c", "!could be"}, {"organisation", "testford nhs trust", "Testford NHS Trust"}, {"organisation", "Testford", "!could be"},
		{"tenure", "Leasehold (let)", "Leasehold (let)"}, {"tenure", "free", "Freehold"}, {"condition", "b", "B"}, {"condition", "E", "!no letter"}, {"rating", "A+", "A+"},
		{"postcode", "m337zf", "M33 7ZF"}, {"postcode", "M33 ZZZ", "!not a postcode"}, {"uprn", "000100012345678", "100012345678"}, {"uprn", "1.00012E+11", "!lost digits"}, {"uprn", "12AB", "!not a UPRN"},
		{"name", "", "!name is needed"},
	} {
		got := session.PlanEdits(p, []session.Edit{{Asset: "3", Field: c.field, Text: c.text}}, session.EditOptions{Source: "typed"})
		if want, refused := strings.CutPrefix(c.want, "!"); refused {
			if len(got.Refused) != 1 || !strings.Contains(got.Refused[0].Sentence, want) || got.Cells != 0 {
				t.Errorf("%s %q: %+v does not refuse with %q", c.field, c.text, got, want)
			}
			continue
		}
		after := p.Assets[2]
		if len(got.Assets) == 1 {
			after = got.Assets[0]
		}
		if f := session.FieldByID(session.Fields(p), c.field); len(got.Refused) != 0 || f.Text(&after) != c.want {
			t.Errorf("%s %q reads %q, refused %v; not %q", c.field, c.text, f.Text(&after), got.Refused, c.want)
		}
	}
	if !reflect.DeepEqual(p, estate()) {
		t.Error("planning changed the project")
	}
}

func TestOneValueForManyKeepsSourcesOfWhatIsTheSame(t *testing.T) {
	p := estate()
	e := session.PlanEdits(p, session.EditsOf([]model.AssetID{"1", "2", "3"}, "floor", "500"), session.EditOptions{Source: "typed in Flagstone"})
	if e.Cells != 2 || e.Same != 1 || len(e.Assets) != 2 {
		t.Fatalf("%+v", e)
	}
	if got := e.Sentence(); got != "2 cells in 2 buildings will change; 1 is as pasted already." {
		t.Error(got)
	}
	if got := e.Name(false); got != "change of floor area of 2 buildings" {
		t.Error(got)
	}
	if f := e.Assets[1].FloorArea; f != (model.Figure{Value: 500, Grade: model.Stated, Source: "typed in Flagstone"}) {
		t.Errorf("%+v", f)
	}
}

func TestANewPostcodeMovesWhatStandsByItsPostcode(t *testing.T) {
	p := estate()
	place := func(code string) (model.LatLon, model.PlaceMethod, bool) {
		return model.LatLon{Lat: 51, Lon: 0}, model.PlaceSector, code == "M33 7ZF"
	}
	e := session.PlanEdits(p, []session.Edit{{Asset: "2", Field: "postcode", Text: "M33 7ZF"}, {Asset: "3", Field: "postcode", Text: "B1 1AA"}}, session.EditOptions{Place: place})
	if a := e.Assets[0]; a.Placed != model.PlaceSector || a.Location.Lat != 51 {
		t.Errorf("the clinic stands at %+v by %s", a.Location, a.Placed)
	}
	if a := e.Assets[1]; a.Located() {
		t.Error("a postcode that nobody knows was put on the map")
	}
}

func TestCellsAreReadAsSpreadsheetsCopyThem(t *testing.T) {
	for text, want := range map[string][][]string{
		"a\tb\r\nc\td\r\n":                   {{"a", "b"}, {"c", "d"}},
		"\"two\nlines\"\t\"say \"\"no\"\"\"": {{"two lines", "say \"no\""}},
		"6\" pipe\tx":                        {{"6\" pipe", "x"}},
		"\tb":                                {{"", "b"}},
		"one":                                {{"one"}},
		"a\n\n\n":                            {{"a"}},
	} {
		if got := session.ParseCells(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func sheet(marked ...model.AssetID) *session.Sheet {
	all := []session.Heading{{ID: "name", Label: "Name"}, {ID: "reference", Label: "Reference"}, {ID: "floor", Label: "Floor area m²"}, {ID: "running", Label: "Running £ a year"}, {ID: "use", Label: "Use"}}
	return &session.Sheet{Marked: marked, From: []model.AssetID{"1", "2", "3"}, Columns: all[2:], Block: 1, All: all}
}

func TestPastedCellsFindTheirPlaces(t *testing.T) {
	p := estate()
	at := func(a, f, t string) session.Edit { return session.Edit{Asset: model.AssetID(a), Field: f, Text: t} }
	for _, c := range []struct {
		name, text string
		marked     []model.AssetID
		want       []session.Edit
		how        string
		refused    int
	}{
		{"one value into many", "7", []model.AssetID{"1", "3"}, []session.Edit{at("1", "floor", "7"), at("3", "floor", "7")}, "every marked row", 0},
		{"a block down and right, over a column that is worked out", "1\t9\tOffice\n2\t9\tDepot", []model.AssetID{"1"}, []session.Edit{at("1", "floor", "1"), at("1", "use", "Office"), at("2", "floor", "2"), at("2", "use", "Depot")}, "Running £ a year is worked out", 0},
		{"as many lines as rows are marked", "1\n2", []model.AssetID{"1", "3"}, []session.Edit{at("1", "floor", "1"), at("3", "floor", "2")}, "marked rows in order", 0},
		{"below the last row", "1\n2\n3\n4\n5", []model.AssetID{"1"}, []session.Edit{at("1", "floor", "1"), at("2", "floor", "2"), at("3", "floor", "3")}, "", 1},
		{"headings, rows by reference in another order", "Reference\tfloor area m²\nR3\t30\nR1\t10\nR9\t90", []model.AssetID{"2"}, []session.Edit{at("3", "floor", "30"), at("1", "floor", "10")}, "rows by reference", 1},
		{"headings, rows by a name as it was shown", "Name\tUse\nLongford Clinic\tOffice", []model.AssetID{"1"}, []session.Edit{at("2", "use", "Office")}, "rows by name", 0},
		{"nothing marked", "1", nil, nil, "Choose the cell", 0},
		{"nothing copied", "", []model.AssetID{"1"}, nil, "no cells", 0},
	} {
		got := sheet(c.marked...).Lay(p, session.ParseCells(c.text))
		if !reflect.DeepEqual(got.Edits, c.want) || !strings.Contains(got.How, c.how) || len(got.Refused) != c.refused {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// What was copied with its headings and comes back as it was changes nothing.
func TestWhatComesBackAsItWasChangesNothing(t *testing.T) {
	p := estate()
	text := "Name\tReference\tFloor area m²\tUse\nTown Hall\tR1\t4000\tCivic\nLongford Clinic\tR2\t500\tClinic\nLibrary\tR3\t\tLibrary\n"
	got := sheet("1").Lay(p, session.ParseCells(text))
	e := session.PlanEdits(p, got.Edits, session.EditOptions{})
	if e.Cells != 0 || len(e.Refused) != 0 || e.Same != 9 {
		t.Errorf("%+v", e)
	}
	if !strings.HasPrefix(e.Sentence(), "Nothing would change") {
		t.Error(e.Sentence())
	}
}

func TestReasonsAreSaidOnce(t *testing.T) {
	e := session.PlanEdits(estate(), session.EditsOf([]model.AssetID{"1", "2", "3"}, "uprn", "x"), session.EditOptions{})
	if got := e.Reasons(); len(got) != 1 || got[0] != "Town Hall and 2 others, UPRN: “x” is not a UPRN: it has up to 12 digits and nothing else." {
		t.Errorf("%q", got)
	}
}

func BenchmarkPlanEdits(b *testing.B) {
	const n = 100_000
	p := estate()
	p.Assets = make([]model.Asset, n)
	ids := make([]model.AssetID, n)
	for i := range p.Assets {
		ids[i] = model.AssetID(string(rune('a'+i%26)) + strings.Repeat("x", i/26%10) + "-" + string(rune('0'+i%10)) + model.FinancialYear(i))
		p.Assets[i].ID = ids[i]
	}
	edits := session.EditsOf(ids, "floor", "500")
	for b.Loop() {
		session.PlanEdits(p, edits, session.EditOptions{Source: "typed"})
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/row")
}
