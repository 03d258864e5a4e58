package estatemap

import (
	"math"
	"slices"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// Measure is a number of an asset by which marks are sized or coloured.
type Measure struct {
	Name string
	Unit string // behind the number, with its space
	Of   func(*app.Snapshot, *model.Asset) model.Figure
	Text func(float64) string // the number without the unit
	// Exempt says that the measure is not for publication.
	Exempt bool
}

// Write gives a value with its unit, or that it is not known; modelled values
// carry their mark.
func (m *Measure) Write(f model.Figure) string {
	if !f.Known() {
		return words.F("%s not known", words.T(m.Name))
	}
	s := m.Text(f.Value) + words.T(m.Unit)
	if f.Grade.Modelled() {
		s = "≈ " + s
	}
	return s
}

// Measures lists them, floor area first.
var Measures = []Measure{
	{words.Later("Floor area"), " m²", func(_ *app.Snapshot, a *model.Asset) model.Figure { return a.FloorArea }, format.Whole, false},
	{words.Later("Land"), " ha", func(_ *app.Snapshot, a *model.Asset) model.Figure { return a.LandArea }, oneDecimal, false},
	{words.Later("Running cost"), words.Later(" a year"), func(_ *app.Snapshot, a *model.Asset) model.Figure { return runningCost(a) }, format.Pounds, false},
	{words.Later("Running cost per m²"), words.Later(" per m²"), func(_ *app.Snapshot, a *model.Asset) model.Figure { return per(runningCost(a), a.FloorArea) }, format.Pounds, false},
	{words.Later("Energy"), words.Later(" kWh a year"), func(_ *app.Snapshot, a *model.Asset) model.Figure { return energy(a) }, format.Whole, false},
	{words.Later("Energy per m²"), words.Later(" kWh per m²"), func(_ *app.Snapshot, a *model.Asset) model.Figure { return per(energy(a), a.FloorArea) }, format.Whole, false},
	{words.Later("Backlog of repairs"), "", func(_ *app.Snapshot, a *model.Asset) model.Figure { return a.Backlog }, format.Pounds, false},
	{words.Later("Staff"), words.Later(" full-time equivalent"), staff, oneDecimal, false},
	{words.Later("Desks"), words.Later(" desks"), func(_ *app.Snapshot, a *model.Asset) model.Figure { return a.Desks }, format.Whole, false},
	{words.Later("Income"), words.Later(" a year"), func(_ *app.Snapshot, a *model.Asset) model.Figure { return a.Income }, format.Pounds, false},
	{words.Later("Market value (exempt)"), "", func(_ *app.Snapshot, a *model.Asset) model.Figure { return a.Value }, format.Pounds, true},
}

func oneDecimal(v float64) string { return format.Number(v, 1) }

// measureNamed returns the measure, or nil.
func measureNamed(name string) *Measure {
	for i := range Measures {
		if Measures[i].Name == name {
			return &Measures[i]
		}
	}
	return nil
}

// sum adds what is known; the grade is that of the least sure part.
func sum(fs ...model.Figure) model.Figure {
	var out model.Figure
	for _, f := range fs {
		switch {
		case !f.Known() || !model.Finite(f.Value):
		case !out.Known():
			out = f
		default:
			out.Value += f.Value
			out.Grade = model.Weakest(out.Grade, f.Grade)
		}
	}
	return out
}

func runningCost(a *model.Asset) model.Figure {
	fs := make([]model.Figure, 0, len(model.Costs))
	for _, c := range model.Costs {
		fs = append(fs, a.Costs.Get(c))
	}
	return sum(fs...)
}

func energy(a *model.Asset) model.Figure {
	fs := make([]model.Figure, 0, len(model.Fuels))
	for _, f := range model.Fuels {
		fs = append(fs, a.Energy.Get(f))
	}
	return sum(fs...)
}

func per(f, area model.Figure) model.Figure {
	if !f.Known() || !area.Known() || area.Value <= 0 {
		return model.Figure{}
	}
	return model.Figure{Value: f.Value / area.Value, Grade: model.Weakest(f.Grade, area.Grade)}
}

func staff(s *app.Snapshot, a *model.Asset) model.Figure {
	var fs []model.Figure
	for _, o := range s.OccupationsOf(a.ID) {
		if x := s.Service(o.Service); x != nil && x.FTE.Known() {
			f := x.FTE
			f.Value *= o.Share
			fs = append(fs, f)
		}
	}
	return sum(fs...)
}

// steps are at most four rounded limits that part the values into classes of
// about the same number.
func steps(values []float64) []float64 {
	v := slices.Clone(values)
	slices.Sort(v)
	if len(v) == 0 {
		return nil
	}
	var out []float64
	for _, q := range []float64{0.2, 0.4, 0.6, 0.8} {
		x := twoDigits(v[int(q*float64(len(v)-1)+0.5)])
		if x > v[0] && x <= v[len(v)-1] && (len(out) == 0 || x > out[len(out)-1]) {
			out = append(out, x)
		}
	}
	return out
}

// twoDigits rounds to two significant digits.
func twoDigits(x float64) float64 {
	if x == 0 || !model.Finite(x) {
		return 0
	}
	p := math.Pow(10, math.Floor(math.Log10(math.Abs(x)))-1)
	return math.Round(x/p) * p
}

// stepNames writes the classes between the limits.
func stepNames(m *Measure, limits []float64) []string {
	if len(limits) == 0 {
		return []string{words.T("Known")}
	}
	out := []string{words.F("Under %s", m.Text(limits[0]))}
	for i := 1; i < len(limits); i++ {
		out = append(out, words.F("%s to %s", m.Text(limits[i-1]), m.Text(limits[i])))
	}
	return append(out, words.F("%s and more", m.Text(limits[len(limits)-1])))
}

// stepOf is the class of a value.
func stepOf(v float64, limits []float64) int {
	n, _ := slices.BinarySearch(limits, v)
	if n < len(limits) && limits[n] == v {
		n++
	}
	return n
}

// sizer gives the radius in Fyne units, so that the area of a mark goes with
// the value; largest is the value that has the largest mark.
type sizer struct {
	largest float64
}

const smallest, biggest = 4.0, 22.0

func newSizer(values []float64) sizer {
	v := slices.Clone(values)
	slices.Sort(v)
	if len(v) == 0 {
		return sizer{1}
	}
	// The one largest building must not make dots of all others.
	return sizer{max(1e-9, v[int(0.995*float64(len(v)-1))])}
}

func (z sizer) radius(f model.Figure) float64 {
	if !f.Known() {
		return smallest
	}
	return max(smallest, min(biggest, biggest*math.Sqrt(max(0, f.Value)/z.largest)))
}
