package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/model/optimise"
)

// solved is the answer of the solve command.
type solved struct {
	*optimise.Result
	Why *optimise.Explanation `json:"explanation,omitempty"`
}

func (t *tool) solveCommand() *cobra.Command {
	var s search
	var explain string
	c := &cobra.Command{
		Use:   "solve PROBLEM.json",
		Short: "Solve a rationalisation problem and say how far the plan is from the best",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := s.options(t, cmd); err != nil {
				return err
			}
			f, err := os.Open(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			p, err := optimise.Read(f)
			if err != nil {
				return unusable{args[0], err}
			}
			opt := s.again(t)
			end := s.watch(t, cmd, &opt, func(cost, bound float64) string {
				return fmt.Sprintf("plan %.0f, no plan below %.0f (£ thousand)", cost, bound)
			})
			r, err := optimise.Solve(cmd.Context(), p, opt)
			end()
			if err != nil {
				return err
			}
			r.Wall = s.wall(r.Wall)
			if err := s.draw(false); err != nil {
				return err
			}
			out := solved{Result: r}
			if explain != "" && r.Status != optimise.StatusInfeasible && cmd.Context().Err() == nil {
				e, err := optimise.Explain(cmd.Context(), p, r, explain, s.again(t))
				if err != nil {
					return err
				}
				e.Result.Wall = s.wall(e.Result.Wall)
				out.Why = e
			}
			return t.answer(out)
		},
	}
	s.flags(c)
	s.progressFlags(c)
	s.pictureFlags(c, "how plan and bound came together")
	c.Flags().StringVar(&explain, "explain", "", "building whose decision to force the other way")
	return c
}
