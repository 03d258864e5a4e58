package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

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
	var kind, sheet, organisation, report, scenario, findings, password string
	var maps mappings
	var dry, progress bool
	c := &cobra.Command{
		Use:   "import FILE SPREADSHEET…",
		Short: "Read spreadsheets, or folders of them, into a project",
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
			opt := intake.Options{Kind: group, Sheet: sheet, Organisation: organisation, Password: password, Gazetteer: gaz}
			if err := maps.load(args[0], &opt, cmd.ErrOrStderr()); err != nil {
				return err
			}
			if progress || terminal(cmd.ErrOrStderr()) {
				m := &meter{out: cmd.ErrOrStderr(), now: t.now}
				opt.Progress = m.show
				defer m.end()
			}
			files := intake.Expand(args[1:])
			if len(files) == 0 {
				return model.Invalid("folder", "the folder holds no spreadsheet, table of text or GeoJSON")
			}
			reading, err := intake.Read(cmd.Context(), f.Project(), files, opt)
			if err != nil {
				return err
			}
			for i := range reading.Files {
				if err := reading.Files[i].Err; err != nil {
					return err // one file that cannot be read keeps all of them out
				}
			}
			results := reading.Results()
			if !dry {
				b, err := intake.Command(f.Project(), results, scenario)
				if err != nil {
					return err
				}
				if err := f.Do(b); err != nil {
					return err
				}
			}
			if err := maps.save(args[0], t.now().Format(time.DateOnly), results); err != nil {
				return err
			}
			if findings != "" {
				if err := saveFindings(findings, reading); err != nil {
					return err
				}
			}
			return t.reportImport(results, report, dry)
		},
	}
	c.Flags().StringVar(&kind, "kind", "", "assets, services, occupations, population, boundary, energy or manual-streams; found out when left out")
	c.Flags().StringVar(&sheet, "sheet", "", "sheet of the workbook")
	c.Flags().StringVar(&organisation, "organisation", "", "whose things these are, where the table does not say")
	c.Flags().StringVar(&password, "password", "", "opens a protected workbook")
	c.Flags().StringVar(&maps.file, "mapping", "", "file that says which column fills which field, whole or short: {\"name\": \"Site\"}")
	c.Flags().StringVar(&maps.saveFile, "save-mapping", "", "write the mapping that was used to this file")
	c.Flags().StringVar(&maps.folder, "profile", "", "saved layouts, a folder or one file, each used where its layout is met again (\"mappings\" beside the project, then the user's own, when left out)")
	c.Flags().StringVar(&maps.saveName, "save-profile", "", "keep the layout that was used under this name in the folder, or in the file when it ends in .json")
	c.Flags().StringVar(&scenario, "scenario", "", "scenario that cash-flow rows join")
	c.Flags().StringVar(&report, "report", "", "write what was read, rejected and found to this file, as JSON")
	c.Flags().StringVar(&findings, "findings", "", "write what is wrong with the files to this spreadsheet (xlsx or csv), to send to their owner")
	c.Flags().BoolVar(&dry, "dry-run", false, "say what would happen and change nothing")
	c.Flags().BoolVar(&progress, "progress", false, "say how far the reading is, also when nobody watches a terminal")
	return c
}

// saveFindings writes what is wrong with the files beside its place and then moves it there.
func saveFindings(path string, r *intake.Reading) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".flagstone-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = intake.SaveFindings(f, path, r)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// meter says on one line how far an import is, and how fast it goes.
type meter struct {
	out   io.Writer
	now   func() time.Time
	said  time.Time
	began time.Time
	file  int
	stage string
	wide  int
}

func (m *meter) show(file int, at importers.Progress) {
	now := m.now()
	if file != m.file || at.Stage != m.stage {
		m.file, m.stage, m.began = file, at.Stage, now
	}
	if now.Sub(m.said) < 200*time.Millisecond {
		return
	}
	m.said = now
	s := fmt.Sprintf("file %d: %s %d", file+1, at.Stage, at.Rows)
	if at.Of > 0 {
		s += fmt.Sprintf(" of %d", at.Of)
	}
	s += " rows"
	if d := now.Sub(m.began).Seconds(); d > 0 && at.Rows > 0 {
		rate := float64(at.Rows) / d
		s += fmt.Sprintf(", %.0f a second", rate)
		if at.Of > at.Rows {
			s += fmt.Sprintf(", %.0f s left", float64(at.Of-at.Rows)/rate)
		}
	}
	fmt.Fprintf(m.out, "\r%-*s", m.wide, s)
	m.wide = len(s)
}

// end wipes the line.
func (m *meter) end() {
	if m.wide > 0 {
		fmt.Fprintf(m.out, "\r%*s\r", m.wide, "")
	}
}
