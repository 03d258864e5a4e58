package importers

import (
	"fmt"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/layout"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/importers/units"
	"github.com/planting-the-flag/flagstone/model"
)

// services reads rows about teams and public services, and where they sit when a column names the building.
func (r *run) services(b *layout.Block, m *mapping.Mapping) error {
	c := r.columns(b, m)
	name, ok := c.first(mapping.ServiceName)
	if !ok {
		for i := range b.Rows {
			r.reject(b, b.Rows[i].Number, mapping.Choice{}, "", "no column names the service", "Map a column to the service's name.")
		}
		return nil
	}
	made := map[string]int{}
	for i := range b.Rows {
		if err := table.Check(r.ctx, i); err != nil {
			return err
		}
		row := b.Rows[i]
		s := r.service(c, row)
		if s.Name == "" {
			r.reject(b, row.Number, name, "", "the row names no service", "Give it a name, or delete the row.")
			continue
		}
		key := serviceKey(&s)
		at, seen := made[key]
		if !seen {
			at = r.putService(&s)
			made[key] = at
		}
		ch := &r.res.Changes.Services[at]
		ch.Rows, ch.Table = append(ch.Rows, row.Number), len(r.res.Tables)-1
		id := r.res.Changes.Services[at].Service.ID
		seat := r.seat(c, row, id)
		switch {
		case !seen:
		case seat:
			r.merge(b, row.Number, name, s.Name, "the same service in another building", s.Name)
		default:
			r.merge(b, row.Number, name, s.Name, "the same service again", s.Name)
		}
	}
	r.shares()
	return nil
}

func (r *run) service(c *columns, row table.Row) model.Service {
	s := model.Service{
		Name:         c.text(row, mapping.ServiceName),
		Kind:         c.text(row, mapping.ServiceKind),
		Class:        c.text(row, mapping.SecurityClass),
		Organisation: r.organisation(c.text(row, mapping.Organisation)),
		FTE:          c.figure(row, mapping.FTE, units.Count, model.Stated, ""),
		Desks:        c.figure(row, mapping.Desks, units.Count, model.Stated, ""),
		Visits:       c.figure(row, mapping.Visits, units.Count, model.Stated, ""),
		Area:         c.figure(row, mapping.SpaceNeeded, units.Area, model.Stated, ""),
		Sessions:     model.OfficeHours,
	}
	if !s.FTE.Known() {
		s.FTE = c.figure(row, mapping.Headcount, units.Count, model.Stated, "")
	}
	if v := c.figure(row, mapping.HomeDays, units.Count, model.Stated, ""); v.Known() {
		s.HomeDays = min(5, max(0, v.Value))
	}
	switch strings.ToLower(c.text(row, mapping.Public)) {
	case "yes", "y", "true", "1", "public":
		s.Public = true
	}
	if v := s.Visits; v.Known() && v.Value > 0 {
		s.Public = true
	}
	if ch, ok := c.first(mapping.OpeningHours); ok {
		if text := words(row.At(ch.Index)); text != "" {
			if open, ok := units.Sessions(text); ok {
				s.Sessions = model.Session(open)
			} else {
				r.say(model.Warning, c.b, row.Number, ch, text, fmt.Sprintf("the opening hours %q could not be read; office hours were taken", short(text)), "Write them like \"Monday to Friday 9am-5pm\".", "")
			}
		}
	}
	return s
}

// putService adds or updates a service and returns its place in the change set.
func (r *run) putService(s *model.Service) int {
	list := &r.res.Changes.Services
	if old := r.idx.services[serviceKey(s)]; old != nil {
		merged := *old
		var fields []FieldChange
		u := &updater{by: replace}
		u.text("kind", &merged.Kind, s.Kind)
		u.text("class", &merged.Class, s.Class)
		u.figure("fte", &merged.FTE, s.FTE)
		u.figure("desks", &merged.Desks, s.Desks)
		u.figure("visits", &merged.Visits, s.Visits)
		u.figure("area", &merged.Area, s.Area)
		fields = u.list
		status := Unchanged
		if len(fields) > 0 {
			status = Updated
			r.res.Counts.Updated++
		} else {
			r.res.Counts.Unchanged++
		}
		*list = append(*list, ServiceChange{Status: status, Service: merged, Fields: fields})
		return len(*list) - 1
	}
	s.ID = r.newServiceID(s)
	r.res.Counts.Imported++
	*list = append(*list, ServiceChange{Status: New, Service: *s})
	return len(*list) - 1
}

func (r *run) newServiceID(s *model.Service) model.ServiceID {
	used := func(id model.ServiceID) bool {
		if r.opt.Existing != nil && r.opt.Existing.Service(id) != nil {
			return true
		}
		for i := range r.res.Changes.Services {
			if r.res.Changes.Services[i].Service.ID == id {
				return true
			}
		}
		return false
	}
	base := slug(s.Name)
	if base == "" {
		base = "service"
	}
	id := model.ServiceID(base)
	for n := 2; used(id); n++ {
		id = model.ServiceID(fmt.Sprintf("%s-%d", base, n))
	}
	return id
}

// seat reads where the service sits; it says whether the row names a building.
func (r *run) seat(c *columns, row table.Row, id model.ServiceID) bool {
	ch, ok := c.first(mapping.AssetRef)
	uprn := c.text(row, mapping.UPRN)
	if !ok && uprn == "" {
		return false
	}
	text := ""
	if ok {
		text = words(row.At(ch.Index))
	}
	if text == "" && uprn == "" {
		return false
	}
	asset, why := r.findAsset(text, uprn)
	if asset == nil {
		r.say(model.Warning, c.b, row.Number, ch, firstNonEmpty(text, uprn), why, "Import the building first, or correct its name or reference.", "")
		return true
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

// shares makes the shares of a service that sits in several buildings sum to one, by desks where they are known.
func (r *run) shares() {
	by := map[model.ServiceID][]int{}
	for i, o := range r.res.Changes.Occupations {
		by[o.Service] = append(by[o.Service], i)
	}
	for _, list := range by {
		if len(list) < 2 {
			continue
		}
		var sum float64
		stated := true
		for _, i := range list {
			sum += r.res.Changes.Occupations[i].Share
		}
		if sum > 0.99 && sum < 1.01 {
			continue
		}
		weight := func(o *model.Occupation) float64 {
			if stated && o.Desks.Known() && o.Desks.Value > 0 {
				return o.Desks.Value
			}
			return 1
		}
		var all float64
		for _, i := range list {
			all += weight(&r.res.Changes.Occupations[i])
		}
		for _, i := range list {
			o := &r.res.Changes.Occupations[i]
			o.Share = weight(o) / all
		}
	}
}

// findAsset finds a building by reference, UPRN or name among those that are there and those this file made.
func (r *run) findAsset(text, uprn string) (*model.Asset, string) {
	var best *model.Asset
	score, second := 0.0, 0.0
	look := func(a *model.Asset) {
		s := 0.0
		switch {
		case uprn != "" && strings.TrimLeft(uprn, "0") == a.UPRN:
			s = 1
		case text == "":
		case strings.EqualFold(text, a.Reference), strings.EqualFold(text, string(a.ID)), text == a.UPRN && text != "":
			s = 1
		case plainName(text) == plainName(a.Name):
			s = 0.95
		default:
			s = similar(text, a.Name)
			if strings.HasPrefix(plainName(a.Name), plainName(text)+" ") {
				s = max(s, 0.7)
			}
		}
		switch {
		case s > score:
			second, score, best = score, s, a
		case s > second:
			second = s
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
	switch {
	case best == nil || score < 0.6:
		return nil, fmt.Sprintf("no building of the project is called %q", firstNonEmpty(text, uprn))
	case score < 0.95 && score-second < 0.1:
		return nil, fmt.Sprintf("%q could be more than one building of the project", text)
	}
	return best, ""
}
