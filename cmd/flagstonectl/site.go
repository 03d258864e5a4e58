package main

import (
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/model/optimise/siting"
)

func (t *tool) siteCommand() *cobra.Command {
	var limit time.Duration
	var work int64
	var seed uint64
	c := &cobra.Command{
		Use:   "site PROBLEM.json",
		Short: "Choose sites for hubs and prove the choice",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := t.budget(limit, work, seed)
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
				return fmt.Errorf("%s: %w", args[0], err)
			}
			r, err := siting.Solve(cmd.Context(), p, siting.Options{Time: o.Time, Clock: o.Clock, WorkLimit: o.WorkLimit, Seed: o.Seed})
			if err != nil {
				return err
			}
			return t.answer(r)
		},
	}
	searchFlags(c, &limit, &work, &seed)
	return c
}
