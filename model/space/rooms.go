package space

import (
	"fmt"
	"math/bits"
	"sort"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

// roomPrefix begins the name of a kept column that states rooms of one type in a
// building, in m²: "rooms: clinic room".
const roomPrefix = "rooms:"

// Rooms reads what an asset's source says of its rooms: type → m², and nil when
// it says nothing, which is not the same as having none.
func Rooms(a *model.Asset) (map[string]float64, error) {
	var out map[string]float64
	for k, v := range a.Extra {
		low := strings.ToLower(strings.TrimSpace(k))
		if !strings.HasPrefix(low, roomPrefix) || strings.TrimSpace(v) == "" {
			continue
		}
		m2, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(v), ",", ""), 64)
		if err != nil || !model.Finite(m2) || m2 < 0 {
			return nil, model.Invalid(k, fmt.Sprintf("%s: %s is %q; it must be floor area in m²", a.Name, k, v))
		}
		if out == nil {
			out = map[string]float64{}
		}
		out[RoomType(low[len(roomPrefix):])] += m2
	}
	return out, nil
}

// RoomType writes the type of a room as rooms are matched by.
func RoomType(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// Need is rooms that a service asks for in its sessions.
type Need struct {
	Sessions model.Session
	Rooms    map[string]float64 // type → m²
}

// Short is a type of room of which a session has too little.
type Short struct {
	Room        string
	Needed, Has float64 // m²
	Slot        int
}

// ShortRooms holds what services need at once against the rooms of a building:
// one entry for each type that is short, at its busiest session, in order of
// type. Services at different sessions use the same room.
func ShortRooms(needs []Need, rooms map[string]float64) []Short {
	if rooms == nil {
		return nil
	}
	weeks := map[string]*[Slots]float64{}
	for _, n := range needs {
		for r, m2 := range n.Rooms {
			r = RoomType(r)
			w := weeks[r]
			if w == nil {
				w = &[Slots]float64{}
				weeks[r] = w
			}
			for m := uint16(hours(n.Sessions)); m != 0; m &= m - 1 {
				w[bits.TrailingZeros16(m)] += m2
			}
		}
	}
	var out []Short
	for r, w := range weeks {
		worst := Short{Room: r, Has: rooms[r]}
		for i, v := range w {
			if v > worst.Needed {
				worst.Needed, worst.Slot = v, i
			}
		}
		if worst.Needed > worst.Has*1.001+1e-9 {
			out = append(out, worst)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Room < out[j].Room })
	return out
}
