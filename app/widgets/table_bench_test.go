package widgets

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

const benchRows = 100_000

// A hundred thousand rows: filter, sort or group them in a tenth of a second is
// what the window promises. The first sort of a column ranks it, later ones
// read the ranks.
func BenchmarkArrange(b *testing.B) {
	rows := manyRows(benchRows)
	cols := columnsOfRow()
	warm := newIndex(rows, cols)
	for _, c := range []struct {
		name string
		q    request
		cold bool
	}{
		{"search", request{filter: Filter{Search: "ward 7"}}, false},
		{"range", request{filter: Filter{Terms: []Term{{Column: "area", Text: "> 5000"}}}}, false},
		{"three filters", request{filter: Filter{Terms: []Term{{Column: "area", Text: "> 5000"}, {Column: "ward", Text: "Ward 3", Exact: true}, {Column: "name", Text: "building 1"}}}}, false},
		{"first sort by number", request{sorts: []Sort{{"area", true}}}, true},
		{"first sort by text", request{sorts: []Sort{{"name", true}}}, true},
		{"sort by three", request{sorts: []Sort{{"ward", false}, {"area", true}, {"name", false}}}, false},
		{"group", request{group: "ward"}, false},
		{"group and sort", request{group: "ward", sorts: []Sort{{"area", true}}}, false},
	} {
		b.Run(c.name, func(b *testing.B) {
			warm.arrange(c.q)
			x := warm
			for b.Loop() {
				if c.cold {
					x = &index[row]{rows: rows, cols: cols, hay: warm.hay, ranked: map[string]*ranks{}, valued: map[string]*values{}, summed: map[string]*amounts{}}
				}
				x.arrange(c.q)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchRows, "ns/row")
		})
	}
}

func BenchmarkIndex(b *testing.B) {
	rows, cols := manyRows(benchRows), columnsOfRow()
	for b.Loop() {
		newIndex(rows, cols)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchRows, "ns/row")
}

// One wheel turn, drawn and painted in software; and what happens on the UI
// goroutine alone when a hundred thousand rows are folded or marked.
func BenchmarkFrame(b *testing.B) {
	test.NewTempApp(b)
	posted := make(chan func(), 8)
	tb := NewDataTable(columnsOfRow(), func(r *row) string { return r.id }, func(f func()) { posted <- f })
	tb.Cells, tb.ShowTotal = true, true
	w := test.NewTempWindow(b, tb)
	w.Resize(fyne.NewSize(1280, 800))
	tb.SetRows(manyRows(benchRows))
	(<-posted)()
	scroll := func() { tb.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -40}}) }
	b.Run("scroll", func(b *testing.B) {
		for b.Loop() {
			scroll()
		}
	})
	// What the painter needs for a window of this size with nothing in it is not
	// the table's: the ratio says how much of a painted frame is.
	empty := test.NewTempWindow(b, &fyne.Container{})
	empty.Resize(fyne.NewSize(1280, 800))
	var bare float64
	b.Run("paint an empty window", func(b *testing.B) {
		for b.Loop() {
			empty.Canvas().Capture()
		}
		bare = float64(b.Elapsed().Nanoseconds()) / float64(b.N)
	})
	b.Run("scroll and paint", func(b *testing.B) {
		for b.Loop() {
			scroll()
			w.Canvas().Capture()
		}
		if bare > 0 {
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/bare, "times-empty")
		}
	})
	b.Run("mark all", func(b *testing.B) {
		for b.Loop() {
			tb.MarkAll()
		}
	})
	tb.GroupBy("ward")
	(<-posted)()
	b.Run("fold", func(b *testing.B) {
		on := false
		for b.Loop() {
			on = !on
			tb.FoldAll(on)
		}
	})
}

// manyWards is how many groups the made-up rows fall into.
const manyWards = 19

func wardOf(i int) string { return fmt.Sprintf("Ward %d", i%manyWards) }
