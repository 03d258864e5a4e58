package importers

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// settle joins a row to an earlier one about the same asset, or puts it beside them. It gives the index of the asset.
func (in *intake) settle(row *table.Row, i int, s *reading) (at int) {
	a := &in.made[i].Asset
	s.key = in.owners.hash.and(s.key)
	if twin, why := in.twin(a, s); twin >= 0 {
		p := in.keptApart(&in.pending[twin].Asset, a)
		switch {
		case in.r.apart(in.c.b, row.Number):
			in.apart = append(in.apart, [2]int{len(in.pending), twin})
		case p != nil:
			p.used = true
		default:
			in.join(*row, twin, a, s.year, why)
			return twin
		}
	}
	at = len(in.pending)
	n := len(in.numbers)
	in.pending = in.pending[:at+1]
	if at != i { // rows before it made no asset of their own
		in.pending[at] = in.made[i]
	}
	in.numbers = append(in.numbers, row.Number)
	in.slugs = append(in.slugs, s.slug)
	in.pending[at].Rows = in.numbers[n : n+1 : n+1]
	in.remember(at, a, s)
	return at
}

// commit decides, once every row has been read, which assets are there already and which are new.
func (in *intake) commit() {
	r := in.r
	list := &r.res.Changes.Assets
	first, _ := in.c.first(mapping.Name)
	r.indexEarlier()
	if len(*list) == 0 {
		*list = in.pending[:0] // the list never overtakes what is still to be decided
	}
	if len(r.idx.ids) == 0 {
		r.idx.ids = make(map[model.AssetID]bool, len(in.pending))
	}
	whose := in.whose()
	ids := map[int]model.AssetID{} // of the rows that others are kept apart from
	for _, two := range in.apart {
		ids[two[1]] = ""
	}
	for i := range in.pending {
		p := &in.pending[i]
		p.Table = len(r.res.Tables) - 1
		a := &p.Asset // as the file has it
		why := whose.claim(a)
		old, match := r.match(in.c.b, p.Rows[0], a)
		if match != nil && why != "" {
			match.Reasons = append(match.Reasons, why)
		}
		if _, said := r.told(in.c.b, p.Rows[0]); !said && (match == nil || match.Score < sureMatch) && a.Organisation == "" {
			if b, m := whose.byNames(a); b != nil {
				old, match = b, m
			}
		}
		if match != nil && match.Score >= sureMatch {
			if _, met := r.idx.touched[old.ID]; met && len(r.idx.pairs) > 0 {
				if b, m := r.otherOf(old, a); b != nil {
					old, match = b, m
				}
			}
			if _, ok := ids[i]; ok {
				ids[i] = old.ID
			}
			read := p.Asset // p.Asset becomes what it will be
			a = &read
			row := table.Row{Number: p.Rows[0]}
			if at, ok := r.idx.touched[old.ID]; ok {
				before := (*list)[at].Asset
				by := fillOnly
				if (*list)[at].Match != nil && (*list)[at].Match.merged && !match.merged {
					by = in.authority(old, a) // the row of a building merged into this one came first
				}
				fields, against := update(&(*list)[at].Asset, a, by)
				in.again(&(*list)[at], fields)
				(*list)[at].Rows = append((*list)[at].Rows, p.Rows...)
				r.merge(in.c.b, row.Number, first, a.Name, "it is the same building as an earlier row: "+strings.Join(match.Reasons, ", "), old.Name)
				in.conflicts(row, &before, against)
				continue
			}
			by := fillOnly
			if !match.merged {
				by = in.authority(old, a)
			}
			var against []conflict
			p.Asset, p.Match, p.Status = *old, match, Unchanged
			p.Fields, against = update(&p.Asset, a, by)
			if len(p.Fields) > 0 {
				p.Status = Updated
			}
			in.conflicts(row, old, against)
		} else {
			if p.Maybe = match; match != nil {
				r.say(model.Warning, in.c.b, p.Rows[0], first, a.Name, fmt.Sprintf("%s may be the same building as %s (%.0f %%: %s); it was kept apart", named(a), old.Name, match.Score*100, strings.Join(match.Reasons, ", ")),
					"Merge the two if they are one building.", old.ID)
			}
			like := in.like(p.Rows[0], a)
			p.Asset.ID = r.idx.newID(a, in.slugs[i])
			p.Status = New
			if _, ok := ids[i]; ok {
				ids[i] = p.Asset.ID
			}
			note := "said when importing " + in.c.b.Table.File
			part(&p.Asset, like, note)
			for _, two := range in.apart {
				if two[0] == i {
					part(&p.Asset, ids[two[1]], note)
				}
			}
		}
		in.count(p.Status)
		if n := len(*list); n < cap(*list) && &(*list)[:n+1][n] == p {
			*list = (*list)[:n+1] // it stands there already
		} else {
			*list = append(*list, *p)
		}
		if p.Status != New {
			r.idx.touched[p.Asset.ID] = len(*list) - 1
		}
	}
	in.linkFindings()
}

// like is the building that a row would have been taken for, had the user not said that it is another; empty otherwise.
func (in *intake) like(row int, a *model.Asset) model.AssetID {
	if in.r.apart(in.c.b, row) {
		if b, m := in.r.idx.best(a); m != nil {
			return b.ID
		}
	}
	return ""
}

// again books what a further row of the file changed in an asset that an earlier row met.
func (in *intake) again(c *AssetChange, fields []FieldChange) {
	c.Fields = append(c.Fields, fields...)
	if len(fields) > 0 && c.Status == Unchanged {
		c.Status = Updated
		in.r.res.Counts.Unchanged--
		in.r.res.Counts.Updated++
	}
}

// linkFindings names the asset in what was said about its rows.
func (in *intake) linkFindings() {
	of := map[int]model.AssetID{} // only the rows that something is said of
	each := func(do func(f *model.Finding)) {
		for i := range in.r.res.Findings {
			f := &in.r.res.Findings[i]
			if f.Asset == "" && f.Row > 0 && f.File == in.c.b.Table.File && f.Sheet == in.c.b.Table.Sheet {
				do(f)
			}
		}
	}
	each(func(f *model.Finding) { of[f.Row] = "" })
	if len(of) == 0 {
		return
	}
	for i := range in.r.res.Changes.Assets {
		for _, row := range in.r.res.Changes.Assets[i].Rows {
			if _, ok := of[row]; ok {
				of[row] = in.r.res.Changes.Assets[i].Asset.ID
			}
		}
	}
	each(func(f *model.Finding) { f.Asset = of[f.Row] })
}

func (in *intake) count(s Status) {
	switch s {
	case New:
		in.r.res.Counts.Imported++
	case Updated:
		in.r.res.Counts.Updated++
	default:
		in.r.res.Counts.Unchanged++
	}
}

// twin finds an earlier row of this file about the same asset.
func (in *intake) twin(a *model.Asset, s *reading) (int, string) {
	if a.Reference != "" {
		if at, ok := in.seen.get(s.key); ok {
			b := &in.pending[at].Asset
			if similar(a.Name, b.Name) >= 0.6 || (a.UPRN != "" && a.UPRN == b.UPRN) {
				return at, fmt.Sprintf("the reference %s again", a.Reference)
			}
			return -1, ""
		}
		return -1, ""
	}
	if a.UPRN != "" {
		for at, ok := in.uprns.get(s.uprn); ok && at >= 0; at = in.sameUPRN[at] {
			if b := &in.pending[at].Asset; plainName(a.Name) == plainName(b.Name) {
				return at, fmt.Sprintf("the UPRN %s again, under the same name", a.UPRN)
			}
		}
		return -1, ""
	}
	if at, ok := in.seen.get(s.key); ok {
		b := &in.pending[at].Asset
		switch {
		case a.Postcode != "" || a.Address != "":
			return at, "the same name and address again"
		case a.Placed == model.PlaceGeometry && b.Placed == model.PlaceGeometry && !strings.HasPrefix(a.Name, "Unnamed ") &&
			geo.Distance(geo.LatLon(a.Location), geo.LatLon(b.Location)) < 1500:
			return at, "another outline of the same site"
		}
	}
	return -1, ""
}

func nameKey(a *model.Asset) string {
	return "name\x00" + string(a.Organisation) + "\x00" + plainName(a.Name) + "\x00" + a.Postcode + "\x00" + strings.ToLower(a.Address)
}

func (in *intake) remember(at int, a *model.Asset, s *reading) {
	if seen := in.seen.slot(s.key); a.Reference == "" || seen.at == 0 {
		seen.twoHash, seen.at = s.key, int32(at)+1
	}
	if a.UPRN != "" {
		for len(in.sameUPRN) <= at {
			in.sameUPRN = append(in.sameUPRN, -1)
		}
		if last, ok := in.uprns.get(s.uprn); ok {
			in.sameUPRN[at] = last
			in.shared[a.UPRN] = true
		}
		in.uprns.set(s.uprn, at)
	}
	if s.year != "" {
		in.years[at] = s.year
	}
}

// join lets a row become part of an earlier one. When the rows are of different years the newest figures win; otherwise the later
// row only fills what the earlier left blank.
func (in *intake) join(row table.Row, at int, a *model.Asset, year, why string) {
	r := in.r
	ch := &in.pending[at]
	ch.Rows = append(ch.Rows, row.Number)
	first, _ := in.c.first(mapping.Name)
	switch old := in.years[at]; {
	case year != "" && old != "" && year > old:
		prev := ch.Asset
		ch.Asset, in.slugs[at] = *a, ""
		ch.Asset.Organisation = prev.Organisation
		update(&ch.Asset, &prev, blanks)
		in.years[at] = year
		r.merge(in.c.b, row.Number, first, a.Name, fmt.Sprintf("%s, for a later year (%s); its figures replace those of %s", why, year, old), ch.Asset.Name)
	case year != "" && old != "" && year < old:
		r.merge(in.c.b, row.Number, first, a.Name, fmt.Sprintf("%s, for an earlier year (%s); the figures of %s were kept", why, year, old), ch.Asset.Name)
	default:
		before := ch.Asset
		_, against := update(&ch.Asset, a, fillOnly)
		r.merge(in.c.b, row.Number, first, a.Name, why+"; what the earlier row left blank was filled from this one", ch.Asset.Name)
		in.conflicts(row, &before, against)
	}
}

// sharedUPRNs says which assets share a UPRN: blocks of one site, usually, and kept apart when the owner's references differ.
func (in *intake) sharedUPRNs() {
	keys := make([]string, 0, len(in.shared))
	for u := range in.shared {
		keys = append(keys, u)
	}
	sort.Strings(keys)
	ch, _ := in.c.first(mapping.UPRN)
	for _, u := range keys {
		var names []string
		first := 0
		for at, ok := in.uprns.get(hashOf(u)); ok && at >= 0; at = in.sameUPRN[at] {
			a := &in.pending[at].Asset
			names, first = append(names, firstNonEmpty(a.Reference, a.Name)), at
		}
		slices.Reverse(names)
		c := &in.pending[first]
		in.r.say(model.Note, in.c.b, c.Rows[0], ch, u, fmt.Sprintf("%d assets share the UPRN %s (%s); they were kept apart because their references or names differ", len(names), u, short(strings.Join(names, ", "))),
			"Merge them if they are one building; leave them if they are blocks of one site.", c.Asset.ID)
	}
}
