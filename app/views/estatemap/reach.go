package estatemap

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/access"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// Rings are how far one comes from a place in so many minutes.
type Rings struct {
	From  string
	Mode  access.Mode
	Lines []RingLine
}

// RingLine is one of them.
type RingLine struct {
	Minutes float64
	Label   string
	Metres  float64 // in a straight line over the ground
	Line    orb.Ring
	People  float64 // residents whose area's middle lies within
}

// ringMinutes are the times drawn for each way of travelling.
func ringMinutes(m access.Mode) []float64 {
	if m.Name == access.Walk.Name {
		return []float64{5, 10, 15, 20}
	}
	return []float64{10, 15, 20, 30} // the wait is part of it
}

// NewRings draws the rings of a mark; they are straight lines with the detour
// and speed of package access, so estimates for comparing places.
func NewRings(sn *Scene, d *Dot, m access.Mode) *Rings {
	at := geo.FromMercator(d.At)
	r := &Rings{From: d.Name, Mode: m}
	for _, t := range ringMinutes(m) {
		l := RingLine{Minutes: t, Metres: m.Metres(t), Label: words.F("%s min", format.Whole(t))}
		if l.Metres <= 0 {
			continue
		}
		for _, p := range geo.Circle(at, l.Metres, 96) {
			l.Line = append(l.Line, geo.ToMercator(p))
		}
		for i := range sn.People {
			if geo.Distance(at, sn.People[i].Place) <= l.Metres {
				l.People += sn.People[i].People
			}
		}
		r.Lines = append(r.Lines, l)
	}
	return r
}

// Catchment is who lives nearer to a building than to any other of the same
// use.
type Catchment struct {
	Of     string
	Use    model.Use
	At     orb.Point
	Codes  map[string]bool // of the areas
	Homes  []orb.Point     // the middles of the areas
	People float64
	Others int     // other buildings of the use
	Worst  float64 // metres to the furthest
}

// NewCatchment works it out; without is told which marks a plan closes, and may
// be nil.
func NewCatchment(sn *Scene, d *Dot, without func(int) bool) *Catchment {
	c := &Catchment{Of: d.Name, Use: d.Use, At: d.At, Codes: map[string]bool{}}
	sites := []model.LatLon{model.LatLon(geo.FromMercator(d.At))}
	for i := range sn.Dots {
		if o := &sn.Dots[i]; o.Use == d.Use && o.ID != d.ID && (without == nil || !without(i)) {
			sites = append(sites, model.LatLon(geo.FromMercator(o.At)))
		}
	}
	c.Others = len(sites) - 1
	places := make([]model.LatLon, len(sn.People))
	for i := range sn.People {
		places[i] = model.LatLon(sn.People[i].Place)
	}
	metres, nearest := access.Nearest(places, sites)
	for i, n := range nearest {
		if n != 0 {
			continue
		}
		c.Codes[sn.People[i].Code] = true
		c.Homes = append(c.Homes, sn.People[i].At)
		c.People += sn.People[i].People
		c.Worst = math.Max(c.Worst, metres[i])
	}
	return c
}
