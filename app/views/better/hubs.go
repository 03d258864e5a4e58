package better

import (
	"context"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model/rationalise"
	"github.com/planting-the-flag/flagstone/reports/planchart"
)

// hubs asks how many hubs bring how many residents within reach.
type hubs struct {
	v       *View
	target  *widget.Slider
	words   *widget.Label
	minutes *widget.Select
	mode    *widget.Select
	button  *widgets.Button
	object  fyne.CanvasObject
	found   []rationalise.Coverage
}

func newHubs(v *View) *hubs {
	h := &hubs{v: v, words: widgets.NewProse("")}
	h.target = widget.NewSlider(50, 100)
	h.minutes, h.mode = widget.NewSelect(minuteNo, nil), widget.NewSelect(words.All(modes), nil)
	h.target.Value, h.minutes.Selected, h.mode.Selected = 95, "20", words.T(modes[0])
	say := func() {
		h.words.SetText(words.F("How many hubs bring %.0f%% of residents within %s minutes %s?", h.target.Value, h.minutes.Selected, h.mode.Selected))
	}
	h.target.OnChanged = func(float64) { say() }
	h.minutes.OnChanged, h.mode.OnChanged = func(string) { say() }, func(string) { say() }
	say()
	h.button = widgets.NewButton(words.T("Count the hubs"), words.T("Find the best places for one hub, two, and so on, and prove them"), nil, h.run).Main()
	h.object = container.NewVBox(h.words, h.target, h.minutes, h.mode, widgets.NewCaption(words.T("A hub is a building of 200 m² or more that residents may enter. Ways are in a straight line by the mode.")))
	return h
}

// run counts in a job.
func (h *hubs) run() {
	v := h.v
	ws := v.desk.Workspace()
	if v.desk.Snapshot() == nil || v.stopEnabled() {
		return
	}
	m, _ := strconv.ParseFloat(h.minutes.Selected, 64)
	mode, _ := rationalise.ModeNamed(modeKeys[max(0, h.mode.SelectedIndex())])
	spec := rationalise.HubSpec{Minutes: m, Mode: mode, Target: h.target.Value / 100, Most: 40}
	gen := v.begin(ws)
	v.says.SetText(words.T("Looking for the best places for one hub, two, and so on…"))
	limit := durations[max(0, v.seconds.SelectedIndex())]
	v.cancel = v.desk.Jobs.Start(words.T("Counting hubs"), func(ctx context.Context, _ *jobs.Progress) error {
		found, err := ws.Hubs(ctx, spec, limit)
		v.desk.Post(func() {
			if gen != v.gen {
				return
			}
			v.end()
			if err != nil {
				t := app.Explain(words.T("Counting hubs"), err)
				v.says.SetText(t.Text)
				v.desk.Tell(t)
				return
			}
			h.show(found, spec)
		})
		return err
	})
}

// show draws hubs against residents reached and lists the places.
func (h *hubs) show(found []rationalise.Coverage, spec rationalise.HubSpec) {
	v, s := h.v, h.v.desk.Snapshot()
	h.found = found
	var picture []planchart.Cover
	var f []widgets.Fact
	few := 0
	for _, c := range found {
		picture = append(picture, planchart.Cover{Hubs: c.Hubs, Share: c.Share, Bound: c.Bound})
		if c.Bound < spec.Target {
			few = c.Hubs
		}
		proof := words.T("proven best")
		if !c.Proven {
			proof = words.F("at most %s possible", format.Percent(c.Bound))
		} else if n := len(c.Ties); n > 0 {
			proof += format.Counted(n, ", %s other choice as good", ", %s other choices as good")
		}
		var names []string
		for _, id := range c.Open {
			names = append(names, s.AssetName(id))
		}
		f = append(f, widgets.Fact{Label: format.Count(c.Hubs, "hub", "hubs"), Value: words.F("%s of residents; %s", format.Percent(c.Share), proof), Tip: strings.Join(names, "\n")})
	}
	if len(found) == 0 {
		v.says.SetText(words.T("It was stopped before an answer was found."))
		return
	}
	last := found[len(found)-1]
	v.chart.Set(planchart.Hubs(picture, spec.Target, words.F("within %.0f minutes %s", spec.Minutes, words.T(spec.Mode.Name))))
	var names []string
	for _, id := range last.Open {
		names = append(names, s.AssetName(id))
	}
	switch {
	case last.Share >= spec.Target && few == last.Hubs-1:
		v.says.SetText(format.Counted(last.Hubs, "%s hub is enough, and it is proven that fewer are not.", "%s hubs are enough, and it is proven that fewer are not."))
	case last.Share >= spec.Target:
		v.says.SetText(words.F("%s enough. It is proven that %d are not.", format.Count(last.Hubs, "hub is", "hubs are"), few))
	default:
		v.says.SetText(words.F("%s of residents is not reached with %s: give it more time, or more minutes.", format.Percent(spec.Target), format.Count(last.Hubs, "hub", "hubs")))
	}
	f = append(f, widgets.Fact{Section: words.T("Where")}, widgets.Fact{Value: strings.Join(names, "; ") + ".", Prose: true})
	v.facts.Set(f)
}

// durations are the times of the chooser.
var durations = []time.Duration{15 * time.Second, time.Minute, 3 * time.Minute, 10 * time.Minute}

// CountHubs counts, as the button does; Hubs is how many numbers it tried.
func (v *View) CountHubs() { v.hubs.run() }

// Hubs is how many numbers of hubs were tried.
func (v *View) Hubs() int { return len(v.hubs.found) }
