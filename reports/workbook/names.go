package workbook

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/planting-the-flag/flagstone/model"
)

// Bounds of a spreadsheet.
const (
	maxText      = 32767 // characters in a cell; more would be cut silently
	maxSheetName = 31
	maxRows      = 1048576
)

// namer gives out names that are legal and unique, whatever the case.
type namer struct{ taken map[string]bool }

func newNamer(reserved ...string) *namer {
	n := &namer{taken: map[string]bool{}}
	for _, r := range reserved {
		n.taken[strings.ToLower(r)] = true
	}
	return n
}

// unique returns base, or base with a number when it is taken; fit shortens the
// base so that base and suffix stay within the bounds of the name.
func (n *namer) unique(base string, fit func(base, suffix string) string) string {
	name := fit(base, "")
	for i := 2; n.taken[strings.ToLower(name)]; i++ {
		name = fit(base, fmt.Sprintf("_%d", i))
	}
	n.taken[strings.ToLower(name)] = true
	return name
}

// defined turns an assumption key into the name of a cell: dots become
// underscores, and what would read as a cell reference gets a prefix.
func (n *namer) defined(key string) string {
	var b strings.Builder
	for _, r := range key {
		if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			b.WriteRune(r)
		} else {
			b.WriteByte('_')
		}
	}
	s := b.String()
	if s == "" || s[0] >= '0' && s[0] <= '9' || likeReference(s) {
		s = "k_" + s
	}
	return n.unique(s, func(base, suffix string) string {
		return base[:min(len(base), 200-len(suffix))] + suffix
	})
}

// likeReference reports whether a spreadsheet could read the name as a cell
// (AB12), as row and column (R1C1, R, C) or as a truth value.
func likeReference(s string) bool {
	u := strings.ToUpper(s)
	if u == "TRUE" || u == "FALSE" {
		return true
	}
	i := 0
	for i < len(u) && u[i] >= 'A' && u[i] <= 'Z' {
		i++
	}
	if i > 0 && i <= 3 && strings.Trim(u[i:], "0123456789") == "" {
		return true // also the bare letters R and C, and whole columns
	}
	rest := strings.TrimPrefix(u, "R")
	rest = strings.TrimLeft(rest, "0123456789")
	rest = strings.TrimPrefix(rest, "C")
	return strings.Trim(rest, "0123456789") == ""
}

// sheet makes a legal sheet name of a scenario's name.
func (n *namer) sheet(name string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`[]:*?/\`, r), !printable(r), isDirection(r):
			return ' '
		case r == '\'' || r == '"':
			return '’'
		}
		return r
	}, name)
	clean = strings.Join(strings.Fields(clean), " ")
	if clean == "" {
		clean = "Option"
	}
	return n.unique(clean, func(base, suffix string) string {
		limit := maxSheetName - len(suffix)
		var out []rune
		width := 0
		for _, r := range base {
			w := max(utf16.RuneLen(r), 1)
			if width += w; width > limit {
				break
			}
			out = append(out, r)
		}
		return strings.TrimSpace(string(out)) + strings.ReplaceAll(suffix, "_", " ")
	})
}

// quoted is a sheet name as it stands in a formula.
func quoted(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'!" }

var wildcards = strings.NewReplacer("*", "∗", "?", "？", "~", "∼")

// criterion makes a text fit to be both a cell and the criterion that finds it:
// SUMIFS and MATCH read * ? ~ as wildcards and a leading sign as an operator.
func criterion(s string) string {
	s = clean(s)
	if strings.ContainsAny(s, "*?~") {
		s = wildcards.Replace(s)
	}
	if s != "" && strings.ContainsRune("=<>", rune(s[0])) {
		s = "(" + s + ")"
	}
	if r := []rune(s); len(r) > 200 {
		s = string(r[:199]) + "…" // a criterion longer than 255 characters is an error in Excel
	}
	return s
}

// clean drops what XML cannot hold.
func clean(s string) string {
	if utf8.ValidString(s) && strings.IndexFunc(s, func(r rune) bool { return !printable(r) }) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !printable(r) {
			return -1
		}
		return r
	}, s)
}

// printable reports whether XML 1.0 may hold the character.
func printable(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return true
	case r < 0x20, r == 0xFFFE, r == 0xFFFF, r >= 0xD800 && r <= 0xDFFF:
		return false
	}
	return true
}

// isDirection reports the invisible marks that turn the direction of text; a
// sheet tab does without them.
func isDirection(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F
}

// tooLong refuses a text that a cell would cut.
func tooLong(where, s string) error {
	if n := len(utf16.Encode([]rune(s))); n > maxText {
		return model.Invalid(where, fmt.Sprintf("%s is a text of %d characters; a cell holds at most %d. Shorten it and export again.", where, n, maxText))
	}
	return nil
}

// columnName writes column 1 as A, 27 as AA.
func columnName(c int) string {
	var b [4]byte
	i := len(b)
	for c > 0 {
		c--
		i--
		b[i] = byte('A' + c%26)
		c /= 26
	}
	return string(b[i:])
}

// a1 is a relative reference, abs an absolute one, and colAbs and rowAbs fix
// one of the two.
func a1(r, c int) string     { return fmt.Sprintf("%s%d", columnName(c), r) }
func abs(r, c int) string    { return fmt.Sprintf("$%s$%d", columnName(c), r) }
func colAbs(r, c int) string { return fmt.Sprintf("$%s%d", columnName(c), r) }
func rowAbs(r, c int) string { return fmt.Sprintf("%s$%d", columnName(c), r) }
