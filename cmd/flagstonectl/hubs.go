package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/access"
	"github.com/planting-the-flag/flagstone/model/rationalise"
)

func (t *tool) hubsCommand() *cobra.Command {
	var s search
	var minutes, target float64
	var mode string
	c := &cobra.Command{
		Use:   "hubs FILE",
		Short: "How many hubs bring how many residents within so many minutes",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := s.sites(t, cmd)
			if err != nil {
				return err
			}
			spec := rationalise.HubSpec{Minutes: minutes, Target: target}
			for _, m := range access.Modes {
				if strings.HasSuffix(m.Name, mode) {
					spec.Mode = m
				}
			}
			if spec.Mode.KmH == 0 {
				return usage{fmt.Errorf("--mode is foot, bus or car, not %q", mode)}
			}
			f, err := t.read(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			p := f.Project()
			cs, err := rationalise.Hubs(cmd.Context(), p, spec, o)
			if err != nil {
				return err
			}
			type row struct {
				Hubs   int             `json:"hubs"`
				Share  float64         `json:"share"`
				Bound  float64         `json:"bound"`
				People float64         `json:"people"`
				Proven bool            `json:"proven"`
				Open   []model.AssetID `json:"open"`
			}
			var out []row
			var rows [][]string
			for _, c := range cs {
				out = append(out, row{c.Hubs, c.Share, c.Bound, c.People, c.Proven, c.Open})
				var names []string
				for _, id := range c.Open {
					if a := p.Asset(id); a != nil {
						names = append(names, a.Name)
					}
				}
				proof := "proven best"
				if !c.Proven {
					proof = fmt.Sprintf("at most %.1f%%", 100*c.Bound)
				}
				rows = append(rows, []string{fmt.Sprint(c.Hubs), fmt.Sprintf("%.1f%%", 100*c.Share), fmt.Sprintf("%.0f", c.People), proof, strings.Join(names, "; ")})
			}
			return t.listing("coverage", []string{"Hubs", "Within reach", "Residents", "Proof", "Where"}, rows, out)
		},
	}
	s.flags(c)
	c.Flags().Float64Var(&minutes, "minutes", 20, "travel time that counts as near")
	c.Flags().Float64Var(&target, "target", 0.95, "share of residents at which to stop")
	c.Flags().StringVar(&mode, "mode", "foot", "foot, bus or car")
	return c
}
