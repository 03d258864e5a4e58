package check

import (
	"bytes"
	"fmt"
	"sort"
	"strings"
)

var standard = map[string]bool{"Document": true, "Part": true, "Art": true, "Sect": true, "Div": true, "BlockQuote": true, "Caption": true, "TOC": true, "TOCI": true, "Index": true,
	"NonStruct": true, "Private": true, "P": true, "H": true, "H1": true, "H2": true, "H3": true, "H4": true, "H5": true, "H6": true, "L": true, "LI": true, "Lbl": true, "LBody": true,
	"Table": true, "TR": true, "TH": true, "TD": true, "THead": true, "TBody": true, "TFoot": true, "Span": true, "Quote": true, "Note": true, "Reference": true, "BibEntry": true,
	"Code": true, "Link": true, "Annot": true, "Figure": true, "Formula": true, "Form": true}

// kidsOf lists what may stand directly below the roles that are strict about it.
var kidsOf = map[string]string{"L": "Caption LI L", "LI": "Lbl LBody", "Table": "Caption TR THead TBody TFoot", "THead": "TR", "TBody": "TR", "TFoot": "TR", "TR": "TH TD", "TOC": "TOC TOCI Caption"}

var parentOf = map[string]string{"LI": "L", "LBody": "LI", "TR": "Table THead TBody TFoot", "TH": "TR", "TD": "TR", "TOCI": "TOC"}

func (c *checker) elements() {
	level := 0
	ids := map[string]bool{}
	var walk func(e, parent *Element)
	walk = func(e, parent *Element) {
		if parent != nil {
			c.element(e, parent)
		}
		if strings.HasPrefix(e.Role, "H") && len(e.Role) == 2 {
			n := int(e.Role[1] - '0')
			switch {
			case level == 0 && n != 1:
				c.say("14-002", "the first heading is %s", e.Role)
			case n > level+1:
				c.say("14-003", "%s follows H%d", e.Role, level)
			}
			if strings.TrimSpace(e.Words()) == "" {
				c.say("14", "an empty heading")
			}
			level = n
		}
		if e.Role == "Note" {
			if e.ID == "" {
				c.say("19-003", "a note without an ID")
			}
			if ids[e.ID] {
				c.say("19-004", "two notes with the ID %s", e.ID)
			}
			ids[e.ID] = true
		}
		for _, k := range e.Kids {
			walk(k, e)
		}
	}
	walk(c.Root, nil)
}

func (c *checker) element(e, parent *Element) {
	if !standard[e.Role] {
		c.say("02-001", "the role %s is not standard", e.Role)
	}
	if parent.refNum != 0 && e.parent != parent.refNum {
		c.say("09", "a %s does not know its parent", e.Role)
	}
	if ok, strict := kidsOf[parent.Role]; strict && !listed(ok, e.Role) {
		c.say("09", "%s inside %s", e.Role, parent.Role)
	}
	if ok, strict := parentOf[e.Role]; strict && !listed(ok, parent.Role) {
		c.say("09", "%s inside %s", e.Role, parent.Role)
	}
	switch e.Role {
	case "Figure":
		if strings.TrimSpace(e.Alt) == "" {
			c.say("13-004", "a figure without alternative text")
		}
		if !e.BBox {
			c.say("13", "a figure without a bounding box")
		}
	case "TH":
		if e.Scope == "" {
			c.say("15-003", "the header cell %q has no scope", e.Words())
		}
	case "Link":
		if e.objects == 0 {
			c.say("28-011", "the link %q has no annotation", e.Words())
		}
	case "Table":
		c.table(e)
	}
}

func listed(list, s string) bool {
	for _, x := range strings.Fields(list) {
		if x == s {
			return true
		}
	}
	return false
}

// table checks that every row has as many cells as the others, spans counted.
func (c *checker) table(t *Element) {
	width := -1
	t.Walk(func(r *Element) {
		if r.Role != "TR" {
			return
		}
		n := 0
		for _, k := range r.Kids {
			n += max(k.ColSpan, 1)
		}
		if width >= 0 && n != width {
			c.say("15", "a row of %d cells in a table of %d columns: %q", n, width, r.Words())
		}
		width = max(width, n)
	})
}

// Leaks searches a file for texts that must not be in it: in the bytes as they stand, in every stream unpacked, in every string
// decoded, and in the text as read and as painted, also run together without spaces. It gives a sentence for each find.
func Leaks(data []byte, secrets ...string) []string {
	hay := map[string][]byte{"bytes": data}
	if d, err := Load(data); err == nil {
		text := d.Text() + "\n" + d.Artifacts()
		for i, c := range d.conts {
			for _, t := range c.texts { // what figures print is not in the reading order
				text += "\n" + t
			}
			hay[fmt.Sprintf("page %d unpacked", i+1)] = c.bytesOf(d, i)
		}
		d.Root.Walk(func(e *Element) { text += "\n" + e.Alt })
		hay["text"] = []byte(text)
		hay["text without spaces"] = squeeze([]byte(text))
		var all bytes.Buffer
		for r := range d.offsets {
			v := d.get(r)
			if s, ok := v.(*stream); ok {
				all.Write(d.bytes(s))
				v = s.dict
			}
			collect(v, &all)
			all.WriteByte('\n')
		}
		hay["objects"] = all.Bytes()
	}
	var out []string
	for _, s := range secrets {
		if s == "" {
			continue
		}
		for where, b := range hay {
			if bytes.Contains(b, []byte(s)) || bytes.Contains(b, utf16Bytes(s)) || where == "text without spaces" && bytes.Contains(b, squeeze([]byte(s))) {
				out = append(out, fmt.Sprintf("%q is in the %s", s, where))
			}
		}
	}
	sort.Strings(out)
	return out
}

func (c content) bytesOf(d *Document, page int) []byte {
	return d.bytes(d.dict(d.pages[page])["Contents"])
}

func collect(v any, b *bytes.Buffer) {
	switch v := v.(type) {
	case str:
		b.WriteString(words(v) + "\n")
	case array:
		for _, x := range v {
			collect(x, b)
		}
	case dict:
		for _, x := range v {
			collect(x, b)
		}
	}
}

func squeeze(b []byte) []byte {
	return []byte(strings.Join(strings.Fields(strings.ReplaceAll(string(b), "\u00a0", " ")), ""))
}

func utf16Bytes(s string) []byte {
	var b []byte
	for _, r := range s {
		if r <= 0xFFFF {
			b = append(b, byte(r>>8), byte(r))
		}
	}
	return b
}
