package outcome

import (
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/rationalise/proof"
)

// private are the keys of values by which an action shows what its owner would
// take or pay.
var private = []string{"sale.", "value.", "transfer.", "let.", "lease.", "convert.", "residual.", "holding."}

// For is the project as one organisation may see it: a copy in which what other
// organisations keep to themselves is not known. Their buildings stay on the map
// with use, size, condition, energy and the services in them; market values,
// rents received, dilapidations, rents paid, lease details, kept columns, locks
// that are political, exempt cash flows, negotiating figures and notes do not.
// Frozen decisions hold the whole project and the words of a paper may say anything, so none is passed on. A result
// worked out from the copy rests on modelled figures where real ones are hidden.
func For(p *model.Project, viewer model.OrganisationID) *model.Project {
	q := *p
	q.Decisions, q.Papers = nil, nil
	other := map[model.AssetID]bool{}
	q.Assets = append([]model.Asset(nil), p.Assets...)
	for i := range q.Assets {
		if a := &q.Assets[i]; a.Organisation != viewer {
			other[a.ID] = true
			hide(a)
		}
	}
	q.Assumptions = nil
	for _, a := range p.Assumptions {
		if !a.Exempt || a.Owner == string(viewer) {
			q.Assumptions = append(q.Assumptions, a)
		}
	}
	q.Findings = nil
	for _, f := range p.Findings { // a finding quotes cells of its owner's file
		if !other[f.Asset] {
			q.Findings = append(q.Findings, f)
		}
	}
	q.Scenarios = append([]model.Scenario(nil), p.Scenarios...)
	for i := range q.Scenarios {
		s := &q.Scenarios[i]
		_, s.Description, _ = proof.Read(s.Description) // what a plan is worth gives away what its sales bring
		s.Actions = append([]model.Action(nil), s.Actions...)
		for k := range s.Actions {
			if a := &s.Actions[k]; other[a.Asset] {
				a.Reason = ""
				a.Values = public(a.Values)
				a.Phases = append([]model.Phase(nil), a.Phases...)
				for n := range a.Phases {
					a.Phases[n].Values = public(a.Phases[n].Values)
				}
			}
		}
		s.Manual = nil
		for _, m := range p.Scenarios[i].Manual {
			if !m.Exempt || m.Payer == viewer {
				s.Manual = append(s.Manual, m)
			}
		}
	}
	return &q
}

func hide(a *model.Asset) {
	a.Value, a.Income, a.Tenure.Dilapidations = model.Figure{}, model.Figure{}, model.Figure{}
	a.Tenure.Detail, a.Tenure.Landlord, a.Tenure.Break, a.Tenure.Review, a.Tenure.NoticeMonths = "", "", "", "", 0
	a.Extra = nil
	costs := make(model.Figures[model.Cost], 0, len(a.Costs))
	for _, c := range a.Costs {
		if c.Key != model.CostRent {
			costs = append(costs, c)
		}
	}
	a.Costs = costs
	var locks []model.Lock
	for _, l := range a.Locks {
		if l.Kind != "political" {
			locks = append(locks, l)
		}
	}
	a.Locks = locks
}

func public(values map[string]float64) map[string]float64 {
	if values == nil {
		return nil
	}
	out := map[string]float64{}
next:
	for k, v := range values {
		for _, p := range private {
			if strings.HasPrefix(k, p) {
				continue next
			}
		}
		out[k] = v
	}
	return out
}
