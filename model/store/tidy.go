package store

import (
	"fmt"
	"math"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/planting-the-flag/flagstone/model"
)

// maxPounds is the largest amount that pence in a float64 hold exactly, with
// room to spare.
const maxPounds = 1e13

// tidier brings the values of one thing into the form in which they are stored
// and keeps the first that cannot be. It works on a copy of the caller's.
type tidier struct {
	what, name, id string // the subject of the sentence: `Asset "Sale Town Hall" (a12)`
	err            error
}

func (t *tidier) refuse(field, format string, args ...any) {
	if t.err == nil {
		t.err = model.Invalid(field, quoted(t.what, t.name, t.id)+": "+fmt.Sprintf(format, args...)+".")
	}
}

// text makes s valid UTF-8 without NUL.
func text[S ~string](s *S) {
	if utf8.ValidString(string(*s)) && strings.IndexByte(string(*s), 0) < 0 {
		return
	}
	*s = S(strings.ReplaceAll(strings.ToValidUTF8(string(*s), "\uFFFD"), "\x00", ""))
}

func texts[S ~string](ss ...*S) {
	for _, s := range ss {
		text(s)
	}
}

// id requires a name that can stand in a key.
func id[S ~string](t *tidier, field string, s *S) {
	text(s)
	if *s == "" {
		t.refuse(field, "the %s is missing", field)
	}
	if strings.ContainsFunc(string(*s), unicode.IsControl) {
		t.refuse(field, "the %s has a character that cannot be printed", field)
	}
}

func (t *tidier) number(field string, v *float64) {
	if !model.Finite(*v) {
		t.refuse(field, "the %s is not a number", field)
	}
	*v += 0 // −0 becomes 0, which is what the file keeps
}

func (t *tidier) atLeast0(field string, v *float64) {
	t.number(field, v)
	if *v < 0 {
		t.refuse(field, "the %s is %g; it cannot be below 0", field, *v)
	}
}

func (t *tidier) within(field string, v *float64, low, high float64) {
	t.number(field, v)
	if *v < low || *v > high {
		t.refuse(field, "the %s is %g; it must be %g to %g", field, *v, low, high)
	}
}

func (t *tidier) pounds(field string, v *float64) {
	t.number(field, v)
	if math.Abs(*v) > maxPounds {
		t.refuse(field, "the %s is more than £10 million million", field)
		return
	}
	*v = math.Round(*v*100)/100 + 0
}

func (t *tidier) grade(field string, g model.Grade) {
	if g != model.NotKnown && g.Rank() == len(model.Grades) {
		t.refuse(field, "the %s has the evidence grade %q, which does not exist", field, g)
	}
}

func (t *tidier) figure(field string, f *model.Figure) {
	if *f == (model.Figure{}) {
		return
	}
	t.number(field, &f.Value)
	t.grade(field, f.Grade)
	text(&f.Source)
}

func (t *tidier) money(field string, f *model.Figure) {
	if *f == (model.Figure{}) {
		return
	}
	t.pounds(field, &f.Value)
	t.grade(field, f.Grade)
	text(&f.Source)
}

func (t *tidier) use(field string, u *model.Use) {
	if *u == "" {
		return
	}
	for _, x := range model.Uses {
		if x == *u {
			return
		}
	}
	t.refuse(field, "the %s %q is not one that Flagstone knows", field, *u)
}

// date requires an ISO date or nothing.
func (t *tidier) date(field string, s *string) {
	if *s == "" {
		return
	}
	if d, err := time.Parse(time.DateOnly, *s); err != nil || d.Year() < 1 {
		t.refuse(field, "the %s %q is not a date written as 2026-03-31", field, *s)
	}
}

func (t *tidier) place(l *model.LatLon, p *model.PlaceMethod) {
	text(p)
	t.within("latitude", &l.Lat, -90, 90)
	t.within("longitude", &l.Lon, -180, 180)
}

// numbers tidies a map of named numbers; empty becomes nil.
func numbers[K ~string](t *tidier, field string, m map[K]float64, each func(string, *float64)) map[K]float64 {
	if len(m) == 0 {
		return nil
	}
	out := make(map[K]float64, len(m))
	for k, v := range m {
		text(&k)
		each(field+" "+string(k), &v)
		out[k] = v
	}
	if len(out) != len(m) {
		t.refuse(field, "two names of the %s become the same when made readable", field)
	}
	return out
}

// quoted names a thing the way sentences do: by its name, with its identifier
// when that differs.
func quoted(what, name, id string) string {
	switch {
	case name == "" && id == "":
		return what
	case name == "" || name == id:
		return fmt.Sprintf("%s %q", what, id)
	}
	return fmt.Sprintf("%s %q (%s)", what, name, id)
}

// some makes an empty slice nil, which is how it is read back.
func some[T any](s []T) []T {
	if len(s) == 0 {
		return nil
	}
	return s
}
