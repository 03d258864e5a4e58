package better

import (
	"context"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/rationalise"
	"github.com/planting-the-flag/flagstone/reports/planchart"
)

// hubs asks where hubs should be: how many bring how many residents within reach,
// or which so many are best.
type hubs struct {
	v       *View
	aim     *widget.Select
	target  *widget.Slider
	number  *widget.Slider
	words   *widget.Label
	minutes *widget.Select
	mode    *widget.Select
	button  *widgets.Button
	object  fyne.CanvasObject
	found   []rationalise.Coverage
	sited   *rationalise.Siting
}

// aims are the questions of siting.
var aims = []struct{ words, objective string }{
	{words.Later("How many hubs bring enough residents near"), rationalise.HubsCoverage},
	{words.Later("Fewest hubs near everybody"), rationalise.HubsCover},
	{words.Later("Least travel for all residents"), rationalise.HubsMedian},
	{words.Later("Least travel for those farthest away"), rationalise.HubsCentre},
}

func aimWords() []string {
	var out []string
	for _, a := range aims {
		out = append(out, words.T(a.words))
	}
	return out
}

// objective is the question chosen.
func (h *hubs) objective() string { return aims[max(0, h.aim.SelectedIndex())].objective }

// mostHubs is the most that can be asked for.
const mostHubs = 25

func newHubs(v *View) *hubs {
	h := &hubs{v: v, words: widgets.NewProse("")}
	h.target, h.number = widget.NewSlider(50, 100), widget.NewSlider(1, mostHubs)
	h.aim = widget.NewSelect(aimWords(), nil)
	h.minutes, h.mode = widget.NewSelect(minuteNo, nil), widget.NewSelect(words.All(modes), nil)
	h.aim.Selected = words.T(aims[0].words)
	h.target.Value, h.number.Value, h.minutes.Selected, h.mode.Selected = 95, 5, "20", words.T(modes[0])
	h.target.OnChanged, h.number.OnChanged = func(float64) { h.ask() }, func(float64) { h.ask() }
	h.aim.OnChanged, h.minutes.OnChanged, h.mode.OnChanged = func(string) { h.ask() }, func(string) { h.ask() }, func(string) { h.ask() }
	h.button = widgets.NewButton(words.T("Find the hubs"), words.T("Find the best places and prove them"), nil, h.run).Main()
	h.object = container.NewVBox(h.aim, h.words, h.target, h.number, h.minutes, h.mode, widgets.NewCaption(words.T("A hub is a building of 200 m² or more that residents may enter. Ways are in a straight line by the mode.")))
	h.ask()
	return h
}

// ask words the question and shows what it needs.
func (h *hubs) ask() {
	n := format.Count(int(h.number.Value), "hub", "hubs")
	h.target.Hide()
	h.number.Hide()
	switch h.objective() {
	case rationalise.HubsCover:
		h.words.SetText(words.F("Which fewest hubs bring everybody within %s minutes %s who can be?", h.minutes.Selected, h.mode.Selected))
	case rationalise.HubsMedian:
		h.number.Show()
		h.words.SetText(words.F("Where should %s be so that all residents together travel least? Within %s minutes %s counts as near.", n, h.minutes.Selected, h.mode.Selected))
	case rationalise.HubsCentre:
		h.number.Show()
		h.words.SetText(words.F("Where should %s be so that those farthest away travel least? Within %s minutes %s counts as near.", n, h.minutes.Selected, h.mode.Selected))
	default:
		h.target.Show()
		h.words.SetText(words.F("How many hubs bring %.0f%% of residents within %s minutes %s?", h.target.Value, h.minutes.Selected, h.mode.Selected))
	}
}

// run looks in a job.
func (h *hubs) run() {
	v := h.v
	ws := v.desk.Workspace()
	if v.desk.Snapshot() == nil || v.stopEnabled() {
		return
	}
	m, _ := strconv.ParseFloat(h.minutes.Selected, 64)
	mode, _ := rationalise.ModeNamed(modeKeys[max(0, h.mode.SelectedIndex())])
	spec := rationalise.HubSpec{Minutes: m, Mode: mode, Target: h.target.Value / 100, Most: 40, Objective: h.objective(), Hubs: int(h.number.Value)}
	gen := v.begin(ws)
	h.found, h.sited = nil, nil
	v.says.SetText(words.T("Looking for the best places…"))
	limit := durations[max(0, v.seconds.SelectedIndex())]
	v.job(gen, words.T("Placing hubs"), func(ctx context.Context) (func(), error) {
		if spec.Objective == rationalise.HubsCoverage {
			found, err := ws.Hubs(ctx, spec, limit)
			return func() { h.show(found, spec) }, err
		}
		sited, err := ws.Site(ctx, spec, limit)
		return func() {
			if sited == nil {
				h.show(nil, spec)
				return
			}
			h.place(sited, spec)
		}, err
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

// place tells where hubs should be.
func (h *hubs) place(r *rationalise.Siting, spec rationalise.HubSpec) {
	v, s := h.v, h.v.desk.Snapshot()
	h.sited = r
	if r.Impossible {
		v.says.SetText(words.T("No choice of hubs serves everybody."))
		return
	}
	named := func(ids []model.AssetID) string {
		var names []string
		for _, id := range ids {
			names = append(names, s.AssetName(id))
		}
		return strings.Join(names, "; ") + "."
	}
	n, proof := format.Count(r.Hubs, "hub", "hubs"), words.T("proven best")
	switch spec.Objective {
	case rationalise.HubsCover:
		if !r.Proven {
			proof = words.F("no choice can do with fewer than %.0f", r.Least)
		}
		v.says.SetText(words.F("Everybody who can be is within %.0f minutes %s of %s (%s).", spec.Minutes, words.T(spec.Mode.Name), n, proof))
	case rationalise.HubsCentre:
		if !r.Proven {
			proof = words.F("no choice can do with less than %.1f minutes", r.Least)
		}
		v.says.SetText(words.F("With %s nobody is more than %.1f minutes away %s (%s).", n, r.Minutes, words.T(spec.Mode.Name), proof))
	default:
		if !r.Proven {
			proof = words.F("no choice can do with less than %.1f minutes", r.Least)
		}
		v.says.SetText(words.F("With %s residents are %.1f minutes away on average %s (%s).", n, r.Minutes, words.T(spec.Mode.Name), proof))
	}
	f := []widgets.Fact{
		{Label: words.T("Residents near"), Value: words.F("%s within %.0f minutes %s", format.Percent(r.Share), spec.Minutes, words.T(spec.Mode.Name))},
		{Section: words.T("Where")}, {Value: named(r.Open), Prose: true},
	}
	if len(r.Ties) > 0 {
		f = append(f, widgets.Fact{Section: words.T("Exactly as good")})
		for i, tie := range r.Ties {
			if i == 5 {
				f = append(f, widgets.Fact{Value: format.Counted(len(r.Ties)-i, "And %s other choice.", "And %s other choices."), Prose: true})
				break
			}
			f = append(f, widgets.Fact{Value: named(tie), Prose: true})
		}
	}
	if len(r.Unreached) > 0 {
		f = append(f, widgets.Fact{Section: words.T("Out of reach of any hub")},
			widgets.Fact{Value: words.F("%s residents of %s.", format.Whole(r.People), strings.Join(r.Unreached, ", ")), Prose: true})
	}
	v.facts.Set(f)
}

// durations are the times of the chooser.
var durations = []time.Duration{15 * time.Second, time.Minute, 3 * time.Minute, 10 * time.Minute}

// AimHubs chooses the question by its place in the list.
func (v *View) AimHubs(n int) { v.hubs.aim.SetSelectedIndex(n) }

// Sited is the answer to any question but the first, or nil.
func (v *View) Sited() *rationalise.Siting { return v.hubs.sited }

// CountHubs counts, as the button does; Hubs is how many numbers it tried.
func (v *View) CountHubs() { v.hubs.run() }

// Hubs is how many numbers of hubs were tried.
func (v *View) Hubs() int { return len(v.hubs.found) }
