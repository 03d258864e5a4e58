package workbook

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
)

// returned edits a book as a spreadsheet program would and gives it back.
func returned(t testing.TB, book []byte, edit func(f *excelize.File)) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	edit(f)
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func diff(t testing.TB, raw []byte, base, ours *appraisal.Comparison) *ChangeSet {
	t.Helper()
	set, err := Diff(context.Background(), bytes.NewReader(raw), int64(len(raw)), base, ours)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// at finds the row of a stream and the column of a head on a Streams sheet.
func at(t testing.TB, book []byte, id, scenario, head string) (row, col int) {
	t.Helper()
	b := reopen(t, book)
	if err := b.each("Streams", func(r int, cells []readCell) error {
		if len(cells) > 3 && cells[0].v == id && cells[2].v == scenario && row == 0 {
			row = r
		}
		for _, c := range cells {
			if c.v == head && col == 0 && len(cells) > 20 {
				col = c.col
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if row == 0 || col == 0 {
		t.Fatalf("no stream %s of %s, or no column %s", id, scenario, head)
	}
	return row, col
}

func set(t testing.TB, f *excelize.File, sheet, cell string, v any) {
	t.Helper()
	if err := f.SetCellValue(sheet, cell, v); err != nil {
		t.Fatal(err)
	}
}

func TestAnUntouchedBookHasNoChanges(t *testing.T) {
	c := newSample(t, 20, 6, 20, 2, 0.5).compare(t)
	book := write(t, c, Exempt)
	for name, raw := range map[string][]byte{"as sent": book, "saved by another program": returned(t, book, func(*excelize.File) {})} {
		for _, ch := range diff(t, raw, c, c).Changes {
			t.Errorf("%s: %s %s!%s %s", name, ch.Kind, ch.Sheet, ch.Cell, ch.Sentence)
		}
	}
}

func TestABookSavedByLibreOfficeHasNoChanges(t *testing.T) {
	c := newSample(t, 20, 6, 20, 2, 0.5).compare(t)
	raw := libre(t, write(t, c, Exempt))
	for _, ch := range diff(t, raw, c, c).Changes {
		t.Errorf("%s %s!%s %s", ch.Kind, ch.Sheet, ch.Cell, ch.Sentence)
	}
}

// edits makes ten changes; each is one entry of the change set.
func edits(t testing.TB, book []byte, f *excelize.File) map[string]ChangeKind {
	want := map[string]ChangeKind{}
	b := reopen(t, book)
	for k, v := range map[string]float64{"hub.cost": 900, "ab.12": 0.3, "growth.test": 0.02} {
		cell := a1(rowOfKey(t, b, k), asValue)
		set(t, f, "Assumptions", cell, v)
		want["Assumptions!"+cell] = AssumptionChanged
	}
	for _, x := range []struct {
		id, scenario, head string
		v                  any
		kind               ChangeKind
	}{
		{"a0/rent", "Every scenario", "Quantity", -20000, StreamChanged},
		{"a0/works", "Every scenario", "Rate A", 700, StreamChanged},
		{"a0/cleaning", "Every scenario", "Last year", 2030, StreamChanged},
		{"a0/kWh", "Every scenario", "Amount", 1, Overwritten},
		{"a0/energy cost", "Every scenario", "2028/29", -5, Overwritten},
		{"a0/benefit", "Every scenario", "Quantity", "lots", Unreadable},
	} {
		r, c := at(t, book, x.id, x.scenario, x.head)
		set(t, f, "Streams", a1(r, c), x.v)
		want["Streams!"+a1(r, c)] = x.kind
	}
	set(t, f, "Baseline", "H30", 12345)
	want["Baseline!H30"] = Overwritten
	return want
}

// logRow is the first blank line for people's own changes.
func logRow(t testing.TB, book []byte) int {
	t.Helper()
	at := 0
	if err := reopen(t, book).each("Change log", func(r int, cells []readCell) error {
		if len(cells) > 0 && cells[0].v == "Cell or key" {
			at = r + 1
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return at
}

func firstShared(t testing.TB) *sample { return newSample(t, 23, 6, 20, 2, 0.3) }

func TestTenChangesAreTenChanges(t *testing.T) {
	c := firstShared(t).compare(t)
	book := write(t, c, Exempt)
	var want map[string]ChangeKind
	raw := returned(t, book, func(f *excelize.File) {
		want = edits(t, book, f)
		if err := f.SetSheetRow("Change log", a1(logRow(t, book), 1), &[]any{"hub.cost", "Tender received", 46350, "A. Treasurer", "850", "The lowest of four"}); err != nil {
			t.Fatal(err)
		}
	})
	got := map[string]ChangeKind{}
	found := diff(t, raw, c, c)
	if len(found.Log) != 1 || found.Log[0] != (LogLine{"hub.cost", "Tender received", "24 November 2026", "A. Treasurer", "850", "The lowest of four"}) {
		t.Errorf("the change log was read as %+v", found.Log)
	}
	for _, ch := range found.Changes {
		got[ch.Sheet+"!"+ch.Cell] = ch.Kind
		t.Log(ch.Sentence)
	}
	for k, v := range want {
		if got[k] != v {
			t.Errorf("%s is %q in the change set, want %q", k, got[k], v)
		}
		delete(got, k)
	}
	for k, v := range got {
		t.Errorf("the change set has %s (%s), which nobody changed", k, v)
	}
}

func TestAChangeTheProjectMadeDifferentlyIsAConflict(t *testing.T) {
	base := firstShared(t).compare(t)
	book := write(t, base, Exempt)
	raw := returned(t, book, func(f *excelize.File) { edits(t, book, f) })
	s := firstShared(t)
	for i := range s.project.Assumptions {
		switch a := &s.project.Assumptions[i]; a.Key {
		case "hub.cost":
			a.Value = 1000 // another change
		case "ab.12":
			a.Value = 0.3 // the same change
		}
	}
	in, err := appraisal.Prepare(s.project, appraisal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.inputs = in
	set := diff(t, raw, base, s.compare(t))
	if set.Already != 1 {
		t.Errorf("%d changes are counted as made already, want 1", set.Already)
	}
	for _, ch := range set.Changes {
		if ch.Kind == AssumptionChanged && ch.Conflict != (ch.Key == "hub.cost") {
			t.Errorf("%s: conflict is %v", ch.Key, ch.Conflict)
		}
	}
}

func TestARowPutInIsAnAddedStream(t *testing.T) {
	c := firstShared(t).compare(t)
	book := write(t, c, Exempt)
	r, _ := at(t, book, "a0/rent", "Every scenario", "Quantity")
	raw := returned(t, book, func(f *excelize.File) {
		if err := f.InsertRows("Streams", r+1, 1); err != nil {
			t.Fatal(err)
		}
		b := reopen(t, book)
		heads := map[string]int{}
		if err := b.each("Streams", func(_ int, cells []readCell) error {
			if h := columnsOf(cells); h["Stream"] > 0 && len(heads) == 0 {
				heads = h
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		for head, v := range map[string]any{"Stream": "new/1", "Effect": "Security patrols", "Scenario": "Every scenario", "Ledger": "money", "Category": "other running",
			"Payer": "Borough Council", "Quantity": -4000, "Quantity unit": "£", "First year": 2027, "Last year": 2030, "Unit": "£"} {
			set(t, f, "Streams", a1(r+1, heads[head]), v)
		}
	})
	found := false
	for _, ch := range diff(t, raw, c, c).Changes {
		if ch.Kind == StreamAdded {
			found = true
			if ch.Stream == nil || ch.Stream.Quantity != -4000 || ch.Stream.Payer != "council" || ch.Stream.First != 2027 || ch.Stream.Last != 2030 || len(ch.ScenarioIDs) != 3 {
				t.Errorf("the added stream was read as %+v for %v", ch.Stream, ch.ScenarioIDs)
			}
		} else if ch.Kind != Overwritten || !strings.HasPrefix(ch.Sheet, "Streams") {
			t.Errorf("%s %s!%s: %s", ch.Kind, ch.Sheet, ch.Cell, ch.Sentence)
		}
	}
	if !found {
		t.Error("the added row is not in the change set")
	}
}

func TestWhatPeopleDoToBooks(t *testing.T) {
	c := firstShared(t).compare(t)
	book := write(t, c, Exempt)
	t.Run("a sheet deleted and one renamed", func(t *testing.T) {
		raw := returned(t, book, func(f *excelize.File) {
			if err := f.DeleteSheet("Carbon"); err != nil {
				t.Fatal(err)
			}
			if err := f.SetSheetName("Assumptions", "Our assumptions"); err != nil {
				t.Fatal(err)
			}
			set(t, f, "Our assumptions", a1(rowOfKey(t, reopen(t, book), "hub.cost"), asValue), 901)
		})
		gone, renamed, changed := false, false, false
		for _, ch := range diff(t, raw, c, c).Changes {
			gone = gone || ch.Sheet == "Carbon" && ch.Kind == Unreadable
			renamed = renamed || ch.Sheet == "Our assumptions" && ch.Kind == Unreadable
			changed = changed || ch.Kind == AssumptionChanged && ch.Number == 901
		}
		if !gone || !renamed || !changed {
			t.Errorf("deleted said: %v, renamed said: %v, change read: %v", gone, renamed, changed)
		}
	})
	t.Run("a column put in", func(t *testing.T) {
		raw := returned(t, book, func(f *excelize.File) {
			if err := f.InsertCols("Assumptions", "C", 1); err != nil {
				t.Fatal(err)
			}
			set(t, f, "Assumptions", a1(rowOfKey(t, reopen(t, book), "hub.cost"), asValue+1), 902)
		})
		for _, ch := range diff(t, raw, c, c).Changes {
			if ch.Sheet == "Assumptions" && (ch.Kind != AssumptionChanged || ch.Number != 902) {
				t.Errorf("%s %s: %s", ch.Kind, ch.Cell, ch.Sentence)
			}
		}
	})
	for name, raw := range map[string][]byte{"not a spreadsheet": []byte("PDF"), "half a file": book[:len(book)/2], "nothing": nil} {
		t.Run(name, func(t *testing.T) {
			_, err := Diff(context.Background(), bytes.NewReader(raw), int64(len(raw)), c, c)
			if !errors.Is(err, model.ErrInvalid) {
				t.Errorf("got %v", err)
			}
		})
	}
	t.Run("a bit turned over", func(t *testing.T) {
		raw := bytes.Clone(book)
		for i := len(raw) / 3; i < len(raw)/3+40; i++ {
			raw[i] ^= 0xff
		}
		if _, err := Diff(context.Background(), bytes.NewReader(raw), int64(len(raw)), c, c); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("another program's workbook", func(t *testing.T) {
		f := excelize.NewFile()
		defer f.Close()
		var buf bytes.Buffer
		if err := f.Write(&buf); err != nil {
			t.Fatal(err)
		}
		if _, err := Diff(context.Background(), bytes.NewReader(buf.Bytes()), int64(buf.Len()), c, c); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("got %v", err)
		}
	})
}
