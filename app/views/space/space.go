// Package space is the place that says who is where, and where a team is moved
// by dragging it to another building: what that would do is shown before it is
// let go.
//
// It puts the move together; what it does is worked out by the workspace.
package space

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// View is the place.
type View struct {
	desk      *app.Desk
	pane      *widgets.TablePane[Row]
	teams     *widgets.DataTable[Row]
	buildings *widgets.DataTable[Building]
	search    *widgets.Entry
	move      *widgets.Button
	card      *card
	desks     *desks
	shade     *fyne.Container // over everything, where the card is while a team is dragged
	object    *fyne.Container
	full      fyne.CanvasObject
	empty     fyne.CanvasObject // shown while nobody is anywhere
	first     model.AssetID     // the building with most desks
	gen       int
}

// New makes the place; empty is what it says while no team is known.
func New(d *app.Desk, empty func() fyne.CanvasObject) *View {
	v := &View{desk: d, empty: empty(), teams: newTeams(d), buildings: newBuildings(d)}
	v.move = widgets.NewButton(words.T("Move to…"), words.T("Move the selected team to another building, with the consequences shown first (Enter)"), nil, v.Move)
	v.move.Disable()
	v.pane = widgets.NewTablePane(v.teams, words.Later("team"), words.Later("teams"), []string{"kind", "organisation"})
	v.teams.OnSelected = func(id string) {
		v.move.Enable()
		if r := v.row(id); r != nil {
			d.Select(app.OneService, string(r.service))
		}
	}
	v.teams.OnOpened = func(string) { v.Move() }
	v.teams.OnDragged, v.teams.OnDropped = v.dragged, v.dropped
	v.buildings.OnSelected = func(id string) { d.Select(app.OneAsset, id) }
	v.search = widgets.NewEntry(words.T("Find a building"), func(q string) { v.buildings.SetFilter(widgets.Filter{Search: q}) })
	right := container.NewBorder(widgets.Inset(6, 8, container.NewBorder(nil, nil, nil, v.move, v.search)), nil, nil, nil, v.buildings)
	v.card = newCard(v)
	v.shade = container.NewWithoutLayout(v.card.object)
	v.shade.Hide()
	v.desks = newDesks(v)
	who := widgets.SplitBeside("space", 0.58, v.pane.Object(), widgets.Ground(look.Panel, right))
	v.full = widgets.SplitOver("space.over", 0.55, widgets.AtLeast(0, 120, who), widgets.AtLeast(0, 110, v.desks.object))
	v.object = container.NewStack(v.full, v.shade)
	d.On(app.ProjectChanged, v.reload)
	d.On(app.ResultsChanged, func() {
		if !d.Computing() {
			v.desks.follow()
		}
	})
	d.On(app.SelectionChanged, func() {
		if s := d.Selection(); s.Kind == app.OneService {
			if r := v.row(v.teams.Chosen()); r == nil || string(r.service) != s.ID {
				v.teams.Choose(v.firstOf(s.ID))
			}
		} else {
			v.teams.Choose("")
			v.move.Disable()
		}
		v.desks.follow()
	})
	return v
}

// Object is what the shell shows.
func (v *View) Object() fyne.CanvasObject { return v.object }

// Focus is where keys go.
func (v *View) Focus() fyne.Focusable {
	if v.desk.Place() == "space" {
		v.desks.follow() // it rests while the place is out of sight
	}
	return v.teams
}

// Restyle redraws after a change of theme.
func (v *View) Restyle() { v.desks.chart.Restyle() }

// Find is where Ctrl+F goes.
func (v *View) Find() fyne.Focusable { return v.pane.Search }

// Shown is how many rows are shown and how many there are.
func (v *View) Shown() (shown, all int) { return v.teams.Count() }

// Teams and Buildings are the tables, for tests.
func (v *View) Teams() *widgets.DataTable[Row] { return v.teams }

// Buildings is the table of buildings.
func (v *View) Buildings() *widgets.DataTable[Building] { return v.buildings }

func (v *View) reload() {
	v.gen++
	gen, s := v.gen, v.desk.Snapshot()
	go func() {
		teams, buildings := teamRows(s), buildingRows(s)
		v.desk.Post(func() {
			if gen != v.gen {
				return
			}
			show := v.full
			if len(teams) == 0 {
				show = v.empty
			}
			if v.object.Objects[0] != show {
				v.object.Objects[0] = show
				v.object.Refresh()
			}
			v.teams.SetRows(teams)
			v.buildings.SetRows(buildings)
			v.first = ""
			if len(buildings) > 0 {
				v.first = model.AssetID(buildings[0].ID)
			}
			v.desks.follow()
		})
	}()
}

// row is the row with a key, or nil.
func (v *View) row(key string) *Row {
	n, _ := v.teams.Count()
	for i := range n {
		if r := v.teams.Row(i); r != nil && r.ID == key {
			return r
		}
	}
	return nil
}

// firstOf is the key of the first row of a service.
func (v *View) firstOf(service string) string {
	n, _ := v.teams.Count()
	for i := range n {
		if r := v.teams.Row(i); r != nil && string(r.service) == service {
			return r.ID
		}
	}
	return ""
}

// dragged shows what letting go here would do.
func (v *View) dragged(key string, at fyne.Position) {
	r := v.row(key)
	if r == nil || v.desk.Scenario() == nil {
		return
	}
	to := v.target(at, r)
	v.card.follow(r, to)
	v.shade.Show()
	home := fyne.CurrentApp().Driver().AbsolutePositionForObject(v.object)
	v.card.place(at.Subtract(home), v.object.Size())
}

// target is the building at a place of the window that the team could move to.
func (v *View) target(at fyne.Position, r *Row) model.AssetID {
	to := model.AssetID(v.buildings.Under(at))
	if to == "" { // another row of the teams says its building too
		if x := v.row(v.teams.Under(at)); x != nil {
			to = x.asset
		}
	}
	if to == r.asset {
		return ""
	}
	return to
}

// dropped adds the move to the scenario being edited.
func (v *View) dropped(key string, at fyne.Position) {
	r := v.row(key)
	v.shade.Hide()
	v.card.stop()
	if r == nil {
		return
	}
	if to := v.target(at, r); to != "" {
		v.commit(v.action(r, to, v.year()))
	}
}
