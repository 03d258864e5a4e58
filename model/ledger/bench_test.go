package ledger_test

import (
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/model/ledger"
)

// The size of the speed target: 10,000 buildings, 60 years, 12 streams each.
const benchAssets, benchYears, benchStreams = 10_000, 60, 12

// estate is streams as the action catalogue makes them: yearly costs that grow
// or follow a price, lifecycle, works in a year, a replacement now and then.
func estate() [][]ledger.Stream {
	groups := make([][]ledger.Stream, benchAssets)
	for a := range groups {
		g := make([]ledger.Stream, benchStreams)
		for i := range g {
			s := ledger.Stream{ID: "x", Ledger: ledger.Money, Category: categories[i], PriceBase: 2024, Unit: "£", QuantityUnit: "m²",
				Quantity: -float64(500 + a%3000), Rates: []ledger.Term{{Key: "k", Value: 12.5}}, First: 2026, Last: 2026 + benchYears - 1}
			switch i {
			case 0, 1, 2, 3:
				s.Growth.Value = 0.005 * float64(i)
			case 4, 5:
				s.Index = "price.gas"
			case 6:
				s.FirstMissed = 0.5
			case 7:
				s.Profile.Every = 15
			}
			g[i] = s
		}
		groups[a] = g
	}
	return groups
}

// swept reads memory from end to end, as plainly as it can be written.
func swept(memory []float64) float64 {
	sum := 0.0
	for _, v := range memory {
		sum += v
	}
	return sum
}

// BenchmarkTotal expands and totals the whole estate by year and category, and
// sweeps as much memory in the same run: x-sweep is how many times as long.
func BenchmarkTotal(b *testing.B) {
	c := context(benchYears)
	var flat []ledger.Stream
	for _, g := range estate() {
		flat = append(flat, g...)
	}
	cells := float64(len(flat) * benchYears)
	memory := make([]float64, len(flat)*benchYears)
	for i := range memory {
		memory[i] = float64(i)
	}
	var sweep, total time.Duration
	sink := 0.0
	for b.Loop() {
		t0 := time.Now()
		sink += swept(memory)
		t1 := time.Now()
		if _, err := ledger.TotalBy(flat, c, byCategory); err != nil {
			b.Fatal(err)
		}
		sweep += t1.Sub(t0)
		total += time.Since(t1)
	}
	n := float64(b.N) * cells
	b.ReportMetric(float64(total.Nanoseconds())/n, "ns/stream-year")
	b.ReportMetric(float64(sweep.Nanoseconds())/n, "sweep-ns/cell")
	b.ReportMetric(float64(total)/float64(sweep), "x-sweep")
	if sink == 1 {
		b.Log(sink)
	}
}

// BenchmarkExpand stores every flow, as an appraisal does.
func BenchmarkExpand(b *testing.B) {
	c := context(benchYears)
	var flat []ledger.Stream
	for _, g := range estate() {
		flat = append(flat, g...)
	}
	for b.Loop() {
		if _, err := ledger.Expand(flat, c); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(flat)*benchYears), "ns/stream-year")
}

// BenchmarkChangeOneAsset puts other streams in the place of one building's and
// brings every total up to date.
func BenchmarkChangeOneAsset(b *testing.B) {
	groups := estate()
	tally, err := ledger.NewTally(groups, *context(benchYears), byCategory)
	if err != nil {
		b.Fatal(err)
	}
	i := 0
	for b.Loop() {
		if err := tally.Replace(i%benchAssets, groups[(i*7)%benchAssets]); err != nil {
			b.Fatal(err)
		}
		i += 31
	}
}
