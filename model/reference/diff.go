package reference

import (
	"sort"

	"github.com/planting-the-flag/flagstone/model"
)

// Change is one figure that two sets hold differently.
type Change struct {
	Kind     string // "assumption", "path", "discount rate"
	Key      string
	Label    string
	Unit     string
	Year     int // first financial year that differs, for a path; year of the appraisal, for a discount rate
	From, To float64
	FromOnly bool // the second set does not have it
	ToOnly   bool // the first set does not have it
}

// Diff lists what differs between two sets over a horizon: assumptions, the
// first differing year of every path, and every band of the schedules the sets
// use of their own accord. An empty list means that they would give the same
// results.
func Diff(a, b *Set, baseYear, years int) ([]Change, error) {
	var out []Change
	have := map[string]model.Assumption{}
	for _, x := range a.Assumptions() {
		have[x.Key] = x
	}
	for _, y := range b.Assumptions() {
		x, ok := have[y.Key]
		delete(have, y.Key)
		c := Change{Kind: "assumption", Key: y.Key, Label: y.Label, Unit: y.Unit, From: x.Value, To: y.Value, ToOnly: !ok}
		if !ok || x.Value != y.Value || x.Unit != y.Unit {
			out = append(out, c)
		}
	}
	for _, x := range have {
		out = append(out, Change{Kind: "assumption", Key: x.Key, Label: x.Label, Unit: x.Unit, From: x.Value, FromOnly: true})
	}
	pa, err := a.Paths(baseYear, years)
	if err != nil {
		return nil, err
	}
	pb, err := b.Paths(baseYear, years)
	if err != nil {
		return nil, err
	}
	for k, y := range pb {
		x, ok := pa[k]
		if !ok {
			out = append(out, Change{Kind: "path", Key: k, Label: y.Label, Unit: y.Unit, Year: baseYear, To: y.Values[0], ToOnly: true})
			continue
		}
		for i := range y.Values {
			if x.Values[i] != y.Values[i] {
				out = append(out, Change{Kind: "path", Key: k, Label: y.Label, Unit: y.Unit, Year: baseYear + i, From: x.Values[i], To: y.Values[i]})
				break
			}
		}
	}
	for k, x := range pa {
		if _, ok := pb[k]; !ok {
			out = append(out, Change{Kind: "path", Key: k, Label: x.Label, Unit: x.Unit, Year: baseYear, From: x.Values[0], FromOnly: true})
		}
	}
	rates, err := diffRates(a, b, years)
	if err != nil {
		return nil, err
	}
	out = append(out, rates...)
	sort.SliceStable(out, func(i, j int) bool {
		if out[i].Kind != out[j].Kind {
			return out[i].Kind < out[j].Kind
		}
		if out[i].Key != out[j].Key {
			return out[i].Key < out[j].Key
		}
		return out[i].Year < out[j].Year
	})
	return out, nil
}

// diffRates lists the years in which the difference between two schedules
// begins or changes.
func diffRates(a, b *Set, years int) ([]Change, error) {
	sa, err := a.ScheduleByID("")
	if err != nil {
		return nil, err
	}
	sb, err := b.ScheduleByID("")
	if err != nil {
		return nil, err
	}
	var out []Change
	lastA, lastB := 0.0, 0.0
	for y := 0; y < years; y++ {
		ra, err := sa.Rate(y)
		if err != nil {
			return nil, err
		}
		rb, err := sb.Rate(y)
		if err != nil {
			return nil, err
		}
		if ra != rb && (y == 0 || ra != lastA || rb != lastB) {
			out = append(out, Change{Kind: "discount rate", Key: "discount", Label: sa.Name + " → " + sb.Name, Unit: "fraction a year", Year: y, From: ra, To: rb})
		}
		lastA, lastB = ra, rb
	}
	return out, nil
}
