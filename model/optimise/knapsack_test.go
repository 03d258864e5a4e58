package optimise

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestKnapsackAgreesWithItsTable(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var k knapsack
	for n := range 3000 {
		type item struct {
			p float64
			w int64
		}
		var items []item
		for range 1 + rng.IntN(25) {
			items = append(items, item{1 + 100*rng.Float64(), int64(rng.IntN(40))})
		}
		ratio := func(i item) float64 {
			if i.w == 0 {
				return math.Inf(1)
			}
			return i.p / float64(i.w)
		}
		slices.SortFunc(items, func(a, b item) int { return cmp.Compare(ratio(b), ratio(a)) })
		k.reset()
		for _, i := range items {
			k.add(i.p, i.w)
		}
		k.prepare()
		room := int64(rng.IntN(300))
		got, exact := k.solve(room, -never)
		sum, used := 0.0, int64(0)
		for j, in := range k.take[:len(items)] {
			if in {
				sum += items[j].p
				used += items[j].w
			}
		}
		bound := k.dantzig(0, room)
		want := k.table(room)
		if !exact || math.Abs(got-want) > 1e-6 || math.Abs(sum-want) > 1e-6 || used > room || bound < want-1e-6 {
			t.Fatalf("knapsack %d: %v (selection %v, weight %d of %d), table %v, bound %v", n, got, sum, used, room, want, bound)
		}
	}
}
