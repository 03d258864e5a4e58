package chart

import "math"

// labeller places words beside points so that they cover neither each other nor the points; a word with no free place is left out.
type labeller struct {
	f     *frame
	taken []box
	halo  bool // labels stand on a patch of the background: on maps, where shades lie under them
	left  int  // labels that found no place
}

// blockLine keeps labels off a line.
func (l *labeller) blockLine(pts []XY) {
	for i := 0; i+1 < len(pts); i++ {
		a, b := pts[i], pts[i+1]
		for n, k := int(math.Hypot(b.X-a.X, b.Y-a.Y)/3)+1, 0; k <= n; k++ {
			t := float64(k) / float64(n)
			x, y := a.X+(b.X-a.X)*t, a.Y+(b.Y-a.Y)*t
			l.block(x-1, y-1, x+1, y+1)
		}
	}
}

type box struct{ x0, y0, x1, y1 float64 }

func (a box) meets(b box) bool { return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1 }

func (l *labeller) block(x0, y0, x1, y1 float64) { l.taken = append(l.taken, box{x0, y0, x1, y1}) }

// place writes a label around a point whose marker has radius r.
func (l *labeller) place(at XY, r float64, s string, bold bool) {
	if s = l.f.cover(s); s == "" {
		return
	}
	s = fit(s, min(130, (l.f.x1-l.f.x0)*0.4), textSize, bold)
	w := width(s, textSize, bold)
	d := r + 3
	for _, p := range [...]XY{
		{at.X + d, at.Y + 2.6}, {at.X - d - w, at.Y + 2.6}, {at.X - w/2, at.Y - d}, {at.X - w/2, at.Y + d + 6},
		{at.X + d*0.8, at.Y - d*0.8}, {at.X - d*0.8 - w, at.Y - d*0.8}, {at.X + d*0.8, at.Y + d + 4}, {at.X - d*0.8 - w, at.Y + d + 4},
	} {
		b := box{p.X - 1, p.Y - 6.5, p.X + w + 1, p.Y + 2}
		if b.x0 < l.f.x0 || b.x1 > l.f.x1 || b.y0 < l.f.y0 || b.y1 > l.f.y1 || l.hits(b) {
			continue
		}
		l.taken = append(l.taken, b)
		if l.halo {
			l.f.c.Polygon(rect(b.x0, b.y0-0.5, b.x1, b.y1+0.5), &l.f.th.Background, Stroke{})
		}
		l.f.c.Text(p, s, TextStyle{Size: textSize, Bold: bold, Colour: l.f.th.Ink})
		return
	}
	l.left++
}

func (l *labeller) hits(b box) bool {
	for _, t := range l.taken {
		if t.meets(b) {
			return true
		}
	}
	return false
}

func (l *labeller) report() {
	switch {
	case l.left == 1:
		l.f.note("One name has no room on the map.")
	case l.left > 1:
		l.f.note("%d names have no room on the map.", l.left)
	}
}
