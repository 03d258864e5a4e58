// Package naming writes names that a source has in capitals throughout as names
// are written, one rule for window and papers. It changes nothing that is kept.
package naming

import (
	"strings"
	"unicode"
)

// capitals are words of names that are written in capitals. What is not here and
// has a vowel is taken for an ordinary word.
var capitals = set("NHS UHB GP UK HQ PCT CCG ICB ICS CHC LIFT PFI MOD DWP HMRC HMP HMCTS NWAS YMCA YWCA BT RAF TA UTC CAMHS CMHT IAPT MRI CT ENT ICU A&E AE MIU WIC OPD " +
	"CIC LTD PLC II III IV VI VII VIII IX XI XII")

// small are the words that are not capitalised within a name.
var small = set("and at by de for from in le of on or the to under upon with y")

func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// Name writes a name that its source has in capitals throughout as names are
// written: SALE TOWN HALL becomes Sale Town Hall, NHS and GP stay. A name with
// any small letter is its owner's way of writing it and is given back as it is.
// It is for display only: what is kept is what the source says.
func Name(s string) string {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return s
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	if letters < 4 || letters < 6 && !strings.ContainsAny(s, " -") || !strings.ContainsAny(s, "AEIOUY") {
		return s // ADJ, NEQAS: more likely letters than a word
	}
	var b strings.Builder
	b.Grow(len(s))
	start, first := 0, true
	flush := func(end int) {
		if start < end {
			b.WriteString(nameWord(s[start:end], first))
			first = false
		}
	}
	for i, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' || r == '’' || r == '&' {
			continue
		}
		flush(i)
		b.WriteRune(r)
		if r == '(' || r == ',' || r == ':' {
			first = true
		}
		start = i + len(string(r))
	}
	flush(len(s))
	return b.String()
}

// nameWord writes one word; the first of a name always has its capital letter.
func nameWord(w string, first bool) string {
	low := strings.ToLower(w)
	switch {
	case capitals[w] || strings.ContainsAny(w, "0123456789&"):
		return w
	case small[low] && !first:
		return low
	case low == "s" || low == "st":
		return strings.ToUpper(low[:1]) + low[1:]
	case len(w) <= 4 && !strings.ContainsAny(w, "AEIOUY"): // BT, NWRR
		return w
	}
	r := []rune(low)
	up := true
	for i, c := range r {
		if up && unicode.IsLetter(c) {
			r[i], up = unicode.ToUpper(c), false
		}
		if (c == '\'' || c == '’') && i == 1 && len(r) > 3 { // O'Neill; not Children's
			up = true
		}
	}
	if strings.HasPrefix(low, "mc") && len(r) > 4 {
		r[2] = unicode.ToUpper(r[2])
	}
	return string(r)
}

// In writes names within a sentence as Name does.
func In(sentence string, names ...string) string {
	for _, n := range names {
		if w := Name(n); n != "" && w != n {
			sentence = strings.ReplaceAll(sentence, n, w)
		}
	}
	return sentence
}
