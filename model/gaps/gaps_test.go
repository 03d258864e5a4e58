package gaps_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/gaps"
	"github.com/planting-the-flag/flagstone/model/reference"
)

func figure(v float64, g model.Grade) model.Figure {
	return model.Figure{Value: v, Grade: g, Source: "a register"}
}

// building makes an asset of a use and size whose figures are stated.
func building(id string, use model.Use, area float64, stated map[gaps.Field]float64) model.Asset {
	a := model.Asset{ID: model.AssetID(id), Name: id, Use: use, FloorArea: figure(area, model.Stated)}
	if area == 0 {
		a.FloorArea = model.Figure{}
	}
	for f, v := range stated {
		switch f {
		case gaps.Desks:
			a.Desks = figure(v, model.Stated)
		case gaps.Capacity:
			a.Capacity = figure(v, model.Stated)
		case "electricity", "gas", "oil", "district heat", "biomass":
			a.Energy.Set(model.Fuel(f), figure(v, model.Measured))
		default:
			a.Costs.Set(model.Cost(f), figure(v, model.Stated))
		}
	}
	return a
}

func find(t *testing.T, p *model.Project) *gaps.Proposals {
	t.Helper()
	set, err := reference.Load("greenbook-2026-02")
	if err != nil {
		t.Fatal(err)
	}
	return gaps.Find(p, set, model.NewBook(set.Assumptions(), p.Assumptions))
}

func of(s *gaps.Proposals, id string) map[gaps.Field]gaps.Proposal {
	out := map[gaps.Field]gaps.Proposal{}
	for _, x := range s.Fill {
		if string(x.Asset) == id {
			out[x.Field] = x
		}
	}
	return out
}

// libraries are six, of 100 to 600 m², with electricity at 10 to 60 kWh/m², gas at 100 kWh/m² and cleaning at £5/m².
func libraries() []model.Asset {
	var out []model.Asset
	for i := 1; i <= 6; i++ {
		area := float64(100 * i)
		out = append(out, building(fmt.Sprint("library ", i), model.UseLibrary, area, map[gaps.Field]float64{
			"electricity": float64(10*i) * area, "gas": 100 * area, "cleaning": 5 * area, "maintenance": 8 * area, gaps.Capacity: area / 4}))
	}
	return out
}

func TestFromPeersByHand(t *testing.T) {
	p := &model.Project{Assets: append(libraries(), building("new", model.UseLibrary, 200, nil), building("unsized", model.UseLibrary, 0, nil))}
	s := find(t, p)
	got := of(s, "new")
	// Medians of six: electricity 35 kWh/m², gas 100, cleaning £5, maintenance £8, a quarter of a person a m².
	for f, want := range map[gaps.Field]float64{"electricity": 7000, "gas": 20000, "cleaning": 1000, "maintenance": 1600, gaps.Capacity: 50} {
		x := got[f]
		if x.Figure.Value != want || x.Figure.Grade != model.Estimated || len(x.Peers) != 6 {
			t.Errorf("%s is %+v of %d peers, want %v", f, x.Figure, len(x.Peers), want)
		}
		for _, say := range []string{gaps.Mark, "median of 6 library buildings", "library 1, library 2, library 3 and 3 more"} {
			if !strings.Contains(x.Figure.Source, say) {
				t.Errorf("the source of %s does not say %q: %s", f, say, x.Figure.Source)
			}
		}
	}
	if len(got) != 5 {
		t.Errorf("%d figures proposed: %+v", len(got), got)
	}
	// The middle size of 100, 200, 200 … 600 is 300: what is filled from it says so.
	got = of(s, "unsized")
	if got[gaps.FloorArea].Figure.Value != 300 || got["gas"].Figure.Value != 30000 || !strings.Contains(got["gas"].Figure.Source, "itself estimated") {
		t.Errorf("unsized: %+v", got)
	}
}

func TestFewPeersTakeTheBenchmark(t *testing.T) {
	p := &model.Project{Assets: append(libraries()[:4], building("new", model.UseLibrary, 100, nil), building("odd", model.UseOther, 100, nil), building("office", model.UseOffice, 1000, nil))}
	s := find(t, p)
	set, err := reference.Load("greenbook-2026-02")
	if err != nil {
		t.Fatal(err)
	}
	_, kWh, heat := set.TM46For(model.UseLibrary)
	got := of(s, "new")
	if e := got["electricity"]; e.Figure.Value != kWh*100 || e.Figure.Grade != model.Benchmark || len(e.Peers) != 0 || !strings.Contains(e.Figure.Source, "TM46") {
		t.Errorf("electricity: %+v", e)
	}
	if g := got["gas"]; g.Figure.Value != heat*100 || g.Figure.Grade != model.Benchmark {
		t.Errorf("gas: %+v", g)
	}
	if _, ok := got["cleaning"]; ok {
		t.Error("a cost was made of four buildings")
	}
	if e := of(s, "odd")["electricity"]; e.Figure.Grade != model.Placeholder {
		t.Errorf("a building without a use: %+v", e)
	}
	// 8 m² net a person × 1.25 ÷ 0.6 desks a person = 16.67 m² a desk; the standards are placeholders.
	if d := of(s, "office")[gaps.Desks]; d.Figure.Value != 60 || d.Figure.Grade != model.Placeholder {
		t.Errorf("desks: %+v", d)
	}
	why := ""
	for _, l := range s.Left {
		if l.Field == "running cost" && len(l.Assets) > 0 && l.Assets[0] == "new" {
			why = l.Why
		}
	}
	if !strings.Contains(why, "fewer than 5") {
		t.Errorf("why no cost: %q in %+v", why, s.Left)
	}
}

func TestLikeUsesStandIn(t *testing.T) {
	var list []model.Asset
	for i := range 3 {
		list = append(list, building(fmt.Sprint("office ", i), model.UseOffice, 100, map[gaps.Field]float64{"cleaning": 1000}), building(fmt.Sprint("hall ", i), model.UseTownHall, 100, map[gaps.Field]float64{"cleaning": 2000}))
	}
	p := &model.Project{Assets: append(list, building("new", model.UseOffice, 10, nil))}
	if c := of(find(t, p), "new")["cleaning"]; c.Figure.Value != 150 || !strings.Contains(c.Figure.Source, "office or civic") {
		t.Errorf("%+v", c)
	}
}

func TestNothingThatIsKnownIsReplaced(t *testing.T) {
	assets := libraries()
	full := building("full", model.UseLibrary, 200, map[gaps.Field]float64{"electricity": 1, "oil": 2, "cleaning": 3})
	full.Costs.Set(model.CostMaintenance, figure(4, model.Placeholder)) // somebody else's model
	full.Capacity = figure(5, model.Estimated)
	p := &model.Project{Assets: append(assets, full)}
	s := find(t, p)
	if got := of(s, "full"); len(got) != 0 {
		t.Errorf("proposed: %+v", got)
	}
	for _, x := range s.Fill {
		for i := range p.Assets {
			if g := x.Field.Of(&p.Assets[i]); p.Assets[i].ID == x.Asset && g.Known() {
				t.Errorf("%s of %s is known: %+v", x.Field, x.Name, g)
			}
		}
	}
}

func TestModelledFiguresAreNoEvidence(t *testing.T) {
	assets := libraries()
	for i := range assets {
		for _, k := range model.Fuels {
			if g, ok := assets[i].Energy.Lookup(k); ok {
				g.Grade = model.Benchmark
				assets[i].Energy.Set(k, g)
			}
		}
	}
	p := &model.Project{Assets: append(assets, building("new", model.UseLibrary, 200, nil))}
	if e := of(find(t, p), "new")["electricity"]; e.Figure.Grade != model.Benchmark {
		t.Errorf("%+v", e)
	}
}

// TestCostsKeepTheirPattern has a register that gives one sum and one that gives parts: the two are not added together.
func TestCostsKeepTheirPattern(t *testing.T) {
	assets := libraries() // cleaning and maintenance, £13/m² in all
	for i := range 8 {
		assets = append(assets, building(fmt.Sprint("sum ", i), model.UseLibrary, 100, map[gaps.Field]float64{"other running": 2000}))
	}
	assets = append(assets, building("new", model.UseLibrary, 100, nil), building("part", model.UseLibrary, 100, map[gaps.Field]float64{"cleaning": 300}), building("dear", model.UseLibrary, 100, map[gaps.Field]float64{"cleaning": 3000}))
	s := find(t, &model.Project{Assets: assets})
	got := of(s, "new")
	if got["other running"].Figure.Value != 2000 || got["cleaning"].Figure.Known() || got["maintenance"].Figure.Known() {
		t.Errorf("new: %+v", got)
	}
	if got = of(s, "part"); got["maintenance"].Figure.Value != 800 || got["other running"].Figure.Known() {
		t.Errorf("part: %+v", got)
	}
	if got = of(s, "dear"); got["maintenance"].Figure.Known() {
		t.Errorf("what is stated may be the whole, yet %+v", got)
	}
}

func TestLandEmptyAndLetBuildings(t *testing.T) {
	empty := building("empty", model.UseLibrary, 100, nil)
	empty.Detail = "Vacant"
	let := building("let", model.UseLibrary, 100, nil)
	let.Tenure.LetOut = true
	hot := building("hot", model.UseLibrary, 100, map[gaps.Field]float64{"electricity": 30000})
	s := find(t, &model.Project{Assets: append(libraries(), building("park", model.UsePark, 0, nil), empty, let, hot)})
	if got := of(s, "park"); len(got) != 0 {
		t.Errorf("park: %+v", got)
	}
	if got := of(s, "let"); len(got) != 0 {
		t.Errorf("let: %+v", got)
	}
	if got := of(s, "empty"); len(got) != 1 || got["other running"].Figure.Grade != model.Placeholder {
		t.Errorf("empty: %+v", got)
	}
	if got := of(s, "hot"); got["gas"].Figure.Known() {
		t.Errorf("heated by electricity, yet %+v", got["gas"])
	}
}

func TestRentsComeFromLeases(t *testing.T) {
	var assets []model.Asset
	for i := range 6 {
		a := building(fmt.Sprint(i), model.UseOffice, 100, map[gaps.Field]float64{"rent": 9000})
		a.Tenure.Kind = model.Leasehold
		assets = append(assets, a)
	}
	leased, owned := building("leased", model.UseOffice, 50, nil), building("owned", model.UseOffice, 50, nil)
	leased.Tenure.Kind, owned.Tenure.Kind = model.Leasehold, model.Freehold
	s := find(t, &model.Project{Assets: append(assets, leased, owned)})
	if of(s, "leased")["rent"].Figure.Value != 4500 || of(s, "owned")["rent"].Figure.Known() {
		t.Errorf("%+v, %+v", of(s, "leased"), of(s, "owned"))
	}
}

func TestApplyingAndFillingAgain(t *testing.T) {
	p := &model.Project{Assets: append(libraries(), building("new", model.UseLibrary, 200, nil), building("unsized", model.UseLibrary, 0, nil))}
	s := find(t, p)
	some := s.Apply(p, func(x *gaps.Proposal) bool { return x.Field == "gas" })
	if len(some) != 2 || some[0].Energy.Get(model.Gas).Value != 20000 || len(some[0].Costs) != 0 || len(p.Assets[6].Energy) != 0 {
		t.Fatalf("%+v", some)
	}
	put := func(list []model.Asset) {
		for _, a := range list {
			*p.Asset(a.ID) = a
		}
	}
	put(s.Apply(p, nil))
	if again := find(t, p); len(again.Fill) != 0 {
		t.Errorf("filling again proposes %+v", again.Fill)
	}
	// What is measured later takes the place of what was filled, and moves what rests on it.
	p.Asset("unsized").FloorArea = figure(1000, model.Measured)
	again := of(find(t, p), "unsized")
	if again["gas"].Figure.Value != 100000 || again["gas"].Was.Value != 30000 || strings.Contains(again["gas"].Figure.Source, "itself") {
		t.Errorf("%+v", again)
	}
	// And a proposal that was overtaken is not carried out.
	p.Asset("new").Energy.Set(model.Gas, figure(7, model.Measured))
	for _, a := range s.Apply(p, nil) {
		if a.ID == "new" && a.Energy.Get(model.Gas).Value != 7 {
			t.Errorf("a measured figure was replaced: %+v", a.Energy)
		}
	}
}

func TestSizesOfOtherUsesDoNotStandInAndWideOnesOnlyHoldThePlace(t *testing.T) {
	var assets []model.Asset
	for i := range 4 {
		assets = append(assets, building(fmt.Sprint("home ", i), model.UseHomes, 100, nil), building(fmt.Sprint("care ", i), model.UseCare, 2000, nil))
		assets = append(assets, building(fmt.Sprint("hut ", i), model.UseLeisure, 50, nil), building(fmt.Sprint("pool ", i), model.UseLeisure, 5000, nil))
	}
	field := building("field", model.UseLeisure, 0, nil)
	field.Holding = "Land"
	s := find(t, &model.Project{Assets: append(assets, building("flat", model.UseHomes, 0, nil), building("club", model.UseLeisure, 0, nil), field)})
	if got := of(s, "flat"); len(got) != 0 {
		t.Errorf("a flat sized by care homes: %+v", got)
	}
	if got := of(s, "club")[gaps.FloorArea].Figure; got.Grade != model.Placeholder || !strings.Contains(got.Source, "differ so widely") {
		t.Errorf("club: %+v", got)
	}
	if got := of(s, "field"); len(got) != 0 {
		t.Errorf("land: %+v", got)
	}
}

func BenchmarkFind100k(b *testing.B) {
	set, err := reference.Load("greenbook-2026-02")
	if err != nil {
		b.Fatal(err)
	}
	p := &model.Project{}
	for i := range 100_000 {
		m := map[gaps.Field]float64{}
		if i%2 == 0 {
			m["electricity"], m["gas"], m["cleaning"] = float64(5000+i%977), float64(9000+i%1777), float64(500+i%97)
		}
		p.Assets = append(p.Assets, building(fmt.Sprint(i), model.Uses[i%13], 100+float64(i%900), m))
	}
	book := model.NewBook(set.Assumptions())
	for b.Loop() {
		gaps.Find(p, set, book)
	}
}
