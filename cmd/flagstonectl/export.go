package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/store"
	"github.com/planting-the-flag/flagstone/reports/publish"
)

func (t *tool) exportCommand() *cobra.Command {
	var out, scenario, edition, issuer string
	c := &cobra.Command{
		Use:   "export workbook|business-case|cover-report|web-page|plain-text|register|geojson|charts|tables|template FILE -o OUT",
		Short: "Write a workbook, a paper or open data",
		Args:  exactly(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			kind, err := publish.Parse(args[0])
			if err != nil {
				return usage{err}
			}
			if edition != "" && edition != "public" && edition != "exempt" {
				return usage{fmt.Errorf("--edition is public or exempt, not %q", edition)}
			}
			if out == "" {
				return usage{fmt.Errorf("export needs -o with the file to write")}
			}
			f, err := t.read(args[1])
			if err != nil {
				return err
			}
			defer f.Close()
			p := f.Project()
			opt := publish.Options{Edition: edition, Issuer: issuer, Created: t.now()}
			if scenario != "" {
				s := p.Scenario(scenario)
				if s == nil {
					return model.NotFound("scenario", scenario)
				}
				opt.Preferred = s.ID
			}
			cmp, err := evaluate(p, "", "", "")
			if err != nil {
				return err
			}
			size, err := publishTo(cmd.Context(), out, kind, cmp, opt)
			if err != nil {
				return err
			}
			if t.json {
				return t.answer(map[string]any{"file": out, "kind": kind, "bytes": size})
			}
			fmt.Fprintf(t.out, "Wrote %s (%d kB).\n", out, (size+1023)/1024)
			return nil
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", "file to write")
	c.Flags().StringVar(&scenario, "scenario", "", "option that a paper prefers; the best when left out")
	c.Flags().StringVar(&issuer, "issuer", "", "body in whose name a paper goes out; the only council, the body that holds most, or all together when left out")
	c.Flags().StringVar(&edition, "edition", "", "public or exempt; a paper is public and a workbook exempt when left out")
	return c
}

// publishTo writes one output beside its place and then moves it there, so that
// a failure leaves what was there.
func publishTo(ctx context.Context, path string, kind publish.Kind, cmp *appraisal.Comparison, opt publish.Options) (int64, error) {
	content, err := store.Frozen(cmp.Project)
	if err != nil {
		return 0, err
	}
	opt.Hash = store.HashOf(content)
	f, err := os.CreateTemp(filepath.Dir(path), ".flagstone-*")
	if err != nil {
		return 0, err
	}
	defer os.Remove(f.Name())
	if err := publish.Write(ctx, kind, cmp, f, opt); err != nil {
		f.Close()
		return 0, err
	}
	st, err := f.Stat()
	if err != nil {
		f.Close()
		return 0, err
	}
	if err := f.Close(); err != nil {
		return 0, err
	}
	if err := os.Chmod(f.Name(), 0o644); err != nil {
		return 0, err
	}
	return st.Size(), os.Rename(f.Name(), path)
}
