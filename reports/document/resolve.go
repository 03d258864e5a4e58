package document

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	_ "image/jpeg" // pictures may be JPEG
	_ "image/png"  // or PNG
	"strings"
	"unicode"
)

// Resolve returns a copy ready to be rendered: text cleaned, headings numbered and without gaps in their levels, figures, tables
// and footnotes numbered in reading order, defaults filled in, rows made regular, exempt fields withheld from the public
// edition. Every renderer starts with it, which is why all renderings agree. Resolving twice changes nothing.
func Resolve(doc *Document) *Document {
	if doc.resolved {
		return doc
	}
	r := resolver{public: doc.Edition != Exempt, ids: map[string]bool{}, grades: map[Grade]bool{}, numbered: doc.NumberHeadings}
	out := *doc
	out.resolved = true
	for _, s := range []*string{&out.Title, &out.Subtitle, &out.Author, &out.Subject, &out.Hash, &out.House.Organisation, &out.House.LogoAlt} {
		*s = Clean(*s)
	}
	if out.Language == "" {
		out.Language = "en-GB"
	}
	if out.Title == "" {
		out.Title = "Untitled"
	}
	out.House.LogoAlt = cmp.Or(out.House.LogoAlt, strings.TrimSpace("Logo "+out.House.Organisation))
	if len(out.House.Logo) > 0 && !readable(out.House.Logo) {
		out.House.Logo = nil
		r.problems = append(r.problems, "the logo is not a PNG or JPEG picture and was left out")
	}
	out.Facts = make([]Fact, 0, len(doc.Facts))
	for _, f := range doc.Facts {
		out.Facts = append(out.Facts, Fact{Clean(f.Label), Clean(f.Text)})
	}
	out.Blocks = make([]Block, 0, len(doc.Blocks))
	for _, b := range doc.Blocks {
		out.Blocks = append(out.Blocks, r.block(b)...)
	}
	out.problems = r.problems
	for i, b := range out.Blocks {
		if _, ok := b.(Legend); ok {
			out.Blocks[i] = r.legend()
		}
	}
	return &out
}

// Number is the heading's number ("2.1"), empty when headings are not numbered.
func (h Heading) Number() string { return h.number }

// Full is the heading as printed, with its number.
func (h Heading) Full() string {
	if h.number == "" {
		return h.Text
	}
	return h.number + " " + h.Text
}

// Number is the footnote's number in the paper.
func (f Footnote) Number() int { return f.number }

// Ref is how the footnote is referred to in running text.
func (f Footnote) Ref() string { return fmt.Sprintf("[%d]", f.number) }

// Label is "Figure n".
func (f Figure) Label() string { return fmt.Sprintf("Figure %d", f.number) }

// Label is "Table n", or "Table n continued".
func (t Table) Label() string {
	if t.Continues {
		return fmt.Sprintf("Table %d continued", t.number)
	}
	return fmt.Sprintf("Table %d", t.number)
}

// NoteMark is how cells refer to the nth note of a table, counted from one: [a], [b] … [aa].
func NoteMark(n int) string {
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('a'+(n-1)%26)) + s
	}
	return "[" + s + "]"
}

// Problems says in sentences what of a resolved paper could not be used.
func (d *Document) Problems() []string { return d.problems }

func readable(picture []byte) bool {
	const most = 50e6 // pixels: more would cost more memory than a paper is worth
	c, _, err := image.DecodeConfig(bytes.NewReader(picture))
	return err == nil && c.Width > 0 && c.Height > 0 && float64(c.Width)*float64(c.Height) <= most
}

type resolver struct {
	public, numbered       bool
	level                  int // of the heading before
	counts                 [3]int
	figures, tables, notes int
	ids                    map[string]bool
	grades                 map[Grade]bool
	problems               []string
}

func (r *resolver) block(b Block) []Block {
	switch b := b.(type) {
	case Heading:
		return []Block{r.heading(b)}
	case Paragraph:
		b.Runs = r.runs(b.Runs)
		if len(b.Runs) == 0 {
			return nil
		}
		return []Block{b}
	case List:
		l := r.list(b)
		if len(l.Items) == 0 {
			return nil
		}
		return []Block{l}
	case Table:
		t := r.table(b)
		if len(t.Columns) == 0 {
			return []Block{P(I(strings.TrimSuffix(t.Label()+". "+t.Caption, ". ") + " (no figures)"))}
		}
		return []Block{t}
	case Figure:
		return []Block{r.figure(b)}
	case KeyFigures:
		items := make([]KeyFigure, 0, len(b.Items))
		for _, k := range b.Items {
			items = append(items, KeyFigure{Label: Clean(k.Label), Value: r.field(k.Value), Note: Clean(k.Note)})
		}
		if len(items) == 0 {
			return nil
		}
		return []Block{KeyFigures{Items: items}}
	case Callout:
		return []Block{r.callout(b)}
	case TOC:
		b.Title = Clean(b.Title)
		if b.Title == "" {
			b.Title = "Contents"
		}
		if b.Depth < 1 {
			b.Depth = 2
		}
		return []Block{b}
	case nil:
		return nil
	}
	return []Block{b}
}

func (r *resolver) heading(h Heading) Heading {
	h.Text = Clean(h.Text)
	if h.Text == "" {
		h.Text = "Untitled section"
	}
	h.Level = min(max(h.Level, 1), 3, r.level+1)
	r.level = h.Level
	if r.numbered && !h.Unnumbered {
		r.counts[h.Level-1]++
		for i := h.Level; i < 3; i++ {
			r.counts[i] = 0
		}
		parts := make([]string, h.Level)
		for i := range parts {
			parts[i] = fmt.Sprint(r.counts[i])
		}
		h.number = strings.Join(parts, ".")
	}
	h.ID = r.id(h.ID, h.Text)
	return h
}

func (r *resolver) list(l List) List {
	items := make([]ListItem, 0, len(l.Items))
	for _, it := range l.Items {
		n := ListItem{Runs: r.runs(it.Runs)}
		if it.Sub != nil && len(it.Sub.Items) > 0 {
			sub := r.list(*it.Sub)
			n.Sub = &sub
		}
		items = append(items, n)
	}
	l.Items = items
	return l
}

func (r *resolver) figure(f Figure) Figure {
	if f.Chart != nil {
		if f.Caption == "" {
			f.Caption = f.Chart.Title
		}
		if f.Alt == "" {
			f.Alt = f.Chart.AltText()
		}
		if f.Source == "" {
			f.Source = f.Chart.SourceLine()
		}
	}
	f.Caption, f.Alt, f.Source = Clean(f.Caption), Clean(f.Alt), Clean(f.Source)
	if f.Alt == "" {
		f.Alt = f.Caption
	}
	r.figures++
	f.number = r.figures
	if f.Chart == nil && !readable(f.Image) {
		f.Image = nil
		r.problems = append(r.problems, fmt.Sprintf("the picture of %s is not a PNG or JPEG picture", f.Label()))
		f.Alt = strings.TrimSpace(f.Alt + " (the picture is missing)")
	}
	if f.Alt == "" {
		f.Alt = f.Label() + " has no description"
		r.problems = append(r.problems, f.Alt)
	}
	f.ID = r.id(f.ID, f.Label())
	return f
}

func (r *resolver) callout(c Callout) Callout {
	c.Title = Clean(c.Title)
	word := [...]string{"Note", "Decision", "Warning"}[min(max(int(c.Kind), 0), 2)]
	switch {
	case c.Title == "":
		c.Title = word
	case c.Kind != Note && !strings.HasPrefix(strings.ToLower(c.Title), strings.ToLower(word)):
		c.Title = word + ": " + c.Title
	}
	var blocks []Block
	for _, b := range c.Blocks {
		switch b.(type) {
		case Paragraph, List:
			blocks = append(blocks, r.block(b)...)
		}
	}
	c.Blocks = blocks
	return c
}

// runs cleans, withholds and numbers; empty text goes.
func (r *resolver) runs(in []Inline) []Inline {
	out := make([]Inline, 0, len(in))
	for _, x := range in {
		switch x := x.(type) {
		case Text:
			if x.S = cleanRun(x.S); x.S != "" {
				out = append(out, x)
			}
		case Link:
			x.S = cleanRun(x.S)
			if x.S == "" {
				x.S = x.URL
			}
			if x.S != "" {
				out = append(out, x)
			}
		case Footnote:
			r.notes++
			x.number = r.notes
			x.Runs = r.runs(x.Runs)
			out = append(out, x)
		case Field:
			x = r.field(x)
			out = append(out, x)
		}
	}
	return out
}

func (r *resolver) field(f Field) Field {
	f.Text = Clean(f.Text)
	if f.Exempt && r.public {
		return Field{Key: f.Key, Text: Withheld, Exempt: true, Bold: f.Bold}
	}
	if f.Text == "" {
		f.Text = "not known"
	}
	r.grades[f.Grade] = true
	return f
}

func (r *resolver) id(id, text string) string {
	if id == "" {
		id = strings.Trim(strings.Map(func(c rune) rune {
			if c < 128 && (unicode.IsLetter(c) || unicode.IsDigit(c)) {
				return unicode.ToLower(c)
			}
			return '-'
		}, text), "-")
		for strings.Contains(id, "--") {
			id = strings.ReplaceAll(id, "--", "-")
		}
		if id == "" {
			id = "section"
		}
	}
	base := id
	for n := 2; r.ids[id]; n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	r.ids[id] = true
	return id
}

func (r *resolver) legend() Block {
	runs := []Inline{}
	for _, g := range []Grade{Benchmark, Modelled, Estimated, Placeholder} {
		if r.grades[g] {
			if len(runs) > 0 {
				runs = append(runs, T("; "))
			}
			runs = append(runs, T(g.Mark()+"\u00a0"+g.Meaning()))
		}
	}
	if len(runs) == 0 {
		return Paragraph{Style: Small, Runs: []Inline{T("Every figure in this paper was measured or stated by its owner.")}}
	}
	runs = append([]Inline{B("Marks beside figures: ")}, runs...)
	return Paragraph{Style: Small, Runs: append(runs, T("."))}
}
