package main

import (
	"fmt"
	"sort"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/gaps"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/model/store"
)

func (t *tool) gapsCommand() *cobra.Command {
	var fill bool
	c := &cobra.Command{
		Use:   "gaps FILE",
		Short: "Show what is not known of the buildings, and fill it from like buildings and benchmarks",
		Args:  exactly(1),
		RunE: func(_ *cobra.Command, args []string) error {
			open := t.read
			if fill {
				open = t.write
			}
			f, err := open(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			p := f.Project()
			set, err := outcome.Set(p, "")
			if err != nil {
				return err
			}
			s := gaps.Find(p, set, outcome.Book(p, set))
			before := gaps.QualityOfAll(p.Assets)
			changed := s.Apply(p, nil)
			after := gaps.QualityWith(p, changed)
			if fill && len(changed) > 0 {
				if err := f.Do(store.Batch{Name: fmt.Sprintf("filling of %d gaps", len(s.Fill)), Commands: []store.Command{store.PutAssets{Assets: changed}}}); err != nil {
					return err
				}
			}
			if t.json {
				return t.answer(gapsAnswer(p, s, before, after, fill))
			}
			return t.tellGaps(s, before, after, len(changed), fill)
		},
	}
	c.Flags().BoolVar(&fill, "fill", false, "fill the gaps as shown, as one step; without it nothing is changed")
	return c
}

func gapsAnswer(p *model.Project, s *gaps.Proposals, before, after gaps.Quality, filled bool) any {
	type proposal struct {
		Asset model.AssetID   `json:"asset"`
		Name  string          `json:"name"`
		Field gaps.Field      `json:"field"`
		Value float64         `json:"value"`
		Unit  string          `json:"unit"`
		Grade model.Grade     `json:"grade"`
		Why   string          `json:"why"`
		Was   *float64        `json:"was,omitempty"`
		Peers []model.AssetID `json:"peers"`
	}
	type left struct {
		Field  gaps.Field      `json:"field"`
		Why    string          `json:"why"`
		Assets []model.AssetID `json:"assets"`
	}
	type asset struct {
		Asset  model.AssetID      `json:"asset"`
		Name   string             `json:"name"`
		Score  float64            `json:"score"`
		Fields map[string]float64 `json:"fields"`
	}
	out := struct {
		Filled  bool         `json:"filled"`
		Fill    []proposal   `json:"proposals"`
		Left    []left       `json:"left"`
		Quality gaps.Quality `json:"quality"`
		After   gaps.Quality `json:"quality_with_proposals"`
		Assets  []asset      `json:"assets"`
	}{Filled: filled, Fill: []proposal{}, Left: []left{}, Quality: before, After: after, Assets: []asset{}}
	for i := range s.Fill {
		x := &s.Fill[i]
		q := proposal{x.Asset, x.Name, x.Field, x.Figure.Value, x.Field.Unit(), x.Figure.Grade, x.Figure.Source, nil, x.Peers}
		if x.Was.Known() {
			q.Was = &x.Was.Value
		}
		if q.Peers == nil {
			q.Peers = []model.AssetID{}
		}
		out.Fill = append(out.Fill, q)
	}
	for _, l := range s.Left {
		out.Left = append(out.Left, left(l))
	}
	for i := range p.Assets {
		a := &p.Assets[i]
		q := gaps.QualityOf(a)
		out.Assets = append(out.Assets, asset{a.ID, a.Name, q.Score, q.Fields})
	}
	return out
}

// shownGaps is how many proposals are written out; --json has them all.
const shownGaps = 20

func (t *tool) tellGaps(s *gaps.Proposals, before, after gaps.Quality, assets int, filled bool) error {
	rows := [][]string{}
	for _, f := range gaps.Fields() {
		if v, ok := before.Fields[f]; ok {
			rows = append(rows, []string{f, percent(v), percent(after.Fields[f])})
		}
	}
	rows = append(rows, []string{"all", percent(before.Score), percent(after.Score)})
	if err := t.table([]string{"Known of", "now", "filled"}, rows); err != nil {
		return err
	}
	fmt.Fprintln(t.out)
	rows = rows[:0]
	for _, c := range s.ByGrade() {
		rows = append(rows, []string{string(c.Field), string(c.Grade), strconv.Itoa(c.Figures)})
	}
	if len(rows) > 0 {
		if err := t.table([]string{"Field", "grade", "figures"}, rows); err != nil {
			return err
		}
		fmt.Fprintln(t.out)
	}
	for i := range s.Fill[:min(shownGaps, len(s.Fill))] {
		x := &s.Fill[i]
		fmt.Fprintf(t.out, "%s: %s %.0f %s (%s): %s\n", x.Name, x.Field, x.Figure.Value, x.Field.Unit(), x.Figure.Grade, x.Figure.Source)
	}
	if n := len(s.Fill) - shownGaps; n > 0 {
		fmt.Fprintf(t.out, "… and %d more; --json lists them all.\n", n)
	}
	lefts := append([]gaps.Left(nil), s.Left...)
	sort.SliceStable(lefts, func(i, j int) bool { return len(lefts[i].Assets) > len(lefts[j].Assets) })
	for _, l := range lefts {
		n := "1 building"
		if len(l.Assets) > 1 {
			n = fmt.Sprintf("%d buildings", len(l.Assets))
		}
		fmt.Fprintf(t.out, "Not filled: %s of %s: %s.\n", l.Field, n, l.Why)
	}
	switch {
	case len(s.Fill) == 0:
		fmt.Fprintln(t.out, "There is nothing to fill.")
	case filled:
		fmt.Fprintf(t.out, "Filled %d figures of %d buildings, marked as modelled.\n", len(s.Fill), assets)
	default:
		fmt.Fprintf(t.out, "%d figures of %d buildings could be filled; nothing was changed. Add --fill to fill them.\n", len(s.Fill), assets)
	}
	return nil
}

func percent(v float64) string { return fmt.Sprintf("%.0f%%", 100*v) }
