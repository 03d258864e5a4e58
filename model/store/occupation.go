package store

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
)

// keySeparator stands between the words of a key of several; identifiers have
// no control characters.
const keySeparator = "\x1f"

// OccupationKey names an occupation: a service is once in an asset or in a part
// of it.
type OccupationKey struct {
	Service model.ServiceID
	Asset   model.AssetID
	Part    model.PartID
}

func (k OccupationKey) String() string {
	return string(k.Service) + keySeparator + string(k.Asset) + keySeparator + string(k.Part)
}

func nameOccupation(o *model.Occupation) string {
	return fmt.Sprintf("occupation of asset %q by service %q", o.Asset, o.Service)
}

var occupations = &list[model.Occupation]{
	of:   KindOccupation,
	kept: tables{root: "occupation"},
	key: func(_ int64, o *model.Occupation) string {
		return OccupationKey{o.Service, o.Asset, o.Part}.String()
	},
	name:  nameOccupation,
	items: func(p *model.Project) []model.Occupation { return p.Occupations },
	set:   func(p *model.Project, items []model.Occupation) { p.Occupations = items },
	clone: func(o *model.Occupation) *model.Occupation { c := *o; return &c },
	tidy: func(o *model.Occupation) error {
		t := &tidier{what: fmt.Sprintf("Occupation of asset %q by service %q", o.Asset, o.Service)}
		id(t, "service", &o.Service)
		id(t, "asset", &o.Asset)
		text(&o.Part)
		t.within("share", &o.Share, 0, 1)
		t.figure("floor area", &o.Area)
		t.figure("number of desks", &o.Desks)
		return t.err
	},
	put: func(w *writer, rows []row[model.Occupation]) error {
		in := w.upsert("occupation", "no", "service", "asset", "part", "share", "sessions",
			"area_m2", "area_grade", "area_source", "desks", "desks_grade", "desks_source")
		for _, r := range rows {
			o := r.item
			from := func() string { return nameOccupation(o) }
			service, err := refer(w, KindService, o.Service, from)
			if err != nil {
				return err
			}
			asset, err := refer(w, KindAsset, o.Asset, from)
			if err != nil {
				return err
			}
			var part any
			if o.Part != "" {
				part = string(o.Part)
			}
			in.add(r.no, service, asset, part, o.Share, int64(o.Sessions))
			in.figure(&o.Area)
			in.figure(&o.Desks)
			in.end()
		}
		return in.done()
	},
	get: func(r *loader) (order []int64, items []model.Occupation, err error) {
		d, err := r.query(`SELECT no, service, asset, part, share, sessions,
			area_m2, area_grade, area_source, desks, desks_grade, desks_source FROM occupation ORDER BY no`)
		if err != nil {
			return nil, nil, err
		}
		for d.step() {
			order = append(order, d.int())
			items = append(items, model.Occupation{Service: model.ServiceID(r.id(KindService, d.any())),
				Asset: model.AssetID(r.id(KindAsset, d.any())), Part: model.PartID(d.text()), Share: d.number(),
				Sessions: model.Session(d.int()), Area: d.figure(), Desks: d.figure()})
		}
		return order, items, d.close()
	},
}
