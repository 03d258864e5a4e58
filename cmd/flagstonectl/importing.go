package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/app/intake"
	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/postcodes"
	"github.com/planting-the-flag/flagstone/model"
)

// kinds are the words the command takes for what a table holds.
var kinds = map[string]mapping.Group{"": "", "assets": mapping.Assets, "services": mapping.Services, "occupations": mapping.Occupations,
	"population": mapping.Population, "boundary": mapping.Boundary, "energy": mapping.Energy, "manual-streams": mapping.Manual}

func (t *tool) importCommand() *cobra.Command {
	var kind, sheet, organisation, mapFile, report, scenario string
	var dry bool
	c := &cobra.Command{
		Use:   "import FILE SPREADSHEET…",
		Short: "Read spreadsheets into a project",
		Args:  between(2, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			group, ok := kinds[kind]
			if !ok {
				return usage{fmt.Errorf("--kind %q is not known", kind)}
			}
			open := t.write
			if dry {
				open = t.read
			}
			f, err := open(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			gaz, err := postcodes.Gazetteer()
			if err != nil {
				return err
			}
			opt := importers.Options{Kind: group, Sheet: sheet, Organisation: organisation, Gazetteer: gaz}
			if mapFile != "" {
				data, err := os.ReadFile(mapFile)
				if err != nil {
					return err
				}
				var m mapping.Mapping
				if err := json.Unmarshal(data, &m); err != nil {
					return model.Invalid("mapping", fmt.Sprintf("%s cannot be read as a mapping: %v", mapFile, err))
				}
				opt.Mapping = &m
			}
			var results []*importers.Result
			now := *f.Project()
			for _, path := range args[1:] {
				opt.Existing = &now
				r, err := importers.Read(cmd.Context(), path, opt)
				if err != nil {
					return err
				}
				r.Changes.Apply(&now) // the next file sees what this one brings
				results = append(results, r)
			}
			if !dry {
				b, err := intake.Command(f.Project(), results, scenario)
				if err != nil {
					return err
				}
				if err := f.Do(b); err != nil {
					return err
				}
			}
			return t.reportImport(results, report, dry)
		},
	}
	c.Flags().StringVar(&kind, "kind", "", "assets, services, occupations, population, boundary, energy or manual-streams; found out when left out")
	c.Flags().StringVar(&sheet, "sheet", "", "sheet of the workbook")
	c.Flags().StringVar(&organisation, "organisation", "", "whose things these are, where the table does not say")
	c.Flags().StringVar(&mapFile, "mapping", "", "file that says which column fills which field")
	c.Flags().StringVar(&scenario, "scenario", "", "scenario that cash-flow rows join")
	c.Flags().StringVar(&report, "report", "", "write what was read, rejected and found to this file, as JSON")
	c.Flags().BoolVar(&dry, "dry-run", false, "say what would happen and change nothing")
	return c
}

func (t *tool) reportImport(results []*importers.Result, report string, dry bool) error {
	var answer any = results
	if len(results) == 1 {
		answer = results[0]
	}
	if report != "" {
		data, err := json.MarshalIndent(answer, "", "  ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(report, append(data, '\n'), 0o644); err != nil {
			return err
		}
	}
	if t.json {
		return t.answer(answer)
	}
	would := ""
	if dry {
		would = " (nothing was changed)"
	}
	for _, r := range results {
		c := r.Counts
		placed := ""
		if c.Things > 0 {
			placed = fmt.Sprintf("; %.0f%% on the map", 100*c.LocatedShare())
		}
		fmt.Fprintf(t.out, "%s: %d rows read: %d new, %d updated, %d unchanged, %d merged, %d rejected%s%s.\n",
			r.File, c.Rows, c.Imported, c.Updated, c.Unchanged, c.Merged, c.Rejected, placed, would)
		for i, n := range r.Rejected {
			if i == 10 {
				fmt.Fprintf(t.out, "  … and %d more rejected rows; see --report.\n", len(r.Rejected)-i)
				break
			}
			fmt.Fprintf(t.out, "  Row %d, %s: %s\n", n.Row, n.Column, n.Reason)
		}
	}
	return nil
}
