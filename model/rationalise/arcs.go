package rationalise

import (
	"fmt"
	"math"
	"sort"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
	"github.com/planting-the-flag/flagstone/model/optimise"
)

// classes of services by where they can be housed.
const (
	classDesk   = "desk"   // any building with rooms
	classPublic = "public" // a building that the public may enter
	classCare   = "care"   // clinical or care premises, or a civic building fitted out for it
	classFixed  = "fixed"  // stays where it is
)

// tags says which classes a building of a use can hold.
func tags(u model.Use) []string {
	switch u {
	case model.UseTownHall, model.UseOffice:
		return []string{classDesk, classPublic, classCare, classFixed}
	case model.UseLibrary, model.UseCommunity, model.UseYouth, model.UseNursery:
		return []string{classDesk, classPublic, classFixed}
	case model.UseClinic:
		return []string{classDesk, classCare, classFixed}
	}
	return []string{classFixed}
}

// classOf says where a service now housed in a building of a use could go.
func classOf(u model.Use, s *model.Service) string {
	switch u {
	case model.UseClinic:
		return classCare
	case model.UseLibrary, model.UseCommunity, model.UseYouth, model.UseNursery:
		return classPublic
	case model.UseTownHall, model.UseOffice:
		if s.Public {
			return classPublic
		}
		return classDesk
	}
	return classFixed
}

// arcs lists where each service could sit and what moving it costs.
func (b *Problem) arcs() error {
	p := b.project
	at := map[model.AssetID]int{}
	for i, x := range b.Buildings {
		at[model.AssetID(x.ID)] = i
	}
	for _, o := range p.Occupations {
		s, home := p.Service(o.Service), p.Asset(o.Asset)
		h, ok := at[o.Asset]
		if s == nil || home == nil || !ok {
			continue
		}
		n := len(b.Problem.Services)
		class := classOf(home.Use, s)
		b.seats = append(b.seats, o)
		b.Problem.Services = append(b.Problem.Services, optimise.Service{ID: string(o.Service) + "@" + string(o.Asset), Class: class,
			Demand: o.Area.Value, Population: s.Visits.Value * o.Share})
		b.Problem.Arcs = append(b.Problem.Arcs, optimise.Arc{Service: n, Building: h})
		if class == classFixed || !home.Located() {
			continue
		}
		places := b.near(home, class, h)
		if len(places) == 0 {
			continue
		}
		if err := b.moves(n, o, s, home, places); err != nil {
			return err
		}
	}
	return nil
}

type place struct {
	asset *model.Asset
	at    int
	km    float64
}

// near lists the nearest buildings that can hold the class.
func (b *Problem) near(home *model.Asset, class string, h int) []place {
	var out []place
	for i, x := range b.Buildings {
		a := b.project.Asset(model.AssetID(x.ID))
		if i == h || !a.Located() || !contains(tags(a.Use), class) {
			continue
		}
		if km := geo.Distance(geo.LatLon(home.Location), geo.LatLon(a.Location)) / 1000; km <= b.spec.MaxKM {
			out = append(out, place{a, i, km})
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].km < out[j].km })
	return out[:min(len(out), b.spec.Nearest)]
}

func contains(xs []string, x string) bool {
	for _, y := range xs {
		if x == y {
			return true
		}
	}
	return false
}

// put adds an amount to a sparse row; what rounds to nothing stays out.
func put(m *map[int]float64, year int, v float64) {
	if math.Abs(v) < 1e-9 {
		return
	}
	if *m == nil {
		*m = map[int]float64{}
	}
	(*m)[year] = v
}

// moves prices one service's move to each place, in one run: what it is worth,
// the capital it takes and what it does to the emissions of both buildings.
func (b *Problem) moves(n int, o model.Occupation, s *model.Service, home *model.Asset, places []place) error {
	mini := *b.project
	mini.Population, mini.Boundaries, mini.Findings = nil, nil, nil
	mini.Services, mini.Occupations = []model.Service{*s}, []model.Occupation{o}
	mini.Assets = []model.Asset{*home}
	mini.Scenarios = []model.Scenario{{ID: "base", Kind: model.BusinessAsUsual}}
	for i, pl := range places {
		mini.Assets = append(mini.Assets, *pl.asset)
		mini.Scenarios = append(mini.Scenarios, model.Scenario{ID: model.ScenarioID(fmt.Sprintf("o%d", i)), Name: pl.asset.Name, Kind: model.Option,
			Actions: []model.Action{b.move(pl.asset.ID, home.ID, []model.ServiceID{s.ID})}})
	}
	cmp, err := b.run(&mini)
	if err != nil {
		return err
	}
	base := &cmp.Options[0]
	for i, pl := range places {
		r := &cmp.Options[i+1]
		if left(r.Plan) {
			continue
		}
		arc := optimise.Arc{Service: n, Building: pl.at, KM: pl.km, Cost: -r.NPSV / 1000}
		for y, v := range capital(r) {
			put(&arc.Capex, y, v/1000)
		}
		for y, v := range r.CarbonByYear {
			put(&arc.Carbon, y, v-base.CarbonByYear[y])
		}
		b.Problem.Arcs = append(b.Problem.Arcs, arc)
	}
	return nil
}
