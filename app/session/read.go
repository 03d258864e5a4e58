package session

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// readFigure reads a number as people type and spreadsheets copy it: 1,200 ·
// £1.2m · 850 m² · (not known).
func readFigure(label, unit, text string, most float64) (model.Figure, error) {
	if Blank(text) {
		return model.Figure{}, nil
	}
	s := strings.ToLower(text)
	for _, u := range []string{unit, "gbp", "£", "m²", "m2", "sqm", "sq m", "kwh", "ha", "hectares", "desks", "people", "a year", words.T("a year"), "pa", "p.a."} {
		s = strings.TrimSpace(strings.TrimPrefix(strings.TrimSuffix(s, strings.ToLower(u)), strings.ToLower(u)))
	}
	s = strings.NewReplacer(",", "", " ", "", "\u00a0", "", "\u202f", "", "−", "-").Replace(s)
	by := 1.0
	switch {
	case strings.HasSuffix(s, "bn"):
		by, s = 1e9, strings.TrimSuffix(s, "bn")
	case strings.HasSuffix(s, "k"):
		by, s = 1e3, strings.TrimSuffix(s, "k")
	case strings.HasSuffix(s, "m"):
		by, s = 1e6, strings.TrimSuffix(s, "m")
	}
	v, err := strconv.ParseFloat(s, 64)
	switch v *= by; {
	case err != nil || !model.Finite(v) || strings.ContainsAny(s, "xp_"):
		return model.Figure{}, model.Invalid(label, words.F("“%s” is not a number. Write digits only, or leave it empty for not known", short(text)))
	case v < 0:
		return model.Figure{}, model.Invalid(label, words.F("“%s” is below 0", short(text)))
	case v > most:
		return model.Figure{}, model.Invalid(label, words.F("“%s” is more than a building can have; the most is %s %s", short(text), format.Whole(most), unit))
	}
	return model.Figure{Value: v, Grade: model.Stated}, nil
}

// short keeps a text that is quoted to a length that can be read.
func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return s
}

// dateForms are the ways in which a date is written; days come before months.
var dateForms = []string{"2006-01-02", "2/1/2006", "02/01/2006", "2-1-2006", "2.1.2006", "2/1/06", "2 January 2006", "2 Jan 2006", "2-Jan-2006", "2-Jan-06", "2006-01-02 15:04:05", "2006-01-02T15:04:05"}

// readDate reads a date as ISO text; empty when it is not known.
func readDate(label, text string) (string, error) {
	if Blank(text) {
		return "", nil
	}
	t, ok := time.Time{}, false
	text = english(text)
	for _, f := range dateForms {
		if x, err := time.Parse(f, strings.TrimSpace(text)); err == nil {
			t, ok = x, true
			break
		}
	}
	if v, err := strconv.ParseFloat(text, 64); !ok && err == nil && v > 20_000 && v < 110_000 { // a spreadsheet's own number of days
		t, ok = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(math.Floor(v))), true
	}
	switch {
	case !ok:
		return "", model.Invalid(label, words.F("“%s” is not a date. Write it as 25 March 2029 or 25/03/2029", short(text)))
	case t.Year() < 1900 || t.Year() > 3000:
		return "", model.Invalid(label, words.F("The year %d cannot be right", t.Year()))
	}
	return t.Format("2006-01-02"), nil
}

// english puts the month of a date that was written in the user's language into
// the language that dates are read in.
func english(text string) string {
	for m := time.January; m <= time.December; m++ {
		if own := words.T(m.String()); own != m.String() {
			if at := strings.Index(strings.ToLower(text), strings.ToLower(own)); at >= 0 && at+len(own) <= len(text) {
				return text[:at] + m.String() + text[at+len(own):]
			}
		}
	}
	return text
}

func date(id, label string, at func(*model.Asset) *string) Field {
	return Field{ID: id, Label: label, Hint: words.T("25 March 2029"), text: func(a *model.Asset) string {
		if *at(a) == "" {
			return ""
		}
		return format.Date(*at(a))
	}, set: func(_ *setting, a *model.Asset, t string) error {
		s, err := readDate(label, t)
		if err == nil {
			*at(a) = s
		}
		return err
	}}
}

// postcodeField also moves an asset on the map that stands there by its
// postcode.
func postcodeField() Field {
	return Field{ID: "postcode", Label: words.T("Postcode"), Hint: "M33 7ZF", text: func(a *model.Asset) string { return a.Postcode }, set: func(c *setting, a *model.Asset, t string) error {
		was := a.Postcode
		if Blank(t) {
			a.Postcode = ""
		} else {
			p, ok := geo.ParsePostcode(t)
			if !ok {
				return model.Invalid("postcode", words.F("“%s” is not a postcode. Write it as M33 7ZF", short(t)))
			}
			a.Postcode = p.String()
		}
		byCode := a.Placed == model.PlaceUnit || a.Placed == model.PlaceSector || a.Placed == model.PlaceOutcode
		if a.Postcode == was || c.place == nil || !byCode && a.Located() {
			return nil
		}
		a.Location, a.Placed = model.LatLon{}, model.PlaceUnknown
		if at, how, ok := c.place(a.Postcode); ok {
			a.Location, a.Placed = at, how
		}
		return nil
	}}
}

func uprnField() Field {
	return Field{ID: "uprn", Label: "UPRN", Hint: words.T("Up to 12 digits"), text: func(a *model.Asset) string { return a.UPRN }, set: func(_ *setting, a *model.Asset, t string) error {
		s := strings.TrimLeft(strings.ReplaceAll(t, " ", ""), "0")
		switch {
		case Blank(t):
			s = ""
		case strings.ContainsAny(strings.ToLower(t), "e.") && !strings.ContainsFunc(t, func(r rune) bool { return r != 'e' && r != 'E' && r != '+' && r != '.' && (r < '0' || r > '9') }):
			return model.Invalid("UPRN", words.F("“%s” has lost digits in the spreadsheet. Make the column text there and copy again", short(t)))
		case len(s) > 12 || strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' }):
			return model.Invalid("UPRN", words.F("“%s” is not a UPRN: it has up to 12 digits and nothing else", short(t)))
		}
		a.UPRN = s
		return nil
	}}
}
