package shell_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestAReturnedWorkbookIsTakenInChangeByChange(t *testing.T) {
	r := newRig(t)
	r.demonstration()
	r.w.Drop([]string{"/somewhere/returned.xlsx"})
	r.until("the changes", func() bool { return r.w.Describe().Place == "returned" })
	v := r.w.Returned()
	if ticked, all := v.Shown(); ticked != 1 || all != 3 {
		t.Errorf("%d of %d ticked: a conflict and an overwritten formula must wait for the user", ticked, all)
	}
	v.Tick(2, true)
	test.Tap(v.Focus().(fyne.Tappable))
	r.until("the changes in the project", func() bool { return len(r.w.Desk().Snapshot().Assumptions) == 2 })
	if st := r.w.Describe(); st.Undo != "changes from returned.xlsx" || st.Place != "portfolio" {
		t.Errorf("undo %q, place %q", st.Undo, st.Place)
	}
	r.w.Desk().Undo()
	r.until("undo", func() bool { return len(r.w.Desk().Snapshot().Assumptions) == 0 })
}

func TestAReturnedWorkbookNeedsItsProject(t *testing.T) {
	r := newRig(t)
	r.w.Drop([]string{"/somewhere/returned.xlsx"})
	r.until("the refusal", func() bool { return r.w.Describe().Bad })
	if r.w.Desk().Workspace() != nil {
		t.Error("a project was made of a workbook that belongs to another")
	}
}
