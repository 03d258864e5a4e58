package html

import (
	"fmt"
	"strings"

	"github.com/planting-the-flag/flagstone/reports/document"
)

func (p *page) table(t document.Table) {
	p.f("<div class=\"table\" role=\"region\" aria-label=\"%s\" tabindex=\"0\" id=\"%s\">\n<table>\n<caption><span class=\"label\">%s.</span> %s</caption>\n<thead>\n", esc(t.Label()), esc(t.ID), esc(t.Label()), esc(t.Caption))
	if len(t.Groups) > 0 {
		p.f("<tr>")
		for _, g := range t.Groups {
			if g.Text == "" {
				p.f("<td%s></td>", span(g.Span))
			} else {
				p.f("<th scope=\"colgroup\"%s>%s</th>", span(g.Span), esc(g.Text))
			}
		}
		p.f("</tr>\n")
	}
	p.f("<tr>")
	for _, c := range t.Columns {
		switch {
		case c.Heading == "" && c.Unit == "":
			p.f("<td></td>")
		case c.Unit == "":
			p.f("<th scope=\"col\"%s>%s</th>", align(c.Align), esc(c.Heading))
		default:
			p.f("<th scope=\"col\"%s>%s <span class=\"unit\">(%s)</span></th>", align(c.Align), esc(c.Heading), esc(c.Unit))
		}
	}
	p.f("</tr>\n</thead>\n<tbody>\n")
	for _, r := range t.Rows {
		p.row(t, r)
	}
	p.f("</tbody>\n</table>\n</div>\n")
	for i, n := range t.Notes {
		p.f("<p class=\"small\">%s %s</p>\n", esc(document.NoteMark(i+1)), esc(n))
	}
	if t.Source != "" {
		p.f("<p class=\"small\">%s</p>\n", esc(t.Source))
	}
	for _, r := range t.Rows {
		for _, c := range r.Cells {
			p.notes(c.Runs)
		}
	}
}

func (p *page) row(t document.Table, r document.Row) {
	p.f("<tr%s>", [...]string{"", " class=\"total\"", " class=\"subhead\""}[min(max(int(r.Kind), 0), 2)])
	at := 0
	for _, c := range r.Cells {
		col := t.Columns[at]
		text := p.runs(c.Runs)
		if c.NoteRef > 0 {
			text += "<sup>" + esc(document.NoteMark(c.NoteRef)) + "</sup>"
		}
		a := align(col.Align)
		if r.Kind == document.Subhead {
			a = ""
		}
		switch {
		case r.Kind == document.Subhead && at == 0:
			p.f("<th scope=\"rowgroup\"%s>%s</th>", span(c.Span), text)
		case col.RowHeader:
			p.f("<th scope=\"row\"%s%s>%s</th>", span(c.Span), a, text)
		default:
			p.f("<td%s%s>%s</td>", span(c.Span), a, text)
		}
		at += c.Span
	}
	p.f("</tr>\n")
}

func span(n int) string {
	if n > 1 {
		return fmt.Sprintf(" colspan=\"%d\"", n)
	}
	return ""
}

func align(a document.Align) string {
	switch a {
	case document.Right, document.Decimal:
		return ` class="number"`
	case document.Centre:
		return ` class="centre"`
	}
	return ""
}

// css is the look of the page: the paper's, in one column.
var css = strings.TrimSpace(`
:root{--ink:#1b2730;--muted:#55626c;--rule:#c9d1d6;--tint:#f1f5f7;--accent:#0b5c73}
body{margin:0 auto;max-width:52rem;padding:2rem 1.25rem 4rem;font:1rem/1.5 "Liberation Sans",Arial,Helvetica,sans-serif;color:var(--ink);background:#fff}
header{border-bottom:1px solid var(--rule);margin-bottom:2rem;padding-bottom:1rem}
h1{font-size:2.2rem;line-height:1.15;margin:.3em 0}
h2{font-size:1.5rem;line-height:1.25;color:var(--accent);margin:2.2em 0 .4em}
h3{font-size:1.15rem;margin:1.6em 0 .3em}
h4{font-size:1rem;color:var(--accent);margin:1.3em 0 .2em}
p,ul,ol{max-width:42rem}
a{color:var(--accent)}
a:focus-visible,.table:focus-visible{outline:3px solid #e69f00;outline-offset:2px}
.organisation{font-weight:bold;color:var(--muted);margin:0}
.subtitle{font-size:1.25rem;color:var(--muted);margin:.2em 0}
.fact{margin:.1em 0}
.small,.footnote{font-size:.85rem;color:var(--muted);margin:.3em 0}
.lead{font-size:1.2rem;line-height:1.4}
.logo{max-height:4rem;max-width:16rem}
abbr{text-decoration:none}
.toc{list-style:none;padding:0}
.toc-title{font-weight:bold;color:var(--accent);font-size:1.2rem}
.toc .level1{font-weight:bold;margin-top:.4em}
.toc .level2{padding-left:1.2rem}
.toc .level3{padding-left:2.4rem}
.figures{list-style:none;padding:0;max-width:none;display:grid;grid-template-columns:repeat(auto-fit,minmax(12rem,1fr));gap:1rem}
.figures li{border-top:2px solid var(--accent);padding-top:.4rem}
.figures strong{display:block;font-size:1.5rem;line-height:1.2;color:var(--accent)}
.figures b{display:block}
.figures span+span,.figures li>span{font-size:.85rem;color:var(--muted)}
.callout{border-left:4px solid var(--accent);background:var(--tint);padding:.6rem 1rem;margin:1.2rem 0;max-width:42rem}
.callout-title{font-weight:bold;color:var(--accent);margin:0}
.warning{border-color:#b03a00;background:#fdf3ec}
.warning .callout-title{color:#b03a00}
.table{overflow-x:auto;margin:1.5rem 0 .4rem}
table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
caption,figcaption{text-align:left;font-weight:bold;padding-bottom:.4rem}
.label{color:var(--accent)}
th,td{text-align:left;vertical-align:top;padding:.25rem .6rem;border-bottom:1px solid var(--rule)}
th:first-child,td:first-child{padding-left:0}
th:last-child,td:last-child{padding-right:0}
thead th,thead td{vertical-align:bottom;border-bottom:2px solid var(--accent)}
tbody th{font-weight:normal}
.unit{font-weight:normal;color:var(--muted);white-space:nowrap}
.number{text-align:right}
td.number{white-space:nowrap}
.centre,th[scope=colgroup]{text-align:center}
.total th,.total td{font-weight:bold;border-top:1.5px solid var(--ink)}
.subhead th{font-weight:bold;background:var(--tint)}
figure{margin:1.5rem 0}
figure svg,figure img{width:100%;height:auto;max-width:100%}
@media print{body{max-width:none}.table{overflow:visible}tr,figure{break-inside:avoid}}
`)
