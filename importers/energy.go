package importers

import (
	"fmt"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/layout"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/importers/units"
	"github.com/planting-the-flag/flagstone/model"
)

// energy reads meter readings and adds them up to the latest whole year of each building and fuel: the 365 days, or 12 months, up
// to the last reading. Less than ten months of readings is not a year, and is said.
func (r *run) energy(b *layout.Block, m *mapping.Mapping) error {
	c := r.columns(b, m)
	e := &meters{r: r, c: c, use: map[meterKey]map[string]float64{}, first: map[meterKey]int{}}
	e.site, e.hasSite = siteColumn(c)
	for _, ch := range m.Columns {
		if isClock(ch.Column) {
			e.clock = append(e.clock, ch)
		}
	}
	if len(e.clock) == 0 {
		e.clock = c.of.get(mapping.Reading)
	} else {
		for _, ch := range e.clock {
			if ch.In.IsZero() {
				c.take(ch.Index, &units.KWh)
			}
		}
		r.say(model.Warning, b, 0, mapping.Choice{}, "", "the readings of the day are read as kWh: the columns state no unit", "If that is wrong, convert them before importing.", "")
	}
	for i := range b.Rows {
		if err := table.Check(r.ctx, i); err != nil {
			return err
		}
		e.row(b.Rows[i])
	}
	e.total()
	return nil
}

func siteColumn(c *columns) (mapping.Choice, bool) {
	for _, f := range []mapping.FieldID{mapping.UPRN, mapping.Reference, mapping.Name} {
		if ch, ok := c.first(f); ok {
			return ch, true
		}
	}
	return mapping.Choice{}, false
}

type meterKey struct {
	site string
	fuel model.Fuel
}

type meters struct {
	r       *run
	c       *columns
	site    mapping.Choice
	hasSite bool
	clock   []mapping.Choice
	use     map[meterKey]map[string]float64 // date → kWh
	first   map[meterKey]int                // first row
	order   []meterKey
}

func (e *meters) row(row table.Row) {
	r, c := e.r, e.c
	site := ""
	if e.hasSite {
		site = words(row.At(e.site.Index))
	}
	fuel, known := fuelOf(c.text(row, mapping.Fuel))
	date := c.date(row, mapping.ReadingDate, "")
	fch, _ := c.first(mapping.Fuel)
	switch {
	case site == "":
		r.reject(c.b, row.Number, e.site, "", "the reading names no building", "Give the name or reference of the building.")
		return
	case !known:
		r.reject(c.b, row.Number, fch, c.text(row, mapping.Fuel), "the reading names no fuel that Flagstone knows", "Write electricity, gas, oil, district heat or biomass.")
		return
	case date == "":
		d, _ := c.first(mapping.ReadingDate)
		r.reject(c.b, row.Number, d, "", "the reading has no date", "Give the date.")
		return
	}
	sum, n := 0.0, 0
	for _, ch := range e.clock {
		if v, ok := c.amount(row, &ch, units.Energy, ""); ok {
			sum += v
			n++
		}
	}
	if n == 0 {
		r.reject(c.b, row.Number, mapping.Choice{}, "", "the row holds no reading", "Correct the row.")
		return
	}
	k := meterKey{site, fuel}
	if e.use[k] == nil {
		e.use[k] = map[string]float64{}
		e.first[k] = row.Number
		e.order = append(e.order, k)
	} else {
		r.res.Counts.Merged++
	}
	e.use[k][date] += sum
}

func fuelOf(s string) (model.Fuel, bool) {
	low := strings.ToLower(s)
	switch {
	case strings.Contains(low, "elec"), low == "power":
		return model.Electricity, true
	case strings.Contains(low, "gas") && !strings.Contains(low, "gasoil") && !strings.Contains(low, "gas oil"):
		return model.Gas, true
	case strings.Contains(low, "oil"), strings.Contains(low, "kerosene"), strings.Contains(low, "diesel"):
		return model.Oil, true
	case strings.Contains(low, "heat"), strings.Contains(low, "steam"):
		return model.DistrictHeat, true
	case strings.Contains(low, "wood"), strings.Contains(low, "biomass"), strings.Contains(low, "pellet"):
		return model.Biomass, true
	}
	return "", false
}

// total turns the readings into a year's energy of an asset.
func (e *meters) total() {
	r, c := e.r, e.c
	made := map[string]int{}
	for _, k := range e.order {
		days := make([]string, 0, len(e.use[k]))
		for d := range e.use[k] {
			days = append(days, d)
		}
		sort.Strings(days)
		last := days[len(days)-1]
		from := yearBefore(last)
		sum, n := 0.0, 0
		for _, d := range days {
			if d > from {
				sum += e.use[k][d]
				n++
			}
		}
		if n < 10 || (n > 60 && n < 300) {
			r.say(model.Warning, c.b, e.first[k], e.site, k.site, fmt.Sprintf("%s: %d readings of %s in the year to %s are not a whole year; the sum was taken as it is", k.site, n, k.fuel, last), "Add the missing readings.", "")
		}
		f := model.Figure{Value: sum, Grade: model.Measured, Source: fmt.Sprintf("%s, from row %d: %d readings in the year to %s", c.where, e.first[k], n, last)}
		at, ok := made[k.site]
		if !ok {
			at = e.asset(k.site, e.first[k])
			made[k.site] = at
		}
		ch := &r.res.Changes.Assets[at]
		old, was := ch.Asset.Energy.Lookup(k.fuel)
		// One row begins the meter and is counted by what becomes of it; the others are added to it.
		switch {
		case ch.Status == New:
			r.res.Counts.Imported++
		case was && old.Known() && same(old.Value, f.Value) && !old.Grade.Modelled():
			r.res.Counts.Unchanged++
			continue
		default:
			ch.Status = Updated
			ch.Fields = append(ch.Fields, FieldChange{string(k.fuel), trimFloat(old.Value), trimFloat(f.Value), f.Source})
			r.res.Counts.Updated++
		}
		ch.Asset.Energy.Set(k.fuel, f)
	}
}

// asset finds the building of a meter, or makes one that has nothing but its energy.
func (e *meters) asset(site string, row int) int {
	list := &e.r.res.Changes.Assets
	found, why := e.r.findAsset(&wanted{texts: []string{site}})
	if a := found; a != nil {
		if at, ok := e.r.idx.touched[a.ID]; ok {
			return at
		}
		*list = append(*list, AssetChange{Status: Unchanged, Asset: *a, Rows: []int{row}, Table: len(e.c.r.res.Tables) - 1, Match: &Match{Asset: a.ID, Score: 1, Reasons: []string{"named " + site}}})
		e.r.idx.touched[a.ID] = len(*list) - 1
		return len(*list) - 1
	}
	a := model.Asset{Name: site, Organisation: e.r.organisation("")}
	a.Use, _ = ClassifyUse(site, strings.ReplaceAll(e.c.b.Table.File, "_", " "))
	a.ID = e.r.idx.newID(&a, "")
	e.r.say(model.Warning, e.c.b, row, e.site, site, why+"; one was made that has only its energy", "Import the register of buildings first, with the same names.", a.ID)
	*list = append(*list, AssetChange{Status: New, Asset: a, Rows: []int{row}, Table: len(e.c.r.res.Tables) - 1})
	return len(*list) - 1
}

// yearBefore is the same day a year earlier, as ISO text; readings after it make the year.
func yearBefore(iso string) string {
	y := 0
	_, _ = fmt.Sscanf(iso[:4], "%d", &y)
	return fmt.Sprintf("%04d%s", y-1, iso[4:])
}
