package mapping

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/units"
)

// Ages is a span of ages; To is -1 when it has no upper end.
type Ages struct {
	From, To int
	Sex      string // "f", "m" or empty
}

// String writes the span as groups of people are called: "aged 0 to 15", "aged 65 and over".
func (a Ages) String() string {
	switch {
	case a.To < 0:
		return fmt.Sprintf("aged %d and over", a.From)
	case a.From == a.To:
		return fmt.Sprintf("aged %d", a.From)
	}
	return fmt.Sprintf("aged %d to %d", a.From, a.To)
}

// Single says whether the span is one year of age.
func (a Ages) Single() bool { return a.From == a.To }

var (
	sexed    = regexp.MustCompile(`^(females?|males?|f|m)[\s_:,-]*((?:aged?[\s_]*)?\d.*)$`)
	ageSpan  = regexp.MustCompile(`^(?:aged?|ages|p|persons|people|pop|population|years)?[\s_:-]*(\d{1,3})\s*(?:_?to_?|-|–|_|\s)\s*(\d{1,3})(?:[\s_]*(?:years?|yrs?))?(?:[\s_]*old)?$`)
	ageOver  = regexp.MustCompile(`^(?:aged?|ages|persons|people|pop)?[\s_:-]*(\d{1,3})[\s_]*(?:\+|plus|(?:years?[\s_]*)?and[\s_]*over|or[\s_]*over|or[\s_]*more|(?:years?[\s_]*)?and[\s_]*older|over)(?:[\s_]*years?)?$`)
	ageOver2 = regexp.MustCompile(`^(?:over|aged[\s_]over)[\s_]*(\d{1,3})s?$`)
	ageUnder = regexp.MustCompile(`^(?:aged?[\s_]*)?(?:under|below|less[\s_]than)[\s_]*(\d{1,3})s?$`)
	ageOne   = regexp.MustCompile(`^(?:aged?[\s_]*)?(\d{1,3})(?:[\s_]*years?)?$`)
)

// ParseAges reads a header or a category as a span of ages: "aged_0_to_15", "16-64", "65+", "Aged 65 and over", "7", "90+".
func ParseAges(s string) (Ages, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if m := sexed.FindStringSubmatch(s); m != nil {
		a, ok := ParseAges(m[2])
		a.Sex = m[1][:1]
		return a, ok
	}
	get := func(t string) int { n, _ := strconv.Atoi(t); return n }
	if m := ageSpan.FindStringSubmatch(s); m != nil {
		a := Ages{From: get(m[1]), To: get(m[2])}
		return a, a.From <= a.To && a.To <= 130
	}
	if m := ageOver.FindStringSubmatch(s); m != nil {
		return Ages{From: get(m[1]), To: -1}, get(m[1]) <= 120
	}
	if m := ageOver2.FindStringSubmatch(s); m != nil {
		return Ages{From: get(m[1]) + 1, To: -1}, get(m[1]) <= 120
	}
	if m := ageUnder.FindStringSubmatch(s); m != nil {
		return Ages{From: 0, To: get(m[1]) - 1}, get(m[1]) > 0 && get(m[1]) <= 120
	}
	if m := ageOne.FindStringSubmatch(s); m != nil {
		return Ages{From: get(m[1]), To: get(m[1])}, get(m[1]) <= 120
	}
	return Ages{}, false
}

// ageColumns maps the columns whose headers are ages.
func (l *Looked) ageColumns(m *Mapping) {
	for i, c := range l.Block.Columns {
		if m.Columns[i].Role == Mapped && m.Columns[i].Field != Group_ || l.Values[i].Number < 0.8 {
			continue
		}
		if a, ok := ParseAges(c.Name); ok {
			m.set(c.Index, Mapped, AgeGroup, 0.9, "the header is a span of ages: "+a.String())
		}
	}
}

var yearHeader = regexp.MustCompile(`(?i)^(?:fy\s*|year\s*)?((?:19|20)\d\d)(?:\s*[/\-–]\s*(\d{2}|\d{4}))?(?:\s*\(?£.*)?$`)

// FinancialYear reads a header as a financial year: "2026/27", "FY 2026-27", "2026".
func FinancialYear(s string) (int, bool) {
	_, rest, _ := units.InHeader(s)
	for _, t := range []string{strings.TrimSpace(s), strings.TrimSpace(rest)} {
		m := yearHeader.FindStringSubmatch(t)
		if m == nil {
			continue
		}
		y, _ := strconv.Atoi(m[1])
		if m[2] != "" {
			e, _ := strconv.Atoi(m[2])
			if e != y+1 && e != (y+1)%100 {
				continue
			}
		}
		return y, true
	}
	return 0, false
}

// yearColumns maps the columns whose headers are years.
func (l *Looked) yearColumns(m *Mapping) {
	for i, c := range l.Block.Columns {
		if y, ok := FinancialYear(c.Name); ok && l.Values[i].Number > 0.5 {
			m.set(c.Index, Mapped, YearColumn, 0.9, fmt.Sprintf("the header is the financial year %d/%02d", y, (y+1)%100))
		}
	}
}

// siteColumn finds the column that names the building of a meter reading: names recur there, so the usual test fails them.
func (l *Looked) siteColumn(m *Mapping) {
	if m.Has(Name) || m.Has(Reference) || m.Has(UPRN) {
		return
	}
	for i, v := range l.Values {
		if c := &m.Columns[i]; c.Role != Mapped && v.Words > 0.8 && v.Said > 0 && v.Date < 0.2 && v.Length < 80 {
			m.set(c.Index, Mapped, Name, 0.6, "the first column of words that recur")
			return
		}
	}
}
