package app

import (
	"context"
	"time"

	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/challenge"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/model/rationalise"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// Workspace is one open project file. Methods that take a context may be slow
// and are called from a job; the others answer at once. Project gives a value
// that nobody changes: an edit makes a new one.
type Workspace interface {
	// Path is the project file; empty while the project has never been saved.
	Path() string
	// ReadOnly says in a sentence why nothing can be changed; empty when it can.
	ReadOnly() string
	Project() *model.Project
	Evaluate(ctx context.Context) (*appraisal.Comparison, error)
	// Challenge scores every building; the weights are those of the criteria.
	Challenge(ctx context.Context, weights map[challenge.Criterion]float64) ([]challenge.Score, error)
	// Optimise looks for a better plan until its time is up or it is stopped,
	// which is not an error.
	Optimise(ctx context.Context, s Search, report func(optimise.Progress)) (*rationalise.Plan, error)
	// Frontier looks for the best plans at several limits of one axis of package
	// rationalise, or of two; the time of the search is shared by the points.
	Frontier(ctx context.Context, s Search, axes []string) (*Frontier, error)
	// OtherWay looks for the best plan with one decision of a plan turned.
	OtherWay(ctx context.Context, p *rationalise.Plan, asset model.AssetID) (*rationalise.Why, error)
	// Prices says what the limits of a plan that bind are worth.
	Prices(ctx context.Context, p *rationalise.Plan) ([]rationalise.Price, error)
	// Hubs says how many residents one hub can reach, two, and so on.
	Hubs(ctx context.Context, s rationalise.HubSpec, most time.Duration) ([]rationalise.Coverage, error)
	// Site answers the other questions of where hubs should be.
	Site(ctx context.Context, s rationalise.HubSpec, most time.Duration) (*rationalise.Siting, error)
	// Why works out what keeping a building would mean to a scenario that closes
	// it.
	Why(ctx context.Context, scenario model.ScenarioID, asset model.AssetID) (*Why, error)
	// Consider works out what one more action would do to a scenario.
	Consider(ctx context.Context, scenario model.ScenarioID, a model.Action) (*outcome.Consequences, error)

	// Attendance works out how many desks a building's teams ask for.
	Attendance(ctx context.Context, q AttendanceQuestion) (*Attendance, error)

	// PutScenario adds the scenario or replaces the one with its identifier.
	PutScenario(ctx context.Context, name string, s model.Scenario) error
	RemoveScenario(ctx context.Context, name string, id model.ScenarioID) error
	PutAsset(ctx context.Context, name string, a model.Asset) error
	// PlanEdits works out what texts typed or pasted into fields of assets come
	// to, and changes nothing; PutAssets makes the change, as one step.
	PlanEdits(ctx context.Context, edits []session.Edit, source string) (*session.Edits, error)
	PutAssets(ctx context.Context, name string, assets []model.Asset) error
	PutAssumption(ctx context.Context, name string, a model.Assumption) error

	// PutPaper keeps what the user changed in a section of the business case; a
	// part without a change takes the section back to ours.
	PutPaper(ctx context.Context, name string, part model.PaperPart) error
	// Words is a section of the business case as text to edit: the user's own
	// when there is one, else ours.
	Words(ctx context.Context, e Export, section string) (*Words, error)

	// SetBaseline chooses the scenario that changes are measured against from the
	// next Evaluate on; empty for business as usual.
	SetBaseline(id model.ScenarioID)

	// Past lists the steps that changed an asset, the newest first.
	Past(ctx context.Context, id model.AssetID) ([]session.Past, error)

	// UndoName and RedoName name the step ("sale of Sale Town Hall"); empty when
	// there is none.
	UndoName() string
	RedoName() string
	Undo(ctx context.Context) error
	Redo(ctx context.Context) error

	Intake

	// Returned reads a workbook that finance sent back and says what it would
	// change; nil without an error when the file is no workbook of ours.
	Returned(ctx context.Context, path string) (*Returned, error)
	// Take carries out the changes with these numbers as one step, and says in
	// sentences what could not be taken.
	Take(ctx context.Context, r *Returned, ids []int) (refused []string, err error)

	// Exports lists what can be written, in the order it is offered.
	Exports() []ExportKind
	Export(ctx context.Context, e Export, p *jobs.Progress) error
	// Sections lists the parts of a business case.
	Sections() []Section
	// Paper is what an export would write, to be looked at; nil when it is no
	// paper.
	Paper(ctx context.Context, e Export) (*document.Document, error)

	SaveAs(ctx context.Context, path string) error
	Freeze(ctx context.Context, name string) error
	Close() error
}

// Library opens and makes projects.
type Library interface {
	New(ctx context.Context, path, name string, p *jobs.Progress) (Workspace, error)
	Open(ctx context.Context, path string, p *jobs.Progress) (Workspace, error)
	Demonstration(ctx context.Context, path string, p *jobs.Progress) (Workspace, error)
	// OurBook says whether a file is a workbook that was written from a project.
	OurBook(path string) bool
}

// Why is what a scenario would come to if it left a building as it is: keeping
// it less closing it.
type Why struct {
	NPSV      float64 // £ to society that keeping it would cost; negative when it would gain
	Carbon    float64 // t more over the period
	Capital   float64 // £ more spent
	Years     int
	Stay      []model.ServiceID
	Residents float64 // who would be nearer to a service
	Minutes   float64 // by how much, on average; 0 when not known
	Resolved  bool    // everything else was decided anew too
	Proven    bool    // and no better plan that keeps it exists
}

// Returned is a workbook that came back.
type Returned struct {
	File    string
	Against string // what it was compared with, in words
	Already int    // changes that the project has made itself since
	Changes []ReturnedChange
	// Plan is the workspace's own: Take carries it out.
	Plan any
}

// ReturnedChange is one difference between the workbook and the project.
type ReturnedChange struct {
	ID       int
	Where    string // sheet and cell
	Sentence string
	Now      string // what the project says today, when that is not what the book was sent with
	Conflict bool
	Usable   bool // can be taken; otherwise it only tells where the book no longer works
}

// ExportKind is one thing that can be written to a file.
type ExportKind struct {
	ID          string // "workbook", "business-case", …
	Title       string
	Description string
	Extension   string // with the dot; empty for a folder
	Scenario    bool   // is about one scenario
	Editions    bool   // differs between the public and the exempt edition
}

// Search says within which limits a better plan is looked for, and for how
// long.
type Search struct {
	ID    model.ScenarioID // of the scenario the plan would become
	Name  string
	Limit rationalise.Spec
	Time  time.Duration
	Seed  uint64
}

// Frontier is the best plans at several limits. With two axes the points are
// those of the plane, by first limit and then by second.
type Frontier struct {
	Axes   []rationalise.Axis
	Points []rationalise.Point
	Plane  *rationalise.Plane // nil with one axis
}

// Export asks for one file.
type Export struct {
	Kind     string
	Path     string
	Scenario model.ScenarioID
	Public   bool
	Sections []string // of a business case, in this order; all when empty
}

// Section is a part of a business case that can be left out.
type Section struct{ ID, Title string }

// Words is a section of the business case as text.
type Words struct {
	Title   string   // of the section, ours
	Ours    string   // what the section says by itself
	Unknown []string // names in braces of the user's words that stand for nothing
}

// AttendanceQuestion asks how many desks the teams of a building need when they
// work so many days a week elsewhere.
type AttendanceQuestion struct {
	Asset        model.AssetID
	Home         float64 // days a week elsewhere, 0–5
	Level        float64 // chance that everyone finds a desk on the busiest day, 0–1
	Rota         bool    // days are fixed, not chosen
	Peak, Spread float64 // of the assumptions flex.peak_day and flex.attendance_sd
}

// Attendance is the answer.
type Attendance struct {
	People   float64 // full-time equivalent staff with desks there
	Desks    float64 // desks they have now
	Needed   float64
	Ratio    float64    // people for each desk needed
	Mean     [5]float64 // people in, Monday first
	Busiest  int        // weekday
	Chance   []float64  // that so many people are in on the busiest day, from 0 up
	Modelled bool       // rests on modelled figures
}
