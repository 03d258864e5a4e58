package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/reports/pdf/check"
)

func (t *tool) checkPDFCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check-pdf PAPER.pdf…",
		Short: "Hold papers to the conditions of PDF/UA-1 that a machine can check",
		Args:  between(1, -1),
		RunE: func(_ *cobra.Command, args []string) error {
			found := map[string][]string{}
			bad := 0
			for _, path := range args {
				data, err := os.ReadFile(path)
				if err != nil {
					return err
				}
				found[path] = []string{}
				for _, p := range check.Run(data) {
					found[path] = append(found[path], p.String())
					bad++
				}
			}
			if t.json {
				if err := t.answer(map[string]any{"papers": found, "problems": bad}); err != nil {
					return err
				}
			} else {
				for _, path := range args {
					if len(found[path]) == 0 {
						fmt.Fprintf(t.out, "%s: nothing found\n", path)
					}
					for _, p := range found[path] {
						fmt.Fprintf(t.out, "%s: %s\n", path, p)
					}
				}
			}
			if bad > 0 {
				return fmt.Errorf("%d conditions of PDF/UA-1 are not met", bad)
			}
			return nil
		},
	}
}
