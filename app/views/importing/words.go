package importing

import (
	"strings"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/words"
)

func acceptWords(p *app.Preview) string {
	n, changed := 0, 0
	if p != nil {
		for _, f := range p.Files {
			n += f.New
			changed += f.Changed
		}
	}
	switch {
	case n > 0 && changed > 0:
		return words.F("Bring in %s new, change %s", format.Whole(float64(n)), format.Whole(float64(changed)))
	case n > 0:
		return words.F("Bring in %s new", format.Whole(float64(n)))
	case changed > 0:
		return format.Counted(changed, "Bring in %s change", "Bring in %s changes")
	}
	return words.T("Bring it in")
}

// kinds are what the rows of a table can be: identifier, one, many and how the
// chooser says it.
var kinds = []struct{ id, one, many, title string }{
	{"assets", words.Later("asset"), words.Later("assets"), words.Later("Buildings and land")},
	{"services", words.Later("team or service"), words.Later("teams and services"), words.Later("Teams and services")},
	{"occupations", words.Later("occupation"), words.Later("occupations"), words.Later("Who sits where")},
	{"energy", words.Later("energy record"), words.Later("energy records"), words.Later("Energy readings")},
	{"population", words.Later("small area"), words.Later("small areas"), words.Later("People by small area")},
	{"boundary", words.Later("boundary"), words.Later("boundaries"), words.Later("Boundaries")},
	{"manual-streams", words.Later("cash flow"), words.Later("cash flows"), words.Later("Cash flows")},
}

func kindTitle(id string) string {
	for _, k := range kinds {
		if k.id == id {
			return words.T(k.title)
		}
	}
	return words.T("Not known")
}

// thing is what the rows of a kind of table are called.
func thing(kind string, n int) string {
	for _, k := range kinds {
		if k.id == kind {
			if n == 1 {
				return words.T(k.one)
			}
			return words.T(k.many)
		}
	}
	if n == 1 {
		return words.T("row")
	}
	return words.T("rows")
}

// Sentence says what would happen to one file: "608 rows: 571 new assets, 31
// already here, 6 need you."
func Sentence(f *app.FilePreview) string {
	if f.Problem != "" {
		return f.Problem
	}
	var parts []string
	whole := func(n int) string { return format.Whole(float64(n)) }
	if f.New > 0 {
		if f.NewOf != "" {
			parts = append(parts, words.F("%s new (%s)", whole(f.New), f.NewOf))
		} else {
			parts = append(parts, words.F("%s new %s", whole(f.New), thing(f.Kind, f.New)))
		}
	}
	if f.Changed > 0 {
		parts = append(parts, words.F("%s already here and changed", whole(f.Changed)))
	}
	if f.Unchanged > 0 {
		parts = append(parts, words.F("%s already here and the same", whole(f.Unchanged)))
	}
	if f.Merged > 0 {
		parts = append(parts, words.F("%s part of another row", whole(f.Merged)))
	}
	if f.Rejected > 0 {
		verb := words.T("need you")
		if f.Rejected == 1 {
			verb = words.T("needs you")
		}
		parts = append(parts, whole(f.Rejected)+" "+verb)
	}
	if f.Rows == 0 {
		return nothing(f)
	}
	return format.Count(f.Rows, "row", "rows") + ": " + strings.Join(parts, ", ") + "."
}

// nothing says why no table of a file was taken.
func nothing(f *app.FilePreview) string {
	var why []string
	for i := range f.Tables {
		t := &f.Tables[i]
		if t.Taken || t.Passed == "" {
			continue
		}
		s := t.Passed
		if t.Sheet != "" {
			s = words.F("sheet %s: %s", t.Sheet, s)
		}
		if len(why) == 3 {
			why = append(why, words.F("and %d more", len(f.Tables)-i))
			break
		}
		why = append(why, s)
	}
	if len(why) == 0 {
		return words.T("Nothing to bring in.")
	}
	return words.F("Nothing to bring in: %s.", strings.Join(why, "; "))
}

// Short is what the chooser of files says of one.
func Short(f *app.FilePreview) string {
	switch {
	case f.Password:
		return words.T("needs a password")
	case f.Problem != "":
		return words.T("cannot be read")
	case f.Rows == 0:
		return words.T("nothing to bring in")
	case f.New > 0:
		return words.F("%s new", format.Whole(float64(f.New)))
	case f.Changed > 0:
		return words.F("%s changed", format.Whole(float64(f.Changed)))
	}
	return words.T("nothing new")
}

// Summary says what would happen to all the files.
func Summary(p *app.Preview) string {
	if len(p.Files) == 1 {
		f := &p.Files[0]
		switch {
		case f.Password:
			return words.F("%s asks for its password.", shortName(f.File))
		case f.Problem != "":
			return words.F("%s cannot be read.", shortName(f.File))
		case f.Rows == 0:
			return shortName(f.File) + ". " + Sentence(f)
		case f.Things > 0 && f.Kind == "assets":
			return words.F("%s, %s %s of %s on the map.", shortName(f.File), Sentence(f), format.Whole(float64(f.Located)), format.Count(f.Things, "asset is", "assets are"))
		}
		return shortName(f.File) + ", " + Sentence(f)
	}
	all := app.FilePreview{}
	bad := 0
	kind := ""
	for i := range p.Files {
		f := &p.Files[i]
		if f.Problem != "" {
			bad++
			continue
		}
		if kind == "" {
			kind = f.Kind
		}
		if f.Kind != "" && f.Kind != kind || f.NewOf != "" {
			kind = "mixed"
		}
		all.Rows, all.New, all.Changed, all.Unchanged = all.Rows+f.Rows, all.New+f.New, all.Changed+f.Changed, all.Unchanged+f.Unchanged
		all.Merged, all.Rejected = all.Merged+f.Merged, all.Rejected+f.Rejected
	}
	all.Kind = kind
	s := format.Count(len(p.Files), "file", "files") + ", " + Sentence(&all)
	if kind == "mixed" {
		s = strings.Replace(s, words.F("%s new %s", format.Whole(float64(all.New)), words.T("rows")), words.F("%s new", format.Whole(float64(all.New))), 1)
	}
	if bad > 0 {
		s += format.Counted(bad, " %s file cannot be read yet.", " %s files cannot be read yet.")
	}
	return s
}

// shortName is the name of a file with the middle of a very long one left out:
// its beginning and end tell it apart.
func shortName(s string) string {
	r := []rune(s)
	if len(r) <= 56 {
		return s
	}
	return strings.TrimSpace(string(r[:32])) + " … " + strings.TrimSpace(string(r[len(r)-20:]))
}

// LayoutWords says which layout was recognised.
func LayoutWords(f *app.FilePreview) string {
	for i := range f.Tables {
		t := &f.Tables[i]
		switch {
		case !t.Taken:
		case t.Saved != "" && t.SavedOn != "":
			return words.F("Recognised as “%s”, a layout you saved on %s.", t.Saved, format.Date(t.SavedOn))
		case t.Saved != "":
			return words.F("Recognised as “%s”, a layout you saved.", t.Saved)
		case t.Known != "":
			return words.F("Recognised as: %s.", t.Known)
		}
	}
	return ""
}

// sure says a confidence in words.
func sure(c float64) string {
	switch {
	case c >= 0.9:
		return words.T("Sure")
	case c >= 0.7:
		return words.T("Likely")
	case c > 0:
		return words.T("A guess")
	}
	return ""
}

// cellWords says where a cell is: "Row 14, PostCode".
func cellWords(c app.Cell) string {
	var parts []string
	if c.Sheet != "" {
		parts = append(parts, words.F("sheet %s", c.Sheet))
	}
	if c.Row > 0 {
		parts = append(parts, words.F("row %d", c.Row))
	}
	if c.Column != "" {
		parts = append(parts, words.F("column %s", c.Column))
	}
	return format.Capital(strings.Join(parts, ", "))
}
