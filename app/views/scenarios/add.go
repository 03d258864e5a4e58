package scenarios

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/views/detail"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
)

// adder is the card on which an action is put together. It says what the
// action would do before it is added.
type adder struct {
	v        *View
	pop      *widget.PopUp
	kinds    []action.Entry
	building *widgets.Entry
	found    *widgets.Select
	kind     *widgets.Select
	year     *widgets.Select
	from     *widgets.Select
	use      *widgets.Select
	measures *widgets.Ticks
	extra    *fyne.Container
	says     *widgets.Facts
	add      *widgets.Button
	about    *widget.Label
	assets   map[string]model.AssetID // what the choosers show → which asset
	gen      int
	cancel   context.CancelFunc
}

// mostFound is how many buildings a chooser offers.
const mostFound = 200

// AddAction opens the card for a building, or for the selected one.
func (v *View) AddAction(id model.AssetID, near fyne.CanvasObject) {
	s := v.desk.Snapshot()
	if s == nil || v.desk.Scenario() == nil {
		return
	}
	if sc := v.desk.Scenario(); sc.Locked {
		v.desk.Tell(app.Message{Text: words.F("“%s” is locked. Unlock it under Scenarios, or copy it and change the copy.", sc.Name), Bad: true})
		return
	}
	if sel := v.desk.Selection(); id == "" && sel.Kind == app.OneAsset {
		id = model.AssetID(sel.ID)
	}
	a := &adder{v: v, kinds: action.Entries(), assets: map[string]model.AssetID{}}
	a.build(s, id)
	v.adding = a
	c := fyne.CurrentApp().Driver().CanvasForObject(near)
	a.pop.ShowAtPosition(fyne.NewPos(max(8, (c.Size().Width-a.pop.MinSize().Width)/2), 72))
	if c.Focus(a.kind); a.found.Selected == "" {
		c.Focus(a.building)
	}
	a.consider()
}

func (a *adder) build(s *app.Snapshot, id model.AssetID) {
	changed := func(string) { a.consider() }
	a.says = widgets.NewFacts()
	a.about = widgets.NewCaption("")
	a.found = widgets.NewSelect(nil, changed)
	a.found.PlaceHolder = words.T("Choose a building")
	a.building = widgets.NewEntry(words.T("Find a building"), func(q string) { a.find(s, q) })
	titles := make([]string, len(a.kinds))
	for i, k := range a.kinds {
		titles[i] = words.T(k.Title)
	}
	a.kind = widgets.NewSelect(titles, func(string) { a.dress(s); a.consider() })
	var years []string
	for y := s.BaseYear; y <= s.LastYear(); y++ {
		years = append(years, model.FinancialYear(y))
	}
	a.year = widgets.NewSelect(years, changed)
	a.year.Selected = years[min(2, len(years)-1)]
	a.from = widgets.NewSelect(nil, changed)
	a.from.PlaceHolder = words.T("Choose the building that empties")
	var uses []string
	for _, c := range action.Conversions() {
		uses = append(uses, words.T(c.Label))
	}
	a.use = widgets.NewSelect(uses, changed)
	var ms []string
	for _, m := range action.Measures() {
		ms = append(ms, words.T(m.Label))
	}
	a.measures = widgets.NewTicks(ms, func([]string) { a.consider() })
	a.extra = container.NewVBox()
	a.add = widgets.NewButton(words.T("Add to scenario"), words.T("Add it; undo takes it back"), nil, a.commit).Main()
	cancel := widgets.NewButton(words.T("Cancel"), words.T("Close without adding (Escape)"), nil, func() { a.close() })

	a.find(s, "")
	if x := s.Asset(id); x != nil {
		a.offer(s, x)
	}
	for i, k := range a.kinds { // selling or leaving is what most people look at first
		if k.Kind == model.Sell {
			a.kind.Selected = titles[i]
		}
	}
	a.dress(s)

	form := container.New(layout.NewFormLayout(),
		widget.NewLabel(words.T("Building")), container.NewVBox(a.building, a.found),
		widget.NewLabel(words.T("What to do")), a.kind,
		widget.NewLabel(words.T("From")), a.year)
	left := container.NewVBox(widgets.NewSub(words.F("Add to “%s”", a.v.desk.Scenario().Name)), form, a.about, a.extra)
	right := container.NewBorder(widgets.NewSub(words.T("What it would do")), nil, nil, nil, widgets.AtLeast(330, 300, container.NewVScroll(a.says)))
	body := container.NewBorder(nil, container.NewHBox(layout.NewSpacer(), cancel, a.add), nil, nil,
		container.NewHBox(widgets.Wide(340, left), widgets.Wide(340, right)))
	a.pop = widget.NewPopUp(widgets.Inset(8, 12, body), a.v.win.Canvas())
}

func (a *adder) close() {
	a.gen++
	if a.cancel != nil {
		a.cancel()
	}
	a.pop.Hide()
}

// label is what a chooser shows for an asset: names alone are not unique.
func label(s *app.Snapshot, x *model.Asset) string {
	n := x.Name
	if r := []rune(n); len(r) > 40 {
		n = string(r[:39]) + "…"
	}
	if x.Postcode != "" {
		return n + ", " + x.Postcode
	}
	return n + " (" + string(x.ID) + ")"
}

func (a *adder) offer(s *app.Snapshot, x *model.Asset) {
	l := label(s, x)
	a.assets[l] = x.ID
	if !slices.Contains(a.found.Options, l) {
		a.found.Options = append([]string{l}, a.found.Options...)
	}
	a.found.SetSelected(l)
}

// find offers the buildings whose name or postcode has the words.
func (a *adder) find(s *app.Snapshot, q string) {
	words := strings.Fields(strings.ToLower(q))
	var opts []string
	for i := range s.Assets {
		x := &s.Assets[i]
		hay := strings.ToLower(x.Name + " " + x.Postcode + " " + x.Address)
		ok := true
		for _, w := range words {
			ok = ok && strings.Contains(hay, w)
		}
		if ok {
			l := label(s, x)
			a.assets[l] = x.ID
			if opts = append(opts, l); len(opts) == mostFound {
				break
			}
		}
	}
	a.found.Options = opts
	a.found.Refresh()
	if len(opts) > 0 && q != "" {
		a.found.SetSelected(opts[0])
	}
}

func (a *adder) entry() *action.Entry {
	for i := range a.kinds {
		if words.T(a.kinds[i].Title) == a.kind.Selected {
			return &a.kinds[i]
		}
	}
	return nil
}

// dress shows the fields that the chosen kind of action needs.
func (a *adder) dress(s *app.Snapshot) {
	a.extra.RemoveAll()
	e := a.entry()
	if e == nil {
		return
	}
	a.about.SetText(words.T(e.Summary))
	switch e.Kind {
	case model.CoLocate:
		var opts []string
		for i := range s.Assets {
			if x := &s.Assets[i]; len(s.OccupationsOf(x.ID)) > 0 {
				l := label(s, x)
				a.assets[l] = x.ID
				opts = append(opts, l)
			}
		}
		a.from.Options = opts
		a.extra.Add(widget.NewLabel(words.T("Services move in from")))
		a.extra.Add(a.from)
	case model.Repurpose:
		a.extra.Add(widget.NewLabel(words.T("New use")))
		a.extra.Add(a.use)
	case model.Retrofit:
		a.extra.Add(widget.NewLabel(words.T("Measures")))
		a.extra.Add(widgets.AtLeast(300, 150, container.NewVScroll(a.measures.Object)))
	}
}

// action is what the card says, and what is still missing in words.
func (a *adder) action() (model.Action, string) {
	s, e := a.v.desk.Snapshot(), a.entry()
	x := model.Action{ID: FreeAction(a.v.desk.Scenario())}
	id, ok := a.assets[a.found.Selected]
	switch {
	case e == nil:
		return x, words.T("Choose what to do.")
	case !ok || s.Asset(id) == nil:
		return x, words.T("Choose a building.")
	}
	x.Kind, x.Asset = e.Kind, id
	x.Year = s.BaseYear + max(0, slices.Index(a.year.Options, a.year.Selected))
	switch e.Kind {
	case model.CoLocate:
		from, ok := a.assets[a.from.Selected]
		if !ok || from == id {
			return x, words.T("Choose the building whose services move in.")
		}
		x.From = []model.AssetID{from}
	case model.Repurpose:
		for _, c := range action.Conversions() {
			if words.T(c.Label) == a.use.Selected {
				x.NewUse = c.Use
			}
		}
		if x.NewUse == "" {
			return x, words.T("Choose the new use.")
		}
	case model.Retrofit:
		for _, m := range action.Measures() { // in the order of the catalogue: fabric before plant
			if slices.Contains(a.measures.Selected(), words.T(m.Label)) {
				x.Measures = append(x.Measures, m.Key)
			}
		}
		if len(x.Measures) == 0 {
			return x, words.T("Choose at least one measure.")
		}
	}
	return x, ""
}

// FreeAction is an identifier that no action of the scenario has.
func FreeAction(sc *model.Scenario) model.ActionID {
	taken := map[model.ActionID]bool{}
	for _, a := range sc.Actions {
		taken[a.ID] = true
	}
	for n := len(sc.Actions) + 1; ; n++ {
		if id := model.ActionID(fmt.Sprintf("%s.%d", sc.ID, n)); !taken[id] {
			return id
		}
	}
}

// consider works out the five consequences in a job.
func (a *adder) consider() {
	if a.pop == nil {
		return
	}
	a.gen++
	if a.cancel != nil {
		a.cancel()
		a.cancel = nil
	}
	x, missing := a.action()
	if missing != "" {
		a.add.Disable()
		a.says.Set([]widgets.Fact{{Value: missing, Prose: true}})
		return
	}
	a.add.Enable()
	a.says.Set([]widgets.Fact{{Value: words.T("Working it out…"), Prose: true}})
	gen, ws, sc, s := a.gen, a.v.desk.Workspace(), a.v.desk.Scenario().ID, a.v.desk.Snapshot()
	a.cancel = a.v.desk.Jobs.Start(words.T("Considering an action"), func(ctx context.Context, _ *jobs.Progress) error {
		c, err := ws.Consider(ctx, sc, x)
		a.v.desk.Post(func() {
			if gen != a.gen {
				return
			}
			if err != nil {
				a.says.Set([]widgets.Fact{{Value: app.Explain(words.T("This cannot be worked out"), err).Text, Prose: true, Warn: true}})
				return
			}
			a.says.Set(Consequences(s, c))
		})
		return err
	})
}

func (a *adder) commit() {
	x, missing := a.action()
	if missing != "" {
		return
	}
	title := detail.ActionTitle(a.v.desk.Snapshot(), &x)
	next := cloned(a.v.desk.Scenario())
	next.Actions = append(next.Actions, x)
	a.close()
	a.v.put("“"+title+"”", next, func() {
		a.v.desk.Select(app.OneAction, string(x.ID))
		a.v.desk.Tell(app.Message{Text: words.F("%s from %s is in “%s”.", format.Capital(title), format.Year(x.Year), next.Name)})
	})
}
