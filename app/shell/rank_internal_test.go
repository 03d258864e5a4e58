package shell

import (
	"fmt"
	"strings"
	"testing"
)

func things(n int) []hit {
	names := []string{"Sale Town Hall", "Town Lane Library", "Timperley Clinic", "Old Town Hall Annexe", "Park Depot"}
	out := make([]hit, n)
	for i := range out {
		t := fmt.Sprintf("%s %d", names[i%len(names)], i/len(names))
		out[i] = hit{title: t, search: strings.ToLower(t + fmt.Sprintf(" M%d %dAB 10001%07d %d High Street", i%40, i%9, i, i)), kind: hitAsset}
	}
	return out
}

func titles(hits []hit) string {
	var s []string
	for _, h := range hits {
		s = append(s, h.title)
	}
	return strings.Join(s, "|")
}

func TestTheNearestHitComesFirst(t *testing.T) {
	mk := func(kind int, title, more string) hit {
		return hit{title: title, search: strings.ToLower(title + " " + more), kind: kind}
	}
	all := []hit{
		mk(hitAsset, "Old Town Hall Annexe", "M33"), mk(hitAsset, "Sale Town Hall", "M33 7ZF"), mk(hitAsset, "Town Lane Library", ""),
		mk(hitAction, "Sell Sale Town Hall", "hubs"), mk(hitService, "Midtown advice", ""), mk(hitAssumption, "Growth of rents", "town.rent"),
		mk(hitCommand, "Import…", "File"), mk(hitAsset, "Town", "")}
	for q, want := range map[string]string{
		"town":      "Town|Town Lane Library|Sale Town Hall|Old Town Hall Annexe|Sell Sale Town Hall|Midtown advice|Growth of rents",
		"m33 7zf":   "Sale Town Hall",
		"hall sale": "Sale Town Hall|Sell Sale Town Hall",
		"imp":       "Import…",
		"":          "Import…",
		"nowhere":   "",
	} {
		if got := titles(rank(q, all)); got != want {
			t.Errorf("%q finds %s, want %s", q, got, want)
		}
	}
}

func TestNoMoreIsListedThanFits(t *testing.T) {
	if n := len(rank("town", things(10_000))); n != mostHits {
		t.Errorf("%d hits", n)
	}
}

// BenchmarkPalette finds things among 100,000 buildings: the slowest is a letter
// that nearly all have, and words in another order.
func BenchmarkPalette(b *testing.B) {
	all := things(100_000)
	for _, q := range []string{"t", "town", "hall town", "100010099999", "zzz"} {
		b.Run(q, func(b *testing.B) {
			for b.Loop() {
				rank(q, all)
			}
		})
	}
}
