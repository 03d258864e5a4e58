package document

// Inline is a piece of running text. The kinds are closed: Text, Link, Footnote, Field.
type Inline interface{ inline() }

// Text is words.
type Text struct {
	S            string
	Bold, Italic bool
}

// Link is words that lead somewhere: "https://…", "mailto:…" or "#id" of a Heading, Figure or Table.
type Link struct {
	S   string
	URL string
}

// Footnote puts a number here and its words at the foot of the page (in the text: after the block). Numbers run through the paper.
type Footnote struct {
	Runs []Inline

	number int
}

// Field is a printed number bound to a result, so that a test can trace every number on the page.
type Field struct {
	// Key names the result ("npsv.preferred").
	Key string
	// Text is what is printed, with unit, without the grade mark ("£1.2m").
	Text string
	// Value is the result itself, unrounded.
	Value float64
	// Unit of Value ("£", "tCO2e", "m²").
	Unit string
	// Grade decides the mark printed after the number.
	Grade Grade
	// Exempt fields are printed only in the exempt edition. The public edition prints Withheld in their place.
	Exempt bool
	Bold   bool
}

func (Text) inline()     {}
func (Link) inline()     {}
func (Footnote) inline() {}
func (Field) inline()    {}

// Withheld stands where the public edition leaves a figure out.
const Withheld = "withheld"

// Grade is how sure a figure is.
type Grade string

// The evidence grades, and Modelled for what was computed by a rule from benchmarks.
const (
	Ungraded    Grade = ""
	Measured    Grade = "measured"
	Stated      Grade = "stated"
	Benchmark   Grade = "benchmark"
	Modelled    Grade = "modelled"
	Estimated   Grade = "estimated"
	Placeholder Grade = "placeholder"
)

// Mark is the small sign printed after a figure of this grade; empty for figures that somebody measured or stated.
func (g Grade) Mark() string {
	switch g {
	case Benchmark:
		return "ᵇ"
	case Modelled:
		return "ᵐ"
	case Estimated:
		return "ᵉ"
	case Placeholder:
		return "ᵖ"
	}
	return ""
}

// Meaning explains the mark in a sentence for the legend.
func (g Grade) Meaning() string {
	switch g {
	case Benchmark:
		return "benchmark: taken from published figures for places like this"
	case Modelled:
		return "modelled: computed by a stated rule because nobody published the figure"
	case Estimated:
		return "estimated: somebody's judgement, named in the assumption book"
	case Placeholder:
		return "placeholder: to be replaced before anybody relies on it"
	}
	return ""
}

// T is plain words.
func T(s string) Text { return Text{S: s} }

// B is bold words.
func B(s string) Text { return Text{S: s, Bold: true} }

// I is italic words.
func I(s string) Text { return Text{S: s, Italic: true} }

// P is a plain paragraph.
func P(runs ...Inline) Paragraph { return Paragraph{Runs: runs} }
