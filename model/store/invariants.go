package store

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
)

// check refuses changes that would leave the project contradicting itself: two
// scenarios of one name, or a thing that refers to what was taken away. What a
// changed thing itself refers to is checked when it is written.
func (p *plan) check(changes map[Kind][]*change, next *model.Project) error {
	if len(changes[KindScenario]) > 0 {
		named := map[string]model.ScenarioID{}
		for i := range next.Scenarios {
			s := &next.Scenarios[i]
			if other, taken := named[s.Name]; taken {
				return conflict("change", fmt.Sprintf("The scenarios %q and %q would both be called %q.", other, s.ID, s.Name),
					"Give one of them another name.")
			}
			named[s.Name] = s.ID
		}
	}
	if !removesReferred(changes) {
		return nil
	}
	return p.references(next)
}

// removesReferred reports whether something goes that others may refer to.
func removesReferred(changes map[Kind][]*change) bool {
	for _, k := range []Kind{KindOrganisation, KindAsset, KindService} {
		for _, x := range changes[k] {
			if x.after == nil {
				return true
			}
			if k == KindAsset && x.before != nil && len(x.before.(*model.Asset).Parts) > 0 {
				return true
			}
		}
	}
	for _, x := range changes[KindOccupation] {
		if x.after != nil && x.after.(*model.Occupation).Part != "" {
			return true
		}
	}
	return false
}

// references walks the whole project and names the first thing that refers to
// something that is not there.
func (p *plan) references(next *model.Project) error {
	parts := map[model.AssetID]map[model.PartID]bool{}
	for i := range next.Assets {
		a := &next.Assets[i]
		for _, part := range a.Parts {
			if parts[a.ID] == nil {
				parts[a.ID] = map[model.PartID]bool{}
			}
			parts[a.ID][part.ID] = true
		}
		if err := p.needs(KindOrganisation, string(a.Organisation), nameAsset(a)); err != nil {
			return err
		}
	}
	for i := range next.Services {
		s := &next.Services[i]
		if err := p.needs(KindOrganisation, string(s.Organisation), nameService(s)); err != nil {
			return err
		}
		for _, others := range [][]model.ServiceID{s.NotWith, s.Near} {
			for _, o := range others {
				if err := p.needs(KindService, string(o), nameService(s)); err != nil {
					return err
				}
			}
		}
	}
	for i := range next.Occupations {
		o := &next.Occupations[i]
		if err := p.needs(KindService, string(o.Service), nameOccupation(o)); err != nil {
			return err
		}
		if err := p.needs(KindAsset, string(o.Asset), nameOccupation(o)); err != nil {
			return err
		}
		if o.Part != "" && !parts[o.Asset][o.Part] {
			return missing("part", string(o.Part), nameOccupation(o))
		}
	}
	for i := range next.Scenarios {
		if err := p.scenarioReferences(&next.Scenarios[i]); err != nil {
			return err
		}
	}
	return nil
}

func (p *plan) scenarioReferences(s *model.Scenario) error {
	for i := range s.Actions {
		a := &s.Actions[i]
		from := fmt.Sprintf("action %s of %s", a.ID, nameScenario(s))
		for _, x := range append([]model.AssetID{a.Asset}, a.From...) {
			if err := p.needs(KindAsset, string(x), from); err != nil {
				return err
			}
		}
		for _, x := range a.Services {
			if err := p.needs(KindService, string(x), from); err != nil {
				return err
			}
		}
	}
	for i := range s.Manual {
		m := &s.Manual[i]
		from := fmt.Sprintf("the cash flow %q of %s", m.Label, nameScenario(s))
		for _, x := range []model.OrganisationID{m.Payer, m.Beneficiary} {
			if err := p.needs(KindOrganisation, string(x), from); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *plan) needs(k Kind, key, from string) error {
	if key == "" {
		return nil
	}
	if _, ok := p.find(k, key); ok {
		return nil
	}
	return missing(string(k), key, from)
}

func missing(what, key, from string) error {
	return conflict("change", fmt.Sprintf("The %s %q is needed by %s.", what, key, from),
		"Remove or change that first, or do both in one step. The project is as it was.")
}
