package model

import (
	"fmt"
	"sort"
)

// Book is the assumption book of one appraisal: the pinned parameter set with
// the project's overrides laid over it. Every number that drives a stream comes
// from here under a key, so that the workbook can name a cell for it.
type Book struct {
	byKey    map[string]Assumption
	deflator func(from, to int) (float64, error)
}

// NewBook lays later assumptions over earlier ones with the same key. An
// override keeps the label, group and unit of what it replaces when it states
// none itself.
func NewBook(layers ...[]Assumption) *Book {
	b := &Book{byKey: map[string]Assumption{}}
	for _, layer := range layers {
		for _, a := range layer {
			if old, ok := b.byKey[a.Key]; ok {
				if a.Label == "" {
					a.Label = old.Label
				}
				if a.Group == "" {
					a.Group = old.Group
				}
				if a.Unit == "" {
					a.Unit = old.Unit
				}
				if a.PriceBase == 0 {
					a.PriceBase = old.PriceBase
				}
			}
			b.byKey[a.Key] = a
		}
	}
	return b
}

// WithDeflator gives the book the deflator that restates money of one price
// year in prices of another.
func (b *Book) WithDeflator(f func(from, to int) (float64, error)) *Book {
	b.deflator = f
	return b
}

// Restate is the factor from prices of one calendar year to those of another.
func (b *Book) Restate(from, to int) (float64, error) {
	if from == to {
		return 1, nil
	}
	if b.deflator == nil {
		return 0, Invalid("price base", fmt.Sprintf("the assumption book has no deflator to restate %d prices in %d prices", from, to))
	}
	return b.deflator(from, to)
}

// Get returns the assumption under the key.
func (b *Book) Get(key string) (Assumption, bool) {
	a, ok := b.byKey[key]
	return a, ok
}

// All returns every assumption in order of group, then key.
func (b *Book) All() []Assumption {
	out := make([]Assumption, 0, len(b.byKey))
	for _, a := range b.byKey {
		out = append(out, a)
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Group != out[j].Group {
			return out[i].Group < out[j].Group
		}
		return out[i].Key < out[j].Key
	})
	return out
}

// Path is a figure that changes year by year: a price path, an emission factor
// path, a carbon value path.
type Path struct {
	Key    string
	Label  string
	Unit   string
	Start  int       // financial year of Values[0]
	Values []float64 // one a year
	Grade  Grade
	Source string
	Note   string // what was interpolated, extrapolated or held
}

// At returns the value of a year. Years before the path begins take the first
// value and years after it ends the last: a path built for a horizon covers it,
// so this only matters to a chart.
func (p *Path) At(year int) float64 {
	i := year - p.Start
	switch {
	case len(p.Values) == 0:
		return 0
	case i < 0:
		i = 0
	case i >= len(p.Values):
		i = len(p.Values) - 1
	}
	return p.Values[i]
}
