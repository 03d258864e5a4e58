// Package shell is the window: navigation, top bar, places, detail pane, status
// line, menus, palette, files. It puts the places together and holds no rule of
// its own about buildings or money.
package shell

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/crash"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/app/settings"
	"github.com/planting-the-flag/flagstone/app/views/better"
	"github.com/planting-the-flag/flagstone/app/views/detail"
	"github.com/planting-the-flag/flagstone/app/views/importing"
	"github.com/planting-the-flag/flagstone/app/views/scenarios"
	"github.com/planting-the-flag/flagstone/app/views/start"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// Params is what a window needs.
type Params struct {
	App     fyne.App
	Library app.Library
	Runner  *jobs.Runner
	Recent  *session.Recent
	Log     *crash.Log // may be nil
	Post    func(func())
	// EachFrame runs a function on the UI goroutine before each frame, from now
	// on; nil where nothing is painted.
	EachFrame func(func())
	Now       func() time.Time
	// DemoFile is where the demonstration project is kept.
	DemoFile string
	// StateFile is where the state is written for automation; empty for not at all.
	StateFile string
	// StateEvery is how often the state is looked at; 0 for a few times a second.
	StateEvery time.Duration
	// Tour shows a user who never saw it around, when the first project opens.
	Tour bool
}

// Window is one window on one project.
type Window struct {
	p        Params
	post     func(func()) // the toolkit's own: one piece a frame
	win      fyne.Window
	desk     *app.Desk
	settings *settings.Settings

	start     *start.View
	importing *importing.View
	returned  *importing.Returned
	scenarios *scenarios.View
	better    *better.View
	detail    *detail.View
	places    []*place
	current   *place
	previous  string

	top     *topBar
	status  *statusLine
	banner  *banner
	centre  *fyne.Container
	room    *container.Scroll // of the place shown: one that needs more room than there is scrolls, and does not push the status line out
	side    *fyne.Container
	body    *fyne.Container
	stage   *fyne.Container
	tips    *widgets.TipLayer
	palette *palette
	tour    *tour
	prefs   *preferences
	narrow  bool // too little room for the detail pane beside the place
	onTop   bool // there the detail pane is shown in the place's stead
	menu    *fyne.MainMenu
	state   *stateWriter
	watch   *jobs.Watcher
	frames  *frames
	totals  time.Time // when the latest had been painted
	slowest time.Duration
	slow    int
}

// frame is how long one piece of work may hold the window up.
const frame = 16 * time.Millisecond

// New makes the window and everything in it; Show opens it.
func New(p Params) *Window {
	w := &Window{settings: settings.New(p.App.Preferences()), post: p.Post}
	if p.StateFile != "" {
		w.watch = jobs.Watch(p.Post, frame, p.Now)
	}
	posted := &poster{post: p.Post, done: w.measured, now: p.Now}
	w.frames = framesOf(&p, func() { posted.do() })
	p.Post = posted.add
	w.p, w.desk = p, app.NewDesk(p.Runner, p.Post)
	p.App.Settings().SetTheme(look.New(w.settings.Theme(), p.App.Settings().ThemeVariant()))
	w.win = p.App.NewWindow("Flagstone")
	w.win.SetMaster()
	w.win.SetPadded(false)
	w.tips = widgets.NewTipLayer(w.win.Canvas(), p.Post)
	widgets.Shares.Kept, widgets.Shares.Keep = w.settings.Share, w.settings.SetShare
	w.start = start.New(start.Actions{New: w.newProject, Open: w.openDialog, Demonstration: w.demonstration, OpenRecent: w.OpenPath,
		Forget: func(path string) {
			if err := p.Recent.Forget(path); err != nil {
				w.desk.Tell(app.Explain(words.T("The list of recent projects could not be saved"), err))
			}
			w.start.Show(p.Recent.List())
		}})
	w.importing = importing.New(w.desk, w.win, importing.Actions{Accept: w.commit, Leave: w.leaveImport, Template: w.saveTemplate,
		Save: w.askWhere, Open: w.askWhich})
	w.returned = importing.NewReturned(w.take, w.leaveImport)
	w.inSight("scenarios", func() { w.scenarios = scenarios.New(w.desk, w.win) })
	w.better = better.New(w.desk, func() { w.GoTo("scenarios") })
	w.scenarios.OnBetter = func() { w.GoTo(betterPlace) }
	w.scenarios.OnFreeze = w.freeze
	w.detail = detail.New(w.desk, w.toggleDetail)
	w.detail.OnAlike = func(title string, list []app.Alike, then func(model.AssetID)) {
		importing.ChooseAlike(w.win, title, words.T("Merge"), list, then)
	}
	w.detail.OnAddAction = w.scenarios.AddAction
	w.buildPlaces()
	w.top = newTopBar(w)
	w.status = newStatusLine(w)
	w.banner = newBanner(w)
	w.palette = newPalette(w)
	w.tour = newTour(w)
	w.prefs = newPreferences(w)

	w.room = container.NewScroll(container.NewStack())
	w.centre = container.NewStack(w.room)
	w.side = container.NewStack(widgets.Ground(look.Panel, w.detail.Object()))
	nav := widgets.Ground(look.Chrome, container.NewVScroll(w.navigation()))
	w.body = container.New(&threePane{w: w}, nav, newRule(), widgets.Ground(look.Panel, w.centre), newRule(), w.side)
	project := container.NewBorder(container.NewVBox(w.top.object, w.banner.object), w.status.object, nil, nil, w.body)
	w.stage = container.NewStack(project)
	w.win.SetContent(container.NewStack(w.stage, w.tour.layer, w.tips.Object()))
	w.buildMenu()
	w.shortcuts()
	w.win.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) {
		var paths []string
		for _, u := range uris {
			paths = append(paths, u.Path())
		}
		w.Drop(paths)
	})
	w.win.SetCloseIntercept(w.Close)
	w.win.Resize(w.settings.WindowSize())

	w.showProject(project) // listens before workspaceChanged: a place can only have the focus once it is in the window
	w.desk.On(app.WorkspaceChanged, w.workspaceChanged)
	w.desk.On(app.PlaceWanted, func() { w.GoTo(w.desk.Place()) })
	p.Runner.OnChange(w.latestJobs())
	if p.StateFile != "" {
		w.timeTotals()
		w.state = newStateWriter(w, p.StateFile)
	}
	return w
}

// showProject switches between the start screen and the project.
func (w *Window) showProject(project fyne.CanvasObject) {
	show := func() {
		widgets.HideTip(w.stage) // what it is about goes away without the pointer leaving it
		if w.desk.Workspace() == nil {
			w.start.Show(w.p.Recent.List())
			w.stage.Objects = []fyne.CanvasObject{container.NewBorder(w.banner.object, w.status.object, nil, nil, w.start.Object())}
		} else {
			w.stage.Objects = []fyne.CanvasObject{project}
			project.Show()
		}
		w.stage.Refresh()
	}
	w.desk.On(app.WorkspaceChanged, show)
	show()
}

func (w *Window) workspaceChanged() {
	ws := w.desk.Workspace()
	title := "Flagstone"
	if ws != nil {
		title = words.F("%s – Flagstone", ws.Project().Name)
		w.GoTo(w.firstPlace())
		w.comeBack(ws)
		if w.p.Tour && !w.settings.TourShown() {
			w.p.Post(w.tour.start) // after the place is laid out
		}
	} else {
		w.tour.end()
	}
	w.win.SetTitle(title)
}

// comeBack selects what was selected when the project was closed.
func (w *Window) comeBack(ws app.Workspace) {
	l := w.settings.Left()
	s := w.desk.Snapshot()
	if l.Path == "" || l.Path != ws.Path() || s == nil {
		return
	}
	if s.Scenario(l.Scenario) != nil {
		w.desk.SetScenario(model.ScenarioID(l.Scenario))
	}
	if app.Kind(l.Kind) == app.OneAsset && s.Asset(model.AssetID(l.ID)) != nil || app.Kind(l.Kind) == app.OneScenario && s.Scenario(l.ID) != nil ||
		app.Kind(l.Kind) == app.OneService && s.Service(model.ServiceID(l.ID)) != nil {
		w.desk.Select(app.Kind(l.Kind), l.ID)
	}
}

// leave remembers what is being looked at.
func (w *Window) leave() {
	ws := w.desk.Workspace()
	if ws == nil {
		return
	}
	l := settings.Left{Path: ws.Path(), Kind: string(w.desk.Selection().Kind), ID: w.desk.Selection().ID}
	if sc := w.desk.Scenario(); sc != nil {
		l.Scenario = string(sc.ID)
	}
	w.settings.SetLeft(l)
}

// Show opens the window.
func (w *Window) Show() {
	w.win.Show()
	if w.desk.Workspace() == nil {
		w.win.Canvas().Focus(w.start.Focus())
	}
	w.tellCrash()
}

// tellCrash says, once, that the program ended badly the last time.
func (w *Window) tellCrash() {
	if w.p.Log == nil {
		return
	}
	if r := w.p.Log.Latest(); r != "" && r != w.settings.CrashTold() {
		w.settings.SetCrashTold(r)
		w.desk.Tell(app.Message{Text: words.T("Flagstone stopped unexpectedly the last time. Everything you had done is saved. Help opens the folder with the report."), Detail: r, Bad: true})
	}
}

// Fyne is the window underneath.
func (w *Window) Fyne() fyne.Window { return w.win }

// Desk is what the user has in front of them.
func (w *Window) Desk() *app.Desk { return w.desk }

// Detail is the detail pane.
func (w *Window) Detail() *detail.View { return w.detail }

// Importing is the preview of an import.
func (w *Window) Importing() *importing.View { return w.importing }

// Returned is what a workbook that came back would change.
func (w *Window) Returned() *importing.Returned { return w.returned }

// Close remembers the window and ends. Every change was saved when it was
// made, so there is nothing to ask.
func (w *Window) Close() {
	w.settings.SetWindowSize(w.win.Canvas().Size())
	if w.current != nil && !passing(w.current.id) {
		w.settings.SetPlace(w.current.id)
	}
	w.leave()
	if w.state != nil {
		w.state.stop()
		w.watch.Stop()
	}
	w.p.Runner.OnChange(nil)
	go func() { // jobs end on their own goroutines and may still post
		w.p.Runner.Close()
		w.settings.Flush()
		w.p.Post(func() {
			if ws := w.desk.Workspace(); ws != nil {
				_ = ws.Close()
			}
			w.win.SetCloseIntercept(nil)
			w.win.Close()
		})
	}()
}

func (w *Window) toggleDetail() {
	if w.narrow { // it takes the place's room instead of standing beside it
		w.onTop = !w.onTop
		w.body.Refresh()
		return
	}
	w.settings.SetDetailShown(!w.settings.DetailShown())
	w.body.Refresh()
}

// threePane lays out navigation, place and detail pane with their rules.
type threePane struct{ w *Window }

const navWidth = 148

// leastDetail is how narrow the detail pane can be.
const leastDetail = 284

func (l *threePane) detailWidth(total float32) float32 {
	if l.w.narrow {
		if l.w.onTop {
			return total - navWidth - 2
		}
		return 0
	}
	if !l.w.settings.DetailShown() || l.w.Place() == importPlace { // a preview has its own detail, and needs the room
		return 0
	}
	return max(leastDetail, min(380, total*0.22))
}

func (l *threePane) MinSize(o []fyne.CanvasObject) fyne.Size {
	c := o[2].MinSize()
	return fyne.NewSize(navWidth+2+c.Width, max(o[0].MinSize().Height, c.Height)) // without the detail pane, which can be put away
}

func (l *threePane) Layout(o []fyne.CanvasObject, z fyne.Size) {
	l.w.narrow = z.Width < navWidth+2+l.w.room.Content.MinSize().Width+leastDetail
	d := l.detailWidth(z.Width)
	put := func(i int, x, width float32) {
		o[i].Move(fyne.NewPos(x, 0))
		o[i].Resize(fyne.NewSize(max(0, width), z.Height))
	}
	put(0, 0, navWidth)
	put(1, navWidth, 1)
	rest := z.Width - navWidth - 1
	if d == 0 {
		o[3].Hide()
		o[4].Hide()
	} else {
		o[3].Show()
		o[4].Show()
		rest -= d + 1
		put(3, z.Width-d-1, 1)
		put(4, z.Width-d, d)
	}
	put(2, navWidth+1, rest)
}

// newRule is a thin line that follows the theme.
func newRule() fyne.CanvasObject {
	return widgets.Ground(theme.ColorNameSeparator, widget.NewLabel(""))
}
