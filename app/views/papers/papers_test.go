package papers_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/apptest"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/views/papers"
)

func TestThePreviewFollowsTheSettings(t *testing.T) {
	test.NewTempApp(t)
	post := make(chan func(), 1000)
	run := jobs.New(time.Now)
	t.Cleanup(run.Close)
	d := app.NewDesk(run, func(f func()) { post <- f })
	v := papers.New(d, nil)
	w := test.NewTempWindow(t, v.Object())
	w.Resize(fyne.NewSize(900, 600))
	ws := apptest.New(apptest.Project(4))
	d.SetPlace("reports")
	d.Adopt(ws, app.NewSnapshot(ws.Project()))
	until := func(pages int) {
		t.Helper()
		end := time.After(10 * time.Second)
		for {
			if n, _ := v.Shown(); n == pages {
				return
			}
			select {
			case f := <-post:
				f()
			case <-end:
				n, _ := v.Shown()
				t.Fatalf("%d pages, wanted %d", n, pages)
			}
		}
	}
	until(4) // title page, two parts, and what the last page break leaves
	v.Tick("summary", false)
	until(3)
	v.Tick("economic", false)
	until(0)
	if got := ws.UndoName(); got != "leaving “Economic case” out of the business case" {
		t.Errorf("the step is called %q", got)
	}
	d.Undo()
	until(3)
}

// TestWordsOfAPartAreKeptRestoredAndUndone types into a part of the paper.
func TestWordsOfAPartAreKeptRestoredAndUndone(t *testing.T) {
	test.NewTempApp(t)
	post := make(chan func(), 1000)
	run := jobs.New(time.Now)
	t.Cleanup(run.Close)
	d := app.NewDesk(run, func(f func()) { post <- f })
	v := papers.New(d, nil)
	w := test.NewTempWindow(t, v.Object())
	w.Resize(fyne.NewSize(900, 600))
	ws := apptest.New(apptest.Project(4))
	d.SetPlace("reports")
	d.Adopt(ws, app.NewSnapshot(ws.Project()))
	until := func(what string, is func() bool) {
		t.Helper()
		end := time.After(10 * time.Second)
		for !is() {
			select {
			case f := <-post:
				f()
			case <-end:
				t.Fatalf("no %s: %q, %+v", what, v.Entry().Text, ws.Project().Papers)
			}
		}
	}
	until("results", func() bool { return d.Comparison() != nil })
	v.Edit("summary")
	until("our words", func() bool { return v.Entry().Text == "We worked it out for {place}.\n\n{table 1}" })
	v.Entry().SetText("They worked it out.")
	until("kept words", func() bool { return ws.Project().Paper("summary").Words == "They worked it out." })
	if got := ws.UndoName(); got != "words of “Summary”" {
		t.Errorf("the step is called %q", got)
	}
	d.Undo()
	until("our words again", func() bool { return v.Entry().Text != "They worked it out." })
	d.Redo()
	until("the user's words again", func() bool { return v.Entry().Text == "They worked it out." })
	until("a button to restore", func() bool { return !v.Restore().Disabled() })
	v.Restore().OnTapped()
	until("our words restored", func() bool {
		return len(ws.Project().Papers) == 0 && v.Entry().Text == "We worked it out for {place}.\n\n{table 1}"
	})
}
