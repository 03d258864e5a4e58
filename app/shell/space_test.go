package shell_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/planting-the-flag/flagstone/app/views/space"
	"github.com/planting-the-flag/flagstone/model"
)

func TestATeamIsDraggedToAnotherBuilding(t *testing.T) {
	r := newRig(t)
	r.demonstration()
	r.w.GoTo("space")
	v := r.w.View("space").(*space.View)
	r.until("teams and buildings", func() bool {
		a, _ := v.Teams().Count()
		b, _ := v.Buildings().Count()
		return a > 3 && b > 3 && v.Teams().Settled() && v.Buildings().Settled()
	})
	team := v.Teams().Row(0)
	before := r.w.Describe().Actions
	at := func(o fyne.CanvasObject, y float32) fyne.Position {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(30, y)
	}
	to, row := "", float32(0)
	for i := range 5 { // the first building that the team is not in
		row = 40 + 26*float32(i)
		if to = v.Buildings().Under(at(v.Buildings(), row)); to != "" && !strings.HasSuffix(team.ID, "\n"+to) {
			break
		}
	}
	v.Teams().MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: fyne.NewPos(30, 36)}})
	v.Teams().Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{AbsolutePosition: at(v.Buildings(), row)}})
	r.q.drain()
	if r.w.Describe().Actions != before {
		t.Fatal("the plan changed before the team was let go")
	}
	v.Teams().DragEnd()
	r.until("one more action", func() bool { return r.w.Describe().Actions == before+1 })
	sc := r.w.Desk().Scenario()
	a := sc.Actions[len(sc.Actions)-1]
	if a.Kind != model.CoLocate || string(a.Asset) != to || len(a.Services) != 1 || !strings.HasPrefix(team.ID, string(a.Services[0])+"\n") {
		t.Errorf("added %+v, wanted %q to %s", a, team.ID, to)
	}
	if u := r.w.Describe().Undo; !strings.HasPrefix(u, "“Move ") {
		t.Errorf("undo is called %q", u)
	}
}
