package check

import "strings"

// Element is an element of the structure tree.
type Element struct {
	// Role is the standard role, custom ones mapped.
	Role string
	Kids []*Element
	// Text is what the element's own marks print, in order with its kids: see Words.
	Alt     string
	BBox    bool
	Scope   string
	ColSpan int
	ID      string
	parts   []part
	marks   int
	objects int // annotations
	refNum  ref
	parent  ref
}

// part is a kid or a run of text.
type part struct {
	text string
	kid  *Element
}

// Words is the text of the element and below, in reading order; a figure is its alternative text, and an entry of the contents is
// without its page number, which belongs to the page and not to the text.
func (e *Element) Words() string {
	switch e.Role {
	case "Figure":
		return e.Alt
	case "TOCI":
		return strings.TrimRight(strings.TrimRight(e.words(), "0123456789\n"), " ")
	}
	return e.words()
}

func (e *Element) words() string {
	var b strings.Builder
	for _, p := range e.parts {
		if p.kid == nil {
			b.WriteString(p.text)
			continue
		}
		w := p.kid.Words()
		if block[p.kid.Role] && b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(w)
		if block[p.kid.Role] {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

var block = map[string]bool{"P": true, "H1": true, "H2": true, "H3": true, "L": true, "LI": true, "LBody": true, "Table": true, "THead": true, "TBody": true,
	"TR": true, "TH": true, "TD": true, "Figure": true, "Caption": true, "TOC": true, "TOCI": true, "Note": true, "Div": true, "Lbl": true}

// Walk visits the element and everything below in reading order.
func (e *Element) Walk(f func(*Element)) {
	f(e)
	for _, k := range e.Kids {
		k.Walk(f)
	}
}

// Document is what a file says in its structure.
type Document struct {
	*File
	Root  *Element
	pages []ref
	conts []content
	index map[ref]int // page object → page
	owner map[[2]int]ref
	roles dict
}

// Load reads pages and structure.
func Load(data []byte) (*Document, error) {
	f, err := Open(data)
	if err != nil {
		return nil, err
	}
	d := &Document{File: f, index: map[ref]int{}, owner: map[[2]int]ref{}}
	cat := f.dict(f.trailer["Root"])
	for _, k := range f.array(f.dict(cat["Pages"])["Kids"]) {
		r, _ := k.(ref)
		d.index[r] = len(d.pages)
		d.pages = append(d.pages, r)
		d.conts = append(d.conts, readContent(f.bytes(f.dict(r)["Contents"])))
	}
	root := f.dict(cat["StructTreeRoot"])
	d.roles = f.dict(root["RoleMap"])
	top := &Element{Role: "StructTreeRoot"}
	d.kids(top, root["K"], -1, 0)
	d.Root = top
	return d, nil
}

// Text is the whole text in reading order.
func (d *Document) Text() string { return d.Root.Words() }

// Artifacts is the text of headers, footers and repeated headings.
func (d *Document) Artifacts() string {
	var b strings.Builder
	for _, c := range d.conts {
		b.WriteString(c.artifact)
	}
	return b.String()
}

func (d *Document) kids(e *Element, v any, page, depth int) {
	if depth > 64 {
		return
	}
	switch k := v.(type) {
	case array:
		for _, x := range k {
			d.kids(e, x, page, depth)
		}
		return
	case float64:
		d.mark(e, page, int(k))
		return
	case ref:
		if a, ok := d.get(k).(array); ok {
			d.kids(e, a, page, depth)
			return
		}
	}
	m := d.dict(v)
	switch m["Type"] {
	case name("MCR"):
		r, _ := m["Pg"].(ref)
		id, _ := m["MCID"].(float64)
		if n, ok := d.index[r]; ok {
			page = n
		}
		d.mark(e, page, int(id))
	case name("OBJR"):
		e.objects++
	case name("StructElem"):
		d.element(e, v, m, page, depth)
	}
}

func (d *Document) mark(e *Element, page, id int) {
	if page < 0 || page >= len(d.conts) {
		return
	}
	e.marks++
	e.parts = append(e.parts, part{text: d.conts[page].texts[id]})
	d.owner[[2]int{page, id}] = e.refNum
}

func (d *Document) element(parent *Element, v any, m dict, page, depth int) {
	role, _ := m["S"].(name)
	if std, ok := d.roles[role].(name); ok {
		role = std
	}
	k := &Element{Role: string(role), Alt: words(m["Alt"]), ID: words(m["ID"])}
	k.refNum, _ = v.(ref)
	k.parent, _ = m["P"].(ref)
	attrs := d.array(m["A"])
	if a := d.dict(m["A"]); a != nil {
		attrs = array{a}
	}
	for _, x := range attrs {
		a := d.dict(x)
		if len(d.array(a["BBox"])) == 4 {
			k.BBox = true
		}
		if s, ok := a["Scope"].(name); ok {
			k.Scope = string(s)
		}
		if n, ok := a["ColSpan"].(float64); ok {
			k.ColSpan = int(n)
		}
	}
	if r, ok := m["Pg"].(ref); ok {
		if n, ok := d.index[r]; ok {
			page = n
		}
	}
	parent.Kids = append(parent.Kids, k)
	parent.parts = append(parent.parts, part{kid: k})
	d.kids(k, m["K"], page, depth+1)
}
