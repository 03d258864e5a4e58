package estatemap

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model/access"
)

func nobody() string { return words.T("Not shown") }

// layersPanel opens what can be laid over the map, under a button.
func (v *View) layersPanel(at fyne.CanvasObject) {
	sn := v.canvas.Scene()
	if sn == nil {
		return
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(at)
	body := container.New(layout.NewCustomPaddedVBoxLayout(2))
	pop := widget.NewPopUp(widgets.Inset(6, 10, container.New(&panelBox{c}, container.NewVScroll(body))), c)
	v.panel = pop
	v.fillPanel(body, pop)
	pop.ShowAtPosition(fyne.CurrentApp().Driver().AbsolutePositionForObject(at).AddXY(0, at.Size().Height+2))
	for _, o := range body.Objects { // the first control has the keys
		if f, ok := o.(fyne.Focusable); ok {
			c.Focus(f)
			break
		}
	}
}

// panelBox keeps a panel within the window.
type panelBox struct{ c fyne.Canvas }

func (p *panelBox) MinSize(o []fyne.CanvasObject) fyne.Size {
	z := o[0].(*container.Scroll).Content.MinSize()
	return fyne.NewSize(330, min(z.Height, p.c.Size().Height-180))
}

func (p *panelBox) Layout(o []fyne.CanvasObject, z fyne.Size) { o[0].Resize(z) }

func (v *View) fillPanel(body *fyne.Container, pop *widget.PopUp) {
	again := func() {
		v.refresh()
		body.RemoveAll()
		v.fillPanel(body, pop)
		body.Refresh()
		pop.Refresh()
	}
	leave := func() {
		pop.Hide()
		if c := fyne.CurrentApp().Driver().CanvasForObject(v.canvas); c != nil {
			c.Focus(v.canvas)
		}
	}
	button := func(name, tip string, icon fyne.Resource, do func()) *widgets.Button {
		b := newCardButton(name, tip, icon, do, leave)
		b.Quiet()
		b.Alignment = widget.ButtonAlignLeading
		return b
	}
	title := func(s string) {
		l := widget.NewLabel(s)
		l.TextStyle.Bold = true
		body.Add(l)
	}
	check := func(name string, on bool, do func(bool)) {
		body.Add(newCheck(name, on, do, leave))
	}
	sn := v.canvas.Scene()

	title(words.T("Marks"))
	check(words.T("Put crowded marks together as a number"), v.isGrouped(sn), func(on bool) { v.grouped = &on; v.refresh() })
	check(words.T("Names where there is room"), v.settings.MapNames(), func(on bool) { v.settings.SetMapNames(on); v.refresh() })

	title(words.T("Where residents live"))
	if len(sn.People) == 0 {
		body.Add(widgets.NewCaption(words.T("No residents yet: import a file of small areas with how many people live there.")))
	} else {
		body.Add(newSelect(append([]string{nobody(), words.T("All residents")}, v.groupNames(sn)...), v.heatName(), v.setHeat, leave))
	}

	title(words.T("Travel from the selected asset"))
	from := v.chosenDot()
	if from == nil {
		body.Add(widgets.NewCaption(words.T("Select an asset on the map first.")))
	} else {
		modes := []string{nobody()}
		for _, m := range access.Modes {
			modes = append(modes, format.Capital(words.T(m.Name)))
		}
		chosen := modes[0]
		if v.mode != nil {
			chosen = format.Capital(words.T(v.mode.Name))
		}
		way := newSelect(modes, chosen, func(s string) {
			v.mode = nil
			for i := range access.Modes {
				if format.Capital(words.T(access.Modes[i].Name)) == s {
					v.mode = &access.Modes[i]
				}
			}
			v.refresh()
		}, leave)
		body.Add(container.NewBorder(nil, nil, widget.NewLabel(words.T("Minutes")), nil, way))
		if len(sn.People) > 0 {
			check(words.T("Who is nearer to it than to others of its use"), v.catching, func(on bool) { v.catching = on; v.refresh() })
		}
	}

	if len(sn.Layers) > 0 {
		title(words.T("Boundaries"))
		for i := range sn.Layers {
			name := words.T(layerWords[sn.Layers[i].Name])
			if name == "" {
				name = format.Capital(sn.Layers[i].Name)
			}
			check(name, !v.hiddenLayers[i], func(on bool) { v.hiddenLayers[i] = !on; v.refresh() })
		}
	}

	title(words.T("Your layers"))
	for i, o := range v.overlays {
		k := newCheck(format.Short(o.Name, 26)+"  "+format.Whole(float64(o.Shapes)), !o.Hidden, func(on bool) { v.changeOverlay(i, func(o *Overlay) { o.Hidden = !on }) }, leave)
		keep := button("", words.T("Keep its areas in the project"), theme.DocumentSaveIcon(), func() { pop.Hide(); v.keepOverlay(o) })
		if len(o.Areas) == 0 || o.Path == "" {
			keep.Disable()
		}
		gone := button("", words.T("Take the layer off the map"), theme.DeleteIcon(), func() {
			v.overlays = slices.DeleteFunc(slices.Clone(v.overlays), func(x *Overlay) bool { return x == v.overlays[i] })
			v.overlayGen++
			again()
		})
		body.Add(container.NewBorder(nil, nil, nil, container.NewHBox(keep, gone), k))
	}
	add := button(words.T("Add a layer from a GeoJSON file"), words.T("Areas, lines or points from your mapping program"), theme.FolderOpenIcon(), func() { pop.Hide(); v.askOverlay() })
	body.Add(add)

	title(words.T("Background map"))
	on, address, _ := v.settings.Background()
	k := newCheck(words.T("Fetch a background map from the internet"), on && address != "", func(on bool) {
		if on && address == "" {
			pop.Hide()
			v.backgroundCard()
			return
		}
		_, a, c := v.settings.Background()
		v.settings.SetBackground(on, a, c)
		v.switchBackground()
	}, leave)
	body.Add(k)
	setting := button(words.T("Which map…"), words.T("The address of its tiles and whom to name"), theme.SettingsIcon(), func() { pop.Hide(); v.backgroundCard() })
	body.Add(setting)
}

// groupNames lists the groups of residents of the project.
func (v *View) groupNames(sn *Scene) []string {
	seen := map[string]bool{}
	for i := range sn.People {
		for g := range sn.People[i].Groups {
			seen[g] = true
		}
	}
	out := make([]string, 0, len(seen))
	for g := range seen {
		out = append(out, format.Capital(g))
	}
	slices.Sort(out)
	return out
}

func (v *View) heatName() string {
	switch {
	case v.heatOf == nil:
		return nobody()
	case *v.heatOf == "":
		return words.T("All residents")
	}
	return format.Capital(*v.heatOf)
}

// setHeat works the density of a group out, off the UI goroutine.
func (v *View) setHeat(name string) {
	sn := v.canvas.Scene()
	v.heatOf, v.heat = nil, nil
	v.heatGen++
	if name == nobody() || sn == nil {
		v.refresh()
		return
	}
	group := ""
	for i := range sn.People {
		for g := range sn.People[i].Groups {
			if format.Capital(g) == name {
				group = g
			}
		}
	}
	v.heatOf = &group
	v.warm(sn)
}

// warm makes the surface of the chosen group for a scene.
func (v *View) warm(sn *Scene) {
	if v.heatOf == nil {
		return
	}
	v.heatGen++
	gen, group := v.heatGen, *v.heatOf
	go func() {
		h := NewHeat(sn.People, group)
		v.desk.Post(func() {
			if gen == v.heatGen {
				v.heat = h
				v.refresh()
			}
		})
	}()
}

// changeOverlay replaces a layer by a changed one: the painter may be reading
// the old one.
func (v *View) changeOverlay(i int, change func(*Overlay)) {
	o := *v.overlays[i]
	change(&o)
	v.overlays = slices.Clone(v.overlays)
	v.overlays[i] = &o
	v.overlayGen++
	v.refresh()
}

func (v *View) askOverlay() {
	w := v.window()
	if w == nil {
		return
	}
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil || r == nil {
			return
		}
		path := r.URI().Path()
		_ = r.Close()
		v.AddOverlay(path)
	}, w)
	d.SetFilter(storage.NewExtensionFileFilter([]string{".geojson", ".json"}))
	if u, err := storage.ListerForURI(storage.NewFileURI(v.settings.Folder())); err == nil && v.settings.Folder() != "" {
		d.SetLocation(u)
	}
	d.SetConfirmText(words.T("Add layer"))
	d.Resize(fyne.NewSize(860, 560))
	d.Show()
}

// AddOverlay reads a file of GeoJSON in a job and lays it over the map.
func (v *View) AddOverlay(path string) {
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	of := v.desk.Workspace()
	v.desk.Run(words.F("Adding the layer “%s”", name), func(context.Context, *jobs.Progress) (func(), error) {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		data, err := io.ReadAll(io.LimitReader(f, MostOverlayBytes+1))
		if err != nil {
			return nil, err
		}
		o, err := ParseOverlay(name, data)
		if err != nil {
			return nil, err
		}
		o.Path = path
		return func() {
			if of != v.desk.Workspace() {
				return
			}
			v.settings.SetFolder(filepath.Dir(path))
			o.Hue = v.nextHue
			v.nextHue++
			v.overlays = append(slices.Clone(v.overlays), o)
			v.overlayGen++
			v.refresh()
			s := format.Counted(o.Shapes, "“%[2]s” is on the map: %[1]s shape", "“%[2]s” is on the map: %[1]s shapes", name)
			if o.Left > 0 {
				s += words.F(", %d without coordinates left out", o.Left)
			}
			v.desk.Tell(app.Message{Text: s + "."})
			if sn := v.canvas.Scene(); sn != nil && !o.Bound.Intersects(sn.View) {
				v.desk.Tell(app.Message{Text: words.F("%s. It lies outside what the map shows: zoom out to see it.", s)})
			}
		}, nil
	})
}

// keepOverlay takes the areas of a layer into the project, as an import does.
func (v *View) keepOverlay(o *Overlay) {
	v.desk.Change(words.F("Keeping the layer “%s”", o.Name), func(ctx context.Context, ws app.Workspace, p *jobs.Progress) error {
		plan, err := ws.Preview(ctx, []string{o.Path}, p)
		if err != nil {
			return err
		}
		for _, f := range plan.Files {
			if f.Kind != "boundaries" && f.Kind != "boundary" {
				return unreadable(words.T("This file holds more than areas. Drop it on the window to import it, and say there what it is."))
			}
		}
		return ws.Commit(ctx, plan, p)
	}, func() {
		v.overlays = slices.DeleteFunc(slices.Clone(v.overlays), func(x *Overlay) bool { return x.Path == o.Path })
		v.overlayGen++
		v.refresh()
		v.desk.Tell(app.Message{Text: words.F("“%s” is now a boundary layer of the project.", o.Name)})
	})
}
