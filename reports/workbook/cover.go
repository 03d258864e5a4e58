package workbook

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Rows of the block on the cover that says which version a book came from.
// Diff finds it by its heading.
const versionHeading = "Version this book was made from"

// buildCover writes the first page: what the book is, whether it holds
// together, where things are, what the colours mean, what version it is.
func (b *builder) buildCover() error {
	s := newSheet("Cover")
	b.cover = s
	s.portrait = true
	s.widths[1], s.widths[2] = 34, 84
	p := b.properties()
	s.put(1, 1, txt(stTitle, p.title))
	s.heights[1] = 26
	s.put(2, 1, txt(stSubtitle, "Workbook for finance: change an input in blue and every result follows, save for the few in italics that Flagstone works out."))
	r := 4
	put := func(label string, c cell) {
		s.row(r, 1, txt(stLabel, label), c)
		r++
	}
	s.row(r, 1, txt(stOutLabel, "All checks pass"), calcTruth(stTruthBig, "Overall_check", b.overall))
	s.shades = append(s.shades, a1(r, 2))
	s.links[a1(r, 1)] = quoted("Checks") + "A1"
	r++
	put("Years", txt(stText, fmt.Sprintf("%d financial years, %s to %s", b.years, fy(b.cmp.BaseYear), fy(b.cmp.BaseYear+b.years-1))))
	put("Money", txt(stText, fmt.Sprintf("£, real, %d prices, costs negative unless a row says otherwise", b.cmp.PriceBase)))
	put("Parameter set", txt(stText, fallback(b.cmp.SetName, "not named")+", issued "+fallback(b.cmp.Vintage, "on a date not known")))
	base := "none"
	if b.baseline != nil {
		base = b.baseline.label
	}
	put("Baseline", txt(stText, base))
	edition := "Exempt: holds commercially sensitive figures. Not for publication."
	if b.opt.Edition == Public {
		n := 0
		for _, k := range b.omitted {
			n += k
		}
		edition = fmt.Sprintf("Public. %d commercially sensitive streams, over all scenarios, are left out, and every total leaves them out too: none can be had by subtraction.", n)
	}
	s.put(r, 1, txt(stLabel, "Edition"))
	s.wrapped(r, 2, edition)
	r++
	r++
	s.put(r, 1, txt(stSection, "Contents"))
	s.put(r, 2, blank(stSection))
	r++
	place := map[string]int{}
	for i, n := range b.sheetOrder() {
		place[n] = i
	}
	slices.SortStableFunc(b.contents, func(x, y entry) int { return cmp.Compare(place[x.sheet], place[y.sheet]) })
	for _, e := range b.contents {
		s.row(r, 1, txt(stLink, e.sheet), txt(stText, e.what))
		s.links[a1(r, 1)] = quoted(e.sheet) + "A1"
		r++
	}
	r++
	s.put(r, 1, txt(stSection, "Colours"))
	s.put(r, 2, blank(stSection))
	r++
	for _, x := range []struct {
		st   style
		name string
		what string
	}{
		{stInputText, "Blue on light blue", "Input: change it. Assumptions, Factors and the left part of Streams."},
		{stInputAway, "Blue italics", "Input that decides dates, years or sizes: change it and send the book back; Flagstone works it out. Assumptions."},
		{stCalcText, "Black", "Calculation: a formula. Do not type over it; a check would find it and the book could not be read back."},
		{stOutLabel, "Bold on light grey", "Output: a total or a result."},
		{stAppText, "Grey italic on cream", "The program's own figure, a number, there only to be compared with. Only in Compare."},
	} {
		s.row(r, 1, txt(x.st, x.name), txt(stText, x.what))
		r++
	}
	r++
	if len(b.cmp.Notes) > 0 {
		s.put(r, 1, txt(stSection, "What to know"))
		s.put(r, 2, blank(stSection))
		r++
		for _, n := range b.cmp.Notes {
			s.wrapped(r, 2, n)
			r++
		}
		r++
	}
	s.put(r, 1, txt(stSection, versionHeading))
	s.put(r, 2, blank(stSection))
	r++
	put("Project content hash", txt(stText, fallback(b.opt.Hash, "not given")))
	put("Parameter set identifier", txt(stText, b.cmp.Set))
	put("Baseline identifier", txt(stText, string(b.cmp.Baseline)))
	put("Written on", txt(stText, b.opt.Created.UTC().Format("2 January 2006")))
	put("Edition identifier", txt(stText, string(b.opt.Edition)))
	put("Layout of this workbook", txt(stText, layoutVersion))
	return nil
}

// layoutVersion changes when a book can no longer be read back by older code.
const layoutVersion = "1"

// sheetOrder is the order of the sheets after the cover.
func (b *builder) sheetOrder() []string {
	want := []string{"Assumptions", "Factors"}
	for _, s := range b.streams {
		want = append(want, s.name)
	}
	if b.baseline != nil {
		want = append(want, b.baseline.sheet.name)
	}
	for _, sc := range b.scenarios {
		if sc != b.baseline {
			want = append(want, sc.sheet.name)
		}
	}
	return append(want, "Compare", "Affordability", "Who pays and who gains", "Carbon", "Space", "Leases and disposals", "Sensitivity",
		"Reconciliation", "Checks", "Data quality", "Change log")
}

// symbols of the currencies that have one.
var symbols = map[string]string{"EUR": "€", "USD": "$", "JPY": "¥", "AUD": "A$", "CAD": "C$", "NZD": "NZ$"}

// localise writes the project's currency where labels say £. Inputs and what
// people wrote themselves stay as they are.
func (b *builder) localise() {
	if b.cmp.Project == nil || b.cmp.Project.Currency == "" || b.cmp.Project.Currency == "GBP" {
		return
	}
	sign := fallback(symbols[b.cmp.Project.Currency], b.cmp.Project.Currency)
	for _, s := range b.sheets {
		if s.name == "Assumptions" || s.name == "Data quality" || s.name == "Change log" || s.stream != nil {
			continue
		}
		for _, row := range s.grid {
			for i := range row {
				if x := &row[i]; x.kind == words && x.f == "" && !isInput(x.style) {
					x.s = strings.ReplaceAll(x.s, "£", sign)
				}
			}
		}
		for _, t := range s.tables {
			for i := range t.heads {
				t.heads[i] = strings.ReplaceAll(t.heads[i], "£", sign)
			}
		}
		for _, c := range s.charts {
			for i := range c.chart.YAxis.Title.Paragraph {
				c.chart.YAxis.Title.Paragraph[i].Text = strings.ReplaceAll(c.chart.YAxis.Title.Paragraph[i].Text, "£", sign)
			}
		}
	}
}

// arrange puts the sheets in the order of the contents.
func (b *builder) arrange() {
	defer b.localise()
	by := map[string]*sheet{}
	for _, s := range b.sheets {
		by[s.name] = s
	}
	out := []*sheet{b.cover}
	for _, n := range b.sheetOrder() {
		if s := by[n]; s != nil {
			out = append(out, s)
			delete(by, n)
		}
	}
	b.sheets = out
	for _, s := range b.sheets {
		switch s.name {
		case "Cover", "Compare", "Checks":
			s.tab = colHeadBg
		case "Assumptions", "Factors":
			s.tab = colInput
		}
		if s.stream != nil {
			s.tab = colInput
		}
	}
}
