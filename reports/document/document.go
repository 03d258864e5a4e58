// Package document knows what a paper is made of: headings, paragraphs, tables, figures, footnotes, and numbers that remember the
// result they print. One Document is rendered as tagged PDF, HTML and plain text, in one reading order.
//
// It refuses to know what the paper is about, how a page looks, and where the numbers come from.
package document

import (
	"time"

	"github.com/planting-the-flag/flagstone/reports/chart"
)

// Document is one paper.
type Document struct {
	Title    string
	Subtitle string
	// Language is a BCP 47 tag; "en-GB" when empty.
	Language string
	Author   string
	Subject  string
	// Created is printed and put into the file's dates. It is passed in so that the same paper gives the same bytes.
	Created time.Time
	// Edition tells public and exempt papers apart on every page.
	Edition Edition
	// Hash identifies the project version the paper was made from; printed on every page.
	Hash string
	// House is the organisation's look.
	House House
	// Facts are printed under the title: "Decision by", "Wards", "Date".
	Facts []Fact
	// NumberHeadings puts 1, 1.1, 1.1.1 before headings.
	NumberHeadings bool
	// TitlePage gives the title a page of its own; otherwise it heads the first page.
	TitlePage bool
	Blocks    []Block

	resolved bool
	problems []string
}

// Edition is who may read the paper.
type Edition string

// The editions.
const (
	Public Edition = "public"
	Exempt Edition = "exempt"
)

// House is the organisation's look.
type House struct {
	Organisation string
	// Logo is a PNG or JPEG; nothing is drawn when it is empty or broken (the renderer reports a broken one).
	Logo []byte
	// LogoAlt describes the logo; the organisation's name when empty.
	LogoAlt string
	// Accent is "#rrggbb"; the default when empty or too pale to read (contrast below 4.5:1 on white).
	Accent string
}

// Fact is one line under the title.
type Fact struct{ Label, Text string }

// Block is one thing in reading order. The kinds are closed: Heading, Paragraph, List, Table, Figure, KeyFigures, Callout, TOC,
// PageBreak, Legend.
type Block interface{ block() }

// Heading opens a section.
type Heading struct {
	// Level is 1 to 3. A level that would leave a gap (1 then 3) is raised by the renderers.
	Level int
	Text  string
	// ID is what Link "#id" points to; made from the text when empty.
	ID string
	// Unnumbered leaves it out of the numbering.
	Unnumbered bool

	number string
}

// Paragraph is running text.
type Paragraph struct {
	Runs  []Inline
	Style ParagraphStyle
}

// ParagraphStyle is how loud a paragraph speaks.
type ParagraphStyle int

// The paragraph styles.
const (
	Normal ParagraphStyle = iota
	Lead                  // larger: the one sentence to remember
	Small                 // notes
)

// List is a list of items.
type List struct {
	Ordered bool
	// Start is the first number of an ordered list; 1 when zero.
	Start int
	Items []ListItem
}

// ListItem is one entry, with a list below it when Sub is not nil.
type ListItem struct {
	Runs []Inline
	Sub  *List
}

// Figure is a chart, map or picture with its words.
type Figure struct {
	// Chart is drawn as vectors; when it is nil Image (PNG or JPEG) is placed.
	Chart *chart.Chart
	Image []byte
	// Alt states the finding for somebody who cannot see it; the chart's own when empty.
	Alt string
	// Caption follows "Figure n"; the chart's title when empty.
	Caption string
	// Source is printed under it; the chart's own when empty.
	Source string
	// Height in points; a sensible one for the kind when zero.
	Height float64
	ID     string

	number int
}

// KeyFigures is a strip of a few numbers that carry the paper.
type KeyFigures struct{ Items []KeyFigure }

// KeyFigure is one number of the strip.
type KeyFigure struct {
	Label string
	Value Field
	// Note says what it is compared with.
	Note string
}

// Callout is a box: a decision asked for, a warning, a note.
type Callout struct {
	Kind  CalloutKind
	Title string
	// Blocks may be paragraphs and lists; others are ignored.
	Blocks []Block
}

// CalloutKind is what a box is for; it is written, not only coloured.
type CalloutKind int

// The kinds of box.
const (
	Note CalloutKind = iota
	Decision
	Warning
)

// TOC is the table of contents of the headings that follow and precede it.
type TOC struct {
	Title string
	// Depth is the deepest heading level listed; 2 when zero.
	Depth int
}

// PageBreak starts a new page.
type PageBreak struct {
	// Landscape turns the pages that follow on their side, until the next PageBreak.
	Landscape bool
}

// Legend explains the grade marks that the paper uses, and only those. Nothing is printed when it uses none.
type Legend struct{}

func (Heading) block()    {}
func (Paragraph) block()  {}
func (List) block()       {}
func (Table) block()      {}
func (Figure) block()     {}
func (KeyFigures) block() {}
func (Callout) block()    {}
func (TOC) block()        {}
func (PageBreak) block()  {}
func (Legend) block()     {}
