package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/app/intake"
	"github.com/planting-the-flag/flagstone/importers/demo"
	"github.com/planting-the-flag/flagstone/model/store"
	"github.com/planting-the-flag/flagstone/reports/publish"
)

func (t *tool) demoCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "demo FOLDER",
		Short: "Make the demonstration project with its workbook and papers",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := args[0]
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return err
			}
			p, err := demo.Build(cmd.Context())
			if err != nil {
				return err
			}
			project := filepath.Join(dir, "trafford.flagstone")
			o := t.options()
			o.Replace = true
			f, err := store.Create(project, p, o)
			if err != nil {
				return err
			}
			p = f.Project()
			cmp, err := evaluate(p, "", "", "")
			if err == nil {
				err = f.StoreResults(intake.Flows(cmp))
			}
			if closed := f.Close(); err == nil {
				err = closed
			}
			if err != nil {
				return err
			}
			files := []string{project}
			for _, out := range []struct {
				name    string
				kind    publish.Kind
				edition string
			}{
				{"trafford.xlsx", publish.Workbook, "exempt"},
				{"trafford-business-case.pdf", publish.BusinessCase, "public"},
				{"trafford-business-case-exempt.pdf", publish.BusinessCase, "exempt"},
				{"trafford-cover-report.pdf", publish.CoverReport, "public"},
				{"trafford-register.csv", publish.Register, "public"},
				{"trafford.geojson", publish.GeoJSON, "public"},
			} {
				path := filepath.Join(dir, out.name)
				if _, err := publishTo(cmd.Context(), path, out.kind, cmp, publish.Options{Edition: out.edition, Created: t.now()}); err != nil {
					return fmt.Errorf("writing %s: %w", out.name, err)
				}
				files = append(files, path)
			}
			if t.json {
				return t.answer(map[string]any{"files": files, "assets": len(p.Assets), "services": len(p.Services), "areas": len(p.Population),
					"scenarios": len(p.Scenarios)})
			}
			located, council := 0, 0
			for i := range p.Assets {
				if p.Assets[i].Located() {
					located++
					if p.Assets[i].Organisation == demo.Council {
						council++
					}
				}
			}
			fmt.Fprintf(t.out, "Trafford: %d buildings and sites, %d on the map (%d of the council), %d services, %d areas of residents, %d scenarios.\n",
				len(p.Assets), located, council, len(p.Services), len(p.Population), len(p.Scenarios))
			for _, x := range files {
				fmt.Fprintln(t.out, "  ", x)
			}
			return nil
		},
	}
}
