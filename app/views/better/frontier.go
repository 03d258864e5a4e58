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
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/model/rationalise"
	"github.com/planting-the-flag/flagstone/reports/chart"
)

// What value to society can be weighed against.
var (
	axisWords = []string{"Carbon in the last year", "Capital in the year of change", "How far residents' visits move"}
	axes      = []string{rationalise.AxisCarbon, rationalise.AxisCapital, rationalise.AxisAccess}
	axisUnits = []chart.Unit{{Suffix: " t"}, {Kind: chart.Pounds}, {}}
	axisNames = []string{"Carbon in the last year, tCO₂e", "Capital in the year of change", "Visits × km moved"}
)

// tradeOff is the picture of the plans at several limits; a tap chooses the
// plan nearest to it, the chooser above it does the same by keys.
type tradeOff struct {
	chart  *tapChart
	pick   *widget.Select
	object *fyne.Container
	points []rationalise.Point
	axis   int
	chosen func(*rationalise.Plan)
}

func newTradeOff(post func(func()), chosen func(*rationalise.Plan)) *tradeOff {
	t := &tradeOff{chosen: chosen}
	t.chart = newTapChart(post, t.tapped)
	t.pick = widget.NewSelect(nil, func(string) {
		if i := t.pick.SelectedIndex(); i >= 0 && i < len(t.points) {
			t.choose(i)
		}
	})
	t.pick.PlaceHolder = "Choose a plan, here or on the chart"
	t.object = container.NewBorder(t.pick, nil, nil, nil, t.chart)
	t.object.Hide()
	return t
}

func (t *tradeOff) restyle() { t.chart.chart.Restyle() }

func (t *tradeOff) clear() {
	t.points = nil
	t.chart.chart.Set(nil)
	t.pick.ClearSelected()
	t.object.Hide()
}

// show draws the plans found.
func (t *tradeOff) show(points []rationalise.Point, axis int) {
	t.points, t.axis = nil, axis
	var names []string
	for _, p := range points {
		if p.Plan == nil {
			continue
		}
		t.points = append(t.points, p)
		used := format.Whole(p.Used)
		switch axis {
		case 0:
			used += " t"
		case 1:
			used = format.Pounds(p.Used)
		}
		names = append(names, "Plan "+format.Whole(float64(len(names)+1))+": "+format.Pounds(p.Plan.NPSV)+" to society at "+used)
	}
	t.pick.Options = names
	t.pick.ClearSelected()
	t.object.Show()
	t.draw(-1)
}

func (t *tradeOff) draw(chosen int) { t.chart.chart.Set(tradeChart(t.points, t.axis, chosen)) }

// tradeChart draws the plans; chosen is marked.
func tradeChart(points []rationalise.Point, axis, chosen int) *chart.Chart {
	f := chart.Frontier{}
	best := 0.0
	for i, p := range points {
		on := true
		for j, q := range points {
			on = on && !(i != j && q.Used <= p.Used && q.Plan.NPSV > p.Plan.NPSV)
		}
		best = max(best, p.Plan.NPSV)
		f.Points = append(f.Points, chart.FrontierPoint{X: p.Used, Y: p.Plan.NPSV, OnFrontier: on, Chosen: i == chosen})
		f.Bound = append(f.Bound, chart.XY{X: p.Limit, Y: p.Bound})
	}
	return &chart.Chart{Title: "The best plan is worth " + format.Pounds(best) + "; tighter limits cost some of it", X: chart.Axis{Label: axisNames[axis], Unit: axisUnits[axis]},
		Y: chart.Axis{Label: "Value to society", Unit: chart.Unit{Kind: chart.Pounds}}, Plot: f}
}

func (t *tradeOff) choose(i int) {
	t.draw(i)
	t.chosen(t.points[i].Plan)
}

// tapped chooses the plan whose mark is nearest. Where the marks are is found
// by drawing each of them alone as the chosen one and seeing what changes.
func (t *tradeOff) tapped(at fyne.Position, z fyne.Size) {
	if len(t.points) == 0 {
		return
	}
	points, axis := t.points, t.axis
	th := widgets.ChartTheme()
	go func() {
		paint := func(chosen int) image.Image {
			return chart.Image(tradeChart(points, axis, chosen), float64(z.Width), float64(z.Height), 1, th)
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
		v.desk.Tell(app.Explain("Limits", err))
		return
	}
	gen, axis := v.begin(ws), max(0, v.axis.SelectedIndex())
	v.says.SetText("Looking for the best plan at several limits. This takes up to the time chosen…")
	v.cancel = v.desk.Jobs.Start("Weighing one thing against another", func(ctx context.Context, _ *jobs.Progress) error {
		f, err := ws.Frontier(ctx, q, axes[axis:axis+1])
		var points []rationalise.Point
		if f != nil {
			points = f.Points
		}
		v.desk.Post(func() {
			if gen != v.gen {
				return
			}
			v.cancel = nil
			v.start.Enable()
			v.trade.Enable()
			v.stop.Disable()
			if err != nil {
				m := app.Explain("Weighing one thing against another", err)
				v.says.SetText(m.Text)
				v.desk.Tell(m)
				return
			}
			for i := range points { // any of them may be kept under the name of the search
				if p := points[i].Plan; p != nil {
					p.Scenario.ID, p.Scenario.Name = q.ID, q.Name
				}
			}
			v.plans.show(points, axis)
			v.says.SetText("Each mark is a plan. Choose one to see what it does, and keep it if you like.")
		})
		return err
	})
}

// choose opens a plan of the trade-off.
func (v *View) choose(p *rationalise.Plan) { v.tell(p) }

// Frontier looks for the plans, as the button does; Choose takes one.
func (v *View) Frontier() { v.frontier() }

// Choose takes a plan of the trade-off by its place.
func (v *View) Choose(i int) { v.plans.pick.SetSelectedIndex(i) }

// Plans is how many plans the trade-off has.
func (v *View) Plans() int { return len(v.plans.points) }
