package estatemap

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/planting-the-flag/flagstone/app/apptest"
)

// One step of a pan with 100,000 assets in a window: the pan itself, the
// picture painted beside it, and the window drawn by the software painter.
func BenchmarkPanInWindow(b *testing.B) {
	r := newRig(b, apptest.Project(100_000))
	r.w.Resize(fyne.NewSize(1200, 740))
	r.v.setHeat("All residents")
	r.until("the density", func() bool { return r.v.heat != nil })
	r.v.canvas.ZoomBy(1.6, r.v.canvas.middle())
	r.settle()
	var slowest, pan, paint, draw time.Duration
	for i := 0; b.Loop(); i++ {
		s := time.Now()
		d := float32(24)
		if i%20 >= 10 {
			d = -d
		}
		r.v.canvas.pan(d, 0)
		p := time.Since(s)
		slowest, pan = max(slowest, p), pan+p
		s = time.Now()
		r.settle()
		paint += time.Since(s)
		s = time.Now()
		r.w.Canvas().Capture()
		draw += time.Since(s)
	}
	n := float64(b.N)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 / n }
	b.ReportMetric(ms(pan), "pan-ms")
	b.ReportMetric(ms(paint), "paint-ms")
	b.ReportMetric(ms(draw), "window-ms")
	b.ReportMetric(float64(slowest.Microseconds())/1000, "slowest-pan-ms")
}
