package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/model/rationalise"
)

func (t *tool) frontierCommand() *cobra.Command {
	var s search
	var points int
	var axis, specFile string
	c := &cobra.Command{
		Use:   "frontier FILE",
		Short: "Trade value against carbon, capital or access, each point a plan with its bound",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := s.options(t, cmd); err != nil {
				return err
			}
			spec := rationalise.Spec{Measures: []string{"insulation", "bms", "led", "heatpump"}}
			if err := readSpec(specFile, &spec); err != nil {
				return err
			}
			f, err := t.read(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			b, err := rationalise.Build(f.Project(), spec)
			if err != nil {
				return err
			}
			ps, err := rationalise.Frontier(cmd.Context(), b, axis, points, s.again(t))
			if err != nil {
				return err
			}
			type point struct {
				Limit  float64 `json:"limit"`
				Used   float64 `json:"used"`
				Status string  `json:"status"`
				NPSV   *pounds `json:"npsv"`
				Bound  pounds  `json:"npsv_bound"`
				Price  pounds  `json:"npsv_per_unit"`
				Capex  pounds  `json:"capex"`
				Carbon float64 `json:"carbon_t_total"`
			}
			var out []point
			var rows [][]string
			for _, p := range ps {
				q := point{Limit: p.Limit, Used: p.Used, Status: p.Status, Bound: pounds(p.Bound), Price: pounds(p.Price)}
				npsv := "no plan"
				if p.Plan != nil {
					v := pounds(p.Plan.NPSV)
					q.NPSV, q.Capex, q.Carbon = &v, pounds(p.Plan.Result.Capex), p.Plan.Result.CarbonTotal
					npsv = money(v)
				}
				out = append(out, q)
				rows = append(rows, []string{fmt.Sprintf("%.0f", q.Limit), fmt.Sprintf("%.0f", q.Used), npsv, money(q.Bound), q.Status, money(q.Capex), fmt.Sprintf("%.0f t", q.Carbon), money(q.Price)})
			}
			return t.listing("points", []string{"Limit", "Used", "NPSV", "At most", "Status", "Capital", "Carbon", "One more unit"}, rows, out)
		},
	}
	s.flags(c)
	c.Flags().IntVar(&points, "points", 10, "points on the frontier, 2 to 100")
	c.Flags().StringVar(&axis, "axis", rationalise.AxisCarbon, "carbon, capital or access")
	c.Flags().StringVar(&specFile, "spec", "", "what may be decided and within which limits")
	return c
}
