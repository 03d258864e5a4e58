package store

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
)

// Command is one change to a project, as a value. A command either happens
// whole, with a row in the audit and an entry in the undo journal, or not at
// all. The set of commands is closed: what they say is checked here.
type Command interface {
	// Title reads after "Undo": "change to asset \"Sale Town Hall\"".
	Title() string
	plan(p *plan) error
}

// Batch is several commands as one: an import, or a step of the user's that
// touches several kinds of thing. Later commands see what earlier ones did.
type Batch struct {
	Name     string // what the user did: "dispose of Sale Town Hall"
	Why      string // the reason given, for the audit
	Commands []Command
}

// Commands that add a thing or replace the one with the same identifier. A
// thing that is replaced keeps its place in its list; a new one goes last.
type (
	SetProject       struct{ Settings Settings }
	PutOrganisations struct{ Organisations []model.Organisation }
	PutAssets        struct{ Assets []model.Asset }
	PutServices      struct{ Services []model.Service }
	PutOccupations   struct{ Occupations []model.Occupation } // the same service, asset and part is the same occupation
	PutPopulation    struct{ Points []model.PopulationPoint }
	PutBoundaries    struct{ Boundaries []model.Boundary } // the same layer and code is the same boundary
	PutScenario      struct{ Scenario model.Scenario }
	PutAssumption    struct{ Assumption model.Assumption }
	PutPaper         struct{ Part model.PaperPart }
)

// Commands that take things away. What other things refer to cannot go before
// they do; a Batch may do both.
type (
	RemoveOrganisations struct{ IDs []model.OrganisationID }
	RemoveAssets        struct{ IDs []model.AssetID }
	RemoveServices      struct{ IDs []model.ServiceID }
	RemoveOccupations   struct{ Keys []OccupationKey }
	RemovePopulation    struct{ Codes []string }
	RemoveBoundaries    struct{ Keys []BoundaryKey }
	RemoveScenario      struct{ ID model.ScenarioID }
	RemoveAssumption    struct{ Key string }
	RemovePaper         struct{ Section string }
)

// PutFindings adds findings after those that are there. Findings of the files
// in Replace go first: a file that is read again says again what is wrong.
type PutFindings struct {
	Replace  []string
	Findings []model.Finding
}

// Freeze keeps a decision: a numbered version that no later command changes.
// Number, When, Who and Hash are filled in when empty, with a
// number that no decision had before, also none that was taken back; Content, when nil, is
// the whole project ([Frozen]) as it stands.
type Freeze struct{ Decision model.Decision }

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// Title of a batch is its name, or that of its only command.
func (c Batch) Title() string {
	switch {
	case c.Name != "":
		return c.Name
	case len(c.Commands) == 1:
		return c.Commands[0].Title()
	}
	return count(len(c.Commands), "change", "changes")
}

func (c SetProject) Title() string { return "change to the project's settings" }

func (c PutOrganisations) Title() string {
	if len(c.Organisations) == 1 {
		return "change to " + organisations.name(&c.Organisations[0])
	}
	return "change to " + count(len(c.Organisations), "organisation", "organisations")
}

func (c PutAssets) Title() string {
	if len(c.Assets) == 1 {
		return "change to " + nameAsset(&c.Assets[0])
	}
	return "change to " + count(len(c.Assets), "asset", "assets")
}

func (c PutServices) Title() string {
	if len(c.Services) == 1 {
		return "change to " + nameService(&c.Services[0])
	}
	return "change to " + count(len(c.Services), "service", "services")
}

func (c PutOccupations) Title() string {
	return "change to " + count(len(c.Occupations), "occupation", "occupations")
}

func (c PutPopulation) Title() string {
	return "change to " + count(len(c.Points), "population point", "population points")
}

func (c PutBoundaries) Title() string {
	return "change to " + count(len(c.Boundaries), "boundary", "boundaries")
}

func (c PutScenario) Title() string   { return "change to " + nameScenario(&c.Scenario) }
func (c PutAssumption) Title() string { return "change to " + assumptions.name(&c.Assumption) }
func (c PutPaper) Title() string      { return "change to " + papers.name(&c.Part) }

func (c PutFindings) Title() string { return count(len(c.Findings), "finding", "findings") }
func (c Freeze) Title() string      { return fmt.Sprintf("freezing of %q", c.Decision.Name) }

func (c RemoveOrganisations) Title() string {
	return "removal of " + count(len(c.IDs), "organisation", "organisations")
}

func (c RemoveAssets) Title() string {
	if len(c.IDs) == 1 {
		return fmt.Sprintf("removal of asset %q", c.IDs[0])
	}
	return "removal of " + count(len(c.IDs), "asset", "assets")
}

func (c RemoveServices) Title() string {
	return "removal of " + count(len(c.IDs), "service", "services")
}

func (c RemoveOccupations) Title() string {
	return "removal of " + count(len(c.Keys), "occupation", "occupations")
}

func (c RemovePopulation) Title() string {
	return "removal of " + count(len(c.Codes), "population point", "population points")
}

func (c RemoveBoundaries) Title() string {
	return "removal of " + count(len(c.Keys), "boundary", "boundaries")
}
func (c RemoveScenario) Title() string   { return fmt.Sprintf("removal of scenario %q", c.ID) }
func (c RemoveAssumption) Title() string { return fmt.Sprintf("removal of assumption %q", c.Key) }
func (c RemovePaper) Title() string      { return fmt.Sprintf("return to our text of %q", c.Section) }

func (c Batch) plan(p *plan) error {
	for _, x := range c.Commands {
		if err := x.plan(p); err != nil {
			return err
		}
	}
	return nil
}

func (c SetProject) plan(p *plan) error       { return put(p, settings, &c.Settings) }
func (c PutOrganisations) plan(p *plan) error { return putAll(p, organisations, c.Organisations) }
func (c PutAssets) plan(p *plan) error        { return putAll(p, assets, c.Assets) }
func (c PutServices) plan(p *plan) error      { return putAll(p, services, c.Services) }
func (c PutOccupations) plan(p *plan) error   { return putAll(p, occupations, c.Occupations) }
func (c PutPopulation) plan(p *plan) error    { return putAll(p, population, c.Points) }
func (c PutBoundaries) plan(p *plan) error    { return putAll(p, boundaries, c.Boundaries) }
func (c PutScenario) plan(p *plan) error      { return put(p, scenarios, &c.Scenario) }
func (c PutAssumption) plan(p *plan) error    { return put(p, assumptions, &c.Assumption) }
func (c PutPaper) plan(p *plan) error         { return put(p, papers, &c.Part) }

func removeAll[T any, K ~string](p *plan, l *list[T], keys []K) error {
	for _, k := range keys {
		if err := remove(p, l, string(k), string(k)); err != nil {
			return err
		}
	}
	return nil
}

func (c RemoveOrganisations) plan(p *plan) error { return removeAll(p, organisations, c.IDs) }
func (c RemoveAssets) plan(p *plan) error        { return removeAll(p, assets, c.IDs) }
func (c RemoveServices) plan(p *plan) error      { return removeAll(p, services, c.IDs) }
func (c RemovePopulation) plan(p *plan) error    { return removeAll(p, population, c.Codes) }
func (c RemoveScenario) plan(p *plan) error      { return remove(p, scenarios, string(c.ID), string(c.ID)) }
func (c RemoveAssumption) plan(p *plan) error    { return remove(p, assumptions, c.Key, c.Key) }
func (c RemovePaper) plan(p *plan) error         { return remove(p, papers, c.Section, c.Section) }

func (c RemoveOccupations) plan(p *plan) error {
	for _, k := range c.Keys {
		if err := remove(p, occupations, k.String(), fmt.Sprintf("%s in %s", k.Service, k.Asset)); err != nil {
			return err
		}
	}
	return nil
}

func (c RemoveBoundaries) plan(p *plan) error {
	for _, k := range c.Keys {
		if err := remove(p, boundaries, k.String(), k.Code); err != nil {
			return err
		}
	}
	return nil
}

func (c PutFindings) plan(p *plan) error {
	gone := map[string]bool{}
	for _, f := range c.Replace {
		gone[f] = true
	}
	if len(gone) > 0 {
		for i, no := range p.state.order[KindFinding] {
			if f := &p.state.project.Findings[i]; gone[f.File] {
				p.change(findings, findings.key(no, f)).after = nil
			}
		}
		for _, x := range p.changes[KindFinding] {
			if x.before == nil && x.after != nil && gone[x.after.(*model.Finding).File] {
				x.after = nil
			}
		}
	}
	for i := range c.Findings {
		if err := p.addFinding(&c.Findings[i]); err != nil {
			return err
		}
	}
	return nil
}

func (c Freeze) plan(p *plan) error {
	d := c.Decision
	if d.Number == 0 {
		d.Number = int(p.nextNo(KindDecision))
	}
	if x := now(p, decisions, decisions.key(0, &d)); x != nil {
		return conflict("freeze", fmt.Sprintf("Decision %d, %q, is frozen already.", x.Number, x.Name), "Give the new decision another number.")
	}
	if d.When == "" {
		d.When = p.options.stamp()
	}
	if d.Who == "" {
		d.Who = p.options.Who
	}
	if d.Content == nil {
		next, _ := p.state.after(p.net())
		content, err := Frozen(next)
		if err != nil {
			return err
		}
		d.Content = content
	}
	return p.keep(&d)
}

// keep adds a decision whose fields are all there.
func (p *plan) keep(d *model.Decision) error {
	own, err := decisions.copy(d)
	if err != nil {
		return err
	}
	x := p.change(decisions, decisions.key(0, own))
	x.no, x.after = int64(own.Number), own
	p.last[KindDecision] = max(p.last[KindDecision], x.no)
	return nil
}

func conflict(op, sentence, next string) error {
	return &Error{Op: op, Reason: model.ErrConflict, Sentence: sentence, Next: next}
}
