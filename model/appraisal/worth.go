package appraisal

import (
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// lens looks at one stream the way a figure does: what a flow of the stream adds
// to NPSV, to public cash, to the footprint. Every figure is a sum over streams
// of what its lens sees, which is what makes figures open to explanation and
// switching values cheap.
type lens func(s *ledger.Stream, flow []float64) float64

// lenses of a comparison. They repeat view and result stream by stream; a test
// holds them to the totals.
type lenses struct {
	r *runner
}

func (c *Comparison) lenses() (*lenses, error) {
	r, err := newRunner(c)
	if err != nil {
		return nil, err
	}
	return &lenses{r}, nil
}

// npsv is what a flow adds to net present social value, carbon included.
func (l *lenses) npsv(discount []float64) lens { return l.npsvWith(discount, l.r.c.CarbonCase) }

// npsvWith is npsv with another series of carbon values.
func (l *lenses) npsvWith(discount []float64, values Case) lens {
	r := l.r
	price := r.value[values]
	return func(s *ledger.Stream, flow []float64) float64 {
		v := 0.0
		switch s.Ledger {
		case ledger.Money:
			if ledger.IsEconomic(s) {
				v += PresentValue(flow, discount)
			}
			if r.c.TaxBurden > 0 && ledger.IsCash(s) && r.isPublic(s.Payer) && !r.withinThePurse(s) {
				v += r.c.TaxBurden * PresentValue(flow, discount)
			}
		case ledger.Carbon:
			for t, q := range flow {
				if q != 0 {
					v -= q * l.changeFactor(s, t) / 1000 * price[t] * discount[t]
				}
			}
		}
		return v
	}
}

// public is what a flow adds to the present value of public bodies' cash.
func (l *lenses) public(discount []float64) lens {
	return func(s *ledger.Stream, flow []float64) float64 {
		if ledger.IsMoney(s) && ledger.IsCash(s) && l.r.isPublic(s.Payer) {
			return PresentValue(flow, discount)
		}
		return 0
	}
}

// cost is what a flow adds to the present cost to the public purse as a whole.
func (l *lenses) cost(discount []float64) lens {
	return func(s *ledger.Stream, flow []float64) float64 {
		if ledger.IsMoney(s) && ledger.IsCash(s) && l.r.isPublic(s.Payer) && !l.r.withinThePurse(s) {
			return -PresentValue(flow, discount)
		}
		return 0
	}
}

// footprint is the tonnes a flow emits with conversion factors.
func (l *lenses) footprint() lens {
	return func(s *ledger.Stream, flow []float64) float64 {
		if s.Ledger != ledger.Carbon {
			return 0
		}
		v := 0.0
		for t, q := range flow {
			if q != 0 {
				v += q * l.footprintFactor(s, t) / 1000
			}
		}
		return v
	}
}

// capex is what a flow adds to capital cost; receipts to receipts.
func (l *lenses) capex() lens {
	return func(s *ledger.Stream, flow []float64) float64 {
		v := 0.0
		if ledger.IsMoney(s) && ledger.IsCash(s) && s.Capital {
			for _, f := range flow {
				v -= min(f, 0)
			}
		}
		return v
	}
}

func (l *lenses) receipts() lens {
	return func(s *ledger.Stream, flow []float64) float64 {
		v := 0.0
		if ledger.IsMoney(s) && ledger.IsCash(s) && (s.Capital || s.Category == ledger.CatReceipt) {
			for _, f := range flow {
				v += max(f, 0)
			}
		}
		return v
	}
}

// inYear is a lens on one year's flow alone.
func inYear(t int, of func(s *ledger.Stream, t int, q float64) float64) lens {
	return func(s *ledger.Stream, flow []float64) float64 {
		if t < 0 || t >= len(flow) || flow[t] == 0 {
			return 0
		}
		return of(s, t, flow[t])
	}
}

// changeFactor is kgCO2e a unit of the stream for a change in consumption.
func (l *lenses) changeFactor(s *ledger.Stream, t int) float64 {
	if s.Unit == "kWh" {
		return factorOf(l.r.change[s.Fuel], t)
	}
	return l.otherFactor(s)
}

// footprintFactor is kgCO2e a unit of the stream for a footprint.
func (l *lenses) footprintFactor(s *ledger.Stream, t int) float64 {
	if s.Unit == "kWh" {
		return factorOf(l.r.factors[s.Fuel], t)
	}
	return l.otherFactor(s)
}

func (l *lenses) otherFactor(s *ledger.Stream) float64 {
	switch s.Unit {
	case "m³":
		return l.r.waterKg
	case "kgCO2e":
		return 1
	}
	return 0
}

// factorOf is 0 for energy of a fuel without factors.
func factorOf(row []float64, t int) float64 {
	if row == nil {
		return 0
	}
	return row[t]
}
