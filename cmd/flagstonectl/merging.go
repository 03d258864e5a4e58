package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/app/intake"
	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

func (t *tool) mergeCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "merge FILE [KEEP OTHER]",
		Short: "Make one building of two that are the same, or list those that may be",
		Args:  between(1, 3),
		RunE: func(_ *cobra.Command, args []string) error {
			switch len(args) {
			case 1:
				return t.listDuplicates(args[0])
			case 2:
				return usage{fmt.Errorf("merge takes the building to keep and the other one")}
			}
			return t.reshape(args[0], func(p *model.Project) (store.Batch, *importers.Reshaped, error) {
				return intake.Merge(p, model.AssetID(args[1]), model.AssetID(args[2]))
			})
		},
	}
}

func (t *tool) splitCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "split FILE KEPT OTHER",
		Short: "Take a merge back: the building that was merged into another comes back as it was",
		Args:  exactly(3),
		RunE: func(_ *cobra.Command, args []string) error {
			return t.reshape(args[0], func(p *model.Project) (store.Batch, *importers.Reshaped, error) {
				return intake.Split(p, model.AssetID(args[1]), model.AssetID(args[2]))
			})
		},
	}
}

func (t *tool) listDuplicates(path string) error {
	f, err := t.read(path)
	if err != nil {
		return err
	}
	defer f.Close()
	pairs := importers.Duplicates(f.Project())
	if t.json {
		type pair struct {
			A       model.AssetID `json:"a"`
			B       model.AssetID `json:"b"`
			Score   float64       `json:"score"`
			Reasons []string      `json:"reasons"`
		}
		out := []pair{}
		for _, p := range pairs {
			out = append(out, pair(p))
		}
		return t.answer(map[string]any{"possible_duplicates": out})
	}
	for _, p := range pairs {
		fmt.Fprintf(t.out, "%s and %s may be one building (%.0f %%: ", p.A, p.B, 100*p.Score)
		for i, r := range p.Reasons {
			if i > 0 {
				fmt.Fprint(t.out, ", ")
			}
			fmt.Fprint(t.out, r)
		}
		fmt.Fprintln(t.out, ").")
	}
	if len(pairs) == 0 {
		fmt.Fprintln(t.out, "No two buildings look like one.")
	}
	return nil
}

// reshape carries out a merge or a split as one step.
func (t *tool) reshape(path string, make func(*model.Project) (store.Batch, *importers.Reshaped, error)) error {
	return t.change(path, func(p *model.Project) (store.Command, any, error) {
		b, r, err := make(p)
		if err != nil {
			return nil, nil, err
		}
		conflicts := append([]string{}, r.Conflicts...)
		fields := []map[string]string{}
		for _, f := range r.Fields {
			fields = append(fields, map[string]string{"field": f.Field, "old": f.Old, "new": f.New})
		}
		return b, map[string]any{"asset": r.Assets[0].ID, "fields": fields, "conflicts": conflicts, "occupations_moved": len(r.Occupations)}, nil
	})
}
