package carbon_test

import (
	"errors"
	"math"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/carbon"
)

func flatPath(key string, start, n int, v float64) model.Path {
	p := model.Path{Key: key, Label: key, Start: start, Values: make([]float64, n)}
	for i := range p.Values {
		p.Values[i] = v
	}
	return p
}

func paths(prefix string, parts map[string]float64) map[string]model.Path {
	out := map[string]model.Path{}
	for k, v := range parts {
		out[prefix+"."+k] = flatPath(prefix+"."+k, 2026, 3, v)
	}
	return out
}

var footprint = map[string]float64{"electricity": 0.2, "electricity.scope2": 0.18, "electricity.td": 0.02, "electricity.wtt": 0.05,
	"gas": 0.18, "gas.scope1": 0.18, "gas.wtt": 0.03, "oil": 0.25, "oil.scope1": 0.25, "district_heat": 0.19, "district_heat.scope2": 0.18, "district_heat.td": 0.01, "biomass": 0.01, "biomass.scope1": 0.01}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > 1e-9*math.Max(1, math.Abs(want)) {
		t.Errorf("%s: got %g, want %g", what, got, want)
	}
}

func TestScopesAddToTheFootprint(t *testing.T) {
	f, err := carbon.NewFootprint(paths("footprint", footprint))
	if err != nil {
		t.Fatal(err)
	}
	energy := map[model.Fuel][]float64{model.Electricity: {1000, 900, 0}, model.Gas: {2000, 2000, 100}, model.DistrictHeat: {10, 0, 0}, model.Biomass: {5, 5, 5}}
	s, err := f.Scopes(2026, 3, energy, carbon.Other{WaterM3: []float64{100, 0, 0}, Embodied: []float64{0, 5000, 0}, Travel: []float64{1, 2, 3}}, carbon.Water{Supply: 0.2, Treatment: 0.2})
	if err != nil {
		t.Fatal(err)
	}
	whole := make([]float64, 3)
	for fuel, kWh := range energy {
		f.Add(whole, fuel, 2026, kWh)
	}
	whole[0] += 40 + 1
	whole[1] += 5000 + 2
	whole[2] += 3
	for i, v := range s.Total(false) {
		near(t, "total", v, whole[i])
	}
	near(t, "scope 1", s.Scope1[0], 2000*0.18+5*0.01)
	near(t, "upstream", s.Upstream[0], 1000*0.05+2000*0.03)
	near(t, "with upstream", s.Total(true)[0], whole[0]+110)
	if _, err := f.Scopes(2026, 3, map[model.Fuel][]float64{"coal": {1, 1, 1}}, carbon.Other{}, carbon.Water{}); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("coal: %v", err)
	}
	if _, err := f.Scopes(2026, 3, map[model.Fuel][]float64{model.Gas: {1}}, carbon.Other{}, carbon.Water{}); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("short year row: %v", err)
	}
}

func TestAChangeUsesOtherFactorsThanAFootprint(t *testing.T) {
	all := paths("footprint", footprint)
	for k, p := range paths("marginal", map[string]float64{"electricity": 0.1, "gas": 0.182929, "oil": 0.25, "district_heat": 0.19, "biomass": 0.01}) {
		all[k] = p
	}
	m, err := carbon.NewMarginal(all)
	if err != nil {
		t.Fatal(err)
	}
	kg := make([]float64, 3)
	m.Add(kg, model.Electricity, 2026, []float64{-1000, 0, 500})
	near(t, "saved", kg[0], -100)
	near(t, "added", kg[2], 50)
	if _, err := carbon.NewMarginal(paths("footprint", footprint)); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("a footprint set passed for a marginal one: %v", err)
	}
}

func TestRatingBands(t *testing.T) {
	for rating, want := range map[float64]string{0: "A", 25: "A", 25.4: "A", 25.6: "B", 50: "B", 75: "C", 100: "D", 100.6: "E", 101: "E", 125: "E", 150: "F", 151: "G", 900: "G"} {
		if got := carbon.Band(rating); got != want {
			t.Errorf("%g is %s, want %s", rating, got, want)
		}
	}
	d := carbon.DEC{Electricity: 0.55, BenchmarkHeat: 0.19, Gas: 0.194}
	office := carbon.Yardstick{Electricity: 95, Heat: 120}
	r, err := d.Rate(carbon.Used{Electricity: 95000, Heat: 120000, Area: 1000}, office)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "a typical building", r.Value, 100)
	if r.Band != "D" {
		t.Errorf("typical is %s", r.Band)
	}
	for name, u := range map[string]carbon.Used{"no area": {Electricity: 1}, "negative energy": {Gas: -1, Area: 10}, "not a number": {Heat: math.NaN(), Area: 10}} {
		if _, err := d.Rate(u, office); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := d.Rate(carbon.Used{Area: 10}, carbon.Yardstick{}); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("no benchmark: %v", err)
	}
}

func TestSolarPanels(t *testing.T) {
	a := carbon.South35(10, 962.2) // Manchester: the tables give 854 kWh/kWp
	y, err := a.Yield(0)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "yield", math.Round(y/10), 854)
	a.Degradation = 0.0055
	later, _ := a.Yield(20)
	near(t, "after 20 years", later, y*(1-0.11))
	o := carbon.Split(1000, 0.75, 500)
	near(t, "used here", o.UsedHere, 500)
	near(t, "exported", o.Exported, 500)
	if _, err := (carbon.Array{KWp: -1}).Yield(0); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("negative array: %v", err)
	}
}

func TestStranding(t *testing.T) {
	target := model.Path{Label: "target", Start: 2026, Values: []float64{10, 8, 6, 4}}
	for name, c := range map[string]struct {
		asset model.Path
		want  int // 0 for never
	}{
		"at once":              {flatPath("a", 2026, 4, 11), 2026},
		"later":                {flatPath("a", 2026, 4, 7), 2028},
		"equal is not behind":  {flatPath("a", 2026, 4, 4), 0},
		"only the years given": {flatPath("a", 2024, 3, 9), 0},
	} {
		got, err := carbon.StrandingYear(c.asset, target)
		if err != nil {
			t.Fatal(err)
		}
		if (got == nil) != (c.want == 0) || got != nil && *got != c.want {
			t.Errorf("%s: got %v, want %d", name, got, c.want)
		}
	}
	if _, err := carbon.StrandingYear(flatPath("a", 2040, 2, 1), target); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("no year in common: %v", err)
	}
}

func TestAnEstateIsTheSumOfItsBuildings(t *testing.T) {
	l := carbon.Location{Grid: flatPath("grid", 2026, 3, 0.2), Gas: 0.18}
	b := []carbon.Building{{Area: 100, Electricity: 1000, Gas: 500}, {Area: 300, Gas: 9000, Electricity: 10, RenewableExported: 1e6}}
	p, err := l.Portfolio(b, 2026, 2028)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "intensity", p.Values[0], (200+90+1620+0)/400.0) // the export credit stops at the grid electricity bought
	if _, err := l.Portfolio(nil, 2026, 2027); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("no buildings: %v", err)
	}
	if _, err := l.In(carbon.Building{Area: -5}, 2026); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("negative area: %v", err)
	}
}

func TestMixedBuildings(t *testing.T) {
	a, b := flatPath("a", 2026, 3, 10), flatPath("b", 2026, 3, 20)
	m, err := carbon.Mix([]carbon.Share{{Share: 0.65, Pathway: a}, {Share: 0.35, Pathway: b}})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "mix", m.Values[2], 13.5)
	for name, parts := range map[string][]carbon.Share{"nothing": nil, "shares of 110 %": {{0.6, a}, {0.5, b}}, "other years": {{0.5, a}, {0.5, flatPath("c", 2027, 3, 1)}}} {
		if _, err := carbon.Mix(parts); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTargets(t *testing.T) {
	pledge := carbon.Target{Label: "carbon neutral", Base: 2026, Year: 2036, Left: 0}
	p, err := pledge.Pathway(1000, 2026, 15, false)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "half way", p.Values[5], 500)
	near(t, "met", p.Values[10], 0)
	near(t, "and kept", p.Values[14], 0)
	s, _ := carbon.Target{Base: 2026, Year: 2036, Left: 0.25}.Pathway(1000, 2026, 11, true)
	near(t, "steady", s.Values[5], 500)
	used, allowed := carbon.Budget(flatPath("actual", 2026, 15, 400), p)
	near(t, "used", used, 6000)
	near(t, "allowed", allowed, 5500)
	if _, err := (carbon.Target{Base: 2030, Year: 2030}).Pathway(1, 2026, 2, false); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("target in its own base year: %v", err)
	}
}
