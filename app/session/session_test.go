package session_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

func options() store.Options {
	return store.Options{Now: func() time.Time { return time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC) }, Who: "Anna Nowak", Host: "PC-7"}
}

func place() *model.Project {
	return &model.Project{Name: "Trafford", BaseYear: 2026, Horizon: 30,
		Assets:    []model.Asset{{ID: "a1", Name: "Sale Town Hall"}, {ID: "a2", Name: "Depot"}},
		Scenarios: []model.Scenario{{ID: "bau", Name: "Business as usual", Kind: model.BusinessAsUsual}}}
}

func start(t *testing.T) *session.Session {
	t.Helper()
	s, err := session.Create(filepath.Join(t.TempDir(), "p.flagstone"), place(), options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func label(text string, can bool) string { return fmt.Sprintf("%s (%v)", text, can) }

func TestUndoAndRedoSayWhatTheyDo(t *testing.T) {
	s := start(t)
	see := func(undo, redo string) {
		t.Helper()
		if got := label(s.UndoLabel()); got != undo {
			t.Errorf("undo is %q, want %q", got, undo)
		}
		if got := label(s.RedoLabel()); got != redo {
			t.Errorf("redo is %q, want %q", got, redo)
		}
	}
	see("Undo (false)", "Redo (false)")
	sale := model.Scenario{ID: "hubs", Name: "Hubs", Kind: model.Option, Actions: []model.Action{{Kind: model.Sell, Asset: "a1", Year: 2028}}}
	if err := s.Do("dispose of Sale Town Hall", store.PutScenario{Scenario: sale}); err != nil {
		t.Fatal(err)
	}
	see("Undo dispose of Sale Town Hall (true)", "Redo (false)")
	if err := s.Do("rename Depot", store.PutAssets{Assets: []model.Asset{{ID: "a2", Name: "Sale Depot"}}}); err != nil {
		t.Fatal(err)
	}
	if err := s.Undo(); err != nil {
		t.Fatal(err)
	}
	see("Undo dispose of Sale Town Hall (true)", "Redo rename Depot (true)")
	path := s.Path()
	s.Close()
	s, err := session.Open(path, options())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	see("Undo dispose of Sale Town Hall (true)", "Redo rename Depot (true)")
	second, err := session.Open(path, options())
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if got := label(second.UndoLabel()); got != "Undo (false)" || !second.Access().ReadOnly {
		t.Errorf("a second person sees %q", got)
	}
}

// The clock is read in the middle of a change, when the file is held.
func TestASessionAnswersWhileAChangeIsSaved(t *testing.T) {
	var s *session.Session
	asked := 0
	o := options()
	now := o.Now
	o.Now = func() time.Time {
		if s != nil && s.Path() != "" && !s.Access().ReadOnly && s.Status().Saved {
			asked++
		}
		return now()
	}
	s, err := session.Create(filepath.Join(t.TempDir(), "p.flagstone"), place(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	done := make(chan error, 1)
	go func() {
		done <- s.Do("rename Depot", store.PutAssets{Assets: []model.Asset{{ID: "a2", Name: "Sale Depot"}}})
	}()
	select {
	case err := <-done:
		if err != nil || asked == 0 {
			t.Errorf("asked %d times while the change was made, %v", asked, err)
		}
	case <-time.After(time.Minute):
		t.Fatal("a session that is asked while it saves waits for ever")
	}
	other := filepath.Join(t.TempDir(), "q.flagstone")
	if err := s.SaveAs(other); err != nil || s.Path() != other {
		t.Errorf("goes on in %s, %v", s.Path(), err)
	}
}

func TestListenersAreToldOnceAndCanStop(t *testing.T) {
	s := start(t)
	var log []string
	stop := s.OnProject(func(c session.Changed) {
		log = append(log, fmt.Sprintf("%s %s assets=%v results=%v", c.Deed, c.Name, c.Touches(store.KindAsset), c.AffectsResults()))
		if c.Project != s.Project() || len(c.Project.Assets) == 0 {
			t.Error("the listener has an old project")
		}
	})
	s.OnSelection(func(sel session.Selection) { log = append(log, fmt.Sprint("select ", sel.Assets, sel.Scenario)) })
	s.OnStatus(func(st session.Status) { log = append(log, st.Sentence) })
	s.OnMoved(func(path string) { log = append(log, "moved to "+filepath.Base(path)) })
	s.Select(session.Selection{Assets: []model.AssetID{"a2", "a1"}, Scenario: "bau"})
	s.Select(session.Selection{Assets: []model.AssetID{"a2", "a1"}, Scenario: "bau"})
	steps := []error{
		s.Do("remove Depot", store.RemoveAssets{IDs: []model.AssetID{"a2"}}),
		s.Undo(),
		s.File().StoreResults(map[model.ScenarioID][]store.FlowRow{"bau": nil}),
	}
	stop()
	steps = append(steps, s.Do("note", store.PutFindings{Findings: []model.Finding{{Severity: model.Note}}}), s.SaveAs(filepath.Join(t.TempDir(), "b.flagstone")))
	s.Settle()
	if err := errors.Join(steps...); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"select [a2 a1]bau",
		"select [a1]bau", "do remove Depot assets=true results=true", "Saved, with 1 change since it was opened.",
		"undo remove Depot assets=true results=true", "Saved, with 2 changes since it was opened.",
		"results results assets=false results=false",
		"Saved, with 3 changes since it was opened.",
		"Saved, with 3 changes since it was opened.", "moved to b.flagstone",
		"Saved.",
	}
	if !reflect.DeepEqual(log, want) {
		t.Errorf("log is\n%s\nwant\n%s", strings.Join(log, "\n"), strings.Join(want, "\n"))
	}
}

func TestARefusedChangeLeavesTheProjectSaved(t *testing.T) {
	s := start(t)
	if err := s.Do("remove nothing", store.RemoveAssets{IDs: []model.AssetID{"zz"}}); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("error is %v", err)
	}
	if err := s.Undo(); !errors.Is(err, store.ErrNothing) {
		t.Errorf("undo: %v", err)
	}
	if st := s.Status(); !st.Saved || st.Changes != 0 || st.Sentence != "Saved." {
		t.Errorf("status is %+v", st)
	}
}

func TestRecentFiles(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "not", "there yet")
	files := t.TempDir()
	r := session.OpenRecent(folder)
	if len(r.List()) != 0 {
		t.Error("a new list is not empty")
	}
	for i := range session.MaxRecent + 3 {
		p := filepath.Join(files, fmt.Sprintf("%d.flagstone", i))
		if err := os.WriteFile(p, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := r.Add(session.RecentFile{Path: p, Name: "Place", When: "2026-04-01T09:00:00Z"}); err != nil {
			t.Fatal(err)
		}
	}
	first := filepath.Join(files, "5.flagstone")
	if err := r.Add(session.RecentFile{Path: first, Name: "Place"}); err != nil {
		t.Fatal(err)
	}
	os.Remove(filepath.Join(files, "14.flagstone"))
	r = session.OpenRecent(folder)
	list := r.List()
	if len(list) != session.MaxRecent-1 || list[0].Path != first || list[1].Path != filepath.Join(files, "13.flagstone") {
		t.Errorf("list is %+v", list)
	}
	if err := r.Forget(first); err != nil {
		t.Fatal(err)
	}
	if l := session.OpenRecent(folder).List(); l[0].Path == first {
		t.Error("a forgotten file is still there")
	}
	if err := os.WriteFile(filepath.Join(folder, "recent.json"), []byte("{broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	if l := session.OpenRecent(folder).List(); len(l) != 0 {
		t.Errorf("a broken list is %+v", l)
	}
}

type rowError struct{}

func (rowError) Error() string    { return "row 3: pq: inner workings" }
func (rowError) Sentence() string { return "row 3 of register.xlsx has no name" }

func TestSentences(t *testing.T) {
	_, missing := os.Open("/none/x.xlsx")
	_, notOurs := store.Open(os.Args[0], options())
	for _, x := range []struct {
		err  error
		want string
	}{
		{nil, ""},
		{context.Canceled, "Cancelled. The project is as it was."},
		{fmt.Errorf("appraise: %w", model.ErrCancelled), "Cancelled. The project is as it was."},
		{model.Invalid("horizon", "the horizon is 0 years; it must be 1 to 100"), "The horizon is 0 years; it must be 1 to 100. Correct it and try again; the project is as it was."},
		{fmt.Errorf("scenario: %w", model.NotFound("scenario", "Hubs")), `There is no scenario "Hubs". Check the name and try again.`},
		{model.NotFound("scenario", "Hubs"), `There is no scenario "Hubs". Check the name and try again.`},
		{fmt.Errorf("x: %w", rowError{}), "Row 3 of register.xlsx has no name."},
		{missing, "There is no file /none/x.xlsx. Check the name and the folder."},
		{&fs.PathError{Op: "open", Path: "/x", Err: syscall.EACCES}, "/x may not be read or written by you. Ask for access, or use a folder of your own."},
		{errors.Join(model.NotFound("asset", "a"), context.Canceled), "Cancelled. The project is as it was."},
		{errors.Join(rowError{}), "Row 3 of register.xlsx has no name."},
		{errors.New("odd"), "Something went wrong: odd. The project is as it was. If it happens again, report it with the log."},
		{notOurs, "session.test is not a Flagstone project. Choose a file whose name ends in .flagstone. To bring in a spreadsheet, create or open a project and import it."},
	} {
		if got := session.Sentence(x.err); got != x.want {
			t.Errorf("%v:\n got %q\nwant %q", x.err, got, x.want)
		}
	}
}

func TestSentinelsAllHaveSentences(t *testing.T) {
	for _, err := range []error{model.ErrNotFound, model.ErrInvalid, model.ErrConflict, model.ErrNotAProject, model.ErrNewer, model.ErrReadOnly,
		model.ErrCancelled, store.ErrDamaged, store.ErrDiskFull, store.ErrNothing, store.ErrClosed} {
		got := session.Sentence(fmt.Errorf("hubs: %w", err))
		if got == "" || strings.Contains(got, "Something went wrong") || !strings.HasSuffix(got, ".") {
			t.Errorf("%v: %q", err, got)
		}
	}
}
