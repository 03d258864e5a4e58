package reference_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/reference"
)

func load(t testing.TB, id string) *reference.Set {
	t.Helper()
	s, err := reference.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// contractKeys are the keys other packages name. Losing one breaks a stream.
var contractKeys = []string{
	"energy.price.electricity", "energy.price.gas", "energy.price.oil", "energy.price.district_heat", "energy.price.biomass",
	"works.light", "works.medium", "works.deep", "works.office_to_homes", "works.demolition", "works.fees", "works.contingency", "works.location",
	"holding.vacant", "sale.cost", "sale.agent", "sale.legal", "lease.dilapidations",
	"optimism.capex.standard_buildings.upper", "optimism.capex.standard_buildings.lower", "optimism.duration.non_standard_buildings.upper",
	"optimism.duration.non_standard_buildings.lower", "optimism.capex.outsourcing.upper", "optimism.mitigation",
	"retrofit.bms.cost", "retrofit.led.cost", "retrofit.insulation.cost", "retrofit.glazing.cost", "retrofit.heatpump.cost", "retrofit.pv.cost",
	"retrofit.led.share_of_electricity", "retrofit.ashp.cop", "retrofit.boiler.efficiency", "retrofit.ashp.life", "retrofit.pv.degradation",
	"pv.yield.england_nw_and_n_wales", "seg.export", "space.m2_per_fte", "space.desks_per_fte", "space.gia_per_nia",
	"condition.remedial.A", "condition.remedial.B", "condition.remedial.C", "condition.remedial.D",
	"embodied.light", "embodied.deep", "embodied.demolition", "embodied.new",
	"tm46.general_office.electricity", "tm46.general_office.heat", "tm46.hospital_clinical_and_research.heat",
	"pwlb.rate.10", "pwlb.rate.25", "pwlb.rate.50", "mrp.max_life", "homeworking.kg_per_fte_hour", "water.supply", "water.treatment",
	"sdlt.freehold.1.rate", "sdlt.freehold.3.rate", "sdlt.lease.2.rate", "grant.cap_per_tonne",
}

func TestEverySetHasEveryKeyOfTheContract(t *testing.T) {
	for _, info := range reference.List() {
		s := load(t, info.ID)
		have := map[string]model.Assumption{}
		for _, a := range s.Assumptions() {
			if _, twice := have[a.Key]; twice {
				t.Errorf("%s: key %s twice", info.ID, a.Key)
			}
			have[a.Key] = a
			if a.Label == "" || a.Group == "" || a.Unit == "" || a.Source == "" || a.Grade == model.NotKnown || !model.Finite(a.Value) {
				t.Errorf("%s: %s is incomplete: %+v", info.ID, a.Key, a)
			}
			if strings.Contains(a.Unit, "£") != (a.PriceBase != 0) {
				t.Errorf("%s: %s in %s has price base %d", info.ID, a.Key, a.Unit, a.PriceBase)
			}
		}
		for _, k := range contractKeys {
			if _, ok := have[k]; !ok {
				t.Errorf("%s has no %s", info.ID, k)
			}
		}
	}
}

func TestPathsCoverTheLongestHorizon(t *testing.T) {
	for _, info := range reference.List() {
		paths, err := load(t, info.ID).Paths(2026, 100)
		if err != nil {
			t.Fatal(err)
		}
		for k, p := range paths {
			if p.Key != k || p.Start != 2026 || len(p.Values) != 100 || p.Source == "" || p.Grade == model.NotKnown || p.Unit == "" {
				t.Errorf("%s: path %s is incomplete: %+v", info.ID, k, p)
			}
			for i, v := range p.Values {
				if !model.Finite(v) || v <= 0 {
					t.Errorf("%s: path %s is %g in %d", info.ID, k, v, 2026+i)
				}
			}
		}
		for _, f := range []string{"electricity", "gas", "oil", "district_heat", "biomass"} {
			for _, k := range []string{"price." + f, "price." + f + ".low", "price." + f + ".high", "footprint." + f, "marginal." + f} {
				if _, ok := paths[k]; !ok {
					t.Errorf("%s has no path %s", info.ID, k)
				}
			}
			if paths["price."+f].Values[0] != 1 {
				t.Errorf("price.%s is %g in the base year", f, paths["price."+f].Values[0])
			}
		}
	}
}

func TestAYearWithoutAValueIsNamedWithTheNearest(t *testing.T) {
	_, err := load(t, reference.DefaultID).Paths(2015, 30)
	var m *reference.MissingYear
	if !errors.As(err, &m) || !errors.Is(err, model.ErrNotFound) {
		t.Fatalf("got %v", err)
	}
	if m.Year != 2015 || !strings.Contains(err.Error(), "2015") {
		t.Errorf("got %v", err)
	}
	t.Log(err)
	if _, err := load(t, reference.DefaultID).Deflator(1980, 2024); err == nil || !strings.Contains(err.Error(), "1990") {
		t.Errorf("deflator: got %v", err)
	}
}

func TestFactorsKnownByHeart(t *testing.T) {
	paths, err := load(t, reference.DefaultID).Paths(2025, 30)
	if err != nil {
		t.Fatal(err)
	}
	at := func(k string, year int) float64 { p := paths[k]; return p.At(year) }
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"electricity 2025 with losses", at("footprint.electricity", 2025), 0.17700 + 0.01853},
		{"electricity 2026 generation", at("footprint.electricity.scope2", 2026), 0.13096},
		{"well to tank 2025", at("footprint.electricity.wtt", 2025), 0.0459 + 0.00397},
		{"gas", at("footprint.gas", 2030), 0.18296},
		{"district heat with losses", at("footprint.district_heat", 2025), 0.18474},
		{"marginal electricity 2030", at("marginal.electricity", 2030), 0.091393},
		{"marginal gas", at("marginal.gas", 2040), 0.182929},
		{"price of gas after 16 years", at("price.gas", 2041), math.Pow(0.983, 15)},
		{"carbon 2030 in 2024 prices", at("carbon.central", 2030), 294.5 * 100 / 90.5005},
	} {
		if math.Abs(c.got-c.want) > 1e-9*math.Max(1, c.want) {
			t.Errorf("%s: got %.9g, want %.9g", c.name, c.got, c.want)
		}
	}
}

func TestTheSameFiguresInAnotherPriceBase(t *testing.T) {
	s := load(t, reference.DefaultID)
	if s.PriceBase != 2024 {
		t.Fatalf("price base %d", s.PriceBase)
	}
	at, err := s.At(2026)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := at.Assumption("works.light")
	if a.Value != 600 || a.PriceBase != 2026 {
		t.Errorf("in 2026 prices: %+v", a)
	}
	b, _ := s.Assumption("works.light")
	if math.Abs(b.Value-600/1.02/1.02) > 1e-9 || b.PriceBase != 2024 || !strings.Contains(b.Source, "600") || !strings.Contains(b.Source, "2026") {
		t.Errorf("in 2024 prices: %+v", b)
	}
}

func TestDiscountSchedulesOfTheSets(t *testing.T) {
	for id, want := range map[string]float64{"greenbook-2022": 0.146782, "greenbook-2026-02": 0.146782, "greenbook-2026-02-reduced": 0.192430, "review-2026-06": 1 / math.Pow(1.03, 60)} {
		f, err := load(t, id).DiscountFactors("", 61)
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(f[60]-want) > 5e-7 || f[0] != 1 {
			t.Errorf("%s: factor of year 60 is %.6f, want %.6f", id, f[60], want)
		}
	}
	if _, err := load(t, reference.DefaultID).DiscountFactors("nonesuch", 10); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("got %v", err)
	}
	if _, err := reference.FlatSchedule(-1); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("got %v", err)
	}
}

func TestEveryUseOfABuildingHasABenchmark(t *testing.T) {
	s := load(t, reference.DefaultID)
	if n := len(s.Benchmarks()); n != 29 {
		t.Errorf("%d TM46 categories, want 29", n)
	}
	for _, u := range model.Uses {
		c, e, _ := s.TM46For(u)
		if u.Built() && (c == "" || e <= 0) {
			t.Errorf("%s has no benchmark", u)
		}
		if !u.Built() && c != "" {
			t.Errorf("%s is land and has benchmark %s", u, c)
		}
	}
}
