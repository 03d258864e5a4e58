package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/rationalise"
	"github.com/planting-the-flag/flagstone/model/store"
)

func (t *tool) optimiseCommand() *cobra.Command {
	var s search
	var g goals
	var saveAs string
	var explain []string
	c := &cobra.Command{
		Use:   "optimise FILE",
		Short: "Look for the best plan of a project and say how far it may be from the best possible",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := s.options(t, cmd); err != nil {
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
			var assets []model.AssetID
			for _, name := range explain {
				asset, err := assetNamed(p, name)
				if err != nil {
					return err
				}
				assets = append(assets, asset)
			}
			spec, err := g.read(cmd, p)
			if err != nil {
				return err
			}
			b, err := g.build(p, spec)
			if err != nil {
				return err
			}
			opt := s.again(t)
			end := s.watch(t, cmd, &opt, func(cost, bound float64) string {
				return fmt.Sprintf("worth %s, no plan more than %s", money(pounds(-cost*1000)), money(pounds(-bound*1000)))
			})
			plan, err := rationalise.Solve(cmd.Context(), b, newScenario(p), name, opt)
			end()
			if err != nil {
				return err
			}
			out := answerOf(b, name, plan)
			out.Wall = s.wall(plan.Solver.Wall)
			if err := s.draw(true); err != nil {
				return err
			}
			if saveAs != "" {
				if err := f.Do(store.PutScenario{Scenario: plan.Scenario}); err != nil {
					return err
				}
			}
			if len(assets) > 0 && plan.Solver.Status != optimise.StatusInfeasible && cmd.Context().Err() == nil {
				if err := t.otherWays(cmd.Context(), &s, b, plan, assets, func(id model.AssetID) string { return names(p, []model.AssetID{id}) }, &out); err != nil {
					return err
				}
			}
			if t.json {
				if len(out.Whys) == 1 {
					out.Whys = nil // it is in Why or WhyNot
				}
				return t.answer(out)
			}
			t.tell(out, &s, p)
			return nil
		},
	}
	s.flags(c)
	g.flags(c)
	s.progressFlags(c)
	s.pictureFlags(c, "how plan and bound came together")
	c.Flags().StringVar(&saveAs, "save-as", "", "save the plan as a scenario of this name")
	c.Flags().StringArrayVar(&explain, "explain", nil, "asset whose decision to force the other way, and what the limits cost; may be repeated")
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
