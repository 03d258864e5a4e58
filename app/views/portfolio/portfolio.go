// Package portfolio is the place that lists every asset: sort, filter, search
// as you type, choose columns.
//
// It knows which columns an estate has. It refuses to compute anything beyond
// adding up what one asset costs to run.
package portfolio

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/settings"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/model"
)

// View is the place.
type View struct {
	desk  *app.Desk
	pane  *widgets.TablePane[Row]
	empty fyne.CanvasObject
	stack *fyne.Container
	gen   int
}

// Empty is what the place shows when there is nothing in it yet.
type Empty func() fyne.CanvasObject

// New makes the place.
func New(d *app.Desk, s *settings.Settings, empty Empty) *View {
	v := &View{desk: d}
	t := widgets.NewDataTable(columns(), func(r *Row) string { return string(r.ID) }, d.Post)
	t.Placeholder = "No assets yet."
	t.OnSelected = func(id string) { d.Select(app.OneAsset, id) }
	t.OnOpened = func(id string) { d.Select(app.OneAsset, id); d.GoTo("map") }
	t.CellTip = cellTip
	v.pane = widgets.NewTablePane(t, "asset", "assets", []string{"organisation", "use", "tenure"})
	if hidden, ok := s.HiddenColumns("portfolio"); ok {
		t.SetHiddenColumns(hidden)
	}
	v.pane.OnColumns = func(hidden []string) { s.SetHiddenColumns("portfolio", hidden) }
	v.empty = empty()
	v.stack = container.NewStack(v.pane.Object())
	d.On(app.ProjectChanged, v.reload)
	d.On(app.SelectionChanged, func() {
		if sel := d.Selection(); sel.Kind == app.OneAsset {
			t.Choose(sel.ID)
		} else {
			t.Choose("")
		}
	})
	return v
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

func (v *View) reload() {
	snap := v.desk.Snapshot()
	v.gen++
	gen := v.gen
	if snap == nil {
		v.pane.Table.SetRows(nil)
		return
	}
	show := v.pane.Object()
	if len(snap.Assets) == 0 {
		show = v.empty
	}
	v.stack.Objects = []fyne.CanvasObject{show}
	v.stack.Refresh()
	go func() {
		rows := Rows(snap)
		v.desk.Post(func() {
			if gen == v.gen {
				v.pane.Table.SetRows(rows)
			}
		})
	}()
}

// cellTip says where a figure comes from.
func cellTip(r *Row, column string) string {
	switch column {
	case "floor":
		return evidence(r.Floor, " m² gross internal area")
	case "running":
		return evidence(r.Running, " £ a year in all, without energy")
	case "electricity":
		return evidence(r.Electricity, " kWh a year")
	case "gas":
		return evidence(r.Gas, " kWh a year")
	case "backlog":
		return evidence(r.Backlog, " £ to return to good repair")
	case "desks":
		return evidence(r.Desks, " desks fit for use")
	case "land":
		return evidence(r.Land, " hectares")
	}
	return ""
}

func evidence(f model.Figure, unit string) string {
	if !f.Known() {
		return "Not known. Import a file that has it, or type it in the detail pane."
	}
	return format.Number(f.Value, 2) + unit + "\n" + format.Evidence(f.Grade, f.Source)
}
