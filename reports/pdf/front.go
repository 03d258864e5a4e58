package pdf

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // logos may be JPEG
	_ "image/png"  // or PNG
	"strings"

	"github.com/planting-the-flag/flagstone/reports/chart/face"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// title sets the head of the paper, on a page of its own when the paper asks for it.
func (l *layout) title() {
	d := l.doc
	w := l.bodyWidth()
	line := func(role, s string, at look, before, lead float64) {
		if s == "" {
			return
		}
		n := l.root.add(role)
		first := len(l.boxes)
		l.text(breakLines(l.plain(s, at, n.slot()), w), marginX, before, at.size*lead, nil)
		for i := first; i < len(l.boxes); i++ {
			l.boxes[i].keep = true
		}
	}
	if d.TitlePage {
		l.add(box{h: 90, keep: true})
	}
	if len(d.House.Logo) > 0 {
		l.logo()
	}
	line("P", d.House.Organisation, look{size: sizeHead, style: bold, colour: muted}, 4, 1.3)
	l.add(box{h: 6, keep: true, place: func(p *page, y float64) { p.fill(marginX, y+4, marginX+56, y+6.5, l.accent) }})
	line("Title", d.Title, look{size: sizeTitle, style: bold, colour: ink}, 8, 1.16)
	line("Subtitle", d.Subtitle, look{size: sizeLarge, colour: muted}, 5, 1.25)
	line("P", d.EditionLine(), look{size: sizeSmall, colour: muted}, 12, leading)
	for i, f := range d.Facts {
		n := l.root.add("P")
		before := 3.0
		if i == 0 {
			before = 14
		}
		spans := append(l.plain(f.Label+": ", boldLook, n.slot()), l.plain(f.Text, bodyLook, n.slot())...)
		l.text(breakLines(spans, w), marginX, before, sizeBody*leading, nil)
	}
	l.add(box{h: 8})
	if d.TitlePage {
		l.flow()
		l.newPage(false)
	}
}

func (l *layout) logo() {
	cfg, kind, err := image.DecodeConfig(bytes.NewReader(l.doc.House.Logo))
	if err != nil { // Resolve has said so already
		return
	}
	n := l.root.add("Figure")
	n.alt = l.cover(l.doc.House.LogoAlt)
	slot := n.slot()
	h := 44.0
	w := h * float64(cfg.Width) / float64(max(cfg.Height, 1))
	if w > 180 {
		h, w = h*180/w, 180
	}
	l.add(box{h: h + 8, keep: true, place: func(p *page, y float64) {
		n.attrs = bbox(marginX, p.h-y-h, marginX+w, p.h-y)
		p.items = append(p.items, item{slot: slot, draw: func(q *painter) { q.image("logo", kind, l.doc.House.Logo, marginX, y, w, h) }})
	}})
}

func bbox(x0, y0, x1, y1 float64) string {
	return fmt.Sprintf("<</O /Layout /Placement /Block /BBox [%.2f %.2f %.2f %.2f]>>", x0, y0, x1, y1)
}

// toc lists the headings with the pages they come to stand on.
func (l *layout) toc(b document.TOC) {
	l.text(breakLines(l.plain(b.Title, look{size: sizeLarge, style: bold, colour: l.accent}, l.root.add("P").slot()), l.bodyWidth()), marginX, 22, sizeLarge*1.3, nil)
	l.keepLast()
	n := l.root.add("TOC")
	w := l.bodyWidth()
	const pageRoom = 30.0
	outline := document.Outline(l.doc, b.Depth)
	close := l.closer(outline)
	for _, h := range outline {
		entry := n.add("TOCI").add("Reference").add("Link")
		at, indent, before := bodyLook, 18*float64(h.Level-1), tocBefore(h.Level)*close
		if h.Level == 1 {
			at = boldLook
		}
		slot := entry.slot()
		lines := breakLines(l.plain(h.Full()+" ", at, slot), w-indent-pageRoom)
		lead := sizeBody * leading * close
		l.add(box{before: before, h: lead * float64(len(lines)), place: func(p *page, y float64) {
			for i, ln := range lines {
				l.put(p, ln, marginX+indent, y+lead*float64(i)+lead*0.74)
			}
			base := y + lead*float64(len(lines)-1) + lead*0.74
			p.items = append(p.items, item{slot: slot, x: marginX + w, y: base, size: at.size, style: at.style, colour: at.colour, late: func() string {
				return fmt.Sprint(l.targets[h.ID].page + 1)
			}})
			from := marginX + indent + lines[len(lines)-1].w + 6
			p.back = append(p.back, item{draw: func(q *painter) { q.dots(from, base-0.5, marginX+w-pageRoom+8, rule) }})
			l.links = append(l.links, link{page: l.number(p), x0: marginX + indent, y0: y, x1: marginX + w, y1: y + lead*float64(len(lines)), url: "#" + h.ID, words: h.Full(), node: entry})
			entry.annots = append(entry.annots, len(l.links)-1)
		}})
	}
	l.add(box{h: 6})
}

func tocBefore(level int) float64 {
	if level == 1 {
		return 7
	}
	return 2
}

// closer is how much closer the lines of a table of contents stand so that a few of them do not get a page to themselves: 1 when
// they fit a page or fill more than one in any case.
func (l *layout) closer(outline []document.Heading) float64 {
	const heading, tightest = sizeLarge*1.3 + 22, 0.78
	h := 0.0
	for _, x := range outline {
		h += sizeBody*leading + tocBefore(x.Level)
	}
	if f := (l.bodyHeight() - heading) / h; f < 1 && f >= tightest {
		return f
	}
	return 1
}

// checkLinks turns links that lead nowhere into words and says so.
func (l *layout) checkLinks() {
	for i, k := range l.links {
		if id, ok := strings.CutPrefix(k.url, "#"); ok {
			if _, ok := l.targets[id]; !ok {
				l.warnings = append(l.warnings, fmt.Sprintf("the link %q leads to %q, which is not in the paper", k.words, id))
				l.links[i].url = ""
			}
		}
	}
}

// shorten cuts text to a width with an ellipsis.
func shorten(s string, w, size float64) string {
	if face.Width(s, size, face.Style{}) <= w {
		return s
	}
	r := []rune(s)
	for len(r) > 1 && face.Width(string(r)+"…", size, face.Style{}) > w {
		r = r[:len(r)-1]
	}
	return strings.TrimRight(string(r), " ") + "…"
}
