package action

import (
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/space"
)

// Seats lists who sits where in a year, with the sessions and the area that each
// takes there: what the space ledger was written from.
func (pl *Plan) Seats(p *model.Project, year int) []space.Seat {
	type key struct {
		asset   model.AssetID
		service model.ServiceID
	}
	at := map[key]int{}
	var out []space.Seat
	for i := range pl.sat {
		s := &pl.sat[i]
		if s.from > year || s.to <= year || s.site >= len(p.Assets) {
			continue
		}
		k := key{p.Assets[s.site].ID, s.service.ID}
		n, ok := at[k]
		if !ok {
			n = len(out)
			at[k] = n
			out = append(out, space.Seat{Asset: k.asset, Service: k.service})
		}
		q := &out[n]
		q.Sessions |= s.sessions
		q.Area += s.area
		q.Desks += s.desks
		q.FTE += s.service.FTE.Value * s.share
	}
	return out
}

// Needs is the rooms that a service asks for where a share of it sits.
func Needs(s *model.Service, seat space.Seat) space.Need {
	n := space.Need{Sessions: seat.Sessions, Rooms: map[string]float64{}}
	share := 1.0
	if s.FTE.Value > 0 {
		share = seat.FTE / s.FTE.Value
	}
	for r, m2 := range s.Needs {
		n.Rooms[r] = m2 * share
	}
	return n
}
