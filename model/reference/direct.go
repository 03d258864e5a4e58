package reference

import (
	"errors"
	"fmt"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

// A user's set, or another country's, need not repeat the layout of the British
// tables. Two kinds of series say a figure by the key under which the model asks
// for it, and take the place of what the other tables give:
//
//	assumption.works.light      item = label, one row
//	path.footprint.gas          one row a year
const (
	directAssumption = "assumption."
	directPath       = "path."
)

// directAssumptions lays the series "assumption.<key>" over a list.
func (s *Set) directAssumptions(list []model.Assumption) []model.Assumption {
	at := map[string]int{}
	for i, a := range list {
		at[a.Key] = i
	}
	var keys []string
	for series := range s.table.bySeries {
		if k, ok := strings.CutPrefix(series, directAssumption); ok {
			keys = append(keys, k)
		}
	}
	sortStrings(keys)
	for _, k := range keys {
		r := s.table.bySeries[directAssumption+k][0]
		if !r.Numeric {
			continue
		}
		a := model.Assumption{Key: k, Label: r.Item, Group: "Given by the user", Value: r.Value, Unit: r.Unit, Grade: r.Grade(), Source: cite(r), Confidence: r.Confidence,
			Date: r.Year, Owner: s.Name, Reason: r.Note}
		if _, ok := priceYear(r); ok {
			a = s.restate(a, r)
		}
		if i, ok := at[k]; ok {
			a.Group = list[i].Group
			if a.Label == "" {
				a.Label = list[i].Label
			}
			list[i] = a
			continue
		}
		list = append(list, a)
	}
	return list
}

// directPaths lays the series "path.<key>" over the paths. Years after the last
// row take it, and the note says so; a year before the first is missing.
func (s *Set) directPaths(out map[string]model.Path, base, years int) error {
	for series := range s.table.bySeries {
		k, ok := strings.CutPrefix(series, directPath)
		if !ok {
			continue
		}
		rows := s.table.years(series, "")
		if len(rows) == 0 {
			return model.Invalid("path", fmt.Sprintf("the path %s has no row with a year and a number", k))
		}
		byYear := map[int]*Row{}
		for _, r := range rows {
			byYear[r.year] = r.row
		}
		last := rows[len(rows)-1]
		p := model.Path{Key: k, Label: rows[0].row.Item, Unit: rows[0].row.Unit, Start: base, Values: make([]float64, years), Grade: model.Measured, Source: cite(rows[0].row), Note: rows[0].row.Note}
		if p.Label == "" {
			p.Label = k
		}
		for i := range p.Values {
			y := base + i
			r := byYear[min(y, last.year)]
			if r == nil {
				var err error
				if r, err = s.gap("the path "+k, y, rows, &p); err != nil {
					return err
				}
			}
			p.Grade = model.Weakest(p.Grade, r.Grade())
			p.Values[i] = r.Value
			if from, ok := priceYear(r); ok {
				var err error
				if p.Values[i], err = s.Rebase(r.Value, from); err != nil {
					return err
				}
			}
		}
		if base+years-1 > last.year {
			p.Note = and(p.Note) + fmt.Sprintf("given to %d and held after", last.year)
		}
		out[k] = p
	}
	return nil
}

// absent reports whether an error says that a set does not have a series at
// all, which is its right, rather than a gap in one that it has.
func absent(err error) bool {
	var gap *MissingYear
	return errors.Is(err, model.ErrNotFound) && !errors.As(err, &gap)
}

// Fuels lists the fuels for which the set has factors over a horizon.
func (s *Set) Fuels(baseYear, years int) ([]model.Fuel, error) {
	paths, err := s.Paths(baseYear, years)
	if err != nil {
		return nil, err
	}
	var out []model.Fuel
	for _, f := range model.Fuels {
		_, used := paths[key("footprint", f)]
		_, changed := paths[key("marginal", f)]
		if used && changed {
			out = append(out, f)
		}
	}
	return out, nil
}
