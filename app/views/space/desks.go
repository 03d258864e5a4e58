package space

import (
	"context"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/glossary"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/views/scenarios"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/reports/chart"
)

func weekdays() [5]string {
	return [5]string{words.T("Monday"), words.T("Tuesday"), words.T("Wednesday"), words.T("Thursday"), words.T("Friday")}
}

// desks says how many desks a building's teams need when they share, and what
// sharing would do: it follows the sliders under the finger.
type desks struct {
	v            *View
	title        *widget.Label
	days, level  *widgets.Slider
	daysWords    *widget.Label
	levelWords   *widget.Label
	rota         *widget.Check
	says         *widgets.Facts
	chart        *widgets.Chart
	add          *widgets.Button
	asset        model.AssetID
	answer       *app.Attendance
	consequences *outcome.Consequences
	working      bool
	gen          int
	cancel       context.CancelFunc
	object       fyne.CanvasObject
}

func newDesks(v *View) *desks {
	d := &desks{v: v, title: widgets.NewSub(words.T("Sharing desks")), daysWords: widget.NewLabel(""), levelWords: widget.NewLabel(""), says: widgets.NewFacts(), chart: widgets.NewChart(v.desk.Post)}
	d.title.Truncation = fyne.TextTruncateEllipsis
	d.days = widgets.NewSlider(0, 5, words.T("Days a week in the office, for everybody with a desk here"))
	d.days.Step, d.days.Value = 0.5, 3
	d.level = widgets.NewSlider(50, 99, glossary.Tip("service level"))
	d.level.Step, d.level.Value = 1, 95
	d.rota = widget.NewCheck(words.T("By rota"), func(bool) { d.ask() })
	d.days.OnChanged = func(float64) { d.ask() }
	d.level.OnChanged = func(float64) { d.ask() }
	d.add = widgets.NewButton(words.T("Add to scenario"), words.T("Plan it for this building in the scenario being edited; undo takes it back"), theme.ContentAddIcon(), d.commit)
	tight := func(o ...fyne.CanvasObject) fyne.CanvasObject {
		return container.New(layout.NewCustomPaddedVBoxLayout(-4), o...)
	}
	sliders := tight(d.title, container.NewGridWithColumns(2,
		tight(container.NewBorder(nil, nil, widget.NewLabel(words.T("Days in the office")), d.daysWords), d.days),
		tight(container.NewBorder(nil, nil, widgets.NewTipped(words.T("Chance of a desk"), glossary.Tip("service level")), d.levelWords), d.level)),
		container.NewHBox(d.rota, layout.NewSpacer(), d.add))
	right := container.NewBorder(sliders, nil, nil, nil, container.NewVScroll(d.says))
	d.object = widgets.SplitBeside("space.desks", 0.5, widgets.Inset(4, 8, d.chart), widgets.Inset(4, 8, right))
	d.words()
	return d
}

// follow shows the building that is selected, or that of the selected team. It
// rests while the place is out of sight, and is asked again when that opens.
func (d *desks) follow() {
	if d.v.desk.Place() != "space" {
		return
	}
	sel, s := d.v.desk.Selection(), d.v.desk.Snapshot()
	id := d.asset
	switch {
	case s == nil:
		id = ""
	case sel.Kind == app.OneAsset:
		id = model.AssetID(sel.ID)
	case sel.Kind == app.OneService:
		if r := d.v.row(d.v.teams.Chosen()); r != nil {
			id = r.asset
		}
	}
	if s != nil && s.Asset(id) == nil {
		id = d.v.first
	}
	if id != d.asset {
		d.asset, d.answer, d.consequences = id, nil, nil
	}
	d.ask()
}

func (d *desks) words() {
	d.daysWords.SetText(format.Number(d.days.Value, 1))
	d.levelWords.SetText(format.Whole(d.level.Value) + " %")
}

// action is what the sliders plan.
func (d *desks) action() model.Action {
	x := model.Action{ID: scenarios.FreeAction(d.v.desk.Scenario()), Kind: model.Flex, Asset: d.asset, Year: d.v.year(),
		Values: map[string]float64{"flex.home_days": 5 - d.days.Value, "flex.service_level": d.level.Value / 100, "flex.fixed_days": 0}}
	if d.rota.Checked {
		x.Values["flex.fixed_days"] = 1
	}
	return x
}

// rest is how long the finger rests before money and carbon are worked out;
// desks follow at once.
const rest = 60 * time.Millisecond

// ask works out the answer in a job; the last question wins.
func (d *desks) ask() {
	d.words()
	d.gen++
	if d.cancel != nil {
		d.cancel()
		d.cancel = nil
	}
	ws, s, c := d.v.desk.Workspace(), d.v.desk.Snapshot(), d.v.desk.Comparison()
	if ws == nil || s == nil || s.Asset(d.asset) == nil || d.v.desk.Place() != "space" {
		d.answer, d.consequences = nil, nil
		d.show()
		return
	}
	q := app.AttendanceQuestion{Asset: d.asset, Home: 5 - d.days.Value, Level: d.level.Value / 100, Rota: d.rota.Checked, Peak: 1.2, Spread: 0.1}
	if c != nil && c.Book != nil {
		for key, at := range map[string]*float64{"flex.peak_day": &q.Peak, "flex.attendance_sd": &q.Spread} {
			if a, ok := c.Book.Get(key); ok {
				*at = a.Value
			}
		}
	}
	sc := d.v.desk.Scenario()
	var x model.Action
	if sc != nil {
		x = d.action()
	}
	gen := d.gen
	d.working = true
	d.cancel = d.v.desk.Jobs.Start(words.T("Counting desks"), func(ctx context.Context, _ *jobs.Progress) error {
		a, err := ws.Attendance(ctx, q)
		if err != nil {
			d.v.desk.Post(func() {
				if gen == d.gen {
					d.working = false
					d.says.Set([]widgets.Fact{{Value: app.Explain(words.T("Counting desks"), err).Text, Prose: true, Warn: true}})
				}
			})
			return err
		}
		d.v.desk.Post(func() {
			if gen == d.gen {
				d.answer = a
				d.show()
			}
		})
		if sc == nil || a.People == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(rest):
		}
		k, err := ws.Consider(ctx, sc.ID, x)
		d.v.desk.Post(func() {
			if gen == d.gen {
				d.working = false
				if err == nil {
					d.consequences = k
				}
				d.show()
			}
		})
		return err
	})
}

// show writes the answer.
func (d *desks) show() {
	s := d.v.desk.Snapshot()
	on := false
	defer func() {
		if on {
			d.add.Enable()
		} else {
			d.add.Disable()
		}
	}()
	if s == nil || s.Asset(d.asset) == nil {
		d.title.SetText(words.T("Sharing desks"))
		d.chart.Set(nil)
		d.says.Set([]widgets.Fact{{Value: words.T("Select a building or a team to see how many desks it needs."), Prose: true}})
		return
	}
	name := s.AssetName(d.asset)
	d.title.SetText(words.F("Sharing desks in %s", name))
	a := d.answer
	switch {
	case a == nil:
		d.says.Set([]widgets.Fact{{Value: words.T("Counting…"), Prose: true}})
		return
	case a.People == 0:
		d.chart.Set(nil)
		d.says.Set([]widgets.Fact{{Value: words.T("No team with known staff and desks is here."), Prose: true}})
		return
	}
	sc := d.v.desk.Scenario()
	on = sc != nil && !sc.Locked
	f := []widgets.Fact{
		{Label: words.T("Desks needed"), Value: words.F("%s, now %s", format.Whole(a.Needed), format.Whole(a.Desks)), Modelled: a.Modelled, Tip: glossary.Tip("service level")},
		{Label: words.T("People for each desk"), Value: format.Number(a.Ratio, 2), Tip: glossary.Tip("sharing ratio")},
		{Label: words.T("Busiest day"), Value: weekdays()[a.Busiest], Tip: words.F("On average %s people are in.", format.Whole(a.Mean[a.Busiest]))}}
	f = append(f, d.effects()...)
	d.says.Set(f)
	d.chart.Set(attendanceChart(name, a))
}

// effects are what the plan would change in the scenario being edited.
func (d *desks) effects() []widgets.Fact {
	k := d.consequences
	if k == nil {
		return []widgets.Fact{{Value: words.T("Working out floor area, cost and carbon…"), Prose: true}}
	}
	if len(k.Risk) > 0 && len(k.Desks) == 0 {
		return []widgets.Fact{{Value: k.Risk[0].Message, Prose: true, Warn: true}}
	}
	release, tonnes, kwh := 0.0, 0.0, 0.0
	for _, x := range k.Desks {
		release += x.Release
	}
	for _, b := range k.Energy {
		tonnes += b.Tonnes
		kwh += b.KWh
	}
	value := func(v float64) string { return format.Signed(format.Pounds(v), v) }
	f := []widgets.Fact{
		{Label: words.T("Floor area no longer taken"), Value: format.Whole(release) + " m²", Tip: words.T("Free only when something else uses, lets or closes it.")},
		{Label: words.T("Cost to set up"), Value: format.Pounds(-math.Min(0, k.Money.OneOff)), Tip: words.F("Cash of public bodies in %s", format.Year(k.Year))},
		{Label: words.T("Cash a year after that"), Value: value(k.Money.Yearly), Tip: format.ExactPounds(k.Money.Yearly)},
		{Label: words.T("Value to society"), Value: value(k.Money.NPSV), Tip: glossary.Tip("NPSV") + "\n" + format.ExactPounds(k.Money.NPSV)},
		{Label: words.T("Energy of the building"), Value: words.F("%s kWh a year", format.Signed(format.Whole(kwh), kwh))},
		{Label: words.T("Its carbon"), Value: words.F("%s t a year", format.Signed(format.Number(tonnes, 1), tonnes))}}
	if math.Abs(k.Travel) >= 50 {
		f = append(f, widgets.Fact{Label: words.T("Travel and working at home"), Value: words.F("%s t a year", format.Signed(format.Number(k.Travel/1000, 1), k.Travel)), Tip: words.T("Carbon of energy used at home and of trips, in the first full year")})
	}
	return f
}

// attendanceChart draws how likely it is that so many people are in.
func attendanceChart(name string, a *app.Attendance) *chart.Chart {
	lo, hi := 0, len(a.Chance)-1
	for lo < hi && a.Chance[lo] < 1e-4 {
		lo++
	}
	for hi > lo && a.Chance[hi] < 1e-4 {
		hi--
	}
	lo, hi = max(0, lo-2), min(len(a.Chance)-1, hi+2)
	var x, y []float64
	for k := lo; k <= hi; k++ {
		x, y = append(x, float64(k)), append(y, a.Chance[k])
	}
	marks := []chart.Reference{{Name: words.F("%s desks needed", format.Whole(a.Needed)), Value: a.Needed}}
	if a.Desks >= float64(lo) && a.Desks <= float64(hi) {
		marks = append(marks, chart.Reference{Name: words.F("%s now", format.Whole(a.Desks)), Value: a.Desks})
	}
	return &chart.Chart{Title: words.F("On a %s %s needs %s desks", weekdays()[a.Busiest], name, format.Whole(a.Needed)), Source: words.T("Binomial attendance with day-to-day spread, by the assumptions of flexible working"),
		X: chart.Axis{Label: words.T("People in")}, Y: chart.Axis{Label: words.T("Chance"), Unit: chart.Unit{Kind: chart.Percent}},
		Plot: chart.Lines{X: x, Zero: true, Marks: marks, Series: []chart.LineSeries{{Name: "", Values: y, Strong: true, Step: true}}}}
}

// commit adds the plan to the scenario being edited.
func (d *desks) commit() { d.v.commit(d.action()) }
