package model

import "math"

// Grade says how sure a figure is, from best to worst. The empty grade means
// that the figure is not known; it is shown as "not known", never as 0.
type Grade string

// The evidence grades of the design, best first.
const (
	Measured    Grade = "measured"    // metered, surveyed or counted
	Stated      Grade = "stated"      // said by the owner, not measured here
	Benchmark   Grade = "benchmark"   // from a published benchmark
	Estimated   Grade = "estimated"   // modelled by a documented rule
	Placeholder Grade = "placeholder" // an editable default with no source
	NotKnown    Grade = ""
)

// Grades lists the grades from best to worst, without NotKnown.
var Grades = []Grade{Measured, Stated, Benchmark, Estimated, Placeholder}

// Rank is 0 for the best grade and grows as evidence weakens; NotKnown ranks
// last.
func (g Grade) Rank() int {
	for i, x := range Grades {
		if x == g {
			return i
		}
	}
	return len(Grades)
}

// Modelled reports whether a figure of this grade must carry the "modelled"
// mark wherever it is shown.
func (g Grade) Modelled() bool { return g == Benchmark || g == Estimated || g == Placeholder }

// Weakest returns the worse of two grades: a result is as sure as its least
// sure part.
func Weakest(a, b Grade) Grade {
	if a.Rank() >= b.Rank() {
		return a
	}
	return b
}

// Figure is a number with its evidence. Its zero value is "not known".
type Figure struct {
	Value  float64
	Grade  Grade
	Source string // file, row and column, or the rule that made it
}

// Known reports whether the figure has a value at all.
func (f Figure) Known() bool { return f.Grade != NotKnown }

// Or returns f when it is known and otherwise g.
func (f Figure) Or(g Figure) Figure {
	if f.Known() {
		return f
	}
	return g
}

// Finite reports whether v is an ordinary number: neither NaN nor infinite.
func Finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
