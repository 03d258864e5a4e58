package estatemap

import (
	"encoding/base64"
	"fmt"
	"html"
	"image"
	"image/color"
	"io"
	"strings"

	"github.com/paulmach/orb"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/words"
)

type colour = color.NRGBA

// lineHigh is the height of a line of the key, in units.
const lineHigh = 20

func (s *sheet) keyHeight() int {
	h := 2*sheetPad + 40
	for _, l := range s.lines {
		h += lineHigh
		if l.Title != "" {
			h += 8
		}
		if l.Ramp {
			h += 14
		}
	}
	return h
}

func (s *sheet) foot() int { return sheetPad + sheetFoot*len(s.wrappedNotes()) }

// wrappedNotes breaks the notes into lines that fit the sheet.
func (s *sheet) wrappedNotes() []string {
	most := int(s.size.Width+sheetSide) / 6
	var out []string
	line := ""
	for _, w := range strings.Fields(strings.Join(s.notes, "  ")) {
		if len([]rune(line))+len([]rune(w))+1 > most && line != "" {
			out = append(out, line)
			line = ""
		}
		line = strings.TrimSpace(line + " " + w)
	}
	if line != "" {
		out = append(out, line)
	}
	return out
}

// dress writes title, key, scale bar, north and notes around the map.
func (s *sheet) dress(p *painter) {
	mw, mh := float64(int(s.size.Width)), float64(int(s.size.Height))
	p.say(format.Short(s.title, 70), sheetPad, 20, 18, true, s.st.Ink)
	p.say(format.Short(s.under, 110), sheetPad, 40, 12, false, s.st.Muted)
	x, y := mw+sheetPad, float64(sheetHead)+6
	for _, l := range s.lines {
		if l.Title != "" {
			y += 8
		}
		mid := y + lineHigh/2
		switch {
		case l.Title != "":
			p.say(format.Short(l.Title, 40), x, mid, 12, true, s.st.Ink)
		case l.Ramp:
			for i, c := range s.st.Heat {
				p.box(x+float64(i)*rampStep, mid-6, rampStep-1, 12, c)
				p.say(format.Whole(s.st.Heated.Breaks[i]), x+float64(i)*rampStep, mid+14, 10, false, s.st.Ink)
			}
			y += 14
		case l.Mark == nil:
			p.say(format.Short(l.Text, 44), x, mid, 11, false, s.st.Muted)
		default:
			if l.Class < 0 || !s.st.HiddenClasses[l.Class] {
				p.stamp(&sprite{img: asRGBA(l.Mark)}, x*dpi, (mid-8)*dpi)
			}
			p.say(fmt.Sprintf("%s  %s", format.Short(l.Text, 30), format.Whole(float64(l.Count))), x+24, mid, 11.5, false, s.st.Ink)
		}
		y += lineHigh
	}
	y += 22
	p.brush.point((x+5)*dpi, (y-6)*dpi)
	p.brush.point((x+10)*dpi, (y+4)*dpi)
	p.brush.point(x*dpi, (y+4)*dpi)
	p.brush.close()
	p.brush.flush(s.st.Ink)
	p.say("N", x+14, y, 12, true, s.st.Ink)
	p.box(x+40, y+4, float64(s.barWide), 3, s.st.Ink)
	p.say(s.barLabel, x+40, y-6, 11, false, s.st.Ink)
	if s.before != "" {
		at := s.st.Split * mw
		p.box(at-1, sheetHead, 2, mh, s.st.Ink)
		p.pill(s.before, at-12, true)
		p.pill(format.Short(s.after, 40), at+12, false)
	}
	for i, n := range s.wrappedNotes() {
		p.say(n, sheetPad, max(mh, float64(s.keyHeight()))+sheetHead+12+float64(i*sheetFoot), 10, false, s.st.Muted)
	}
}

// pill names a side of a comparison at the top of the map.
func (p *painter) pill(text string, x float64, left bool) {
	w := p.letters.word(text, 12*dpi, true, p.st.Ink, colour{})
	wide := float64(w.img.Rect.Dx())/dpi + 10
	if left {
		x -= wide
	}
	p.box(x, sheetHead+10, wide, 20, p.st.Halo)
	p.stamp(w, (x+5)*dpi+float64(w.halfX), (sheetHead+20)*dpi)
}

func asRGBA(m image.Image) *image.RGBA {
	b := m.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.Set(x, y, m.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}

// svgPen writes outlines as the path of an SVG.
type svgPen struct{ strings.Builder }

func (p *svgPen) MoveTo(x, y float32) { fmt.Fprintf(p, "M%.2f %.2f", x, y) }
func (p *svgPen) LineTo(x, y float32) { fmt.Fprintf(p, "L%.2f %.2f", x, y) }
func (p *svgPen) ClosePath()          { p.WriteByte('Z') }

func rgb(c colour) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// drawing writes the sheet as an SVG. What is a surface rather than a shape, the
// density of residents and a background map, is in it as a picture.
func (s *sheet) drawing(w io.Writer) error {
	mw, mh := float64(int(s.size.Width)), float64(int(s.size.Height))
	high := max(mh, float64(s.keyHeight()))
	var b strings.Builder
	full := high + sheetHead + float64(s.foot())
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f" font-family="Noto Sans, Liberation Sans, Arial, sans-serif" role="img">`+"\n", mw+sheetSide, full, mw+sheetSide, full)
	fmt.Fprintf(&b, "<title>%s</title><desc>%s</desc>\n", html.EscapeString(words.F("Map of %s", s.title)), html.EscapeString(s.words()))
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" fill="%s"/><clipPath id="map"><rect width="%.0f" height="%.0f"/></clipPath><g transform="translate(0 %d)" clip-path="url(#map)">`+"\n", rgb(s.st.Halo), mw, mh, sheetHead)
	place := func(p orb.Point) (x, y float64) { return s.cam.ToScreen(p, mw, mh) }
	line := func(pts []orb.Point, end string) string {
		var q svgPen
		for i, pt := range pts {
			x, y := place(pt)
			if i == 0 {
				q.MoveTo(float32(x), float32(y))
			} else {
				q.LineTo(float32(x), float32(y))
			}
		}
		return q.String() + end
	}
	fmt.Fprintf(&b, `<rect width="%.0f" height="%.0f" fill="%s"/>`+"\n", mw, mh, rgb(s.st.Water))
	sight := orb.Bound{Min: s.cam.ToWorld(0, mh, mw, mh), Max: s.cam.ToWorld(mw, 0, mw, mh)}
	if s.st.Heated != nil || s.st.Backdrop != nil {
		st := s.st
		st.Scale, st.HiddenClasses, st.Compared, st.Rings, st.Chosen, st.Picked, st.Names, st.Grouped = dpi, map[int]bool{}, nil, nil, -1, nil, false, false
		for i := range maxClasses {
			st.HiddenClasses[i] = true
		}
		pic := NewPainter().Paint(nil, s.sn, Camera{Centre: s.cam.Centre, Zoom: s.cam.Zoom * dpi}, st, int(mw)*dpi, int(mh)*dpi)
		fmt.Fprintf(&b, `<image width="%.0f" height="%.0f" href="data:image/png;base64,%s"/>`+"\n", mw, mh, base64.StdEncoding.EncodeToString(encoded(pic)))
	} else {
		s.drawAreas(&b, sight, line)
	}
	if r := s.st.Rings; r != nil {
		for _, l := range r.Lines {
			x, y := place(l.Line[0])
			fmt.Fprintf(&b, `<path d="%s" fill="none" stroke="%s" stroke-width="1.6" stroke-dasharray="6 4"/><text x="%.1f" y="%.1f" font-size="11" text-anchor="middle" fill="%s">%s</text>`+"\n",
				line(l.Line, "Z"), rgb(s.st.Accent), x, y+4, rgb(s.st.Ink), html.EscapeString(l.Label))
		}
	}
	s.drawMarks(&b, sight, place)
	b.WriteString("</g>\n")
	s.drawKey(&b, mw, mh, high)
	b.WriteString("</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// words say what the map shows, for those who cannot see it.
func (s *sheet) words() string {
	out := format.Count(len(s.only), "asset", "assets") + ". " + s.under + "."
	for _, l := range s.lines {
		if l.Count > 0 {
			out += " " + l.Text + ": " + format.Whole(float64(l.Count)) + "."
		}
	}
	return out
}

func (s *sheet) drawAreas(b *strings.Builder, sight orb.Bound, line func([]orb.Point, string) string) {
	rings := func(a *Area) string {
		d := ""
		for _, r := range a.Rings {
			d += line(r, "Z")
		}
		return d
	}
	land := landLayer(s.sn)
	for k := range s.sn.Layers {
		if k != land && s.st.HiddenLayers[k] {
			continue
		}
		fill, edge := "none", rgb(s.st.Edge)
		if k == land {
			fill = rgb(s.st.Land)
		}
		if s.st.HiddenLayers[k] {
			edge = "none"
		}
		fmt.Fprintf(b, `<g fill="%s" fill-rule="evenodd" stroke="%s" stroke-linejoin="round">`, fill, edge)
		for i := range s.sn.Layers[k].Areas {
			if a := &s.sn.Layers[k].Areas[i]; a.Bound.Intersects(sight) {
				fmt.Fprintf(b, `<path d="%s"><title>%s</title></path>`, rings(a), html.EscapeString(a.Name))
			}
		}
		b.WriteString("</g>\n")
	}
	for _, o := range s.st.Overlays {
		if o.Hidden {
			continue
		}
		c := rgb(o.colour())
		fmt.Fprintf(b, `<g stroke="%s" stroke-width="1.8" fill="none">`, c)
		for i := range o.Areas {
			fmt.Fprintf(b, `<path d="%s" fill="%s" fill-opacity="0.19" fill-rule="evenodd" stroke-dasharray="9 3"/>`, rings(&o.Areas[i]), c)
		}
		for _, l := range o.Lines {
			fmt.Fprintf(b, `<path d="%s"/>`, line(l, ""))
		}
		b.WriteString("</g>\n")
	}
}

// drawMarks writes every mark by itself: a drawing is looked at closely.
func (s *sheet) drawMarks(b *strings.Builder, sight orb.Bound, place func(orb.Point) (x, y float64)) {
	split := s.st.Split * float64(int(s.size.Width))
	for i := range s.sn.Dots {
		d := &s.sn.Dots[i]
		if s.st.HiddenClasses[d.Class] || !sight.Contains(d.At) {
			continue
		}
		x, y := place(d.At)
		m := s.st.Marks[d.Class]
		var q svgPen
		look.Outline(&q, m.Shape, x, y, d.Size)
		fill, edge, more := rgb(m.Colour), rgb(s.st.Halo), ""
		if !d.Known || m.Shape == look.Ring {
			fill, edge = rgb(s.st.Halo), rgb(m.Colour)
		}
		if s.st.Compared != nil && x >= split {
			switch s.st.Compared.fate(i) {
			case closes:
				r := max(d.Size, 7) + 3
				more = fmt.Sprintf(`<path d="M%.1f %.1fL%.1f %.1fM%.1f %.1fL%.1f %.1f" stroke="%s" stroke-width="2.2"/>`, x-r, y-r, x+r, y+r, x-r, y+r, x+r, y-r, rgb(s.st.Ink))
				fill, edge = rgb(s.st.Halo), rgb(s.st.Muted)
			case receives:
				more = fmt.Sprintf(`<circle cx="%.1f" cy="%.1f" r="%.1f" fill="none" stroke="%s" stroke-width="2"/>`, x, y, max(d.Size, 7)+4, rgb(s.st.Ink))
			case changes:
				var z svgPen
				look.Outline(&z, look.Diamond, x, y, d.Size*1.3+4)
				more = fmt.Sprintf(`<path d="%s" fill="none" stroke="%s" stroke-width="2"/>`, z.String(), rgb(s.st.Ink))
			default:
				fill += `" fill-opacity="0.45`
			}
		}
		fmt.Fprintf(b, `<path d="%s" fill="%s" stroke="%s" stroke-width="1.3"><title>%s</title></path>%s`+"\n", q.String(), fill, edge, html.EscapeString(d.Name), more)
	}
	if c := s.st.Compared; c != nil {
		for _, m := range c.Moves {
			x0, y0 := place(s.sn.Dots[m.From].At)
			x1, y1 := place(s.sn.Dots[m.To].At)
			if x1 >= split || x0 >= split {
				fmt.Fprintf(b, `<path d="M%.1f %.1fL%.1f %.1f" fill="none" stroke="%s" stroke-width="1.5"/>`+"\n", x0, y0, x1, y1, rgb(s.st.Ink))
			}
		}
	}
}

// drawKey writes title, key, scale bar, north and notes.
func (s *sheet) drawKey(b *strings.Builder, mw, mh, high float64) {
	text := func(x, y, size float64, bold bool, c colour, t string) {
		weight := ""
		if bold {
			weight = ` font-weight="bold"`
		}
		fmt.Fprintf(b, `<text x="%.1f" y="%.1f" font-size="%.1f"%s fill="%s">%s</text>`+"\n", x, y, size, weight, rgb(c), html.EscapeString(t))
	}
	text(sheetPad, 26, 18, true, s.st.Ink, s.title)
	text(sheetPad, 44, 12, false, s.st.Muted, s.under)
	x, y := mw+sheetPad, float64(sheetHead)+6
	for _, l := range s.lines {
		if l.Title != "" {
			y += 8
		}
		mid := y + lineHigh/2 + 4
		switch {
		case l.Title != "":
			text(x, mid, 12, true, s.st.Ink, l.Title)
		case l.Ramp:
			for i, c := range s.st.Heat {
				fmt.Fprintf(b, `<rect x="%.1f" y="%.1f" width="%d" height="12" fill="%s"/>`, x+float64(i)*rampStep, mid-10, rampStep-1, rgb(c))
				text(x+float64(i)*rampStep, mid+13, 10, false, s.st.Ink, format.Whole(s.st.Heated.Breaks[i]))
			}
			y += 14
		case l.Mark == nil:
			text(x, mid, 11, false, s.st.Muted, l.Text)
		default:
			fmt.Fprintf(b, `<image x="%.1f" y="%.1f" width="16" height="16" href="data:image/png;base64,%s"/>`, x, mid-12, base64.StdEncoding.EncodeToString(encoded(l.Mark)))
			text(x+24, mid, 11.5, false, s.st.Ink, l.Text+"  "+format.Whole(float64(l.Count)))
		}
		y += lineHigh
	}
	y += 24
	text(x, y, 12, true, s.st.Ink, "▲ N")
	fmt.Fprintf(b, `<rect x="%.1f" y="%.1f" width="%.1f" height="3" fill="%s"/>`, x+40, y+2, s.barWide, rgb(s.st.Ink))
	text(x+40, y-4, 11, false, s.st.Ink, s.barLabel)
	if s.before != "" {
		at := s.st.Split * mw
		fmt.Fprintf(b, `<rect x="%.1f" y="%d" width="2" height="%.0f" fill="%s"/>`, at-1, sheetHead, mh, rgb(s.st.Ink))
		fmt.Fprintf(b, `<text x="%.1f" y="%d" font-size="12" font-weight="bold" text-anchor="end" fill="%s">%s</text>`, at-10, sheetHead+22, rgb(s.st.Ink), html.EscapeString(s.before))
		text(at+10, sheetHead+22, 12, true, s.st.Ink, s.after)
	}
	for i, n := range s.wrappedNotes() {
		text(sheetPad, high+sheetHead+14+float64(i*sheetFoot), 10, false, s.st.Muted, n)
	}
}
