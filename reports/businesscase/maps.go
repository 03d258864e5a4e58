package businesscase

import (
	"fmt"
	"math"
	"sort"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// placeMap is the map of the estate with a sentence about what is not on it.
func (b *builder) placeMap(e *estate) {
	if e.located == 0 {
		b.say("None of the assets has a location, so there is no map. A postcode or a grid reference in the register is enough to draw one.")
		return
	}
	if n := e.assets - e.located; n > 0 {
		b.say("The place of @ is known; @ could not be placed on the map.", things("estate.located", e.located, "asset", "assets"), count("estate.unplaced", n))
	}
	if n := e.located - len(b.placed()); n > 0 {
		b.say("@ too far away to be drawn.", upper(things("estate.far", n, "asset lies", "assets lie")))
	}
	b.add1(document.Figure{Chart: b.estateMap(), Height: 360})
}

// outline draws the coarsest boundaries there are in number enough to tell places apart.
func (b *builder) outline() []chart.Area {
	layers := map[string][]model.Boundary{}
	for _, x := range b.p.Boundaries {
		layers[x.Layer] = append(layers[x.Layer], x)
	}
	for _, l := range []string{"ward", "locality", "lsoa", "district"} {
		if len(layers[l]) == 0 {
			continue
		}
		var out []chart.Area
		for _, x := range layers[l] {
			a := chart.Area{}
			if l == "ward" || l == "locality" {
				a.Label = x.Name
			}
			for _, poly := range x.Polygons {
				for _, ring := range poly {
					r := make([]chart.LonLat, len(ring))
					for i, q := range ring {
						r[i] = chart.LonLat{q.Lon, q.Lat}
					}
					a.Rings = append(a.Rings, r)
				}
			}
			out = append(out, a)
		}
		return out
	}
	return nil
}

const labelled = 10 // how many of the largest places a map names

// placed are the assets on the map, the largest first. One that lies far from all others would shrink the place to a dot, so it
// is left out; the text says how many were.
func (b *builder) placed() []*model.Asset {
	var out []*model.Asset
	near := b.frame()
	for i := range b.p.Assets {
		if a := &b.p.Assets[i]; a.Located() && near(a.Location) {
			out = append(out, a)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].FloorArea.Value > out[j].FloorArea.Value })
	return out
}

// frame decides what is near enough to be drawn: the boundaries with a third around them, otherwise the middle nine tenths of the
// assets with their own width around them.
func (b *builder) frame() func(model.LatLon) bool {
	var lat, lon []float64
	add := func(p model.LatLon) { lat, lon = append(lat, p.Lat), append(lon, p.Lon) }
	margin, cut := 0.33, 0.0
	for _, x := range b.p.Boundaries {
		for _, poly := range x.Polygons {
			for _, ring := range poly {
				for _, p := range ring {
					add(p)
				}
			}
		}
	}
	if len(lat) == 0 {
		margin, cut = 1, 0.05
		for i := range b.p.Assets {
			if a := &b.p.Assets[i]; a.Located() {
				add(a.Location)
			}
		}
	}
	if len(lat) < 3 {
		return func(model.LatLon) bool { return true }
	}
	sort.Float64s(lat)
	sort.Float64s(lon)
	lo := int(cut * float64(len(lat)))
	hi := len(lat) - 1 - lo
	dy, dx := math.Max(margin*(lat[hi]-lat[lo]), 0.01), math.Max(margin*(lon[hi]-lon[lo]), 0.01)
	return func(p model.LatLon) bool {
		return p.Lat >= lat[lo]-dy && p.Lat <= lat[hi]+dy && p.Lon >= lon[lo]-dx && p.Lon <= lon[hi]+dx
	}
}

func at(a *model.Asset) chart.LonLat { return chart.LonLat{a.Location.Lon, a.Location.Lat} }

// estateMap shows who holds what.
func (b *builder) estateMap() *chart.Chart {
	list := b.placed()
	if len(list) == 0 {
		return nil
	}
	ids, by, _ := b.estates()
	const most = 6
	class := map[model.OrganisationID]int{}
	m := chart.Map{Areas: b.outline(), SizeName: "floor area"}
	for i, id := range ids {
		if by[id].located == 0 {
			continue
		}
		if len(m.PointClasses) == most-1 && i < len(ids)-1 {
			m.PointClasses = append(m.PointClasses, "Other bodies")
		}
		if len(m.PointClasses) < most {
			m.PointClasses = append(m.PointClasses, b.org(id))
		}
		class[id] = len(m.PointClasses) - 1
	}
	for i, a := range list {
		p := chart.MapPoint{At: at(a), Size: a.FloorArea.Value, Class: class[a.Organisation]}
		if i < labelled && a.FloorArea.Known() {
			p.Label = short(assetName(a), 34)
		}
		m.Points = append(m.Points, p)
	}
	title := fmt.Sprintf("%s %s of %s on the map", capital(counted(len(list))), plural(len(list), "asset", "assets"), b.place())
	alt := title
	if len(ids) > 0 && len(ids) <= most {
		alt += ", held by " + listing(m.PointClasses)
	}
	switch a := list[0]; {
	case !a.FloorArea.Known():
	case len(list) == 1:
		alt += ". It is " + assetName(a) + " with " + Area(a.FloorArea.Value)
	default:
		alt += ". The largest is " + assetName(a) + " with " + Area(a.FloorArea.Value)
	}
	return &chart.Chart{Title: title, Alt: alt + ".", Plot: m, Source: b.mapSource()}
}

func (b *builder) mapSource() string {
	if len(b.p.Boundaries) > 0 {
		return "asset registers of the organisations named; boundaries as listed under sources"
	}
	return "asset registers of the organisations named"
}

// What becomes of a building, as the map of an option shows it.
const (
	kept = iota
	takesIn
	changesUse
	goes
)

// changeMap shows what becomes of the buildings under the preferred option.
func (b *builder) changeMap() *chart.Chart {
	o := b.preferred
	if o == nil || len(o.Plan.Closures)+len(o.Plan.Moves) == 0 {
		return nil
	}
	fate := map[model.AssetID]int{}
	for _, m := range o.Plan.Moves {
		fate[m.To] = takesIn
	}
	gone, hubs := 0, map[model.AssetID]bool{}
	for _, c := range o.Plan.Closures {
		switch c.Route {
		case model.Repurpose, model.Develop, model.Greening, model.Mothball:
			fate[c.Asset] = changesUse
		default:
			fate[c.Asset] = goes
			gone++
		}
	}
	for id, f := range fate {
		hubs[id] = f == takesIn
	}
	nHubs := 0
	for _, h := range hubs {
		if h {
			nHubs++
		}
	}
	m := chart.Map{Areas: b.outline(), SizeName: "floor area", PointClasses: []string{"kept", "takes services in", "new use or mothballed", "sold, transferred or left"}}
	drawn := 0
	for _, a := range b.placed() {
		f, touched := fate[a.ID]
		if !touched && (!a.Use.Built() || !a.FloorArea.Known()) {
			continue
		}
		p := chart.MapPoint{At: at(a), Size: a.FloorArea.Value, Class: f}
		if touched {
			p.Label = short(assetName(a), 30)
			drawn++
		}
		m.Points = append(m.Points, p)
	}
	if drawn == 0 {
		return nil
	}
	seen := map[[2]model.AssetID]bool{}
	for _, mv := range o.Plan.Moves {
		from, to := b.assets[mv.From], b.assets[mv.To]
		if from == nil || to == nil || !from.Located() || !to.Located() || seen[[2]model.AssetID{mv.From, mv.To}] {
			continue
		}
		seen[[2]model.AssetID{mv.From, mv.To}] = true
		m.Lines = append(m.Lines, chart.MapLine{Path: []chart.LonLat{at(from), at(to)}, Arrow: true})
	}
	title := fmt.Sprintf("%s: %s let go, %s in", o.name, counted(gone)+plural(gone, " building is", " buildings are"), counted(nHubs)+plural(nHubs, " building takes services", " buildings take services"))
	return &chart.Chart{Title: title, Alt: title + ". Arrows lead from each building that services leave to the one that takes them in.", Plot: m, Source: b.mapSource()}
}
