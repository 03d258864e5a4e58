package shell

import (
	"encoding/json"
	"log/slog"
	"os"
	"reflect"
	"time"

	"fyne.io/fyne/v2"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/views/estatemap"
	"github.com/planting-the-flag/flagstone/app/views/portfolio"
)

// State is what an automated run may know of the window. It is written as JSON
// to the file named by --state-file whenever it changes, a few times a second
// at most. Boxes are in pixels of the window, so that a pointer can be sent
// there.
type State struct {
	At        time.Time      `json:"at"`     // when a frame with this had been painted
	Totals    time.Time      `json:"totals"` // when a frame with the latest totals had been painted
	Place     string         `json:"place"`
	Project   string         `json:"project"`
	Path      string         `json:"path"`
	Assets    int            `json:"assets"`
	Findings  int            `json:"findings"`
	Selection app.Selection  `json:"selection"`
	Detail    string         `json:"detail"`
	Scenario  string         `json:"scenario"`
	Actions   int            `json:"actions"`
	Headline  string         `json:"headline"`
	Computing bool           `json:"computing"`
	Undo      string         `json:"undo"`
	Redo      string         `json:"redo"`
	Job       string         `json:"job"`
	Message   string         `json:"message"`
	Bad       bool           `json:"bad"`
	Palette   bool           `json:"palette"`
	Rows      [2]int         `json:"rows"` // shown, all, of the place shown
	Settled   bool           `json:"settled"`
	First     string         `json:"first"` // first row of the portfolio
	Map       MapState       `json:"map"`
	Width     int            `json:"width"`
	Height    int            `json:"height"`
	Theme     string         `json:"theme"`
	Focus     string         `json:"focus"`    // what has the keys, as NameOf says it
	Overlays  int            `json:"overlays"` // cards, dialogs and menus that are open
	Services  int            `json:"services"`
	Decisions int            `json:"decisions"`
	Scenarios []string       `json:"scenarios"`
	Held      []jobs.Held    `json:"held"`       // what kept the window from answering for longer than a frame, the longest first
	SlowestMS float64        `json:"slowest_ms"` // longest that one piece of posted work held the window up
	Slow      int            `json:"slow"`       // how many took longer than a frame
	Boxes     map[string]Box `json:"boxes"`
}

// MapState is what the map shows.
type MapState struct {
	Dots     int     `json:"dots"`
	Zoom     float64 `json:"zoom"`
	Selected string  `json:"selected"`
	Settled  bool    `json:"settled"`
	Frames   int     `json:"frames"`
}

// Box is where a control is, in pixels.
type Box struct {
	X, Y, W, H int
}

// Describe is the state of the window now.
func (w *Window) Describe() State {
	d, c := w.desk, w.win.Canvas()
	st := State{Place: w.Place(), Selection: d.Selection(), Detail: w.detail.Title(), Computing: d.Computing(), Job: w.status.line,
		Message: d.Message().Text, Bad: d.Message().Bad, Palette: w.palette.visible(), Theme: w.settings.Theme(), Settled: true,
		Width: int(c.Size().Width * c.Scale()), Height: int(c.Size().Height * c.Scale()), Boxes: map[string]Box{}}
	st.Focus = focusName(c.Focused())
	if w.watch != nil {
		st.Held = w.watch.Worst(mostHeld)
	}
	st.Totals = w.totals
	st.SlowestMS, st.Slow = float64(w.slowest.Microseconds())/1000, w.slow
	if ws := d.Workspace(); ws != nil {
		s := d.Snapshot()
		st.Project, st.Path, st.Assets, st.Findings = s.Name, ws.Path(), len(s.Assets), len(s.Findings)
		st.Services, st.Decisions = len(s.Services), len(s.Decisions)
		for i := range s.Scenarios {
			st.Scenarios = append(st.Scenarios, s.Scenarios[i].Name)
		}
		st.Undo, st.Redo, st.Headline = ws.UndoName(), ws.RedoName(), Headline(d)
		if sc := d.Scenario(); sc != nil {
			st.Scenario, st.Actions = sc.Name, len(sc.Actions)
		}
	} else {
		st.Place = "start"
	}
	if w.current != nil {
		if n, ok := w.current.view.(counter); ok {
			st.Rows[0], st.Rows[1] = n.Shown()
		}
	}
	for _, p := range w.places {
		w.box(&st, "nav."+p.id, p.item)
		switch v := p.view.(type) {
		case *portfolio.View:
			st.Settled = v.Table().Settled()
			if r := v.Table().Row(0); r != nil {
				st.First = r.Name
			}
			w.box(&st, "portfolio.table", v.Table())
			w.box(&st, "portfolio.search", v.Pane().Search)
		case *estatemap.View:
			m := v.Canvas()
			st.Map = MapState{Zoom: m.Camera().Zoom, Selected: v.Selected(), Settled: m.Settled(), Frames: m.Frames()}
			if m.Scene() != nil {
				st.Map.Dots = len(m.Scene().Dots)
			}
			w.box(&st, "map", m)
		}
	}
	w.box(&st, "scenario", w.top.scenario)
	w.box(&st, "undo", w.top.undo)
	w.box(&st, "search", w.top.search)
	w.box(&st, "scenarios.compare", w.scenarios.Compare())
	w.box(&st, "scenarios.board", w.scenarios.Board())
	if b := w.scenarios.Adding(); b != nil && !b.Disabled() {
		w.box(&st, "add.commit", b)
	}
	if w.Place() == importPlace {
		if o, ok := w.importing.Focus().(fyne.CanvasObject); ok {
			w.box(&st, "import.accept", o)
		}
	}
	if d.Workspace() == nil {
		if o, ok := w.start.Focus().(fyne.CanvasObject); ok {
			w.box(&st, "start.demonstration", o)
		}
	}
	w.controls(&st)
	return st
}

// mostHeld is how many of the longest hold-ups a state lists.
const mostHeld = 12

func (w *Window) box(st *State, name string, o fyne.CanvasObject) {
	drv, c := fyne.CurrentApp().Driver(), w.win.Canvas()
	if o == nil || !o.Visible() || o.Size().Width <= 0 || drv.CanvasForObject(o) == nil {
		return
	}
	p, s := drv.AbsolutePositionForObject(o), c.Scale()
	st.Boxes[name] = Box{int(p.X * s), int(p.Y * s), int(o.Size().Width * s), int(o.Size().Height * s)}
}

// stateWriter writes the state to a file when it changes.
type stateWriter struct {
	quit chan struct{}
}

// stateInterval is how often the state is looked at, unless Params say.
const stateInterval = 120 * time.Millisecond

func newStateWriter(w *Window, path string) *stateWriter {
	s := &stateWriter{quit: make(chan struct{})}
	every := w.p.StateEvery
	if every <= 0 {
		every = stateInterval
	}
	go func() {
		var last State
		asked := false
		t := time.NewTicker(every)
		defer t.Stop()
		got := make(chan State, 1)
		for {
			select {
			case <-s.quit:
				return
			case <-t.C:
				if asked { // the window is busy
					continue
				}
				asked = true
				w.p.Post(func() {
					st := w.Describe()
					w.frames.after(func() {
						st.At = w.p.Now()
						got <- st
					})
				})
			case st := <-got:
				asked = false
				at := st.At
				if st.At = last.At; reflect.DeepEqual(st, last) {
					continue
				}
				st.At = at
				last = st
				b, err := json.MarshalIndent(st, "", " ")
				if err == nil {
					err = os.WriteFile(path+".new", b, 0o600)
				}
				if err == nil {
					err = os.Rename(path+".new", path)
				}
				if err != nil {
					slog.Error("state file", "error", err)
				}
			}
		}
	}()
	return s
}

func (s *stateWriter) stop() { close(s.quit) }
