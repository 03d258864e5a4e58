package main

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/model/risk"
)

// spreadOf is an uncertain amount in JSON.
type spreadOf struct {
	Planned  pounds    `json:"planned"`
	P10      pounds    `json:"p10"`
	P50      pounds    `json:"p50"`
	P90      pounds    `json:"p90"`
	Mean     pounds    `json:"mean"`
	SD       pounds    `json:"sd"`
	Best     float64   `json:"chance_best"`
	Negative float64   `json:"chance_negative"`
	Ranks    []float64 `json:"rank_share"` // share of draws in which it comes first, second, …
	Error    errorOf   `json:"convergence_error"`
}

// errorOf is how far more draws could move the figures.
type errorOf struct {
	Mean     pounds  `json:"mean"`     // standard error
	Quantile pounds  `json:"quantile"` // half the 95 % interval of P10, P50 or P90
	Chance   float64 `json:"chance"`   // standard error of a chance, at its widest
}

type riskScenario struct {
	Name string `json:"name"`
	spreadOf
	NPVPublic spreadOf  `json:"npv_public"`
	Open      spreadOf  `json:"npsv_before_exempt"`
	Tornado   []swingOf `json:"tornado"`
}

type swingOf struct {
	Key    string      `json:"key"`
	Label  string      `json:"label"`
	Unit   string      `json:"unit"`
	Grade  model.Grade `json:"grade"`
	Now    float64     `json:"now"`
	LowAt  float64     `json:"p10_at"`
	HighAt float64     `json:"p90_at"`
	Low    pounds      `json:"npsv_at_p10"`
	High   pounds      `json:"npsv_at_p90"`
	Width  pounds      `json:"swing"`
}

type driverOf struct {
	Key   string      `json:"key"`
	Label string      `json:"label"`
	Unit  string      `json:"unit"`
	Grade model.Grade `json:"grade"`
	Kind  risk.Kind   `json:"distribution"`
	Now   float64     `json:"now"`
	P10   float64     `json:"p10"`
	P50   float64     `json:"p50"`
	P90   float64     `json:"p90"`
	Given bool        `json:"given"`
}

func (t *tool) riskCommand() *cobra.Command {
	var scenario, specFile string
	var draws int
	var seed uint64
	c := &cobra.Command{
		Use:   "risk FILE",
		Short: "Say how sure the value of each option is and what moves it most",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if draws < 1 || draws > risk.MaxDraws {
				return usage{fmt.Errorf("--draws must be 1 to %d", risk.MaxDraws)}
			}
			f, err := t.read(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			p := f.Project()
			cmp, err := evaluate(p, "", "", "")
			if err != nil {
				return err
			}
			about := outcome.Preferred(cmp)
			if scenario != "" {
				s := p.Scenario(scenario)
				if s == nil {
					return model.NotFound("scenario", scenario)
				}
				about = s.ID
			}
			var m *risk.Model
			if specFile == "" {
				m, err = risk.Default(cmd.Context(), cmp)
			} else {
				var data []byte
				if data, err = os.ReadFile(specFile); err != nil {
					return err
				}
				m, err = risk.ParseSpec(cmd.Context(), data, cmp)
			}
			if err != nil {
				return err
			}
			r, err := risk.Run(cmd.Context(), cmp, m, risk.Options{Draws: draws, Seed: seed})
			if err != nil {
				return err
			}
			if t.json {
				return t.answer(riskAnswer(r, about))
			}
			return t.riskText(r, about)
		},
	}
	c.Flags().StringVar(&scenario, "scenario", "", "scenario whose drivers to show; the best when left out")
	c.Flags().IntVar(&draws, "draws", risk.DefaultDraws, "how many times to draw")
	c.Flags().Uint64Var(&seed, "seed", 1, "seed of the draws: the same seed gives the same answer")
	c.Flags().StringVar(&specFile, "spec", "", "ranges and correlations instead of those by evidence grade")
	return c
}

func riskAnswer(r *risk.Result, about model.ScenarioID) map[string]any {
	var scenarios []riskScenario
	var tornado []swingOf
	name := ""
	for i := range r.Options {
		o := &r.Options[i]
		s := riskScenario{Name: o.Name, spreadOf: spreadJSON(&o.NPSV, r.Draws), NPVPublic: spreadJSON(&o.NPVPublic, r.Draws), Open: spreadJSON(&o.Open, r.Draws), Tornado: []swingOf{}}
		for _, w := range o.Tornado {
			s.Tornado = append(s.Tornado, swingOf{Key: w.Key, Label: w.Label, Unit: w.Unit, Grade: w.Grade, Now: six(w.Now), LowAt: six(w.LowAt), HighAt: six(w.HighAt),
				Low: pounds(w.NPSV[0]), High: pounds(w.NPSV[1]), Width: pounds(w.Width())})
		}
		if o.ID == about {
			name, tornado = o.Name, s.Tornado
		}
		scenarios = append(scenarios, s)
	}
	drivers := []driverOf{}
	for i := range r.Drivers {
		d := &r.Drivers[i]
		drivers = append(drivers, driverOf{Key: d.Key, Label: d.Label, Unit: d.Unit, Grade: d.Grade, Kind: d.Dist.Kind, Now: six(d.Now), P10: six(d.At(0.1)), P50: six(d.At(0.5)), P90: six(d.At(0.9)), Given: d.Given})
	}
	return map[string]any{"scenario": name, "draws": r.Draws, "seed": r.Seed, "baseline": r.Baseline, "scenarios": scenarios, "tornado": tornado, "drivers": drivers,
		"same_order": r.SameOrder, "notes": append([]string{}, r.Notes...)}
}

func spreadJSON(s *risk.Spread, draws int) spreadOf {
	chance := math.Max(s.Best*(1-s.Best), s.Negative*(1-s.Negative))
	return spreadOf{Planned: pounds(s.Planned), P10: pounds(s.P10), P50: pounds(s.P50), P90: pounds(s.P90), Mean: pounds(s.Mean), SD: pounds(s.SD), Best: s.Best, Negative: s.Negative,
		Ranks: figuresOf(s.Rank), Error: errorOf{pounds(s.MeanError), pounds(s.QuantileError), six(math.Sqrt(chance / float64(draws)))}}
}

// six rounds to six significant digits, which is more than anybody knows of a driver.
func six(v float64) float64 {
	if v == 0 {
		return 0
	}
	f := math.Pow(10, 5-math.Floor(math.Log10(math.Abs(v))))
	if r := math.Round(v*f) / f; model.Finite(r) {
		return r
	}
	return v
}

func (t *tool) riskText(r *risk.Result, about model.ScenarioID) error {
	var rows [][]string
	for i := range r.Options {
		o := &r.Options[i]
		if o.ID == r.Baseline {
			continue
		}
		s := &o.NPSV
		rows = append(rows, []string{o.Name, money(pounds(s.Planned)), money(pounds(s.P10)), money(pounds(s.P50)), money(pounds(s.P90)), money(pounds(s.Mean)), chance(s.Best), chance(s.Negative)})
	}
	if len(rows) == 0 {
		fmt.Fprintln(t.out, "There is nothing besides the baseline, so nothing is at risk.")
		return nil
	}
	if err := t.table([]string{"NPSV", "As planned", "P10", "P50", "P90", "Mean", "Chance of being best", "Chance of a loss"}, rows); err != nil {
		return err
	}
	o := r.Option(about)
	if o == nil || o.ID == r.Baseline {
		return nil
	}
	fmt.Fprintf(t.out, "\nWhat moves %s most, each alone from its P10 to its P90:\n", o.Name)
	rows = nil
	for i, w := range o.Tornado {
		if i == 12 {
			break
		}
		rows = append(rows, []string{w.Label, rangeOf(&w), money(pounds(w.NPSV[0])), money(pounds(w.NPSV[1])), string(w.Grade)})
	}
	if err := t.table([]string{"Driver", "Between", "NPSV at P10", "NPSV at P90", "Evidence"}, rows); err != nil {
		return err
	}
	fmt.Fprintf(t.out, "\n%d draws, seed %d. More draws could move the mean by about %s and the ends by about %s. The options keep their order in %s of draws.\n",
		r.Draws, r.Seed, money(pounds(2*o.NPSV.MeanError)), money(pounds(o.NPSV.QuantileError)), chance(r.SameOrder))
	for _, n := range r.Notes {
		fmt.Fprintln(t.out, "Note:", n)
	}
	return nil
}

// rangeOf says between which values a driver goes.
func rangeOf(w *risk.Swing) string {
	if strings.HasPrefix(w.Key, "index:") {
		return "low to high case"
	}
	write := func(v float64) string {
		switch a := math.Abs(v); {
		case a >= 100:
			return strconv.FormatFloat(math.Round(v), 'f', 0, 64)
		case a >= 10:
			return fmt.Sprintf("%.1f", v)
		case a >= 1:
			return fmt.Sprintf("%.2f", v)
		}
		return fmt.Sprintf("%.3g", v)
	}
	return write(w.LowAt) + " to " + write(w.HighAt) + " " + w.Unit
}

// chance writes a share of draws.
func chance(p float64) string {
	switch {
	case p > 0 && p < 0.005:
		return "under 1 %"
	case p < 1 && p > 0.995:
		return "over 99 %"
	}
	return fmt.Sprintf("%.0f %%", p*100)
}
