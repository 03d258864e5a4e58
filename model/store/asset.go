package store

import (
	"maps"
	"slices"

	"github.com/planting-the-flag/flagstone/model"
)

var assets = &list[model.Asset]{
	of:    KindAsset,
	kept:  tables{root: "asset", details: []detail{{"asset_part", "asset"}, {"asset_lock", "asset"}}},
	key:   func(_ int64, a *model.Asset) string { return string(a.ID) },
	name:  nameAsset,
	items: func(p *model.Project) []model.Asset { return p.Assets },
	set:   func(p *model.Project, items []model.Asset) { p.Assets = items },
	clone: func(a *model.Asset) *model.Asset {
		c := *a
		c.Extra = maps.Clone(a.Extra)
		c.Parts = some(slices.Clone(a.Parts))
		c.Locks = some(slices.Clone(a.Locks))
		return &c
	},
	tidy: tidyAsset,
	put:  putAssets,
	get:  getAssets,
}

func nameAsset(a *model.Asset) string { return quoted("asset", a.Name, string(a.ID)) }

func tidyAsset(a *model.Asset) error {
	t := &tidier{what: "Asset", name: a.Name, id: string(a.ID)}
	id(t, "identifier", &a.ID)
	text(&a.Organisation)
	texts(&a.UPRN, &a.Reference, &a.Name, &a.Address, &a.Postcode, &a.Area, &a.Ward, &a.Holding, &a.Detail,
		&a.EnergyRating, &a.Condition)
	t.place(&a.Location, &a.Placed)
	t.use("use", &a.Use)
	t.figure("floor area", &a.FloorArea)
	t.figure("floor area not used", &a.Unused)
	t.figure("land area", &a.LandArea)
	t.money("income", &a.Income)
	t.money("backlog", &a.Backlog)
	t.money("value", &a.Value)
	t.figure("number of desks", &a.Desks)
	t.figure("capacity", &a.Capacity)
	a.Costs = figures(t, model.Costs, a.Costs, "yearly cost", t.money)
	a.Energy = figures(t, model.Fuels, a.Energy, "energy", t.figure)
	a.Extra = tidyExtra(t, a.Extra)
	tidyTenure(t, &a.Tenure)
	seen := map[model.PartID]bool{}
	for i := range a.Parts {
		p := &a.Parts[i]
		id(t, "identifier of a part", &p.ID)
		text(&p.Name)
		t.use("use of part "+string(p.ID), &p.Use)
		t.atLeast0("floor area of part "+string(p.ID), &p.FloorArea)
		if seen[p.ID] {
			t.refuse("parts", "two parts have the identifier %q", p.ID)
		}
		seen[p.ID] = true
	}
	for i := range a.Locks {
		l := &a.Locks[i]
		texts(&l.Kind, &l.Reason, &l.Source)
	}
	return t.err
}

// figures tidies figures by cost or fuel. One that says nothing is as good as none; empty becomes nil. The list that it is given is
// never changed; where nothing has to be, it is that list.
func figures[K ~string](t *tidier, legal []K, l model.Figures[K], what string, each func(string, *model.Figure)) model.Figures[K] {
	if len(l) == 0 {
		return nil
	}
	var own model.Figures[K]
	same := true
	for i, e := range l {
		if !slices.Contains(legal, e.Key) {
			t.refuse(what, "it has a %s of kind %q, which Flagstone does not know", what, e.Key)
		}
		f := e.Figure
		each(string(e.Key)+" "+what, &f)
		if same && f == e.Figure && f != (model.Figure{}) && (i == 0 || l[i-1].Key < e.Key) {
			continue
		}
		if same {
			same, own = false, slices.Clone(l[:i])
		}
		if f != (model.Figure{}) {
			own.Set(e.Key, f)
		}
	}
	if same {
		return l
	}
	return some(own)
}

func tidyExtra(t *tidier, m map[string]string) map[string]string {
	if len(m) == 0 {
		return nil
	}
	dirty := false
	for k, v := range m {
		k2, v2 := k, v
		texts(&k2, &v2)
		dirty = dirty || k2 != k || v2 != v
	}
	if !dirty {
		return m
	}
	out := make(map[string]string, len(m))
	for k, v := range m {
		texts(&k, &v)
		out[k] = v
	}
	if len(out) != len(m) {
		t.refuse("extra columns", "two extra columns have the same name once made readable")
	}
	return out
}

func tidyTenure(t *tidier, n *model.Tenure) {
	text(&n.Kind)
	texts(&n.Detail, &n.Landlord)
	t.date("lease break", &n.Break)
	t.date("lease expiry", &n.Expiry)
	t.date("rent review", &n.Review)
	t.money("dilapidations", &n.Dilapidations)
	if n.NoticeMonths < 0 {
		t.refuse("notice", "the notice is %d months; it cannot be below 0", n.NoticeMonths)
	}
}
