package action

import (
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/model/space"
)

// Seats lists who sits where in a year, read back from the space ledger: the
// one account of it.
func (pl *Plan) Seats(p *model.Project, year int) []space.Seat {
	sessions := make(map[model.ServiceID]model.Session, len(p.Services))
	area := make(map[model.ServiceID]float64, len(p.Services))
	for i := range p.Services {
		sessions[p.Services[i].ID] = p.Services[i].Sessions
	}
	for _, o := range p.Occupations {
		area[o.Service] += o.Area.Value
	}
	for _, m := range pl.Moves {
		if m.Year <= year {
			area[m.Service] += m.Area - m.Left
		}
	}
	type key struct {
		asset   model.AssetID
		service model.ServiceID
	}
	at := map[key]int{}
	var out []space.Seat
	for i := range pl.Streams {
		s := &pl.Streams[i]
		if s.Ledger != ledger.Space || s.Service == "" || s.First > year || s.Last < year {
			continue
		}
		k := key{s.Asset, s.Service}
		n, ok := at[k]
		if !ok {
			n = len(out)
			at[k] = n
			out = append(out, space.Seat{Asset: s.Asset, Service: s.Service, Sessions: sessions[s.Service], Area: area[s.Service]})
		}
		switch s.Category {
		case ledger.CatPeople:
			out[n].FTE += s.Quantity
		case ledger.CatDesks:
			out[n].Desks += s.Quantity
		}
	}
	return out
}
