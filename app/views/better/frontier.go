package better

import (
	"context"
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model/rationalise"
	"github.com/planting-the-flag/flagstone/model/rationalise/proof"
	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/planchart"
)

// trades are what value to society can be weighed against.
var trades = []struct {
	words string
	axes  []string
}{
	{words.Later("Carbon in the last year"), []string{rationalise.AxisCarbon}},
	{words.Later("Capital in the year of change"), []string{rationalise.AxisCapital}},
	{words.Later("Residents out of reach"), []string{rationalise.AxisResidents}},
	{words.Later("How far residents' visits move"), []string{rationalise.AxisAccess}},
	{words.Later("Carbon and residents together"), []string{rationalise.AxisCarbon, rationalise.AxisResidents}},
	{words.Later("Carbon and capital together"), []string{rationalise.AxisCarbon, rationalise.AxisCapital}},
	{words.Later("Capital and residents together"), []string{rationalise.AxisCapital, rationalise.AxisResidents}},
}

func axisWords() []string {
	var out []string
	for _, t := range trades {
		out = append(out, words.T(t.words))
	}
	return out
}

// tradeOff is the picture of the plans at several limits; a tap chooses the
// plan nearest to it, the chooser above it does the same by keys.
type tradeOff struct {
	chart  *tapChart
	pick   *widget.Select
	object *fyne.Container
	points []rationalise.Point // that have a plan
	found  *app.Frontier
	chosen func(int)
	laid   func() // lays the picture out once it is shown
}

func newTradeOff(post func(func()), chosen func(int)) *tradeOff {
	t := &tradeOff{chosen: chosen}
	t.chart = newTapChart(post, t.tapped)
	t.pick = widget.NewSelect(nil, func(string) {
		if i := t.pick.SelectedIndex(); i >= 0 && i < len(t.points) {
			t.choose(i)
		}
	})
	t.pick.PlaceHolder = words.T("Choose a plan, here or on the chart")
	t.object = container.NewBorder(container.New(columns{}, t.pick), nil, nil, nil, t.chart)
	t.object.Hide()
	return t
}

func (t *tradeOff) restyle() { t.chart.chart.Restyle() }

func (t *tradeOff) clear() {
	t.points, t.found = nil, nil
	t.chart.chart.Set(nil)
	t.pick.ClearSelected()
	t.object.Hide()
}

// show draws the plans found.
func (t *tradeOff) show(f *app.Frontier) {
	t.points, t.found = nil, f
	var names []string
	for _, p := range f.Points {
		if p.Plan == nil {
			continue
		}
		t.points = append(t.points, p)
		used := f.Axes[0].Amount(p.Used)
		if len(f.Axes) > 1 {
			used += words.F(" and %s", f.Axes[1].Amount(p.UsedOf))
		}
		names = append(names, words.F("Plan %s: %s to society at %s", format.Whole(float64(len(names)+1)), format.Pounds(p.Plan.NPSV), used))
	}
	t.pick.Options = names
	t.pick.ClearSelected()
	t.object.Show()
	if t.laid != nil {
		t.laid()
	}
	t.draw(-1)
}

func (t *tradeOff) draw(chosen int) { t.chart.chart.Set(tradeChart(t.found, t.points, chosen)) }

// tradeChart draws the plans; chosen is marked.
func tradeChart(f *app.Frontier, points []rationalise.Point, chosen int) *chart.Chart {
	if f.Plane != nil {
		limits, names, npsv, bound := f.Plane.Cells()
		c := planchart.Grid(f.Axes[0].What, f.Axes[1].What, limits, names, npsv, bound)
		if l, ok := c.Plot.(chart.Lines); ok && chosen >= 0 {
			l.Marks = []chart.Reference{{Name: words.T("chosen"), Value: points[chosen].Limit}}
			l.Levels = []chart.Reference{{Name: words.F("chosen: %s", format.Pounds(points[chosen].Plan.NPSV)), Value: points[chosen].Plan.NPSV}}
			c.Plot = l
		}
		return c
	}
	t := &proof.Trade{What: f.Axes[0].What}
	for _, p := range points {
		t.Points = append(t.Points, proof.Point{Limit: p.Limit, Used: p.Used, NPSV: p.Plan.NPSV, Bound: p.Bound})
	}
	return planchart.Frontier(t, chosen)
}

// price says what one more unit is worth around a plan.
func (t *tradeOff) price(i int) []string {
	if t.found == nil || t.found.Plane != nil || i < 0 {
		return nil
	}
	a := &t.found.Axes[0]
	var out []string
	for _, k := range []int{i - 1, i} {
		if k >= 0 && k+1 < len(t.points) {
			if s := a.PriceWords(&t.points[k], &t.points[k+1]); s != "" {
				out = append(out, app.Sentence(s))
			}
		}
	}
	return out
}

func (t *tradeOff) choose(i int) {
	t.draw(i)
	t.chosen(i)
}

// tapped chooses the plan whose mark is nearest. Where the marks are is found
// by drawing each of them alone as the chosen one and seeing what changes.
func (t *tradeOff) tapped(at fyne.Position, z fyne.Size) {
	if len(t.points) == 0 {
		return
	}
	points, found := t.points, t.found
	th := widgets.ChartTheme()
	go func() {
		paint := func(chosen int) image.Image {
			return widgets.ChartImage(tradeChart(found, points, chosen), z, 1, th)
		}
		plain := paint(-1)
		near, least := -1, float32(40*40)
		for i := range points {
			c, ok := changed(plain, paint(i))
			if d := c.Subtract(at); ok && d.X*d.X+d.Y*d.Y < least {
				near, least = i, d.X*d.X+d.Y*d.Y
			}
		}
		t.chart.post(func() {
			if near >= 0 && near < len(t.pick.Options) {
				t.pick.SetSelectedIndex(near)
			}
		})
	}()
}

// changed is the middle of what differs between two pictures.
func changed(a, b image.Image) (fyne.Position, bool) {
	box := image.Rectangle{}
	r := a.Bounds()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if color.RGBAModel.Convert(a.At(x, y)) != color.RGBAModel.Convert(b.At(x, y)) {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return fyne.NewPos(float32(box.Min.X+box.Max.X)/2, float32(box.Min.Y+box.Max.Y)/2), !box.Empty()
}

// tapChart is a chart that hears taps.
type tapChart struct {
	widget.BaseWidget
	chart *widgets.Chart
	post  func(func())
	do    func(at fyne.Position, z fyne.Size)
}

func newTapChart(post func(func()), do func(fyne.Position, fyne.Size)) *tapChart {
	t := &tapChart{chart: widgets.NewChart(post), post: post, do: do}
	t.ExtendBaseWidget(t)
	return t
}

// Tapped hands the place on.
func (t *tapChart) Tapped(e *fyne.PointEvent) { t.do(e.Position, t.Size()) }

// CreateRenderer draws the chart.
func (t *tapChart) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.chart) }

// frontier looks for the plans in a job.
func (v *View) frontier() {
	s, ws := v.desk.Snapshot(), v.desk.Workspace()
	if s == nil || v.stopEnabled() {
		return
	}
	q, err := v.search(s)
	if err != nil {
		v.desk.Tell(app.Explain(words.T("Limits"), err))
		return
	}
	gen, axes := v.begin(ws), trades[max(0, v.axis.SelectedIndex())].axes
	v.says.SetText(words.T("Looking for the best plan at several limits. This takes up to the time chosen…"))
	v.job(gen, words.T("Weighing one thing against another"), func(ctx context.Context) (func(), error) {
		found, err := ws.Frontier(ctx, q, axes)
		return func() {
			for i := range found.Points { // any of them may be kept under the name of the search
				if p := found.Points[i].Plan; p != nil {
					p.Scenario.ID, p.Scenario.Name = q.ID, q.Name
				}
			}
			v.plans.show(found)
			v.says.SetText(words.T("Each plan is the best found within one limit. Choose one to see what it does, and keep it if you like."))
		}, err
	})
}

// choose opens a plan of the trade-off.
func (v *View) choose(i int) {
	v.tell(v.plans.points[i].Plan)
	var f []widgets.Fact
	for _, s := range v.plans.price(i) {
		f = append(f, widgets.Fact{Value: s, Prose: true})
	}
	v.facts.Set(append(f, v.facts.List()...))
}

// Frontier looks for the plans, as the button does; Choose takes one.
func (v *View) Frontier() { v.frontier() }

// Choose takes a plan of the trade-off by its place.
func (v *View) Choose(i int) { v.plans.pick.SetSelectedIndex(i) }

// Plans is how many plans the trade-off has.
func (v *View) Plans() int { return len(v.plans.points) }
