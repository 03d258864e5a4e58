// Package estatemap is the place that shows assets over boundaries: our own
// map, offline, painted as one picture.
//
// It knows marks, layers and pointer gestures. It refuses to know what an
// asset is worth; degrees become map metres through model/geo alone.
package estatemap

import (
	"cmp"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/quadtree"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// ClassBy is what the marks of a map tell apart.
type ClassBy string

// The ways to class assets.
const (
	ByOrganisation ClassBy = "Organisation"
	ByUse          ClassBy = "Use"
	ByTenure       ClassBy = "Held as"
	ByPlan         ClassBy = "What is planned"
)

// Classings lists what marks can be told apart by: in kind, then by measure.
func Classings() []string {
	out := []string{string(ByOrganisation), string(ByUse), string(ByTenure), string(ByPlan)}
	for i := range Measures {
		out = append(out, Measures[i].Name)
	}
	return out
}

// Choice is how the marks of a scene are made.
type Choice struct {
	By       ClassBy // or the name of a measure
	Size     string  // the name of a measure; floor area when empty
	Scenario *model.Scenario
}

// maxClasses is how many marks there are; the last is for everything else.
const maxClasses = 8

// Scene is what can be drawn: everything in map metres (web Mercator), made
// once for a project and a way of classing, then only read.
type Scene struct {
	Layers  []Layer
	Dots    []Dot // largest first, so that small ones lie on top
	People  []Person
	Classes []string
	Counts  []int
	Ordered *Measure // the classes are steps of it; nil when they are kinds
	Size    *Measure
	Largest float64   // value of the largest mark
	Missing int       // assets that are not on the map
	Bound   orb.Bound // of everything
	View    orb.Bound // what is shown at first: the boundaries, or where most assets are
	tree    *quadtree.Quadtree
	byID    map[model.AssetID]int
	xs, ys  []float64 // of the dots, together in memory for the painter
	sizes   []float32
	classes []uint8
	groups  groupings
}

// Layer is the boundaries of one kind.
type Layer struct {
	Name  string
	Areas []Area
}

// Area is one boundary.
type Area struct {
	Code, Name string
	Bound      orb.Bound
	Rings      []orb.Ring
}

// Dot is one asset.
type Dot struct {
	ID    model.AssetID
	Name  string
	Lines [4]string // the hover card
	At    orb.Point
	Use   model.Use
	Class int
	Size  float64 // radius in Fyne units
	Known bool    // the measure of the size is known; else the mark is hollow
	index int
}

// Point makes a Dot findable.
func (d *Dot) Point() orb.Point { return d.At }

func mercator(p model.LatLon) orb.Point { return geo.ToMercator(geo.LatLon(p)) }

// NewScene builds the scene of a project. It may run in any goroutine.
func NewScene(s *app.Snapshot, c Choice) *Scene {
	sn := &Scene{byID: map[model.AssetID]int{}, Ordered: measureNamed(string(c.By)), Size: measureNamed(c.Size)}
	if sn.Size == nil {
		sn.Size = &Measures[0]
	}
	sn.addLayers(s)
	sn.addPeople(s)
	sn.addDots(s, c, plannedWords(c.Scenario))
	first := len(sn.Layers) == 0
	sn.xs, sn.ys = make([]float64, len(sn.Dots)), make([]float64, len(sn.Dots))
	sn.sizes, sn.classes = make([]float32, len(sn.Dots)), make([]uint8, len(sn.Dots))
	for i := range sn.Dots {
		d := &sn.Dots[i]
		d.index = i
		sn.byID[d.ID] = i
		sn.xs[i], sn.ys[i], sn.sizes[i], sn.classes[i] = d.At[0], d.At[1], float32(d.Size), uint8(d.Class)
		if first && i == 0 {
			sn.Bound = orb.Bound{Min: d.At, Max: d.At}
		}
		sn.Bound = sn.Bound.Extend(d.At)
	}
	sn.View = sn.firstView()
	sn.tree = quadtree.New(sn.Bound.Pad(1))
	for i := range sn.Dots {
		_ = sn.tree.Add(&sn.Dots[i]) // only a point outside the bound fails, and the bound holds them all
	}
	return sn
}

func (sn *Scene) addPeople(s *app.Snapshot) {
	for i := range s.Population {
		p := &s.Population[i]
		if p.Placed == model.PlaceUnknown || !geo.LatLon(p.Location).Valid() {
			continue
		}
		sn.People = append(sn.People, Person{At: mercator(p.Location), Place: geo.LatLon(p.Location), Code: p.Code, People: p.People, Groups: p.Groups})
	}
}

func (sn *Scene) addDots(s *app.Snapshot, c Choice, planned map[model.AssetID]string) {
	n := len(s.Assets)
	sizes, shades := make([]model.Figure, n), make([]model.Figure, n)
	names := make([]string, n)
	count := map[string]int{}
	var sized, shaded []float64
	for i := range s.Assets {
		a := &s.Assets[i]
		if !a.Located() {
			sn.Missing++
			continue
		}
		if sizes[i] = sn.Size.Of(s, a); sizes[i].Known() {
			sized = append(sized, sizes[i].Value)
		}
		if sn.Ordered != nil {
			if shades[i] = sn.Ordered.Of(s, a); shades[i].Known() {
				shaded = append(shaded, shades[i].Value)
			}
			continue
		}
		names[i] = className(s, a, c.By, planned)
		count[names[i]]++
	}
	z, limits := newSizer(sized), steps(shaded)
	sn.Largest = z.largest
	var class map[string]int
	if sn.Ordered == nil {
		class = sn.rankClasses(count, c.By)
	} else {
		sn.orderClasses(limits)
	}
	for i := range s.Assets {
		a := &s.Assets[i]
		if !a.Located() {
			continue
		}
		k := maxClasses - 1
		if sn.Ordered == nil {
			if at, ok := class[names[i]]; ok {
				k = at
			}
		} else if shades[i].Known() {
			k = stepOf(shades[i].Value, limits)
		}
		sn.Counts[k]++
		d := Dot{ID: a.ID, Name: format.Name(a.Name), At: mercator(a.Location), Use: a.Use, Class: k, Size: z.radius(sizes[i]), Known: sizes[i].Known(),
			Lines: [4]string{s.OrganisationName(a.Organisation), format.Word(string(a.Use)) + " · " + sn.Size.Write(sizes[i]), "", planned[a.ID]}}
		if sn.Ordered != nil && sn.Ordered != sn.Size {
			d.Lines[2] = sn.Ordered.Write(shades[i])
		}
		sn.Dots = append(sn.Dots, d)
	}
	slices.SortStableFunc(sn.Dots, func(a, b Dot) int { return cmp.Compare(b.Size, a.Size) })
}

// orderClasses names the steps of a measure; what is not known comes last.
func (sn *Scene) orderClasses(limits []float64) {
	sn.Classes, sn.Counts = make([]string, maxClasses), make([]int, maxClasses)
	for i, n := range stepNames(sn.Ordered, limits) {
		sn.Classes[i] = n
	}
	sn.Classes[maxClasses-1] = format.Capital(format.NotKnown())
}

// firstView is the boundaries when there are some; else where the middle 96 in
// a hundred assets lie, so that one far away does not make a dot of the place.
func (sn *Scene) firstView() orb.Bound {
	var b orb.Bound
	first := true
	for k := range sn.Layers {
		for i := range sn.Layers[k].Areas {
			if first {
				b, first = sn.Layers[k].Areas[i].Bound, false
			}
			b = b.Union(sn.Layers[k].Areas[i].Bound)
		}
	}
	if !first || len(sn.Dots) == 0 {
		return b
	}
	xs, ys := make([]float64, len(sn.Dots)), make([]float64, len(sn.Dots))
	for i := range sn.Dots {
		xs[i], ys[i] = sn.Dots[i].At[0], sn.Dots[i].At[1]
	}
	slices.Sort(xs)
	slices.Sort(ys)
	lo, hi := len(xs)/50, len(xs)-1-len(xs)/50
	return orb.Bound{Min: orb.Point{xs[lo], ys[lo]}, Max: orb.Point{xs[hi], ys[hi]}}
}

func (sn *Scene) addLayers(s *app.Snapshot) {
	index := map[string]int{}
	for i := range s.Boundaries {
		b := &s.Boundaries[i]
		k, ok := index[b.Layer]
		if !ok {
			k = len(sn.Layers)
			index[b.Layer] = k
			sn.Layers = append(sn.Layers, Layer{Name: b.Layer})
		}
		a := Area{Code: b.Code, Name: b.Name}
		for _, poly := range b.Polygons {
			for _, ring := range poly {
				r := make(orb.Ring, len(ring))
				for j, p := range ring {
					r[j] = mercator(p)
				}
				a.Rings = append(a.Rings, r)
				if len(a.Rings) == 1 {
					a.Bound = r.Bound()
				} else {
					a.Bound = a.Bound.Union(r.Bound())
				}
			}
		}
		if len(a.Rings) == 0 {
			continue
		}
		if sn.Bound.IsZero() {
			sn.Bound = a.Bound
		}
		sn.Bound = sn.Bound.Union(a.Bound)
		sn.Layers[k].Areas = append(sn.Layers[k].Areas, a)
	}
}

func className(s *app.Snapshot, a *model.Asset, by ClassBy, planned map[model.AssetID]string) string {
	switch by {
	case ByUse:
		return format.Word(string(a.Use))
	case ByTenure:
		if a.Tenure.Kind == "" {
			return words.T("Not known")
		}
		return format.Word(string(a.Tenure.Kind))
	case ByPlan:
		w, _, _ := strings.Cut(planned[a.ID], ",")
		if w == "" {
			return words.T("Nothing planned")
		}
		return w
	}
	return s.OrganisationName(a.Organisation)
}

// rankClasses gives the commonest classes a mark of their own.
func (sn *Scene) rankClasses(count map[string]int, by ClassBy) map[string]int {
	names := make([]string, 0, len(count))
	for n := range count {
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b string) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return cmp.Compare(a, b)
	})
	if by == ByPlan { // what stays as it is takes the quiet mark
		names = slices.DeleteFunc(names, func(n string) bool { return n == words.T("Nothing planned") })
	}
	out := map[string]int{}
	for i, n := range names {
		if i < maxClasses-1 {
			out[n] = i
			sn.Classes = append(sn.Classes, n)
		}
	}
	for len(sn.Classes) < maxClasses-1 {
		sn.Classes = append(sn.Classes, "")
	}
	other := words.T("Everything else")
	if by == ByPlan {
		other = words.T("Nothing planned")
	}
	sn.Classes = append(sn.Classes, other)
	sn.Counts = make([]int, maxClasses)
	return out
}

// plannedWords says what a scenario does to each asset.
func plannedWords(sc *model.Scenario) map[model.AssetID]string {
	out := map[model.AssetID]string{}
	if sc == nil {
		return out
	}
	done := map[model.ActionKind]string{
		model.Retain: words.T("Repair"), model.CoLocate: words.T("Becomes a hub"), model.Flex: words.T("Shares desks"), model.Repurpose: words.T("New use"), model.Develop: words.T("Developed"),
		model.Sell: words.T("Sold"), model.ExitLease: words.T("Lease left"), model.Transfer: words.T("Transferred"), model.Mothball: words.T("Closed and held"), model.Greening: words.T("Green space"),
		model.LetOut: words.T("Let out"), model.Retrofit: words.T("Retrofit"),
	}
	for _, a := range sc.ByYear() {
		w := done[a.Kind]
		if w == "" {
			w = format.Word(string(a.Kind))
		}
		w += ", " + format.Year(a.Year)
		if out[a.Asset] == "" || a.Kind != model.Retrofit {
			out[a.Asset] = w
		}
		for _, f := range a.From {
			if out[f] == "" {
				out[f] = words.F("Services move out, %s", format.Year(a.Year))
			}
		}
	}
	return out
}

// Dot is the asset's mark, or nil when it is not on the map.
func (sn *Scene) Dot(id model.AssetID) *Dot {
	if i, ok := sn.byID[id]; ok {
		return &sn.Dots[i]
	}
	return nil
}
