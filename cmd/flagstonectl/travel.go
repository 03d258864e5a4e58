package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/access"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
)

// modes are the ways of travelling by the word on the command line.
var modes = map[string]access.Mode{"foot": access.Walk, "bus": access.Bus, "car": access.Car}

// travelHead is the first line of the table of travel times.
var travelHead = []string{"area", "area_name", "residents", "building", "building_name", "uprn", "services", "mode", "metres", "minutes"}

func (t *tool) travelCommand() *cobra.Command {
	var to, mode, scenario, times string
	var kinds []string
	var year int
	c := &cobra.Command{
		Use:   "travel FILE",
		Short: "Write travel times from areas to buildings as open data, or compare access by times of your own",
		Long: "Writes a row for every area and every building in which residents visit a service: straight-line metres and minutes by the mode.\n" +
			"Put measured minutes in their place, or add a table with the columns area, building and minutes, and give it with --times:\n" +
			"then the command says what a scenario does to the reach of each service by those times.",
		Args: exactly(1),
		RunE: func(_ *cobra.Command, args []string) error {
			by, ok := modes[mode]
			if !ok {
				return usage{fmt.Errorf("--mode is %q; it is foot, bus or car", mode)}
			}
			f, err := t.read(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			p := f.Project()
			cmp, s, err := valued(p, scenario)
			if err != nil {
				return err
			}
			if year == 0 {
				year = p.LastYear()
			}
			if year < p.BaseYear || year > p.LastYear() {
				return usage{fmt.Errorf("--year is %d; the project runs from %d to %d", year, p.BaseYear, p.LastYear())}
			}
			if times != "" {
				return t.byTimes(p, cmp, s.ID, times, access.Query{Year: year, Mode: by}, kinds)
			}
			if scenario == "" && year == p.LastYear() { // what is there today
				s, year = p.Scenario(string(cmp.Baseline)), p.BaseYear
			}
			ways := access.Ways(p, planOf(cmp, s.ID), year, by, kinds...)
			if len(ways) == 0 {
				return model.NotFound("area and building with a service that residents visit", strings.Join(kinds, ", "))
			}
			return t.writeWays(ways, by, to)
		},
	}
	c.Flags().StringVarP(&to, "output", "o", "", "file to write; standard output when left out")
	c.Flags().StringVar(&mode, "mode", "foot", "foot, bus or car")
	c.Flags().StringVar(&scenario, "scenario", "", "scenario whose services are looked at; today's when left out, the best with --times")
	c.Flags().IntVar(&year, "year", 0, "financial year looked at; the last when left out")
	c.Flags().StringSliceVar(&kinds, "kind", nil, "only these kinds of service")
	c.Flags().StringVar(&times, "times", "", "CSV of your own travel times: area, building, minutes")
	return c
}

// writeWays writes the table of travel times.
func (t *tool) writeWays(ways []access.Way, by access.Mode, to string) error {
	out := t.out
	if to != "" {
		f, err := os.Create(to)
		if err != nil {
			return err
		}
		defer f.Close()
		out = f
	}
	if t.json && to == "" {
		var rows []map[string]any
		for _, w := range ways {
			rows = append(rows, map[string]any{"area": w.Area.Code, "building": w.Asset.ID, "services": w.Kinds, "mode": by.Name, "metres": tenth(w.Metres), "minutes": tenth(w.Minutes)})
		}
		return t.answer(map[string]any{"ways": rows, "count": len(rows)})
	}
	w := csv.NewWriter(out)
	if err := w.Write(travelHead); err != nil {
		return err
	}
	for _, x := range ways {
		if err := w.Write([]string{x.Area.Code, plainText(x.Area.Name), strconv.FormatFloat(x.Area.People, 'f', 0, 64), string(x.Asset.ID), plainText(x.Asset.Name), x.Asset.UPRN,
			plainText(strings.Join(x.Kinds, "; ")), by.Name, strconv.FormatFloat(x.Metres, 'f', 0, 64), strconv.FormatFloat(x.Minutes, 'f', 1, 64)}); err != nil {
			return err
		}
	}
	if w.Flush(); w.Error() != nil {
		return w.Error()
	}
	if to == "" {
		return nil
	}
	if t.json {
		return t.answer(map[string]any{"file": to, "count": len(ways)})
	}
	_, err := fmt.Fprintf(t.out, "Wrote %d ways %s to %s.\n", len(ways), by.Name, to)
	return err
}

// plainText keeps a spreadsheet from taking a name for a formula.
func plainText(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func tenth(v float64) float64 {
	x, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'f', 1, 64), 64)
	return x
}

// byTimes says what a scenario does to access by the user's own travel times.
func (t *tool) byTimes(p *model.Project, cmp *appraisal.Comparison, id model.ScenarioID, path string, q access.Query, kinds []string) error {
	trips, err := readTrips(path)
	if err != nil {
		return err
	}
	if q.Matrix, err = access.NewMatrix(p, "by "+filepath.Base(path), trips); err != nil {
		return err
	}
	var rows [][]string
	records := []map[string]any{}
	for _, c := range access.Measure(p, planOf(cmp, cmp.Baseline), planOf(cmp, id), q) {
		if len(kinds) > 0 && !slices.Contains(kinds, c.Service) {
			continue
		}
		all := c.Counts[0]
		records = append(records, map[string]any{"service": c.Service, "mean_before": tenth(c.MeanBefore), "mean_after": tenth(c.MeanAfter), "within_before": all.Before, "within_after": all.After,
			"residents": all.People, "minutes": c.Minutes, "worse": c.PeopleWorse, "better": c.PeopleBetter, "straight_lines": c.Guessed, "no_site_left": c.Unreachable})
		after := fmt.Sprintf("%.1f", c.MeanAfter)
		if c.Unreachable {
			after = "none left"
		}
		rows = append(rows, []string{c.Service, fmt.Sprintf("%.1f", c.MeanBefore), after, fmt.Sprintf("%.0f", all.Before), fmt.Sprintf("%.0f", all.After), fmt.Sprintf("%.0f", c.PeopleWorse), fmt.Sprintf("%.0f", c.PeopleBetter), strconv.Itoa(c.Guessed)})
	}
	return t.listing("access", []string{"Service", "Minutes before", "Minutes after", fmt.Sprintf("Within %.0f before", access.Limit), "Within after", "Longer for", "Shorter for", "Ways guessed"}, rows, records)
}

// readTrips reads a table of travel times by the heads of its columns.
func readTrips(path string) ([]access.Trip, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	at := map[string]int{}
	var out []access.Trip
	for n := 1; ; n++ {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, model.Invalid("travel times", err.Error())
		}
		if n == 1 {
			for i, h := range row {
				at[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")))] = i
			}
			for _, h := range []string{"area", "building", "minutes"} {
				if _, ok := at[h]; !ok {
					return nil, model.Invalid("travel times", fmt.Sprintf("%s has no column %q", filepath.Base(path), h))
				}
			}
			continue
		}
		cell := func(h string) string {
			if i := at[h]; i < len(row) {
				return strings.TrimSpace(row[i])
			}
			return ""
		}
		if cell("minutes") == "" {
			continue // not measured
		}
		v, err := strconv.ParseFloat(cell("minutes"), 64)
		if err != nil {
			return nil, model.Invalid("minutes", fmt.Sprintf("%s, row %d: %q is not a number of minutes", filepath.Base(path), n, cell("minutes")))
		}
		out = append(out, access.Trip{Area: cell("area"), Asset: model.AssetID(cell("building")), Minutes: v})
	}
	return out, nil
}

// planOf is the plan of a scenario that was appraised.
func planOf(cmp *appraisal.Comparison, id model.ScenarioID) *action.Plan {
	for i := range cmp.Options {
		if cmp.Options[i].Scenario.ID == id {
			return cmp.Options[i].Plan
		}
	}
	return &action.Plan{}
}
