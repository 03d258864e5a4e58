package importers

import (
	"encoding/json"
	"fmt"
	"reflect"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

// mergedRecord begins the key in Extra under which a building keeps the record of one that was merged into it, so that the two can
// be told apart again: "merged record of <identifier>". A second edition of a register that still lists both knows it by that too.
const mergedRecord = "merged record of "

// Reshaped is what merging or splitting buildings changes, as whole values: one command of the caller's.
type Reshaped struct {
	Assets      []model.Asset      // changed or new
	Removed     []model.AssetID    // after everything else
	Occupations []model.Occupation // new, or in place of those with the same service, asset and part
	Vacated     []model.Occupation // to be taken away
	Files       []string           // whose findings are replaced by Findings
	Findings    []model.Finding
	Fields      []FieldChange // of the first asset
	Conflicts   []string      // what the two said differently, and which was chosen
}

// record is what a merge leaves behind.
type record struct {
	Gone  model.Asset        `json:"gone"`
	Kept  model.Asset        `json:"kept"`  // as it was before
	Moved []model.Occupation `json:"moved"` // as they were in the building that went
	Stood []model.Occupation `json:"stood"` // of the same services, as they were in the one that stayed
}

// Merge makes one building of two. What the kept one does not know is filled from the other; where both know, the better grade
// wins, then the newer where both are dated, then the kept one, and the other value stays in Extra. Services move along.
func Merge(p *model.Project, keep, gone model.AssetID) (*Reshaped, error) {
	a, b := p.Asset(keep), p.Asset(gone)
	switch {
	case a == nil:
		return nil, model.NotFound("asset", string(keep))
	case b == nil:
		return nil, model.NotFound("asset", string(gone))
	case keep == gone:
		return nil, fmt.Errorf("%w: %s cannot be merged with itself", model.ErrConflict, named(a))
	}
	if s := decidedOn(p, gone); s != "" {
		return nil, fmt.Errorf("%w: the scenario %q has an action on %s; take it out, or keep that building and merge the other into it", model.ErrConflict, s, named(b))
	}
	out := &Reshaped{Removed: []model.AssetID{gone}}
	rec := record{Gone: *b, Kept: *a}
	merged := *a
	var against []conflict
	out.Fields, against = update(&merged, b, fillOnly)
	for _, c := range against {
		out.Conflicts = append(out.Conflicts, strings.TrimSuffix(fmt.Sprintf("%s: %s was kept, not %s: %s", c.field, c.kept, c.other, c.why), ": "))
	}
	occupations(p, out, &rec, keep, gone)
	text, err := json.Marshal(rec)
	if err != nil {
		return nil, fmt.Errorf("keeping the record of %s: %w", named(b), err)
	}
	extra := map[string]string{}
	for k, v := range merged.Extra {
		extra[k] = v
	}
	extra[mergedRecord+string(gone)] = string(text)
	delete(extra, apartRecord+string(gone))
	delete(extra, apartRecord+string(keep))
	merged.Extra = extra
	out.Assets = []model.Asset{merged}
	out.findings(p, func(f *model.Finding) bool { return f.Asset == gone }, keep)
	return out, nil
}

// decidedOn names a scenario that does something to an asset.
func decidedOn(p *model.Project, id model.AssetID) string {
	for i := range p.Scenarios {
		for _, x := range p.Scenarios[i].Actions {
			if x.Asset == id {
				return p.Scenarios[i].Name
			}
			for _, from := range x.From {
				if from == id {
					return p.Scenarios[i].Name
				}
			}
		}
	}
	return ""
}

// occupations moves the services of one building to another, adding to those that sit there already.
func occupations(p *model.Project, out *Reshaped, rec *record, keep, gone model.AssetID) {
	type seat struct {
		service model.ServiceID
		part    model.PartID
	}
	at := map[seat]model.Occupation{}
	for _, o := range p.Occupations {
		if o.Asset == keep {
			at[seat{o.Service, o.Part}] = o
		}
	}
	for _, o := range p.Occupations {
		if o.Asset != gone {
			continue
		}
		rec.Moved = append(rec.Moved, o)
		out.Vacated = append(out.Vacated, o)
		k := seat{o.Service, o.Part}
		o.Asset = keep
		if old, ok := at[k]; ok {
			rec.Stood = append(rec.Stood, old)
			o.Area, o.Desks = sum(old.Area, o.Area), sum(old.Desks, o.Desks)
			o.Share = min(1, old.Share+o.Share)
			o.Sessions |= old.Sessions
		}
		out.Occupations = append(out.Occupations, o)
	}
}

// sum adds two figures; the evidence is the weaker.
func sum(a, b model.Figure) model.Figure {
	if !a.Known() || !b.Known() {
		return a.Or(b)
	}
	return model.Figure{Value: a.Value + b.Value, Grade: model.Weakest(a.Grade, b.Grade), Source: a.Source + " + " + b.Source}
}

// findings points what was said about a building to another.
func (out *Reshaped) findings(p *model.Project, about func(*model.Finding) bool, to model.AssetID) {
	files := map[string]bool{}
	for i := range p.Findings {
		if about(&p.Findings[i]) {
			files[p.Findings[i].File] = true
		}
	}
	for _, f := range p.Findings {
		if !files[f.File] {
			continue
		}
		if about(&f) {
			f.Asset = to
		}
		out.Findings = append(out.Findings, f)
	}
	for f := range files {
		out.Files = append(out.Files, f)
	}
	sort.Strings(out.Files)
}

// Merged lists the buildings that were merged into one, and can be split from it.
func Merged(a *model.Asset) []model.AssetID {
	var out []model.AssetID
	for k := range a.Extra {
		if id, ok := strings.CutPrefix(k, mergedRecord); ok {
			out = append(out, model.AssetID(id))
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
	return out
}

// Split takes a merge back, also long after: the building that went comes back as it was, and what the other has of it goes. What
// was changed since the merge stays with the kept building; services that were moved return.
func Split(p *model.Project, kept, gone model.AssetID) (*Reshaped, error) {
	a := p.Asset(kept)
	if a == nil {
		return nil, model.NotFound("asset", string(kept))
	}
	rec, ok := recordOf(a, gone)
	if !ok {
		return nil, fmt.Errorf("%w: no building %q was merged into %s", model.ErrNotFound, gone, named(a))
	}
	if p.Asset(gone) != nil {
		return nil, fmt.Errorf("%w: there is a building %q again", model.ErrConflict, gone)
	}
	then := rec.Kept
	update(&then, &rec.Gone, fillOnly)
	now := *a
	restore(reflect.ValueOf(&now).Elem(), reflect.ValueOf(then), reflect.ValueOf(rec.Kept))
	delete(now.Extra, mergedRecord+string(gone)) // restore made the map its own
	part(&rec.Gone, kept, "split off again")
	out := &Reshaped{Assets: []model.Asset{now, rec.Gone}, Occupations: append(append([]model.Occupation(nil), rec.Moved...), rec.Stood...)}
	stood := map[model.Occupation]bool{}
	for _, o := range rec.Stood {
		stood[model.Occupation{Service: o.Service, Part: o.Part}] = true
	}
	for _, o := range rec.Moved {
		if !stood[model.Occupation{Service: o.Service, Part: o.Part}] {
			o.Asset = kept
			out.Vacated = append(out.Vacated, o)
		}
	}
	return out, nil
}

func recordOf(a *model.Asset, gone model.AssetID) (record, bool) {
	var rec record
	text, ok := a.Extra[mergedRecord+string(gone)]
	if !ok || json.Unmarshal([]byte(text), &rec) != nil || rec.Gone.ID != gone {
		return rec, false
	}
	return rec, true
}

// restore gives each field of a struct that is still what a merge made of it back its value from before. Maps are compared key by
// key, and copied.
func restore(now, then, before reflect.Value) {
	for i := range now.NumField() {
		n, t, b := now.Field(i), then.Field(i), before.Field(i)
		switch {
		case n.Kind() == reflect.Map:
			out := reflect.MakeMap(n.Type())
			for it := n.MapRange(); it.Next(); {
				out.SetMapIndex(it.Key(), it.Value())
			}
			for it := t.MapRange(); it.Next(); {
				k := it.Key()
				if v := n.MapIndex(k); v.IsValid() && reflect.DeepEqual(v.Interface(), it.Value().Interface()) {
					out.SetMapIndex(k, b.MapIndex(k)) // a key that was not there before goes
				}
			}
			n.Set(out)
		case n.Kind() == reflect.Struct && n.Type() == reflect.TypeFor[model.Tenure]():
			restore(n, t, b)
		case reflect.DeepEqual(n.Interface(), t.Interface()):
			n.Set(b)
		}
	}
}

// Pair is two buildings of a project that may be one.
type Pair struct {
	A, B    model.AssetID
	Score   float64
	Reasons []string
}

// Duplicates lists the pairs of buildings that may be one, likeliest first.
func Duplicates(p *model.Project) []Pair {
	x := newIndex()
	var out []Pair
	for i := range p.Assets {
		a := &p.Assets[i]
		for _, j := range x.candidates(a) {
			if m := Compare(a, x.assets[j]); m.Score >= possibleMatch && !Apart(a, x.assets[j]) {
				out = append(out, Pair{x.assets[j].ID, a.ID, m.Score, m.Reasons})
			}
		}
		x.addAsset(a)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Score > out[j].Score })
	return out
}
