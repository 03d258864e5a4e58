package main

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/rationalise"
	"github.com/planting-the-flag/flagstone/model/rationalise/proof"
	"github.com/planting-the-flag/flagstone/model/store"
	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/planchart"
)

// tradePoint is a plan of the frontier. Other and UsedOf are those of the second
// axis, where there are two.
type tradePoint struct {
	Number int      `json:"number"`
	Limit  float64  `json:"limit"`
	Used   float64  `json:"used"`
	Other  *float64 `json:"second_limit,omitempty"`
	UsedOf *float64 `json:"second_used,omitempty"`
	Status string   `json:"status"`
	NPSV   *pounds  `json:"npsv"`
	Bound  pounds   `json:"npsv_bound"`
	Gap    *pounds  `json:"gap_pounds"`
	Price  pounds   `json:"npsv_per_unit"` // of one more unit of the first limit, against the next looser point
	Unit   string   `json:"unit"`
	Words  string   `json:"price_words,omitempty"`
	Capex  pounds   `json:"capex"`
	Carbon float64  `json:"carbon_t_total"`
	Plan   *planned `json:"plan,omitempty"`
}

// planned is a plan in full.
type planned struct {
	Decisions  map[string]string `json:"decisions"`
	Assignment map[string]string `json:"assignment"`
}

func (t *tool) frontierCommand() *cobra.Command {
	var s search
	var points int
	var axes, saves []string
	g := goals{defaults: usualMeasures}
	c := &cobra.Command{
		Use:   "frontier FILE",
		Short: "Trade value against carbon, capital, residents' access, or two of them at once; each point a plan with its bound",
		Long: `Looks for the best plan at several limits, from the tightest that any plan can keep to the loosest that still binds.

With one --axis the points are along it; with two, every limit of the first is combined with every limit of the second.
Axes: carbon (in the last year, or carbon:2035), capital (in the year of change, or capital:2030), access (visits × km
moved), residents (share not within reach of a public building).`,
		Example: `  flagstonectl frontier place.flagstone --axis carbon --points 10 --picture carbon.svg
  flagstonectl frontier place.flagstone --axis carbon:2035 --axis residents --points 8 --save "12=Balanced plan"`,
		Args: exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := s.options(t, cmd); err != nil {
				return err
			}
			if len(axes) > 2 {
				return usage{fmt.Errorf("--axis can be given once or twice, not %d times", len(axes))}
			}
			if points < 2 || points > 100 || len(axes) == 2 && points > 20 {
				return usage{fmt.Errorf("--points %d: 2 to 100 are possible, 2 to 20 a side with two axes", points)}
			}
			wanted, err := savings(saves)
			if err != nil {
				return err
			}
			open := t.read
			if len(wanted) > 0 {
				open = t.write
			}
			f, err := open(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			p := f.Project()
			for _, w := range wanted {
				if p.Scenario(w.name) != nil {
					return fmt.Errorf("%w: there is already a scenario %q", model.ErrConflict, w.name)
				}
			}
			spec, err := g.read(cmd, p)
			if err != nil {
				return err
			}
			b, err := g.build(p, spec)
			if err != nil {
				return err
			}
			var flat []rationalise.Point
			var first *rationalise.Axis
			var second *rationalise.Axis
			var picture *chart.Chart
			if len(axes) == 2 {
				plane, err := rationalise.Grid(cmd.Context(), b, [2]string{axes[0], axes[1]}, [2]int{points, points}, s.again(t))
				if err != nil {
					return axisUsage(err)
				}
				first, second = &plane.Axes[0], &plane.Axes[1]
				for _, row := range plane.Points {
					flat = append(flat, row...)
				}
				picture = gridChart(plane)
			} else {
				a, ps, err := rationalise.Trade(cmd.Context(), b, axes[0], points, s.again(t))
				if err != nil {
					return axisUsage(err)
				}
				first, flat = a, ps
				picture = planchart.Frontier(kept(flat), -1)
			}
			if s.picture != "" && picture != nil {
				if err := writePicture(s.picture, picture); err != nil {
					return err
				}
			}
			for _, w := range wanted {
				if w.number > len(flat) || flat[w.number-1].Plan == nil {
					return fmt.Errorf("%w: point %d has no plan to save", model.ErrConflict, w.number)
				}
				sc := flat[w.number-1].Plan.Scenario
				sc.ID, sc.Name = newScenario(f.Project()), w.name
				for i := range sc.Actions {
					sc.Actions[i].ID = model.ActionID(fmt.Sprintf("%s.%d", sc.ID, i+1))
				}
				if err := f.Do(store.PutScenario{Scenario: sc}); err != nil {
					return err
				}
			}
			return t.frontierAnswer(b, first, second, flat)
		},
	}
	s.flags(c)
	s.pictureFlags(c, "the plans and their bounds")
	g.flags(c)
	c.Flags().IntVar(&points, "points", 10, "points on the frontier, 2 to 100; with two axes points a side, 2 to 20")
	c.Flags().StringArrayVar(&axes, "axis", []string{rationalise.AxisCarbon}, "carbon, capital, access or residents; a second one makes a grid")
	c.Flags().StringArrayVar(&saves, "save", nil, "save a point as a scenario: \"3=Balanced plan\"; may be repeated")
	return c
}

// saving is a point to be kept as a scenario.
type saving struct {
	number int
	name   string
}

func savings(list []string) ([]saving, error) {
	var out []saving
	for _, v := range list {
		number, name, _ := strings.Cut(v, "=")
		n, err := strconv.Atoi(strings.TrimSpace(number))
		if name = strings.TrimSpace(name); err != nil || n < 1 || name == "" {
			return nil, usage{fmt.Errorf("--save %q: write the number of a point and a name, as \"3=Balanced plan\"", v)}
		}
		out = append(out, saving{n, name})
	}
	return out, nil
}

// axisUsage says of --axis what is wrong with an axis.
func axisUsage(err error) error {
	var field *model.FieldError
	if errors.As(err, &field) && field.Field == "axis" {
		return usage{fmt.Errorf("--axis: %s", field.Sentence)}
	}
	return err
}

// kept is the trade as evidence has it.
func kept(ps []rationalise.Point) *proof.Trade {
	for _, p := range ps {
		if p.Plan != nil {
			if e, _, ok := proof.Read(p.Plan.Scenario.Description); ok {
				return e.Trade
			}
		}
	}
	return nil
}

func gridChart(plane *rationalise.Plane) *chart.Chart {
	limits, names, npsv, bound := plane.Cells()
	return planchart.Grid(plane.Axes[0].What, plane.Axes[1].What, limits, names, npsv, bound)
}

// frontierAnswer writes the points as JSON or as a table with the prices under
// it.
func (t *tool) frontierAnswer(b *rationalise.Problem, first, second *rationalise.Axis, ps []rationalise.Point) error {
	var out []tradePoint
	var rows [][]string
	for i := range ps {
		p := &ps[i]
		q := tradePoint{Number: i + 1, Limit: p.Limit, Used: p.Used, Status: p.Status, Bound: pounds(p.Bound), Price: pounds(p.Price), Unit: first.One}
		if second != nil {
			q.Other, q.UsedOf = &p.Other, &p.UsedOf
		} else if i+1 < len(ps) {
			q.Words = first.PriceWords(p, &ps[i+1])
		}
		row := []string{strconv.Itoa(q.Number), first.Amount(p.Limit)}
		if second != nil {
			row = append(row, second.Amount(p.Other))
		}
		if p.Plan == nil {
			out = append(out, q)
			rows = append(rows, append(row, "no plan"))
			continue
		}
		v, gap := pounds(p.Plan.NPSV), pounds(math.Max(0, p.Bound-p.Plan.NPSV))
		q.NPSV, q.Gap, q.Capex, q.Carbon = &v, &gap, pounds(p.Plan.Result.Capex), p.Plan.Result.CarbonTotal
		q.Plan = &planned{b.Decisions(p.Plan), p.Plan.Solver.Assignment}
		out = append(out, q)
		rows = append(rows, append(row, money(v), money(q.Bound), q.Status, money(q.Capex), fmt.Sprintf("%.0f t", q.Carbon), money(q.Price)))
	}
	header := []string{"", "At most"}
	if second != nil {
		header = append(header, "and at most")
	}
	header = append(header, "NPSV", "No plan more than", "Status", "Capital", "Carbon", "Worth of "+first.One+" more")
	if !t.json {
		fmt.Fprintf(t.out, "Value against %s", first.What)
		if second != nil {
			fmt.Fprintf(t.out, " and %s", second.What)
		}
		fmt.Fprintln(t.out, ".")
	}
	if err := t.listing("points", header, rows, out); err != nil || t.json {
		return err
	}
	for _, q := range out {
		if q.Words != "" {
			fmt.Fprintf(t.out, "F%s.\n", strings.TrimPrefix(q.Words, "f"))
		}
	}
	return nil
}
