package businesscase

import (
	"math"
	"sort"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// Access is what travel results say about one option, by whatever model of travel the caller has.
type Access struct {
	Scenario model.ScenarioID
	Year     int
	Minutes  float64 // people nearer than this are within reach
	Services []AccessService
	Grade    model.Grade
	Source   string
}

// AccessService is one kind of public service reached by one mode of travel.
type AccessService struct {
	Name                  string // "library"
	Mode                  string // "on foot"
	SitesBefore, SitesEnd int
	MeanBefore, MeanEnd   float64 // minutes, weighted by residents
	Groups                []AccessGroup
	Worse                 []AccessPlace // most people first
	PeopleWorse           float64
	PeopleBetter          float64
}

// AccessGroup is how many people of a group are within reach before and after.
type AccessGroup struct {
	Name                  string
	People, Before, After float64
}

// AccessPlace is a small area whose residents take longer than before.
type AccessPlace struct {
	Name    string
	People  float64
	Minutes float64 // longer than before
}

// equality says who is better and worse off by the moves.
func (b *builder) equality() {
	b.say("Under section 149 of the Equality Act 2010 the bodies that decide must have due regard to people with protected characteristics. A proposal that moves or closes a public service needs an equality impact assessment before it is decided, and this section is evidence for one, not a substitute.")
	o := b.preferred
	if o == nil {
		b.say("No service moves, because no option has been chosen.")
		return
	}
	b.h(2, "Services that move")
	b.moves(o)
	b.h(2, "Who can reach them")
	switch a := b.access(); {
	case a == nil:
	case len(a.Services) == 0:
		b.say("No kind of service that residents visit has fewer, more or other places than before, so nobody's way to one gets longer.")
		return
	default:
		b.figure(b.coverage(a))
		b.reach(a)
		return
	}
	b.say("Travel times have not been worked out for this paper. They should be, for every public service that moves, before a decision is taken.")
}

// moves is the table of public services that change building.
func (b *builder) moves(o *option) {
	public, staff := 0, 0.0
	t := document.Table{Caption: "Services that move", Columns: []document.Column{{Heading: "Service", RowHeader: true, Weight: 2.2}, {Heading: "From", Weight: 2}, {Heading: "To", Weight: 2}, {Heading: "Year"}, {Heading: "Staff", Unit: "FTE", Align: document.Right, Weight: 0.8},
		{Heading: "Visits", Unit: "a year", Align: document.Right}}}
	list := append(o.Plan.Moves[:0:0], o.Plan.Moves...)
	sort.SliceStable(list, func(i, j int) bool { return list[i].Year < list[j].Year })
	for _, m := range list {
		staff += m.FTE
		s := b.services[m.Service]
		visits := document.CT("–")
		if s != nil && s.Public {
			public++
			visits = document.CT(notKnown)
			if s.Visits.Known() {
				f := plain("service."+string(m.Service)+".visits", s.Visits.Value, 0, "visits")
				f.Grade = mark(s.Visits.Grade)
				visits = document.CF(f)
			}
		}
		fte := plain("move."+string(m.Service)+"."+string(m.From)+".fte", m.FTE, 1, "FTE")
		if s != nil {
			fte.Grade = mark(s.FTE.Grade)
		}
		t.Rows = append(t.Rows, document.R(document.CT(b.service(m.Service)), document.CT(b.asset(m.From)), document.CT(b.asset(m.To)), document.CT(Year(m.Year)), document.CF(fte), visits))
	}
	if len(list) == 0 {
		b.say("No service changes building under the preferred option.")
		return
	}
	n := len(list)
	b.say("Under the preferred option there @, with @ full-time-equivalent staff. @.", movesPhrase(o, n), plain(o.id+".moves.fte", staff, 0, "FTE"), b.publicWords(o, public, n))
	b.add1(t)
}

func movesPhrase(o *option, n int) []document.Inline {
	return mix(plural(n, "is", "are")+" @", things(o.id+".moves", n, "move of a service from one building to another", "moves of services from one building to another"))
}

func (b *builder) publicWords(o *option, public, n int) []document.Inline {
	switch {
	case public == 0:
		return mix(plural(n, "It is not a service that residents visit", "None of them is a service that residents visit"))
	case public == n && n == 1:
		return mix("It is a service that residents visit")
	case public == n:
		return mix("All of them are services that residents visit")
	}
	return mix("@ of them @ a service that residents visit", upper([]document.Inline{count(o.id+".moves.public", public)}), plural(public, "is", "are"))
}

// reach is the table of people within reach and of those worse off.
func (b *builder) reach(a *Access) {
	g := mark(a.Grade)
	people := func(k string, v float64) document.Field {
		return document.Field{Key: k, Text: Number(v, 0), Value: v, Unit: "people", Grade: g}
	}
	for _, s := range a.Services {
		k := "access." + s.Name + "." + s.Mode
		name := lower(b.free(s.Name))
		switch d := s.MeanEnd - s.MeanBefore; {
		case s.SitesEnd == 0:
			b.say("No place to use the service “@” would be left.", name)
		case math.Abs(d) < 0.05:
			b.say("The way to the nearest place for “@” (@) stays at @ minutes for the average resident.", name, s.Mode, plain(k+".mean", s.MeanEnd, 1, "minutes"))
		case d > 0:
			b.say("The way to the nearest place for “@” (@) gets @ minutes longer for the average resident, from @ to @. It is longer for @ people and shorter for @.", name, s.Mode, plain(k+".longer", d, 1, "minutes"),
				plain(k+".mean.before", s.MeanBefore, 1, "minutes"), plain(k+".mean", s.MeanEnd, 1, "minutes"), people(k+".worse", s.PeopleWorse), people(k+".better", s.PeopleBetter))
		default:
			b.say("The way to the nearest place for “@” (@) gets @ minutes shorter for the average resident, from @ to @. It is longer for @ people and shorter for @.", name, s.Mode, plain(k+".longer", -d, 1, "minutes"),
				plain(k+".mean.before", s.MeanBefore, 1, "minutes"), plain(k+".mean", s.MeanEnd, 1, "minutes"), people(k+".worse", s.PeopleWorse), people(k+".better", s.PeopleBetter))
		}
	}
	t := document.Table{Caption: "People within " + Number(a.Minutes, 0) + " minutes, before and after (" + Year(a.Year) + ")", Columns: []document.Column{{Heading: "Group", RowHeader: true, Weight: 2.4}, {Heading: "In the group", Align: document.Right}, {Heading: "Before", Align: document.Right},
		{Heading: "After", Align: document.Right}, {Heading: "Change", Align: document.Right}}, Source: "Source: " + sentence(b.free(a.Source))}
	for _, s := range a.Services {
		t.Rows = append(t.Rows, document.Row{Kind: document.Subhead, Cells: []document.Cell{document.CT(capital(b.free(s.Name)) + ", " + s.Mode)}})
		for _, x := range s.Groups {
			k := "access." + s.Name + "." + s.Mode + "." + x.Name
			t.Rows = append(t.Rows, document.R(document.CT(capital(b.free(x.Name))), document.CF(people(k+".people", x.People)), document.CF(people(k+".before", x.Before)), document.CF(people(k+".after", x.After)), document.CF(people(k+".change", x.After-x.Before))))
		}
	}
	t.Notes = append(t.Notes, "Groups overlap: a person may be in several. Households are counted as households.")
	b.add1(t)
	b.worseOff(a, people)
}

func (b *builder) worseOff(a *Access, people func(string, float64) document.Field) {
	t := document.Table{Caption: "Areas whose residents take longer", Columns: []document.Column{{Heading: "Area", RowHeader: true, Weight: 2.4}, {Heading: "Service", Weight: 1.6}, {Heading: "People", Align: document.Right}, {Heading: "Longer by", Unit: "minutes", Align: document.Right}}}
	listed := map[string]bool{} // one way of travelling for each service: the others follow it
	for _, s := range a.Services {
		if listed[s.Name] {
			continue
		}
		listed[s.Name] = len(s.Worse) > 0
		for i, w := range s.Worse {
			if i == 6 {
				break
			}
			k := "access." + s.Name + "." + s.Mode + ".worse." + w.Name
			t.Rows = append(t.Rows, document.R(document.CT(short(b.free(w.Name), 60)), document.CT(capital(b.free(s.Name))+", "+s.Mode), document.CF(people(k+".people", w.People)), document.CF(plain(k+".minutes", w.Minutes, 1, "minutes"))))
		}
	}
	if len(t.Rows) == 0 {
		b.say("No area was found whose residents would take longer.")
		return
	}
	t.Notes = append(t.Notes, "At most six areas for each service, those with the most people times minutes first.")
	b.add1(t)
}
