package estatemap

import (
	"fmt"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/project"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/model"
)

// layerWords name the layers of boundaries in plain words.
var layerWords = map[string]string{
	"lsoa": "Small areas", "ward": "Wards", "locality": "Localities", "district": "District",
}

// View is the place.
type View struct {
	desk          *app.Desk
	canvas        *Canvas
	by            ClassBy
	hiddenLayers  map[int]bool
	hiddenClasses map[int]bool
	showAreas     bool
	legend        *fyne.Container
	bar           *scaleBar
	note          *widget.Label
	empty         fyne.CanvasObject
	stack         *fyne.Container
	mapped        fyne.CanvasObject
	gen           int
	of            app.Workspace // the project the camera was fitted to
}

// New makes the place.
func New(d *app.Desk, empty func() fyne.CanvasObject) *View {
	v := &View{desk: d, by: ByOrganisation, hiddenLayers: map[int]bool{}, hiddenClasses: map[int]bool{}, showAreas: true}
	v.canvas = NewCanvas(d.Post, v.style)
	v.canvas.OnTapped = v.tapped
	v.bar = newScaleBar()
	v.canvas.OnMoved = func() { v.bar.show(v.canvas.Camera()) }
	v.legend = container.NewVBox()
	v.note = widget.NewLabel("")
	v.note.Importance, v.note.Truncation, v.note.Alignment = widget.LowImportance, fyne.TextTruncateEllipsis, fyne.TextAlignTrailing
	by := widget.NewSelect([]string{string(ByOrganisation), string(ByUse), string(ByTenure), string(ByPlan)}, func(s string) {
		if v.by != ClassBy(s) {
			v.by = ClassBy(s)
			clear(v.hiddenClasses)
			v.reload(false)
		}
	})
	by.Selected = string(v.by)
	layers := widgets.NewButton("Layers", "Choose which boundaries are drawn", theme.MenuDropDownIcon(), nil).Quiet()
	layers.IconPlacement = widget.ButtonIconTrailingText
	layers.OnTapped = func() { v.layerMenu(layers) }
	zoom := func(icon fyne.Resource, tip string, do func()) fyne.CanvasObject {
		return widgets.NewButton("", tip, icon, do).Quiet()
	}
	tell := widget.NewLabel("Tell apart by")
	tell.Importance = widget.LowImportance
	tools := container.NewHBox(tell, widgets.Wide(150, by), layers,
		zoom(theme.ZoomInIcon(), "Closer (+)", func() { v.canvas.ZoomBy(1.4, v.canvas.middle()) }),
		zoom(theme.ZoomOutIcon(), "Further away (−)", func() { v.canvas.ZoomBy(1/1.4, v.canvas.middle()) }),
		zoom(theme.ZoomFitIcon(), "Show everything (0)", v.canvas.Fit))
	top := container.NewBorder(nil, nil, tools, nil, v.note)
	over := container.NewBorder(nil, container.NewHBox(widgets.Inset(12, 12, v.legend), layout.NewSpacer(), container.NewVBox(layout.NewSpacer(), widgets.Inset(12, 12, v.bar))), nil, nil)
	v.mapped = container.NewBorder(widgets.Inset(6, 8, top), nil, nil, nil, container.NewStack(v.canvas, over))
	v.empty = empty()
	v.stack = container.NewStack(v.mapped)
	d.On(app.ProjectChanged, func() {
		fit := v.of != d.Workspace()
		v.of = d.Workspace()
		v.reload(fit)
	})
	d.On(app.ScenarioChanged, func() { v.reload(false) })
	d.On(app.SelectionChanged, v.selected)
	return v
}

// Object is what the shell shows.
func (v *View) Object() fyne.CanvasObject { return v.stack }

// Focus is where keys go.
func (v *View) Focus() fyne.Focusable { return v.canvas }

// Canvas is the map itself, for tests and the automation state.
func (v *View) Canvas() *Canvas { return v.canvas }

func (v *View) style() Style {
	st := baseStyle(v.canvas.scene != nil && v.canvas.scene.Ordered != nil)
	st.HiddenLayers, st.HiddenClasses = copyOf(v.hiddenLayers), copyOf(v.hiddenClasses)
	sel := v.desk.Selection()
	if sn := v.canvas.scene; sn != nil {
		switch sel.Kind {
		case app.OneAsset:
			if i, ok := sn.byID[model.AssetID(sel.ID)]; ok {
				st.Chosen = i
			}
		case app.OnePopulation:
			st.ChosenArea = sel.ID
		}
	}
	return st
}

func copyOf(m map[int]bool) map[int]bool {
	out := make(map[int]bool, len(m))
	for k, v := range m {
		out[k] = v
	}
	return out
}

func (v *View) reload(fit bool) {
	snap := v.desk.Snapshot()
	v.gen++
	gen, by, sc := v.gen, v.by, v.desk.Scenario()
	show := v.mapped
	if snap == nil || len(snap.Assets)+len(snap.Boundaries) == 0 {
		show = v.empty
	}
	v.stack.Objects = []fyne.CanvasObject{show}
	v.stack.Refresh()
	if snap == nil {
		v.canvas.SetScene(nil, true)
		return
	}
	go func() {
		sn := NewScene(snap, Choice{By: by, Scenario: sc})
		v.desk.Post(func() {
			if gen != v.gen {
				return
			}
			v.canvas.SetScene(sn, fit)
			v.showLegend(sn)
			v.bar.show(v.canvas.Camera())
		})
	}()
}

// Restyle redraws after a change of theme.
func (v *View) Restyle() {
	if sn := v.canvas.Scene(); sn != nil {
		v.showLegend(sn)
	}
	v.canvas.Repaint()
	v.bar.Refresh()
}

func (v *View) showLegend(sn *Scene) {
	v.legend.RemoveAll()
	marks, halo := look.Marks(), look.Colour(look.Panel)
	rows := container.NewVBox()
	for i, name := range sn.Classes {
		if name == "" || sn.Counts[i] == 0 {
			continue
		}
		rows.Add(newLegendRow(marks[i], halo, name, sn.Counts[i], v.hiddenClasses[i], func(hidden bool) {
			v.hiddenClasses[i] = hidden
			v.canvas.Repaint()
		}))
	}
	key := widgets.NewCaption("Size: floor area. Hollow: not known.")
	key.Wrapping = fyne.TextWrapOff
	rows.Add(key)
	v.legend.Add(framed(widgets.Inset(4, 8, container.New(layout.NewCustomPaddedVBoxLayout(0), rows.Objects...))))
	v.legend.Refresh()
	note := format.Count(len(sn.Dots), "asset", "assets") + " on the map"
	if sn.Missing > 0 {
		note += fmt.Sprintf(", %s could not be placed", format.Whole(float64(sn.Missing)))
	}
	v.note.SetText(note)
}

// framed puts a panel with an edge behind an overlay on the map.
func framed(o fyne.CanvasObject) fyne.CanvasObject {
	edge := canvas.NewRectangle(color.Transparent)
	edge.StrokeColor, edge.StrokeWidth, edge.CornerRadius = look.Colour(theme.ColorNameSeparator), 1, 3
	return container.NewStack(widgets.Ground(look.Panel, edge), o)
}

func (v *View) layerMenu(at fyne.CanvasObject) {
	sn := v.canvas.Scene()
	if sn == nil {
		return
	}
	var items []*fyne.MenuItem
	for i := range sn.Layers {
		name := layerWords[sn.Layers[i].Name]
		if name == "" {
			name = format.Capital(sn.Layers[i].Name)
		}
		m := fyne.NewMenuItem(name, func() {
			v.hiddenLayers[i] = !v.hiddenLayers[i]
			v.canvas.Repaint()
		})
		m.Checked = !v.hiddenLayers[i]
		items = append(items, m)
	}
	if len(items) == 0 {
		items = append(items, fyne.NewMenuItem("No boundaries yet: drop a boundary file on the window", nil))
		items[0].Disabled = true
	}
	d := fyne.CurrentApp().Driver()
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), d.CanvasForObject(at), d.AbsolutePositionForObject(at).AddXY(0, at.Size().Height))
}

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

func (v *View) selected() {
	sel := v.desk.Selection()
	if sel.Kind == app.OneAsset && v.canvas.Scene() != nil {
		if d := v.canvas.Scene().Dot(model.AssetID(sel.ID)); d != nil && v.canvas.Camera().Zoom > 0 {
			v.canvas.LookAt(d.At)
			return
		}
	}
	v.canvas.Repaint()
}

// Selected is the identifier of the asset marked on the map.
func (v *View) Selected() string {
	if st := v.style(); st.Chosen >= 0 {
		return string(v.canvas.Scene().Dots[st.Chosen].ID)
	}
	return ""
}

// scaleBar says how long a kilometre is.
type scaleBar struct {
	widget.BaseWidget
	width float32
	label string
}

func newScaleBar() *scaleBar {
	b := &scaleBar{}
	b.ExtendBaseWidget(b)
	return b
}

// show fits a round distance into about 120 units. A map metre is shorter on
// the ground the further one is from the equator.
func (b *scaleBar) show(c Camera) {
	if c.Zoom <= 0 {
		return
	}
	lat := project.Mercator.ToWGS84(c.Centre).Lat()
	ground := c.Zoom / math.Cos(lat*math.Pi/180) // units per metre on the ground
	want := 120 / ground
	step := math.Pow(10, math.Floor(math.Log10(want)))
	for _, k := range []float64{5, 2, 1} {
		if step*k <= want {
			step *= k
			break
		}
	}
	b.width = float32(step * ground)
	b.label = format.Whole(step) + " m"
	if step >= 1000 {
		b.label = format.Whole(step/1000) + " km"
	}
	b.Refresh()
}

func (b *scaleBar) CreateRenderer() fyne.WidgetRenderer {
	return &barRenderer{b, canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewText("", nil)}
}

type barRenderer struct {
	b         *scaleBar
	halo, bar *canvas.Rectangle
	text      *canvas.Text
}

func (r *barRenderer) Destroy()           {}
func (r *barRenderer) MinSize() fyne.Size { return fyne.NewSize(130, 22) }
func (r *barRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.halo, r.bar, r.text}
}
func (r *barRenderer) Layout(z fyne.Size) {
	r.bar.Move(fyne.NewPos(z.Width-r.b.width, z.Height-4))
	r.bar.Resize(fyne.NewSize(r.b.width, 3))
	r.halo.Move(fyne.NewPos(z.Width-r.b.width-1, z.Height-5))
	r.halo.Resize(fyne.NewSize(r.b.width+2, 5))
	r.text.Move(fyne.NewPos(z.Width-r.text.MinSize().Width, z.Height-22))
}

func (r *barRenderer) Refresh() {
	r.text.Text, r.text.TextSize, r.text.Color = r.b.label, look.Caption, look.Colour(theme.ColorNameForeground)
	r.bar.FillColor, r.halo.FillColor = look.Colour(theme.ColorNameForeground), look.Colour(look.Panel)
	r.Layout(r.b.Size())
	r.text.Refresh()
	canvas.Refresh(r.b)
}

// legendRow is a class in the legend; a tap hides or shows it.
type legendRow struct {
	widget.BaseWidget
	mark   *canvas.Image
	name   string
	count  int
	hidden bool
	toggle func(hidden bool)
}

func newLegendRow(m look.Mark, halo color.NRGBA, name string, count int, hidden bool, toggle func(bool)) *legendRow {
	r := &legendRow{name: name, count: count, hidden: hidden, toggle: toggle, mark: canvas.NewImageFromImage(MarkImage(m, halo, 32))}
	r.ExtendBaseWidget(r)
	return r
}

// Tapped hides or shows the class.
func (l *legendRow) Tapped(*fyne.PointEvent) {
	l.hidden = !l.hidden
	l.toggle(l.hidden)
	l.Refresh()
}

func (l *legendRow) CreateRenderer() fyne.WidgetRenderer {
	r := &legendRenderer{l, canvas.NewText("", nil)}
	r.Refresh()
	return r
}

type legendRenderer struct {
	l    *legendRow
	text *canvas.Text
}

func (r *legendRenderer) Destroy() {}
func (r *legendRenderer) MinSize() fyne.Size {
	return fyne.NewSize(24+r.text.MinSize().Width, 20)
}
func (r *legendRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.l.mark, r.text}
}
func (r *legendRenderer) Layout(z fyne.Size) {
	r.l.mark.Move(fyne.NewPos(0, 2))
	r.l.mark.Resize(fyne.NewSize(16, 16))
	r.text.Move(fyne.NewPos(22, (z.Height-r.text.MinSize().Height)/2))
}

func (r *legendRenderer) Refresh() {
	s := r.l.name
	if n := []rune(s); len(n) > 30 {
		s = string(n[:29]) + "…"
	}
	r.text.Text, r.text.TextSize = s+"  "+format.Whole(float64(r.l.count)), look.Caption+1
	r.text.Color = look.Colour(theme.ColorNameForeground)
	r.l.mark.Translucency = 0
	if r.l.hidden {
		r.text.Text += " (hidden)"
		r.text.Color = look.Colour(theme.ColorNamePlaceHolder)
		r.l.mark.Translucency = 0.7
	}
	r.text.Refresh()
	canvas.Refresh(r.l)
}
