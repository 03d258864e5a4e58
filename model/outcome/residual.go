package outcome

import (
	"fmt"
	"math"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
)

// Residual is what is left for the land under one phase of a development: what a
// developer could pay for it, or, when negative, what it would need.
type Residual struct {
	Action model.ActionID
	Asset  model.AssetID
	Phase  string
	Use    model.Use
	Start  int
	Area   float64
	Value  *appraisal.Residual
}

// Residuals works out the land under every phase of a scenario, and under every
// whole building that changes use, each on its own money alone. It is
// information for the decision at each phase and in no total.
func Residuals(p *model.Project, s *model.Scenario, book *model.Book) ([]Residual, error) {
	var out []Residual
	for _, a := range s.ByYear() {
		asset := p.Asset(a.Asset)
		if asset == nil {
			continue
		}
		phases := action.Phases(&a)
		if a.Kind == model.Repurpose && asset.FloorArea.Known() {
			phases = []model.Phase{{Name: "whole building", Use: a.NewUse, FloorArea: asset.FloorArea.Value, Start: a.Year}}
		} else if a.Kind != model.Develop {
			continue
		}
		for _, ph := range phases {
			r, err := residual(&a, ph, book)
			if err != nil {
				return nil, err
			}
			if r != nil {
				out = append(out, Residual{Action: a.ID, Asset: a.Asset, Phase: ph.Name, Use: ph.Use, Start: ph.Start, Area: ph.FloorArea, Value: r})
			}
		}
	}
	return out, nil
}

func residual(a *model.Action, ph model.Phase, book *model.Book) (*appraisal.Residual, error) {
	var c action.Conversion
	for _, x := range action.Conversions() {
		if x.Use == ph.Use {
			c = x
		}
	}
	if c.Use == "" || ph.FloorArea <= 0 {
		return nil, nil // a conflict of the plan names it
	}
	var missing []string
	get := func(key string) float64 {
		for _, own := range []map[string]float64{ph.Values, a.Values} {
			if v, ok := own[key]; ok {
				return v
			}
		}
		as, ok := book.Get(key)
		if !ok {
			missing = append(missing, key)
		}
		return as.Value
	}
	use := "convert." + string(ph.Use) + "."
	net := ph.FloorArea * get(use+"net_to_gross")
	years := get(use + "years")
	if ph.Years > 0 {
		years = float64(ph.Years)
	}
	s := appraisal.Scheme{Label: ph.Name, Build: ph.FloorArea * get(c.Cost) * get("works.location"), Fees: get("works.fees"), Contingency: get("works.contingency"),
		SaleCosts: get("sale.cost"), Rate: get("residual.finance"), BuildYears: years, Profit: get("residual.profit")}
	planning := get(use+"planning_months") / 12
	if sale, ok := book.Get(use + "sale"); ok {
		s.Sales = net * orOwn(a, ph, use+"sale", sale.Value)
	} else if rent := net*get(use+"income")*(1-get("let.void")) - ph.FloorArea*get(use+"running"); rent > 0 {
		s.Rent, s.Yield = rent, get("residual.yield")
	}
	if len(missing) > 0 {
		return nil, model.Invalid("assumptions", "the assumption book lacks "+strings.Join(missing, ", "))
	}
	r, err := s.Residual()
	if err != nil || planning == 0 {
		return r, err
	}
	r.Land /= math.Pow(1+s.Rate, planning) // the land waits for consent before anything is spent on it
	r.Statement += fmt.Sprintf(" The land is also financed for %g months of planning; the chance that consent is refused is not in the figure.", 12*planning)
	return r, nil
}

func orOwn(a *model.Action, ph model.Phase, key string, v float64) float64 {
	if x, ok := ph.Values[key]; ok {
		return x
	}
	return a.Value(key, v)
}
