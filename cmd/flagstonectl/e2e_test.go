//go:build e2e

package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// bin is the built program under test.
func bin(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("FLAGSTONE_BIN")
	if dir == "" {
		t.Fatal("FLAGSTONE_BIN is not set: run make e2e")
	}
	return filepath.Join(dir, "flagstonectl")
}

// ctl runs the program and returns what it printed and its exit code.
func ctl(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := exec.Command(bin(t), args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

func must(t *testing.T, args ...string) string {
	t.Helper()
	out, errs, code := ctl(t, args...)
	if code != 0 {
		t.Fatalf("flagstonectl %s: exit %d\n%s%s", strings.Join(args, " "), code, out, errs)
	}
	return out
}

func tool1(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// TestWholeLine makes the demonstration project, recalculates its workbook from
// nothing in LibreOffice, and checks its papers with programs we did not write.
func TestWholeLine(t *testing.T) {
	dir := t.TempDir()
	t.Log(must(t, "demo", dir))
	project := filepath.Join(dir, "trafford.flagstone")
	must(t, "check", project)
	var app struct {
		Scenarios []map[string]any `json:"scenarios"`
	}
	if err := json.Unmarshal([]byte(must(t, "appraise", project, "--json")), &app); err != nil {
		t.Fatal(err)
	}
	if len(app.Scenarios) < 3 {
		t.Fatalf("%d scenarios", len(app.Scenarios))
	}

	t.Run("workbook", func(t *testing.T) { workbookTies(t, dir, app.Scenarios) })
	for _, f := range []string{"trafford-business-case.pdf", "trafford-business-case-exempt.pdf", "trafford-cover-report.pdf"} {
		t.Run(f, func(t *testing.T) { paperIsSound(t, filepath.Join(dir, f)) })
	}
	t.Run("register", func(t *testing.T) {
		out := must(t, "import", project, filepath.Join(dir, "trafford-register.csv"), "--dry-run", "--json")
		var r map[string]any
		if err := json.Unmarshal([]byte(out), &r); err != nil {
			t.Fatal(err)
		}
		t.Logf("register read back: %v rows, %v new, %v updated, %v unchanged", r["rows_read"], r["imported"], r["updated"], r["unchanged"])
		if r["imported"].(float64) != 0 || r["updated"].(float64) != 0 {
			t.Error("a register that was written and read back changes the project")
		}
	})
}

var cached = regexp.MustCompile(`(<f[^>]*>[^<]*</f>|<f[^>]*/>)<v>[^<]*</v>`)

// strip takes every cached value of a formula out of a workbook.
func strip(t *testing.T, from, to string) {
	t.Helper()
	in, err := zip.OpenReader(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	w := zip.NewWriter(out)
	for _, m := range in.File {
		r, err := m.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(m.Name, "xl/worksheets/sheet") {
			data = cached.ReplaceAll(data, []byte("$1"))
		}
		o, err := w.Create(m.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// recalculated has LibreOffice work a book out and reads its Compare sheet:
// scenario → key → value.
func recalculated(t *testing.T, book string) map[string]map[string]float64 {
	t.Helper()
	dir := t.TempDir()
	tool1(t, "soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", dir, book)
	return compareSheet(t, filepath.Join(dir, filepath.Base(book)))
}

// compareSheet reads the Compare sheet of a recalculated book, and looks for
// cells in error on every sheet.
func compareSheet(t *testing.T, path string) map[string]map[string]float64 {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Compare", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range f.GetSheetList() {
		all, err := f.GetRows(s, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range all {
			for c, v := range row {
				if strings.HasPrefix(v, "#") && strings.HasSuffix(v, "!") || v == "#N/A" || v == "#NAME?" || strings.HasPrefix(v, "Err:") {
					t.Errorf("%s row %d column %d holds %s", s, r+1, c+1, v)
				}
			}
		}
	}
	out := map[string]map[string]float64{}
	var head []string
	for _, row := range rows {
		if len(row) > 3 && row[1] == "Key" {
			if head != nil {
				break // the block of the program's own figures
			}
			head = row
			continue
		}
		if head == nil || len(row) < 4 || row[1] == "" {
			continue
		}
		for i := 3; i < len(row) && i < len(head); i++ {
			name := strings.TrimSuffix(head[i], " (baseline)")
			if out[name] == nil {
				out[name] = map[string]float64{}
			}
			if v, err := strconv.ParseFloat(row[i], 64); err == nil {
				out[name][row[1]] = v
			}
		}
	}
	return out
}

func workbookTies(t *testing.T, dir string, scenarios []map[string]any) {
	bare := filepath.Join(t.TempDir(), "bare.xlsx")
	strip(t, filepath.Join(dir, "trafford.xlsx"), bare)
	got := recalculated(t, bare)
	for _, s := range scenarios {
		name := s["name"].(string)
		for _, key := range []string{"npsv", "npv_public", "npc"} {
			v, ok := got[name][key]
			want, _ := s[jsonKey(key)].(float64)
			if !ok || math.Abs(v-want) > 0.0051 {
				t.Errorf("%s, %s: LibreOffice %v (%v), flagstonectl %.2f", name, key, v, ok, want)
			} else {
				t.Logf("%s, %s: LibreOffice %.4f, flagstonectl %.2f", name, key, v, want)
			}
		}
	}

	// Change one assumption in the book: every total that rests on it must move.
	f, err := excelize.OpenFile(bare)
	if err != nil {
		t.Fatal(err)
	}
	cell := ""
	for _, n := range f.GetDefinedName() {
		if n.Name == "hub_fitout" {
			cell = strings.ReplaceAll(n.RefersTo, "$", "")
		}
	}
	sheet, at, ok := strings.Cut(strings.Trim(cell, "="), "!")
	if !ok {
		t.Fatalf("no cell is named hub_fitout (%q)", cell)
	}
	if err := f.SetCellValue(strings.Trim(sheet, "'"), at, 900); err != nil {
		t.Fatal(err)
	}
	changed := filepath.Join(t.TempDir(), "changed.xlsx")
	if err := f.SaveAs(changed); err != nil {
		t.Fatal(err)
	}
	f.Close()
	after := recalculated(t, changed)
	if before := got["Community hubs"]["npsv"]; !(after["Community hubs"]["npsv"] < before-1000) {
		t.Errorf("dearer fit-out should lower NPSV: %.2f, then %.2f", before, after["Community hubs"]["npsv"])
	}
	if got["Do minimum"]["npsv"] != after["Do minimum"]["npsv"] {
		t.Error("the do-minimum scenario has no fit-out and should not move")
	}
}

func paperIsSound(t *testing.T, path string) {
	tool1(t, "qpdf", "--check", path)
	if info := tool1(t, "pdfinfo", path); !regexp.MustCompile(`Tagged:\s+yes`).MatchString(info) {
		t.Errorf("not tagged:\n%s", info)
	}
	structure := tool1(t, "pdfinfo", "-struct-text", path)
	for _, want := range []string{"H1", "Table", "TH", "TD", "P ", "Figure"} {
		if !strings.Contains(structure, want) {
			t.Errorf("the structure has no %s", want)
		}
	}
	fonts := strings.Split(strings.TrimSpace(tool1(t, "pdffonts", path)), "\n")
	if len(fonts) < 3 {
		t.Errorf("no fonts:\n%s", strings.Join(fonts, "\n"))
	}
	for _, l := range fonts[2:] {
		// name … type encoding emb sub uni object
		f := strings.Fields(l)
		if n := len(f); n < 6 || f[n-5] != "yes" || f[n-3] != "yes" {
			t.Errorf("a font is not embedded with its characters: %s", l)
		}
	}
}

// TestRegisterOfRecord imports the published register into an empty project:
// every one of its 608 rows is accounted for.
func TestRegisterOfRecord(t *testing.T) {
	dir := t.TempDir()
	project := filepath.Join(dir, "p.flagstone")
	must(t, "new", project, "--name", "Trafford")
	src, err := filepath.Abs("../../assets/demo/land_and_buildings.csv")
	if err != nil {
		t.Fatal(err)
	}
	out := must(t, "import", project, src, "--json", "--report", filepath.Join(dir, "r.json"))
	var r struct {
		Read                 int `json:"rows_read"`
		Imported             int `json:"imported"`
		Updated              int `json:"updated"`
		Unchanged            int `json:"unchanged"`
		Duplicates, Rejected []struct{ Reason string }
	}
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	t.Logf("608 rows: %d imported, %d merged, %d rejected", r.Imported, len(r.Duplicates), len(r.Rejected))
	if r.Read != 608 || r.Imported+r.Updated+r.Unchanged+len(r.Duplicates)+len(r.Rejected) != 608 {
		t.Errorf("the rows do not add up: %+v", r)
	}
	for _, n := range append(r.Duplicates, r.Rejected...) {
		if n.Reason == "" {
			t.Error("a row was left out without a reason")
		}
	}
	again := must(t, "import", project, src, "--json")
	if err := json.Unmarshal([]byte(again), &r); err != nil {
		t.Fatal(err)
	}
	if r.Imported != 0 || r.Updated != 0 {
		t.Errorf("read again, %d rows are new and %d changed", r.Imported, r.Updated)
	}
}

// TestBadInput gives each kind of trouble a sentence and the right exit code,
// and leaves the project as it was.
func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	project := filepath.Join(dir, "p.flagstone")
	must(t, "new", project)
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	damaged := filepath.Join(dir, "damaged.xlsx")
	book := excelize.NewFile()
	for i := range 2000 {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := book.SetSheetRow("Sheet1", cell, &[]any{i, "Building " + strconv.Itoa(i), i * 7919 % 1013, "M33 7ZF"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SaveAs(damaged); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(damaged)
	if err != nil {
		t.Fatal(err)
	}
	// Damage the sheet itself, where the library would drop rows without a word.
	zr, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range zr.File {
		if m.Name == "xl/worksheets/sheet1.xml" {
			off, err := m.DataOffset()
			if err != nil {
				t.Fatal(err)
			}
			for i := range 40 {
				raw[int(off)+int(m.CompressedSize64)/2+i] ^= 0x5a
			}
		}
	}
	if err := os.WriteFile(damaged, raw, 0o644); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(project)
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name string
		args []string
		code int
		says string
	}{
		{"not a spreadsheet", []string{"import", project, write("a.pdf", "%PDF-1.7\n%%EOF")}, 1, "PDF"},
		{"damaged workbook", []string{"import", project, damaged}, 1, "damaged"},
		{"empty file", []string{"import", project, write("empty.csv", "")}, 1, "empty"},
		{"no such file", []string{"import", project, filepath.Join(dir, "none.csv")}, 1, "none.csv"},
		{"no project", []string{"appraise", write("foreign.flagstone", "SQLite format 3\x00rubbish")}, 1, ""},
		{"not a project", []string{"appraise", write("text.flagstone", "hello")}, 1, "not a Flagstone project"},
		{"wrong command", []string{"frobnicate"}, 2, "frobnicate"},
		{"wrong flag", []string{"appraise", project, "--nope"}, 2, "nope"},
		{"missing argument", []string{"export", "workbook"}, 2, "takes"},
		{"horizon too long", []string{"new", filepath.Join(dir, "q.flagstone"), "--horizon", "101"}, 1, "1 to 100"},
		{"there already", []string{"new", project}, 1, "p.flagstone"},
		{"scenario not there", []string{"appraise", project, "--scenario", "Nowhere"}, 1, "Nowhere"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, errs, code := ctl(t, c.args...)
			if code != c.code || !strings.Contains(errs, c.says) || strings.Contains(errs, "goroutine") {
				t.Errorf("exit %d, wanted %d saying %q:\n%s", code, c.code, c.says, errs)
			}
			t.Log(strings.TrimSpace(errs))
		})
	}
	after, err := os.ReadFile(project)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) {
		t.Error("the project changed")
	}
}

// jsonKey is what the appraise command calls a result that the workbook keeps
// under a shorter key.
func jsonKey(key string) string {
	if key == "npc" {
		return "net_present_cost"
	}
	return key
}

// TestPublishedCasesFromCSV pastes two published cash flows and gets the
// published answers. C1: NHSScotland capital guidance annex A, NPV 8,253. C3:
// street-lighting PFI business-case model, benefits 69,048,295 and 11,307,645
// (printed from a yearly figure in whole pounds, so within £4), ratio 4.46.
func TestPublishedCasesFromCSV(t *testing.T) {
	dir := t.TempDir()
	header, c1 := "Label", "Cash flow"
	for y := range 11 {
		header += "," + strconv.Itoa(2026+y)
		if y < 10 {
			c1 += ",1000"
		}
	}
	appraise := func(name, csv string, horizon int) map[string]any {
		path, project := filepath.Join(dir, name+".csv"), filepath.Join(dir, name+".flagstone")
		if err := os.WriteFile(path, []byte(csv), 0o644); err != nil {
			t.Fatal(err)
		}
		must(t, "new", project, "--horizon", strconv.Itoa(horizon))
		must(t, "import", project, path, "--kind", "manual-streams", "--scenario", name)
		var r struct {
			Scenarios []map[string]any `json:"scenarios"`
		}
		if err := json.Unmarshal([]byte(must(t, "appraise", project, "--scenario", name, "--json")), &r); err != nil {
			t.Fatal(err)
		}
		return r.Scenarios[0]
	}
	if got := appraise("C1", header+"\n"+c1+",-500\n", 11)["npsv"].(float64); math.Round(got) != 8253 {
		t.Errorf("C1: %.2f, published 8,253", got)
	}
	header = "Label,Payer,Benefit,Capital"
	works, first, second := "Works,Council,no,yes", "Accidents avoided,,yes,no", "Crime avoided,,yes,no"
	for y := range 26 {
		header += "," + strconv.Itoa(2026+y)
		share := math.Min(1, float64(y)/5)
		works += map[bool]string{true: ",-18000000", false: ",0"}[y == 0]
		first += "," + strconv.FormatFloat(4725000*share, 'f', 2, 64)
		second += "," + strconv.FormatFloat(773786*share, 'f', 2, 64)
	}
	r := appraise("C3", strings.Join([]string{header, works, first, second, ""}, "\n"), 26)
	if got, want := r["npsv"].(float64), 69048295.0+11307645-18000000; math.Abs(got-want) > 5 {
		t.Errorf("C3: %.2f, published %.0f", got, want)
	}
	if got := r["bcr"].(float64); math.Round(got*100) != 446 {
		t.Errorf("C3: ratio %.4f, published 4.46", got)
	}
	t.Logf("C3: NPSV %.2f, ratio %.4f", r["npsv"], r["bcr"])
}
