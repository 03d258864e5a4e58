package portfolio

import (
	"testing"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/apptest"
)

func BenchmarkRows(b *testing.B) {
	const n = 100_000
	p := apptest.Project(n)
	s := app.NewSnapshot(p)
	for b.Loop() {
		Rows(s, nil)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/row")
}
