package chart_test

import (
	"bytes"
	"encoding/xml"
	"image/color"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/chart/face"
)

// recorder is a canvas that remembers.
type recorder struct {
	texts []string
	bad   []string
	polys int
}

func (r *recorder) see(ps ...chart.XY) {
	for _, p := range ps {
		if math.IsNaN(p.X) || math.IsNaN(p.Y) || p.X < -60 || p.X > 500 || p.Y < -60 || p.Y > 310 {
			r.bad = append(r.bad, "point off the canvas")
		}
	}
}

func (r *recorder) Polygon(rings [][]chart.XY, _ chart.Paint, _ chart.Stroke) {
	r.polys++
	for _, g := range rings {
		r.see(g...)
	}
}
func (r *recorder) Polyline(p []chart.XY, _ chart.Stroke)                        { r.see(p...) }
func (r *recorder) Circle(at chart.XY, _ float64, _ chart.Paint, _ chart.Stroke) { r.see(at) }
func (r *recorder) Text(at chart.XY, s string, _ chart.TextStyle) {
	r.see(at)
	r.texts = append(r.texts, s)
	for _, c := range s {
		if !face.Has(c) {
			r.bad = append(r.bad, "cannot draw "+string(c))
		}
	}
}

func TestEverySampleStaysOnTheCanvas(t *testing.T) {
	for _, n := range names() {
		t.Run(n, func(t *testing.T) {
			for _, size := range []chart.Size{{W: 440, H: 250}, {W: 120, H: 90}, {W: 10, H: 10}, {}} {
				r := &recorder{}
				chart.Draw(r, samples()[n], size, chart.Options{})
				if len(r.bad) > 0 {
					t.Errorf("%v: %q", size, r.bad[0])
				}
				for _, s := range r.texts {
					if strings.Contains(s, "NaN") || strings.Contains(s, "Inf") || strings.Contains(s, "-") && strings.ContainsAny(s, "0123456789") && strings.HasPrefix(s, "-") {
						t.Errorf("prints %q", s)
					}
				}
			}
		})
	}
}

func TestMissingValuesAreSaid(t *testing.T) {
	for _, n := range []string{"bars-lying", "lines-carbon", "quadrant", "map", "huge-range"} {
		r := &recorder{}
		chart.Draw(r, samples()[n], chart.Size{W: 440, H: 250}, chart.Options{})
		if all := strings.Join(r.texts, "\n"); !strings.Contains(all, "not drawn") {
			t.Errorf("%s hides a missing value:\n%s", n, all)
		}
	}
}

func TestEmptyChartsSaySo(t *testing.T) {
	for _, n := range []string{"empty-bars", "empty-map", "no-plot", "all-missing"} {
		r := &recorder{}
		chart.Draw(r, samples()[n], chart.Size{W: 440, H: 250}, chart.Options{})
		if all := strings.Join(r.texts, "\n"); !strings.Contains(all, "No figures") {
			t.Errorf("%s: %s", n, all)
		}
	}
}

func TestSVGIsWellFormedAndTheSameTwice(t *testing.T) {
	for _, n := range names() {
		a, b := chart.SVG(samples()[n], chart.Size{W: 440, H: 250}), chart.SVG(samples()[n], chart.Size{W: 440, H: 250})
		if !bytes.Equal(a, b) {
			t.Errorf("%s differs", n)
		}
		d := xml.NewDecoder(bytes.NewReader(a))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", n, err)
			}
		}
	}
}

func TestImageDrawsInTheTheme(t *testing.T) {
	for _, th := range []chart.Theme{chart.Light, chart.Dark, chart.HighContrast} {
		img := chart.Image(samples()["bars"], 300, 200, 2, th)
		if b := img.Bounds(); b.Dx() != 600 || b.Dy() != 400 {
			t.Fatalf("size %v", b)
		}
		bg := color.RGBA{th.Background.R, th.Background.G, th.Background.B, 255}
		if img.At(1, 1) != bg {
			t.Errorf("corner %v, want %v", img.At(1, 1), bg)
		}
		seen := map[color.Color]bool{}
		for y := range 400 {
			for x := range 600 {
				seen[img.At(x, y)] = true
			}
		}
		if len(seen) < 20 {
			t.Errorf("only %d colours drawn", len(seen))
		}
	}
}

// WCAG 2 relative luminance, https://www.w3.org/TR/WCAG21/#dfn-relative-luminance.
func luminance(c chart.RGB) float64 {
	f := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.03928 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*f(c.R) + 0.7152*f(c.G) + 0.0722*f(c.B)
}

func TestTextContrast(t *testing.T) {
	for _, th := range []chart.Theme{chart.Print, chart.Dark, chart.HighContrast} {
		for _, c := range []chart.RGB{th.Ink, th.Muted, th.Accent} {
			a, b := luminance(c), luminance(th.Background)
			if r := (max(a, b) + 0.05) / (min(a, b) + 0.05); r < 4.5 {
				t.Errorf("%s on %s: %.2f", c.Hex(), th.Background.Hex(), r)
			}
		}
	}
}

func FuzzWordsAndValues(f *testing.F) {
	f.Add("Sale 🏛\x00\xff", 1.0, -3.0)
	f.Add("", math.Inf(1), math.NaN())
	f.Add("Жук Ω", 1e300, -1e-300)
	f.Fuzz(func(t *testing.T, s string, a, b float64) {
		for _, p := range []chart.Plot{
			chart.Bars{Categories: []string{s, "b"}, Series: []chart.Series{{Name: s, Values: []float64{a, b}}, {Values: []float64{b}}}},
			chart.Lines{X: []float64{a, b}, Series: []chart.LineSeries{{Name: s, Values: []float64{b, a}}}, Marks: []chart.Reference{{Name: s, Value: a}}},
			chart.Scatter{Points: []chart.Point{{X: a, Y: b, Size: a, Label: s, Class: int(int8(len(s)))}}, XSplit: &a, YSplit: &b},
			chart.Waterfall{Steps: []chart.Step{{Label: s, Value: a, Total: true}, {Label: s, Value: b}, {Total: true}}},
			chart.Tornado{Base: a, Bars: []chart.Swing{{Label: s, Low: b, High: a}}},
			chart.Map{Points: []chart.MapPoint{{At: chart.LonLat{a, b}, Label: s, Size: b}}},
			chart.Gantt{Rows: []chart.GanttRow{{Label: s, Spans: []chart.Span{{From: a, To: b, Label: s}}}}},
			chart.Frontier{Points: []chart.FrontierPoint{{X: a, Y: b, Label: s, OnFrontier: true}}, Bound: []chart.XY{{X: b, Y: a}}},
		} {
			r, start := &recorder{}, time.Now()
			chart.Draw(r, &chart.Chart{Title: s, Source: s, Plot: p}, chart.Size{W: 440, H: 250}, chart.Options{})
			if d := time.Since(start); d > 500*time.Millisecond {
				t.Fatalf("%T took %v for %d bytes", p, d, len(s))
			}
			if len(r.bad) > 0 {
				t.Fatalf("%T: %s", p, r.bad[0])
			}
		}
	})
}

func BenchmarkImage(b *testing.B) {
	c := samples()["map"]
	for b.Loop() {
		chart.Image(c, 440, 250, 2, chart.Print)
	}
}

// A band between stairs is shaded as the stairs go, and nowhere else.
func TestBandsStep(t *testing.T) {
	draw := func(x []float64, b chart.Band) string {
		c := &chart.Chart{Title: "t", Plot: chart.Lines{X: x, Bands: []chart.Band{b}}}
		return string(chart.SVG(c, chart.Size{W: 400, H: 300}))
	}
	stairs := draw([]float64{0, 1, 2}, chart.Band{Low: []float64{0, 1, 2}, High: []float64{9, 8, 4}, Step: true})
	spelt := draw([]float64{0, 1, 1, 2, 2}, chart.Band{Low: []float64{0, 0, 1, 1, 2}, High: []float64{9, 9, 8, 8, 4}})
	straight := draw([]float64{0, 1, 2}, chart.Band{Low: []float64{0, 1, 2}, High: []float64{9, 8, 4}})
	if stairs != spelt || stairs == straight {
		t.Error("the band does not follow the stairs")
	}
}
