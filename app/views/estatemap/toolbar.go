package estatemap

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
)

// toolbar is the row above the map, and the buttons on it.
type toolbar struct {
	v       *View
	object  *fyne.Container
	onMap   fyne.CanvasObject
	compare *widgets.Button
	brief   *widgets.Button // the same where there is little room
	lasso   *widgets.Button
}

func newToolbar(v *View) *toolbar {
	t := &toolbar{v: v}
	classings := Classings()
	by := widget.NewSelect(words.All(classings), nil)
	by.Selected = words.T(string(v.by))
	by.OnChanged = func(string) {
		s := classings[max(0, by.SelectedIndex())]
		if v.by != ClassBy(s) {
			v.by = ClassBy(s)
			clear(v.hiddenClasses)
			v.reload(false)
		}
	}
	var sizes []string
	for i := range Measures {
		sizes = append(sizes, Measures[i].Name)
	}
	size := widget.NewSelect(words.All(sizes), nil)
	size.Selected = words.T(v.size)
	size.OnChanged = func(string) {
		s := sizes[max(0, size.SelectedIndex())]
		if v.size != s {
			v.size = s
			v.reload(false)
		}
	}
	layers := widgets.NewButton(words.T("Layers"), words.T("Residents, travel time, boundaries, your own layers, background map"), theme.MenuDropDownIcon(), nil).Quiet()
	layers.IconPlacement = widget.ButtonIconTrailingText
	layers.OnTapped = func() { v.layersPanel(layers) }
	t.compare = widgets.NewButton(words.T("Before and after"), words.T("Compare the place today with what the scenario makes of it"), nil, func() { v.setComparing(!v.comparing) }).Quiet()
	t.brief = widgets.NewButton(words.T("Compare"), words.T("Compare the place today with what the scenario makes of it"), nil, func() { v.setComparing(!v.comparing) }).Quiet()
	label := func(s string) fyne.CanvasObject {
		l := widget.NewLabel(s)
		l.Importance = widget.LowImportance
		return l
	}
	t.object = container.New(&toolLayout{}, v.search.entry, label(words.T("Colour")), by, label(words.T("Size")), size, layers, t.compare, t.brief)

	small := func(icon fyne.Resource, tip string, do func()) *widgets.Button {
		return widgets.NewButton("", tip, icon, do).Quiet()
	}
	m := v.canvas
	t.lasso = small(theme.NewThemedResource(look.Icon("lasso")), words.T("Lasso: draw a ring around assets (L, or Shift and drag)"), func() {
		if m.Tool() == Lasso {
			m.SetTool(Hand)
		} else {
			m.SetTool(Lasso)
		}
	})
	export := small(theme.DownloadIcon(), words.T("Export: keep this map as a picture, a drawing or data"), nil)
	export.OnTapped = func() { v.exportMenu(export) }
	t.onMap = container.NewVBox(framed(container.New(layout.NewCustomPaddedVBoxLayout(0),
		small(theme.ZoomInIcon(), words.T("Closer (+)"), func() { m.ZoomBy(1.4, m.middle()) }),
		small(theme.ZoomOutIcon(), words.T("Further away (−)"), func() { m.ZoomBy(1/1.4, m.middle()) }),
		small(theme.ZoomFitIcon(), words.T("Show everything (0)"), m.Fit),
		t.lasso, export)))
	return t
}

// showTool marks the lasso while it is taken.
func (t *toolbar) showTool(tool Tool) {
	t.lasso.Importance = widget.LowImportance
	if tool == Lasso {
		t.lasso.Importance = widget.HighImportance
	}
	t.lasso.Refresh()
}

// showComparing marks the button while before and after are shown.
func (t *toolbar) showComparing(on bool) {
	for _, b := range []*widgets.Button{t.compare, t.brief} {
		b.Importance = widget.LowImportance
		if on {
			b.Importance = widget.HighImportance
		}
		b.Refresh()
	}
}

// toolLayout lays the row out: the search takes what is left.
type toolLayout struct{}

const (
	searchLeast, searchMost = 96, 260
	byWide, sizeWide        = 142, 128
)

func (l *toolLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	h := float32(0)
	for _, x := range o {
		h = max(h, x.MinSize().Height)
	}
	return fyne.NewSize(0, h)
}

func (l *toolLayout) Layout(o []fyne.CanvasObject, z fyne.Size) {
	width := func(i int) float32 {
		switch i {
		case 2:
			return byWide
		case 4:
			return sizeWide
		}
		return o[i].MinSize().Width
	}
	// What is left out where there is no room: the labels of the choosers, then
	// the long name of the comparison.
	out := map[int]bool{7: true}
	used := func() float32 {
		w := float32(0)
		for i := 1; i < len(o); i++ {
			if !out[i] {
				w += width(i) + 4
			}
		}
		return w
	}
	if z.Width-used() < searchLeast+40 {
		out[1], out[3] = true, true
	}
	if z.Width-used() < searchLeast {
		out[6], out[7] = true, false
	}
	x := min(searchMost, max(searchLeast, z.Width-used()))
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(x, z.Height))
	x += 4
	for i := 1; i < len(o); i++ {
		if out[i] {
			o[i].Hide()
			continue
		}
		o[i].Show()
		o[i].Move(fyne.NewPos(x, 0))
		o[i].Resize(fyne.NewSize(width(i), z.Height))
		x += width(i) + 4
	}
}
