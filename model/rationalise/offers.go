package rationalise

import (
	"fmt"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/lease"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"slices"
	"strings"
)

// mayClose says whether closing may be offered. A building in which no service
// is recorded may well be in use, so somebody has to say that it is empty.
func (b *Problem) mayClose(a *model.Asset) bool {
	if !b.housed[a.ID] && !a.SaidEmpty() {
		return false
	}
	if b.locked(a) != "" || (b.spec.Organisers != nil && !b.spec.Organisers[a.Organisation]) {
		return false
	}
	for _, id := range b.spec.Keep {
		if id == a.ID {
			return false
		}
	}
	return true
}

// locked is the kind of the lock that keeps a building from being let go; empty
// when there is none or the user has said that it may be all the same.
func (b *Problem) locked(a *model.Asset) string {
	for _, l := range a.Locks {
		if !slices.ContainsFunc(b.spec.LetGo, func(kind string) bool { return strings.EqualFold(kind, l.Kind) }) {
			return l.Kind
		}
	}
	return ""
}

// buildings lists the decisions of each building with their price.
func (b *Problem) buildings() error {
	p := b.project
	kept := map[string]int{}
	for i := range p.Assets {
		a := &p.Assets[i]
		if !b.considered(a) {
			continue
		}
		if kind := b.locked(a); kind != "" {
			kept[kind]++
		}
		row, err := b.price(a, b.offers(a))
		if err != nil {
			return err
		}
		b.at[a.ID] = len(b.Problem.Buildings)
		b.Problem.Buildings = append(b.Problem.Buildings, optimise.Building{ID: string(a.ID)})
		b.Problem.Actions = append(b.Problem.Actions, row)
	}
	for _, kind := range sortedKinds(kept) {
		one, many := "building stays", "buildings stay"
		if kept[kind] == 1 {
			many = one
		}
		b.note("%d %s (%s) because nobody said that what is so protected may be let go.", kept[kind], many, kind)
	}
	return nil
}

func sortedKinds(m map[string]int) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// offers lists what may be done with a building, to leave it as it is first.
func (b *Problem) offers(a *model.Asset) []offer {
	out := []offer{{"keep", true, nil}}
	act := func(kind model.ActionKind, year int) model.Action {
		return model.Action{ID: model.ActionID(fmt.Sprintf("%s.%s", a.ID, kind)), Kind: kind, Asset: a.ID, Year: year}
	}
	for y := b.spec.Year; y < b.spec.Year+b.spec.Spread; y++ {
		add := func(name string, open bool, acts ...model.Action) {
			if b.spec.Spread > 1 {
				name += " in " + model.FinancialYear(y)
			}
			out = append(out, offer{name, open, acts})
		}
		repair := act(model.Retain, y)
		if a.Backlog.Value > 0 {
			add("keep and repair", true, repair)
		}
		if len(b.spec.Measures) > 0 {
			r := act(model.Retrofit, y)
			r.Measures = b.spec.Measures
			add("keep and retrofit", true, r)
			if a.Backlog.Value > 0 {
				add("keep, repair and retrofit", true, repair, r)
			}
		}
		if b.mayClose(a) && a.Tenure.Kind != model.Leasehold && a.Tenure.Kind != model.Licence {
			add("sell", false, act(model.Sell, y))
			if _, ok := conversionFor(a); ok && a.FloorArea.Value >= 300 {
				c := act(model.Repurpose, y)
				c.NewUse = model.UseHomes
				add("turn into homes", false, c)
			}
		}
	}
	if b.mayClose(a) && (a.Tenure.Kind == model.Leasehold || a.Tenure.Kind == model.Licence) {
		y := b.leaseYear(a)
		out = append(out, offer{"leave in " + model.FinancialYear(y), false, []model.Action{act(model.ExitLease, y)}})
	}
	return out
}

// conversionFor says whether turning the building into homes may be offered: a
// plain building in a residential setting rather than a specialised one.
func conversionFor(a *model.Asset) (model.Use, bool) {
	switch a.Use {
	case model.UseOffice, model.UseTownHall, model.UseCommunity, model.UseLibrary, model.UseYouth, model.UseNursery, model.UseCare:
		return model.UseHomes, true
	}
	return "", false
}

// leaseYear is the first year in which a lease can be left, not before the year
// of change. Notice can be served from the base year on.
func (b *Problem) leaseYear(a *model.Asset) int {
	y := b.spec.Year
	l := lease.Of(a)
	if l == nil {
		return y
	}
	exit, err := l.Leave(fmt.Sprintf("%d-04-01", y), fmt.Sprintf("%d-04-01", b.project.BaseYear))
	if e, ok := action.YearOf(exit.Ends); err == nil && ok {
		return max(y, min(e, b.project.LastYear()))
	}
	return y
}
