package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/app/intake"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/reports/workbook"
)

func (t *tool) layoutsCommand() *cobra.Command {
	folder := ""
	shelf := func() (mapping.Shelf, error) {
		if folder == "" {
			folder = intake.LayoutsFolder()
		}
		if folder == "" {
			return "", usage{fmt.Errorf("this system has no folder for settings: name one with --folder")}
		}
		return mapping.Shelf(folder), nil
	}
	c := &cobra.Command{
		Use:   "layouts",
		Short: "List the saved layouts by which files are recognised; rename, forget, give away or take in",
		Args:  exactly(0),
		RunE: func(*cobra.Command, []string) error {
			s, err := shelf()
			if err != nil {
				return err
			}
			all, wrong := s.List()
			if t.json {
				type layout struct {
					Name    string `json:"name"`
					Saved   string `json:"saved"`
					Kind    string `json:"kind"`
					Columns int    `json:"columns"`
				}
				out := []layout{}
				for _, k := range all {
					x := layout{Name: k.Name, Saved: k.Saved, Kind: string(k.Mappings[0].Kind)}
					for _, m := range k.Mappings {
						x.Columns += len(m.Columns)
					}
					out = append(out, x)
				}
				if err := t.answer(map[string]any{"folder": folder, "layouts": out}); err != nil {
					return err
				}
				return wrong
			}
			var rows [][]string
			for _, k := range all {
				n := 0
				for _, m := range k.Mappings {
					n += len(m.Columns)
				}
				rows = append(rows, []string{k.Name, string(k.Mappings[0].Kind), fmt.Sprint(n), k.Saved})
			}
			if len(rows) == 0 {
				fmt.Fprintf(t.out, "No layout is saved in %s.\n", folder)
				return wrong
			}
			if err := t.table([]string{"Name", "Holds", "Columns", "Saved"}, rows); err != nil {
				return err
			}
			return wrong
		},
	}
	c.PersistentFlags().StringVar(&folder, "folder", "", "where they are kept; the user's own when left out")
	sub := func(use, short string, n int, do func(s mapping.Shelf, args []string) (string, error)) {
		c.AddCommand(&cobra.Command{Use: use, Short: short, Args: exactly(n), RunE: func(_ *cobra.Command, args []string) error {
			s, err := shelf()
			if err != nil {
				return err
			}
			said, err := do(s, args)
			if err != nil {
				return err
			}
			if t.json {
				return t.answer(map[string]any{"done": said})
			}
			fmt.Fprintln(t.out, said)
			return nil
		}})
	}
	sub("rename NAME NEW", "Keep a layout under another name", 2, func(s mapping.Shelf, a []string) (string, error) {
		return fmt.Sprintf("%q is now called %q.", a[0], a[1]), s.Rename(a[0], a[1])
	})
	sub("forget NAME", "Take a layout away", 1, func(s mapping.Shelf, a []string) (string, error) {
		return fmt.Sprintf("%q is forgotten.", a[0]), s.Forget(a[0])
	})
	sub("export NAME FILE", "Write a layout to a file to give away", 2, func(s mapping.Shelf, a []string) (string, error) {
		return "Wrote " + a[1] + ".", s.Export(a[0], a[1])
	})
	sub("import FILE", "Take in a layout that somebody gave", 1, func(s mapping.Shelf, a []string) (string, error) {
		name, err := s.Import(a[0])
		return fmt.Sprintf("Taken in as %q.", name), err
	})
	return c
}

func (t *tool) templateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "template FILE.xlsx",
		Short: "Write a blank portfolio to fill in, with lists of the allowed words",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			path := args[0]
			if !strings.HasSuffix(strings.ToLower(path), ".xlsx") {
				return usage{fmt.Errorf("the template is a workbook: end its name in .xlsx")}
			}
			f, err := os.Create(path)
			if err != nil {
				return err
			}
			err = workbook.WriteTemplate(cmd.Context(), f, workbook.Options{Created: t.now()})
			if e := f.Close(); err == nil {
				err = e
			}
			if err != nil {
				return err
			}
			if t.json {
				return t.answer(map[string]any{"file": path})
			}
			fmt.Fprintf(t.out, "Wrote %s. Fill in what you know, then import it.\n", path)
			return nil
		},
	}
}
