package store_test

import (
	"fmt"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

// estate is as much as an import says of ordinary buildings.
func estate(n int) []model.Asset {
	out := make([]model.Asset, n)
	for i := range out {
		src := fmt.Sprintf("register.xlsx, row %d", i+2)
		stated := func(v float64) model.Figure { return model.Figure{Value: v, Grade: model.Stated, Source: src} }
		modelled := func(v float64) model.Figure {
			return model.Figure{Value: v, Grade: model.Estimated, Source: "benchmark × floor area"}
		}
		out[i] = model.Asset{ID: model.AssetID(fmt.Sprintf("a%06d", i)), Organisation: "council", UPRN: fmt.Sprint(100011000000 + i),
			Name: fmt.Sprintf("Building %d", i), Address: fmt.Sprintf("%d Long Street, Sale", i), Postcode: "M33 7ZF",
			Location: model.LatLon{Lat: 53.4 + float64(i)/1e6, Lon: -2.3}, Placed: model.PlaceUnit, Area: "E01006074", Use: model.UseOffice,
			Holding: "land and buildings", FloorArea: stated(float64(100 + i%900)), Backlog: modelled(float64(i)), Desks: modelled(20),
			Costs:  model.FiguresOf(map[model.Cost]model.Figure{model.CostRates: modelled(1000.5), model.CostMaintenance: modelled(2000), model.CostCleaning: modelled(900)}),
			Energy: model.FiguresOf(map[model.Fuel]model.Figure{model.Electricity: modelled(50000), model.Gas: modelled(90000)}),
			Tenure: model.Tenure{Kind: model.Freehold, Detail: "Freehold"},
			Extra:  map[string]string{"Asset type": "Operational", "Ward name": "Priory"}}
	}
	return out
}

func withCouncil() *model.Project {
	p := minimal()
	p.Organisations = []model.Organisation{{ID: "council", Name: "Trafford Council", Kind: "council", Public: true}}
	return p
}

// BenchmarkCommit is 100,000 assets as one command.
func BenchmarkCommit(b *testing.B) {
	all := estate(100_000)
	for b.Loop() {
		b.StopTimer()
		f := newFile(b, withCouncil())
		b.StartTimer()
		if err := f.Do(store.PutAssets{Assets: all}); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		f.Close()
		b.StartTimer()
	}
}

// BenchmarkRecommit changes each of 100,000 assets, as a second import does.
func BenchmarkRecommit(b *testing.B) {
	all := estate(100_000)
	f := newFile(b, withCouncil())
	if err := f.Do(store.PutAssets{Assets: all}); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		for i := range all {
			all[i].Backlog.Value++
		}
		if err := f.Do(store.PutAssets{Assets: all}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOpen opens a file of 100,000 assets, with its check.
func BenchmarkOpen(b *testing.B) {
	f := newFile(b, withCouncil())
	if err := f.Do(store.PutAssets{Assets: estate(100_000)}); err != nil {
		b.Fatal(err)
	}
	f.Close()
	for b.Loop() {
		g, err := store.Open(f.Path(), options(b))
		if err != nil {
			b.Fatal(err)
		}
		g.Close()
	}
}

// BenchmarkEdit changes one asset of a place of ordinary size.
func BenchmarkEdit(b *testing.B) {
	f := newFile(b, withCouncil())
	all := estate(1000)
	if err := f.Do(store.PutAssets{Assets: all}); err != nil {
		b.Fatal(err)
	}
	a := all[500]
	for b.Loop() {
		a.Backlog.Value++
		if err := f.Do(store.PutAssets{Assets: []model.Asset{a}}); err != nil {
			b.Fatal(err)
		}
	}
}
