package reference

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

const (
	tm46Electricity = "tm46_electricity_typical"
	tm46Heat        = "tm46_fossil_thermal_typical"
)

// Benchmark is the yearly energy of a typical building of one TM46 category,
// the statutory yardstick of display energy certificates.
type Benchmark struct {
	Number      int
	Category    string
	Slug        string  // as in the key tm46.<slug>.electricity
	Electricity float64 // kWh/m² a year
	Heat        float64 // kWh/m² a year, fossil thermal

	ReferenceHours      float64 // hours of use a year; 0 when the category is not adjusted for hours
	MaxHours            float64
	ElectricityIncrease float64 // fraction added to electricity at MaxHours
	HeatIncrease        float64
}

// Adjusted is the benchmark for the hours a building is really in use. The
// allowance grows in proportion between the reference and the longest hours and
// never falls below the reference.
func (b Benchmark) Adjusted(hours float64) (electricity, heat float64) {
	electricity, heat = b.Electricity, b.Heat
	if b.ReferenceHours == 0 || b.MaxHours <= b.ReferenceHours || hours <= b.ReferenceHours {
		return electricity, heat
	}
	x := min((hours-b.ReferenceHours)/(b.MaxHours-b.ReferenceHours), 1)
	return electricity * (1 + x*b.ElectricityIncrease), heat * (1 + x*b.HeatIncrease)
}

// Benchmarks lists every TM46 category of the set, by number.
func (s *Set) Benchmarks() []Benchmark {
	var out []Benchmark
	for _, r := range s.table.bySeries[tm46Electricity] {
		n, name, ok := category(r.Item)
		if !ok || !r.Numeric {
			continue
		}
		b := Benchmark{Number: n, Category: name, Slug: slug(name), Electricity: r.Value}
		for series, into := range map[string]*float64{tm46Heat: &b.Heat, "tm46_reference_hours": &b.ReferenceHours, "tm46_max_hours": &b.MaxHours,
			"tm46_max_hours_electricity_increase": &b.ElectricityIncrease, "tm46_max_hours_thermal_increase": &b.HeatIncrease} {
			if x := s.table.find(series, r.Item); x != nil && x.Numeric {
				*into = x.Value
			}
		}
		out = append(out, b)
	}
	return out
}

// Benchmark returns a TM46 category by its number.
func (s *Set) Benchmark(number int) (Benchmark, error) {
	for _, b := range s.Benchmarks() {
		if b.Number == number {
			return b, nil
		}
	}
	return Benchmark{}, model.NotFound("TM46 category", strconv.Itoa(number))
}

// category splits "20 Hospital; clinical and research".
func category(item string) (int, string, bool) {
	num, name, ok := strings.Cut(item, " ")
	n, err := strconv.Atoi(num)
	return n, name, ok && err == nil
}

func (s *Set) tm46Specs() []spec {
	var out []spec
	for _, b := range s.Benchmarks() {
		item := fmt.Sprintf("%d %s", b.Number, b.Category)
		out = append(out,
			spec{key: "tm46." + b.Slug + ".electricity", label: b.Category + ", electricity", group: groupTM46, series: tm46Electricity, item: item, unit: "kWh/m²/year"},
			spec{key: "tm46." + b.Slug + ".heat", label: b.Category + ", heat", group: groupTM46, series: tm46Heat, item: item, unit: "kWh/m²/year"})
	}
	return out
}

// tm46Use says which category stands for each use. Uses that are open land have
// none.
var tm46Use = map[model.Use]int{
	model.UseOffice: 1, model.UseTownHall: 1, model.UseWorkspace: 1,
	model.UseRetail:  3,
	model.UseLibrary: 10, model.UseCommunity: 16, model.UseLeisure: 14,
	model.UseClinic: 19, model.UseHospital: 20, model.UseEmergency: 23,
	model.UseSchool: 17, model.UseNursery: 17, model.UseYouth: 16,
	model.UseCare: 21, model.UseHomes: 21,
	model.UseDepot: 27, model.UseStore: 28,
	model.UseOther: 16, model.UseToilet: 25,
}

// TM46For returns the benchmark category of a use and its electricity and heat
// in kWh/m² a year. The category is empty, and both are 0, for open land.
// Covered car parks are the only land with one: an open car park has none.
func (s *Set) TM46For(u model.Use) (category string, electricity, heat float64) {
	n, ok := tm46Use[u]
	if !ok {
		return "", 0, 0
	}
	b, err := s.Benchmark(n)
	if err != nil {
		return "", 0, 0
	}
	return b.Category, b.Electricity, b.Heat
}
