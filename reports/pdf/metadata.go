package pdf

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"sort"
	"strings"
)

// outlines writes the bookmarks as the tree of headings and gives the number of its root; 0 when there are none.
func (u *update) outlines(l *layout, pages []int) int {
	if len(l.outline) == 0 {
		return 0
	}
	type mark struct{ parent, first, last, prev, next, count, object int }
	root := u.number()
	marks := make([]mark, len(l.outline))
	for i := range marks {
		marks[i] = mark{parent: -1, first: -1, last: -1, prev: -1, next: -1, object: u.number()}
	}
	var above []int // the open ancestors
	first, last, count := -1, -1, 0
	for i, b := range l.outline {
		for len(above) > 0 && l.outline[above[len(above)-1]].level >= b.level {
			above = above[:len(above)-1]
		}
		f, t := &first, &last
		if len(above) > 0 {
			p := above[len(above)-1]
			marks[i].parent = p
			f, t = &marks[p].first, &marks[p].last
			marks[p].count++
		} else {
			count++
		}
		if *f < 0 {
			*f = i
		} else {
			marks[i].prev, marks[*t].next = *t, i
		}
		*t = i
		above = append(above, i)
	}
	object := func(i int) int {
		if i < 0 {
			return root
		}
		return marks[i].object
	}
	u.object(root, "<</Type /Outlines /First %d 0 R /Last %d 0 R /Count %d>>", object(first), object(last), count)
	for i, m := range marks {
		b := l.outline[i]
		u.begin(m.object)
		fmt.Fprintf(&u.out, "<</Title %s /Parent %d 0 R /Dest [%d 0 R /XYZ null %.2f null]", text(l.cover(b.text)), object(m.parent), pages[b.page], l.pages[b.page].h-b.y)
		for _, k := range []struct {
			name string
			i    int
		}{{"Prev", m.prev}, {"Next", m.next}, {"First", m.first}, {"Last", m.last}} {
			if k.i >= 0 {
				fmt.Fprintf(&u.out, " /%s %d 0 R", k.name, object(k.i))
			}
		}
		if m.count > 0 {
			fmt.Fprintf(&u.out, " /Count %d", -m.count) // closed until the reader opens it
		}
		u.out.WriteString(">>\nendobj\n")
	}
	return root
}

// idTree names the elements with an ID, in the order that the format asks for.
func idTree(ids [][2]string) string {
	sort.Slice(ids, func(i, j int) bool { return ids[i][0] < ids[j][0] })
	var b strings.Builder
	fmt.Fprintf(&b, "/Limits [%s %s] /Names [", text(ids[0][0]), text(ids[len(ids)-1][0]))
	for _, id := range ids {
		b.WriteString(text(id[0]) + " " + id[1] + " ")
	}
	b.WriteString("]")
	return "/Kids [<<" + b.String() + ">>]"
}

// xmpPacket is the metadata of the file: title, author, subject, dates, and the PDF/UA identifier when every condition that we can
// check holds.
func xmpPacket(l *layout, claim bool) string {
	esc := func(s string) string {
		var b bytes.Buffer
		_ = xml.EscapeText(&b, []byte(s)) // a buffer does not fail
		return b.String()
	}
	d := l.doc
	when := d.Created.UTC()
	if when.IsZero() {
		when = epoch
	}
	date := when.Format("2006-01-02T15:04:05Z")
	var b strings.Builder
	b.WriteString("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n")
	b.WriteString(`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">` + "\n")
	fmt.Fprintf(&b, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>\n", esc(l.cover(d.Title)))
	if d.Author != "" {
		fmt.Fprintf(&b, "<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>\n", esc(d.Author))
	}
	if d.Subject != "" {
		fmt.Fprintf(&b, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:description>\n", esc(d.Subject))
	}
	fmt.Fprintf(&b, "<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>\n", esc(d.Language))
	fmt.Fprintf(&b, "<xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate><xmp:CreatorTool>Flagstone</xmp:CreatorTool><pdf:Producer>Flagstone</pdf:Producer>\n", date, date)
	if claim {
		b.WriteString("<pdfuaid:part>1</pdfuaid:part>\n")
	}
	b.WriteString("</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>")
	return b.String()
}
