package importers

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// A table often leaves out whose its buildings are, because its author keeps only one body's. The buildings that are there tell: most
// references are those of one body, or most names are those of one building each.

const (
	// fewReferences is how many of a table's references must be found before they speak for all of it.
	fewReferences = 3
	// longName is how many letters a name must have to stand for one building: "Depot" does not.
	longName = 8
)

// whose says which of the buildings that are there the rows without an owner may be about.
type whose struct {
	x      *index
	byRef  map[string][]int // lower-case reference → assets of stated owners
	owner  model.OrganisationID
	name   string // of the owner, whose references the table has; both empty when that is not clear
	fits   map[model.OrganisationID]*fit
	of     int            // how many references the rows have
	rows   int            // how many rows there are
	said   map[string]int // how often the rows use a name
	byName int            // how many of the names are those of one building each
}

// fit is how the references of a table suit the buildings of one body.
type fit struct {
	found, agree, against int
	long                  bool // one of the references found has three characters or more
}

// likely says whether most of a table's references may be the body's.
func (f *fit) likely(of int) bool {
	return f.found >= min(fewReferences, of) && f.found*2 > of && f.against*2 <= f.found && (f.agree > 0 || f.long && f.found >= fewReferences)
}

// whose looks at all rows that state no owner together; nil when there are none, or nothing they could be about.
func (in *intake) whose() *whose {
	w := &whose{x: in.r.idx, byRef: map[string][]int{}, fits: map[model.OrganisationID]*fit{}, said: map[string]int{}}
	for i := range in.pending {
		if a := &in.pending[i].Asset; a.Organisation == "" {
			w.rows++
			w.said[plainName(a.Name)]++
		}
	}
	if w.rows == 0 || len(w.x.assets) == 0 {
		return nil
	}
	for i, b := range w.x.assets {
		if b.Reference != "" {
			k := lowered(b.Reference)
			w.byRef[k] = append(w.byRef[k], i)
		}
	}
	for i := range in.pending {
		if a := &in.pending[i].Asset; a.Organisation == "" {
			w.look(a)
		}
	}
	in.choose(w)
	return w
}

// look counts what one row has in common with the buildings that are there.
func (w *whose) look(a *model.Asset) {
	if w.called(a) != nil {
		w.byName++
	}
	if a.Reference == "" {
		return
	}
	w.of++
	seen := map[model.OrganisationID]bool{}
	for _, i := range w.byRef[lowered(a.Reference)] {
		b := w.x.assets[i]
		o := model.OrganisationID(owner(b))
		if seen[o] {
			continue
		}
		seen[o] = true
		f := w.fits[o]
		if f == nil {
			f = &fit{}
			w.fits[o] = f
		}
		f.found++
		f.long = f.long || len(a.Reference) >= 3
		switch same, other := agreement(a, b); {
		case same:
			f.agree++
		case other:
			f.against++
		}
	}
}

// choose finds the one body whose references the table's are, and says so; where there are several it asks.
func (in *intake) choose(w *whose) {
	var likely []model.OrganisationID
	most := 0
	for _, o := range slices.Sorted(maps.Keys(w.fits)) {
		if f := w.fits[o]; f.likely(w.of) {
			likely = append(likely, o)
			most = max(most, f.agree)
		}
	}
	if len(likely) > 1 && most > 0 { // names and postcodes tell which
		likely = slices.DeleteFunc(likely, func(o model.OrganisationID) bool { return w.fits[o].agree*2 <= most })
	}
	ch, _ := in.c.first(mapping.Reference)
	switch {
	case len(likely) == 1 && likely[0] != "":
		w.owner = likely[0]
		w.name = in.r.bodyName(w.owner)
		f := w.fits[w.owner]
		message := fmt.Sprintf("no row says whose they are; %d of %d references are those of buildings of %s, so all were taken for its buildings", f.found, w.of, w.name)
		in.r.say(model.Note, in.c.b, 0, mapping.Choice{}, "", message, "If they are somebody else's, name the organisation when importing.", "")
	case len(likely) > 1:
		var names []string
		for _, o := range likely {
			names = append(names, in.r.bodyName(o))
		}
		in.r.say(model.Warning, in.c.b, 0, mapping.Choice{}, "", fmt.Sprintf("%s has references that are those of buildings of %s, and no row says whose they are", columnWords(ch), strings.Join(names, " and of ")),
			"Name the organisation when importing; then they are known again.", "")
	}
}

func columnWords(c mapping.Choice) string {
	if s := column(c); s != "" {
		return "column " + s
	}
	return "the table"
}

// claim gives a row without an owner the one that its reference tells, and says why; empty when it tells none.
func (w *whose) claim(a *model.Asset) string {
	if w == nil || a.Organisation != "" {
		return ""
	}
	if w.owner != "" {
		a.Organisation = w.owner
		return fmt.Sprintf("no row says whose it is, but %d of the table's %d references are those of %s", w.fits[w.owner].found, w.of, w.name)
	}
	if a.Reference == "" {
		return ""
	}
	var one *model.Asset
	for _, i := range w.byRef[lowered(a.Reference)] {
		b := w.x.assets[i]
		if same, _ := agreement(a, b); !same {
			continue
		}
		if one != nil {
			return ""
		}
		one = b
	}
	if one == nil || owner(one) == "" {
		return ""
	}
	a.Organisation = one.Organisation
	return "the row does not say whose it is, but reference and name or place agree"
}

// byNames finds the building of a row by its name alone, where that is how most rows of the table are known.
func (w *whose) byNames(a *model.Asset) (*model.Asset, *Match) {
	if w == nil || w.byName*2 <= w.rows || w.byName < min(fewReferences, w.rows) {
		return nil, nil
	}
	b := w.called(a)
	if b == nil {
		return nil, nil
	}
	return b, &Match{Asset: b.ID, Score: 0.9, Reasons: []string{"the same name, which no other building has",
		fmt.Sprintf("no row says whose it is, but %d of the table's %d names are those of buildings that are there", w.byName, w.rows)}}
}

// called is the one building that has the name of a row, when nothing speaks against it.
func (w *whose) called(a *model.Asset) *model.Asset {
	name := plainName(a.Name)
	list := w.x.byName[name]
	if len(name) < longName || len(list) != 1 || w.said[name] > 1 || madeUp(a) {
		return nil
	}
	b := w.x.assets[list[0]]
	if a.UPRN != "" && b.UPRN != "" && a.UPRN != b.UPRN || otherPlace(a, b) {
		return nil
	}
	return b
}

// agreement says whether what two records say besides their reference is of one building, or of two.
func agreement(a, b *model.Asset) (same, other bool) {
	if a.UPRN != "" && b.UPRN != "" {
		return a.UPRN == b.UPRN, a.UPRN != b.UPRN && similar(a.Name, b.Name) < 0.3
	}
	name := 0.0
	if !madeUp(a) {
		name = similar(a.Name, b.Name)
	}
	if name > 0.5 || a.Postcode != "" && a.Postcode == b.Postcode && len(a.Postcode) > 4 {
		return true, false
	}
	return false, otherPlace(a, b) || !madeUp(a) && !madeUp(b) && name == 0
}

// otherPlace says whether two records state different places.
func otherPlace(a, b *model.Asset) bool {
	if len(a.Postcode) > 4 && len(b.Postcode) > 4 && a.Postcode != b.Postcode {
		return true
	}
	return a.Located() && b.Located() && exactPlace(a) && exactPlace(b) && geo.Distance(geo.LatLon(a.Location), geo.LatLon(b.Location)) > 1500
}

// madeUp says whether the name of an asset was made of its reference or address, because its row states none.
func madeUp(a *model.Asset) bool {
	return a.Name == "" || a.Name == a.Address || strings.HasPrefix(a.Name, "Unnamed ")
}

// bodyName is the name of a body of the project, or of one that this file brings.
func (r *run) bodyName(id model.OrganisationID) string {
	if id == "" || id == noOwner {
		return "nobody stated"
	}
	if r.opt.Existing != nil {
		if o := r.opt.Existing.Organisation(id); o != nil {
			return o.Name
		}
	}
	for _, o := range r.res.Changes.Organisations {
		if o.ID == id {
			return o.Name
		}
	}
	return string(id)
}
