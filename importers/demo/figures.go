package demo

import (
	"fmt"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/reference"
)

// rates are modelled yearly costs in £ per m² of floor area by use, and what a
// square metre would sell for. They are placeholders of the order seen in
// published local-authority accounts; a user's actuals replace them.
type rates struct{ maintenance, cleaning, rates, other, value float64 }

var ratesOf = map[model.Use]rates{
	model.UseTownHall:  {26, 16, 38, 17, 900},
	model.UseOffice:    {22, 14, 36, 14, 1100},
	model.UseLibrary:   {21, 15, 27, 12, 850},
	model.UseCommunity: {17, 9, 12, 9, 600},
	model.UseLeisure:   {30, 18, 24, 20, 700},
	model.UseClinic:    {26, 22, 30, 14, 1000},
	model.UseNursery:   {19, 17, 16, 10, 800},
	model.UseYouth:     {17, 11, 12, 9, 600},
	model.UseCare:      {24, 20, 14, 15, 900},
	model.UseEmergency: {24, 10, 25, 14, 700},
	model.UseStore:     {8, 2, 8, 4, 300},
	model.UseDepot:     {10, 3, 14, 7, 350},
	model.UseCemetery:  {16, 6, 8, 8, 100},
	model.UseOther:     {15, 8, 12, 8, 500},
	model.UseToilet:    {30, 60, 10, 10, 200},
}

const costSource = "modelled: £ per m² of floor area by use, placeholder (package importers/demo)"

// typicalArea is the floor area in m² given to a partner's premises when its
// owner publishes none.
var typicalArea = map[model.Use]float64{
	model.UseClinic: 650, model.UseOffice: 900, model.UseEmergency: 800, model.UseCommunity: 400, model.UseNursery: 370,
	model.UseLibrary: 450, model.UseLeisure: 2600,
}

// sharedAreas finds the floor areas that the register gives for a whole site on
// each of its rows, keeps one and takes the others away, saying so.
func sharedAreas(assets []model.Asset) []model.Finding {
	type key struct {
		stem string
		area float64
	}
	first := map[key]int{}
	var out []model.Finding
	for i := range assets {
		a := &assets[i]
		if !a.FloorArea.Known() || a.FloorArea.Value < 50 {
			continue
		}
		keep, seen := 0, false
		for _, stem := range stems(a) {
			k := key{stem, a.FloorArea.Value}
			j, ok := first[k]
			if ok {
				keep, seen = j, true
			} else {
				first[k] = i
			}
		}
		if !seen {
			continue
		}
		out = append(out, model.Finding{Severity: model.Warning, File: registerFile, Column: "BuildingSize", Asset: a.ID,
			Value:   fmt.Sprintf("%g", a.FloorArea.Value),
			Message: fmt.Sprintf("%s has the same floor area as %s: the figure is of the whole site and is counted once", a.Name, assets[keep].Name),
			Remedy:  "Ask for the floor area of each block."})
		a.FloorArea = model.Figure{}
	}
	return out
}

// stems are what the rows of one site have in common: the property reference
// number, and the first words of the name.
func stems(a *model.Asset) []string {
	var out []string
	if a.UPRN != "" {
		out = append(out, a.UPRN)
	}
	name := strings.ToLower(a.Name)
	if i := strings.IndexAny(name, ",("); i > 0 {
		name = name[:i]
	}
	w := strings.Fields(name)
	if len(w) > 2 {
		w = w[:2]
	}
	return append(out, strings.Join(w, " "))
}

// operated says whether the council itself pays to run the building.
func operated(a *model.Asset) bool {
	t := strings.ToLower(a.Tenure.Detail)
	return a.Use.Built() && a.Use != model.UseSchool && !strings.HasPrefix(t, "leasehold out")
}

// condition reads a condition grade from the energy rating: the two go together
// in old stock, and the register gives nothing better.
func condition(rating string) string {
	switch strings.ToUpper(rating) {
	case "A", "B", "C":
		return "B"
	case "E", "F", "G":
		return "C"
	}
	return "B"
}

// figures models what an asset costs and uses, where it is not already known.
func figures(a *model.Asset, set *reference.Set, as map[string]model.Assumption) {
	area := a.FloorArea
	if !area.Known() || area.Value <= 0 {
		return
	}
	vacant := a.SaidEmpty()
	r, ok := ratesOf[a.Use]
	if !ok {
		r = ratesOf[model.UseOther]
	}
	cost := func(c model.Cost, perM2 float64) {
		if f := a.Costs.Get(c); f.Known() {
			return
		}
		a.Costs.Set(c, model.Figure{Value: round(perM2 * area.Value), Grade: model.Placeholder, Source: costSource})
	}
	if vacant {
		cost(model.CostOther, 18)
		cost(model.CostMaintenance, 6)
	} else {
		cost(model.CostMaintenance, r.maintenance)
		cost(model.CostCleaning, r.cleaning)
		cost(model.CostRates, r.rates)
		cost(model.CostOther, r.other)
		energy(a, set)
	}
	if a.Condition == "" {
		a.Condition = condition(a.EnergyRating)
	}
	if !a.Backlog.Known() {
		c := a.Condition
		if vacant {
			c = "C"
		}
		per := as["condition.remedial."+c]
		a.Backlog = model.Figure{Value: round(per.Value * area.Value), Grade: model.Placeholder,
			Source: fmt.Sprintf("modelled: condition %s × £%.0f/m² to return to B (reference table, placeholder)", c, per.Value)}
	}
	if !a.Value.Known() && a.Tenure.Kind != model.Leasehold {
		a.Value = model.Figure{Value: round(r.value * area.Value), Grade: model.Placeholder, Source: "modelled: £ per m² by use, placeholder; not a valuation"}
	}
	if a.Use == model.UseTownHall || a.Use == model.UseOffice {
		m2 := as["space.m2_per_fte"].Value * 1.5
		a.Desks = model.Figure{Value: float64(int(area.Value / 1.25 / m2)), Grade: model.Estimated,
			Source: fmt.Sprintf("modelled: lettable area (floor area ÷ 1.25) at %.0f m² a desk", m2)}
	}
}

func energy(a *model.Asset, set *reference.Set) {
	if f := a.Energy.Get(model.Electricity); f.Known() {
		return
	}
	cat, power, heat := set.TM46For(a.Use)
	if cat == "" {
		return
	}
	src := "modelled: CIBSE TM46 typical benchmark, " + cat
	a.Energy.Set(model.Electricity, model.Figure{Value: round(power * a.FloorArea.Value), Grade: model.Benchmark, Source: src})
	if heat > 0 {
		a.Energy.Set(model.Gas, model.Figure{Value: round(heat * a.FloorArea.Value), Grade: model.Benchmark, Source: src})
	}
}

func round(v float64) float64 { return float64(int(v + 0.5)) }
