package outcome

import (
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Grant is the test of a building's low-carbon works against the threshold of a
// decarbonisation grant: capital for each tonne saved over the years appraised.
type Grant struct {
	Asset    model.AssetID
	Capital  float64 // £, first installation, uplifted; renewals left out
	Tonnes   float64 // tCO2e saved over the years appraised, marginal factors; embodied carbon apart
	PerTonne float64 // £/tCO2e; 0 when nothing is saved
	Within   bool
}

// Grants tests each building in which a scenario plans low-carbon works, in the
// project's order, and gives the threshold in £/tCO2e. It is the building that is
// tested and not the measure: fabric that fails alone may pass with the plant it
// makes smaller.
func Grants(c *appraisal.Comparison, id model.ScenarioID) (tests []Grant, limit float64, err error) {
	r := option(c, id)
	if r == nil {
		return nil, 0, model.NotFound("scenario in the comparison", string(id))
	}
	cap, ok := c.Book.Get("grant.cap_per_tonne")
	if !ok {
		return nil, 0, model.NotFound("assumption", "grant.cap_per_tonne")
	}
	low := map[model.ActionID]bool{}
	for _, a := range r.Scenario.Actions {
		switch a.Kind {
		case model.Retrofit, action.HeatNetwork, action.EnergyGrid:
			low[a.ID] = true
		}
	}
	by := map[model.AssetID]*Grant{}
	for i := range r.Plan.Streams {
		s := &r.Plan.Streams[i]
		if !low[s.Action] {
			continue
		}
		g := by[s.Asset]
		if g == nil {
			g = &Grant{Asset: s.Asset}
			by[s.Asset] = g
		}
		row := r.Flows.Row(i)
		switch {
		case s.Ledger == ledger.Money && s.Capital:
			if y := s.First - c.BaseYear; y >= 0 && y < len(row) {
				g.Capital -= row[y]
			}
		case s.Ledger == ledger.Carbon && s.Unit == "kWh":
			path := c.Paths[ledger.PathKey("marginal", s.Fuel)]
			for y, v := range row {
				g.Tonnes -= v * path.At(c.BaseYear+y) / 1000
			}
		}
	}
	for i := range c.Project.Assets {
		g := by[c.Project.Assets[i].ID]
		if g == nil || g.Capital <= 0 {
			continue
		}
		if g.Tonnes > 0 {
			g.PerTonne = g.Capital / g.Tonnes
			g.Within = g.PerTonne <= cap.Value
		}
		tests = append(tests, *g)
	}
	return tests, cap.Value, nil
}
