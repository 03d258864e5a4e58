package importers

import (
	"fmt"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/layout"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/importers/units"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// population reads rows about areas. The stated rule for long tables: rows with the same area code make one point; a category
// column names the group that the row counts; the category that means everybody gives the people of the area.
func (r *run) population(b *layout.Block, m *mapping.Mapping) error {
	c := r.columns(b, m)
	p := r.placer(c)
	t := &tally{c: c, points: map[string]*model.PopulationPoint{}, rows: map[string]int{}, table: len(r.res.Tables) - 1}
	t.code, _ = c.first(mapping.AreaCode)
	t.everybody = t.total()
	var order []string
	for i := range b.Rows {
		if err := table.Check(r.ctx, i); err != nil {
			return err
		}
		row := b.Rows[i]
		code := words(row.At(t.code.Index))
		if code == "" {
			r.reject(b, row.Number, t.code, "", "the row names no area", "Give it the code of its area, or delete the row.")
			continue
		}
		pt, seen := t.points[code]
		if !seen {
			pt = &model.PopulationPoint{Code: code, Name: c.text(row, mapping.AreaName), Groups: map[string]float64{}, Source: fmt.Sprintf("%s, row %d", c.where, row.Number)}
			if a := (model.Asset{Name: pt.Name}); p.hasPair || p.hasText {
				p.place(row, &a, geo.Postcode{}, false)
				pt.Location, pt.Placed = a.Location, a.Placed
			}
			t.points[code], t.rows[code] = pt, row.Number
			order = append(order, code)
		}
		if n := t.add(row, pt); n == 0 {
			if !seen {
				delete(t.points, code)
				order = order[:len(order)-1]
			}
			r.reject(b, row.Number, t.code, code, "the row counts nobody: no number could be read", "Correct the row.")
			continue
		}
		if seen {
			r.merge(b, row.Number, t.code, code, "another row about the same area; its counts were added as a group", firstNonEmpty(pt.Name, code))
		} else {
			r.count(code)
		}
	}
	r.points(t, order)
	return nil
}

// count books the first row of an area; whether the area changes is known only at the end.
func (r *run) count(string) { r.res.Counts.Imported++ }

// tally adds up the people of areas.
type tally struct {
	c         *columns
	code      mapping.Choice
	points    map[string]*model.PopulationPoint
	rows      map[string]int // by code, the first row that speaks of the area
	table     int
	everybody map[string]bool // categories that mean all people
}

// total finds the categories that mean everybody.
func (t *tally) total() map[string]bool {
	out := map[string]bool{}
	ch, ok := t.c.first(mapping.Category)
	if !ok {
		return out
	}
	for i := range t.c.b.Rows {
		low := strings.ToLower(words(t.c.b.Rows[i].At(ch.Index)))
		switch {
		case low == "persons", low == "person", low == "all", low == "total", low == "all persons", low == "all people", low == "both", low == "both sexes", low == "all usual residents", low == "people", low == "everyone",
			strings.HasPrefix(low, "total: "), strings.HasPrefix(low, "all categories"), low == "all ages":
			out[low] = true
		}
	}
	return out
}

// add counts one row; the number of counts read is returned.
func (t *tally) add(row table.Row, pt *model.PopulationPoint) int {
	c := t.c
	category := c.text(row, mapping.Category)
	low := strings.ToLower(category)
	all := category == "" || t.everybody[low]
	n := 0
	if ch, ok := c.first(mapping.Persons); ok {
		if v, ok := c.amount(row, &ch, units.Count, ""); ok && v >= 0 {
			n++
			if all {
				pt.People = v
			} else {
				pt.Groups[groupName(category)] = v
			}
		}
	}
	if all {
		n += t.ages(row, pt)
		for _, ch := range c.of.get(mapping.Group_) {
			if v, ok := c.amount(row, &ch, units.Count, ""); ok && v >= 0 {
				pt.Groups[groupName(ch.Column)] = v
				n++
			}
		}
	}
	ch, ok := c.first(mapping.Amount)
	if !ok || n > 0 {
		return n
	}
	v, ok := c.amount(row, &ch, units.Count, "")
	if !ok || v < 0 {
		return n
	}
	if unit := t.unitOf(row); unit == "percentage" || unit == "percent" || unit == "%" || unit == "rate" {
		return 1 // a share of what another row counts: read, and of no use
	}
	if t.everybody[low] {
		pt.People = v
	} else {
		pt.Groups[t.group(category)] += v
	}
	return n + 1
}

// group names the group of a category; one that means nothing by itself is named with its column: "mode of travel: train".
func (t *tally) group(category string) string {
	g := groupName(category)
	if ch, ok := t.c.first(mapping.Category); ok && g == strings.ToLower(category) {
		head := strings.ToLower(strings.ReplaceAll(ch.Column, "_", " "))
		if head != "category" && head != "sex" && head != "c name" && head != "age group" {
			return head + ": " + g
		}
	}
	return g
}

func (t *tally) unitOf(row table.Row) string {
	if ch, ok := t.c.first(mapping.Measure); ok {
		return strings.ToLower(words(row.At(ch.Index)))
	}
	return ""
}

// ages reads the columns of ages. Single years are gathered into bands unless the table has bands of its own.
func (t *tally) ages(row table.Row, pt *model.PopulationPoint) int {
	type band struct {
		name     string
		from, to int
	}
	bands := []band{{"aged 0 to 15", 0, 15}, {"aged 16 to 64", 16, 64}, {"aged 65 and over", 65, 200}, {"aged 85 and over", 85, 200}, {"aged 0 to 4", 0, 4}}
	single := map[string]float64{}
	sexes := map[string]float64{} // bands given for each sex apart
	n, own, sum := 0, 0, 0.0
	for _, ch := range t.c.of.get(mapping.AgeGroup) {
		a, ok := mapping.ParseAges(ch.Column)
		if !ok {
			continue
		}
		v, ok := t.c.amount(row, &ch, units.Count, "")
		if !ok || v < 0 {
			continue
		}
		n++
		if a.Single() || a.To < 0 && a.From >= 80 {
			sum += v
			for _, b := range bands {
				if a.From >= b.from && (a.To >= 0 && a.To <= b.to || a.To < 0 && b.to == 200) {
					single[b.name] += v
				}
			}
			continue
		}
		own++
		if a.Sex != "" {
			sexes[a.String()] += v
			continue
		}
		pt.Groups[a.String()] = v
	}
	for _, more := range []map[string]float64{sexes, single} {
		for name, v := range more {
			if _, ok := pt.Groups[name]; !ok {
				pt.Groups[name] = v
			}
		}
	}
	if pt.People == 0 && own == 0 && n > 80 {
		pt.People = sum
	}
	return n
}

// groupName is what a category is called among the groups of a point.
func groupName(category string) string {
	low := strings.ToLower(strings.ReplaceAll(category, "_", " "))
	if a, ok := mapping.ParseAges(strings.ReplaceAll(low, " ", "_")); ok && !a.Single() {
		return a.String()
	}
	has := func(words ...string) bool {
		for _, w := range words {
			if !strings.Contains(low, w) {
				return false
			}
		}
		return true
	}
	switch {
	case strings.HasPrefix(low, "no car"), has("without", "car"), has("no cars", "van"):
		return "households without a car"
	case has("cars or vans in household"), has("car or van in household"):
		return "households with " + strings.TrimSuffix(low, " in household")
	case strings.HasPrefix(low, "disabled under the equality act"), strings.HasPrefix(low, "disabled"):
		return "disabled"
	case strings.HasPrefix(low, "not disabled"):
		return "not disabled"
	case low == "females", low == "female", low == "f", low == "women":
		return "female"
	case low == "males", low == "male", low == "m", low == "men":
		return "male"
	}
	return low
}

// points turns the tally into changes against what is there.
func (r *run) points(t *tally, order []string) {
	for _, code := range order {
		pt := t.points[code]
		old := r.idx.points[code]
		if old == nil {
			if !r.alreadyChanged(pt) {
				r.res.Changes.Population = append(r.res.Changes.Population, PointChange{New, *pt, t.rows[code], t.table})
			}
			continue
		}
		merged := *old
		merged.Groups = map[string]float64{}
		for k, v := range old.Groups {
			merged.Groups[k] = v
		}
		changed := false
		if pt.People > 0 && pt.People != merged.People {
			merged.People, changed = pt.People, true
		}
		if merged.Name == "" && pt.Name != "" {
			merged.Name, changed = pt.Name, true
		}
		if pt.Placed != "" && (merged.Placed == "" || better(pt.Placed, merged.Placed)) {
			merged.Location, merged.Placed, changed = pt.Location, pt.Placed, true
		}
		for k, v := range pt.Groups {
			if w, ok := merged.Groups[k]; !ok || w != v {
				merged.Groups[k], changed = v, true
			}
		}
		r.res.Counts.Imported--
		status := Unchanged
		if changed {
			status = Updated
			if !strings.Contains(merged.Source, t.c.b.Table.File) {
				merged.Source = strings.TrimPrefix(merged.Source+"; "+pt.Source, "; ")
			}
			r.res.Counts.Updated++
		} else {
			r.res.Counts.Unchanged++
		}
		r.res.Changes.Population = append(r.res.Changes.Population, PointChange{status, merged, t.rows[code], t.table})
	}
}

// alreadyChanged adds to a point that another table of the same file made.
func (r *run) alreadyChanged(pt *model.PopulationPoint) bool {
	for i := range r.res.Changes.Population {
		q := &r.res.Changes.Population[i].Point
		if q.Code != pt.Code {
			continue
		}
		if pt.People > 0 {
			q.People = pt.People
		}
		for k, v := range pt.Groups {
			q.Groups[k] = v
		}
		r.res.Counts.Imported--
		r.res.Counts.Merged++
		return true
	}
	return false
}
