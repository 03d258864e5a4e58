package optimise

import (
	"context"
	"math"
	"testing"

	"github.com/planting-the-flag/flagstone/model/optimise/highs"
)

// TestShadowPricesAgainstTheLinearProgramme holds the prices of limits to those
// of the linear programme as HiGHS solves it. The bound packs whole services, so
// they are near each other and not the same; a limit that does not bind has none.
func TestShadowPricesAgainstTheLinearProgramme(t *testing.T) {
	e := withHiGHS(t)
	for _, o := range optima(t, "SSCFLP")[:3] {
		p := holmberg(t, o.name)
		open, tonnes := 0.0, 0.0
		for i := range p.Actions {
			a := &p.Actions[i][0]
			a.Capex = []float64{1 + float64(i%3)}
			a.Carbon = []float64{100 + a.Cost/10}
			open += a.Capex[0]
			tonnes += a.Carbon[0]
		}
		p.Budget = map[int]float64{0: open}               // asks for nothing
		p.CarbonTarget = map[int]float64{0: 0.6 * tonnes} // few may open
		res, err := Solve(context.Background(), p, Options{WorkLimit: 60_000, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		c := compile(p)
		g := c.programme(c.full())
		g.model.Integer = nil
		run, err := e.Solve(context.Background(), &g.model, math.Inf(1), highs.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if run.Status() != highs.Optimal {
			t.Fatalf("%s: the linear programme is %v", o.name, run.Status())
		}
		_, rows := run.Duals()
		if abs(rows[g.limit[0]]) > 1e-9 || len(res.ShadowPrices) != 1 || res.ShadowPrices[0].Kind != KindCarbon {
			t.Errorf("%s: prices %v; in the linear programme the budget has %v", o.name, res.ShadowPrices, rows[g.limit[0]])
			continue
		}
		// A row's price in the programme is what more room adds to the cost.
		ours, theirs := res.ShadowPrices[0].Price, -rows[g.limit[1]]
		if theirs <= 0 || abs(ours-theirs) > 0.25*theirs {
			t.Errorf("%s: a tonne is priced at %v, by the linear programme at %v", o.name, ours, theirs)
		}
	}
}
