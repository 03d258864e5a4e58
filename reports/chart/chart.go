// Package chart knows how a chart or map looks: what a bar, a fan, a waterfall, a quadrant or a map is made of, and how each is
// drawn, once, through a small canvas, onto PDF vectors, SVG or pixels. A Chart is data only; the same Chart gives the same
// picture in the window and on paper.
//
// It refuses to know where the numbers came from, what a building or an option is, and anything about files and windows.
package chart

// Chart is one picture: what it says, what it shows and where the figures come from.
type Chart struct {
	// Title states the finding ("Sharing saves £1.2m by 2034"), not the subject.
	Title string
	// Alt says the same for somebody who cannot see the picture. AltText gives the title when it is empty.
	Alt string
	// Source is the origin of the figures, printed under the picture.
	Source string
	// Grade is the weakest evidence grade among the figures ("modelled", "estimated", …); printed with the source.
	Grade string
	// X and Y describe the axes. For horizontal plots Y names the value axis all the same: X is always the categories.
	X, Y Axis
	// Plot is the kind of picture with its data.
	Plot Plot
}

// Axis describes the numbers along one side.
type Axis struct {
	// Label names what is measured ("Floor area").
	Label string
	// Unit is how values are written.
	Unit Unit
	// Min and Max fix the ends when not nil; otherwise they follow the data (bars always include zero).
	Min, Max *float64
}

// Unit says how the values of an axis are written.
type Unit struct {
	// Kind chooses the form.
	Kind UnitKind
	// Suffix follows the number (" t", " m²") for plain numbers.
	Suffix string
}

// UnitKind chooses how a value is written.
type UnitKind int

// The ways of writing a value.
const (
	Plain   UnitKind = iota // 1,234.5 and the suffix
	Pounds                  // £1.2m, £340k: scaled by the size of the axis
	Percent                 // 0.25 is 25%
	Year                    // 2031, no separators
	FinYear                 // 2031 is 2031/32
)

// AltText is the alternative text: Alt when given, else the title.
func (c *Chart) AltText() string {
	if c.Alt != "" {
		return c.Alt
	}
	return c.Title
}

// Plot is one kind of picture. The kinds are closed: Bars, Lines, Fan, Waterfall, Tornado, Scatter, Gantt, Map, Frontier,
// Blocks.
type Plot interface{ plot() }

// Series is a named row of values, one for each category or x.
type Series struct {
	Name   string
	Values []float64
}

// Bars shows values by category, side by side or stacked. The value axis always includes zero.
type Bars struct {
	Categories []string
	Series     []Series
	// Stacked puts the series on top of each other, negatives below zero.
	Stacked bool
	// Horizontal lays the bars on their side, which suits long names.
	Horizontal bool
	// Highlight is the number of categories, counted from one, drawn in the accent when there is one series; 0 for none.
	Highlight int
	// Target draws a labelled reference line across the bars when not nil.
	Target *Reference
}

// Reference is a labelled line at a value.
type Reference struct {
	Name  string
	Value float64
}

// Lines shows values over a number (usually years).
type Lines struct {
	X      []float64
	Series []LineSeries
	// Bands are shaded ranges under the lines.
	Bands []Band
	// Marks are labelled vertical lines (payback, stranding year).
	Marks []Reference
	// Levels are labelled horizontal lines (a target).
	Levels []Reference
	// Zero keeps nought on the value axis.
	Zero bool
}

// LineSeries is one line, labelled at its end.
type LineSeries struct {
	Name   string
	Values []float64
	// Strong draws it heavier: the one the title speaks about.
	Strong bool
	// Step draws a staircase.
	Step bool
}

// Band is a shaded range over the x of its Lines.
type Band struct {
	Name      string
	Low, High []float64
	// Step fills a staircase, as between lines that are drawn as one.
	Step bool
}

// Fan shows the spread of an uncertain figure: P10 to P90 with the middle.
type Fan struct {
	Name          string
	X             []float64
	P10, P50, P90 []float64
	// P25 and P75 draw a darker inner band when given.
	P25, P75 []float64
	// Marks are labelled vertical lines.
	Marks []Reference
}

// Waterfall walks from one figure to another.
type Waterfall struct{ Steps []Step }

// Step is one move of a Waterfall, or where it stands (Total: Value is then ignored and the running sum is drawn, unless it is
// the first, which starts at Value).
type Step struct {
	Label string
	Value float64
	Total bool
}

// Tornado shows what each driver alone does to a result, widest first.
type Tornado struct {
	// Base is the result with every driver at its middle.
	Base float64
	Bars []Swing
}

// Swing is the result at a driver's low and high end.
type Swing struct {
	Label     string
	Low, High float64
	// LowAt and HighAt say what the driver was ("−20%", "£95/m²").
	LowAt, HighAt string
}

// Scatter shows things by two measures, sized by a third, told apart by class; with both splits it is a quadrant chart.
type Scatter struct {
	Points []Point
	// Classes names the classes in the order of their numbers.
	Classes []string
	// XSplit and YSplit cut the plane in four when not nil.
	XSplit, YSplit *float64
	// Quadrants names the parts: top left, top right, bottom left, bottom right.
	Quadrants [4]string
	// SizeName explains the size in the legend; empty when sizes mean nothing.
	SizeName string
}

// Point is one thing in a Scatter.
type Point struct {
	X, Y  float64
	Size  float64
	Label string
	Class int
}

// Gantt shows spans and milestones over years (2027.5 is half way through the year 2027).
type Gantt struct {
	Rows []GanttRow
	// Classes names the kinds of span.
	Classes []string
	// Marks are labelled vertical lines.
	Marks []Reference
}

// GanttRow is one line of a programme.
type GanttRow struct {
	Label      string
	Spans      []Span
	Milestones []Milestone
	// Group draws the label as a heading for the rows that follow.
	Group bool
}

// Span is something that takes time.
type Span struct {
	From, To float64
	Class    int
	Label    string
}

// Milestone is something that happens at once.
type Milestone struct {
	At    float64
	Label string
}

// Frontier shows what is possible: points found, the best set joined, and a proven bound nobody can pass.
type Frontier struct {
	Points []FrontierPoint
	// Bound is the proven limit at each x of the points on the frontier; the band between it and the line is what is not known.
	Bound []XY
}

// FrontierPoint is one plan found.
type FrontierPoint struct {
	X, Y  float64
	Label string
	// OnFrontier joins it to the line; others are dominated and drawn faint.
	OnFrontier bool
	// Chosen marks the plan the paper proposes.
	Chosen bool
}

// XY is a pair of values.
type XY struct{ X, Y float64 }

// Map shows areas and points at their places. Coordinates are longitude and latitude in degrees, in that order.
type Map struct {
	Areas  []Area
	Points []MapPoint
	// Lines are roads, rivers or moves, drawn thin.
	Lines []MapLine
	// AreaClasses name the shades of Areas, in the order of Area.Class; empty draws plain outlines.
	AreaClasses []string
	// PointClasses name the shapes and colours of Points, in the order of MapPoint.Class.
	PointClasses []string
	// SizeName explains point sizes; empty when sizes mean nothing.
	SizeName string
	// Diverging shades AreaClasses from worse to better instead of from less to more.
	Diverging bool
}

// LonLat is longitude and latitude in degrees, in that order.
type LonLat [2]float64

// Area is a polygon with holes, or several: every ring is filled even-odd.
type Area struct {
	Rings [][]LonLat
	// Class is the shade, counted from zero; −1 is "not known" and is hatched.
	Class int
	Label string
}

// MapPoint is a place.
type MapPoint struct {
	At    LonLat
	Size  float64
	Class int
	Label string
}

// MapLine joins places; Arrow puts a head at its end.
type MapLine struct {
	Path  []LonLat
	Arrow bool
}

func (Bars) plot()      {}
func (Lines) plot()     {}
func (Fan) plot()       {}
func (Waterfall) plot() {}
func (Tornado) plot()   {}
func (Scatter) plot()   {}
func (Gantt) plot()     {}
func (Map) plot()       {}
func (Frontier) plot()  {}

// SourceLine is what is printed under the picture: "Source: …; modelled".
func (c *Chart) SourceLine() string {
	switch {
	case c.Source == "" && c.Grade == "":
		return ""
	case c.Source == "":
		return "Figures: " + c.Grade + "."
	case c.Grade == "":
		return "Source: " + c.Source + "."
	}
	return "Source: " + c.Source + "; " + c.Grade + "."
}
