package businesscase

import (
	"math"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// mix builds running text: each @ of the pattern is replaced by the next argument, a string, a Field, another Inline or a run
// of them. It panics when the numbers differ, which is a programmer's mistake.
func mix(pattern string, args ...any) []document.Inline {
	var out []document.Inline
	start, next := 0, 0
	for i := 0; i < len(pattern); i++ {
		if pattern[i] != '@' {
			continue
		}
		if i > start {
			out = append(out, document.T(pattern[start:i]))
		}
		if next >= len(args) {
			panic("businesscase: too few arguments for " + pattern)
		}
		switch a := args[next].(type) {
		case string:
			if a != "" {
				out = append(out, document.T(a))
			}
		case []document.Inline:
			out = append(out, a...)
		case document.Inline:
			out = append(out, a)
		default:
			panic("businesscase: an argument of no printable kind for " + pattern)
		}
		next++
		start = i + 1
	}
	if next != len(args) {
		panic("businesscase: too many arguments for " + pattern)
	}
	if start < len(pattern) {
		out = append(out, document.T(pattern[start:]))
	}
	return out
}

// para is a paragraph of mixed text.
func para(pattern string, args ...any) document.Paragraph {
	return document.Paragraph{Runs: mix(pattern, args...)}
}

func lead(pattern string, args ...any) document.Paragraph {
	return document.Paragraph{Style: document.Lead, Runs: mix(pattern, args...)}
}

func smallPrint(pattern string, args ...any) document.Paragraph {
	return document.Paragraph{Style: document.Small, Runs: mix(pattern, args...)}
}

func item(pattern string, args ...any) document.ListItem {
	return document.ListItem{Runs: mix(pattern, args...)}
}

// mark says how the papers mark a grade. What the model calls estimated was made by a documented rule, which a reader knows as
// modelled.
func mark(g model.Grade) document.Grade {
	switch g {
	case model.Measured:
		return document.Measured
	case model.Stated:
		return document.Stated
	case model.Benchmark:
		return document.Benchmark
	case model.Estimated:
		return document.Modelled
	case model.Placeholder:
		return document.Placeholder
	}
	return document.Ungraded
}

// gradeWord is the grade as a word in a table.
func gradeWord(g model.Grade) string {
	switch g {
	case model.Estimated:
		return "modelled"
	case model.NotKnown:
		return notKnown
	}
	return string(g)
}

// safe keeps what is no number out of a field.
func safe(v float64) float64 {
	if !model.Finite(v) {
		return 0
	}
	return v
}

func pounds(key string, v float64, g document.Grade) document.Field {
	f := document.Field{Key: key, Text: Pounds(v), Value: safe(v), Unit: "£", Grade: g}
	if f.Text == "£0" {
		f.Grade = document.Ungraded // nothing needs no evidence
	}
	return f
}

func exact(key string, v float64, g document.Grade) document.Field {
	return document.Field{Key: key, Text: ExactPounds(v), Value: safe(v), Unit: "£", Grade: g}
}

// thousands is money for a column headed £000.
func thousands(key string, v float64) document.Field {
	return document.Field{Key: key, Text: Thousands(v), Value: safe(v), Unit: "£"}
}

func area(key string, v float64, g document.Grade) document.Field {
	return document.Field{Key: key, Text: Area(v), Value: safe(v), Unit: "m²", Grade: g}
}

func tonnes(key string, v float64, g document.Grade) document.Field {
	if math.Abs(v) < 0.05 {
		g = document.Ungraded
	}
	return document.Field{Key: key, Text: Tonnes(v), Value: safe(v), Unit: "tCO2e", Grade: g}
}

func percent(key string, v float64, g document.Grade) document.Field {
	return document.Field{Key: key, Text: Percent(v), Value: safe(v), Unit: "share", Grade: g}
}

// plain is a number without a unit, or with its unit in the head of its column.
func plain(key string, v float64, decimals int, unit string) document.Field {
	return document.Field{Key: key, Text: Number(v, decimals), Value: safe(v), Unit: unit}
}

// count is a number of things in running text.
func count(key string, n int) document.Field {
	return document.Field{Key: key, Text: counted(n), Value: float64(n)}
}

// things is "three buildings", "one building", "no buildings".
func things(key string, n int, one, many string) []document.Inline {
	return []document.Inline{count(key, n), document.T(" " + plural(n, one, many))}
}

// withheld stands for an exempt figure of the public edition. It carries no value.
func withheld(key string) document.Field {
	return document.Field{Key: key, Text: document.Withheld, Exempt: true}
}

// bold makes a field heavier, for total rows.
func bold(f document.Field) document.Field {
	f.Bold = true
	return f
}

// upper gives a field in words the capital letter of a sentence's first word.
func upper(runs []document.Inline) []document.Inline {
	out := append([]document.Inline(nil), runs...)
	if len(out) > 0 {
		switch r := out[0].(type) {
		case document.Field:
			r.Text = capital(r.Text)
			out[0] = r
		case document.Text:
			r.S = capital(r.S)
			out[0] = r
		}
	}
	return out
}

// nothing reports whether an amount of money would print as £0.
func nothing(v float64) bool { return !model.Finite(v) || math.Abs(v) < 0.5 }
