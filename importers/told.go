package importers

import (
	"sort"

	"github.com/planting-the-flag/flagstone/importers/layout"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/importers/units"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// TableKey names a table within what was read: its file and sheet, and the row of its header, or its first row when it has none.
type TableKey struct {
	File, Sheet string
	Row         int
}

// RowKey names a row of a file as a spreadsheet program numbers it.
type RowKey struct {
	File, Sheet string
	Row         int
}

func keyOf(b *layout.Block) TableKey {
	k := TableKey{File: b.Table.File, Sheet: b.Table.Sheet, Row: firstRow(b)}
	if n := len(b.Header); n > 0 {
		k.Row = b.Header[n-1]
	}
	return k
}

// told is what the user said a row is about: an asset, or none of those that are there.
func (r *run) told(b *layout.Block, row int) (model.AssetID, bool) {
	if len(r.opt.Same) == 0 {
		return "", false
	}
	id, ok := r.opt.Same[RowKey{b.Table.File, b.Table.Sheet, row}]
	return id, ok
}

// apart says whether the user said that a row is about a building of its own.
func (r *run) apart(b *layout.Block, row int) bool {
	id, ok := r.told(b, row)
	return ok && id == ""
}

// match finds the existing asset that a row is about: the one the user named, else the likeliest.
func (r *run) match(b *layout.Block, row int, a *model.Asset) (*model.Asset, *Match) {
	id, said := r.told(b, row)
	if !said {
		return r.idx.best(a)
	}
	if id == "" {
		return nil, nil
	}
	for _, x := range r.idx.assets {
		if x.ID == id {
			m := Compare(a, x)
			return x, &Match{Asset: id, Score: 1, Reasons: append([]string{"you said that they are one building"}, m.Reasons...)}
		}
	}
	return r.idx.best(a)
}

// assumed notes in the mapping the unit that was taken for a column without one; "?" when its numbers were not used for want of one.
func (c *columns) assumed(ch mapping.Choice, u units.Unit) {
	if u.IsZero() {
		return
	}
	for i := range c.m.Columns {
		if c.m.Columns[i].Index == ch.Index {
			c.m.Columns[i].Assumed = u.Symbol
		}
	}
}

// indexEarlier makes what earlier tables of the same file bring known to the next: a building that stands on two sheets of a book, or
// in two files of an archive, is one.
func (r *run) indexEarlier() {
	for i := range r.res.Changes.Assets {
		c := &r.res.Changes.Assets[i]
		if _, ok := r.idx.touched[c.Asset.ID]; c.Status != New || ok {
			continue
		}
		a := c.Asset // as it is now: rows to come may change the list
		r.idx.addAsset(&a)
		r.idx.touched[a.ID] = i
	}
}

// Alike lists the assets of a project that another may be, likeliest first, at most most of them: those whose names agree somewhat,
// and those next door.
func Alike(p *model.Project, a *model.Asset, most int) []Match {
	var out []Match
	for i := range p.Assets {
		b := &p.Assets[i]
		if b.ID == a.ID {
			continue
		}
		if m := Compare(a, b); m.Score > 0.1 || nextDoor(a, b) {
			switch {
			case len(m.Reasons) > 0:
			case nextDoor(a, b):
				m.Reasons = []string{"next door"}
			default:
				m.Reasons = []string{"the names are a little alike"}
			}
			out = append(out, m)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Score > out[j].Score })
	return out[:min(most, len(out))]
}

// Suggest maps the columns of one table as a table of the kind; nil when there is no such table. Layouts with one measure a row are
// looked at turned wide, as they are read.
func Suggest(t *table.Table, key TableKey, kind mapping.Group) *mapping.Mapping {
	if t == nil {
		return nil
	}
	r := &run{res: &Result{}}
	r.index()
	for _, b := range layout.Find(t, layout.Options{Known: mapping.Known, Names: mapping.Names}).Blocks {
		if w := r.long(&b).block; keyOf(w) == key || keyOf(&b) == key {
			return mapping.Look(w).Suggest(kind, mapping.Hints{Home: func(m *mapping.Mapping) geo.LatLon { return r.home(w, m) }})
		}
	}
	return nil
}

// nextDoor says whether two assets share a whole postcode or lie within 200 m.
func nextDoor(a, b *model.Asset) bool {
	if a.Postcode != "" && a.Postcode == b.Postcode && len(a.Postcode) > 4 {
		return true
	}
	return a.Located() && b.Located() && geo.Distance(geo.LatLon(a.Location), geo.LatLon(b.Location)) < 200
}

// MergedName is the name of a building that was merged into another; its identifier when the record cannot be read.
func MergedName(a *model.Asset, gone model.AssetID) string {
	if rec, ok := recordOf(a, gone); ok {
		return named(&rec.Gone)
	}
	return string(gone)
}

// NoOwner is the body that owns what nobody claims.
const NoOwner = noOwner
