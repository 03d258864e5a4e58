package action

import (
	"fmt"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/space"
)

// fits says whether the hub can take the services: rules that forbid sharing
// leave the action out; want of desks, room or rooms of a type in some session of
// the week warns.
func (b *builder) fits(at int, a model.Action, moving []int) bool {
	hub := &b.sites[at]
	present := map[model.ServiceID]string{}
	var week space.Week
	var needs []space.Need
	put := func(s *seat, area float64) {
		present[s.service.ID] = s.service.Name
		week.Add(space.Seat{Desks: s.desks, Area: area, Sessions: s.sessions}, 1)
		if len(s.service.Needs) > 0 {
			n := space.Need{Sessions: s.sessions, Rooms: map[string]float64{}}
			for r, m2 := range s.service.Needs {
				n.Rooms[r] = m2 * s.share
			}
			needs = append(needs, n)
		}
	}
	for _, k := range b.at[at] {
		if s := &b.seats[k]; s.from <= a.Year && s.to > a.Year {
			put(s, s.area)
		}
	}
	factor := b.term(&a, "hub.area_factor").Value
	for _, k := range moving {
		s := &b.seats[k]
		put(s, s.area*factor)
		total := 0.0
		for _, m2 := range s.service.Needs {
			total += m2 * s.share
		}
		if total > s.area*factor*1.001 {
			b.warn(a, "rooms do not fit", fmt.Sprintf("%s needs rooms of %.0f m² and would take only %.0f m² in %s", s.service.Name, total, s.area*factor, hub.asset.Name))
		}
	}
	for _, k := range moving {
		sv := b.seats[k].service
		for _, no := range sv.NotWith {
			if other, here := present[no]; here {
				b.refuse(a, "must not share", fmt.Sprintf("%s must not share a building with %s", sv.Name, other))
				return false
			}
		}
	}
	// A rule may stand with the service that is there already.
	for _, k := range b.at[at] {
		s := &b.seats[k]
		if s.from > a.Year || s.to <= a.Year {
			continue
		}
		for _, no := range s.service.NotWith {
			for _, m := range moving {
				if sv := b.seats[m].service; sv.ID == no {
					b.refuse(a, "must not share", fmt.Sprintf("%s must not share a building with %s", s.service.Name, sv.Name))
					return false
				}
			}
		}
	}
	b.crowded(hub, a, &week, needs)
	return true
}

// crowded warns of the busiest session that the hub cannot hold.
func (b *builder) crowded(hub *site, a model.Action, week *space.Week, needs []space.Need) {
	name := hub.asset.Name
	if d := hub.asset.Desks; d.Known() {
		if most, slot := week.Busiest(func(s space.Slot) float64 { return s.Desks }); most > d.Value+0.5 {
			b.warn(a, "over capacity", fmt.Sprintf("%s would need %.0f desks and has %.0f (%s)", name, most, d.Value, space.SlotName(slot)))
		}
	}
	if f := hub.asset.FloorArea; f.Known() {
		if most, slot := week.Busiest(func(s space.Slot) float64 { return s.Area }); most > f.Value*1.001 {
			b.warn(a, "over capacity", fmt.Sprintf("%s would need %.0f m² and has %.0f m² (%s)", name, most, f.Value, space.SlotName(slot)))
		}
	}
	rooms, err := space.Rooms(hub.asset)
	if err != nil {
		b.warn(a, "rooms not readable", err.Error())
		return
	}
	for k, m2 := range a.Values { // what the fit-out makes
		if r, ok := strings.CutPrefix(k, "rooms."); ok && rooms != nil {
			rooms[space.RoomType(r)] += m2
		}
	}
	for _, s := range space.ShortRooms(needs, rooms) {
		b.warn(a, "over capacity", fmt.Sprintf("%s would need %.0f m² of %s and has %.0f m² (%s)", name, s.Needed, s.Room, s.Has, space.SlotName(s.Slot)))
	}
}
