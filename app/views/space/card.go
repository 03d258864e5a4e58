package space

import (
	"context"
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/views/detail"
	"github.com/planting-the-flag/flagstone/app/views/scenarios"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// card says what a move would do, while it is dragged or chosen by keys.
type card struct {
	v      *View
	title  *widget.Label
	says   *widgets.Facts
	object fyne.CanvasObject
	from   string
	to     model.AssetID
	gen    int
	cancel context.CancelFunc
}

const (
	cardWidth   = 400
	cardHeight  = 640
	titleLength = 120                    // letters, of names that could fill the card
	settle      = 120 * time.Millisecond // how long the pointer rests before a move is worked out
)

func newCard(v *View) *card {
	c := &card{v: v, title: widgets.NewProse(""), says: widgets.NewFacts()}
	c.title.TextStyle.Bold = true
	edge := canvas.NewRectangle(color.Transparent)
	edge.StrokeWidth, edge.StrokeColor = 1, look.Colour(theme.ColorNameInputBorder)
	c.object = container.NewStack(widgets.Ground(look.Chrome, widgets.Inset(4, 4, container.NewBorder(c.title, nil, nil, nil, container.NewVScroll(c.says)))), edge)
	c.object.Resize(fyne.NewSize(cardWidth, cardHeight))
	return c
}

// place puts the card beside the pointer, where it hides no building that could
// be meant.
func (c *card) place(at fyne.Position, z fyne.Size) {
	x := at.X - cardWidth - 24
	if x < 4 {
		x = at.X + 24
	}
	c.object.Resize(fyne.NewSize(cardWidth, min(cardHeight, z.Height-8)))
	c.object.Move(fyne.NewPos(x, max(4, min(at.Y-40, z.Height-c.object.Size().Height-4))))
}

// follow shows the move of a team to a building; to is empty where there is
// none.
func (c *card) follow(r *Row, to model.AssetID) {
	if c.from == r.ID && c.to == to {
		return
	}
	c.stop()
	c.from, c.to = r.ID, to
	s := c.v.desk.Snapshot()
	if to == "" {
		c.title.SetText(format.Short(words.F("Move %s", r.Service), titleLength))
		c.says.Set([]widgets.Fact{{Value: words.F("Hold it over a building to see what the move would do. Let go to add it to “%s”.", c.v.desk.Scenario().Name), Prose: true}})
		return
	}
	a := c.v.action(r, to, c.v.year())
	c.title.SetText(format.Short(detail.ActionTitle(s, &a), titleLength) + ", " + format.Year(a.Year))
	c.consider(a)
}

func (c *card) stop() {
	c.gen++
	c.from, c.to = "", ""
	if c.cancel != nil {
		c.cancel()
		c.cancel = nil
	}
}

// consider works out the five consequences in a job.
func (c *card) consider(a model.Action) {
	d := c.v.desk
	c.gen++
	if c.cancel != nil {
		c.cancel()
	}
	gen, ws, sc, s := c.gen, d.Workspace(), d.Scenario().ID, d.Snapshot()
	c.says.Set([]widgets.Fact{{Value: words.T("Working it out…"), Prose: true}})
	c.cancel = d.Jobs.Start(words.T("Considering a move"), func(ctx context.Context, _ *jobs.Progress) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(settle):
		}
		x, err := ws.Consider(ctx, sc, a)
		d.Post(func() {
			switch {
			case gen != c.gen:
			case err != nil:
				c.says.Set([]widgets.Fact{{Value: app.Explain(words.T("This cannot be worked out"), err).Text, Prose: true, Warn: true}})
			default:
				c.says.Set(scenarios.Consequences(s, x))
			}
		})
		return err
	})
}

// year is when a move takes effect unless the user says otherwise.
func (v *View) year() int {
	s := v.desk.Snapshot()
	return min(s.BaseYear+2, s.LastYear())
}

func (v *View) action(r *Row, to model.AssetID, year int) model.Action {
	return model.Action{ID: scenarios.FreeAction(v.desk.Scenario()), Kind: model.CoLocate, Asset: to, Year: year,
		From: []model.AssetID{r.asset}, Services: []model.ServiceID{r.service}}
}

// commit adds a move to the scenario being edited.
func (v *View) commit(a model.Action) {
	title := detail.ActionTitle(v.desk.Snapshot(), &a)
	next := *v.desk.Scenario()
	next.Actions = append(append([]model.Action(nil), next.Actions...), a)
	v.desk.Change(words.T("Saving"), func(ctx context.Context, ws app.Workspace, _ *jobs.Progress) error {
		return ws.PutScenario(ctx, "“"+title+"”", next)
	}, func() {
		v.desk.Select(app.OneAction, string(a.ID))
		v.desk.Tell(app.Message{Text: words.F("%s from %s is in “%s”. Undo takes it out.", title, format.Year(a.Year), next.Name)})
	})
}

// Move opens the card on which the selected team is moved by keys.
func (v *View) Move() {
	s, r := v.desk.Snapshot(), v.row(v.teams.Chosen())
	if s == nil || r == nil || v.desk.Scenario() == nil {
		return
	}
	c := newCard(v)
	all := buildingRows(s)
	ids := map[string]model.AssetID{}
	var names []string
	for i := range all {
		if model.AssetID(all[i].ID) == r.asset {
			continue
		}
		n := all[i].Name
		if a := s.Asset(model.AssetID(all[i].ID)); a != nil && a.Postcode != "" {
			n += ", " + a.Postcode
		}
		ids[n] = model.AssetID(all[i].ID)
		names = append(names, n)
	}
	var years []string
	for y := s.BaseYear; y <= s.LastYear(); y++ {
		years = append(years, model.FinancialYear(y))
	}
	to, year := widgets.NewSelect(names, nil), widgets.NewSelect(years, nil)
	to.PlaceHolder = words.T("Choose a building")
	year.Selected = model.FinancialYear(v.year())
	var pop *widget.PopUp
	move := func() model.Action { return v.action(r, ids[to.Selected], s.BaseYear+max(0, year.SelectedIndex())) }
	ok := widgets.NewButton(words.T("Move"), words.T("Add the move to the scenario; undo takes it out"), nil, func() {
		pop.Hide()
		a := move()
		c.stop()
		v.commit(a)
	}).Main()
	ok.Disable()
	changed := func(string) {
		if to.Selected != "" {
			ok.Enable()
			c.consider(move())
		}
	}
	to.OnChanged, year.OnChanged = changed, changed
	find := widgets.NewEntry(words.T("Find a building"), func(q string) {
		to.Options = matching(names, q)
		if len(to.Options) > 0 && q != "" {
			to.SetSelected(to.Options[0])
		}
	})
	cancel := widgets.NewButton(words.T("Cancel"), words.T("Change nothing (Escape)"), nil, func() { c.stop(); pop.Hide() })
	form := container.New(layout.NewFormLayout(), widget.NewLabel(words.T("To")), container.NewVBox(find, to), widget.NewLabel(words.T("From")), year)
	left := container.NewVBox(widgets.NewSub(words.F("Move %s", format.Short(r.Service, titleLength/2))), widgets.NewCaption(words.F("Now in %s. The move joins “%s”.", format.Short(r.Building, titleLength), v.desk.Scenario().Name)), form)
	c.says.Set([]widgets.Fact{{Value: words.T("Choose a building to see what the move would do."), Prose: true}})
	right := container.NewBorder(widgets.NewSub(words.T("What it would do")), nil, nil, nil, widgets.AtLeast(330, 380, container.NewVScroll(c.says)))
	body := container.NewBorder(nil, container.NewHBox(layout.NewSpacer(), cancel, ok), nil, nil, container.NewHBox(widgets.Wide(340, left), widgets.Wide(340, right)))
	cv := fyne.CurrentApp().Driver().CanvasForObject(v.teams)
	pop = widget.NewPopUp(widgets.Inset(8, 12, body), cv)
	pop.ShowAtPosition(fyne.NewPos(max(8, (cv.Size().Width-pop.MinSize().Width)/2), 72))
	cv.Focus(find)
}
