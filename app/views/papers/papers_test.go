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
	v.SetParts([]string{"Economic case"})
	until(3)
	v.SetParts(nil)
	until(0)
}
