// Package gaps proposes what stands where nobody has measured or stated a figure: the floor area, running cost, energy and desks
// of a building, from similar buildings of the same project or from the benchmarks of the parameter set.
//
// The rules, in the order in which they are tried for one figure:
//
//  1. the middle (median) of the rates of at least five other buildings of the same use whose figures are measured or stated,
//     times the building's own floor area: graded estimated;
//  2. the same over uses that share an energy benchmark category (offices and town halls, say): graded estimated;
//     sizes are only compared within one use, and where they differ widely the figure is a placeholder;
//  3. the benchmark of the parameter set (TM46 for energy, the space standards for desks), with the grade it has there;
//  4. nothing, and the reason.
//
// A figure that somebody measured, stated or modelled by other means is never replaced, and what was filled never counts as
// evidence for filling something else, save that a filled floor area carries its grade into what is made of it. The source of a
// filled figure begins with [Mark] and says the rule and the buildings it rests on, so that it can be told apart and filled afresh when
// the buildings around it are better known.
//
// The package also scores how much of an estate is known: see [Quality].
package gaps

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/reference"
)

// Mark begins the source of every figure that this package proposed.
const Mark = "filled: "

// leastPeers is how many buildings must state a figure before others are filled from them.
const leastPeers = 5

// Field names a figure of an asset: one of the constants, a [model.Cost] or a [model.Fuel].
type Field string

// The figures that are neither costs nor fuels.
const (
	FloorArea Field = "floor area"
	Desks     Field = "desks"
	Capacity  Field = "capacity"
)

// Unit is what the figure is counted in.
func (f Field) Unit() string {
	for _, k := range model.Fuels {
		if f == Field(k) {
			return "kWh a year"
		}
	}
	switch f {
	case FloorArea:
		return "m²"
	case Desks:
		return "desks"
	case Capacity:
		return "people"
	}
	return "£ a year"
}

// Of reads the figure from an asset.
func (f Field) Of(a *model.Asset) model.Figure {
	switch f {
	case FloorArea:
		return a.FloorArea
	case Desks:
		return a.Desks
	case Capacity:
		return a.Capacity
	}
	if g, ok := a.Costs.Lookup(model.Cost(f)); ok {
		return g
	}
	return a.Energy.Get(model.Fuel(f))
}

// put lays a figure into an asset.
func (f Field) put(a *model.Asset, g model.Figure) {
	switch f {
	case FloorArea:
		a.FloorArea = g
		return
	case Desks:
		a.Desks = g
		return
	case Capacity:
		a.Capacity = g
		return
	}
	for _, k := range model.Fuels {
		if f == Field(k) {
			a.Energy.Set(k, g)
			return
		}
	}
	a.Costs.Set(model.Cost(f), g)
}

// Proposal is one figure to be filled.
type Proposal struct {
	Asset  model.AssetID
	Name   string
	Field  Field
	Figure model.Figure    // the value, its grade, and the rule as its source
	Was    model.Figure    // what an earlier filling put there; not known in a gap proper
	Peers  []model.AssetID // the buildings it rests on, not to be changed; empty for a benchmark
}

// Left is a gap that no rule fills, for the same reason in one or many buildings.
type Left struct {
	Field  Field
	Why    string
	Assets []model.AssetID
}

// Proposals is what could be filled and what could not, in the project's order of assets.
type Proposals struct {
	Fill []Proposal
	Left []Left
}

// Find proposes figures for the gaps of a project. The book gives the space standards, with the project's own changes of them.
func Find(p *model.Project, set *reference.Set, book *model.Book) *Proposals {
	f := &finder{set: set, book: book, peers: newPeers(p, set), left: map[reason]int{}, patterns: map[model.Use]uint{}, tm46: map[model.Use]typical{}}
	for i := range p.Assets {
		f.asset(&p.Assets[i])
	}
	return &f.out
}

// reason is why a field was left; buildings with the same are listed together.
type reason struct {
	field Field
	why   string
}

// finder walks the assets.
type finder struct {
	set      *reference.Set
	book     *model.Book
	peers    *peers
	out      Proposals
	left     map[reason]int // → index into out.Left
	tm46     map[model.Use]typical
	patterns map[model.Use]uint // the running costs that most buildings of a use state; 0 where too few do
}

// typical is the benchmark of a use, in kWh/m² a year.
type typical struct {
	category          string
	electricity, heat float64
}

// firm says whether a figure is evidence: measured or stated.
func firm(f model.Figure) bool { return f.Known() && !f.Grade.Modelled() }

// Filled says whether a figure was proposed by this package.
func Filled(f model.Figure) bool { return f.Grade.Modelled() && strings.HasPrefix(f.Source, Mark) }

// gap says whether a figure is wanting.
func gap(f model.Figure) bool { return !f.Known() || Filled(f) }

// land says whether there is no building to speak of.
func land(a *model.Asset) bool {
	holding := strings.ToLower(a.Holding)
	return a.Use != "" && !a.Use.Built() || strings.HasPrefix(holding, "land") && !strings.Contains(holding, "build")
}

func (f *finder) asset(a *model.Asset) {
	if land(a) {
		return
	}
	w := *a // the floor area proposed below is used by the rules after it
	if gap(a.FloorArea) {
		if g, peers, why := f.floorArea(a); why == "" {
			w.FloorArea = f.propose(a, FloorArea, g, peers)
		} else {
			f.leave(a, FloorArea, why)
		}
	}
	if !w.FloorArea.Known() || w.FloorArea.Value <= 0 {
		return // no other rule works without it
	}
	if a.Tenure.LetOut {
		f.leave(a, "running cost and energy", "the building is let out: its occupier pays for them")
		return
	}
	f.costs(&w)
	f.energy(&w)
	f.seats(&w)
}

// propose notes a figure for a gap and returns it; what is there already is not proposed again.
func (f *finder) propose(a *model.Asset, field Field, g model.Figure, peers []model.AssetID) model.Figure {
	g.Source = Mark + g.Source
	was := field.Of(a)
	if was == g {
		return g
	}
	f.out.Fill = append(f.out.Fill, Proposal{Asset: a.ID, Name: a.Name, Field: field, Figure: g, Was: was, Peers: peers})
	return g
}

func (f *finder) leave(a *model.Asset, field Field, why string) {
	k := reason{field, why}
	at, ok := f.left[k]
	if !ok {
		at = len(f.out.Left)
		f.left[k] = at
		f.out.Left = append(f.out.Left, Left{Field: field, Why: why})
	}
	f.out.Left[at].Assets = append(f.out.Left[at].Assets, a.ID)
}

// scaled multiplies a rate by the floor area. A floor area that was itself filled weakens the grade.
func scaled(rate float64, grade model.Grade, a *model.Asset, source string) model.Figure {
	if a.FloorArea.Grade.Modelled() {
		grade = model.Weakest(grade, a.FloorArea.Grade)
		source += " (a floor area that is itself " + string(a.FloorArea.Grade) + ")"
	}
	return model.Figure{Value: math.Round(rate * a.FloorArea.Value), Grade: grade, Source: source}
}

// Apply makes whole assets with the proposals that accept takes (all when it is nil), in the project's order: what one command of
// the caller's stores. A figure that became measured or stated since the proposals were made is left as it is.
func (s *Proposals) Apply(p *model.Project, accept func(*Proposal) bool) []model.Asset {
	by := map[model.AssetID][]*Proposal{}
	for i := range s.Fill {
		if x := &s.Fill[i]; accept == nil || accept(x) {
			by[x.Asset] = append(by[x.Asset], x)
		}
	}
	var out []model.Asset
	for i := range p.Assets {
		list := by[p.Assets[i].ID]
		if len(list) == 0 {
			continue
		}
		a := p.Assets[i]
		changed := false
		for _, x := range list {
			if gap(x.Field.Of(&a)) {
				x.Field.put(&a, x.Figure)
				changed = true
			}
		}
		if changed {
			out = append(out, a)
		}
	}
	return out
}

// ByGrade counts the proposals by field and grade, fields in order of name.
func (s *Proposals) ByGrade() []Count {
	n := map[Count]int{}
	for i := range s.Fill {
		n[Count{Field: s.Fill[i].Field, Grade: s.Fill[i].Figure.Grade}]++
	}
	out := make([]Count, 0, len(n))
	for c, k := range n {
		c.Figures = k
		out = append(out, c)
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Field != out[j].Field {
			return out[i].Field < out[j].Field
		}
		return out[i].Grade.Rank() < out[j].Grade.Rank()
	})
	return out
}

// Count is how many figures of a field a grade has.
type Count struct {
	Field   Field
	Grade   model.Grade
	Figures int
}

func number(v float64) string {
	if v >= 100 {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.3g", v)
}
