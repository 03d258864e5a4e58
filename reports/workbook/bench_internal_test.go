package workbook

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"testing"
)

// counter counts what is written.
type counter struct{ n int64 }

func (c *counter) Write(p []byte) (int, error) { c.n += int64(len(p)); return len(p), nil }

// BenchmarkWrite writes books of the size of the demonstration place and of a
// county: FLAGSTONE_BENCH_LARGE=1 adds the second.
func BenchmarkWrite(b *testing.B) {
	cases := []struct {
		size, options int
		own           float64
	}{{400, 2, 0.15}, {400, 2, 1}}
	if os.Getenv("FLAGSTONE_BENCH_LARGE") != "" {
		cases = append(cases, struct {
			size, options int
			own           float64
		}{5000, 5, 0.2}, struct {
			size, options int
			own           float64
		}{5000, 5, 1})
	}
	for _, x := range cases {
		b.Run(fmt.Sprintf("%d assets, %d options, %.0f%% own", x.size, x.options, x.own*100), func(b *testing.B) {
			c := newSample(b, 1, x.size, 30, x.options, x.own).compare(b)
			n := 0
			for i := range c.Options {
				n += len(c.Options[i].Plan.Streams)
			}
			for b.Loop() {
				w := &counter{}
				if err := Write(context.Background(), c, io.Writer(w), Options{Created: when}); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(w.n)/1e6, "MB")
			}
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(n), "streams")
			b.ReportMetric(float64(m.Sys)/1e6, "MB-taken")
		})
	}
}
