package importing_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/views/importing"
	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/model"
)

func TestAMappingIsChangedConfirmedAndRemembered(t *testing.T) {
	r := newRig(t)
	path := r.file("sites.csv", "Ref,Site name,Post code,Size,Remark\nA1,Town Hall,M33 7ZF,4200,x\nA2,Library,M33 4NB,900,y\n")
	r.open(path)
	column := func() *app.ColumnPreview { return &r.v.Preview().Files[0].Tables[0].Columns[3] }
	say := func(field, unit string) {
		r.v.Choose(app.ImportChoice{Column: &app.ColumnChoice{File: "sites.csv", Row: 1, Index: 3, Role: "mapped", Field: field, Unit: unit}})
		r.settle()
	}
	say("floor_area", "")
	if c := column(); c.Field != "floor_area" || c.Assumed != "m²" || c.Unit != "" {
		t.Fatalf("after choosing the field: %+v", c)
	}
	say("floor_area", "sq ft")
	if c := column(); c.Unit != "sq ft" || c.Assumed != "" {
		t.Fatalf("after choosing the unit: %+v", c)
	}
	if err := r.ws.Layouts().Keep(r.v.Preview(), "Sites of ours"); err != nil {
		t.Fatal(err)
	}
	r.commit()
	if a := r.ws.Project().Assets[0]; a.FloorArea.Value < 390 || a.FloorArea.Value > 391 { // 4,200 sq ft are 390.19 m²
		t.Errorf("the floor area of %s is %v m²", a.Name, a.FloorArea.Value)
	}
	r.open(path)
	f := r.v.Preview().Files[0]
	if got := importing.LayoutWords(&f); got != "Recognised as “Sites of ours”, a layout you saved on 3 March 2026." {
		t.Errorf("said %q", got)
	}
	if c := column(); c.Unit != "sq ft" || f.Unchanged != 2 {
		t.Errorf("read again: %+v, %d unchanged", c, f.Unchanged)
	}
}

func TestABookIsTakenSheetBySheet(t *testing.T) {
	r := newRig(t)
	r.open("testdata/book.xlsx")
	f := func() *app.FilePreview { return &r.v.Preview().Files[0] }
	if f().Rows != 46 || len(f().Tables) != 4 {
		t.Fatalf("%d rows of %d tables", f().Rows, len(f().Tables))
	}
	hidden := app.TablePreview{}
	for _, x := range f().Tables {
		if x.Sheet == "Old 2019" {
			hidden = x
		}
		if x.Sheet == "Summary by ward" && (x.Taken || x.CanTake || !strings.Contains(x.Passed, "summary")) {
			t.Errorf("the summary: %+v", x)
		}
	}
	if !hidden.Hidden || hidden.Taken || !hidden.CanTake || len(hidden.Sample) < 3 {
		t.Fatalf("the hidden sheet: %+v", hidden)
	}
	r.v.Choose(app.ImportChoice{Table: &app.TableChoice{File: "book.xlsx", Sheet: "Old 2019", Take: true}})
	r.settle()
	if f().Rows != 51 || f().New != 50 {
		t.Errorf("with the hidden sheet: %d rows, %d new", f().Rows, f().New)
	}
	r.v.Choose(app.ImportChoice{Table: &app.TableChoice{File: "book.xlsx", Sheet: "Teams", Row: 1}})
	r.settle()
	if f().Rows != 45 {
		t.Errorf("without the teams: %d rows", f().Rows)
	}
	name := "Testford Borough Council"
	r.v.Choose(app.ImportChoice{Organisation: &name})
	r.settle()
	if f().Ownerless != 0 {
		t.Errorf("%d things still have no owner", f().Ownerless)
	}
	r.commit()
	if o := r.ws.Project().Organisations; len(o) != 1 || o[0].Name != name {
		t.Errorf("organisations %+v", o)
	}
	if err := r.ws.Undo(t.Context()); err != nil || len(r.ws.Project().Assets) != 0 {
		t.Errorf("one undo leaves %d assets: %v", len(r.ws.Project().Assets), err)
	}
}

func TestAMatchIsSplitMergedAndTakenBack(t *testing.T) {
	r := newRig(t)
	r.open(r.file("council.csv", "UPRN,Site name,Post code,Floor area m2\n100012345678,Town Hall,M33 7ZF,4200\n100012345679,Library,M33 4NB,900\n"))
	r.commit()
	before := *r.ws.Project()
	r.open(r.file("partner.csv", "UPRN,Building name,Postcode,GIA (m2)\n100012345678,The Town Hall,M33 7ZF,4300\n,Reading rooms,M33 4NB,880\n"))
	f := func() *app.FilePreview { return &r.v.Preview().Files[0] }
	line := func(row int) app.ImportLine {
		for _, l := range f().Lines {
			if l.Row == row {
				return l
			}
		}
		t.Fatalf("no line for row %d", row)
		return app.ImportLine{}
	}
	hall := line(2)
	if hall.Status == app.LineNew || hall.Match == nil || hall.Match.Name != "Town Hall" || len(hall.Match.Reasons) == 0 || hall.Match.Score < 0.85 {
		t.Fatalf("the town hall: %+v", hall)
	}
	r.v.Choose(app.ImportChoice{Row: &app.RowChoice{Cell: hall.Cell, Apart: true}})
	r.settle()
	if l := line(2); l.Status != app.LineNew || !l.Decided || f().New != 2 {
		t.Errorf("after “two buildings”: %+v, %d new", l, f().New)
	}
	rooms := line(3)
	list := r.ws.Candidates(r.v.Preview(), rooms.Cell)
	var library model.AssetID
	for _, x := range list {
		if x.Name == "Library" {
			library = x.Asset
		}
	}
	if library == "" {
		t.Fatalf("the library is no candidate for the reading rooms: %+v", list)
	}
	r.v.Choose(app.ImportChoice{Row: &app.RowChoice{Cell: rooms.Cell, Asset: library}})
	r.settle()
	if l := line(3); l.Status == app.LineNew || l.Match == nil || l.Match.Asset != library || f().New != 1 {
		t.Errorf("after “merge with the library”: %+v", l)
	}
	r.v.Choose(app.ImportChoice{Row: &app.RowChoice{Cell: hall.Cell}})
	r.settle()
	if l := line(2); l.Decided || l.Status == app.LineNew {
		t.Errorf("after taking the choice back: %+v", l)
	}
	if !reflect.DeepEqual(before.Assets, r.ws.Project().Assets) {
		t.Error("looking changed the project")
	}
	r.commit()
	if n := len(r.ws.Project().Assets); n != 2 {
		t.Errorf("%d assets", n)
	}
}

func TestTheRowOfAFindingIsShownWithItsCell(t *testing.T) {
	r := newRig(t)
	r.open("testdata/book.xlsx")
	for _, x := range r.v.Preview().Files[0].Findings {
		if x.Column != "Floor area" || x.Row == 0 {
			continue
		}
		s := r.ws.SourceRows(r.v.Preview(), app.Cell{File: x.File, Sheet: x.Sheet, Row: x.Row, Column: x.Column})
		if s == nil || s.Numbers[s.Row] != 11 || s.Letters[s.Column] != "D" || s.Headers[s.Column] != "Floor area" || s.Cells[s.Row][s.Column] != "n/k – see file" {
			t.Fatalf("row %d: %+v", x.Row, s)
		}
		return
	}
	t.Fatal("no finding about the floor area")
}

func TestFindingsGoBackToTheOwnerAsASpreadsheet(t *testing.T) {
	r := newRig(t)
	r.open("testdata/book.xlsx")
	out := filepath.Join(t.TempDir(), "findings.csv")
	if err := r.ws.SaveFindings(t.Context(), r.v.Preview(), out); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(out)
	if err != nil || !strings.Contains(string(b), "Buildings,11,Floor area,D11,n/k – see file,") || !strings.Contains(string(b), "T008 | Building 8 | M32 0AA | n/k – see file") {
		t.Errorf("%v: %s", err, b)
	}
	book := filepath.Join(t.TempDir(), "findings.xlsx")
	if err := r.ws.SaveFindings(t.Context(), r.v.Preview(), book); err != nil {
		t.Fatal(err)
	}
	tables, err := importers.Open(t.Context(), book, importers.Options{})
	if err != nil || len(tables) != 1 || len(tables[0].Rows) != len(r.v.Preview().Files[0].Findings)+1 {
		t.Errorf("the workbook: %v, %d tables", err, len(tables))
	}
}

func TestAProtectedBookAsksForItsPassword(t *testing.T) {
	r := newRig(t)
	r.open("testdata/secret.xlsx")
	f := func() *app.FilePreview { return &r.v.Preview().Files[0] }
	if !f().Password {
		t.Fatalf("%+v", f())
	}
	e, ok := r.v.Focus().(*widget.Entry)
	if !ok {
		t.Fatalf("keys go to %T", r.v.Focus())
	}
	e.SetText("guess")
	r.tap("Open the file")
	if !f().Password || !strings.Contains(f().Problem, "does not open") {
		t.Errorf("a wrong password: %+v", f())
	}
	e.SetText("open sesame")
	r.tap("Open the file")
	if f().Problem != "" || f().Rows != 46 {
		t.Errorf("the right password: %q, %d rows", f().Problem, f().Rows)
	}
}

func TestThePortfoliosAddUpLineByLine(t *testing.T) {
	const folder = "../../../../shared/portfolios"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the portfolios are not here")
	}
	r := newRig(t)
	var p jobs.Progress
	for _, name := range []string{"trafford-place/places/trafford_land_and_building_assets.csv", "cheltenham/local_authority_land_and_assets_2023.csv",
		"us-benchmarking/calgary.csv", "trafford-place/places/hospitals.geojson", "fire/stations-derbyshire.xlsx", "libraries/gm_libraries.csv"} {
		v, err := r.ws.Preview(t.Context(), []string{filepath.Join(folder, name)}, &p)
		if err != nil {
			t.Fatal(err)
		}
		f := &v.Files[0]
		n := map[string]int{}
		for i := range f.Lines {
			n[f.Lines[i].Status]++
		}
		for status, want := range map[string]int{app.LineNew: f.New, app.LineChanged: f.Changed, app.LineUnchanged: f.Unchanged, app.LineMerged: f.Merged, app.LineRejected: f.Rejected} {
			if n[status] != want {
				t.Errorf("%s: %d lines are %s, %d are counted", name, n[status], status, want)
			}
		}
		if sum := f.New + f.Changed + f.Unchanged + f.Merged + f.Rejected; sum != f.Rows || f.Rows == 0 {
			t.Errorf("%s: %d rows, parts of %d", name, f.Rows, sum)
		}
	}
}
