package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/views/carbon"
	"github.com/planting-the-flag/flagstone/app/views/challenge"
	"github.com/planting-the-flag/flagstone/app/views/estatemap"
	"github.com/planting-the-flag/flagstone/app/views/lists"
	"github.com/planting-the-flag/flagstone/app/views/papers"
	"github.com/planting-the-flag/flagstone/app/views/portfolio"
	"github.com/planting-the-flag/flagstone/app/views/space"
	"github.com/planting-the-flag/flagstone/app/views/start"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// viewer is what a place must offer.
type viewer interface {
	Object() fyne.CanvasObject
	Focus() fyne.Focusable
}

// finder is a place that can be searched with Ctrl+F.
type finder interface{ Find() fyne.Focusable }

// restyler is a place that paints for itself and must hear of a new theme.
type restyler interface{ Restyle() }

// counter is a place that lists rows.
type counter interface{ Shown() (shown, all int) }

// place is one entry of the navigation.
type place struct {
	id, label, tip string
	below          bool // under the rule
	view           viewer
	item           *widgets.NavItem
}

// importPlace is where a preview of an import is shown. It is not in the
// navigation: dropping files leads there.
const importPlace = "import"

// returnedPlace is where a workbook that came back is looked at.
const returnedPlace = "returned"

// passing are the places that are not in the navigation.
func passing(id string) bool {
	return id == importPlace || id == returnedPlace || id == betterPlace || id == settingsPlace
}

// settingsPlace is where the window is set to the user's liking.
const settingsPlace = "settings"

// betterPlace looks for a better plan; the scenarios lead there.
const betterPlace = "better"

func (w *Window) buildPlaces() {
	drop := func(what string, more ...fyne.CanvasObject) func() fyne.CanvasObject {
		return func() fyne.CanvasObject {
			return start.Empty(what, words.T("Import a spreadsheet"), w.importDialog, w.demonstration, more...)
		}
	}
	blank := widgets.NewButton(words.T("Write a blank one to fill in"), words.T("A workbook with a sheet for buildings, teams and who is where, with examples"), nil, w.saveTemplate)
	scores := challenge.New(w.desk)
	w.detail.Extra = scores.FactsOf
	scores.OnScored = func() {
		if w.desk.Selection().Kind == app.OneAsset {
			w.detail.Refresh()
		}
	}
	var table *portfolio.View
	var where *estatemap.View
	w.inSight("portfolio", func() {
		table = portfolio.New(w.desk, w.settings, drop(words.T("Buildings and sites are listed here. Drop the register of assets on this window, or choose it.")))
	})
	w.inSight("map", func() {
		where = estatemap.New(w.desk, w.settings, drop(words.T("Assets appear here over the boundaries of the place. Drop a register with postcodes or coordinates on this window.")))
	})
	lazy := func(id string, build func() viewer) (v viewer) {
		w.inSight(id, func() { v = build() })
		return v
	}
	where.OnTable = func(ids []model.AssetID) {
		w.GoTo("portfolio")
		table.Mark(ids)
	}
	w.places = []*place{
		{id: "portfolio", label: words.T("Portfolio"), tip: words.T("Every building and site (Ctrl+1)"),
			view: table},
		{id: "map", label: words.T("Map"), tip: words.T("Where they are (Ctrl+2)"),
			view: where},
		{id: "challenge", label: words.T("Challenge"), tip: words.T("How good is each building, and how much is it needed? (Ctrl+3)"), view: scores},
		{id: "space", label: words.T("Space"), tip: words.T("Who is where (Ctrl+4)"), view: lazy("space", func() viewer {
			return space.New(w.desk, drop(words.T("Who works where is shown here: teams and services, the desks they use, and what sharing or moving would free. Drop a spreadsheet that names a team and its building in each row, or fill in a blank one."), blank))
		})},
		{id: "scenarios", label: words.T("Scenarios"), tip: words.T("What could be done, side by side (Ctrl+5)"), view: w.scenarios},
		{id: "carbon", label: words.T("Carbon"), tip: words.T("Footprint by year and by fuel (Ctrl+6)"), view: lazy("carbon", func() viewer {
			return carbon.New(w.desk, drop(words.T("The footprint of the estate by year is shown here, against its target. Drop a register with energy use or floor areas on this window.")))
		})},
		{id: "reports", label: words.T("Reports"), tip: words.T("Workbook, business case, open data (Ctrl+7)"), view: lazy("reports", func() viewer { return papers.New(w.desk, w.exportDialog) })},
		{id: "assumptions", label: words.T("Assumptions"), tip: words.T("Every number that results rest on (Ctrl+8)"), below: true, view: lazy("assumptions", func() viewer { return lists.NewAssumptions(w.desk) })},
		{id: "findings", label: words.T("Findings"), tip: words.T("What is wrong or missing in the data (Ctrl+9)"), below: true, view: lazy("findings", func() viewer { return lists.NewFindings(w.desk) })},
	}
}

// inSight builds a place that hears of changes only while it is shown, and of
// what it missed when it is shown again.
func (w *Window) inSight(id string, build func()) {
	w.desk.InSight(func() bool { return w.Place() == id }, build)
}

// navigation is the left edge of the window.
func (w *Window) navigation() fyne.CanvasObject {
	above, below := container.New(layout.NewCustomPaddedVBoxLayout(0)), container.New(layout.NewCustomPaddedVBoxLayout(0))
	for _, p := range w.places {
		p.item = widgets.NewNavItem(p.label, p.tip, look.Icon(p.id), func() { w.GoTo(p.id) })
		if p.below {
			below.Add(p.item)
		} else {
			above.Add(p.item)
		}
	}
	w.desk.On(app.ProjectChanged, func() {
		if s := w.desk.Snapshot(); s != nil {
			for _, p := range w.places {
				if p.id == "findings" {
					p.item.SetBadge(badge(len(s.Findings)))
				}
			}
		}
	})
	return container.NewVBox(widgets.Inset(4, 0, above), widget.NewSeparator(), below)
}

func badge(n int) string {
	switch {
	case n == 0:
		return ""
	case n > 999:
		return "999+"
	}
	return itoa(n)
}

// firstPlace is where an opened project begins: where the user was, or the
// table.
func (w *Window) firstPlace() string {
	if s := w.settings.Place(); w.placeByID(s) != nil {
		return s
	}
	return w.places[0].id
}

func (w *Window) placeByID(id string) *place {
	switch id {
	case importPlace:
		return &place{id: importPlace, label: words.T("Import"), view: w.importing}
	case returnedPlace:
		return &place{id: returnedPlace, label: words.T("Returned workbook"), view: w.returned}
	case settingsPlace:
		return &place{id: settingsPlace, label: words.T("Settings"), view: w.prefs}
	case betterPlace:
		return &place{id: betterPlace, label: words.T("Find a better plan"), view: w.better}
	}
	for _, p := range w.places {
		if p.id == id {
			return p
		}
	}
	return nil
}

// GoTo shows a place.
func (w *Window) GoTo(id string) {
	p := w.placeByID(id)
	if p == nil {
		return
	}
	if w.current != nil && !passing(w.current.id) && w.current.id != id {
		w.previous = w.current.id
	}
	w.current = p
	if w.desk.Place() != id {
		w.desk.SetPlace(id)
	}
	for _, q := range w.places {
		q.item.SetChosen(q.id == id || q.id == "scenarios" && id == betterPlace)
	}
	w.desk.CatchUp()
	w.room.Content = p.view.Object()
	w.room.ScrollToTop()
	w.room.Refresh()
	w.body.Layout.Layout(w.body.Objects, w.body.Size()) // another place leaves more room for the detail pane, or less
	c := w.win.Canvas()
	c.Unfocus() // what had the keys may be out of sight now
	if f := p.view.Focus(); f != nil {
		c.Focus(f)
	}
}

// Place is the identifier of the place shown.
func (w *Window) Place() string {
	if w.current == nil {
		return "start"
	}
	return w.current.id
}

// View is the view of a place, for tests.
func (w *Window) View(id string) any {
	if p := w.placeByID(id); p != nil {
		return p.view
	}
	return nil
}

// restyle tells everything that paints for itself of a new theme.
func (w *Window) restyle() {
	w.better.Restyle()
	for _, p := range w.places {
		if r, ok := p.view.(restyler); ok {
			r.Restyle()
		}
	}
}
