package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

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
	var kind, sheet, organisation, report, scenario string
	var maps mappings
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
			if err := maps.load(args[0], &opt, cmd.ErrOrStderr()); err != nil {
				return err
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
			if err := maps.save(args[0], results); err != nil {
				return err
			}
			return t.reportImport(results, report, dry)
		},
	}
	c.Flags().StringVar(&kind, "kind", "", "assets, services, occupations, population, boundary, energy or manual-streams; found out when left out")
	c.Flags().StringVar(&sheet, "sheet", "", "sheet of the workbook")
	c.Flags().StringVar(&organisation, "organisation", "", "whose things these are, where the table does not say")
	c.Flags().StringVar(&maps.file, "mapping", "", "file that says which column fills which field, whole or short: {\"name\": \"Site\"}")
	c.Flags().StringVar(&maps.saveFile, "save-mapping", "", "write the mapping that was used to this file")
	c.Flags().StringVar(&maps.folder, "profile", "", "folder of saved mappings, each used where its layout is met again (\"mappings\" beside the project, then the user's own, when left out)")
	c.Flags().StringVar(&maps.saveName, "save-profile", "", "keep the mapping that was used under this name in the folder")
	c.Flags().StringVar(&scenario, "scenario", "", "scenario that cash-flow rows join")
	c.Flags().StringVar(&report, "report", "", "write what was read, rejected and found to this file, as JSON")
	c.Flags().BoolVar(&dry, "dry-run", false, "say what would happen and change nothing")
	return c
}

// mappings are what an import is told of columns, and what it keeps of them.
type mappings struct{ file, folder, saveFile, saveName string }

// load reads the mapping given and the saved ones. A saved one that cannot be read is only mentioned unless its folder was named.
func (m *mappings) load(project string, opt *importers.Options, stderr io.Writer) error {
	if m.file != "" {
		data, err := os.ReadFile(m.file)
		if err != nil {
			return err
		}
		list, err := mapping.ParseAll(data)
		if err != nil {
			return model.Invalid("mapping", fmt.Sprintf("%s cannot be used as a mapping: %v", m.file, err))
		}
		if len(list) == 1 {
			opt.Mapping = list[0]
		} else {
			opt.Profiles = list
		}
	}
	saved, err := mapping.Profiles(m.folders(project)...)
	if err != nil && m.folder != "" {
		return model.Invalid("profile", err.Error())
	} else if err != nil {
		fmt.Fprintln(stderr, "Not used:", err)
	}
	opt.Profiles = append(opt.Profiles, saved...)
	return nil
}

// folders are where saved mappings are looked for; the first is where they are kept.
func (m *mappings) folders(project string) []string {
	if m.folder != "" {
		return []string{m.folder}
	}
	out := []string{filepath.Join(filepath.Dir(project), "mappings")}
	if dir, err := os.UserConfigDir(); err == nil {
		out = append(out, filepath.Join(dir, "flagstone", "mappings"))
	}
	return out
}

// save keeps the mappings that were used, where that was asked for.
func (m *mappings) save(project string, results []*importers.Result) error {
	if m.saveFile == "" && m.saveName == "" {
		return nil
	}
	var used []*mapping.Mapping
	for _, r := range results {
		used = append(used, r.Mappings()...)
	}
	if len(used) == 0 {
		return errors.New("there is no mapping to save: no table was taken")
	}
	if m.saveName != "" {
		if _, err := mapping.SaveProfile(m.folders(project)[0], m.saveName, used...); err != nil {
			return err
		}
	}
	if m.saveFile == "" {
		return nil
	}
	data, err := mapping.Encode(used...)
	if err != nil {
		return err
	}
	return os.WriteFile(m.saveFile, data, 0o644)
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
		for _, x := range r.Tables {
			where := "the table"
			if x.Sheet != "" {
				where = "sheet " + x.Sheet
			}
			if x.Passed != "" && x.Rows > 0 {
				fmt.Fprintf(t.out, "  Passed over %s: %s.\n", where, x.Passed)
			} else if x.Profile != "" {
				fmt.Fprintf(t.out, "  Read %s with the saved mapping %q.\n", where, x.Profile)
			}
		}
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
