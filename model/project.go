package model

import "fmt"

// Project is one place and everything known and planned about it: the content
// of one project file.
type Project struct {
	Name         string
	BaseYear     int    // first financial year of the appraisal; year 0 of discounting
	Horizon      int    // number of financial years appraised, 1–100
	PriceBase    int    // calendar year of prices in which everything is expressed
	ParameterSet string // identifier of the pinned parameter set
	Currency     string // ISO 4217
	ModelledNote string // how modelled figures were made, printed wherever they appear
	Attribution  []string

	Organisations []Organisation
	Assets        []Asset
	Services      []Service
	Occupations   []Occupation
	Population    []PopulationPoint
	Boundaries    []Boundary
	Scenarios     []Scenario
	Assumptions   []Assumption // overrides of the parameter set, and the project's own
	Findings      []Finding
	Decisions     []Decision
	Papers        []PaperPart `json:",omitempty"` // what the user changed in the business case
}

// PaperPart is what the user changed in one section of the business case.
type PaperPart struct {
	Section string // as package reports/businesscase names it
	LeftOut bool
	Title   string // instead of the section's own; empty for that
	Words   string // instead of the section's own; empty for those
	At      string // ISO date of the last change of the words
}

// Paper is what was changed in a section; nothing when that is its zero value.
func (p *Project) Paper(section string) PaperPart {
	for i := range p.Papers {
		if p.Papers[i].Section == section {
			return p.Papers[i]
		}
	}
	return PaperPart{Section: section}
}

// Bounds of the horizon, in years.
const (
	MinHorizon = 1
	MaxHorizon = 100
)

// LastYear is the last financial year appraised.
func (p *Project) LastYear() int { return p.BaseYear + p.Horizon - 1 }

// Validate reports the first broken invariant of the project's own settings.
func (p *Project) Validate() error {
	switch {
	case p.Horizon < MinHorizon || p.Horizon > MaxHorizon:
		return Invalid("horizon", fmt.Sprintf("the horizon is %d years; it must be %d to %d", p.Horizon, MinHorizon, MaxHorizon))
	case p.BaseYear < 1990 || p.BaseYear > 2200:
		return Invalid("base year", fmt.Sprintf("the base year is %d; it must be between 1990 and 2200", p.BaseYear))
	}
	return nil
}

// Asset returns the asset with the identifier, or nil.
func (p *Project) Asset(id AssetID) *Asset {
	for i := range p.Assets {
		if p.Assets[i].ID == id {
			return &p.Assets[i]
		}
	}
	return nil
}

// Service returns the service with the identifier, or nil.
func (p *Project) Service(id ServiceID) *Service {
	for i := range p.Services {
		if p.Services[i].ID == id {
			return &p.Services[i]
		}
	}
	return nil
}

// Organisation returns the organisation with the identifier, or nil.
func (p *Project) Organisation(id OrganisationID) *Organisation {
	for i := range p.Organisations {
		if p.Organisations[i].ID == id {
			return &p.Organisations[i]
		}
	}
	return nil
}

// Scenario returns the scenario with the name or identifier, or nil.
func (p *Project) Scenario(nameOrID string) *Scenario {
	for i := range p.Scenarios {
		if s := &p.Scenarios[i]; string(s.ID) == nameOrID || s.Name == nameOrID {
			return s
		}
	}
	return nil
}

// Baseline returns the business-as-usual scenario, or nil.
func (p *Project) Baseline() *Scenario {
	for i := range p.Scenarios {
		if p.Scenarios[i].Kind == BusinessAsUsual {
			return &p.Scenarios[i]
		}
	}
	return nil
}

// Assumption is a named number that results rest on.
type Assumption struct {
	Key        string // "retrofit.led.cost_per_m2": also the named cell of the workbook, dots as underscores
	Label      string
	Group      string // heading under which the assumption book lists it
	Value      float64
	Unit       string
	PriceBase  int // calendar year; 0 when the figure is not money
	Grade      Grade
	Source     string
	Confidence string // the reference table's own words
	Date       string // ISO date of the source
	Owner      string
	Reason     string // why the user changed it; empty for a parameter-set value
	Exempt     bool
}

// Severity ranks a finding.
type Severity string

// How much a finding matters.
const (
	Problem Severity = "problem" // a row or value could not be used
	Warning Severity = "warning" // used, but look at it
	Note    Severity = "note"    // said for the record
)

// Finding is something wrong, missing or surprising in the data, with the cell
// it was seen in and what to do about it.
type Finding struct {
	Severity Severity
	File     string
	Sheet    string
	Row      int // 1-based row of the sheet; 0 when the finding is about the file
	Column   string
	Value    string
	Message  string // what is wrong
	Remedy   string // what to do
	Asset    AssetID
}

// Decision is a frozen, numbered version of the project.
type Decision struct {
	Number  int
	Name    string
	When    string // ISO date and time
	Who     string
	Hash    string // SHA-256 of the frozen content
	Content []byte
}
