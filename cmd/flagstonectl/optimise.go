package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/rationalise"
	"github.com/planting-the-flag/flagstone/model/store"
)

// optimised is the answer of the optimise command. Where no plan keeps the
// limits it is the nearest one, and the bound and the gap are left out.
type optimised struct {
	Name       string            `json:"name"`
	Status     string            `json:"status"`
	NPSV       pounds            `json:"npsv"`
	Bound      *pounds           `json:"npsv_bound,omitempty"`
	Gap        *pounds           `json:"gap_pounds,omitempty"`
	GapShare   *float64          `json:"gap,omitempty"`
	Appraised  pounds            `json:"npsv_appraised"`
	Difference pounds            `json:"difference"`
	Capex      pounds            `json:"capex"`
	Carbon     float64           `json:"carbon_t_total"`
	Plan       map[string]string `json:"plan"`
	Assignment map[string]string `json:"assignment"`
	Breaks     []string          `json:"breaks"`
	Impossible bool              `json:"proven_infeasible,omitempty"`
	Relax      string            `json:"relax_first,omitempty"`
	Work       int64             `json:"work"`
	Seed       uint64            `json:"seed"`
	Wall       float64           `json:"wall_s,omitempty"`
	Why        *why              `json:"why,omitempty"`
	WhyNot     string            `json:"why_not,omitempty"` // why the decision cannot be forced
}

type why struct {
	Asset    string   `json:"asset"`
	Decision string   `json:"decision"`
	Forced   string   `json:"forced"`
	Lost     pounds   `json:"npsv_lost"`
	Carbon   float64  `json:"carbon_t_more"`
	Capital  pounds   `json:"capital_more"`
	Services []string `json:"services_elsewhere"`
	Proven   bool     `json:"proven"`
}

func (t *tool) optimiseCommand() *cobra.Command {
	var s search
	var specFile, saveAs, explain string
	c := &cobra.Command{
		Use:   "optimise FILE",
		Short: "Look for the best plan of a project and say how far it may be from the best possible",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := s.options(t, cmd); err != nil {
				return err
			}
			var spec rationalise.Spec
			if err := readSpec(specFile, &spec); err != nil {
				return err
			}
			open := t.read
			if saveAs != "" {
				open = t.write
			}
			f, err := open(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			p := f.Project()
			name := saveAs
			if name == "" {
				name = "Optimised"
			} else if p.Scenario(name) != nil {
				return fmt.Errorf("%w: there is already a scenario %q", model.ErrConflict, name)
			}
			asset := model.AssetID(explain)
			if explain != "" {
				if asset, err = assetNamed(p, explain); err != nil {
					return err
				}
			}
			b, err := rationalise.Build(p, spec)
			if err != nil {
				return err
			}
			opt := s.again(t)
			end := s.live(t, cmd, &opt, func(cost, bound float64) string {
				return fmt.Sprintf("worth %s, no plan more than %s", money(pounds(-cost*1000)), money(pounds(-bound*1000)))
			})
			plan, err := rationalise.Solve(cmd.Context(), b, newScenario(p), name, opt)
			end()
			if err != nil {
				return err
			}
			out := answerOf(name, plan)
			out.Wall = s.wall(plan.Solver.Wall)
			if saveAs != "" {
				if err := f.Do(store.PutScenario{Scenario: plan.Scenario}); err != nil {
					return err
				}
			}
			if explain != "" && plan.Solver.Status != optimise.StatusInfeasible && cmd.Context().Err() == nil {
				out.Why, err = t.why(cmd.Context(), &s, b, plan, asset)
				if errors.Is(err, model.ErrConflict) {
					out.WhyNot = strings.TrimPrefix(err.Error(), model.ErrConflict.Error()+": ")
				} else if err != nil {
					return err
				}
			}
			if t.json {
				return t.answer(out)
			}
			t.tell(out, &s, p)
			return nil
		},
	}
	s.flags(c)
	c.Flags().StringVar(&specFile, "spec", "", "what may be decided and within which limits")
	c.Flags().StringVar(&saveAs, "save-as", "", "save the plan as a scenario of this name")
	c.Flags().StringVar(&explain, "explain", "", "asset whose decision to force the other way")
	return c
}

// newScenario is an identifier that no scenario has.
func newScenario(p *model.Project) model.ScenarioID {
	n := len(p.Scenarios) + 1
	for p.Scenario(fmt.Sprintf("x%d", n)) != nil {
		n++
	}
	return model.ScenarioID(fmt.Sprintf("x%d", n))
}

// assetNamed finds an asset by its identifier or its name.
func assetNamed(p *model.Project, name string) (model.AssetID, error) {
	if a := p.Asset(model.AssetID(name)); a != nil {
		return a.ID, nil
	}
	for i := range p.Assets {
		if strings.EqualFold(p.Assets[i].Name, name) {
			return p.Assets[i].ID, nil
		}
	}
	return "", model.NotFound("asset", name)
}

func answerOf(name string, plan *rationalise.Plan) optimised {
	out := optimised{Name: name, Status: plan.Solver.Status, NPSV: pounds(plan.NPSV), Appraised: pounds(plan.Appraised), Difference: pounds(plan.Difference),
		Capex: pounds(plan.Result.Capex), Carbon: plan.Result.CarbonTotal, Plan: plan.Solver.Actions, Assignment: plan.Solver.Assignment,
		Breaks: append([]string{}, plan.Breaks...), Impossible: plan.Solver.ProvenInfeasible, Relax: plan.RelaxFirst, Work: plan.Solver.Work, Seed: plan.Solver.Seed}
	if plan.Solver.Status != optimise.StatusInfeasible {
		bound, gap, share := pounds(plan.Bound), pounds(plan.Gap), plan.Solver.Gap
		out.Bound, out.Gap, out.GapShare = &bound, &gap, &share
	}
	return out
}

func (t *tool) why(ctx context.Context, s *search, b *rationalise.Problem, plan *rationalise.Plan, asset model.AssetID) (*why, error) {
	w, err := rationalise.Explain(ctx, b, plan, asset, s.again(t))
	if err != nil {
		return nil, err
	}
	out := &why{Asset: string(asset), Decision: w.Decision, Forced: w.Forced, Lost: pounds(w.NPSV), Carbon: w.Carbon, Capital: pounds(w.Capital), Proven: w.Proven, Services: []string{}}
	for _, id := range w.Stay {
		out.Services = append(out.Services, string(id))
	}
	return out, nil
}

// tell puts the answer into sentences.
func (t *tool) tell(out optimised, s *search, p *model.Project) {
	if out.Status == optimise.StatusInfeasible {
		how := "No plan that keeps every limit was found."
		if out.Impossible {
			how = "No plan keeps every limit; that is proven."
		}
		fmt.Fprintf(t.out, "%s The nearest, %s, is worth %s.\n", how, out.Name, money(out.NPSV))
		for _, x := range out.Breaks {
			fmt.Fprintln(t.out, "Breaks:", x)
		}
		if out.Relax != "" {
			fmt.Fprintf(t.out, "Relax first: %s.\n", out.Relax)
		}
		return
	}
	fmt.Fprintf(t.out, "%s: net present social value %s; no plan within the limits can be worth more than %s: at most %s is left on the table (%s).\n",
		out.Name, money(out.NPSV), money(*out.Bound), money(*out.Gap), out.Status)
	for _, x := range out.Breaks {
		fmt.Fprintln(t.out, "Breaks:", x)
	}
	if w := out.Why; w != nil {
		name := w.Asset
		if a := p.Asset(model.AssetID(w.Asset)); a != nil {
			name = a.Name
		}
		proof := "indicative: one of the two plans is not proven best"
		if w.Proven {
			proof = "proven"
		}
		fmt.Fprintf(t.out, "%s: the plan is to %s. To %s instead would lose %s, take %s more capital and emit %.0f t more; %d services would sit elsewhere (%s).\n",
			name, w.Decision, w.Forced, money(w.Lost), money(w.Capital), w.Carbon, len(w.Services), proof)
	}
	if out.WhyNot != "" {
		fmt.Fprintf(t.out, "The decision cannot be forced the other way: %s.\n", out.WhyNot)
	}
	fmt.Fprintf(t.out, "To repeat this run exactly: %s.\n", s.repeat(out.Work))
}
