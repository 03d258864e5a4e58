// Package html knows how a paper is written as one web page: semantic HTML, charts as inline SVG, styles inside, nothing fetched.
// The order and the words are those of the plain text and of the PDF.
//
// It refuses to know about sites, scripts and cookies: the council's page may take the body as it is.
package html

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// Render writes the paper as a self-contained page.
func Render(doc *document.Document, w io.Writer) error {
	d := document.Resolve(doc)
	p := &page{doc: d}
	p.f(`<!DOCTYPE html>
<html lang="%s">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%s</title>
`, esc(d.Language), esc(d.Title))
	for _, m := range [][2]string{{"author", d.Author}, {"description", d.Subject}} {
		if m[1] != "" {
			p.f("<meta name=\"%s\" content=\"%s\">\n", m[0], esc(m[1]))
		}
	}
	p.f("<style>%s</style>\n</head>\n<body>\n", css)
	p.head()
	p.f("<main>\n")
	for _, b := range d.Blocks {
		p.block(b)
	}
	p.f("</main>\n</body>\n</html>\n")
	_, err := w.Write(p.Bytes())
	return err
}

type page struct {
	bytes.Buffer
	doc *document.Document
}

func (p *page) f(format string, a ...any) { fmt.Fprintf(p, format, a...) }

func esc(s string) string { return html.EscapeString(s) }

func (p *page) head() {
	d := p.doc
	p.f("<header>\n")
	if len(d.House.Logo) > 0 {
		p.f("<img class=\"logo\" src=\"%s\" alt=\"%s\">\n", dataURI(d.House.Logo), esc(d.House.LogoAlt))
	}
	if d.House.Organisation != "" {
		p.f("<p class=\"organisation\">%s</p>\n", esc(d.House.Organisation))
	}
	p.f("<h1>%s</h1>\n", esc(d.Title))
	if d.Subtitle != "" {
		p.f("<p class=\"subtitle\">%s</p>\n", esc(d.Subtitle))
	}
	if s := d.EditionLine(); s != "" {
		p.f("<p class=\"small\">%s</p>\n", esc(s))
	}
	for _, f := range d.Facts {
		p.f("<p class=\"fact\"><strong>%s:</strong> %s</p>\n", esc(f.Label), esc(f.Text))
	}
	p.f("</header>\n")
}

func dataURI(b []byte) string {
	return "data:" + http.DetectContentType(b) + ";base64," + base64.StdEncoding.EncodeToString(b)
}

func (p *page) block(b document.Block) {
	switch b := b.(type) {
	case document.Heading:
		p.f("<h%d id=\"%s\">%s</h%d>\n", b.Level+1, esc(b.ID), esc(b.Full()), b.Level+1)
	case document.Paragraph:
		p.paragraph(b)
	case document.List:
		p.list(b)
	case document.Table:
		p.table(b)
	case document.Figure:
		p.figure(b)
	case document.KeyFigures:
		p.f("<ul class=\"figures\">\n")
		for _, k := range b.Items {
			p.f("<li><strong>%s</strong> <b>%s</b> <span>%s</span></li>\n", p.field(k.Value), esc(k.Label), esc(k.Note))
		}
		p.f("</ul>\n")
	case document.Callout:
		p.f("<div class=\"callout %s\">\n<p class=\"callout-title\">%s</p>\n", [...]string{"note", "decision", "warning"}[min(max(int(b.Kind), 0), 2)], esc(b.Title))
		for _, x := range b.Blocks {
			p.block(x)
		}
		p.f("</div>\n")
	case document.TOC:
		p.f("<nav aria-label=\"%s\">\n<p class=\"toc-title\">%s</p>\n<ol class=\"toc\">\n", esc(b.Title), esc(b.Title))
		for _, h := range document.Outline(p.doc, b.Depth) {
			p.f("<li class=\"level%d\"><a href=\"#%s\">%s</a></li>\n", h.Level, esc(h.ID), esc(h.Full()))
		}
		p.f("</ol>\n</nav>\n")
	}
}

func (p *page) paragraph(b document.Paragraph) {
	class := [...]string{"", " class=\"lead\"", " class=\"small\""}[min(max(int(b.Style), 0), 2)]
	p.f("<p%s>%s</p>\n", class, p.runs(b.Runs))
	p.notes(b.Runs)
}

func (p *page) list(b document.List) {
	tag, start := "ul", ""
	if b.Ordered {
		tag = "ol"
		if b.Start > 1 {
			start = fmt.Sprintf(" start=\"%d\"", b.Start)
		}
	}
	p.f("<%s%s>\n", tag, start)
	for _, it := range b.Items {
		p.f("<li>%s", p.runs(it.Runs))
		if len(document.Notes(it.Runs)) > 0 {
			p.f("\n")
			p.notes(it.Runs)
		}
		if it.Sub != nil {
			p.f("\n")
			p.list(*it.Sub)
		}
		p.f("</li>\n")
	}
	p.f("</%s>\n", tag)
}

// notes writes footnotes right after the block that refers to them: a page has no foot.
func (p *page) notes(rs []document.Inline) {
	for _, n := range document.Notes(rs) {
		p.f("<p class=\"footnote\" id=\"note-%d\"><a href=\"#ref-%d\">%s</a> %s</p>\n", n.Number(), n.Number(), esc(n.Ref()), p.runs(n.Runs))
	}
}

func (p *page) runs(rs []document.Inline) string {
	var b strings.Builder
	for _, r := range rs {
		switch r := r.(type) {
		case document.Text:
			s := esc(r.S)
			if r.Italic {
				s = "<em>" + s + "</em>"
			}
			if r.Bold {
				s = "<strong>" + s + "</strong>"
			}
			b.WriteString(s)
		case document.Field:
			s := p.field(r)
			if r.Bold {
				s = "<strong>" + s + "</strong>"
			}
			b.WriteString(s)
		case document.Link:
			if u := safeURL(r.URL); u != "" {
				b.WriteString(`<a href="` + esc(u) + `">` + esc(r.S) + "</a>")
			} else {
				b.WriteString(esc(r.S))
			}
		case document.Footnote:
			fmt.Fprintf(&b, `<sup id="ref-%d"><a href="#note-%d">%s</a></sup>`, r.Number(), r.Number(), esc(r.Ref()))
		}
	}
	return b.String()
}

// field prints a figure with its mark; its result, unrounded, is not given away in the page.
func (p *page) field(f document.Field) string {
	s := `<span class="field">` + esc(f.Text)
	if m := f.Grade.Mark(); m != "" {
		s += `<abbr title="` + esc(f.Grade.Meaning()) + `">` + m + "</abbr>"
	}
	return s + "</span>"
}

// safeURL lets only addresses through that cannot run anything.
func safeURL(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https", "mailto":
		return u.String()
	case "":
		if strings.HasPrefix(s, "#") {
			return s
		}
	}
	return ""
}

func (p *page) figure(f document.Figure) {
	p.f("<figure id=\"%s\">\n<figcaption><span class=\"label\">%s.</span> %s</figcaption>\n", esc(f.ID), esc(f.Label()), esc(f.Caption))
	switch {
	case f.Chart != nil:
		h := f.Height
		if h <= 0 {
			h = 260
		}
		svg := chart.SVGWith(f.Chart, chart.Size{W: 560, H: h}, chart.Options{Theme: chart.Print, Bare: true})
		svg = bytes.Replace(svg, []byte(`role="img"`), []byte(`role="img" aria-label="`+esc(f.Alt)+`"`), 1)
		if i, j := bytes.Index(svg, []byte("<desc>")), bytes.Index(svg, []byte("</desc>")); i >= 0 && j > i { // said by the label
			svg = append(svg[:i:i], svg[j+len("</desc>"):]...)
		}
		p.Write(svg)
	case len(f.Image) > 0:
		p.f("<img src=\"%s\" alt=\"%s\">\n", dataURI(f.Image), esc(f.Alt))
	default:
		p.f("<p>%s</p>\n", esc(f.Alt))
	}
	if f.Source != "" {
		p.f("<p class=\"small\">%s</p>\n", esc(f.Source))
	}
	p.f("</figure>\n")
}
