package outcome

import (
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Body is what a scenario comes to for one organisation. Changes are against the
// comparison's baseline; costs saved and money received are positive.
type Body struct {
	Organisation model.OrganisationID
	Public       bool

	Cash     []float64 // £ by year, change, real: what it pays and receives, transfers included
	NPV      float64   // £, the same discounted
	Capital  float64   // £, undiscounted, it spends; absolute, positive
	Receipts float64   // £, undiscounted, it receives from sales; absolute
	Benefit  float64   // £, discounted, change: benefits of which it is the beneficiary

	AreaHeld      float64 // m² of its buildings still in use in the last year
	AreaHeldStart float64 // and in the first
	Housed        float64 // FTE of its services in the last year
	Guests        float64 // FTE of others in its buildings in the last year
	Abroad        float64 // FTE of its services in others' buildings in the last year

	CarbonChange float64 // tCO2e over the horizon, change, footprint of its buildings
	CarbonEnd    float64 // tCO2e in the last year, footprint of its buildings
}

// ByOrganisation splits a scenario among the organisations of the project, in
// the project's order: who pays, who gains, whose space and whose carbon. The
// cash of all of them, and of payers that are no organisation, adds up to the
// scenario's.
func ByOrganisation(c *appraisal.Comparison, id model.ScenarioID) ([]Body, error) {
	r, base := option(c, id), option(c, c.Baseline)
	if r == nil || base == nil {
		return nil, model.NotFound("scenario in the comparison", string(id))
	}
	p := c.Project
	index := map[model.OrganisationID]int{}
	out := make([]Body, len(p.Organisations))
	for i, o := range p.Organisations {
		index[o.ID] = i
		out[i] = Body{Organisation: o.ID, Public: o.Public, Cash: make([]float64, c.Years)}
		copy(out[i].Cash, r.ByBody[o.ID])
		out[i].NPV = appraisal.PresentValue(out[i].Cash, c.Discount)
	}
	owner := make(map[model.AssetID]model.OrganisationID, len(p.Assets))
	for i := range p.Assets {
		owner[p.Assets[i].ID] = p.Assets[i].Organisation
	}
	of := func(o model.OrganisationID) *Body {
		if i, ok := index[o]; ok {
			return &out[i]
		}
		return nil
	}
	add := func(r *appraisal.Result, sign float64) {
		for i := range r.Plan.Streams {
			s := &r.Plan.Streams[i]
			row := r.Flows.Row(i)
			switch s.Ledger {
			case ledger.Money:
				if b := of(s.Beneficiary); b != nil && s.Benefit && !s.Transfer {
					b.Benefit += sign * appraisal.PresentValue(row, c.Discount)
				}
			case ledger.Carbon:
				if b := of(owner[s.Asset]); b != nil {
					for y, t := range footprint(c, s, row) {
						b.CarbonChange += sign * t
						if sign > 0 && y == len(row)-1 {
							b.CarbonEnd += t
						}
					}
				}
			}
		}
	}
	add(base, -1)
	add(r, 1)
	for i := range r.Plan.Streams {
		s := &r.Plan.Streams[i]
		row := r.Flows.Row(i)
		end := row[len(row)-1]
		b := of(owner[s.Asset])
		switch {
		case s.Ledger == ledger.Money && s.Capital && ledger.IsCash(s):
			if b := of(s.Payer); b != nil {
				for _, v := range row {
					b.Capital += max(-v, 0)
					b.Receipts += max(v, 0)
				}
			}
		case s.Category == ledger.CatArea && b != nil && inUse(s):
			b.AreaHeld += end
			b.AreaHeldStart += row[0]
		case s.Category == ledger.CatPeople:
			if g := of(s.Payer); g != nil {
				g.Housed += end
				if owner[s.Asset] != s.Payer {
					g.Abroad += end
				}
			}
			if b != nil && owner[s.Asset] != s.Payer {
				b.Guests += end
			}
		}
	}
	return out, nil
}

func option(c *appraisal.Comparison, id model.ScenarioID) *appraisal.Result {
	for i := range c.Options {
		if c.Options[i].Scenario.ID == id {
			return &c.Options[i]
		}
	}
	return nil
}

// footprint is the tCO2e of a stream of the carbon ledger by year.
func footprint(c *appraisal.Comparison, s *ledger.Stream, row []float64) []float64 {
	out := make([]float64, len(row))
	switch s.Unit {
	case "kWh":
		path := c.Paths[ledger.PathKey("footprint", s.Fuel)]
		for y, v := range row {
			out[y] = v * path.At(c.BaseYear+y) / 1000
		}
	case "kgCO2e":
		for y, v := range row {
			out[y] = v / 1000
		}
	}
	return out
}
