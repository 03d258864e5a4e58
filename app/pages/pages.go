// Package pages lays a paper on pictures of pages, to be looked at beside its
// settings while it is being made.
//
// It knows words, tables and figures of a document and how they follow one
// another down a page. It refuses to know what the paper is about; the PDF has
// its own layout, so a page may end elsewhere there. It imports no Fyne.
package pages

import (
	"strings"

	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/chart/face"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// Sizes of a page in points.
const (
	short  = 595.0
	long   = 842.0
	margin = 52.0
	foot   = 40.0
)

// Page is one page, ready to be painted.
type Page struct {
	W, H float64 // points
	ops  []op
}

// op is one thing to paint: a line of words, a box of colour, or a picture.
type op struct {
	x, y, w, h float64 // y is the baseline of words, the top of everything else
	text       string
	size       float64
	style      face.Style
	colour     chart.RGB
	chart      *chart.Chart
	image      []byte
}

var (
	ink   = chart.RGB{R: 0x1b, G: 0x1f, B: 0x24}
	muted = chart.RGB{R: 0x5b, G: 0x64, B: 0x6e}
	rule  = chart.RGB{R: 0xc9, G: 0xce, B: 0xd3}
	tint  = chart.RGB{R: 0xee, G: 0xf2, B: 0xf6}
	deep  = chart.RGB{R: 0x0b, G: 0x4f, B: 0x86}
)

// layer puts blocks on pages.
type layer struct {
	doc   *document.Document
	pages []*Page
	cur   *Page
	y     float64
	left  float64
	wide  bool
}

// Lay puts a paper on pages.
func Lay(doc *document.Document) []*Page {
	doc = document.Resolve(doc)
	l := &layer{doc: doc, left: margin}
	l.page()
	if doc.TitlePage {
		l.y = 190
	}
	if o := doc.House.Organisation; o != "" {
		l.words([]piece{{o, face.Style{Bold: true}}}, 11, deep, 0, 6)
	}
	l.words([]piece{{doc.Title, face.Style{Bold: true}}}, 24, ink, 0, 8)
	if doc.Subtitle != "" {
		l.words([]piece{{doc.Subtitle, face.Style{}}}, 13, muted, 0, 8)
	}
	for _, f := range doc.Facts {
		l.words([]piece{{f.Label + ": ", face.Style{Bold: true}}, {f.Text, face.Style{}}}, 10, ink, 0, 3)
	}
	l.y += 10
	if doc.TitlePage {
		l.words([]piece{{doc.EditionLine(), face.Style{}}}, 9, muted, 0, 4)
		l.page()
	}
	for _, b := range doc.Blocks {
		l.block(b)
	}
	for i, p := range l.pages {
		p.add(op{x: margin, y: p.H - 24, text: doc.Title, size: 8, colour: muted})
		n := words.F("Page %s of %s", itoa(i+1), itoa(len(l.pages)))
		p.add(op{x: p.W - margin - face.Width(n, 8, face.Style{}), y: p.H - 24, text: n, size: 8, colour: muted})
	}
	return l.pages
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

func (p *Page) add(o op) { p.ops = append(p.ops, o) }

func (l *layer) page() {
	l.cur = &Page{W: short, H: long}
	if l.wide {
		l.cur.W, l.cur.H = long, short
	}
	l.pages = append(l.pages, l.cur)
	l.y = margin
}

// need begins a new page when h does not fit on this one.
func (l *layer) need(h float64) {
	if l.y+h > l.cur.H-margin-foot/2 && l.y > margin {
		l.page()
	}
}

func (l *layer) width() float64 { return l.cur.W - margin - l.left }

// piece is words in one style.
type piece struct {
	text  string
	style face.Style
}

func pieces(rs []document.Inline) []piece {
	var out []piece
	for _, r := range rs {
		st := face.Style{}
		switch x := r.(type) {
		case document.Text:
			st = face.Style{Bold: x.Bold, Italic: x.Italic}
		case document.Field:
			st.Bold = x.Bold
		}
		out = append(out, piece{document.RunText(r), st})
	}
	return out
}

// line is words that fit a width.
type line struct {
	words []piece
	width float64
}

// wrap breaks pieces into lines; runs that touch without a space stay together.
func wrap(ps []piece, width, size float64) []line {
	var out []line
	var cur line
	space := face.Width(" ", size, face.Style{})
	glue := true // the next word touches the one before
	for _, p := range ps {
		if strings.HasPrefix(p.text, " ") {
			glue = false
		}
		for i, w := range strings.Fields(p.text) {
			if i > 0 {
				glue = false
			}
			n := face.Width(w, size, p.style)
			switch {
			case len(cur.words) == 0:
			case glue:
			case cur.width+space+n > width:
				out = append(out, cur)
				cur = line{}
			default:
				w, n = " "+w, n+space
			}
			cur.words = append(cur.words, piece{w, p.style})
			cur.width += n
			glue = true
		}
		glue = !strings.HasSuffix(p.text, " ")
	}
	if len(cur.words) > 0 {
		out = append(out, cur)
	}
	return out
}

// words writes running text, indented, with space after it.
func (l *layer) words(ps []piece, size float64, c chart.RGB, indent, after float64) {
	for _, ln := range wrap(ps, l.width()-indent, size) {
		l.need(size * 1.4)
		l.y += size * 1.35
		l.put(ln, l.left+indent, l.y, size, c)
	}
	l.y += after
}

// put writes one line with its baseline at y.
func (l *layer) put(ln line, x, y, size float64, c chart.RGB) {
	for _, w := range ln.words {
		l.cur.add(op{x: x, y: y, text: w.text, size: size, style: w.style, colour: c})
		x += face.Width(w.text, size, w.style)
	}
}
