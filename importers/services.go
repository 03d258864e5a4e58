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
		at, seen := r.served(&s)
		if !seen {
			at = r.putService(&s)
			r.teams.add(&s, at)
		}
		ch := &r.res.Changes.Services[at]
		if n := len(r.res.Tables) - 1; !seen || ch.Table == n {
			ch.Rows, ch.Table = append(ch.Rows, row.Number), n
		}
		id := r.res.Changes.Services[at].Service.ID
		seat := r.seat(c, row, id, r.res.Changes.Services[at].Service.Organisation)
		switch {
		case !seen:
		case seat && ch.Table != len(r.res.Tables)-1:
			r.merge(b, row.Number, name, s.Name, "the same service as in another table; this row says where it is", s.Name)
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

// teamIndex finds services by their key and by their bare name.
type teamIndex struct {
	key  map[string]int // → place in the change set
	name map[string][]int
}

func (t *teamIndex) add(s *model.Service, at int) {
	if t.key == nil {
		t.key, t.name = map[string]int{}, map[string][]int{}
	}
	t.key[serviceKey(s)] = at
	n := plainName(s.Name)
	t.name[n] = append(t.name[n], at)
}

// served finds the service that an earlier row made, also of another table of the file, and fills what that row left blank. A row that
// does not say whose the service is means the only one of that name.
func (r *run) served(s *model.Service) (at int, seen bool) {
	at, seen = r.teams.key[serviceKey(s)]
	if list := r.teams.name[plainName(s.Name)]; !seen && s.Organisation == "" && len(list) == 1 {
		at, seen = list[0], true
	}
	if !seen {
		return 0, false
	}
	c := &r.res.Changes.Services[at]
	u := &updater{by: blanks}
	u.service(&c.Service, s)
	if len(u.list) > 0 && c.Status == Unchanged {
		c.Status = Updated
		r.res.Counts.Unchanged--
		r.res.Counts.Updated++
	}
	if c.Status == Updated {
		c.Fields = append(c.Fields, u.list...)
	}
	return at, true
}

// service lays what a row says of a service over what is known.
func (u *updater) service(old, now *model.Service) {
	u.text("kind", &old.Kind, now.Kind)
	u.text("class", &old.Class, now.Class)
	u.figure("fte", &old.FTE, now.FTE)
	u.figure("desks", &old.Desks, now.Desks)
	u.figure("visits", &old.Visits, now.Visits)
	u.figure("area", &old.Area, now.Area)
}

// putService adds or updates a service and returns its place in the change set.
func (r *run) putService(s *model.Service) int {
	list := &r.res.Changes.Services
	old := r.idx.services[serviceKey(s)]
	if list := r.idx.teams[plainName(s.Name)]; old == nil && s.Organisation == "" && len(list) == 1 {
		old = list[0]
	}
	if old != nil {
		merged := *old
		u := &updater{by: replace}
		u.service(&merged, s)
		fields := u.list
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
