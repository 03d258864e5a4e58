// Package action turns decisions into streams: the catalogue of what can be
// done to a building, and what each does to money, energy, carbon, people and
// space, in the building itself and in every other that it touches.
//
// It knows the estate as a project describes it, the catalogue and the
// assumption book. It refuses to know discounting, totals, storage and display.
package action

import (
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Plan is what a scenario comes to: every stream of the whole estate under it,
// and what is wrong with it.
type Plan struct {
	Streams   []ledger.Stream
	Conflicts []Conflict
	Moves     []Move
	Closures  []Closure
	Outcomes  []Outcome       // counted, not priced
	Desks     []DeskDemand    // what flexible working asks of each building
	Shapes    map[string]bool // assumptions of the book that decide which streams there are, when and how large, by key
	sat       []seat          // who sits where and when, from which the space ledger was written
}

// Conflict is something an action cannot do as it stands. Nothing is repaired
// silently: either the action is left out of the streams, or it is in and the
// conflict warns.
type Conflict struct {
	Action  model.ActionID
	Asset   model.AssetID
	Kind    string // "over capacity", "already gone", "locked", …
	Message string // a sentence for the user
	LeftOut bool   // the action has no streams; otherwise it is in the plan and this is a warning
}

// Move is a service going from one building to another.
type Move struct {
	Action  model.ActionID
	Service model.ServiceID
	From    model.AssetID
	To      model.AssetID
	Year    int
	FTE     float64
	Desks   float64
	Area    float64 // m² taken in the receiving building
	Left    float64 // m² given up in the building left
}

// Closure is a building that stops being used, and when it is really gone.
type Closure struct {
	Action model.ActionID
	Asset  model.AssetID
	Closed int // first financial year in which it is no longer in use
	Gone   int // first financial year in which it costs nothing
	Route  model.ActionKind

	LeaseEnds string // ISO date on which a lease that is left ends; empty for what is not
	NoticeBy  string // ISO date by which notice must be served for that; empty when none is needed
	LeaseEnd  string // "break", "expiry", "notice", or empty when no date of the lease is known
}
