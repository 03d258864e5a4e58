package chart_test

import (
	"flag"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/reports/chart"
)

var gallery = flag.String("gallery", "", "write every sample chart as PNG and SVG into this folder")

func f64(v float64) *float64 { return &v }

func years(from, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = float64(from + i)
	}
	return out
}

func line(n int, f func(i float64) float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = f(float64(i))
	}
	return out
}

// samples has every kind of plot at its best and at its worst.
func samples() map[string]*chart.Chart {
	money := chart.Axis{Label: "£ a year, 2026 prices", Unit: chart.Unit{Kind: chart.Pounds}}
	fin := chart.Axis{Unit: chart.Unit{Kind: chart.FinYear}}
	square := func(x, y, s float64) []chart.LonLat {
		return []chart.LonLat{{x, y}, {x + s, y}, {x + s, y + s}, {x, y + s}, {x, y}}
	}
	long := strings.Repeat("Altrincham and Timperley joint services centre ", 6)
	nan := math.NaN()
	src := "council asset register, 2026"
	var areas []chart.Area
	for i := range 25 {
		areas = append(areas, chart.Area{Rings: [][]chart.LonLat{square(-2.4+0.02*float64(i%5), 53.38+0.012*float64(i/5), 0.0195)}, Class: i%6 - 1})
	}
	return map[string]*chart.Chart{
		"bars": {Title: "Sale Waterside costs more to run than the next three buildings together", Source: src, Grade: "modelled", Y: money,
			Plot: chart.Bars{Categories: []string{"Sale Waterside", "Trafford Town Hall", "Stretford Public Hall", "Urmston Library", "Partington Hub"},
				Series: []chart.Series{{Name: "Running cost", Values: []float64{1.24e6, 5.1e5, 3.02e5, 2.2e5, -4.1e4}}}, Highlight: 1}},
		"bars-lying": {Title: "Backlog by building", Source: src, Y: money,
			Plot: chart.Bars{Horizontal: true, Categories: []string{long, "Town Hall", "Depot", "Library"},
				Series: []chart.Series{{Values: []float64{1.2e6, 3e5, nan, -2e5}}}, Target: &chart.Reference{Name: "average", Value: 4e5}}},
		"bars-grouped": {Title: "Emissions fall in every scope", Source: src, Y: chart.Axis{Label: "tCO₂e a year"},
			Plot: chart.Bars{Categories: []string{"Scope 1", "Scope 2", "Scope 3"}, Series: []chart.Series{
				{Name: "Now", Values: []float64{820, 410, 120}}, {Name: "Do minimum", Values: []float64{760, 300, 118}}, {Name: "Preferred", Values: []float64{210, 180, 60}}}}},
		"bars-stacked": {Title: "Borrowing pays for most of the capital until receipts arrive in 2029/30", Source: src, Y: money,
			Plot: chart.Bars{Stacked: true, Categories: []string{"2026/27", "2027/28", "2028/29", "2029/30", "2030/31"}, Series: []chart.Series{
				{Name: "Borrowing", Values: []float64{1e6, 2e6, 1.5e6, 0, 0}}, {Name: "Grant", Values: []float64{2e5, 4e5, 3e5, 1e5, 0}},
				{Name: "Receipts", Values: []float64{0, 0, -4e5, -2.2e6, -9e5}}, {Name: "Reserves", Values: []float64{1e5, 1e5, 1e5, 1e5, 1e5}}}}},
		"lines": {Title: "The preferred option overtakes business as usual in 2031/32", Source: src, Grade: "modelled", X: fin, Y: chart.Axis{Label: "cumulative cash", Unit: chart.Unit{Kind: chart.Pounds}},
			Plot: chart.Lines{X: years(2026, 15), Marks: []chart.Reference{{Name: "payback 2031/32", Value: 2031}}, Series: []chart.LineSeries{
				{Name: "Preferred", Strong: true, Values: line(15, func(i float64) float64 { return -3e6 + 6e5*i })},
				{Name: "Do minimum", Values: line(15, func(i float64) float64 { return -1e6 + 1e5*i })},
				{Name: "Business as usual", Values: line(15, func(i float64) float64 { return -3e5 * i / 2 })}}}},
		"lines-carbon": {Title: "The estate misses its pathway from 2029", Source: src, X: chart.Axis{Unit: chart.Unit{Kind: chart.Year}}, Y: chart.Axis{Label: "tCO₂e a year"},
			Plot: chart.Lines{X: years(2026, 13), Zero: true, Levels: []chart.Reference{{Name: "target 2038", Value: 120}}, Marks: []chart.Reference{{Name: "stranded 2029", Value: 2029}}, Series: []chart.LineSeries{
				{Name: "Estate", Strong: true, Step: true, Values: []float64{1400, 1350, 1300, nan, 900, 880, 860, 400, 380, 300, 290, 280, 270}},
				{Name: "Pathway", Values: line(13, func(i float64) float64 { return 1400 - 106*i })}}}},
		"fan": {Title: "Eight in ten outcomes pay back before 2034", Source: src, Grade: "estimated", X: fin, Y: money,
			Plot: chart.Fan{X: years(2026, 10), P10: line(10, func(i float64) float64 { return -2e6 + 1e5*i }), P25: line(10, func(i float64) float64 { return -2e6 + 2e5*i }), P50: line(10, func(i float64) float64 { return -2e6 + 4e5*i }),
				P75: line(10, func(i float64) float64 { return -2e6 + 5e5*i }), P90: line(10, func(i float64) float64 { return -2e6 + 6e5*i })}},
		"waterfall": {Title: "Shared buildings, not sales, make the saving", Source: src, Y: money,
			Plot: chart.Waterfall{Steps: []chart.Step{{Label: "Cost today", Value: 4.2e6, Total: true}, {Label: "Buildings released", Value: -9.4e5}, {Label: "Shared reception", Value: -2.1e5}, {Label: "Energy", Value: -3.3e5}, {Label: "New hub running cost", Value: 4.6e5}, {Label: "Borrowing", Value: 3.1e5}, {Label: "Cost in 2034", Total: true}}}},
		"tornado": {Title: "Only the price of the Town Hall could turn the case", Source: src, Y: chart.Axis{Label: "net present social value", Unit: chart.Unit{Kind: chart.Pounds}},
			Plot: chart.Tornado{Base: 6.1e6, Bars: []chart.Swing{{Label: "Fit-out cost", Low: 7e6, High: 5.1e6, LowAt: "−20%", HighAt: "+30%"}, {Label: "Receipt for the Town Hall", Low: -1.2e6, High: 9e6, LowAt: "£1.0m", HighAt: "£9.5m"}, {Label: "Energy price path", Low: 5.6e6, High: 6.9e6, LowAt: "low", HighAt: "high"}, {Label: "Days in the office", Low: 5.9e6, High: 6.2e6, LowAt: "4", HighAt: "2"}}}},
		"quadrant": {Title: "Six buildings cost much and are used little", Source: src, X: chart.Axis{Label: "use at peak, share of desks", Unit: chart.Unit{Kind: chart.Percent}}, Y: chart.Axis{Label: "running cost, £ per m²", Unit: chart.Unit{Kind: chart.Pounds}},
			Plot: chart.Scatter{XSplit: f64(0.5), YSplit: f64(110), Quadrants: [4]string{"Challenge first", "Busy and dear", "Leave for now", "Keep and fill"}, Classes: []string{"Office", "Library", "Depot"}, SizeName: "floor area",
				Points: []chart.Point{{X: 0.2, Y: 180, Size: 4000, Label: "Town Hall", Class: 0}, {X: 0.3, Y: 150, Size: 900, Label: "Urmston Library", Class: 1}, {X: 0.31, Y: 152, Size: 700, Label: "Sale West", Class: 1}, {X: 0.8, Y: 60, Size: 2500, Label: "Sale Waterside", Class: 0}, {X: 0.7, Y: 90, Size: 1500, Label: "Carrington depot", Class: 2}, {X: nan, Y: 3, Label: "lost"}}}},
		"gantt": {Title: "Moves finish before the first lease break in 2028", Source: src, X: fin,
			Plot: chart.Gantt{Classes: []string{"Design", "Works", "Disposal"}, Marks: []chart.Reference{{Name: "decision", Value: 2026.6}}, Rows: []chart.GanttRow{
				{Label: "Sale hub", Group: true}, {Label: "Design and planning", Spans: []chart.Span{{From: 2026.5, To: 2027.2, Class: 0}}, Milestones: []chart.Milestone{{At: 2027.2, Label: "planning decision"}}},
				{Label: "Fit-out", Spans: []chart.Span{{From: 2027.3, To: 2028.1, Class: 1, Label: "10 months"}}},
				{Label: "Town Hall", Group: true}, {Label: "Vacate and market", Spans: []chart.Span{{From: 2028, To: 2029.5, Class: 2}}, Milestones: []chart.Milestone{{At: 2029.5, Label: "completion"}}}}}},
		"map": {Title: "Travel gets longer only in Partington", Source: src,
			Plot: chart.Map{Areas: areas, Diverging: true, AreaClasses: []string{"5+ min worse", "1–5 min worse", "no change", "1–5 min better", "5+ min better"}, PointClasses: []string{"kept", "released", "new hub"}, SizeName: "floor area",
				Points: []chart.MapPoint{{At: chart.LonLat{-2.36, 53.41}, Size: 4000, Class: 0, Label: "Sale Waterside"}, {At: chart.LonLat{-2.33, 53.40}, Size: 1000, Class: 1, Label: "Town Hall"}, {At: chart.LonLat{-2.345, 53.42}, Size: 2000, Class: 2, Label: "Stretford hub"}, {At: chart.LonLat{nan, 1}}},
				Lines:  []chart.MapLine{{Path: []chart.LonLat{{-2.33, 53.40}, {-2.36, 53.41}}, Arrow: true}}}},
		"frontier": {Title: "No plan can save more than £214k beyond the proposed one", Source: src, X: chart.Axis{Label: "net present cost", Unit: chart.Unit{Kind: chart.Pounds}}, Y: chart.Axis{Label: "tCO₂e over 30 years"},
			Plot: chart.Frontier{Points: []chart.FrontierPoint{{X: 1e6, Y: 9000, OnFrontier: true, Label: "cheapest"}, {X: 2e6, Y: 6000, OnFrontier: true, Chosen: true, Label: "Proposed"}, {X: 4e6, Y: 4000, OnFrontier: true}, {X: 7e6, Y: 3000, OnFrontier: true, Label: "least carbon"}, {X: 3e6, Y: 8000, Label: "business as usual"}, {X: 5e6, Y: 7000}},
				Bound: []chart.XY{{X: 9e5, Y: 8700}, {X: 1.9e6, Y: 5600}, {X: 3.8e6, Y: 3700}, {X: 6.6e6, Y: 2800}}}},
		"blocks": {Title: "Two of five measures pay for themselves", Source: src, Grade: "modelled", X: chart.Axis{Label: "tCO₂e saved over the period", Unit: chart.Unit{Suffix: " t"}}, Y: chart.Axis{Label: "£ a tonne", Unit: chart.Unit{Kind: chart.Pounds}},
			Plot: chart.Blocks{Level: &chart.Reference{Name: "value of a tonne in 2026/27", Value: 280}, Highlight: 3, Blocks: []chart.Block{{Label: "LED", Width: 210, Height: -180}, {Label: "Controls", Width: 340, Height: -40}, {Label: "Heat pump", Width: 900, Height: 190}, {Label: long, Width: 260, Height: 420}, {Label: "Solar panels", Width: 12, Height: 9100}, {Width: nan, Height: 3}}}},
		"empty-bars":  {Title: "Nothing yet", Plot: chart.Bars{}},
		"empty-map":   {Title: "Nothing yet", Plot: chart.Map{}},
		"no-plot":     {Title: "Nothing yet"},
		"one-point":   {Title: "One point", Plot: chart.Lines{X: []float64{2026}, Series: []chart.LineSeries{{Name: "a", Values: []float64{3}}}}},
		"one-place":   {Title: "One place", Plot: chart.Map{Points: []chart.MapPoint{{At: chart.LonLat{-2.3, 53.4}, Label: "Here"}}}},
		"all-missing": {Title: "All missing", Plot: chart.Fan{X: years(2026, 3), P10: []float64{nan, nan, nan}, P50: []float64{nan}, P90: nil}},
		"huge-range":  {Title: "Huge range 🏛", Y: money, Plot: chart.Bars{Categories: []string{"a", "b", "c"}, Series: []chart.Series{{Values: []float64{1e12, 3, math.Inf(1)}}}}},
		"many-bars": {Title: "Sixty buildings " + long, Y: money, Plot: chart.Bars{Categories: func() (out []string) {
			for range 60 {
				out = append(out, long)
			}
			return
		}(), Series: []chart.Series{{Values: line(60, func(i float64) float64 { return i * 1000 })}}}},
	}
}

func names() []string {
	var out []string
	for n := range samples() {
		out = append(out, n)
	}
	sort.Strings(out)
	return out
}

func TestGallery(t *testing.T) {
	if *gallery == "" {
		return
	}
	for n, c := range samples() {
		size := chart.Size{W: 440, H: 250}
		png, err := chart.PNG(c, size, 1.6, chart.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for ext, data := range map[string][]byte{".png": png, ".svg": chart.SVG(c, size)} {
			if err := os.WriteFile(filepath.Join(*gallery, n+ext), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
