package estatemap

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/settings"
	"github.com/planting-the-flag/flagstone/app/views/estatemap/tiles"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/access"
	"github.com/planting-the-flag/flagstone/model/action"
)

// layerWords name the layers of boundaries in plain words.
var layerWords = map[string]string{
	"lsoa": words.Later("Small areas"), "ward": words.Later("Wards"), "locality": words.Later("Localities"), "district": words.Later("District"),
}

// View is the place.
type View struct {
	// OnTable is asked to list assets in the table; may be nil.
	OnTable func([]model.AssetID)

	desk     *app.Desk
	settings *settings.Settings
	canvas   *Canvas
	search   *searcher
	split    *splitter
	tools    *toolbar
	legend   *fyne.Container
	card     *fyne.Container // of what was picked
	over     *fyne.Container // key, scale and buttons over the map
	cardRow  *fyne.Container
	bar      *scaleBar
	empty    fyne.CanvasObject
	stack    *fyne.Container
	mapped   fyne.CanvasObject
	panel    *widget.PopUp
	gen      int
	of       app.Workspace // the project the camera was fitted to

	by            ClassBy
	size          string
	hiddenLayers  map[int]bool
	hiddenClasses map[int]bool
	grouped       *bool // what the user chose; nil until then
	picked        map[model.AssetID]bool
	heatOf        *string // whose density is shown; nil for nobody's
	heat          *HeatMap
	heatGen       int
	mode          *access.Mode // of the rings; nil for none
	catching      bool
	reach         reachOf // for which Rings and Catchment were worked out
	rings         *Rings
	catch         *Catchment
	comparing     bool
	compared      *Compared
	overlays      []*Overlay
	overlayGen    int
	nextHue       int

	backdrop   *tiles.Map
	backdropOn bool
	tileDir    string
	tilesStop  context.CancelFunc
	tilesBusy  bool
	tilesGen   int
	creditText *widget.Label
	creditBox  fyne.CanvasObject
	nowhere    *widget.Label // said when nothing could be placed
}

// reachOf is what rings and catchment depend on.
type reachOf struct {
	sn       *Scene
	chosen   int
	mode     string
	catching bool
	compared *Compared
}

// manyMarks is from how many assets on crowded marks are put together unless
// the user says otherwise.
const manyMarks = 1500

// New makes the place.
func New(d *app.Desk, s *settings.Settings, empty func() fyne.CanvasObject) *View {
	v := &View{desk: d, settings: s, by: ByOrganisation, size: Measures[0].Name, hiddenLayers: map[int]bool{}, hiddenClasses: map[int]bool{},
		picked: map[model.AssetID]bool{}, tileDir: cacheFolder()}
	v.canvas = NewCanvas(d.Post, v.style)
	v.canvas.OnTapped, v.canvas.OnLasso, v.canvas.OnPick, v.canvas.OnMany = v.tapped, v.ringed, v.pick, v.whichOf
	v.canvas.OnEscape = v.escape
	v.search = newSearcher(v)
	v.bar = newScaleBar()
	v.canvas.OnMoved = func() {
		v.bar.show(v.canvas.Camera())
		v.fetchTiles()
	}
	v.split = newSplitter(func(float64) { v.placeSplit(); v.canvas.Repaint() })
	v.split.Hide()
	v.legend, v.card = container.NewVBox(), container.NewVBox()
	v.creditText = widgets.NewCaption("")
	v.creditText.Wrapping = fyne.TextWrapOff
	v.creditBox = widgets.Ground("flagstone.panel", container.New(tight{}, v.creditText))
	v.creditBox.Hide()
	v.tools = newToolbar(v)
	v.canvas.OnTool = v.tools.showTool
	v.canvas.Over = []fyne.CanvasObject{v.legend, v.tools.onMap, v.bar, v.creditBox}
	corner := container.NewVBox(layout.NewSpacer(), container.NewHBox(layout.NewSpacer(), v.bar), container.NewHBox(layout.NewSpacer(), v.creditBox))
	v.over = container.NewBorder(container.NewHBox(widgets.Inset(4, 8, v.search.list), layout.NewSpacer(), widgets.Inset(8, 8, v.tools.onMap)),
		container.NewHBox(widgets.Inset(12, 12, v.legend), layout.NewSpacer(), widgets.Inset(12, 12, corner)), nil, nil)
	v.nowhere = widget.NewLabel(words.T("None of the assets could be placed. Import coordinates, grid references or postcodes with them, and they appear here."))
	v.nowhere.Alignment, v.nowhere.Wrapping = fyne.TextAlignCenter, fyne.TextWrapWord
	v.nowhere.Hide()
	v.cardRow = container.NewVBox(container.NewHBox(layout.NewSpacer(), widgets.Inset(40, 8, v.card), layout.NewSpacer()))
	v.mapped = container.NewBorder(widgets.Inset(6, 8, v.tools.object), nil, nil, nil,
		container.NewStack(v.canvas, container.New(splitLayout{v.split}, v.split), container.New(within{}, v.over), container.New(layout.NewCustomPaddedLayout(120, 0, 60, 60), container.NewVBox(v.nowhere)), v.cardRow))
	v.empty = empty()
	v.stack = container.NewStack(v.mapped)
	if err := v.useBackdrop(); err != nil { // an address that no longer reads is as good as none
		v.backdrop, v.backdropOn = nil, false
	}
	v.showCredit()
	d.On(app.ProjectChanged, func() {
		fit := v.of != d.Workspace()
		if fit {
			clear(v.picked)
			v.overlays, v.heatOf, v.heat, v.mode, v.catching, v.grouped = nil, nil, nil, nil, false, nil
			v.setComparing(false)
		}
		v.of = d.Workspace()
		v.reload(fit)
	})
	d.On(app.ScenarioChanged, func() { v.reload(false) })
	d.On(app.ResultsChanged, func() {
		if v.comparing && !d.Computing() {
			v.compared = nil
			v.refresh()
		}
	})
	d.On(app.SelectionChanged, v.selected)
	return v
}

// Object is what the shell shows.
func (v *View) Object() fyne.CanvasObject { return v.stack }

// Focus is where keys go.
func (v *View) Focus() fyne.Focusable { return v.canvas }

// Find is where Ctrl+F goes.
func (v *View) Find() fyne.Focusable { return v.search.entry }

// Canvas is the map itself, for tests and the automation state.
func (v *View) Canvas() *Canvas { return v.canvas }

// window is the window that the map is in, or nil.
func (v *View) window() fyne.Window {
	d := fyne.CurrentApp().Driver()
	c := d.CanvasForObject(v.canvas)
	for _, w := range d.AllWindows() {
		if w.Canvas() == c {
			return w
		}
	}
	return nil
}

func (v *View) isGrouped(sn *Scene) bool {
	if v.grouped != nil {
		return *v.grouped
	}
	return sn != nil && len(sn.Dots) >= manyMarks
}

func (v *View) style() Style {
	sn := v.canvas.scene
	st := baseStyle(sn != nil && sn.Ordered != nil)
	st.HiddenLayers, st.HiddenClasses = copyOf(v.hiddenLayers), copyOf(v.hiddenClasses)
	st.Grouped, st.Names = v.isGrouped(sn), v.settings.MapNames()
	st.Heated, st.Overlays, st.OverlayGen = v.heat, v.overlays, v.overlayGen
	if v.backdropOn && v.backdrop != nil {
		st.Backdrop, st.PictureGen = v.backdrop, v.backdrop.Count()
	}
	if sn == nil {
		return st
	}
	if !slices.ContainsFunc(sn.Layers, func(l Layer) bool { return len(l.Areas) > 0 }) {
		st.Water = st.Land // no outline says where the water is
	}
	sel := v.desk.Selection()
	switch sel.Kind {
	case app.OneAsset:
		if i, ok := sn.byID[model.AssetID(sel.ID)]; ok {
			st.Chosen = i
		}
	case app.OnePopulation:
		st.ChosenArea = sel.ID
	}
	if len(v.picked) > 0 {
		st.Picked = make(map[int]bool, len(v.picked))
		for id := range v.picked {
			if i, ok := sn.byID[id]; ok {
				st.Picked[i] = true
			}
		}
	}
	if v.comparing && v.compared != nil && len(v.compared.Fates) == len(sn.Dots) {
		st.Compared, st.Split = v.compared, v.split.at
	}
	if v.reach.sn == sn && v.reach.chosen == st.Chosen {
		st.Rings, st.Catch = v.rings, v.catch
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
	gen, c := v.gen, Choice{By: v.by, Size: v.size, Scenario: v.desk.Scenario()}
	show := v.mapped
	if snap == nil || len(snap.Assets)+len(snap.Boundaries)+len(snap.Population) == 0 {
		show = v.empty
	}
	v.stack.Objects = []fyne.CanvasObject{show}
	v.stack.Refresh()
	if snap == nil {
		v.canvas.SetScene(nil, true)
		return
	}
	go func() {
		sn := NewScene(snap, c)
		finds := findsOf(snap, sn)
		v.desk.Post(func() {
			if gen != v.gen {
				return
			}
			v.search.all = finds
			if v.search.entry.Text != "" {
				v.search.ask()
			}
			v.compared = nil
			v.canvas.scene = sn // the key is measured before the map is fitted beside it
			v.showLegend()
			v.canvas.Covered = v.legend.MinSize().Width
			v.canvas.SetScene(sn, fit)
			v.warm(sn)
			if len(sn.Dots) == 0 && sn.Missing > 0 {
				v.nowhere.Show()
			} else {
				v.nowhere.Hide()
			}
			v.refresh()
			v.bar.show(v.canvas.Camera())
			if len(v.picked) > 0 {
				v.showPicked()
			}
			v.fetchTiles()
		})
	}()
}

// refresh works out what the picture needs, and paints it and its key anew.
func (v *View) refresh() {
	sn := v.canvas.Scene()
	sc := v.desk.Scenario()
	if v.comparing && v.compared == nil && sn != nil && sc != nil {
		var plan *action.Plan
		if r := v.desk.Result(sc.ID); r != nil {
			plan = r.Plan
		}
		v.compared = Compare(sn, sc, plan)
		v.split.after = sc.Name
		v.split.Refresh()
	}
	v.workReach()
	v.canvas.Repaint()
	v.showLegend()
}

// workReach draws rings and catchment of the selected asset when they are not
// those on show.
func (v *View) workReach() {
	d := v.chosenDot()
	k := reachOf{sn: v.canvas.Scene(), chosen: -1, catching: v.catching}
	if d != nil {
		k.chosen = d.index
	}
	if v.mode != nil {
		k.mode = v.mode.Name
	}
	if v.comparing {
		k.compared = v.compared
	}
	if k == v.reach {
		return
	}
	v.reach, v.rings, v.catch = k, nil, nil
	if d == nil {
		return
	}
	if v.mode != nil {
		v.rings = NewRings(k.sn, d, *v.mode)
	}
	if v.catching {
		var gone func(int) bool
		if k.compared != nil {
			gone = k.compared.Closes
		}
		v.catch = NewCatchment(k.sn, d, gone)
	}
}

// chosenDot is the mark of the selected asset, or nil.
func (v *View) chosenDot() *Dot {
	sel := v.desk.Selection()
	if sn := v.canvas.Scene(); sn != nil && sel.Kind == app.OneAsset {
		return sn.Dot(model.AssetID(sel.ID))
	}
	return nil
}

// Restyle redraws after a change of theme.
func (v *View) Restyle() {
	v.refresh()
	v.bar.Refresh()
	v.split.Refresh()
	v.showPicked()
}

// Selected is the identifier of the asset marked on the map.
func (v *View) Selected() string {
	if st := v.style(); st.Chosen >= 0 {
		return string(v.canvas.Scene().Dots[st.Chosen].ID)
	}
	return ""
}
