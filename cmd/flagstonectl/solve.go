package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/rationalise"
	"github.com/planting-the-flag/flagstone/model/store"
)

// budget turns the flags of a search into the solver's options.
func (t *tool) budget(limit time.Duration, work int64, seed uint64) (optimise.Options, error) {
	if limit < 0 || work < 0 || limit == 0 && work == 0 {
		return optimise.Options{}, usage{fmt.Errorf("--time must be longer than 0")}
	}
	start := t.now()
	return optimise.Options{Time: limit, WorkLimit: work, Seed: seed, Clock: func() time.Duration { return t.now().Sub(start) }}, nil
}

func (t *tool) solveCommand() *cobra.Command {
	var limit time.Duration
	var work int64
	var seed uint64
	c := &cobra.Command{
		Use:   "solve PROBLEM.json",
		Short: "Solve a rationalisation problem and say how far the plan is from the best",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			opt, err := t.budget(limit, work, seed)
			if err != nil {
				return err
			}
			f, err := os.Open(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			p, err := optimise.Read(f)
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			r, err := optimise.Solve(cmd.Context(), p, opt)
			if err != nil {
				return err
			}
			return t.answer(r)
		},
	}
	searchFlags(c, &limit, &work, &seed)
	return c
}

func searchFlags(c *cobra.Command, limit *time.Duration, work *int64, seed *uint64) {
	c.Flags().DurationVar(limit, "time", time.Minute, "longest time to search")
	c.Flags().Int64Var(work, "work", 0, "stop after this much work instead, to repeat a run exactly")
	c.Flags().Uint64Var(seed, "seed", 1, "seed of the search")
}

// optimised is the answer of the optimise command.
type optimised struct {
	Name       string            `json:"name"`
	Status     string            `json:"status"`
	NPSV       pounds            `json:"npsv"`
	Bound      pounds            `json:"npsv_bound"`
	Gap        pounds            `json:"gap_pounds"`
	GapShare   float64           `json:"gap"`
	Appraised  pounds            `json:"npsv_appraised"`
	Difference pounds            `json:"difference"`
	Capex      pounds            `json:"capex"`
	Carbon     float64           `json:"carbon_t_total"`
	Plan       map[string]string `json:"plan"`
	Assignment map[string]string `json:"assignment"`
	Breaks     []string          `json:"breaks"`
	Work       int64             `json:"work"`
	Wall       float64           `json:"wall_s"`
	Why        *why              `json:"why,omitempty"`
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
	var limit time.Duration
	var work int64
	var seed uint64
	var specFile, saveAs, explain string
	c := &cobra.Command{
		Use:   "optimise FILE",
		Short: "Look for the best plan of a project and say how far it may be from the best possible",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			opt, err := t.budget(limit, work, seed)
			if err != nil {
				return err
			}
			var spec rationalise.Spec
			if specFile != "" {
				data, err := os.ReadFile(specFile)
				if err != nil {
					return err
				}
				if err := json.Unmarshal(data, &spec); err != nil {
					return model.Invalid("spec", fmt.Sprintf("%s cannot be read: %v", specFile, err))
				}
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
			b, err := rationalise.Build(p, spec)
			if err != nil {
				return err
			}
			id := model.ScenarioID(fmt.Sprintf("x%d", len(p.Scenarios)+1))
			for n := len(p.Scenarios) + 2; p.Scenario(string(id)) != nil; n++ {
				id = model.ScenarioID(fmt.Sprintf("x%d", n))
			}
			plan, err := rationalise.Solve(cmd.Context(), b, id, name, opt)
			if err != nil {
				return err
			}
			out := optimised{Name: name, Status: plan.Solver.Status, NPSV: pounds(plan.NPSV), Bound: pounds(plan.Bound), Gap: pounds(plan.Gap),
				Appraised: pounds(plan.Appraised), Difference: pounds(plan.Difference), Capex: pounds(plan.Result.Capex), Carbon: plan.Result.CarbonTotal,
				Plan: plan.Solver.Actions, Assignment: plan.Solver.Assignment, Breaks: append([]string{}, plan.Breaks...), Work: plan.Solver.Work, Wall: plan.Solver.Wall}
			if plan.NPSV != 0 {
				out.GapShare = plan.Gap / plan.NPSV
			}
			if explain != "" {
				again := opt
				start := t.now()
				again.Clock = func() time.Duration { return t.now().Sub(start) }
				w, err := rationalise.Explain(cmd.Context(), b, plan, model.AssetID(explain), again)
				if err != nil {
					return err
				}
				out.Why = &why{Asset: explain, Decision: w.Decision, Forced: w.Forced, Lost: pounds(w.NPSV), Carbon: w.Carbon, Capital: pounds(w.Capital), Proven: w.Proven, Services: []string{}}
				for _, s := range w.Stay {
					out.Why.Services = append(out.Why.Services, string(s))
				}
			}
			if saveAs != "" {
				if err := f.Do(store.PutScenario{Scenario: plan.Scenario}); err != nil {
					return err
				}
			}
			if t.json {
				return t.answer(out)
			}
			fmt.Fprintf(t.out, "%s: net present social value %s; no plan within the limits can be worth more than %s: at most %s is left on the table (%s).\n",
				name, money(out.NPSV), money(out.Bound), money(out.Gap), out.Status)
			for _, x := range out.Breaks {
				fmt.Fprintln(t.out, "Breaks:", x)
			}
			if w := out.Why; w != nil {
				fmt.Fprintf(t.out, "%s is to %s. To %s instead would lose %s and emit %.0f t more; %d services would sit elsewhere.\n", w.Asset, w.Decision, w.Forced, money(w.Lost), w.Carbon, len(w.Services))
			}
			return nil
		},
	}
	searchFlags(c, &limit, &work, &seed)
	c.Flags().StringVar(&specFile, "spec", "", "what may be decided and within which limits")
	c.Flags().StringVar(&saveAs, "save-as", "", "save the plan as a scenario of this name")
	c.Flags().StringVar(&explain, "explain", "", "asset whose decision to force the other way")
	return c
}
