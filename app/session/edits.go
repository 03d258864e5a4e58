package session

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// Edit puts a text into one field of one asset.
type Edit struct {
	Asset model.AssetID
	Field string
	Text  string
}

// EditOptions say where the texts come from.
type EditOptions struct {
	Source string // of numbers: "typed in Flagstone"
	// Place finds a postcode on the map; nil leaves assets where they are.
	Place func(postcode string) (model.LatLon, model.PlaceMethod, bool)
}

// Refusal is one text that cannot be taken, and why.
type Refusal struct {
	Asset    string // its name, or what was looked for
	Field    string // the label
	Sentence string
}

// Edits are changes worked out but not yet made.
type Edits struct {
	Assets  []model.Asset // as they would be
	Cells   int           // that change
	Cleared int           // of those, how many become not known
	Same    int           // that say what is there already
	Refused []Refusal
	Fields  []string // labels of the fields that change
	Built   bool     // every asset is a building
	Only    string   // the name of the only asset that changes
}

// PlanEdits works out what edits come to. It changes nothing; what is refused
// does not keep the rest out.
func PlanEdits(p *model.Project, edits []Edit, o EditOptions) *Edits {
	fields := Fields(p)
	byID := make(map[string]*Field, len(fields))
	for i := range fields {
		byID[fields[i].ID] = &fields[i]
	}
	where := find(p, edits)
	c := &setting{source: o.Source, place: o.Place}
	out := &Edits{Built: true}
	changed := map[model.AssetID]*model.Asset{}
	var order []model.AssetID
	labels := map[string]bool{}
	for _, e := range edits {
		f := byID[e.Field]
		i, ok := where[e.Asset]
		if f == nil || !ok {
			continue
		}
		now := changed[e.Asset]
		if now == nil {
			now = &p.Assets[i]
		}
		next := *now
		before := f.text(now)
		if err := f.set(c, &next, strings.TrimSpace(e.Text)); err != nil {
			out.Refused = append(out.Refused, Refusal{Asset: format.Name(now.Name), Field: f.Label, Sentence: sentenceOf(err)})
			continue
		}
		after := f.text(&next)
		if after == before {
			out.Same++
			continue
		}
		out.Cells++
		if after == "" {
			out.Cleared++
		}
		if changed[e.Asset] == nil {
			order = append(order, e.Asset)
		}
		changed[e.Asset] = &next
		if !labels[f.Label] {
			labels[f.Label] = true
			out.Fields = append(out.Fields, f.Label)
		}
	}
	for _, id := range order {
		a := changed[id]
		out.Assets = append(out.Assets, *a)
		out.Built = out.Built && a.Use.Built()
	}
	if len(order) == 1 {
		out.Only = format.Name(out.Assets[0].Name)
	}
	return out
}

// find says where the edited assets are.
func find(p *model.Project, edits []Edit) map[model.AssetID]int {
	where := map[model.AssetID]int{}
	for _, e := range edits {
		where[e.Asset] = -1
	}
	for i := range p.Assets {
		if _, ok := where[p.Assets[i].ID]; ok {
			where[p.Assets[i].ID] = i
		}
	}
	maps.DeleteFunc(where, func(_ model.AssetID, i int) bool { return i < 0 })
	return where
}

func sentenceOf(err error) string {
	var fe *model.FieldError
	if errors.As(err, &fe) {
		return join(fe.Sentence)
	}
	return Sentence(err)
}

// Count is how many assets change, in words: "12 buildings".
func (e *Edits) Count() string {
	if e.Built {
		return format.Count(len(e.Assets), "building", "buildings")
	}
	return format.Count(len(e.Assets), "asset", "assets")
}

// Sentence says what would happen: "24 cells in 8 buildings will change; 2
// cannot."
func (e *Edits) Sentence() string {
	if e.Cells == 0 {
		s := words.T("Nothing would change")
		if e.Same > 0 {
			s += format.Counted(e.Same, ": %s cell says this already", ": %s cells say this already")
		}
		if n := len(e.Refused); n > 0 {
			s += "; " + format.Count(n, "cell cannot be taken", "cells cannot be taken")
		}
		return s + "."
	}
	s := format.Counted(e.Cells, "%s cell in %s will change", "%s cells in %s will change", e.Count())
	if e.Cleared > 0 {
		s += format.Counted(e.Cleared, ", of which %s becomes not known", ", of which %s become not known")
	}
	if e.Same > 0 {
		s += format.Counted(e.Same, "; %s is as pasted already", "; %s are as pasted already")
	}
	if n := len(e.Refused); n > 0 {
		s += "; " + format.Count(n, "cannot", "cannot")
	}
	return s + "."
}

// Reasons lists why texts were refused, the same reason once: "Floor area:
// “abc” is not a number (3 cells: Sale Library, …)".
func (e *Edits) Reasons() []string {
	type key struct{ field, sentence string }
	names := map[key][]string{}
	var order []key
	for _, r := range e.Refused {
		k := key{r.Field, r.Sentence}
		if names[k] == nil {
			order = append(order, k)
		}
		names[k] = append(names[k], r.Asset)
	}
	out := make([]string, len(order))
	for i, k := range order {
		n := names[k]
		who := n[0]
		if len(n) > 1 {
			who += format.Counted(len(n)-1, " and %s other", " and %s others")
		}
		out[i] = who
		if k.field != "" {
			out[i] += ", " + words.Small(k.field)
		}
		out[i] += ": " + k.sentence
	}
	return out
}

// Name is what the change is called after "Undo".
func (e *Edits) Name(pasted bool) string {
	what := format.Count(e.Cells, "cell", "cells")
	if len(e.Fields) == 1 {
		what = e.Fields[0]
		what = words.Small(what)
	}
	of := e.Count()
	if e.Only != "" {
		of = "“" + e.Only + "”"
	}
	if pasted {
		return words.F("paste into %s of %s", what, of)
	}
	return words.F("change of %s of %s", what, of)
}

// EditsOf puts one text into a field of many assets.
func EditsOf(ids []model.AssetID, field, text string) []Edit {
	out := make([]Edit, len(ids))
	for i, id := range ids {
		out[i] = Edit{id, field, text}
	}
	return slices.Clip(out)
}
