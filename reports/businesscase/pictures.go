package businesscase

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/reports/chart"
)

// Picture is one chart or map of the business case, for use outside it.
type Picture struct {
	Name   string // "social-value", fit for a file name
	Chart  *chart.Chart
	Height float64 // in points beside a width of a page
}

// Pictures are the charts and maps of the business case, with the same figures and the same edition.
func Pictures(cmp *appraisal.Comparison, opt Options) ([]Picture, error) {
	b, err := newBuilder(cmp, opt)
	if err != nil {
		return nil, err
	}
	var out []Picture
	put := func(name string, c *chart.Chart, height float64) {
		if c != nil {
			out = append(out, Picture{name, c, height})
		}
	}
	put("estate-map", b.estateMap(), 420)
	put("cost-and-use", b.quadrant(), 300)
	put("challenge", b.challengeChart(b.scores()), 300)
	put("social-value", b.cumulativeValue(), 260)
	if b.preferred != nil {
		if a := b.access(); a != nil {
			put("reach", b.coverage(a), 300)
		}
		put("make-up-of-value", b.waterfall(), 280)
		put("range-of-value", b.fanChart(), 260)
		put("tornado", b.tornadoChart(), 300)
		put("change-map", b.changeMap(), 420)
		for i, g := range b.gantts(b.preferred) {
			put(fmt.Sprintf("programme-%d", i+1), &g.Chart, g.height)
		}
	}
	put("public-cash", b.cashChart(), 260)
	put("emissions", b.pathway(), 260)
	put("cost-of-a-tonne", b.abatementChart(b.steps()), 260)
	return out, nil
}
