package reference

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
)

// TaxBurden is the uplift that an edition put on public spending for the
// distortion of raising taxes (the marginal excess tax burden), as a fraction.
// An edition that sets none gives 0. Historic comparisons only: the 2026
// edition says that it should generally not be included.
func (s *Set) TaxBurden(edition string) (float64, error) {
	for _, r := range s.table.bySeries["metb_uplift"] {
		if r.Year != edition {
			continue
		}
		if !r.Numeric {
			return 0, nil
		}
		return r.Value / 100, nil
	}
	return 0, model.NotFound("marginal excess tax burden of edition", edition)
}

// CarbonValue is the value of a tonne in one year, in the set's price base. The
// variant is "low", "central" or "high".
func (s *Set) CarbonValue(variant string, year int) (float64, error) {
	p, err := s.carbonPath(variant, year, 1)
	if err != nil {
		return 0, err
	}
	return p.Values[0], nil
}

// Optimism is the optimism bias of a project type: dimension is "capex" or
// "duration", bound "upper" or "lower".
func (s *Set) Optimism(dimension, category, bound string) (float64, error) {
	a, err := s.Assumption("optimism." + dimension + "." + category + "." + bound)
	if err != nil {
		return 0, fmt.Errorf("optimism bias of %s (%s, %s bound): %w", category, dimension, bound, err)
	}
	return a.Value, nil
}
