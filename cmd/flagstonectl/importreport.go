package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/planting-the-flag/flagstone/app/intake"
	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/model"
)

// mappings are what an import is told of columns, and what it keeps of them.
type mappings struct{ file, folder, saveFile, saveName string }

// load reads the mapping given and the saved ones. A saved one that cannot be read is only mentioned unless its folder was named.
func (m *mappings) load(project string, opt *intake.Options, stderr io.Writer) error {
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
	if st, err := os.Stat(m.folder); m.folder != "" && err == nil && !st.IsDir() {
		data, err := os.ReadFile(m.folder)
		if err != nil {
			return err
		}
		list, err := mapping.ParseAll(data)
		if err != nil {
			return model.Invalid("profile", fmt.Sprintf("%s cannot be used as a saved layout: %v", m.folder, err))
		}
		name := strings.TrimSuffix(filepath.Base(m.folder), filepath.Ext(m.folder))
		for _, x := range list {
			if x.Name == "" {
				x.Name = name
			}
		}
		opt.Profiles = append(opt.Profiles, list...)
		return nil
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
	if dir := intake.LayoutsFolder(); dir != "" {
		out = append(out, dir)
	}
	return out
}

// save keeps the mappings that were used, where that was asked for.
func (m *mappings) save(project, day string, results []*importers.Result) error {
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
		for i, x := range used {
			used[i] = x.Confirmed() // what is kept asks no more for its units
		}
		shelf, name := mapping.Shelf(m.folders(project)[0]), m.saveName
		if strings.EqualFold(filepath.Ext(name), ".json") {
			shelf, name = mapping.Shelf(filepath.Dir(name)), strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
		}
		if err := shelf.Save(name, day, used...); err != nil {
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
