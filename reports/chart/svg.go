package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// SVG draws the chart with title and source line as a self-contained SVG file.
func SVG(c *Chart, size Size) []byte { return SVGWith(c, size, Options{Theme: Print}) }

// SVGWith is SVG with choices.
func SVGWith(c *Chart, size Size, opt Options) []byte {
	s := &svg{}
	fmt.Fprintf(&s.b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%s" height="%s" role="img" font-family="'Liberation Sans',Arial,Helvetica,sans-serif">`,
		num(size.W), num(size.H), num(size.W), num(size.H))
	// A title element would become a tooltip over the whole picture; the description serves readers and says the finding.
	fmt.Fprintf(&s.b, "<desc>%s</desc>", escape(c.AltText()))
	Draw(s, c, size, opt)
	s.b.WriteString("</svg>\n")
	return s.b.Bytes()
}

type svg struct{ b bytes.Buffer }

func num(v float64) string {
	s := strconv.FormatFloat(v, 'f', 2, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}

func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(strings.ToValidUTF8(s, "□"))) // a buffer does not fail
	return b.String()
}

func (s *svg) path(pts []XY, closed bool) {
	for i, p := range pts {
		if i == 0 {
			s.b.WriteByte('M')
		} else {
			s.b.WriteByte('L')
		}
		s.b.WriteString(num(p.X) + " " + num(p.Y))
	}
	if closed {
		s.b.WriteByte('Z')
	}
}

func (s *svg) look(fill Paint, st Stroke) {
	if fill == nil {
		s.b.WriteString(` fill="none"`)
	} else {
		s.b.WriteString(` fill="` + fill.Hex() + `"`)
	}
	if st.Width <= 0 {
		s.b.WriteString(` stroke="none"`) // the default, but some converters carry the last stroke on
	} else {
		s.b.WriteString(` stroke="` + st.Colour.Hex() + `" stroke-width="` + num(st.Width) + `" stroke-linejoin="round"`)
		if len(st.Dash) > 0 {
			d := make([]string, len(st.Dash))
			for i, v := range st.Dash {
				d[i] = num(v)
			}
			s.b.WriteString(` stroke-dasharray="` + strings.Join(d, " ") + `"`)
		}
	}
	s.b.WriteString("/>")
}

func (s *svg) Polygon(rings [][]XY, fill Paint, st Stroke) {
	s.b.WriteString(`<path fill-rule="evenodd" d="`)
	for _, r := range rings {
		s.path(r, true)
	}
	s.b.WriteByte('"')
	s.look(fill, st)
}

func (s *svg) Polyline(pts []XY, st Stroke) {
	s.b.WriteString(`<path d="`)
	s.path(pts, false)
	s.b.WriteByte('"')
	s.look(nil, st)
}

func (s *svg) Circle(at XY, r float64, fill Paint, st Stroke) {
	fmt.Fprintf(&s.b, `<circle cx="%s" cy="%s" r="%s"`, num(at.X), num(at.Y), num(r))
	s.look(fill, st)
}

func (s *svg) Text(at XY, t string, st TextStyle) {
	fmt.Fprintf(&s.b, `<text x="%s" y="%s" font-size="%s" fill="%s"`, num(at.X), num(at.Y), num(st.Size), st.Colour.Hex())
	if st.Bold {
		s.b.WriteString(` font-weight="bold"`)
	}
	if st.Italic {
		s.b.WriteString(` font-style="italic"`)
	}
	if st.Anchor != Start {
		s.b.WriteString(` text-anchor="` + [...]string{"start", "middle", "end"}[st.Anchor] + `"`)
	}
	s.b.WriteString(">" + escape(t) + "</text>")
}
