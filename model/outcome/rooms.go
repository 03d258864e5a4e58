package outcome

import (
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/space"
)

// Room is how a building's floor is used in a year under a plan.
type Room struct {
	Asset  model.AssetID
	Taken  float64 // m² of the busiest session
	Shared float64 // m² spared because services use the same rooms at other sessions
	Spare  float64 // m² free at the busiest session; −1 when the floor area is not known
	Desks  float64 // in use at the busiest session
	Peak   string  // which session that is
}

// Rooms says how full each building with a service in it is in a year, in the
// project's order: by its busiest session, never by an average.
func Rooms(p *model.Project, plan *action.Plan, year int) []Room {
	seats := plan.Seats(p, year)
	by := map[model.AssetID][]space.Seat{}
	for _, s := range seats {
		by[s.Asset] = append(by[s.Asset], s)
	}
	week := space.Timetable(seats)
	var out []Room
	for i := range p.Assets {
		a := &p.Assets[i]
		w := week[a.ID]
		if w == nil {
			continue
		}
		r := Room{Asset: a.ID, Taken: w.PeakArea(), Shared: w.Shared(by[a.ID]), Spare: -1}
		if a.FloorArea.Known() {
			r.Spare = a.FloorArea.Value - r.Taken
		}
		desks, slot := w.Peak()
		r.Desks, r.Peak = desks, space.SlotName(slot)
		out = append(out, r)
	}
	return out
}
