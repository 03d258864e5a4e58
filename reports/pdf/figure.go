package pdf

import (
	"bytes"
	"image"

	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// figure queues caption, drawing and source, which stay together.
func (l *layout) figure(f document.Figure) {
	cap := l.root.add("P").slot()
	spans := l.plain(f.Label()+". ", look{size: sizeBody, style: bold, colour: l.accent}, cap)
	spans = append(spans, l.plain(f.Caption, look{size: sizeBody, style: bold, colour: ink}, cap)...)
	first := len(l.boxes)
	l.text(breakLines(spans, l.bodyWidth()), marginX, 15, sizeBody*1.32, nil)
	for i := first; i < len(l.boxes); i++ {
		l.boxes[i].keep = true
	}
	n := l.root.add("Figure")
	n.alt = l.cover(f.Alt)
	slot := n.slot()
	w, h := l.bodyWidth(), f.Height
	kind := ""
	if f.Chart == nil && len(f.Image) > 0 {
		var cfg image.Config
		cfg, kind, _ = image.DecodeConfig(bytes.NewReader(f.Image)) // Resolve has read it before
		if h == 0 {
			h = w * float64(cfg.Height) / float64(max(cfg.Width, 1))
		}
		h = min(h, l.bodyHeight()-80)
		w = min(w, h*float64(cfg.Width)/float64(max(cfg.Height, 1)))
	}
	if h <= 0 {
		h = chartHeight(f.Chart)
	}
	h = min(h, l.bodyHeight()-80)
	id, name := f.ID, f.Label()
	l.add(box{before: 4, h: h, keep: f.Source != "", place: func(p *page, y float64) {
		n.attrs = bbox(marginX, p.h-y-h, marginX+w, p.h-y)
		l.targets[id] = target{l.number(p), y - 24}
		p.items = append(p.items, item{slot: slot, draw: func(q *painter) {
			switch {
			case f.Chart != nil:
				chart.Draw(&vectors{painter: q, x: marginX, y: y}, f.Chart, chart.Size{W: w, H: h},
					chart.Options{Theme: chart.Print, Bare: true, Lost: func(r rune) { l.lost[r]++ }})
			case kind != "":
				q.image(name, kind, f.Image, marginX, y, w, h)
			default:
				q.rect(marginX, y, marginX+w, y+h, tint)
			}
		}})
	}})
	if f.Source != "" {
		l.text(breakLines(l.plain(f.Source, smallLook, l.root.add("P").slot()), w), marginX, 2, sizeSmall*1.3, nil)
	}
	l.add(box{h: 10})
}

// chartHeight is the height that suits a kind of chart.
func chartHeight(c *chart.Chart) float64 {
	if c == nil {
		return 120
	}
	switch p := c.Plot.(type) {
	case chart.Map:
		return 320
	case chart.Gantt:
		return min(max(90, 46+16*float64(len(p.Rows))), 420)
	case chart.Tornado:
		return min(max(120, 62+20*float64(len(p.Bars))), 420)
	case chart.Bars:
		if p.Horizontal {
			return min(max(110, 48+16*float64(len(p.Categories))), 480)
		}
	case chart.Scatter:
		return 290
	}
	return 215
}

// vectors is the chart canvas over a page.
type vectors struct {
	*painter
	x, y float64
}

func (v *vectors) shift(p chart.XY) (x, y float64) { return v.x + p.X, v.y + p.Y }

func (v *vectors) path(pts []chart.XY, closed bool) {
	for i, p := range pts {
		x, y := v.shift(p)
		if i == 0 {
			v.pdf.MoveTo(x, y)
		} else {
			v.pdf.LineTo(x, y)
		}
	}
	if closed {
		v.pdf.ClosePath()
	}
}

func (v *vectors) Polygon(rings [][]chart.XY, fill chart.Paint, st chart.Stroke) {
	op := ""
	if fill != nil {
		v.fillColour(*fill)
		op = "f*"
	}
	if st.Width > 0 {
		v.stroke(st)
		op = map[bool]string{true: "B*", false: "S"}[fill != nil]
	}
	if op == "" {
		return
	}
	for _, r := range rings {
		v.path(r, true)
	}
	v.pdf.RawWriteStr(op)
}

func (v *vectors) Polyline(pts []chart.XY, st chart.Stroke) {
	if len(pts) < 2 {
		return
	}
	v.stroke(st)
	v.path(pts, false)
	v.pdf.RawWriteStr("S")
}

func (v *vectors) Circle(at chart.XY, r float64, fill chart.Paint, st chart.Stroke) {
	x, y := v.shift(at)
	op := "D"
	if fill != nil {
		v.fillColour(*fill)
		op = "F"
	}
	if st.Width > 0 {
		v.stroke(st)
		op = map[bool]string{true: "FD", false: "D"}[fill != nil]
	}
	v.pdf.Circle(x, y, r, op)
}

func (v *vectors) Text(at chart.XY, s string, st chart.TextStyle) {
	x, y := v.shift(at)
	v.words(x, y, s, st)
}
