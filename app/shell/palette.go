package shell

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/views/detail"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
)

// hit is one thing the palette can find.
type hit struct {
	title, sub string
	search     string // lower-cased title and then what else it is known by
	kind       int    // order among equals: commands, places, scenarios, assets, …
	do         func()
}

// Kinds in the order in which equals are listed.
const (
	hitPlace = iota
	hitCommand
	hitScenario
	hitAsset
	hitAction
	hitService
	hitAssumption
)

// mostHits is how many hits are listed.
const mostHits = 60

// palette finds assets, teams, scenarios, assumptions and commands by a few
// letters (Ctrl+K).
type palette struct {
	w       *Window
	entry   *widgets.Entry
	list    *widget.List
	pop     *widget.PopUp
	project []hit // of the open project
	shown   []hit
	at      int
	gen     int
	listed  int  // generation of what is listed
	eager   bool // Enter was pressed before the list was ready
	built   int
}

func newPalette(w *Window) *palette {
	p := &palette{w: w}
	p.entry = widgets.NewEntry(words.T("Find a building, team, scenario, action, assumption or command"), func(string) { p.search() })
	p.entry.OnKey = p.key
	p.list = widget.NewList(func() int { return len(p.shown) }, func() fyne.CanvasObject {
		title, sub := widget.NewLabel(""), widget.NewLabel("")
		title.Truncation = fyne.TextTruncateEllipsis
		sub.Importance = widget.LowImportance
		return container.NewBorder(nil, nil, nil, sub, title)
	}, func(i widget.ListItemID, o fyne.CanvasObject) {
		if i >= len(p.shown) {
			return
		}
		c := o.(*fyne.Container)
		title, sub := c.Objects[0].(*widget.Label), c.Objects[1].(*widget.Label)
		title.TextStyle.Bold = i == p.at
		title.SetText(p.shown[i].title)
		sub.SetText(p.shown[i].sub)
	})
	p.list.HideSeparators = true
	p.list.OnSelected = func(i widget.ListItemID) { p.run(i) }
	w.desk.OnAny(p.rebuild, app.ProjectChanged, app.ResultsChanged)
	return p
}

// rebuild lists what the project has, off the UI goroutine.
func (p *palette) rebuild() {
	p.built++
	n, s, c := p.built, p.w.desk.Snapshot(), p.w.desk.Comparison()
	if s == nil {
		p.project = nil
		return
	}
	go func() {
		out := make([]hit, 0, len(s.Assets)+len(s.Services)+len(s.Scenarios))
		d := p.w.desk
		for i := range s.Scenarios {
			x := &s.Scenarios[i]
			id := x.ID
			out = append(out, hit{x.Name, words.T("scenario"), strings.ToLower(x.Name), hitScenario, func() {
				d.SetScenario(id)
				d.Select(app.OneScenario, string(id))
				p.w.GoTo("scenarios")
			}})
			for _, a := range x.ByYear() {
				title, act := detail.ActionTitle(s, &a), string(a.ID)
				out = append(out, hit{title, words.F("action in “%s”", short(x.Name)), strings.ToLower(title + " " + x.Name + " " + string(a.Kind)), hitAction, func() {
					d.SetScenario(id)
					d.Select(app.OneAction, act)
					p.w.GoTo("scenarios")
				}})
			}
		}
		for i := range s.Assets {
			a := &s.Assets[i]
			id := string(a.ID)
			out = append(out, hit{format.Name(a.Name), words.T(string(a.Use)) + "  " + a.Postcode, strings.ToLower(a.Name + " " + a.Postcode + " " + a.UPRN + " " + a.Reference + " " + a.Address), hitAsset, func() {
				d.Select(app.OneAsset, id)
				if at := p.w.Place(); at != "map" && at != "portfolio" {
					p.w.GoTo("portfolio")
				}
			}})
		}
		for i := range s.Services {
			x := &s.Services[i]
			id := string(x.ID)
			out = append(out, hit{x.Name, words.T("team or service"), strings.ToLower(x.Name + " " + x.Kind), hitService, func() { d.Select(app.OneService, id); p.w.GoTo("space") }})
		}
		if c != nil && c.Book != nil {
			for _, a := range c.Book.All() {
				key := a.Key
				name := words.T(a.Label)
				if name == "" {
					name = key
				}
				out = append(out, hit{name, words.T("assumption"), strings.ToLower(name + " " + key), hitAssumption, func() { d.Select(app.OneAssumption, key); p.w.GoTo("assumptions") }})
			}
		}
		p.w.p.Post(func() {
			if n == p.built {
				p.project = out
			}
		})
	}()
}

// commands are found besides the project's own things.
func (p *palette) commands() []hit {
	var out []hit
	w := p.w
	for _, x := range w.places {
		if w.desk.Workspace() != nil {
			out = append(out, hit{x.label, words.T("place"), strings.ToLower(x.label + " " + x.tip), hitPlace, func() { w.GoTo(x.id) }})
		}
	}
	for _, m := range w.menu.Items {
		for _, it := range m.Items {
			if it.IsSeparator || it.Action == nil || m.Label == words.T("View") && it.ChildMenu == nil && w.isPlace(it.Label) {
				continue
			}
			if it.Label == words.T("Search everything…") {
				continue
			}
			out = append(out, hit{it.Label, words.T("command"), strings.ToLower(it.Label + " " + m.Label), hitCommand, it.Action})
		}
		for _, it := range m.Items {
			if it.ChildMenu == nil {
				continue
			}
			for _, sub := range it.ChildMenu.Items {
				out = append(out, hit{it.Label + ": " + sub.Label, words.T("command"), strings.ToLower(it.Label + " " + sub.Label), hitCommand, sub.Action})
			}
		}
	}
	return out
}

func (w *Window) isPlace(label string) bool {
	for _, p := range w.places {
		if p.label == label {
			return true
		}
	}
	return false
}

func (p *palette) open() {
	c := p.w.win.Canvas()
	if p.pop == nil {
		box := container.NewBorder(p.entry, nil, nil, nil, widgets.AtLeast(min(560, c.Size().Width-40), min(340, c.Size().Height-140), p.list))
		p.pop = widget.NewPopUp(widgets.Inset(4, 4, box), c)
	}
	p.eager = false
	p.entry.SetText("")
	p.search()
	p.pop.ShowAtPosition(fyne.NewPos(max(8, (c.Size().Width-p.pop.MinSize().Width)/2), 56))
	c.Focus(p.entry)
}

// Visible says whether the palette is open.
func (p *palette) visible() bool { return p.pop != nil && p.pop.Visible() }

func (p *palette) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyDown:
		p.move(1)
	case fyne.KeyUp:
		p.move(-1)
	case fyne.KeyPageDown:
		p.move(8)
	case fyne.KeyPageUp:
		p.move(-8)
	case fyne.KeyReturn, fyne.KeyEnter:
		if p.listed != p.gen {
			p.eager = true // somebody types faster than the search
			return true
		}
		p.run(p.at)
	case fyne.KeyEscape:
		p.pop.Hide()
	default:
		return false
	}
	return true
}

func (p *palette) move(by int) {
	p.at = max(0, min(len(p.shown)-1, p.at+by))
	p.list.Refresh()
	if len(p.shown) > 0 {
		p.list.ScrollTo(p.at)
	}
}

func (p *palette) run(i int) {
	if i < 0 || i >= len(p.shown) {
		return
	}
	do := p.shown[i].do
	p.list.UnselectAll()
	p.pop.Hide()
	do()
}

// search ranks off the UI goroutine.
func (p *palette) search() {
	p.gen++
	gen, q, all := p.gen, strings.ToLower(strings.TrimSpace(p.entry.Text)), [][]hit{p.commands(), p.project}
	go func() {
		out := rank(q, all...)
		p.w.p.Post(func() {
			if gen == p.gen {
				p.shown, p.at, p.listed = out, 0, gen
				p.list.Refresh()
				p.list.ScrollToTop()
				if p.eager {
					p.eager = false
					p.run(0)
				}
			}
		})
	}()
}
