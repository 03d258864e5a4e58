package estatemap

import "fyne.io/fyne/v2"

// setComparing shows before and after side by side, or the map as it is.
func (v *View) setComparing(on bool) {
	v.comparing, v.compared = on, nil
	if on {
		v.split.Show()
	} else {
		v.split.Hide()
	}
	v.tools.showComparing(on)
	v.placeSplit()
	v.refresh()
}

// placeSplit lays the handle where the split is.
func (v *View) placeSplit() {
	splitLayout{v.split}.Layout([]fyne.CanvasObject{v.split}, v.canvas.Size())
	v.split.Refresh()
}
