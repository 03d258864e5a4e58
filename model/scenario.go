package model

import "sort"

// ActionKind is a kind of thing one can do to an asset.
type ActionKind string

// The catalogue of actions.
const (
	Retain    ActionKind = "retain"    // keep, and clear the backlog over some years
	CoLocate  ActionKind = "co-locate" // bring services of other assets into this one
	Flex      ActionKind = "flex"      // hybrid days and shared desks
	Repurpose ActionKind = "repurpose" // change of use
	Develop   ActionKind = "develop"   // mixed, phased development of parts
	Sell      ActionKind = "sell"      // open-market sale
	ExitLease ActionKind = "exit-lease"
	Transfer  ActionKind = "transfer" // community asset transfer at undervalue
	Mothball  ActionKind = "mothball"
	Greening  ActionKind = "green-space" // demolish to green space
	LetOut    ActionKind = "let-out"
	Retrofit  ActionKind = "retrofit"
)

// Action is one dated decision about one asset. What the numbers in Values mean
// is said by the action's catalogue entry; a missing value takes the entry's
// default.
type Action struct {
	ID       ActionID
	Kind     ActionKind
	Asset    AssetID
	Year     int                // financial year in which it takes effect
	Services []ServiceID        // services moved by a co-location; empty means every service of From
	From     []AssetID          // assets that a co-location empties
	Measures []string           // retrofit measures, in order
	NewUse   Use                // repurpose
	Values   map[string]float64 // catalogue values that differ from the default
	Phases   []Phase            // mixed development
	Reason   string
}

// Phase is one part of a phased development.
type Phase struct {
	Name      string
	Use       Use
	FloorArea float64 // m² gross internal built
	Start     int     // financial year in which work begins
	Years     int     // years of work
	Values    map[string]float64
}

// Value returns the value under a key, or def when the action does not set it.
func (a *Action) Value(key string, def float64) float64 {
	if v, ok := a.Values[key]; ok {
		return v
	}
	return def
}

// ScenarioKind says what part a scenario plays in a comparison.
type ScenarioKind string

// The kinds of scenario; every comparison holds the first two.
const (
	BusinessAsUsual ScenarioKind = "business as usual"
	DoMinimum       ScenarioKind = "do minimum"
	Option          ScenarioKind = "option"
)

// Scenario is a set of dated actions over the baseline estate.
type Scenario struct {
	ID          ScenarioID
	Name        string
	Kind        ScenarioKind
	Description string
	Locked      bool `json:",omitempty"` // not to be changed until it is unlocked
	Actions     []Action
	Manual      []ManualStream
}

// ByYear returns the actions in order of year, then of their place in the list.
func (s *Scenario) ByYear() []Action {
	out := append([]Action(nil), s.Actions...)
	sort.SliceStable(out, func(i, j int) bool { return out[i].Year < out[j].Year })
	return out
}

// ManualStream is a cash-flow row that the user typed, pasted or imported. Its
// values are £ by year, costs negative, real, in PriceBase prices.
type ManualStream struct {
	Label       string
	Category    string
	Benefit     bool // a benefit to society rather than a cost (or saving) to the payer
	Payer       OrganisationID
	Beneficiary OrganisationID
	Capital     bool
	PriceBase   int // calendar year of the prices; 0 means the project's
	First       int // financial year of Values[0]
	Values      []float64
	Grade       Grade
	Source      string
	Exempt      bool
}
