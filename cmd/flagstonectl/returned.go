package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/app/intake"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/reports/workbook"
)

// change is one difference in the JSON of import-workbook.
type change struct {
	ID       int    `json:"id"`
	Kind     string `json:"kind"`
	Sheet    string `json:"sheet"`
	Cell     string `json:"cell"`
	Key      string `json:"key"`
	Scenario string `json:"scenario,omitempty"`
	Field    string `json:"field"`
	From     string `json:"from"`
	To       string `json:"to"`
	Now      string `json:"now,omitempty"`
	Conflict bool   `json:"conflict"`
	Accepted bool   `json:"accepted"`
	Sentence string `json:"sentence"`
}

func (t *tool) importWorkbookCommand() *cobra.Command {
	var dry, theirs bool
	var only []int
	c := &cobra.Command{
		Use:   "import-workbook FILE BOOK.xlsx",
		Short: "Show what finance changed in a workbook, and take it over",
		Args:  exactly(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			open := t.write
			if dry {
				open = t.read
			}
			f, err := open(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			book, err := os.Open(args[1])
			if err != nil {
				return err
			}
			defer book.Close()
			st, err := book.Stat()
			if err != nil {
				return err
			}
			r, err := intake.ReadReturned(cmd.Context(), f.Project(), book, st.Size())
			if err != nil {
				return err
			}
			chosen := map[int]bool{}
			for _, id := range only {
				if id < 1 || id > len(r.Changes.Changes) {
					return model.NotFound("change", fmt.Sprint(id))
				}
				chosen[id] = true
			}
			yes := func(c *workbook.Change) bool {
				return !dry && (len(only) == 0 || chosen[c.ID]) && (theirs || !c.Conflict)
			}
			b, refused, err := intake.AcceptReturned(f.Project(), r, filepath.Base(args[1]), yes)
			if err != nil {
				return err
			}
			if len(b.Commands) > 0 {
				if err := f.Do(b); err != nil {
					return err
				}
			}
			var out []change
			for i := range r.Changes.Changes {
				c := &r.Changes.Changes[i]
				out = append(out, change{ID: c.ID, Kind: string(c.Kind), Sheet: c.Sheet, Cell: c.Cell, Key: c.Key, Scenario: c.Scenario, Field: c.Field,
					From: c.From, To: c.To, Now: c.Now, Conflict: c.Conflict, Accepted: c.Acceptable() && yes(c), Sentence: c.Sentence})
			}
			for _, x := range refused {
				out[x.ID-1].Accepted, out[x.ID-1].Sentence = false, x.Sentence
			}
			if t.json {
				return t.answer(map[string]any{"against": r.Against, "changes": append([]change{}, out...), "already": r.Changes.Already, "log": r.Changes.Log})
			}
			fmt.Fprintf(t.out, "Compared with %s: %d changes, %d that the project has made already.\n", r.Against, len(out), r.Changes.Already)
			for _, c := range out {
				mark := "left   "
				if c.Accepted {
					mark = "taken  "
				}
				if c.Conflict {
					mark += "CONFLICT "
				}
				fmt.Fprintf(t.out, "%3d %s%s!%s: %s\n", c.ID, mark, c.Sheet, c.Cell, c.Sentence)
			}
			return nil
		},
	}
	c.Flags().BoolVar(&dry, "dry-run", false, "show the changes and take none over")
	c.Flags().IntSliceVar(&only, "accept", nil, "take over only these changes, by number")
	c.Flags().BoolVar(&theirs, "take-conflicts", false, "where the project changed the same thing, take the workbook's value")
	return c
}
