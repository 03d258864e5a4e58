package businesscase

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// Words writes a section as text that can be edited and given back as Override.Instead: paragraphs, each an element. A figure is a
// name in braces, {hubs.npsv}, and stays bound to its result wherever it is put. What is no running text stands as a name of its
// own on a line, {table 1} or {chart 2}: it can be moved or left out, but not changed. A line that begins with ## is a heading, lines
// that begin with - are a list, one that begins with > is the sentence to remember. The error is ErrNothing, or says that there is no such section.
func Words(cmp *appraisal.Comparison, opt Options, s Section) ([]string, error) {
	b, err := newBuilder(cmp, opt)
	if err != nil {
		return nil, err
	}
	c, ok := chapters[s]
	if !ok {
		return nil, fmt.Errorf("there is no section %q", s)
	}
	w := scan(b.own(c))
	return w.paragraphs, nil
}

// Unknown lists the names in braces of an edited section that stand for nothing in it, as they were typed.
func Unknown(cmp *appraisal.Comparison, opt Options, s Section, paragraphs []string) ([]string, error) {
	b, err := newBuilder(cmp, opt)
	if err != nil {
		return nil, err
	}
	c, ok := chapters[s]
	if !ok {
		return nil, fmt.Errorf("there is no section %q", s)
	}
	w, live := scan(b.own(c)), b.live()
	var out []string
	for _, p := range paragraphs {
		for _, m := range braced.FindAllString(p, -1) {
			name := strings.TrimSpace(m[1 : len(m)-1])
			_, isLive := live[name]
			_, isOwn := w.inline[name]
			_, isBlock := w.blocks[name]
			if !isLive && !isOwn && !isBlock && !slices.Contains(out, m) {
				out = append(out, m)
			}
		}
	}
	return out, nil
}

var braced = regexp.MustCompile(`\{[^{}]*\}`)

// own is what a section says by itself, without its heading.
func (b *builder) own(c chapter) []document.Block {
	before := b.out
	b.out = nil
	c.write(b)
	blocks := b.out
	b.out = before
	return blocks
}

// written is a section as text, with what its names stand for.
type written struct {
	paragraphs []string
	inline     map[string]document.Inline
	blocks     map[string]document.Block
	counts     map[string]int
}

// scan turns blocks into text.
func scan(blocks []document.Block) *written {
	w := &written{inline: map[string]document.Inline{}, blocks: map[string]document.Block{}, counts: map[string]int{}}
	for _, x := range blocks {
		switch x := x.(type) {
		case document.Heading:
			w.paragraphs = append(w.paragraphs, strings.Repeat("#", min(max(x.Level, 2), 3))+" "+x.Text)
			w.blocks[w.headingKey(x.Text)] = x
		case document.Paragraph:
			if x.Style == document.Normal {
				w.paragraphs = append(w.paragraphs, w.text(x.Runs))
				continue
			}
			if x.Style == document.Lead {
				w.paragraphs = append(w.paragraphs, "> "+w.text(x.Runs))
				continue
			}
			w.block("small print", x)
		case document.List:
			if simple(x) {
				lines := make([]string, len(x.Items))
				for i, it := range x.Items {
					lines[i] = "- " + w.text(it.Runs)
				}
				w.paragraphs = append(w.paragraphs, strings.Join(lines, "\n"))
				continue
			}
			w.block("list", x)
		case document.Table:
			w.block("table", x)
		case document.Figure:
			w.block("chart", x)
		case document.KeyFigures:
			w.block("key figures", x)
		case document.Callout:
			w.block("box", x)
		case document.PageBreak:
			w.block("new page", x)
		default:
			w.block("part", x)
		}
	}
	return w
}

// headingKey remembers a heading by its words, so that what refers to it still finds it.
func (w *written) headingKey(text string) string { return "#" + text }

// simple says whether a list can be typed line by line.
func simple(l document.List) bool {
	if l.Ordered {
		return false
	}
	for _, it := range l.Items {
		if it.Sub != nil {
			return false
		}
	}
	return true
}

func (w *written) block(kind string, x document.Block) {
	w.counts[kind]++
	name := fmt.Sprintf("%s %d", kind, w.counts[kind])
	w.blocks[name] = x
	w.paragraphs = append(w.paragraphs, "{"+name+"}")
}

// text writes runs with figures as names.
func (w *written) text(runs []document.Inline) string {
	var s strings.Builder
	for _, r := range runs {
		switch r := r.(type) {
		case document.Text:
			s.WriteString(r.S)
		case document.Field:
			s.WriteString("{" + w.name(r.Key, r) + "}")
		case document.Footnote:
			s.WriteString("{" + w.name("note", r) + "}")
		case document.Link:
			s.WriteString("{" + w.name("link", r) + "}")
		}
	}
	return strings.Trim(strings.ReplaceAll(s.String(), "\n", " "), " ")
}

// name finds a name for a run that nothing else has; the same figure in the same form keeps its name.
func (w *written) name(key string, r document.Inline) string {
	field, isField := r.(document.Field)
	for n := 1; ; n++ {
		name := key
		if n > 1 || !isField {
			name = fmt.Sprintf("%s %d", key, n)
		}
		old, taken := w.inline[name]
		if !taken {
			w.inline[name] = r
			return name
		}
		if f, ok := old.(document.Field); ok && isField && f == field {
			return name
		}
	}
}

// instead writes a section with the user's words in place of its own.
func (b *builder) instead(c chapter, paragraphs []string) {
	w := scan(b.own(c))
	for _, p := range paragraphs {
		p = strings.TrimSpace(p)
		name, isName := strings.CutPrefix(p, "{")
		if name, ok := strings.CutSuffix(name, "}"); ok && isName {
			if x, ok := w.blocks[strings.TrimSpace(name)]; ok {
				b.add1(x)
				continue
			}
			if blockName.MatchString(name) {
				continue // a table or chart that the section no longer has
			}
		}
		switch {
		case strings.HasPrefix(p, "#"):
			text := strings.TrimSpace(strings.TrimLeft(p, "#"))
			if x, ok := w.blocks[w.headingKey(text)]; ok {
				b.add1(x)
			} else if text != "" {
				b.h(2, b.free(text))
			}
		case strings.HasPrefix(p, "- "):
			var l document.List
			for _, line := range strings.Split(p, "\n") {
				line = strings.TrimPrefix(strings.TrimSpace(line), "- ")
				if runs := b.fillWith(line, w.inline); len(runs) > 0 {
					l.Items = append(l.Items, document.ListItem{Runs: runs})
				}
			}
			b.add1(l)
		case strings.HasPrefix(p, "> "):
			if runs := b.fillWith(strings.TrimPrefix(p, "> "), w.inline); len(runs) > 0 {
				b.add1(document.Paragraph{Style: document.Lead, Runs: runs})
			}
		default:
			if runs := b.fillWith(p, w.inline); len(runs) > 0 {
				b.add1(document.Paragraph{Runs: runs})
			}
		}
	}
}

var blockName = regexp.MustCompile(`^(small print|list|table|chart|key figures|box|new page|part) [0-9]+$`)
