package demo

import (
	"fmt"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

const teamSource = "modelled: staff and desks follow floor area by use, placeholder (package importers/demo)"

// office is a team in one of the council's two large civic buildings with its
// share of the floor area. The names are ordinary council functions; how many
// people work where is not published.
var offices = []struct {
	building, team, kind string
	share                float64
	public               bool
}{
	{"Trafford Town Hall", "Adult social care", "", 0.14, false},
	{"Trafford Town Hall", "Children's social care", "", 0.15, false},
	{"Trafford Town Hall", "Place and planning", "", 0.11, false},
	{"Trafford Town Hall", "Finance and systems", "", 0.10, false},
	{"Trafford Town Hall", "Governance and democratic services", "", 0.09, false},
	{"Trafford Town Hall", "Customer contact", "council help in person", 0.04, true},
	{"Sale Waterside", "Revenues and benefits", "", 0.12, false},
	{"Sale Waterside", "Housing options", "housing help in person", 0.04, true},
	{"Sale Waterside", "Public protection", "", 0.07, false},
	{"Sale Waterside", "Waterside arts centre", "arts centre", 0.22, true},
	{"Altrincham Town Hall", "Altrincham registrars", "registrars", 0.45, true},
	{"Claremont Centre", "Claremont family support", "family support", 0.55, true},
}

// typical says what one m² of a public building of a use serves: staff and
// visits a year.
var typical = map[model.Use]struct {
	kind   string
	m2FTE  float64
	visits float64
}{
	model.UseLibrary:   {"library", 110, 45},
	model.UseCommunity: {"community centre", 260, 30},
	model.UseLeisure:   {"leisure centre", 160, 60},
	model.UseClinic:    {"community health clinic", 38, 28},
	model.UseNursery:   {"children's centre", 45, 30},
	model.UseYouth:     {"youth centre", 120, 20},
	model.UseEmergency: {"fire station", 25, 1},
}

// sessionsOf is when public services of a use are open: mornings, afternoons and
// evenings of weekdays, and weekends. Where it says nothing they keep office
// hours.
var sessionsOf = map[model.Use]model.Session{
	model.UseLibrary:   model.OfficeHours | model.Weekend,
	model.UseCommunity: every(1) | every(2) | model.Weekend,
	model.UseYouth:     every(2),
	model.UseLeisure:   every(0) | every(1) | every(2) | model.Weekend,
	model.UseEmergency: every(0) | every(1) | every(2) | model.Weekend,
}

// every is one part of the day on all weekdays.
func every(part int) model.Session {
	var s model.Session
	for d := range 5 {
		s |= model.At(d, part)
	}
	return s
}

// teams puts services into buildings: office teams by share, and one public
// service in each building of a public use that the council or a partner runs.
func teams(p *model.Project) {
	for _, o := range offices {
		a := find(p, o.building)
		if a == nil || !a.FloorArea.Known() {
			continue
		}
		area := a.FloorArea.Value * o.share
		desks := area / 1.25 / 12
		s := model.Service{Name: o.team, Kind: o.kind, Public: o.public, Organisation: a.Organisation, Sessions: model.OfficeHours,
			FTE: guess(desks * 1.3), Desks: guess(desks), Area: guess(area)}
		if o.public {
			s.Visits = guess(area * 35)
		}
		seat(p, s, a)
	}
	libraries(p)
	for i := range p.Assets {
		a := &p.Assets[i]
		t, ok := typical[a.Use]
		if !ok || a.Use == model.UseLibrary || !a.FloorArea.Known() || a.FloorArea.Value < 150 || !runsItself(p, a) {
			continue
		}
		area := a.FloorArea.Value * 0.8
		kind := t.kind
		if a.Organisation == practices {
			kind = "GP practice"
		}
		open := sessionsOf[a.Use]
		if open == 0 {
			open = model.OfficeHours
		}
		seat(p, model.Service{Name: a.Name, Kind: kind, Public: true, Organisation: a.Organisation, Sessions: open,
			FTE: guess(area / t.m2FTE), Desks: guess(area / t.m2FTE * 0.5), Visits: guess(area * t.visits), Area: guess(area)}, a)
	}
}

// runsItself says whether a service of the building's own use is at work there.
func runsItself(p *model.Project, a *model.Asset) bool {
	for _, o := range p.Occupations {
		if o.Asset == a.ID {
			return false
		}
	}
	t := strings.ToLower(a.Tenure.Detail)
	name := strings.ToLower(a.Name)
	if a.SaidEmpty() || strings.HasPrefix(t, "leasehold out") || strings.HasPrefix(name, "former ") {
		return false
	}
	if a.Use == model.UseLeisure { // pavilions and changing rooms have no staff of their own
		return strings.Contains(name, "leisure centre") || strings.Contains(name, "altair") || strings.HasPrefix(name, "move ")
	}
	return true
}

func guess(v float64) model.Figure {
	return model.Figure{Value: float64(int(v*10+0.5)) / 10, Grade: model.Placeholder, Source: teamSource}
}

func seat(p *model.Project, s model.Service, a *model.Asset) {
	s.ID = model.ServiceID(fmt.Sprintf("s%d", len(p.Services)+1))
	p.Services = append(p.Services, s)
	p.Occupations = append(p.Occupations, model.Occupation{Service: s.ID, Asset: a.ID, Area: s.Area, Desks: s.Desks, Share: 1, Sessions: s.Sessions})
}

// find returns the building whose name begins with the words, preferring the
// whole name.
func find(p *model.Project, name string) *model.Asset {
	n := strings.ToLower(name)
	var hit *model.Asset
	for i := range p.Assets {
		a := &p.Assets[i]
		switch have := strings.ToLower(a.Name); {
		case have == n && a.FloorArea.Known():
			return a
		case hit == nil && strings.HasPrefix(have, n) && a.FloorArea.Known():
			hit = a
		}
	}
	return hit
}
