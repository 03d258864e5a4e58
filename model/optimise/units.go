package optimise

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// Everything exact is counted in whole units: pence, kilograms, person-metres
// and thousandths of a space unit. The scale is units per file unit.
const (
	moneyScale  = 100_000 // pence in £ thousand
	carbonScale = 1_000   // kilograms in a tonne
	accessScale = 1_000   // metres in a kilometre
	spaceScale  = 1_000   // thousandths of a space unit
	ruleScale   = 1_000   // thousandths of a counted action
)

// whole rounds v to the nearest whole unit.
func whole(v float64, scale int64) int64 {
	return int64(math.Round(v * float64(scale)))
}

// mul multiplies and rounds. The conversion forbids the compiler to fuse the
// product into a following sum, which it does on arm64 and not on amd64; with
// it the same run gives the same plan on both.
func mul(a, b float64) float64 { return float64(a * b) }

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	return slices.Sorted(maps.Keys(m))
}
