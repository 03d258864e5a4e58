package estatemap

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/model"
)

func (v *View) tapped(d *Dot, p orb.Point) {
	if d != nil {
		v.desk.Select(app.OneAsset, string(d.ID))
		return
	}
	sn := v.canvas.Scene()
	for i := range sn.Layers {
		if v.hiddenLayers[i] {
			continue
		}
		if a := sn.AreaAt(i, p); a != nil {
			v.desk.Select(app.OnePopulation, a.Code)
			return
		}
	}
	v.desk.Select(app.Nothing, "")
}

// whichOf lists marks that lie at one place.
func (v *View) whichOf(dots []*Dot, at fyne.Position) {
	var items []*fyne.MenuItem
	for i, d := range dots {
		if i == 25 {
			break
		}
		items = append(items, fyne.NewMenuItem(format.Short(d.Name, 60), func() { v.desk.Select(app.OneAsset, string(d.ID)) }))
	}
	d := fyne.CurrentApp().Driver()
	if c := d.CanvasForObject(v.canvas); c != nil && len(items) > 0 {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, d.AbsolutePositionForObject(v.canvas).Add(at))
	}
}

// escape undoes the last thing laid over the map: what was picked, then the
// lasso.
func (v *View) escape() {
	switch {
	case len(v.picked) > 0:
		v.unpick()
	case v.canvas.Tool() == Lasso:
		v.canvas.SetTool(Hand)
	}
}

func (v *View) selected() {
	sel := v.desk.Selection()
	if v.mode != nil || v.catching {
		v.refresh()
	}
	if sel.Kind == app.OneAsset && v.canvas.Scene() != nil {
		if d := v.canvas.Scene().Dot(model.AssetID(sel.ID)); d != nil && v.canvas.Camera().Zoom > 0 {
			v.canvas.LookAt(d.At)
			return
		}
	}
	v.canvas.Repaint()
}
