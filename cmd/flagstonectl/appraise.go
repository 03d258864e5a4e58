package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/app/intake"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/gaps"
	"github.com/planting-the-flag/flagstone/model/outcome"
)

// appraised is one scenario in the JSON of the appraise command.
type appraised struct {
	Name             string                  `json:"name"`
	Kind             string                  `json:"kind"`
	NPSV             pounds                  `json:"npsv"`
	NPSVLow          pounds                  `json:"npsv_low_carbon_value"`
	NPSVHigh         pounds                  `json:"npsv_high_carbon_value"`
	NPVPublic        pounds                  `json:"npv_public"`
	NetPresentCost   pounds                  `json:"net_present_cost"`
	BCR              *float64                `json:"bcr"`
	BCRNote          string                  `json:"bcr_note"`
	AnnualEquivalent pounds                  `json:"annual_equivalent"`
	PaybackYear      *int                    `json:"payback_year"`
	CarbonTotal      float64                 `json:"carbon_t_total"`
	CarbonByYear     []float64               `json:"carbon_t_by_year"`
	CarbonChange     []float64               `json:"carbon_change_t_by_year"`
	CostPerTonne     *float64                `json:"cost_per_tonne"`
	Economic         []pounds                `json:"economic_by_year"`
	Cash             []pounds                `json:"cash_by_year"`
	Capex            pounds                  `json:"capex"`
	Receipts         pounds                  `json:"receipts"`
	Area             []float64               `json:"area_m2_by_year"`
	People           []float64               `json:"fte_by_year"`
	Evidence         map[model.Grade]float64 `json:"evidence_share"`
	Known            gaps.Quality            `json:"known"`        // of the assets it decides on, 0 to 1
	Decided          int                     `json:"known_assets"` // how many those are
	Streams          int                     `json:"streams"`
	Conflicts        []string                `json:"conflicts"`
}

func appraisedOf(p *model.Project, r *appraisal.Result) appraised {
	a := appraised{Name: r.Scenario.Name, Kind: string(r.Scenario.Kind), NPSV: pounds(r.NPSV), NPSVLow: pounds(r.NPSVLow), NPSVHigh: pounds(r.NPSVHigh),
		NPVPublic: pounds(r.NPVPublic), NetPresentCost: pounds(r.NetPresentCost), BCR: r.BCR, BCRNote: r.BCRNote,
		AnnualEquivalent: pounds(r.AnnualEquivalent), PaybackYear: r.PaybackYear, CarbonTotal: r.CarbonTotal, CarbonByYear: figuresOf(r.CarbonByYear),
		CarbonChange: figuresOf(r.CarbonChange), CostPerTonne: r.CostPerTonne, Economic: poundsOf(r.Economic), Cash: poundsOf(r.Cash),
		Capex: pounds(r.Capex), Receipts: pounds(r.Receipts), Area: figuresOf(r.Area), People: figuresOf(r.People), Evidence: r.EvidenceShare,
		Streams: len(r.Plan.Streams), Conflicts: []string{}}
	a.Known, a.Decided = gaps.QualityOfDecision(p, &r.Scenario)
	for _, c := range r.Plan.Conflicts {
		a.Conflicts = append(a.Conflicts, c.Message)
	}
	return a
}

func (t *tool) appraiseCommand() *cobra.Command {
	var only []string
	var set, baseline, schedule, explain, against string
	var keep bool
	c := &cobra.Command{
		Use:   "appraise FILE",
		Short: "Appraise the scenarios of a project",
		Args:  exactly(1),
		RunE: func(_ *cobra.Command, args []string) error {
			open := t.read
			if keep {
				open = t.write
			}
			f, err := open(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			cmp, err := evaluate(f.Project(), set, schedule, baseline)
			if err != nil {
				return err
			}
			if keep {
				if err := f.StoreResults(intake.Flows(cmp)); err != nil {
					return err
				}
			}
			if explain != "" {
				if len(only) != 1 {
					return usage{fmt.Errorf("--explain needs --scenario with the one scenario")}
				}
				return t.explain(cmp, only[0], explain)
			}
			if against != "" {
				other, err := evaluate(f.Project(), against, schedule, baseline)
				if err != nil {
					return err
				}
				return t.differences(cmp, other)
			}
			var out []appraised
			for i := range cmp.Options {
				if len(only) == 0 || named(&cmp.Options[i].Scenario, only) {
					out = append(out, appraisedOf(cmp.Project, &cmp.Options[i]))
				}
			}
			if len(only) > 0 && len(out) < len(only) {
				return model.NotFound("scenario", missingName(only, out))
			}
			if t.json {
				return t.answer(map[string]any{"parameters": cmp.Set, "parameters_name": cmp.SetName, "issued": cmp.Vintage, "schedule": cmp.Schedule,
					"base_year": cmp.BaseYear, "horizon": cmp.Years, "price_base": cmp.PriceBase, "scenarios": out, "notes": cmp.Notes})
			}
			rows := make([][]string, 0, len(out))
			for _, a := range out {
				rows = append(rows, []string{a.Name, money(a.NPSV), money(a.NPVPublic), ratio(a.BCR), money(a.Capex), money(a.Receipts),
					fmt.Sprintf("%.0f t", a.CarbonTotal), year(a.PaybackYear), knownOf(a)})
			}
			if err := t.table([]string{"Scenario", "NPSV", "NPV to the public purse", "BCR", "Capital", "Receipts", "Carbon", "Pays back", "Known of its buildings"}, rows); err != nil {
				return err
			}
			for _, n := range cmp.Notes {
				fmt.Fprintln(t.out, "Note:", n)
			}
			return nil
		},
	}
	c.Flags().StringArrayVar(&only, "scenario", nil, "only this scenario (may be given again)")
	c.Flags().StringVar(&set, "parameters", "", "another parameter set than the project's")
	c.Flags().StringVar(&schedule, "schedule", "", "another discount schedule than the set's")
	c.Flags().BoolVar(&keep, "keep", false, "keep every yearly flow in the project file, for other programs to read")
	c.Flags().StringVar(&explain, "explain", "", "open a figure into what makes it: "+strings.Join(appraisal.Figures, ", "))
	c.Flags().StringVar(&against, "against", "", "another parameter set: show each difference and what causes it")
	c.Flags().StringVar(&baseline, "baseline", "", "scenario to compare with")
	return c
}

// evaluate appraises every scenario; baseline is a name or identifier.
func evaluate(p *model.Project, set, schedule, baseline string) (*appraisal.Comparison, error) {
	opt := appraisal.Options{Set: set, Schedule: schedule}
	if baseline != "" {
		s := p.Scenario(baseline)
		if s == nil {
			return nil, model.NotFound("scenario", baseline)
		}
		opt.Baseline = s.ID
	}
	return outcome.Evaluate(p, opt)
}

func named(s *model.Scenario, names []string) bool {
	for _, n := range names {
		if n == s.Name || n == string(s.ID) {
			return true
		}
	}
	return false
}

func missingName(names []string, have []appraised) string {
	for _, n := range names {
		found := false
		for _, a := range have {
			found = found || a.Name == n
		}
		if !found {
			return n
		}
	}
	return names[len(names)-1]
}

func money(p pounds) string {
	v, sign := float64(p), ""
	if v < 0 {
		v, sign = -v, "−"
	}
	switch {
	case v >= 1e6:
		return fmt.Sprintf("%s£%.2fm", sign, v/1e6)
	case v >= 1e3:
		return fmt.Sprintf("%s£%.0fk", sign, v/1e3)
	}
	return fmt.Sprintf("%s£%.0f", sign, v)
}

func ratio(r *float64) string {
	if r == nil {
		return "none"
	}
	return fmt.Sprintf("%.2f", *r)
}

// knownOf is how much is known of the buildings that a scenario decides on.
func knownOf(a appraised) string {
	if a.Decided == 0 {
		return "decides on none"
	}
	return percent(a.Known.Score)
}

func year(y *int) string {
	if y == nil {
		return "never"
	}
	return model.FinancialYear(*y)
}

// explain prints what a figure is made of, as a tree.
func (t *tool) explain(c *appraisal.Comparison, scenario, figure string) error {
	s := c.Project.Scenario(scenario)
	if s == nil {
		return model.NotFound("scenario", scenario)
	}
	tree, err := appraisal.Explain(c, s.ID, figure)
	if err != nil {
		return err
	}
	if t.json {
		return t.answer(tree)
	}
	t.branch(tree, 0)
	return nil
}

func (t *tool) branch(n *appraisal.Tree, depth int) {
	if n.Kind == "note" {
		fmt.Fprintf(t.out, "%s%s: %s", strings.Repeat("  ", depth), n.Label, n.Note)
	} else {
		fmt.Fprintf(t.out, "%s%s: %s %s", strings.Repeat("  ", depth), n.Label, number(n.Value), n.Unit)
	}
	if n.Grade != "" {
		fmt.Fprintf(t.out, " [%s]", n.Grade)
	}
	if n.Source != "" && n.Kind != "group" {
		fmt.Fprintf(t.out, " — %s", n.Source)
	}
	fmt.Fprintln(t.out)
	for i := range n.Children {
		t.branch(&n.Children[i], depth+1)
	}
}

func number(v float64) string {
	if math.Abs(v) >= 1000 || v == math.Trunc(v) {
		return fmt.Sprintf("%.2f", v)
	}
	return fmt.Sprintf("%.6g", v)
}

// differences prints two runs side by side, with the causes of each difference.
func (t *tool) differences(a, b *appraisal.Comparison) error {
	ds, err := appraisal.Differences(a, b)
	if err != nil {
		return err
	}
	if t.json {
		return t.answer(map[string]any{"from": a.Set, "to": b.Set, "differences": ds})
	}
	fmt.Fprintf(t.out, "From %s to %s\n", a.SetName, b.SetName)
	for _, d := range ds {
		fmt.Fprintf(t.out, "%s, %s: %s to %s %s\n", d.Name, d.Figure, number(d.From), number(d.To), d.Unit)
		for _, c := range d.Causes {
			fmt.Fprintf(t.out, "    %s: %+.2f\n", c.Label, c.Value)
		}
	}
	return nil
}
