// Package check knows the conditions of PDF/UA-1 (ISO 14289-1) that a machine can decide on the files that reports/pdf writes. It
// parses the finished bytes and believes nothing that the writer meant.
//
// It refuses to know how the files are made, and it is no general validator: it reads cross-reference tables, not object streams,
// and the two-byte text of our own fonts.
//
// Conditions of the Matterhorn Protocol 1.1 that are covered, by checkpoint:
//
//	01 real content tagged: 01-003, 01-004 (marks not nested), 01-005 (nothing painted outside a mark)
//	02 role mapping: 02-001, 02-003, 02-004 (custom roles lead to standard ones, standard ones are not remapped)
//	06 metadata: 06-001 to 06-004 (XMP present, dc:title; the identifier is written only when everything here holds)
//	07 dictionary: 07-001, 07-002 (DisplayDocTitle true)
//	09 appropriate tags: 09-004 to 09-006 (lists, tables and contents have the right kids)
//	10 characters: 10-001 (every font maps to Unicode)
//	11 language: 11-006 (document language)
//	13 graphics: 13-004 (figures have alternative text), and a bounding box
//	14 headings: 14-002, 14-003 (first is H1, no gaps)
//	15 tables: 15-003 (header cells have a scope), and rows of equal length
//	17, 18 mathematics and page artifacts: artifacts are marked as such
//	19 notes: 19-003, 19-004 (notes have unique IDs)
//	26 security: 26-001 (not encrypted)
//	28 annotations: 28-002, 28-004, 28-009 to 28-012 (links in Link elements, with contents; tab order S; parent tree agrees)
//	31 fonts: 31-009 (embedded), 31-027 (ToUnicode)
//
// A human has to decide: whether the reading order makes sense (01-006, 09-001), whether tags suit what they tag (01-001, 01-002),
// whether colour or sound carries meaning alone (04-001, 05), flicker (03), whether the alternative text says what the figure says
// (13-005 to 13-008), whether the language of passages is right (11-001 to 11-005), whether header cells describe their data (15-005).
// Scripts, forms, media, XFA and embedded files (checkpoints 20, 21, 23 to 25, 27, 29, 30) do not occur in our files.
package check

import (
	"bytes"
	"fmt"
	"strings"
)

// Problem is a condition that does not hold.
type Problem struct {
	// Rule is the Matterhorn condition, or its checkpoint.
	Rule string
	What string
}

func (p Problem) String() string { return p.Rule + ": " + p.What }

type checker struct {
	*Document
	problems []Problem
}

func (c *checker) say(rule, format string, a ...any) {
	if len(c.problems) < 200 {
		c.problems = append(c.problems, Problem{rule, fmt.Sprintf(format, a...)})
	}
}

// Run checks a file. No problems means that every condition above holds, not that the file is good.
func Run(data []byte) []Problem {
	d, err := Load(data)
	if err != nil {
		return []Problem{{"file", err.Error()}}
	}
	c := &checker{Document: d}
	c.catalog()
	c.content()
	c.parentTree()
	c.elements()
	c.annotations()
	c.fonts()
	return c.problems
}

func (c *checker) catalog() {
	cat := c.dict(c.trailer["Root"])
	if c.trailer["Encrypt"] != nil {
		c.say("26-001", "the file is encrypted")
	}
	if v, _ := c.dict(cat["MarkInfo"])["Marked"].(bool); !v {
		c.say("06", "the file does not say that it is tagged")
	}
	if words(cat["Lang"]) == "" {
		c.say("11-006", "no document language")
	}
	if v, _ := c.dict(cat["ViewerPreferences"])["DisplayDocTitle"].(bool); !v {
		c.say("07-001", "viewers are not told to show the title")
	}
	xmp := c.bytes(cat["Metadata"])
	if len(xmp) == 0 {
		c.say("06-001", "no metadata")
	} else if i := bytes.Index(xmp, []byte("<dc:title>")); i < 0 || bytes.Contains(xmp[i:min(i+120, len(xmp))], []byte("></rdf:li>")) {
		c.say("06-003", "no title in the metadata")
	}
	if words(c.get(c.dict(c.trailer["Info"])["Title"])) == "" {
		c.say("06-003", "no title")
	}
	if cat["StructTreeRoot"] == nil {
		c.say("01-005", "no structure tree")
	}
	for from, to := range c.roles {
		if t, _ := to.(name); !standard[string(t)] {
			c.say("02-001", "role %s leads to %v, which is not standard", from, to)
		}
		if standard[string(from)] {
			c.say("02-004", "the standard role %s is remapped", from)
		}
	}
}

func (c *checker) content() {
	for i, k := range c.conts {
		for _, p := range k.problems {
			c.say("01", "page %d: %s", i+1, p)
		}
		if t, _ := c.dict(c.pages[i])["Tabs"].(name); t != "S" {
			c.say("28-009", "page %d does not take its tab order from the structure", i+1)
		}
	}
}

// parentTree compares the way up from each mark with the way down from the root.
func (c *checker) parentTree() {
	root := c.dict(c.dict(c.trailer["Root"])["StructTreeRoot"])
	tree := map[int]any{}
	var read func(v any, depth int)
	read = func(v any, depth int) {
		n := c.dict(v)
		nums := c.array(n["Nums"])
		for i := 0; i+1 < len(nums); i += 2 {
			if k, ok := nums[i].(float64); ok {
				tree[int(k)] = nums[i+1]
			}
		}
		if depth < 8 {
			for _, k := range c.array(n["Kids"]) {
				read(k, depth+1)
			}
		}
	}
	read(root["ParentTree"], 0)
	for i, p := range c.pages {
		key, ok := c.dict(p)["StructParents"].(float64)
		if !ok {
			c.say("01-005", "page %d is not in the parent tree", i+1)
			continue
		}
		up := c.array(tree[int(key)])
		for _, id := range c.conts[i].mcids {
			down, ok := c.owner[[2]int{i, id}]
			switch {
			case !ok:
				c.say("01-005", "page %d: MCID %d is in no element", i+1, id)
			case id >= len(up) || up[id] != down:
				c.say("01-005", "page %d: the parent tree gives MCID %d to another element", i+1, id)
			}
		}
		for _, a := range c.array(c.dict(p)["Annots"]) {
			k, ok := c.dict(a)["StructParent"].(float64)
			if e := c.dict(tree[int(k)]); !ok || e["S"] != name("Link") {
				c.say("28-010", "page %d: a link is in no Link element", i+1)
			}
		}
	}
}

func (c *checker) annotations() {
	for i, p := range c.pages {
		for _, a := range c.array(c.dict(p)["Annots"]) {
			d := c.dict(a)
			if d["Subtype"] != name("Link") {
				c.say("28", "page %d: an annotation that is no link", i+1)
			}
			if strings.TrimSpace(words(c.get(d["Contents"]))) == "" {
				c.say("28-004", "page %d: a link without contents", i+1)
			}
			if f, _ := d["F"].(float64); int(f)&2 != 0 {
				c.say("28-002", "page %d: a hidden link", i+1)
			}
		}
	}
}

func (c *checker) fonts() {
	seen := map[any]bool{}
	for i, p := range c.pages {
		for n, v := range c.dict(c.dict(c.dict(p)["Resources"])["Font"]) {
			if seen[v] {
				continue
			}
			seen[v] = true
			d := c.dict(v)
			if len(c.bytes(d["ToUnicode"])) == 0 {
				c.say("31-027", "page %d: font %s does not map to Unicode", i+1, n)
			}
			for _, k := range c.array(d["DescendantFonts"]) {
				if len(c.bytes(c.dict(c.dict(k)["FontDescriptor"])["FontFile2"])) == 0 {
					c.say("31-009", "page %d: font %s is not embedded", i+1, n)
				}
			}
			if d["Subtype"] != name("Type0") {
				c.say("31-009", "page %d: font %s is not a composite font", i+1, n)
			}
		}
	}
}
