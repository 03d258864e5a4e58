package store_test

import (
	"fmt"
	"math"
	"math/rand"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

// rnd makes random projects that are legal and use every field: what a store
// has to keep.
type rnd struct{ *rand.Rand }

func newRnd(seed int64) rnd { return rnd{rand.New(rand.NewSource(seed))} }

var words = []string{"", "Town Hall", "Žižkov – depot", "O'Brien \"House\"", "line\nbreak\ttab", "=1+1", "100 %", "£5",
	"日本", "e\u0301", "  spaces  ", "NULL", "\U0001F3DB", strings.Repeat("long ", 300)}

func (r rnd) text() string { return words[r.Intn(len(words))] }

func (r rnd) yes() bool { return r.Intn(2) == 0 }

// number covers the awkward floats.
func (r rnd) number() float64 {
	switch r.Intn(8) {
	case 0:
		return 0
	case 1:
		return float64(r.Intn(1000))
	case 2:
		return math.MaxFloat64
	case 3:
		return math.SmallestNonzeroFloat64
	case 4:
		return -r.ExpFloat64()
	case 5:
		return 0.1 + 0.2
	}
	return r.ExpFloat64() * math.Pow(10, float64(r.Intn(12)-6))
}

func (r rnd) positive() float64 { return math.Abs(r.number()) }

func (r rnd) pounds() float64 {
	return math.Round(r.NormFloat64()*math.Pow(10, float64(r.Intn(12)))*100) / 100
}

func (r rnd) grade() model.Grade {
	i := r.Intn(len(model.Grades) + 1)
	if i == len(model.Grades) {
		return model.NotKnown
	}
	return model.Grades[i]
}

func (r rnd) figure() model.Figure {
	if r.Intn(4) == 0 {
		return model.Figure{}
	}
	return model.Figure{Value: r.number(), Grade: r.grade(), Source: r.text()}
}

func (r rnd) money() model.Figure {
	f := r.figure()
	if f != (model.Figure{}) {
		f.Value = r.pounds()
	}
	return f
}

func (r rnd) place() (model.LatLon, model.PlaceMethod) {
	if r.yes() {
		return model.LatLon{}, model.PlaceUnknown
	}
	return r.latlon(), model.PlaceUnit
}

func (r rnd) latlon() model.LatLon {
	return model.LatLon{Lat: r.Float64()*180 - 90, Lon: r.Float64()*360 - 180}
}

func (r rnd) date() string {
	if r.yes() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", 1990+r.Intn(100), 1+r.Intn(12), 1+r.Intn(28))
}

func (r rnd) use() model.Use {
	if r.Intn(5) == 0 {
		return ""
	}
	return model.Uses[r.Intn(len(model.Uses))]
}

// times calls f up to n times and gives how often.
func (r rnd) times(n int, f func(i int)) {
	for i := range r.Intn(n + 1) {
		f(i)
	}
}

func (r rnd) values() map[string]float64 {
	var m map[string]float64
	r.times(3, func(i int) {
		if m == nil {
			m = map[string]float64{}
		}
		m[fmt.Sprintf("value.%d %s", i, r.text())] = r.number()
	})
	return m
}

func (r rnd) positives() map[string]float64 {
	m := r.values()
	for k, v := range m {
		m[k] = math.Abs(v)
	}
	return m
}

func (r rnd) settings() store.Settings {
	s := store.Settings{Name: r.text(), BaseYear: 2000 + r.Intn(100), Horizon: 1 + r.Intn(100), PriceBase: 2000 + r.Intn(50),
		ParameterSet: r.text(), Currency: "GBP", ModelledNote: r.text()}
	r.times(3, func(int) { s.Attribution = append(s.Attribution, r.text()) })
	return s
}

func (r rnd) organisation(i int) model.Organisation {
	return model.Organisation{ID: model.OrganisationID(fmt.Sprintf("o%d", i)), Name: r.text(), Kind: r.text(), Public: r.yes()}
}

func (r rnd) asset(p *model.Project, i int) model.Asset {
	a := model.Asset{ID: model.AssetID(fmt.Sprintf("a%d", i)), Organisation: pick(r, p.Organisations, func(o model.Organisation) model.OrganisationID { return o.ID }),
		UPRN: r.text(), Reference: r.text(), Name: r.text(), Address: r.text(), Postcode: r.text(), Area: r.text(), Ward: r.text(),
		Use: r.use(), Holding: r.text(), Detail: r.text(), FloorArea: r.figure(), LandArea: r.figure(), EnergyRating: "C", Condition: "B",
		Income: r.money(), Backlog: r.money(), Value: r.money(), Desks: r.figure(), Capacity: r.figure(), Unused: r.figure()}
	a.Location, a.Placed = r.place()
	for _, c := range model.Costs {
		if f := r.money(); r.yes() && f != (model.Figure{}) {
			a.Costs.Set(c, f)
		}
	}
	for _, k := range model.Fuels {
		if f := r.figure(); r.yes() && f != (model.Figure{}) {
			a.Energy.Set(k, f)
		}
	}
	r.times(3, func(i int) {
		if a.Extra == nil {
			a.Extra = map[string]string{}
		}
		a.Extra[r.text()] = r.text()
	})
	if r.yes() {
		a.Tenure = model.Tenure{Kind: model.Leasehold, Detail: r.text(), Landlord: r.text(), Break: r.date(), Expiry: r.date(),
			Review: r.date(), NoticeMonths: r.Intn(24), Dilapidations: r.money(), LetOut: r.yes()}
	} else if r.yes() {
		a.Tenure.Expiry = "2031-03-31"
	}
	r.times(3, func(i int) {
		a.Parts = append(a.Parts, model.Part{ID: model.PartID(fmt.Sprintf("p%d", 9-i)), Name: r.text(), Use: r.use(), FloorArea: r.positive()})
	})
	r.times(2, func(int) { a.Locks = append(a.Locks, model.Lock{Kind: "listed", Reason: r.text(), Source: r.text()}) })
	return a
}

// pick chooses the identifier of one of the things, or none.
func pick[T any, K ~string](r rnd, of []T, id func(T) K) K {
	if len(of) == 0 || r.Intn(4) == 0 {
		return ""
	}
	return id(of[r.Intn(len(of))])
}

func assetID(a model.Asset) model.AssetID       { return a.ID }
func serviceID(s model.Service) model.ServiceID { return s.ID }

func (r rnd) service(p *model.Project, i int) model.Service {
	s := model.Service{ID: model.ServiceID(fmt.Sprintf("s%d", i)), Organisation: pick(r, p.Organisations, func(o model.Organisation) model.OrganisationID { return o.ID }),
		Name: r.text(), Kind: r.text(), Public: r.yes(), FTE: r.figure(), Desks: r.figure(), Visits: r.figure(), Area: r.figure(),
		Needs: r.positives(), Sessions: model.Session(r.Intn(1 << 16)), Class: r.text(), HomeDays: 5 * r.Float64()}
	r.times(2, func(int) {
		if x := pick(r, p.Services, serviceID); x != "" {
			s.NotWith = append(s.NotWith, x)
			s.Near = append(s.Near, x)
		}
	})
	return s
}

func (r rnd) occupation(p *model.Project) (o model.Occupation, ok bool) {
	o = model.Occupation{Service: pick(r, p.Services, serviceID), Area: r.figure(), Desks: r.figure(), Share: r.Float64(), Sessions: model.Session(r.Intn(1 << 16))}
	if len(p.Assets) > 0 {
		a := p.Assets[r.Intn(len(p.Assets))]
		o.Asset = a.ID
		o.Part = pick(r, a.Parts, func(x model.Part) model.PartID { return x.ID })
	}
	return o, o.Service != "" && o.Asset != ""
}

func (r rnd) point(i int) model.PopulationPoint {
	p := model.PopulationPoint{Code: fmt.Sprintf("E0%d", i), Name: r.text(), People: r.positive(), Groups: r.positives(), Source: r.text()}
	p.Location, p.Placed = r.place()
	return p
}

func (r rnd) boundary(i int) model.Boundary {
	b := model.Boundary{Code: fmt.Sprintf("E0%d", i), Name: r.text(), Layer: []string{"lsoa", "ward"}[i%2]}
	r.times(2, func(int) {
		var rings [][]model.LatLon
		for range 1 + r.Intn(2) {
			ring := []model.LatLon{r.latlon(), r.latlon(), r.latlon(), r.latlon()}
			rings = append(rings, append(ring, ring[0]))
		}
		b.Polygons = append(b.Polygons, rings)
	})
	return b
}

func (r rnd) scenario(p *model.Project, i int) model.Scenario {
	s := model.Scenario{ID: model.ScenarioID(fmt.Sprintf("c%d", i)), Name: fmt.Sprintf("%s %d", r.text(), i), Description: r.text(),
		Kind: []model.ScenarioKind{model.BusinessAsUsual, model.DoMinimum, model.Option}[r.Intn(3)], Locked: r.yes()}
	r.times(4, func(i int) {
		a := model.Action{ID: model.ActionID(fmt.Sprintf("x%d", i)), Kind: model.CoLocate, Asset: pick(r, p.Assets, assetID), Year: 2026 + r.Intn(30),
			NewUse: r.use(), Values: r.values(), Reason: r.text()}
		r.times(2, func(int) {
			if x := pick(r, p.Services, serviceID); x != "" {
				a.Services = append(a.Services, x)
			}
			if x := pick(r, p.Assets, assetID); x != "" {
				a.From = append(a.From, x)
			}
			a.Measures = append(a.Measures, r.text())
			a.Phases = append(a.Phases, model.Phase{Name: r.text(), Use: r.use(), FloorArea: r.number(), Start: 2026, Years: 3, Values: r.values()})
		})
		s.Actions = append(s.Actions, a)
	})
	r.times(3, func(int) {
		m := model.ManualStream{Label: r.text(), Category: r.text(), Benefit: r.yes(), Payer: model.Society, Beneficiary: model.Residents,
			Capital: r.yes(), PriceBase: 2024, First: 2020 + r.Intn(20), Grade: r.grade(), Source: r.text(), Exempt: r.yes()}
		r.times(4, func(int) { m.Values = append(m.Values, r.pounds()) })
		s.Manual = append(s.Manual, m)
	})
	return s
}

func (r rnd) assumption(i int) model.Assumption {
	return model.Assumption{Key: fmt.Sprintf("key.%d", i), Label: r.text(), Group: r.text(), Value: r.number(), Unit: r.text(), PriceBase: r.Intn(3000),
		Grade: r.grade(), Source: r.text(), Confidence: r.text(), Date: r.text(), Owner: r.text(), Reason: r.text(), Exempt: r.yes()}
}

func (r rnd) finding() model.Finding {
	return model.Finding{Severity: []model.Severity{model.Problem, model.Warning, model.Note}[r.Intn(3)], File: r.text(), Sheet: r.text(),
		Row: r.Intn(1000), Column: r.text(), Value: r.text(), Message: r.text(), Remedy: r.text(), Asset: model.AssetID(r.text())}
}

func (r rnd) decision(i int) model.Decision {
	d := model.Decision{Number: i, Name: r.text(), When: "2026-04-01T09:00:00Z", Who: r.text(), Content: []byte(r.text() + "\x00\xff")}
	d.Hash = store.HashOf(d.Content)
	return d
}

// project makes a whole one with up to n things of each kind.
func (r rnd) project(n int) *model.Project {
	p := &model.Project{}
	s := r.settings()
	p.Name, p.BaseYear, p.Horizon, p.PriceBase = s.Name, s.BaseYear, s.Horizon, s.PriceBase
	p.ParameterSet, p.Currency, p.ModelledNote, p.Attribution = s.ParameterSet, s.Currency, s.ModelledNote, s.Attribution
	r.times(n, func(i int) { p.Organisations = append(p.Organisations, r.organisation(i)) })
	r.times(n, func(i int) { p.Assets = append(p.Assets, r.asset(p, i)) })
	r.times(n, func(i int) { p.Services = append(p.Services, r.service(p, i)) })
	seen := map[store.OccupationKey]bool{}
	r.times(n, func(int) {
		o, ok := r.occupation(p)
		if k := (store.OccupationKey{Service: o.Service, Asset: o.Asset, Part: o.Part}); ok && !seen[k] {
			seen[k] = true
			p.Occupations = append(p.Occupations, o)
		}
	})
	r.times(n, func(i int) { p.Population = append(p.Population, r.point(i)) })
	r.times(n, func(i int) { p.Boundaries = append(p.Boundaries, r.boundary(i)) })
	r.times(n, func(i int) { p.Scenarios = append(p.Scenarios, r.scenario(p, i)) })
	r.times(n, func(i int) { p.Assumptions = append(p.Assumptions, r.assumption(i)) })
	r.times(n, func(int) { p.Findings = append(p.Findings, r.finding()) })
	r.times(n, func(i int) {
		p.Papers = append(p.Papers, model.PaperPart{Section: fmt.Sprint("section", i), LeftOut: r.yes(), Title: r.text(), Words: r.text(), At: r.text()})
	})
	r.times(n, func(i int) { p.Decisions = append(p.Decisions, r.decision(i+1)) })
	return p
}

// Generate lets testing/quick draw projects.
type anyProject struct{ *model.Project }

func (anyProject) Generate(r *rand.Rand, size int) reflect.Value {
	return reflect.ValueOf(anyProject{rnd{r}.project(min(size, 12))})
}

// options have a clock that stands still.
func options(t testing.TB) store.Options {
	t.Helper()
	return store.Options{Now: func() time.Time { return time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC) }, Who: "Anna Nowak", Host: "PC-7"}
}

// diff names the first field in which two projects differ.
func diff(a, b *model.Project) string {
	return differ("Project", reflect.ValueOf(*a), reflect.ValueOf(*b))
}

func differ(at string, a, b reflect.Value) string {
	if reflect.DeepEqual(a.Interface(), b.Interface()) {
		return ""
	}
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			if d := differ(at+"."+a.Type().Field(i).Name, a.Field(i), b.Field(i)); d != "" {
				return d
			}
		}
	case reflect.Slice:
		if a.Len() == b.Len() && a.IsNil() == b.IsNil() {
			for i := range a.Len() {
				if d := differ(fmt.Sprintf("%s[%d]", at, i), a.Index(i), b.Index(i)); d != "" {
					return d
				}
			}
		}
	}
	return fmt.Sprintf("%s: %#v is not %#v", at, a.Interface(), b.Interface())
}
