package businesscase

import (
	"fmt"
	"math"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/access"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// AccessOf measures what a scenario does to the reach of the public services whose places it changes, on foot and by bus, in the
// year after its last move. It is nil when the project has no residents on the map.
func AccessOf(cmp *appraisal.Comparison, id model.ScenarioID) *Access {
	var before, after *appraisal.Result
	for i := range cmp.Options {
		switch cmp.Options[i].Scenario.ID {
		case cmp.Baseline:
			before = &cmp.Options[i]
		case id:
			after = &cmp.Options[i]
		}
	}
	if before == nil || after == nil {
		return nil
	}
	year := cmp.BaseYear
	for _, m := range after.Plan.Moves {
		year = max(year, m.Year+1)
	}
	year = min(year, cmp.BaseYear+cmp.Years-1)
	out := &Access{Scenario: id, Year: year, Minutes: access.Limit, Grade: model.Estimated,
		Source: "residents by small area; straight-line distance with a detour factor and a speed for each way of travelling, for comparing plans and not for timetables"}
	for _, mode := range []access.Mode{access.Walk, access.Bus} {
		changes := access.Compare(cmp.Project, before.Plan, after.Plan, year, mode)
		if changes == nil {
			return nil
		}
		for _, c := range changes {
			if c.SitesBefore == c.SitesAfter && c.PeopleWorse == 0 && c.PeopleBetter == 0 {
				continue
			}
			s := AccessService{Name: c.Service, Mode: c.Mode, SitesBefore: c.SitesBefore, SitesEnd: c.SitesAfter, MeanBefore: safe(c.MeanBefore), MeanEnd: safe(c.MeanAfter),
				PeopleWorse: safe(c.PeopleWorse), PeopleBetter: safe(c.PeopleBetter)}
			for _, g := range c.Counts {
				if skipped(g.Group) {
					continue
				}
				s.Groups = append(s.Groups, AccessGroup{Name: g.Group, People: safe(g.People), Before: safe(g.Before), After: safe(g.After)})
			}
			for _, w := range c.Worse {
				name := w.Name
				if name == "" {
					name = w.Area
				}
				if model.Finite(w.Minutes) {
					s.Worse = append(s.Worse, AccessPlace{Name: name, People: safe(w.People), Minutes: w.Minutes})
				}
			}
			out.Services = append(out.Services, s)
		}
	}
	return out
}

// skipped are the groups whose numbers say no more than those of the groups beside them.
func skipped(group string) bool {
	g := strings.ToLower(group)
	return g == "male" || g == "not disabled" || strings.HasPrefix(g, "aged 16") || strings.HasPrefix(g, "households with ")
}

// access is what is known of travel under the preferred option, worked out once.
func (b *builder) access() *Access {
	if b.opt.Access == nil && b.preferred != nil && !b.measured {
		b.measured = true
		b.opt.Access = AccessOf(b.cmp, b.preferred.Scenario.ID)
	}
	return b.opt.Access
}

// accessWords is the sentence of the summary about reach: the service that loses most people, or that none does.
func (b *builder) accessWords() {
	a := b.access()
	if a == nil || b.preferred == nil || len(a.Services) == 0 {
		return
	}
	g := mark(a.Grade)
	for _, s := range a.Services {
		if s.SitesEnd == 0 {
			b.say("No place to use the service “@” would be left under @.", lower(b.free(s.Name)), b.preferred.name)
			return
		}
	}
	worst, lost := hardest(a)
	if lost < 0.5 {
		b.say("Of the public services that move, none would have fewer residents within @ minutes than today.", plain("access.minutes", a.Minutes, 0, "minutes"))
		return
	}
	b.say("The largest loss of access is for the service “@”: @ fewer residents would be within @ minutes of it @.", lower(b.free(worst.Name)),
		document.Field{Key: "access." + worst.Name + "." + worst.Mode + ".lost", Text: Number(lost, 0), Value: lost, Unit: "people", Grade: g}, plain("access.minutes", a.Minutes, 0, "minutes"), worst.Mode)
}

// coverage shows who is within reach before and after, for the service that loses most people.
func (b *builder) coverage(a *Access) *chart.Chart {
	worst, most := -1, 0.0
	for i, s := range a.Services {
		if len(s.Groups) == 0 || s.Groups[0].People <= 0 {
			continue
		}
		if d := math.Abs(s.Groups[0].After - s.Groups[0].Before); worst < 0 || d > most {
			worst, most = i, d
		}
	}
	if worst < 0 {
		return nil
	}
	s := a.Services[worst]
	p := chart.Bars{Horizontal: true, Series: []chart.Series{{Name: "before"}, {Name: "after"}}}
	for _, g := range s.Groups {
		if g.People <= 0 {
			continue
		}
		p.Categories = append(p.Categories, capital(g.Name))
		p.Series[0].Values = append(p.Series[0].Values, g.Before/g.People)
		p.Series[1].Values = append(p.Series[1].Values, g.After/g.People)
	}
	all := s.Groups[0]
	title := fmt.Sprintf("%s of residents are within %s minutes of “%s” %s, as before", Percent(all.After/all.People), Number(a.Minutes, 0), lower(b.free(s.Name)), s.Mode)
	if math.Abs(all.After-all.Before) >= 0.5 {
		title = fmt.Sprintf("%s of residents are within %s minutes of “%s” %s, %s before", Percent(all.After/all.People), Number(a.Minutes, 0), lower(b.free(s.Name)), s.Mode, Percent(all.Before/all.People))
	}
	return &chart.Chart{Title: title, Y: chart.Axis{Label: "share of the group within reach", Unit: chart.Unit{Kind: chart.Percent}}, Plot: p, Source: b.free(a.Source), Grade: string(document.Modelled),
		Alt: title + ". Bars by group of residents, before and after; the table below has the numbers."}
}

// hardest is the service and way of travel that lose most residents within
// reach, and how many; none when nobody is lost.
func hardest(a *Access) (AccessService, float64) {
	var worst AccessService
	lost := 0.0
	for _, s := range a.Services {
		if len(s.Groups) > 0 && s.Groups[0].Before-s.Groups[0].After > lost {
			worst, lost = s, s.Groups[0].Before-s.Groups[0].After
		}
	}
	return worst, lost
}
