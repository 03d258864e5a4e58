// Package portfolio is the place that lists every asset: sort, filter, search
// as you type, choose columns, group and add up, keep views, change one cell or
// many, copy to and paste from a spreadsheet.
//
// It knows which columns an estate has. It refuses to compute anything beyond
// adding up what one asset costs to run; what a typed text comes to is known by
// package session.
package portfolio

import (
	"log/slog"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/language"
	"github.com/planting-the-flag/flagstone/app/settings"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// View is the place.
type View struct {
	desk     *app.Desk
	settings *settings.Settings
	pane     *widgets.TablePane[Row]
	cols     []column
	strip    *strip
	empty    fyne.CanvasObject
	full     fyne.CanvasObject
	stack    *fyne.Container
	gen      int
	snap     *app.Snapshot   // of the rows asked for last
	scenario *model.Scenario // whose plans they show
}

// Empty is what the place shows when there is nothing in it yet.
type Empty func() fyne.CanvasObject

// nowViews and savedViews name what settings keep.
const (
	savedViews = "portfolio"
	nowViews   = "portfolio.now"
)

// New makes the place.
func New(d *app.Desk, s *settings.Settings, empty Empty) *View {
	v := &View{desk: d, settings: s, cols: columns()}
	t := widgets.NewDataTable(v.cols, func(r *Row) string { return string(r.ID) }, d.Post)
	t.Placeholder = words.T("No assets yet.")
	t.Cells, t.ShowTotal = true, true
	t.OnSelected = func(id string) { d.Select(app.OneAsset, id) }
	t.OnOpened = func(id string) { d.Select(app.OneAsset, id); d.GoTo("map") }
	t.CellTip = cellTip(v.cols)
	t.Edit = v.edit
	t.OnPaste, t.OnClear = v.Paste, v.clear
	t.OnCopied = func(what string) { d.Tell(app.Message{Text: what}) }
	v.pane = widgets.NewTablePane(t, words.Later("asset"), words.Later("assets"), []string{"organisation", "use", "tenure"})
	v.pane.OfferGroups()
	v.pane.RowMenu = v.rowMenu
	v.offerViews()
	v.strip = newStrip(v)
	t.OnMarked = v.strip.marked
	v.empty = empty()
	v.full = container.NewBorder(nil, v.strip.object, nil, nil, v.pane.Object())
	v.stack = container.NewStack(v.full)
	d.OnAny(v.reload, app.ProjectChanged, app.ScenarioChanged)
	d.On(app.SelectionChanged, func() {
		if sel := d.Selection(); sel.Kind == app.OneAsset {
			t.Choose(sel.ID)
		} else if sel.Kind == app.Nothing {
			t.Choose("")
		}
	})
	return v
}

// offerViews brings the views back, and the arrangement of the last time
// without its filters: a project begins with every row in sight.
func (v *View) offerViews() {
	var saved, now []widgets.TableView
	v.settings.Views(savedViews, &saved)
	v.settings.Views(nowName(), &now)
	keep := func(table string, views []widgets.TableView) {
		if err := v.settings.SetViews(table, views); err != nil {
			slog.Error("keeping views", "error", err)
		}
	}
	v.pane.OfferViews(givenViews(), saved, func(all []widgets.TableView) { keep(savedViews, all) })
	if len(now) == 1 {
		v.pane.ShowView(now[0])
	}
	v.pane.OnColumns = func() {
		x := v.pane.View()
		x.Filter = widgets.Filter{}
		keep(nowName(), []widgets.TableView{x})
	}
}

// Object is what the shell shows.
func (v *View) Object() fyne.CanvasObject { return v.stack }

// Focus is where keys go when the place opens.
func (v *View) Focus() fyne.Focusable { return v.pane.Table }

// Find is where Ctrl+F goes.
func (v *View) Find() fyne.Focusable { return v.pane.Search }

// Shown is how many rows are shown and how many there are.
func (v *View) Shown() (shown, all int) { return v.pane.Table.Count() }

// Table is for tests and for the automation state.
func (v *View) Table() *widgets.DataTable[Row] { return v.pane.Table }

// Pane is for tests.
func (v *View) Pane() *widgets.TablePane[Row] { return v.pane }

// reload makes the rows anew when the project or the scenario being edited is
// another; the old ones stay until they are ready.
func (v *View) reload() {
	snap, sc := v.desk.Snapshot(), v.desk.Scenario()
	if snap == v.snap && sc == v.scenario && snap != nil {
		return
	}
	v.snap, v.scenario = snap, sc
	v.gen++
	gen := v.gen
	v.strip.hide()
	if snap == nil {
		v.pane.Table.SetRows(nil)
		return
	}
	show := v.full
	if len(snap.Assets) == 0 {
		show = v.empty
	}
	if len(v.stack.Objects) != 1 || v.stack.Objects[0] != show {
		v.stack.Objects = []fyne.CanvasObject{show}
		v.stack.Refresh()
	}
	go func() {
		rows := Rows(snap, sc)
		v.desk.Post(func() {
			if gen == v.gen {
				v.pane.Table.SetRows(rows)
			}
		})
	}()
}

// givenViews are the views that come with Flagstone.
func givenViews() []widgets.TableView {
	all := columns()
	only := func(ids ...string) []string { // what is put away so that only these are shown
		var out []string
		for _, c := range all {
			shown := false
			for _, id := range ids {
				shown = shown || c.ID == id
			}
			if !shown && c.ID != "name" {
				out = append(out, c.ID)
			}
		}
		return out
	}
	with := func(order ...string) []string { return append([]string{"name"}, order...) }
	lease := []string{"organisation", "tenure", "event", "landlord", "break", "review", "expiry", "cost.rent", "dilapidations", "floor"}
	energy := []string{"organisation", "use", "floor", "electricity", "gas", "energy", "intensity", "rating"}
	money := []string{"organisation", "floor", "running", "cost.rent", "cost.business-rates", "cost.maintenance", "cost.cleaning", "cost.reception", "cost.other-running", "income", "backlog"}
	known := []string{"organisation", "quality", "doubts", "floor", "running", "energy", "backlog", "tenure", "placed", "uprn"}
	return []widgets.TableView{
		{Name: words.T("Everything")},
		{Name: words.T("By organisation"), Group: "organisation"},
		{Name: words.T("By use"), Group: "use", Sorts: []widgets.Sort{{Column: "floor", Desc: true}}},
		{Name: words.T("Leases"), Order: with(lease...), Hidden: only(lease...), Sorts: []widgets.Sort{{Column: "event"}}, Filter: widgets.Filter{Terms: []widgets.Term{{Column: "tenure", Text: leased()}}}},
		{Name: words.T("Energy"), Order: with(energy...), Hidden: only(energy...), Sorts: []widgets.Sort{{Column: "energy", Desc: true}}},
		{Name: words.T("Running costs"), Order: with(money...), Hidden: only(money...), Sorts: []widgets.Sort{{Column: "running", Desc: true}}},
		{Name: words.T("What is not known"), Order: with(known...), Hidden: only(known...), Sorts: []widgets.Sort{{Column: "quality"}}},
		{Name: words.T("What is planned"), Group: "planned"},
	}
}

// nowName is where the settings keep the view left: names of views and words of
// filters are those of a language.
func nowName() string {
	if l := language.Spoken(); l != language.English {
		return nowViews + "." + l
	}
	return nowViews
}

// leased is what tells leases from freeholds in the column that says how an
// asset is held.
func leased() string {
	if own := words.T("Leasehold"); own != "Leasehold" {
		return own
	}
	return "lease"
}
