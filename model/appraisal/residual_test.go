package appraisal_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
)

// Worked by hand: £100,000 a year at 8 % is £1,250,000; less 5.75 % purchaser's
// costs £1,182,033.10. Build £600,000, fees 12 %: £672,000 of works. Finance 7 %
// a year: half of the works for one year £23,520; all of £695,520 for half a year
// £23,930.12 (√1.07 − 1 = 0.0344080). Letting 15 % of rent £15,000; sale 2 % of net
// value £23,640.66. Profit 15 % of net value £177,304.96.
func TestResidualByHand(t *testing.T) {
	s := appraisal.Scheme{Label: "offices", Rent: 100000, Yield: 0.08, PurchasersCosts: 0.0575, Build: 600000, Fees: 0.12, LettingCosts: 0.15, SaleCosts: 0.02,
		Rate: 0.07, BuildYears: 1, VoidYears: 0.5, Profit: 0.15}
	r, err := s.Residual()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "gross value", r.GrossValue, 1250000, 1e-6)
	near(t, "net value", r.NetValue, 1182033.10, 0.01)
	near(t, "finance on build", r.FinanceBuild, 23520, 1e-6)
	near(t, "finance on void", r.FinanceVoid, 695520*(math.Sqrt(1.07)-1), 1e-6)
	near(t, "letting", r.Letting, 15000, 1e-6)
	near(t, "selling", r.Selling, 23640.66, 0.01)
	near(t, "profit", r.Profit, 177304.96, 0.01)
	left := r.NetValue - 672000 - 15000 - r.Selling - 23520 - r.FinanceVoid - r.Profit
	near(t, "at completion", r.AtCompletion, left, 1e-6)
	near(t, "land today", r.Land, left/math.Pow(1.07, 1.5), 1e-6)
	if !strings.Contains(r.Statement, "every year") {
		t.Errorf("statement: %s", r.Statement)
	}

	s.Compounded, s.ProfitOn, s.BuildShare, s.VoidShare = appraisal.Quarterly, appraisal.OnCost, 0.6, 0.5
	q, err := s.Residual()
	if err != nil {
		t.Fatal(err)
	}
	year := math.Pow(1.0175, 4) - 1
	near(t, "finance by the quarter on 60 %", q.FinanceBuild, 672000*0.6*year, 1e-6)
	costs := 672000 + 15000 + q.Selling + q.FinanceBuild + q.FinanceVoid
	near(t, "profit on cost", q.Profit, 0.15*costs, 1e-6)
	if !strings.Contains(q.Statement, "every quarter") {
		t.Errorf("statement: %s", q.Statement)
	}
}

func TestASchemeThatDoesNotPayHasANegativeResidual(t *testing.T) {
	r, err := appraisal.Scheme{Sales: 100, Build: 500, Rate: 0.05, BuildYears: 1, Profit: 0.2}.Residual()
	if err != nil || r.Land >= 0 {
		t.Errorf("got %+v, %v", r, err)
	}
	for name, s := range map[string]appraisal.Scheme{
		"rent without a yield":    {Rent: 1},
		"negative build":          {Build: -1},
		"compounded monthly":      {Sales: 1, Compounded: 12},
		"profit on hope":          {Sales: 1, ProfitOn: "hope"},
		"build time not a number": {Sales: 1, BuildYears: math.NaN()},
	} {
		if _, err := s.Residual(); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDistributionalWeightsStandBesideTheNPSV(t *testing.T) {
	gain := row("fares saved", []float64{0, 1000})
	gain.Payer, gain.Benefit, gain.Beneficiary = "", true, "low income"
	other := gain
	other.Label, other.Beneficiary = "time saved", model.Residents
	p, plans := place(t, 2026, 2, gain, other, row("cost", []float64{-500}))
	c := compare(t, p, plans, appraisal.Options{})
	w, err := appraisal.Distribution(c, "option", appraisal.Incomes{Of: map[model.OrganisationID]float64{"low income": 25000}, Reference: 35000, Eta: 1.3})
	if err != nil {
		t.Fatal(err)
	}
	// The reference tables: 25k against 35k weighs 1.549, not the 1.65 of a copy.
	near(t, "weight", w.ByGroup["low income"].Weight, 1.549, 0.0005)
	near(t, "others weigh 1", w.Unweighted, 1000/1.035, 1e-9)
	near(t, "weighted", w.Weighted, w.NPSV+1000/1.035*(w.ByGroup["low income"].Weight-1), 1e-9)
	if _, err := appraisal.Weight(0, 1, 1.3); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("no income: %v", err)
	}
}

func TestSwitchingValuesBringTheOptionToNothing(t *testing.T) {
	p, plans := estate(5, 60, 30)
	c := compare(t, p, plans, appraisal.Options{})
	list, err := appraisal.SwitchingValues(c, "a")
	if err != nil {
		t.Fatal(err)
	}
	npsv := c.Result("a").NPSV
	reached := 0
	for _, s := range list {
		if !s.Reached {
			continue
		}
		reached++
		if !model.Finite(s.At) || !model.Finite(s.Change) {
			t.Errorf("%s: %+v", s.Key, s)
		}
		if key, ok := strings.CutPrefix(s.Key, "category:"); ok {
			_ = key
			equal(t, s.Key, s.Now-s.At, npsv)
			continue
		}
		if s.Key == "carbon" {
			equal(t, s.Key, s.Now-s.At, npsv)
			continue
		}
		if s.Key == "discount" {
			rate := s.At
			near(t, "NPSV at the switching rate", compare(t, p, plans, appraisal.Options{Flat: &rate}).Result("a").NPSV, 0, 1)
			continue
		}
		// Setting the assumption to its switching value everywhere gives nothing.
		q, moved := estate(5, 60, 30)
		for _, plan := range moved {
			for i := range plan.Streams {
				st := &plan.Streams[i]
				for j := range st.Rates {
					if st.Rates[j].Key == s.Key {
						st.Rates[j].Value = s.At
					}
				}
				if st.Growth.Key == s.Key {
					st.Growth.Value = s.At
				}
			}
		}
		near(t, "NPSV with "+s.Key, compare(t, q, moved, appraisal.Options{}).Result("a").NPSV, 0, 1)
	}
	if reached == 0 {
		t.Error("no driver reached nothing")
	}
}

func TestTheSwitchingRateIsTheRateOfReturn(t *testing.T) {
	p, plans := place(t, 2026, 6, row("flow", []float64{-100, 30, 30, 30, 30, 30}))
	list, err := appraisal.SwitchingValues(compare(t, p, plans, appraisal.Options{}), "option")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		if s.Key == "discount" {
			near(t, "rate", s.At, 0.152382, 1e-6) // 30 × annuity of 5 years = 100
			return
		}
	}
	t.Error("no switching rate")
}
