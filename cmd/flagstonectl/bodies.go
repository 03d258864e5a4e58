package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/model/store"
)

// chosen is the scenario named, or the one with the best value.
func chosen(p *model.Project, name string) (*model.Scenario, error) {
	if name != "" { // without an appraisal
		if s := p.Scenario(name); s != nil {
			return s, nil
		}
		return nil, model.NotFound("scenario", name)
	}
	_, s, err := valued(p, "")
	return s, err
}

// valued is the project's comparison and the scenario named in it, or the best.
func valued(p *model.Project, scenario string) (*appraisal.Comparison, *model.Scenario, error) {
	cmp, err := evaluate(p, "", "", "")
	if err != nil {
		return nil, nil, err
	}
	if scenario == "" {
		s := p.Scenario(string(outcome.Preferred(cmp)))
		if s == nil {
			s = p.Scenario(string(cmp.Baseline))
		}
		return cmp, s, nil
	}
	s := p.Scenario(scenario)
	if s == nil {
		return nil, nil, model.NotFound("scenario", scenario)
	}
	return cmp, s, nil
}

// nameOf is the name of a building, or its identifier.
func nameOf(p *model.Project, id model.AssetID) string {
	if a := p.Asset(id); a != nil {
		return a.Name
	}
	return string(id)
}

// showOrganisations says who pays, who gains, whose space and whose carbon.
func (t *tool) showOrganisations(p *model.Project, scenario string) error {
	cmp, s, err := valued(p, scenario)
	if err != nil {
		return err
	}
	bodies, err := outcome.ByOrganisation(cmp, s.ID)
	if err != nil {
		return err
	}
	var rows [][]string
	out := []map[string]any{}
	for _, b := range bodies {
		name := string(b.Organisation)
		if o := p.Organisation(b.Organisation); o != nil {
			name = o.Name
		}
		out = append(out, map[string]any{"organisation": b.Organisation, "name": name, "public": b.Public, "npv": pounds(b.NPV), "capital": pounds(b.Capital),
			"receipts": pounds(b.Receipts), "benefit": pounds(b.Benefit), "cash_by_year": poundsOf(b.Cash), "area_m2_start": b.AreaHeldStart, "area_m2_end": b.AreaHeld,
			"fte_housed": b.Housed, "fte_guests": b.Guests, "fte_elsewhere": b.Abroad, "carbon_t_change": b.CarbonChange, "carbon_t_end": b.CarbonEnd})
		rows = append(rows, []string{name, money(pounds(b.NPV)), money(pounds(b.Capital)), money(pounds(b.Receipts)), fmt.Sprintf("%.0f to %.0f m²", b.AreaHeldStart, b.AreaHeld),
			fmt.Sprintf("%.0f", b.Housed), fmt.Sprintf("%.0f", b.Guests), fmt.Sprintf("%.0f t", b.CarbonChange)})
	}
	return t.listing("organisations", []string{"Organisation", "Gains (present value)", "Capital", "Receipts", "Floor area", "Staff", "Guests", "Carbon"}, rows, out)
}

// showResiduals says what is left for the land under each phase and each change
// of use.
func (t *tool) showResiduals(p *model.Project, scenario string) error {
	s, err := chosen(p, scenario)
	if err != nil {
		return err
	}
	set, err := outcome.Set(p, "")
	if err != nil {
		return err
	}
	found, err := outcome.Residuals(p, s, outcome.Book(p, set))
	if err != nil {
		return err
	}
	var rows [][]string
	out := []map[string]any{}
	for _, r := range found {
		out = append(out, map[string]any{"asset": r.Asset, "action": r.Action, "phase": r.Phase, "use": r.Use, "start": r.Start, "area_m2": r.Area,
			"net_value": pounds(r.Value.NetValue), "build": pounds(r.Value.Build), "residual": pounds(r.Value.Land)})
		rows = append(rows, []string{nameOf(p, r.Asset), r.Phase, string(r.Use), model.FinancialYear(r.Start), fmt.Sprintf("%.0f m²", r.Area), money(pounds(r.Value.NetValue)), money(pounds(r.Value.Land))})
	}
	return t.listing("residuals", []string{"Building", "Phase", "Use", "Start", "Area", "Net value", "Left for the land"}, rows, out)
}

// showGrants tests each building's low-carbon works against the grant threshold.
func (t *tool) showGrants(p *model.Project, scenario string) error {
	cmp, s, err := valued(p, scenario)
	if err != nil {
		return err
	}
	tests, limit, err := outcome.Grants(cmp, s.ID)
	if err != nil {
		return err
	}
	var rows [][]string
	out := []map[string]any{}
	for _, g := range tests {
		verdict := fmt.Sprintf("over £%.0f", limit)
		if g.Within {
			verdict = fmt.Sprintf("within £%.0f", limit)
		}
		out = append(out, map[string]any{"asset": g.Asset, "capital": pounds(g.Capital), "tonnes": g.Tonnes, "per_tonne": pounds(g.PerTonne), "within": g.Within, "threshold": pounds(limit)})
		rows = append(rows, []string{nameOf(p, g.Asset), money(pounds(g.Capital)), fmt.Sprintf("%.0f t", g.Tonnes), fmt.Sprintf("£%.0f", g.PerTonne), verdict})
	}
	return t.listing("grants", []string{"Building", "Capital", "Saves", "A tonne", "Test"}, rows, out)
}

func (t *tool) copyForCommand() *cobra.Command {
	return &cobra.Command{Use: "copy-for FILE ORGANISATION NEW-FILE", Short: "Copy a project for a partner without what the others keep to themselves", Args: exactly(3),
		RunE: func(_ *cobra.Command, args []string) error {
			f, err := t.read(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			p := f.Project()
			viewer := model.OrganisationID("")
			for i := range p.Organisations {
				if o := &p.Organisations[i]; string(o.ID) == args[1] || o.Name == args[1] {
					viewer = o.ID
				}
			}
			if viewer == "" {
				return model.NotFound("organisation", args[1])
			}
			out, err := store.Create(args[2], outcome.For(p, viewer), t.options())
			if err != nil {
				return err
			}
			if err := out.Close(); err != nil {
				return err
			}
			if t.json {
				return t.answer(map[string]any{"file": args[2], "for": viewer})
			}
			fmt.Fprintf(t.out, "Wrote %s for %s.\n", args[2], args[1])
			return nil
		}}
}
