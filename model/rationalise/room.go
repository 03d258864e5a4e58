package rationalise

import (
	"context"
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/optimise"
)

// Room is what one more square metre for services would be worth in a building
// that a plan fills, with its decisions as they are. It is indicative: services
// move whole, and a metre alone moves none.
type Room struct {
	Asset model.AssetID
	Worth float64 // £ for each m²
}

// Rooms lists the buildings that a plan fills, those where room is dearest first.
// Without HiGHS there are none.
func Rooms(ctx context.Context, b *Problem, plan *Plan, opt optimise.Options) ([]Room, error) {
	list, err := optimise.RoomPrices(ctx, b.Problem, &plan.Solver.Plan, opt)
	if err != nil {
		return nil, err
	}
	var out []Room
	for _, s := range list {
		if worth := s.Price * 1000; worth >= 1 {
			out = append(out, Room{model.AssetID(s.What), worth})
		}
	}
	return out, nil
}

// Words says it: "room in Sale Library: 1 m² more would be worth about £1,200".
func (r Room) Words(name string) string {
	return fmt.Sprintf("room in %s: 1 m² more would be worth about %s (indicative: the decisions stay as they are, and services only move whole)", name, roughly(r.Worth))
}
