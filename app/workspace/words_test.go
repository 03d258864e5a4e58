package workspace_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// TestWordsOfTheUserReachThePaper edits a section, looks at the paper, and goes
// back to ours, each a step that undo takes back.
func TestWordsOfTheUserReachThePaper(t *testing.T) {
	w := newProject(t)
	people(t, w, 10, 10)
	e := app.Export{Kind: "business-case", Public: true}
	ours, err := w.Words(t.Context(), e, "summary")
	if err != nil || ours.Ours == "" || len(ours.Unknown) > 0 {
		t.Fatalf("%+v, %v", ours, err)
	}
	part := model.PaperPart{Section: "summary", Title: "In short", Words: "We hold {estate.assets} assets, not {nonsense}."}
	if err := w.PutPaper(t.Context(), "words of “Summary”", part); err != nil {
		t.Fatal(err)
	}
	if got := w.Project().Paper("summary"); got.At != "2026-11-24" {
		t.Errorf("kept %+v", got)
	}
	mine, err := w.Words(t.Context(), e, "summary")
	if err != nil || mine.Ours != ours.Ours || len(mine.Unknown) != 1 || mine.Unknown[0] != "{nonsense}" {
		t.Errorf("%+v, %v", mine, err)
	}
	text := func() string {
		doc, err := w.Paper(t.Context(), e)
		if err != nil {
			t.Fatal(err)
		}
		return document.PlainText(doc)
	}
	if s := text(); !strings.Contains(s, "We hold 1 assets, not {nonsense}.") || !strings.Contains(s, "In short") || !strings.Contains(s, "edited by hand") {
		t.Error("the paper does not say what was typed")
	}
	if err := w.PutPaper(t.Context(), "leaving “Summary” out", model.PaperPart{Section: "summary", LeftOut: true}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text(), "We hold 1 assets") {
		t.Error("a part that is left out is in the paper")
	}
	for range 2 {
		if err := w.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if len(w.Project().Papers) != 0 || strings.Contains(text(), "edited by hand") {
		t.Error("undo does not bring our text back")
	}
}

func TestALockedScenarioIsNotChanged(t *testing.T) {
	w := newProject(t)
	sc := *w.Project().Scenario("x3")
	sc.Locked = true
	if err := w.PutScenario(t.Context(), "lock", sc); err != nil {
		t.Fatal(err)
	}
	changed := sc
	changed.Name = "Another name"
	if err := w.PutScenario(t.Context(), "change", changed); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("a locked scenario was changed: %v", err)
	}
	if err := w.RemoveScenario(t.Context(), "remove", "x3"); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("a locked scenario was removed: %v", err)
	}
	sc.Locked = false
	if err := w.PutScenario(t.Context(), "unlock", sc); err != nil {
		t.Error(err)
	}
}

func TestAnotherBaseline(t *testing.T) {
	w := newProject(t)
	people(t, w, 10, 10)
	a, err := w.Evaluate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w.SetBaseline("x2")
	b, err := w.Evaluate(t.Context())
	if err != nil || a.Baseline != "x1" || b.Baseline != "x2" {
		t.Errorf("measured against %s, then %s: %v", a.Baseline, b.Baseline, err)
	}
	w.SetBaseline("gone")
	if c, err := w.Evaluate(t.Context()); err != nil || c.Baseline != "x1" {
		t.Errorf("a baseline that is not there: %v", err)
	}
}
