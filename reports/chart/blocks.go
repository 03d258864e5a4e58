package chart

import (
	"math"
	"strconv"
)

// Blocks is a curve of steps side by side, each as wide as one measure of it and as high as another: a marginal abatement curve,
// tonnes by cost of a tonne. They are drawn in the order given.
type Blocks struct {
	Blocks []Block
	// Level is a labelled line across the blocks when not nil.
	Level *Reference
	// Highlight is the number of the block, counted from one, that is outlined; 0 for none.
	Highlight int
}

// Block is one step of Blocks. Widths are not negative.
type Block struct {
	Label         string
	Width, Height float64
}

func (Blocks) plot() {}

// blocks draws steps: those above nought plain, those below it hatched, those above the level hatched the other way, so that
// none is told by its colour alone. Very high ones are cut, and the note says so.
func (f *frame) blocks(ch *Chart, p Blocks) {
	var drawn []Block
	var number []int
	lost, total := 0, 0.0
	for i, b := range p.Blocks {
		if !finite(b.Width) || !finite(b.Height) || b.Width < 0 {
			lost++
			continue
		}
		drawn, number, total = append(drawn, b), append(number, i+1), total+b.Width
	}
	if len(drawn) == 0 || total <= 0 {
		f.empty()
		return
	}
	f.missing(lost)
	level := math.NaN()
	dashed := Stroke{Colour: f.th.Ink, Width: 1, Dash: []float64{4, 2}}
	if p.Level != nil && finite(p.Level.Value) {
		level = p.Level.Value
		f.legend([]key{{p.Level.Name, func(x, y float64) { f.c.Polyline([]XY{{x, y}, {x + 12, y}}, dashed) }}})
	}
	f.axisTitle(ch.Y)
	f.xTitle(ch.X)
	f.y1 -= 13
	f.y0 += 6
	lo, hi, cut := blockExtent(drawn, total, level)
	s := f.yAxis(lo, hi, ch.Y)
	x := f.xAxis(0, total, Axis{Unit: ch.X.Unit, Min: ch.X.Min, Max: &total}, false)
	below, within, above := f.th.series(3), f.th.Accent, f.th.series(1)
	from := 0.0
	var numbers []func() // over the line
	for i, b := range drawn {
		fill, pattern := within, 0
		switch {
		case b.Height < 0:
			fill, pattern = below, 1
		case b.Height > level:
			fill, pattern = above, 2
		}
		x0, x1, y := x.at(from), x.at(from+b.Width), s.at(min(max(b.Height, lo), hi))
		gap := min(0.6, (x1-x0)*0.15)
		f.bar(x0+gap, s.at(0), x1-gap, y, fill, pattern)
		if number[i] == p.Highlight { // the least block is still found
			x0, x1 = min(x0, x1-2), max(x1, x0+2)
			f.c.Polygon(rect(x0, min(s.at(0), y)-1.5, x1, max(s.at(0), y)+1.5), nil, Stroke{Colour: f.th.Ink, Width: 1.8})
		}
		numbers = append(numbers, func() { f.blockNumber(strconv.Itoa(number[i]), (x0+x1)/2, y, x1-x0, b.Height < 0) })
		from += b.Width
	}
	f.gridLine(f.x0, s.at(0), f.x1, s.at(0), true)
	if !math.IsNaN(level) {
		y := s.at(level)
		f.c.Polyline([]XY{{f.x0, y}, {f.x1, y}}, dashed)
	}
	for _, write := range numbers {
		write()
	}
	switch {
	case cut == 1:
		f.note("One block goes on beyond the edge.")
	case cut > 1:
		f.note("%d blocks go on beyond the edge.", cut)
	}
}

// blockNumber writes the number of a block at its end where there is room.
func (f *frame) blockNumber(text string, mid, end, room float64, below bool) {
	w := width(text, textSize, false)
	if w > room-1 {
		return
	}
	y := end - 3.5
	if below {
		y = end + 8.5
	}
	f.c.Polygon(rect(mid-w/2-1.5, y-6.5, mid+w/2+1.5, y+1), &f.th.Background, Stroke{}) // the line does not strike it through
	f.text(XY{mid, y}, text, textSize, f.th.Ink, Middle)
}

// blockExtent is the range of heights with nought and the level in it. A few narrow blocks that would make all others flat do not
// count; cut is how many of them there are.
func blockExtent(blocks []Block, total, level float64) (lo, hi float64, cut int) {
	least, most := 0.0, 0.0
	for _, b := range blocks {
		least, most = min(least, b.Height), max(most, b.Height)
	}
	lo, hi = least, most
	if limit := blockLimit(blocks, total, 1); most > 1.2*limit {
		hi = limit
	}
	if limit := blockLimit(blocks, total, -1); -least > 1.2*limit {
		lo = -limit
	}
	if !math.IsNaN(level) {
		lo, hi = min(lo, level), max(hi, level)
	}
	for _, b := range blocks {
		if b.Height > hi || b.Height < lo {
			cut++
		}
	}
	return lo, hi, cut
}

// blockLimit is somewhat more than the height on one side of nought that all but a twentieth of the width of all blocks keeps to.
func blockLimit(blocks []Block, total, side float64) float64 {
	limit := 0.0
	for _, b := range blocks {
		beyond := 0.0
		for _, o := range blocks {
			if o.Height*side > b.Height*side {
				beyond += o.Width
			}
		}
		if beyond <= total/20 && b.Height*side > 0 && (limit == 0 || b.Height*side < limit) {
			limit = b.Height * side
		}
	}
	return 1.4 * limit
}
