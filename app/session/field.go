package session

import (
	"slices"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// Field is one thing known of an asset that a user may type, paste or set for
// many at once.
type Field struct {
	ID    string // kept in layouts of tables
	Label string
	Unit  string   // of a number, as it is read: "m²", "£ a year"
	Hint  string   // what can be typed
	List  []string // the values it may have, as they are shown; any when empty

	text func(a *model.Asset) string
	set  func(c *setting, a *model.Asset, text string) error
}

// setting is what a field needs to know to take a text.
type setting struct {
	source string // where a number is said to come from
	place  func(postcode string) (model.LatLon, model.PlaceMethod, bool)
}

// Text is what stands in the field of an asset, as it would be typed; empty
// when it is not known.
func (f *Field) Text(a *model.Asset) string { return f.text(a) }

// Blank are the words that people write where something is not known.
func Blank(text string) bool {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "", "-", "–", "—", "n/a", "n/k", "na", "nk", "not known", "unknown", "tbc", "?":
		return true
	}
	return strings.EqualFold(strings.TrimSpace(text), format.NotKnown())
}

// Fields are the fields of a project's assets, in the order of a form.
func Fields(p *model.Project) []Field {
	out := []Field{
		nameField(), organisationField(p.Organisations), useField(),
		tenureField(),
		text("address", words.T("Address"), func(a *model.Asset) *string { return &a.Address }),
		postcodeField(),
		text("ward", words.T("Ward"), func(a *model.Asset) *string { return &a.Ward }),
		text("holding", words.T("Holding"), func(a *model.Asset) *string { return &a.Holding }),
		text("reference", words.T("Reference"), func(a *model.Asset) *string { return &a.Reference }),
		uprnField(),
		letters("condition", words.T("Condition"), "D", func(a *model.Asset) *string { return &a.Condition }),
		letters("rating", words.T("Energy rating"), "G", func(a *model.Asset) *string { return &a.EnergyRating }),
		number("floor", words.T("Floor area"), "m²", 5e6, func(a *model.Asset) *model.Figure { return &a.FloorArea }),
		number("unused", words.T("Floor area not used"), "m²", 5e6, func(a *model.Asset) *model.Figure { return &a.Unused }),
		number("land", words.T("Land"), "ha", 1e6, func(a *model.Asset) *model.Figure { return &a.LandArea }),
		number("desks", words.T("Desks"), words.T("desks"), 1e5, func(a *model.Asset) *model.Figure { return &a.Desks }),
		number("capacity", words.T("People at one time"), words.T("people"), 1e6, func(a *model.Asset) *model.Figure { return &a.Capacity }),
		number("backlog", words.T("Backlog of repairs"), "£", 1e10, func(a *model.Asset) *model.Figure { return &a.Backlog }),
		number("value", words.T("Market value"), "£", 1e10, func(a *model.Asset) *model.Figure { return &a.Value }),
		number("income", words.T("Income"), words.T("£ a year"), 1e9, func(a *model.Asset) *model.Figure { return &a.Income }),
	}
	for _, c := range model.Costs {
		out = append(out, costField(c))
	}
	for _, c := range model.Fuels {
		out = append(out, energyField(c))
	}
	return append(out,
		text("landlord", words.T("Landlord"), func(a *model.Asset) *string { return &a.Tenure.Landlord }),
		date("break", words.T("Break"), func(a *model.Asset) *string { return &a.Tenure.Break }),
		date("review", words.T("Rent review"), func(a *model.Asset) *string { return &a.Tenure.Review }),
		date("expiry", words.T("Lease ends"), func(a *model.Asset) *string { return &a.Tenure.Expiry }),
		number("dilapidations", words.T("Due on leaving"), "£", 1e10, func(a *model.Asset) *model.Figure { return &a.Tenure.Dilapidations }))
}

// CostFieldID and EnergyFieldID name the fields of running costs and fuels.
func CostFieldID(c model.Cost) string { return "cost." + strings.ReplaceAll(string(c), " ", "-") }

// EnergyFieldID names the field of a fuel.
func EnergyFieldID(f model.Fuel) string { return strings.ReplaceAll(string(f), " ", "-") }

// FieldByID finds a field; nil when a column cannot be typed into.
func FieldByID(fields []Field, id string) *Field {
	for i := range fields {
		if fields[i].ID == id {
			return &fields[i]
		}
	}
	return nil
}

func text(id, label string, at func(*model.Asset) *string) Field {
	return Field{ID: id, Label: label, text: func(a *model.Asset) string { return *at(a) }, set: func(_ *setting, a *model.Asset, t string) error {
		if len(t) > 2000 {
			return model.Invalid(label, words.T("It is longer than 2,000 letters"))
		}
		*at(a) = t
		return nil
	}}
}

func nameField() Field {
	return Field{ID: "name", Label: words.T("Name"), Hint: words.T("A name is needed"), text: func(a *model.Asset) string { return a.Name }, set: func(_ *setting, a *model.Asset, t string) error {
		switch {
		case Blank(t):
			return model.Invalid("name", words.T("A name is needed"))
		case t == format.Name(a.Name): // as it was shown and copied
			return nil
		case len(t) > 500:
			return model.Invalid("name", words.T("It is longer than 500 letters"))
		}
		a.Name = t
		return nil
	}}
}

// oneOf finds the value that a text means: the same word, or the only one that
// begins so. The values are also known by their English words.
func oneOf(list, inEnglish []string, text, what string) (string, error) {
	low := strings.ToLower(strings.TrimSpace(text))
	var begin []string
	for i, s := range list {
		switch l := strings.ToLower(s); {
		case l == low || strings.ToLower(inEnglish[i]) == low:
			return s, nil
		case low != "" && strings.HasPrefix(l, low):
			begin = append(begin, s)
		}
	}
	switch {
	case len(begin) == 1:
		return begin[0], nil
	case len(begin) > 1:
		return "", model.Invalid(what, words.F("“%s” could be %s", text, strings.Join(begin, words.T(" or "))))
	}
	shown := list
	if len(shown) > 8 {
		shown = append(slices.Clone(shown[:8]), "…")
	}
	return "", model.Invalid(what, words.F("“%s” is no %s that Flagstone knows. Use one of: %s", text, what, strings.Join(shown, ", ")))
}

func organisationField(orgs []model.Organisation) Field {
	list := make([]string, len(orgs))
	for i := range orgs {
		list[i] = orgs[i].Name
	}
	return Field{ID: "organisation", Label: words.T("Organisation"), List: list, text: func(a *model.Asset) string {
		for i := range orgs {
			if orgs[i].ID == a.Organisation {
				return orgs[i].Name
			}
		}
		return string(a.Organisation)
	}, set: func(_ *setting, a *model.Asset, t string) error {
		for i := range orgs {
			if format.Name(orgs[i].Name) == t { // as it was shown and copied
				a.Organisation = orgs[i].ID
				return nil
			}
		}
		name, err := oneOf(list, list, t, words.T("organisation"))
		if err != nil {
			return err
		}
		a.Organisation = orgs[slices.Index(list, name)].ID
		return nil
	}}
}

func useField() Field {
	var list, inEnglish []string
	for _, u := range model.Uses {
		list, inEnglish = append(list, format.Word(string(u))), append(inEnglish, string(u))
	}
	return Field{ID: "use", Label: words.T("Use"), List: list, text: func(a *model.Asset) string { return format.Word(string(a.Use)) }, set: func(_ *setting, a *model.Asset, t string) error {
		s, err := oneOf(list, inEnglish, t, words.T("use"))
		if err == nil {
			a.Use = model.Uses[slices.Index(list, s)]
		}
		return err
	}}
}

func tenureField() Field {
	kinds := []model.TenureKind{model.Freehold, model.Leasehold, model.Licence}
	inEnglish := []string{words.Later("Freehold"), words.Later("Leasehold"), words.Later("Licence")}
	var list []string
	for _, s := range inEnglish {
		list = append(list, words.T(s))
	}
	let := words.T(" (let)")
	return Field{ID: "tenure", Label: words.T("Held as"), List: list, text: func(a *model.Asset) string {
		s := format.Word(string(a.Tenure.Kind))
		if s != "" && a.Tenure.LetOut {
			s += let
		}
		return s
	}, set: func(_ *setting, a *model.Asset, t string) error {
		bare, out := strings.CutSuffix(t, let)
		if Blank(bare) {
			a.Tenure.Kind = model.TenureNK
			return nil
		}
		s, err := oneOf(list, inEnglish, bare, words.T("tenure"))
		if err == nil {
			a.Tenure.Kind, a.Tenure.LetOut = kinds[slices.Index(list, s)], out
		}
		return err
	}}
}

// letters are grades from A to a last one.
func letters(id, label, last string, at func(*model.Asset) *string) Field {
	var list []string
	for c := "A"; c <= last; c = string(c[0] + 1) {
		list = append(list, c)
	}
	return Field{ID: id, Label: label, List: list, text: func(a *model.Asset) string { return *at(a) }, set: func(_ *setting, a *model.Asset, t string) error {
		s := strings.ToUpper(strings.TrimSpace(t))
		switch {
		case Blank(t):
			s = ""
		case id == "rating" && len(s) > 1 && s[0] == 'A' && strings.Trim(s[1:], "+") == "": // A+, better than A
		case !slices.Contains(list, s):
			return model.Invalid(label, words.F("“%s” is no letter from A to %s", t, last))
		}
		*at(a) = s
		return nil
	}}
}

func plain(f model.Figure) string {
	if !f.Known() {
		return ""
	}
	return strconv.FormatFloat(f.Value, 'f', -1, 64)
}

// putFigure keeps a figure that says the same as it is, with its source.
func putFigure(c *setting, at *model.Figure, label, unit, text string, most float64) error {
	f, err := readFigure(label, unit, text, most)
	if err != nil || f.Known() == at.Known() && f.Value == at.Value {
		return err
	}
	if f.Known() {
		f.Source = c.source
	}
	*at = f
	return nil
}

func number(id, label, unit string, most float64, at func(*model.Asset) *model.Figure) Field {
	return Field{ID: id, Label: label, Unit: unit, Hint: unit,
		text: func(a *model.Asset) string { return plain(*at(a)) },
		set: func(c *setting, a *model.Asset, t string) error {
			return putFigure(c, at(a), label, unit, t, most)
		}}
}

func costField(k model.Cost) Field {
	label := format.Word(string(k))
	return Field{ID: CostFieldID(k), Label: label, Unit: words.T("£ a year"), Hint: words.T("£ a year"),
		text: func(a *model.Asset) string { return plain(a.Costs.Get(k)) },
		set: func(c *setting, a *model.Asset, t string) error {
			return setIn(&a.Costs, k, func(f *model.Figure) error { return putFigure(c, f, label, "£", t, 1e9) })
		}}
}

func energyField(k model.Fuel) Field {
	label := format.Word(string(k))
	return Field{ID: EnergyFieldID(k), Label: label, Unit: words.T("kWh a year"), Hint: words.T("kWh a year"),
		text: func(a *model.Asset) string { return plain(a.Energy.Get(k)) },
		set: func(c *setting, a *model.Asset, t string) error {
			return setIn(&a.Energy, k, func(f *model.Figure) error { return putFigure(c, f, label, "kWh", t, 1e10) })
		}}
}

func setIn[K ~string](l *model.Figures[K], k K, put func(*model.Figure) error) error {
	f := l.Get(k)
	if err := put(&f); err != nil {
		return err
	}
	if !f.Known() {
		l.Delete(k)
		return nil
	}
	l.Set(k, f)
	return nil
}
