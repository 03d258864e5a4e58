package importers

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/importers/units"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// wanted is how a row of another table speaks of a building.
type wanted struct {
	texts    []string // reference, UPRN, name or address, each as far as the row gives it
	uprn     string
	address  string
	postcode string
	owner    model.OrganisationID // of what the row is about; tells apart what else is the same
}

// first is what to call it.
func (w *wanted) first() string {
	return firstNonEmpty(append(append([]string(nil), w.texts...), w.uprn, w.address, w.postcode)...)
}

// seat reads where the service sits; it says whether the row names a building.
func (r *run) seat(c *columns, row table.Row, id model.ServiceID, owner model.OrganisationID) bool {
	w := wanted{uprn: c.text(row, mapping.UPRN), address: c.text(row, mapping.Address), owner: owner}
	if p, ok := geo.ParsePostcode(c.text(row, mapping.Postcode)); ok && p.Whole() {
		w.postcode = p.String()
	}
	list := c.of.get(mapping.AssetRef)
	for _, ch := range list {
		if s := words(row.At(ch.Index)); s != "" {
			w.texts = append(w.texts, s)
		}
	}
	at := firstColumn(c, mapping.AssetRef, mapping.UPRN, mapping.Address, mapping.Postcode)
	if w.first() == "" {
		return false
	}
	asset, why := r.findAsset(&w)
	if asset == nil {
		r.say(model.Warning, c.b, row.Number, at, w.first(), why, "Import the building first, or correct its name or reference.", "")
		return true
	}
	if other := r.contradiction(&w, asset); other != "" {
		r.say(model.Warning, c.b, row.Number, at, w.first(), other, "Correct the row: its code and its name should be of one building.", asset.ID)
	}
	o := model.Occupation{Service: id, Asset: asset.ID, Share: 1, Sessions: model.OfficeHours,
		Area:  c.figure(row, mapping.SpaceNeeded, units.Area, model.Stated, ""),
		Desks: c.figure(row, mapping.Desks, units.Count, model.Stated, "")}
	if v := c.figure(row, mapping.ShareHere, units.Share, model.Stated, ""); v.Known() {
		o.Share = v.Value
		if o.Share > 1 {
			o.Share /= 100
		}
	}
	for i := range r.res.Changes.Services {
		if s := &r.res.Changes.Services[i].Service; s.ID == id {
			o.Sessions = s.Sessions
		}
	}
	r.res.Changes.Occupations = append(r.res.Changes.Occupations, o)
	return true
}

// firstColumn is the column of the first of the fields that the table has.
func firstColumn(c *columns, fields ...mapping.FieldID) mapping.Choice {
	for _, f := range fields {
		if ch, ok := c.first(f); ok {
			return ch
		}
	}
	return mapping.Choice{}
}

// contradiction says that a row has the code of one building and the name of another.
func (r *run) contradiction(w *wanted, found *model.Asset) string {
	if len(w.texts) < 2 {
		return ""
	}
	for _, t := range w.texts {
		if b, _ := r.findAsset(&wanted{texts: []string{t}, owner: w.owner}); b != nil && b.ID != found.ID && (strings.EqualFold(t, b.Reference) || plainName(t) == plainName(b.Name)) {
			return fmt.Sprintf("%s is %s, but %q is %s; the former was taken", w.first(), named(found), t, named(b))
		}
	}
	return ""
}

// surely is the score from which a building is the one that is meant.
const surely = 0.9

// findAsset finds a building by reference, UPRN, name or address among those that are there and those this file made.
func (r *run) findAsset(w *wanted) (*model.Asset, string) {
	var best, next *model.Asset
	var score, second float64
	pass := func(fit func(a *model.Asset) float64) {
		best, next, score, second = nil, nil, 0, 0
		look := func(a *model.Asset) {
			s := fit(a)
			if s > 0 && w.owner != "" && w.owner != noOwner && a.Organisation == w.owner {
				s += 0.002
			}
			switch {
			case s > score:
				next, second = best, score
				best, score = a, s
			case s > second:
				next, second = a, s
			}
		}
		for _, a := range r.idx.assets[:r.idx.stood] {
			look(a)
		}
		for i := range r.res.Changes.Assets {
			if r.res.Changes.Assets[i].Status == New {
				look(&r.res.Changes.Assets[i].Asset)
			}
		}
	}
	pass(w.exactly())
	if score < surely {
		pass(w.roughly)
	}
	switch {
	case best == nil || score < 0.6:
		return nil, fmt.Sprintf("no building of the project is called %q", w.first())
	case score >= surely && score-second < 0.001, score < surely && score-second < 0.1:
		return nil, fmt.Sprintf("%q could be more than one building of the project: %s", w.first(), r.both(best, next))
	}
	return best, ""
}

// both names two buildings so that they can be told apart.
func (r *run) both(a, b *model.Asset) string {
	if named(a) == named(b) || a.Reference != "" && strings.EqualFold(a.Reference, b.Reference) {
		return fmt.Sprintf("%s of %s, and %s of %s", named(a), r.bodyName(a.Organisation), named(b), r.bodyName(b.Organisation))
	}
	return named(a) + " and " + named(b)
}

// exactly scores a building by what a row says of it word for word; 0 when that is nothing.
func (w *wanted) exactly() func(a *model.Asset) float64 {
	forms, plain := make([]string, len(w.texts)), make([]string, len(w.texts))
	for i, t := range w.texts {
		forms[i], plain[i] = codeForm(t), plainName(t)
	}
	street, uprn := plainName(w.address), strings.TrimLeft(w.uprn, "0")
	return func(a *model.Asset) float64 {
		s := 0.0
		if uprn != "" && uprn == a.UPRN {
			s = 1
		}
		sure := 0 // what else agrees tells blocks of one site apart
		for i, t := range w.texts {
			k := 0.0
			switch {
			case strings.EqualFold(t, a.Reference), strings.EqualFold(t, string(a.ID)), strings.TrimLeft(t, "0") == a.UPRN && a.UPRN != "":
				k = 1
			case strings.EqualFold(t, a.Name):
				k = 0.98
			case plain[i] != "" && plain[i] == plainName(a.Name):
				k = 0.96
			case forms[i] != "" && a.Reference != "" && forms[i] == codeForm(a.Reference):
				k = 0.94
			case plain[i] != "" && strings.Contains(plain[i], " ") && begins(plainName(a.Address), plain[i]), a.Postcode != "" && strings.EqualFold(t, a.Postcode):
				k = surely
			}
			if k > 0 {
				sure++
			}
			s = max(s, k)
		}
		if name := plainName(a.Name); strings.Contains(name, " ") && begins(street, name) && (w.postcode == "" || a.Postcode == "" || w.postcode == a.Postcode) {
			s = max(s, surely) // the address begins with the name of the building
			sure++
		}
		if street != "" && strings.Contains(street, " ") && a.Address != "" && (begins(plainName(a.Address), street) || begins(street, plainName(a.Address))) && (w.postcode == "" || a.Postcode == "" || w.postcode == a.Postcode) {
			s = max(s, surely)
			sure++
		}
		if s == 0 {
			return 0
		}
		if w.postcode != "" && w.postcode == a.Postcode {
			sure++
		}
		return s + 0.003*float64(sure)
	}
}

// roughly scores a building by the likeness of names, and by its postcode where no name is given.
func (w *wanted) roughly(a *model.Asset) float64 {
	s := 0.0
	here := w.postcode != "" && w.postcode == a.Postcode
	for _, t := range w.texts {
		k := similar(t, a.Name)
		if begins(plainName(a.Name), plainName(t)) {
			k = max(k, 0.7)
		}
		if here && k > 0 {
			k += 0.3
		}
		s = max(s, k)
	}
	if here && len(w.texts) == 0 && w.uprn == "" {
		s = max(s, 0.7)
	}
	return min(s, surely-0.01)
}

// begins says whether a name begins with the words of another.
func begins(name, words string) bool {
	return words != "" && (name == words || strings.HasPrefix(name, words+" "))
}

// codeForm is a code as spreadsheets and people alter it: without spaces and dashes, in lower case, and a number without the noughts
// before it; empty when it holds no digit.
func codeForm(s string) string {
	digits, letters := false, false
	out := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsDigit(r):
			digits = true
		case unicode.IsLetter(r):
			letters = true
			return unicode.ToLower(r)
		default:
			return -1
		}
		return r
	}, s)
	if !digits || len(out) > 40 {
		return ""
	}
	if !letters {
		out = strings.TrimLeft(out, "0")
	}
	return out
}
