package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/model/reference"
	"github.com/planting-the-flag/flagstone/model/store"
)

func (t *tool) newCommand() *cobra.Command {
	p := &model.Project{Currency: "GBP"}
	c := &cobra.Command{
		Use:   "new FILE",
		Short: "Make an empty project",
		Args:  exactly(1),
		RunE: func(_ *cobra.Command, args []string) error {
			set, err := reference.Load(p.ParameterSet)
			if err != nil {
				return err
			}
			p.PriceBase, p.Currency = set.PriceBase, set.Currency
			if p.Name == "" {
				p.Name = strings.TrimSuffix(baseName(args[0]), ".flagstone")
			}
			if err := p.Validate(); err != nil {
				return err
			}
			p.Scenarios = []model.Scenario{{ID: "x1", Name: "Business as usual", Kind: model.BusinessAsUsual,
				Description: "Nothing is decided: every building runs on and its backlog grows."}}
			f, err := store.Create(args[0], p, t.options())
			if err != nil {
				return err
			}
			if err := f.Close(); err != nil {
				return err
			}
			if t.json {
				return t.answer(map[string]any{"file": args[0], "name": p.Name, "base_year": p.BaseYear, "horizon": p.Horizon,
					"parameters": p.ParameterSet, "price_base": p.PriceBase})
			}
			fmt.Fprintf(t.out, "Made %s: %s, %d years from %s, %s.\n", args[0], p.Name, p.Horizon, model.FinancialYear(p.BaseYear), p.ParameterSet)
			return nil
		},
	}
	c.Flags().StringVar(&p.Name, "name", "", "name of the project")
	c.Flags().IntVar(&p.BaseYear, "base-year", 2026, "first financial year, by the calendar year it begins in")
	c.Flags().IntVar(&p.Horizon, "horizon", 30, "years appraised, 1 to 100")
	c.Flags().StringVar(&p.ParameterSet, "parameters", "greenbook-2026-02", "parameter set")
	return c
}

func baseName(path string) string {
	path = strings.ReplaceAll(path, "\\", "/")
	return path[strings.LastIndex(path, "/")+1:]
}

func (t *tool) scenarioCommand() *cobra.Command {
	c := &cobra.Command{Use: "scenario add|copy|remove|list FILE …", Short: "Add, copy, remove or list scenarios",
		RunE: func(*cobra.Command, []string) error {
			return usage{fmt.Errorf("scenario takes add, copy, remove or list")}
		}}
	c.AddCommand(
		&cobra.Command{Use: "add FILE SPEC.json", Short: "Add the scenario described in a file", Args: exactly(2), RunE: func(_ *cobra.Command, args []string) error {
			data, err := os.ReadFile(args[1])
			if err != nil {
				return err
			}
			return t.change(args[0], func(p *model.Project) (store.Command, any, error) {
				s, err := action.ParseSpec(data, p)
				if err != nil {
					return nil, nil, fmt.Errorf("%s: %w", args[1], err)
				}
				if old := p.Scenario(s.Name); old != nil {
					return nil, nil, fmt.Errorf("%w: there is already a scenario %q; remove it or choose another name", model.ErrConflict, s.Name)
				}
				set, err := outcome.Set(p, "")
				if err != nil {
					return nil, nil, err
				}
				plan, err := action.Build(p, &s, outcome.Book(p, set))
				if err != nil {
					return nil, nil, err
				}
				conflicts := []string{}
				for _, k := range plan.Conflicts {
					conflicts = append(conflicts, k.Message)
				}
				return store.PutScenario{Scenario: s}, map[string]any{"id": s.ID, "name": s.Name, "actions": len(s.Actions),
					"streams": len(plan.Streams), "conflicts": conflicts}, nil
			})
		}},
		&cobra.Command{Use: "copy FILE NAME NEW-NAME", Short: "Copy a scenario under a new name", Args: exactly(3), RunE: func(_ *cobra.Command, args []string) error {
			return t.change(args[0], func(p *model.Project) (store.Command, any, error) {
				if p.Scenario(args[2]) != nil {
					return nil, nil, fmt.Errorf("%w: there is already a scenario %q", model.ErrConflict, args[2])
				}
				s, err := action.Spec{Name: args[2], CopyOf: args[1]}.Resolve(p)
				if err != nil {
					return nil, nil, err
				}
				return store.PutScenario{Scenario: s}, map[string]any{"id": s.ID, "name": s.Name, "actions": len(s.Actions)}, nil
			})
		}},
		&cobra.Command{Use: "remove FILE NAME", Short: "Remove a scenario", Args: exactly(2), RunE: func(_ *cobra.Command, args []string) error {
			return t.change(args[0], func(p *model.Project) (store.Command, any, error) {
				s := p.Scenario(args[1])
				if s == nil {
					return nil, nil, model.NotFound("scenario", args[1])
				}
				return store.RemoveScenario{ID: s.ID}, map[string]any{"removed": s.Name}, nil
			})
		}},
		&cobra.Command{Use: "list FILE", Short: "List the scenarios", Args: exactly(1), RunE: func(_ *cobra.Command, args []string) error {
			return t.show(args[0], "scenarios", "")
		}},
	)
	return c
}

// change opens a project, carries out the one command that make returns, and
// answers with what make says of it.
func (t *tool) change(path string, make func(*model.Project) (store.Command, any, error)) error {
	f, err := t.write(path)
	if err != nil {
		return err
	}
	defer f.Close()
	cmd, say, err := make(f.Project())
	if err != nil {
		return err
	}
	if err := f.Do(cmd); err != nil {
		return err
	}
	if t.json {
		return t.answer(say)
	}
	fmt.Fprintf(t.out, "Done: %s.\n", cmd.Title())
	if m, ok := say.(map[string]any); ok {
		if cs, ok := m["conflicts"].([]string); ok {
			for _, c := range cs {
				fmt.Fprintln(t.out, "Conflict:", c)
			}
		}
	}
	return nil
}

func (t *tool) freezeCommand() *cobra.Command {
	var name string
	c := &cobra.Command{Use: "freeze FILE", Short: "Keep a numbered decision", Args: exactly(1), RunE: func(_ *cobra.Command, args []string) error {
		if name == "" {
			return usage{fmt.Errorf("freeze needs --name")}
		}
		return t.change(args[0], func(*model.Project) (store.Command, any, error) {
			return store.Freeze{Decision: model.Decision{Name: name}}, map[string]any{"frozen": name}, nil
		})
	}}
	c.Flags().StringVar(&name, "name", "", "name of the decision")
	return c
}

func (t *tool) checkCommand() *cobra.Command {
	return &cobra.Command{Use: "check FILE", Short: "Check that a project file is whole and its results tie", Args: exactly(1), RunE: func(_ *cobra.Command, args []string) error {
		f, err := t.read(args[0])
		if err != nil {
			return err
		}
		defer f.Close()
		cmp, err := evaluate(f.Project(), "", "", "")
		if err != nil {
			return err
		}
		checks := outcome.Checks(cmp)
		bad := 0
		for _, c := range checks {
			if !c.OK {
				bad++
			}
		}
		if t.json {
			if err := t.answer(map[string]any{"checks": checks, "failed": bad}); err != nil {
				return err
			}
		} else {
			for _, c := range checks {
				mark := "ok    "
				if !c.OK {
					mark = "FAILED"
				}
				fmt.Fprintf(t.out, "%s  %s (%s)\n", mark, c.What, c.Detail)
			}
		}
		if bad > 0 {
			return fmt.Errorf("%d of %d checks failed", bad, len(checks))
		}
		return nil
	}}
}
