package action

import (
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/model/space"
)

// DeskDemand is what flexible working asks of a building: teams share desks, so
// what counts is how many of them all come in on the busiest day.
type DeskDemand struct {
	Action  model.ActionID
	Asset   model.AssetID
	Year    int
	People  float64
	Before  float64                 // desks in use until then
	Desks   float64                 // desks that the service level asks for
	Level   float64                 // chance that everyone finds a desk on the busiest day, as asked
	Mean    [space.Weekdays]float64 // people in, Monday first
	Short   [space.Weekdays]float64 // chance that more people come in than there are desks
	Ratio   float64                 // people for each desk
	Release float64                 // m² no longer taken
}

var dayNames = [space.Weekdays]string{"monday", "tuesday", "wednesday", "thursday", "friday"}

// pattern is when the teams come in: the weekdays that the action states, or a
// number of days at home, by rota or chosen.
func (b *builder) pattern(a *model.Action) space.Pattern {
	fixed := b.shape(a, "flex.fixed_days") == 1
	p := space.Hybrid(b.shape(a, "flex.home_days"), b.shape(a, "flex.peak_day"), b.shape(a, "flex.attendance_sd"), fixed)
	for d, name := range dayNames {
		if v, ok := a.Values["flex.day."+name]; ok {
			p.Days[d] = v
		}
	}
	return p
}

// flex lets the teams of a building work elsewhere on some days and share
// desks: demand falls to the desks that the service level asks for on the
// busiest day.
func (b *builder) flex(at int, a model.Action) {
	s := &b.sites[at]
	home, level := b.term(&a, "flex.home_days"), b.shape(&a, "flex.service_level")
	if home.Value > space.Weekdays || level <= 0 || level >= 1 {
		b.refuse(a, "not possible", fmt.Sprintf("%s: days at home must be 0 to 5 and the service level between 0 and 1", s.asset.Name))
		return
	}
	var teams []int
	d := DeskDemand{Action: a.ID, Asset: s.asset.ID, Year: a.Year, Level: level}
	for _, k := range b.at[at] {
		if q := &b.seats[k]; q.from <= a.Year && q.to > a.Year && q.desks > 0 {
			teams = append(teams, k)
			d.People += q.service.FTE.Value * q.share
			d.Before += q.desks
		}
	}
	if len(teams) == 0 || d.People == 0 {
		b.refuse(a, "nobody there", fmt.Sprintf("%s: no team with desks is there in %s", s.asset.Name, model.FinancialYear(a.Year)))
		return
	}
	p := b.pattern(&a)
	if statesDays(&a) {
		home = ledger.Term{Value: space.Weekdays}
		for _, in := range p.Days {
			home.Value -= in
		}
	}
	var days [space.Weekdays][]float64
	for i := range days {
		if i > 0 && p.Days[i] == p.Days[0] { // most weekdays are alike
			days[i], d.Mean[i] = days[0], d.Mean[0]
			continue
		}
		parts := make([][]float64, len(teams))
		for j, k := range teams {
			q := &b.seats[k]
			parts[j] = p.On(i, int(math.Ceil(q.service.FTE.Value*q.share)))
		}
		days[i] = space.Pool(parts...)
		d.Mean[i] = space.Mean(days[i])
		d.Desks = math.Max(d.Desks, float64(space.Quantile(days[i], level)))
	}
	d.Desks = math.Min(d.Desks, d.Before)
	for i := range days {
		d.Short[i] = space.Exceeds(days[i], d.Desks)
	}
	if d.Desks > 0 {
		d.Ratio = d.People / d.Desks
	}
	keep := d.Desks / d.Before // each team keeps the same share of its desks
	office := b.shape(&a, "flex.office_share")
	for _, k := range teams {
		after := b.seats[k]
		b.seats[k].to = a.Year
		after.from = a.Year
		d.Release += after.area * office * (1 - keep)
		after.area *= 1 - office*(1-keep)
		after.desks *= keep
		b.sit(after)
	}
	b.plan.Desks = append(b.plan.Desks, d)
	b.count(Outcome{Action: a.ID, Asset: s.asset.ID, Kind: SpaceFreed, Quantity: d.Release, Unit: "m²", Year: a.Year, Grade: model.Estimated,
		Source: "desks that the service level asks for on the busiest weekday", Note: "free only when something else uses, lets or closes it"})
	ict := b.item(s, &a, "ict", "equipment for flexible working", ledger.CatFitOut, -d.People, "FTE", "flex.ict")
	b.money(ict)
	hw := b.item(s, &a, "homeworking", "energy used working at home", ledger.CatTravel, d.People, "FTE", "homeworking.kg_per_fte_hour",
		home, b.term(&a, "flex.hours"), b.term(&a, "flex.weeks"))
	hw.Ledger, hw.Unit, hw.Payer, hw.Last = ledger.Carbon, "kgCO2e", model.Residents, b.after-1
	hw.Source = "UK conversion factors 2025: homeworking (equipment and heating)"
	b.add(hw)
}

// statesDays says whether the action states weekdays of its own.
func statesDays(a *model.Action) bool {
	for _, name := range dayNames {
		if _, ok := a.Values["flex.day."+name]; ok {
			return true
		}
	}
	return false
}
