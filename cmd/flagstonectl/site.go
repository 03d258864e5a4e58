package main

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/model/optimise/siting"
)

func (t *tool) siteCommand() *cobra.Command {
	var s search
	c := &cobra.Command{
		Use:   "site PROBLEM.json",
		Short: "Choose sites for hubs and prove the choice",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := s.sites(t, cmd)
			if err != nil {
				return err
			}
			f, err := os.Open(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			p, err := siting.Read(f)
			if err != nil {
				return unusable{args[0], err}
			}
			r, err := siting.Solve(cmd.Context(), p, o)
			if err != nil {
				return err
			}
			r.Wall = s.wall(r.Wall)
			return t.answer(r)
		},
	}
	s.flags(c)
	return c
}
