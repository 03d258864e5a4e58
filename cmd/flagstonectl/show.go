package main

import (
	"fmt"
	"sort"
	"strings"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/model/outcome"
)

var shown = []string{"assets", "services", "occupations", "scenarios", "findings", "parameters", "streams", "decisions", "organisations", "residuals", "grants"}

func (t *tool) showCommand() *cobra.Command {
	var scenario string
	c := &cobra.Command{Use: "show FILE " + strings.Join(shown, "|"), Short: "Show what a project holds", Args: exactly(2),
		RunE: func(_ *cobra.Command, args []string) error { return t.show(args[0], args[1], scenario) }}
	c.Flags().StringVar(&scenario, "scenario", "", "scenario whose streams or results to show")
	return c
}

func (t *tool) show(path, what, scenario string) error {
	known := false
	for _, w := range shown {
		known = known || w == what
	}
	if !known {
		return usage{fmt.Errorf("show takes one of %s, not %q", strings.Join(shown, ", "), what)}
	}
	f, err := t.read(path)
	if err != nil {
		return err
	}
	defer f.Close()
	p := f.Project()
	switch what {
	case "assets":
		return t.showAssets(p)
	case "services":
		return t.showServices(p)
	case "occupations":
		return t.showOccupations(p)
	case "scenarios":
		return t.showScenarios(p)
	case "findings":
		return t.showFindings(p)
	case "parameters":
		return t.showParameters(p)
	case "streams":
		return t.showStreams(p, scenario)
	case "organisations":
		return t.showOrganisations(p, scenario)
	case "residuals":
		return t.showResiduals(p, scenario)
	case "grants":
		return t.showGrants(p, scenario)
	}
	return t.showDecisions(p)
}

// listing answers with records in JSON or rows in a table.
func (t *tool) listing(name string, header []string, rows [][]string, records any) error {
	if t.json {
		return t.answer(map[string]any{name: records, "count": len(rows)})
	}
	return t.table(header, rows)
}

type figureJSON struct {
	Value  *float64 `json:"value"`
	Grade  string   `json:"grade"`
	Source string   `json:"source,omitempty"`
}

func figureOf(f model.Figure) figureJSON {
	if !f.Known() {
		return figureJSON{Grade: "not known"}
	}
	v := f.Value
	return figureJSON{Value: &v, Grade: string(f.Grade), Source: f.Source}
}

func text(f model.Figure, unit string) string {
	if !f.Known() {
		return "not known"
	}
	mark := ""
	if f.Grade.Modelled() {
		mark = " (" + string(f.Grade) + ")"
	}
	return fmt.Sprintf("%.0f%s%s", f.Value, unit, mark)
}

func (t *tool) showAssets(p *model.Project) error {
	type row struct {
		ID           string                `json:"id"`
		UPRN         string                `json:"uprn"`
		Reference    string                `json:"reference"`
		Name         string                `json:"name"`
		Organisation string                `json:"organisation"`
		Use          string                `json:"use"`
		Postcode     string                `json:"postcode"`
		Lat          *float64              `json:"lat"`
		Lon          *float64              `json:"lon"`
		Placed       string                `json:"placed_by"`
		Tenure       string                `json:"tenure"`
		FloorArea    figureJSON            `json:"floor_area_m2"`
		Unused       figureJSON            `json:"unused_m2"`
		LandArea     figureJSON            `json:"land_area_ha"`
		Costs        map[string]figureJSON `json:"costs_per_year"`
		Energy       map[string]figureJSON `json:"energy_kwh_per_year"`
		Backlog      figureJSON            `json:"backlog"`
		Desks        figureJSON            `json:"desks"`
	}
	var rows [][]string
	var out []row
	for i := range p.Assets {
		a := &p.Assets[i]
		r := row{ID: string(a.ID), UPRN: a.UPRN, Reference: a.Reference, Name: a.Name, Organisation: string(a.Organisation), Use: string(a.Use),
			Postcode: a.Postcode, Placed: string(a.Placed), Tenure: string(a.Tenure.Kind), FloorArea: figureOf(a.FloorArea), Unused: figureOf(a.Unused), LandArea: figureOf(a.LandArea),
			Costs: map[string]figureJSON{}, Energy: map[string]figureJSON{}, Backlog: figureOf(a.Backlog), Desks: figureOf(a.Desks)}
		if a.Located() {
			lat, lon := a.Location.Lat, a.Location.Lon
			r.Lat, r.Lon = &lat, &lon
		}
		for c, f := range a.Costs.All() {
			r.Costs[string(c)] = figureOf(f)
		}
		for k, f := range a.Energy.All() {
			r.Energy[string(k)] = figureOf(f)
		}
		out = append(out, r)
		rows = append(rows, []string{r.ID, a.Name, r.Organisation, r.Use, a.Postcode, r.Placed, text(a.FloorArea, " m²"), r.Tenure})
	}
	return t.listing("assets", []string{"Id", "Name", "Organisation", "Use", "Postcode", "Placed by", "Floor area", "Tenure"}, rows, out)
}

func (t *tool) showServices(p *model.Project) error {
	var rows [][]string
	out := []map[string]any{}
	for i := range p.Services {
		s := &p.Services[i]
		out = append(out, map[string]any{"id": s.ID, "name": s.Name, "kind": s.Kind, "organisation": s.Organisation, "public": s.Public,
			"fte": figureOf(s.FTE), "desks": figureOf(s.Desks), "visits": figureOf(s.Visits)})
		rows = append(rows, []string{string(s.ID), s.Name, s.Kind, string(s.Organisation), text(s.FTE, " FTE"), text(s.Desks, ""), text(s.Visits, "")})
	}
	return t.listing("services", []string{"Id", "Name", "Kind", "Organisation", "Staff", "Desks", "Visits a year"}, rows, out)
}

func (t *tool) showOccupations(p *model.Project) error {
	var rows [][]string
	out := []map[string]any{}
	for _, o := range p.Occupations {
		out = append(out, map[string]any{"service": o.Service, "asset": o.Asset, "part": o.Part, "share": o.Share, "area_m2": figureOf(o.Area), "desks": figureOf(o.Desks)})
		rows = append(rows, []string{string(o.Service), string(o.Asset), fmt.Sprintf("%.2f", o.Share), text(o.Area, " m²"), text(o.Desks, "")})
	}
	return t.listing("occupations", []string{"Service", "Asset", "Share", "Area", "Desks"}, rows, out)
}

func (t *tool) showScenarios(p *model.Project) error {
	var rows [][]string
	out := []map[string]any{}
	for i := range p.Scenarios {
		s := &p.Scenarios[i]
		out = append(out, map[string]any{"id": s.ID, "name": s.Name, "kind": s.Kind, "description": s.Description, "actions": s.Actions, "manual": s.Manual})
		rows = append(rows, []string{string(s.ID), s.Name, string(s.Kind), fmt.Sprint(len(s.Actions)), fmt.Sprint(len(s.Manual))})
	}
	return t.listing("scenarios", []string{"Id", "Name", "Kind", "Actions", "Manual rows"}, rows, out)
}

func (t *tool) showFindings(p *model.Project) error {
	var rows [][]string
	out := []map[string]any{}
	for _, f := range p.Findings {
		out = append(out, map[string]any{"severity": f.Severity, "file": f.File, "sheet": f.Sheet, "row": f.Row, "column": f.Column, "value": f.Value,
			"message": f.Message, "remedy": f.Remedy, "asset": f.Asset})
		where := f.File
		if f.Row > 0 {
			where += fmt.Sprintf(", row %d", f.Row)
		}
		rows = append(rows, []string{string(f.Severity), where, f.Column, f.Message})
	}
	return t.listing("findings", []string{"Severity", "Where", "Column", "What"}, rows, out)
}

func (t *tool) showParameters(p *model.Project) error {
	set, err := outcome.Set(p, "")
	if err != nil {
		return err
	}
	var rows [][]string
	out := []map[string]any{}
	for _, a := range outcome.Book(p, set).All() {
		out = append(out, map[string]any{"key": a.Key, "label": a.Label, "group": a.Group, "value": a.Value, "unit": a.Unit, "price_base": a.PriceBase,
			"grade": a.Grade, "source": a.Source, "confidence": a.Confidence, "reason": a.Reason})
		rows = append(rows, []string{a.Key, fmt.Sprintf("%g", a.Value), a.Unit, string(a.Grade), a.Label})
	}
	return t.listing("parameters", []string{"Key", "Value", "Unit", "Grade", "What"}, rows, out)
}

func (t *tool) showStreams(p *model.Project, scenario string) error {
	s := p.Baseline()
	if scenario != "" {
		s = p.Scenario(scenario)
	}
	if s == nil {
		return model.NotFound("scenario", scenario)
	}
	cmp, err := evaluate(p, "", "", "")
	if err != nil {
		return err
	}
	for i := range cmp.Options {
		r := &cmp.Options[i]
		if r.Scenario.ID != s.ID {
			continue
		}
		var rows [][]string
		out := []map[string]any{}
		for k := range r.Plan.Streams {
			st := &r.Plan.Streams[k]
			out = append(out, map[string]any{"id": st.ID, "ledger": st.Ledger.String(), "asset": st.Asset, "action": st.Action, "service": st.Service,
				"category": st.Category, "label": st.Label, "payer": st.Payer, "beneficiary": st.Beneficiary, "quantity": st.Quantity,
				"quantity_unit": st.QuantityUnit, "rates": terms(st.Rates), "amount": st.Amount(), "unit": st.Unit, "price_base": st.PriceBase,
				"first": st.First, "last": st.Last, "index": st.Index, "growth": st.Growth.Factor(), "uplift": st.Uplift.Factor(), "exempt": st.Exempt,
				"transfer": st.Transfer, "capital": st.Capital, "grade": st.Grade, "source": st.Source, "by_year": figuresOf(r.Flows.Row(k))})
			rows = append(rows, []string{st.ID, string(st.Category), fmt.Sprintf("%.2f", st.Amount()), st.Unit, fmt.Sprintf("%d–%d", st.First, st.Last),
				string(st.Grade), st.Label})
		}
		return t.listing("streams", []string{"Id", "Category", "Amount", "Unit", "Years", "Grade", "What"}, rows, out)
	}
	return model.NotFound("scenario", scenario)
}

func terms(rs []ledger.Term) []map[string]any {
	out := []map[string]any{}
	for _, r := range rs {
		out = append(out, map[string]any{"assumption": r.Key, "value": r.Value, "complement": r.Complement})
	}
	return out
}

func (t *tool) showDecisions(p *model.Project) error {
	var rows [][]string
	out := []map[string]any{}
	ds := append([]model.Decision(nil), p.Decisions...)
	sort.Slice(ds, func(i, j int) bool { return ds[i].Number < ds[j].Number })
	for _, d := range ds {
		out = append(out, map[string]any{"number": d.Number, "name": d.Name, "when": d.When, "who": d.Who, "hash": d.Hash})
		rows = append(rows, []string{fmt.Sprint(d.Number), d.Name, d.When, d.Who, d.Hash})
	}
	return t.listing("decisions", []string{"Number", "Name", "When", "Who", "Hash"}, rows, out)
}
