package pdf

import (
	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/chart/face"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// layout puts a resolved paper on pages.
type layout struct {
	doc    *document.Document
	accent chart.RGB
	root   *node
	pages  []*page
	cur    *page
	// y is where the next box starts.
	y        float64
	boxes    []box
	links    []link
	targets  map[string]target
	outline  []bookmark
	lost     map[rune]int
	warnings []string
	made     map[int]*node // the notes made, by number
	carry    []noteBox     // what a page had no room for of a very long note
}

// page is what is painted on one page: artifacts first, then content in reading order.
type page struct {
	w, h  float64
	back  []item
	items []item
	notes []noteBox
	fresh bool // nothing stands on it yet
}

// item is one thing to paint: a line of text or a drawing.
type item struct {
	slot   *node // nil for an artifact
	x, y   float64
	text   string
	late   func() string // text known only when all pages are laid out; right-aligned at x
	size   float64
	style  face.Style
	colour chart.RGB
	draw   func(*painter)
}

// link is a link annotation.
type link struct {
	page           int
	x0, y0, x1, y1 float64
	url, words     string
	node           *node
}

type target struct {
	page int
	y    float64
}

type bookmark struct {
	level int
	text  string
	target
}

// box is a strip of the column that never splits.
type box struct {
	before float64 // space above, dropped at the top of a page
	h      float64
	keep   bool // stays with the next box
	notes  []noteBox
	place  func(p *page, y float64)
	// head is drawn again, as an artifact, when the box starts a page.
	head *box
	// ground paints under the box and the space above it.
	ground func(p *page, y, h float64)
}

// noteBox is a footnote ready to be set at the foot of a page.
type noteBox struct {
	lines  []line
	h      float64
	node   *node
	number int
}

func newLayout(doc *document.Document) *layout {
	l := &layout{doc: doc, accent: accentOf(doc.House.Accent), root: &node{role: "Document"}, targets: map[string]target{}, lost: map[rune]int{}}
	l.warnings = append(l.warnings, doc.Problems()...)
	l.newPage(false)
	return l
}

func (l *layout) newPage(landscape bool) {
	p := &page{w: a4W, h: a4H, fresh: true}
	if landscape {
		p.w, p.h = a4H, a4W
	}
	l.pages, l.cur, l.y = append(l.pages, p), p, marginTop
	p.notes, l.carry = l.carry, nil
	l.carry = trimNotes(p, 2*noteGap+l.noteLimit())
}

func (l *layout) landscape() bool { return l.cur.w > l.cur.h }

// bodyWidth is the width of tables and figures; measure that of prose.
func (l *layout) bodyWidth() float64 { return l.cur.w - 2*marginX }
func (l *layout) measure() float64   { return min(prose, l.bodyWidth()) }

func (l *layout) bodyHeight() float64 { return l.cur.h - marginTop - marginBottom }

const noteGap = 9.0 // from the text to the rule over the footnotes and from there to the first

func notesHeight(n []noteBox) float64 {
	if len(n) == 0 {
		return 0
	}
	h := 2 * noteGap
	for _, b := range n {
		h += b.h
	}
	return h
}

// cover makes text printable and counts what was replaced.
func (l *layout) cover(s string) string { return face.Cover(s, func(r rune) { l.lost[r]++ }) }

// add queues boxes; flow sets them.
func (l *layout) add(b ...box) { l.boxes = append(l.boxes, b...) }

// flow sets the queued boxes: chains of boxes that keep together go to the next page when they do not fit here.
func (l *layout) flow() {
	boxes := l.boxes
	l.boxes = nil
	for i := 0; i < len(boxes); {
		j := i
		for j+1 < len(boxes) && boxes[j].keep {
			j++
		}
		switch chain := boxes[i : j+1]; {
		case l.fits(chain):
			for _, b := range chain {
				l.set(b)
			}
			i = j + 1
		case !l.cur.fresh:
			l.newPage(l.landscape())
		default: // longer than a page: set what fits, break where it must
			l.set(chain[0])
			i++
			for i <= j && l.fits(boxes[i:i+1]) {
				l.set(boxes[i])
				i++
			}
		}
	}
}

func (l *layout) fits(chain []box) bool {
	y, notes := l.y, notesHeight(l.cur.notes)
	fresh := l.cur.fresh
	if fresh && chain[0].head != nil {
		y += chain[0].head.h
	}
	for k, b := range chain {
		if k > 0 || !fresh {
			y += b.before
		}
		y += b.h
		notes = l.withNotes(notes, b.notes)
	}
	return y <= l.cur.h-marginBottom-notes+0.01
}

func (l *layout) set(b box) {
	p := l.cur
	if p.fresh {
		if b.head != nil {
			b.head.place(p, l.y)
			l.y += b.head.h
		}
		if b.ground != nil {
			b.ground(p, l.y, b.h)
		}
	} else {
		if b.ground != nil {
			b.ground(p, l.y, b.before+b.h)
		}
		l.y += b.before
	}
	if b.place != nil {
		b.place(p, l.y)
	}
	p.fresh = false
	l.y += b.h
	room := l.withNotes(notesHeight(p.notes), b.notes)
	p.notes = append(p.notes, b.notes...)
	l.carry = append(l.carry, trimNotes(p, room)...)
}

// noteLimit is the room that the notes of one line may take; a longer note goes on at the foot of the next page.
func (l *layout) noteLimit() float64 { return l.bodyHeight() * 0.4 }

// withNotes is the height of the notes of a page when some more come.
func (l *layout) withNotes(have float64, more []noteBox) float64 {
	if len(more) == 0 {
		return have
	}
	sum := 0.0
	for _, n := range more {
		sum += n.h
	}
	if have == 0 {
		have = 2 * noteGap
	}
	return have + min(sum, l.noteLimit())
}

// trimNotes takes lines off the end of a page's notes until they fit, and gives them back in order.
func trimNotes(p *page, room float64) []noteBox {
	var over []noteBox
	for len(p.notes) > 0 && notesHeight(p.notes) > room+0.01 {
		n := &p.notes[len(p.notes)-1]
		lead := n.h / float64(max(len(n.lines), 1))
		keep := min(max(len(n.lines)-int((notesHeight(p.notes)-room)/lead+0.999), 0), len(n.lines)-1)
		rest := *n
		rest.lines = n.lines[max(keep, 0):]
		rest.h = lead * float64(len(rest.lines))
		over = append([]noteBox{rest}, over...)
		if keep <= 0 {
			p.notes = p.notes[:len(p.notes)-1]
			continue
		}
		n.lines, n.h = n.lines[:keep], lead*float64(keep)
	}
	return over
}

// number is the index of a page.
func (l *layout) number(p *page) int {
	for i := len(l.pages) - 1; i >= 0; i-- {
		if l.pages[i] == p {
			return i
		}
	}
	return 0
}

func (p *page) fill(x0, y0, x1, y1 float64, c chart.RGB) {
	p.back = append(p.back, item{draw: func(q *painter) { q.rect(x0, y0, x1, y1, c) }})
}

// run lays out the whole paper.
func (l *layout) run() {
	l.title()
	for _, b := range l.doc.Blocks {
		l.block(b)
	}
	l.flow()
	for len(l.carry) > 0 {
		l.newPage(l.landscape())
	}
	if last := l.pages[len(l.pages)-1]; last.fresh && len(last.notes) == 0 && len(l.pages) > 1 { // a page break at the end leaves no empty page
		l.pages = l.pages[:len(l.pages)-1]
	}
	for i := range l.pages {
		l.footnotes(i)
		l.furniture(i)
	}
	l.checkLinks()
}
