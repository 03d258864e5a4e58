package reference

import (
	"fmt"
	"sort"

	"github.com/planting-the-flag/flagstone/model"
)

// Pathways makes target paths of rows a user loaded: one a series and item, in
// the layout of the reference tables (CRREM pathways, for example, which are
// not shipped because their terms are not confirmed). Every year between the
// first and the last must be there.
func Pathways(rows []Row) ([]model.Path, error) {
	type name struct{ series, item string }
	byName := map[name][]yearRow{}
	for i := range rows {
		r := &rows[i]
		y, ok := r.YearNumber()
		if !ok || !r.Numeric {
			return nil, model.Invalid("pathway", fmt.Sprintf("pathway %s, %s: the row for %q has no year or no number", r.Series, r.Item, r.Year))
		}
		k := name{r.Series, r.Item}
		byName[k] = append(byName[k], yearRow{y, r})
	}
	var out []model.Path
	for k, list := range byName {
		sort.Slice(list, func(i, j int) bool { return list[i].year < list[j].year })
		p := model.Path{Key: k.series + "." + slug(k.item), Label: k.item, Unit: list[0].row.Unit, Start: list[0].year, Grade: list[0].row.Grade(), Source: cite(list[0].row)}
		for i, r := range list {
			if want := p.Start + i; r.year != want {
				return nil, fmt.Errorf("pathway %s, %s: %w", k.series, k.item, missing("the pathway", want, list))
			}
			p.Values = append(p.Values, r.row.Value)
		}
		out = append(out, p)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Key < out[j].Key })
	return out, nil
}
