package app

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
)

// Event says what kind of thing changed.
type Event int

// The events of a Desk.
const (
	WorkspaceChanged Event = iota // another project, or none, is open
	ProjectChanged                // the data of the project changed
	ResultsChanged                // results were worked out again, or are being worked out
	SelectionChanged              // another thing is selected
	ScenarioChanged               // another scenario is being edited
	PlaceWanted                   // somebody asked for another place; see Desk.Place
	Told                          // there is something to tell the user; see Desk.Message
)

// Kind is the kind of a selected thing.
type Kind string

// What can be selected.
const (
	Nothing        Kind = ""
	OneAsset       Kind = "asset"
	OneService     Kind = "service"
	OneScenario    Kind = "scenario"
	OneAction      Kind = "action"
	OneAssumption  Kind = "assumption"
	OneFinding     Kind = "finding"
	OnePopulation  Kind = "small area"
	OneFigure      Kind = "figure" // a number of the results; see Trace
	selectionLimit      = 50       // how far back a user can go
)

// Selection is the thing the detail pane shows, wherever it was chosen.
type Selection struct {
	Kind Kind
	ID   string
}

// Message is one thing said to the user at the foot of the window.
type Message struct {
	Text   string
	Detail string // folded away
	Bad    bool
	File   string // that was written; its folder can be opened
}

// Desk is what the user has in front of them. Everything but Go runs on the UI
// goroutine only.
type Desk struct {
	Jobs *jobs.Runner
	// Post runs a function on the UI goroutine, later.
	Post func(func())
	// Patience is how long a change waits for its results, so that one frame
	// shows both. Results that take longer come in a frame of their own.
	Patience time.Duration

	ws         Workspace
	snap       *Snapshot
	comparison *appraisal.Comparison
	results    map[model.ScenarioID]*appraisal.Result
	evaluation *evaluation // under way, or nil
	owed       bool        // the first evaluation of a project has not begun yet

	selection Selection
	back      []Selection
	scenario  model.ScenarioID
	place     string
	message   Message

	listeners []*listener // in order of subscription
	inSight   func() bool // of the place that is being built; nil for always
	told      int         // how often something was told
}

// NewDesk makes an empty desk.
func NewDesk(r *jobs.Runner, post func(func())) *Desk {
	return &Desk{Jobs: r, Post: post, Patience: soon}
}

// Workspace is the open project, or nil.
func (d *Desk) Workspace() Workspace { return d.ws }

// Snapshot is the open project with its look-ups, or nil.
func (d *Desk) Snapshot() *Snapshot { return d.snap }

// Comparison is the latest set of results; nil while there is none.
func (d *Desk) Comparison() *appraisal.Comparison { return d.comparison }

// Computing says that newer results than Comparison are on their way.
func (d *Desk) Computing() bool { return d.owed || d.evaluation != nil }

// Result is what a scenario comes to, or nil.
func (d *Desk) Result(id model.ScenarioID) *appraisal.Result { return d.results[id] }

// Selection is what the detail pane shows.
func (d *Desk) Selection() Selection { return d.selection }

// Select shows a thing in the detail pane and marks it wherever it appears.
func (d *Desk) Select(kind Kind, id string) {
	s := Selection{kind, id}
	if id == "" {
		s = Selection{}
	}
	if s == d.selection {
		return
	}
	if d.selection.Kind != Nothing {
		d.back = append(d.back, d.selection)
		if len(d.back) > selectionLimit {
			d.back = d.back[1:]
		}
	}
	d.selection = s
	d.fire(SelectionChanged)
}

// Trace opens a number of the results into what makes it. Figure is one of
// appraisal.Figures, with the year where it is of one: "cash@2030".
func (d *Desk) Trace(scenario model.ScenarioID, figure string) {
	d.Select(OneFigure, string(scenario)+"\n"+figure)
}

// Figure takes the identifier of a selected number apart.
func (s Selection) Figure() (scenario model.ScenarioID, figure string) {
	a, b, _ := strings.Cut(s.ID, "\n")
	return model.ScenarioID(a), b
}

// SetBaseline measures every change against another scenario; empty for
// business as usual.
func (d *Desk) SetBaseline(id model.ScenarioID) {
	if d.ws == nil {
		return
	}
	d.ws.SetBaseline(id)
	d.evaluate()
}

// CanGoBack says whether there was an earlier selection.
func (d *Desk) CanGoBack() bool { return len(d.back) > 0 }

// Back selects what was selected before.
func (d *Desk) Back() {
	if len(d.back) == 0 {
		return
	}
	d.selection = d.back[len(d.back)-1]
	d.back = d.back[:len(d.back)-1]
	d.fire(SelectionChanged)
}

// Scenario is the scenario being edited, or nil.
func (d *Desk) Scenario() *model.Scenario {
	if d.snap == nil {
		return nil
	}
	return d.snap.Scenario(string(d.scenario))
}

// SetScenario chooses the scenario being edited.
func (d *Desk) SetScenario(id model.ScenarioID) {
	if d.scenario == id {
		return
	}
	d.scenario = id
	d.fire(ScenarioChanged)
}

// Place is the place last asked for with GoTo.
func (d *Desk) Place() string { return d.place }

// SetPlace notes which place the shell shows.
func (d *Desk) SetPlace(place string) { d.place = place }

// GoTo asks the shell to show a place.
func (d *Desk) GoTo(place string) {
	d.place = place
	d.fire(PlaceWanted)
}

// Tell says something at the foot of the window.
func (d *Desk) Tell(m Message) {
	d.message = m
	d.fire(Told)
}

// Message is the last thing told.
func (d *Desk) Message() Message { return d.message }

// Adopt puts a workspace on the desk; nil clears it. The snapshot is made by
// the caller's job with NewSnapshot.
func (d *Desk) Adopt(ws Workspace, snap *Snapshot) {
	if old := d.ws; old != nil && old != ws {
		if err := old.Close(); err != nil {
			slog.Error("closing project", "error", err)
		}
	}
	d.expect(nil)
	d.ws, d.snap = ws, snap
	d.comparison, d.results, d.owed = nil, nil, ws != nil
	d.selection, d.back, d.scenario = Selection{}, nil, ""
	if snap != nil {
		d.scenario = firstOption(snap)
	}
	d.fire(WorkspaceChanged)
	d.fireInTurn(ProjectChanged, ScenarioChanged, SelectionChanged, ResultsChanged)
	if ws != nil {
		d.Post(func() { // after those who show what there is
			if d.ws == ws && d.owed {
				d.evaluate()
			}
		})
	}
}

// firstOption is the first scenario that is an option, or the first of all.
func firstOption(s *Snapshot) model.ScenarioID {
	for i := range s.Scenarios {
		if s.Scenarios[i].Kind == model.Option {
			return s.Scenarios[i].ID
		}
	}
	if len(s.Scenarios) > 0 {
		return s.Scenarios[0].ID
	}
	return ""
}

// Change runs an edit of the open project as a job and shows what came of it.
// The name is what the status line says while it runs.
func (d *Desk) Change(name string, edit func(ctx context.Context, ws Workspace, p *jobs.Progress) error, then func()) {
	ws := d.ws
	if ws == nil {
		return
	}
	if why := ws.ReadOnly(); why != "" {
		d.Tell(Message{Text: why, Bad: true})
		return
	}
	d.Run(name, func(ctx context.Context, p *jobs.Progress) (func(), error) {
		if err := edit(ctx, ws, p); err != nil {
			return nil, err
		}
		e := d.begin(ws)
		snap := NewSnapshot(ws.Project())
		e.wait(d.Patience)
		return func() {
			if d.ws != ws {
				e.stop()
				return
			}
			err := d.reload(snap, e)
			if then != nil {
				then()
			}
			d.complain(err)
		}, nil
	})
}

// Run starts a job; the function it returns runs on the UI goroutine when the
// work went well, and an error is told to the user as a sentence.
func (d *Desk) Run(name string, work func(ctx context.Context, p *jobs.Progress) (func(), error)) {
	d.Jobs.Start(name, func(ctx context.Context, p *jobs.Progress) error {
		then, err := work(ctx, p)
		d.Post(func() {
			switch {
			case err == nil:
				if then != nil {
					then()
				}
			case errors.Is(err, context.Canceled), errors.Is(err, model.ErrCancelled):
				d.Tell(Message{Text: words.F("%s: stopped. Nothing was changed.", name)})
			default:
				d.Tell(Explain(name, err))
			}
		})
		return err
	})
}

// reload shows new project data with the results of e, when they are there
// already. Of two changes made at once the later may come first; the earlier
// then has nothing to add.
func (d *Desk) reload(snap *Snapshot, e *evaluation) error {
	if now := d.ws.Project(); snap.Project != now && d.snap.Project == now {
		e.stop()
		return nil
	}
	d.snap = snap
	if d.Scenario() == nil {
		d.scenario = firstOption(snap)
	}
	if !d.exists(d.selection) {
		d.selection = Selection{}
	}
	d.expect(e)
	err := d.take(e)
	d.fire(ProjectChanged, ScenarioChanged, SelectionChanged, ResultsChanged)
	return err
}

func (d *Desk) exists(s Selection) bool {
	switch s.Kind {
	case OneAsset:
		return d.snap.Asset(model.AssetID(s.ID)) != nil
	case OneService:
		return d.snap.Service(model.ServiceID(s.ID)) != nil
	case OneScenario:
		return d.snap.Scenario(s.ID) != nil
	case OneFigure:
		id, _ := s.Figure()
		return d.snap.Scenario(string(id)) != nil
	}
	return true
}
