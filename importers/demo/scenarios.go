package demo

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
)

// measures is the retrofit of the hubs, fabric before plant.
var measures = []string{"insulation", "bms", "led", "heatpump", "pv"}

// scenarios writes the three that every comparison begins with. What the hubs
// take in is an illustration of the method, not a proposal of any body.
func scenarios(p *model.Project) error {
	p.Scenarios = []model.Scenario{{ID: "x1", Name: "Business as usual", Kind: model.BusinessAsUsual,
		Description: "Nothing is decided: every building runs on and its backlog grows."}}
	minimum := action.Spec{Name: "Do minimum", Kind: string(model.DoMinimum),
		Description: "The most urgent third of the backlog of the buildings that the council runs is cleared; nothing moves."}
	for i := range p.Assets {
		a := &p.Assets[i]
		if a.Organisation == Council && a.Backlog.Known() && operated(a) && a.FloorArea.Value >= 200 {
			minimum.Actions = append(minimum.Actions, action.SpecAction{Kind: string(model.Retain), Asset: string(a.ID), Year: p.BaseYear + 1,
				Values: map[string]float64{"clear.share": 0.33, "clear.years": 3}, Reason: "urgent repairs only"})
		}
	}
	for _, s := range []action.Spec{minimum, hubs(p)} {
		sc, err := s.Resolve(p)
		if err != nil {
			return fmt.Errorf("demonstration scenario %q: %w", s.Name, err)
		}
		p.Scenarios = append(p.Scenarios, sc)
	}
	return nil
}

// hubs is the option: a hub in three of the towns. Libraries that people use stay
// where they are: the nearest other one would be past a walk for most.
func hubs(p *model.Project) action.Spec {
	s := action.Spec{Name: "Community hubs", Kind: string(model.Option),
		Description: "Shared hubs in Stretford, Sale and Urmston: council, health and government services under one roof, rooms used by day and by evening, every open library kept; the buildings left are let go or become homes, the hubs are taken off gas."}
	add := func(a action.SpecAction, names ...string) {
		h := find(p, a.Asset)
		if h == nil {
			return
		}
		a.Asset = string(h.ID)
		for _, n := range names {
			if f := find(p, n); f != nil {
				a.From = append(a.From, string(f.ID))
			}
		}
		if len(names) > 0 && len(a.From) == 0 {
			return
		}
		s.Actions = append(s.Actions, a)
	}
	co, sell, exit := string(model.CoLocate), string(model.Sell), string(model.ExitLease)
	b := p.BaseYear

	add(action.SpecAction{Kind: co, Asset: "Trafford Town Hall", Year: b + 2, Reason: "Stretford hub: health and jobs beside council help"},
		"TRAFFORD HOUSE", "Jobcentre Plus Stretford")
	add(action.SpecAction{Kind: exit, Asset: "TRAFFORD HOUSE", Year: b + 2})
	add(action.SpecAction{Kind: exit, Asset: "Jobcentre Plus Stretford", Year: b + 2})
	add(action.SpecAction{Kind: string(model.Flex), Asset: "Trafford Town Hall", Year: b + 1, Values: map[string]float64{"flex.home_days": 3},
		Reason: "room for the hub comes from sharing desks"})

	add(action.SpecAction{Kind: co, Asset: "Sale Waterside", Year: b + 2, Reason: "Sale hub"},
		"Claremont Centre", "TRAFFORD NORTH COMMUNITY MENTAL HEALTH TEAM", "CHAPEL ROAD CLINIC")
	add(action.SpecAction{Kind: exit, Asset: "TRAFFORD NORTH COMMUNITY MENTAL HEALTH TEAM", Year: b + 2})
	add(action.SpecAction{Kind: sell, Asset: "CHAPEL ROAD CLINIC", Year: b + 3})
	add(action.SpecAction{Kind: string(model.Repurpose), Asset: "Claremont Centre", Year: b + 3, NewUse: string(model.UseHomes),
		Reason: "empty after the move and near the town centre; homes cost more to make than they fetch"})

	add(action.SpecAction{Kind: co, Asset: "Urmston Library", Year: b + 3, Reason: "Urmston hub: young people in the evening, readers by day, in the same rooms"},
		"Davyhulme Youth Centre")
	add(action.SpecAction{Kind: sell, Asset: "Davyhulme Youth Centre", Year: b + 3})
	add(action.SpecAction{Kind: sell, Asset: "Davyhulme Library", Year: b + 1, Reason: "no longer on the list of libraries"})

	add(action.SpecAction{Kind: sell, Asset: "Moss View Centre", Year: b + 1, Reason: "already empty"})
	for _, hub := range []string{"Trafford Town Hall", "Sale Waterside", "Urmston Library"} {
		add(action.SpecAction{Kind: string(model.Retain), Asset: hub, Year: b + 1, Values: map[string]float64{"clear.years": 4}})
		add(action.SpecAction{Kind: string(model.Retrofit), Asset: hub, Year: b + 3, Measures: measures, Reason: "off gas"})
	}
	return s
}
