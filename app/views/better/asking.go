package better

import (
	"context"
	"fmt"
	"math"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/rationalise"
)

// asking is what can be asked of a plan: what a decision turned would come to,
// and what the limits cost.
type asking struct {
	v      *View
	pick   *widget.Select
	limits *widgets.Button
	object fyne.CanvasObject
	ids    []model.AssetID
	plan   *rationalise.Plan
	why    *rationalise.Why
	prices []rationalise.Price
	none   bool // no limit binds
	busy   string
	wrong  string
}

func newAsking(v *View) *asking {
	a := &asking{v: v}
	a.pick = widget.NewSelect(nil, func(string) {
		if i := a.pick.SelectedIndex(); i >= 0 && i < len(a.ids) {
			a.turn(a.ids[i])
		}
	})
	a.pick.PlaceHolder = words.T("Why this decision? Choose a building")
	a.limits = widgets.NewButton(words.T("What the limits cost"), words.T("Solve again with each limit that binds relaxed a little"), nil, a.price)
	a.object = container.NewBorder(nil, nil, nil, a.limits, container.New(columns{}, a.pick))
	a.clear()
	return a
}

func (a *asking) clear() {
	a.plan, a.why, a.prices, a.none, a.busy, a.wrong, a.ids = nil, nil, nil, false, "", "", nil
	a.pick.Options = nil
	a.pick.ClearSelected()
	a.pick.Disable()
	a.limits.Disable()
}

// about takes another plan to ask about.
func (a *asking) about(p *rationalise.Plan) {
	if p == a.plan {
		return
	}
	a.clear()
	a.plan = p
	s := a.v.desk.Snapshot()
	if s == nil || p.Solver == nil || p.Solver.Status == optimise.StatusInfeasible {
		return
	}
	type one struct {
		id   model.AssetID
		text string
	}
	var list []one
	for _, id := range p.Turnable() {
		list = append(list, one{id, s.AssetName(id) + ": " + p.Solver.Actions[string(id)]})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].text < list[j].text })
	for _, x := range list {
		a.ids = append(a.ids, x.id)
		a.pick.Options = append(a.pick.Options, x.text)
	}
	a.limits.Enable()
	if len(list) > 0 {
		a.pick.Enable()
	}
	a.pick.Refresh()
}

// start runs a question in a job; take gets its answer in the window.
func (a *asking) start(name, busy string, ask func(ctx context.Context, ws app.Workspace, p *rationalise.Plan) (take func(), err error)) {
	p, ws := a.plan, a.v.desk.Workspace()
	if p == nil || ws == nil || a.busy != "" {
		return
	}
	a.busy, a.wrong = busy, ""
	a.show()
	a.v.stop.Enable()
	a.v.cancel = a.v.desk.Jobs.Start(name, func(ctx context.Context, _ *jobs.Progress) error {
		take, err := ask(ctx, ws, p)
		stopped := ctx.Err() != nil
		a.v.desk.Post(func() {
			if a.plan != p {
				return
			}
			a.busy = ""
			a.v.end()
			switch {
			case stopped && err != nil:
			case err != nil:
				a.wrong = app.Explain(name, err).Text
			default:
				take()
			}
			a.show()
		})
		return err
	})
}

// turn asks what the other decision for a building would come to.
func (a *asking) turn(id model.AssetID) {
	a.start(words.T("Asking why"), words.T("Looking for the best plan with this decision turned…"), func(ctx context.Context, ws app.Workspace, p *rationalise.Plan) (func(), error) {
		w, err := ws.OtherWay(ctx, p, id)
		return func() { a.why = w }, err
	})
}

// price asks what the limits cost.
func (a *asking) price() {
	a.start(words.T("Pricing the limits"), words.T("Solving again with each limit relaxed…"), func(ctx context.Context, ws app.Workspace, p *rationalise.Plan) (func(), error) {
		list, err := ws.Prices(ctx, p)
		return func() { a.prices, a.none = list, len(list) == 0 }, err
	})
}

func (a *asking) show() {
	if a.plan != nil {
		a.v.facts.Set(planFacts(a.v.desk.Snapshot(), a.plan, a))
	}
}

// facts are the answers, in sentences.
func (a *asking) facts(s *app.Snapshot) []widgets.Fact {
	var f []widgets.Fact
	switch {
	case a.busy != "":
		f = append(f, widgets.Fact{Value: a.busy, Prose: true})
	case a.wrong != "":
		f = append(f, widgets.Fact{Value: a.wrong, Prose: true, Warn: true})
	}
	if a.why != nil {
		f = append(f, widgets.Fact{Label: s.AssetName(a.why.Asset), Value: Turned(a.why), Prose: true})
		for _, x := range turns(s, a.why) {
			f = append(f, widgets.Fact{Value: x, Prose: true})
		}
	}
	for _, p := range a.prices {
		f = append(f, widgets.Fact{Value: app.Sentence(p.String()), Prose: true})
	}
	if a.none {
		f = append(f, widgets.Fact{Value: words.T("No limit binds: with looser limits there is no better plan to be had."), Prose: true})
	}
	return f
}

// Turned says what a decision turned would come to.
func Turned(w *rationalise.Why) string {
	text := words.F("The plan is to %s. To %s instead would cost %s", w.Decision, w.Forced, format.Pounds(w.NPSV))
	if w.NPSV < 0 {
		text = words.F("The plan is to %s. To %s instead turned out better by %s: look for longer", w.Decision, w.Forced, format.Pounds(-w.NPSV))
	}
	more := func(v float64, amount string) string {
		if v < 0 {
			return words.F("%s less", amount)
		}
		return words.F("%s more", amount)
	}
	text += words.F(", take %s capital and emit %s", more(w.Capital, format.Pounds(math.Abs(w.Capital))), more(w.Carbon, format.Whole(math.Abs(w.Carbon))+" t"))
	if w.Proven {
		return words.F("%s. That is proven.", text)
	}
	return words.F("%s. Neither plan is proven best, so the cost lies between %s and %s.", text, format.Pounds(w.Low), format.Pounds(w.High))
}

// turns says who would sit elsewhere and at which amounts the decision turns.
func turns(s *app.Snapshot, w *rationalise.Why) []string {
	var out []string
	others := 0
	for _, m := range w.Moves {
		if m.From != w.Asset && m.To != w.Asset {
			others++
			continue
		}
		text := words.F("%s would be in %s instead of %s", s.ServiceName(m.Service), s.AssetName(m.To), s.AssetName(m.From))
		if math.Abs(m.KM) >= 0.05 && m.Visits >= 1 {
			way := words.T("further from")
			if m.KM < 0 {
				way = words.T("nearer to")
			}
			text += words.F(", %s km %s where it is today (%s visits a year)", format.Number(math.Abs(m.KM), 1), way, format.Whole(m.Visits))
		}
		out = append(out, text+".")
	}
	if others > 0 {
		out = append(out, format.Counted(others, "%s service elsewhere would move too.", "%s services elsewhere would move too."))
	}
	for _, t := range w.Switching {
		year := ""
		if t.What == rationalise.TurnRunning {
			year = words.T(" a year")
		}
		if t.Reached {
			out = append(out, words.F("The decision turns at a %s of %s%s; now %s.", t.What, format.Pounds(t.At), year, format.Pounds(t.Now)))
		} else {
			out = append(out, words.F("No %s, now %s%s, would turn the decision.", t.What, format.Pounds(t.Now), year))
		}
	}
	return out
}

// planFacts is what a plan does, what it breaks and what was asked about it.
func planFacts(s *app.Snapshot, p *rationalise.Plan, asked *asking) []widgets.Fact {
	f := asked.facts(s)
	if p.RelaxFirst != "" {
		f = append(f, widgets.Fact{Label: words.T("Relax first"), Value: app.Sentence(p.RelaxFirst), Prose: true})
	}
	for _, b := range p.Breaks {
		f = append(f, widgets.Fact{Value: app.Sentence(b), Prose: true, Warn: true})
	}
	if len(f) > 0 {
		f = append(f, widgets.Fact{Section: words.T("The plan")})
	}
	f = append(f, widgets.Fact{Label: words.T("Value to society, as appraised"), Value: format.Pounds(p.Appraised), Tip: format.ExactPounds(p.Appraised)})
	count := map[model.ActionKind]int{}
	for _, a := range p.Scenario.Actions {
		count[a.Kind]++
	}
	for _, k := range []struct {
		kind      model.ActionKind
		one, many string
	}{{model.CoLocate, words.T("building takes services in"), words.T("buildings take services in")}, {model.Sell, words.T("building is sold"), words.T("buildings are sold")},
		{model.ExitLease, words.T("lease is left"), words.T("leases are left")}, {model.Transfer, words.T("building goes to the community"), words.T("buildings go to the community")},
		{model.Retrofit, words.T("building is retrofitted"), words.T("buildings are retrofitted")}, {model.Mothball, words.T("building is closed and held"), words.T("buildings are closed and held")},
		{model.Repurpose, words.T("building gets a new use"), words.T("buildings get a new use")}, {model.Retain, words.T("building is kept and repaired"), words.T("buildings are kept and repaired")}} {
		if n := count[k.kind]; n > 0 {
			f = append(f, widgets.Fact{Label: format.Count(n, k.one, k.many)})
		}
	}
	if count[model.Sell]+count[model.ExitLease]+count[model.Transfer]+count[model.Mothball] == 0 {
		for _, x := range whyKept(s) {
			f = append(f, widgets.Fact{Value: x, Prose: true})
		}
	}
	if r := p.Result; r != nil {
		f = append(f, widgets.Fact{Label: words.T("Capital cost"), Value: format.Pounds(r.Capex)}, widgets.Fact{Label: words.T("Sale receipts"), Value: format.Pounds(r.Receipts)},
			widgets.Fact{Label: words.T("Carbon over the period"), Value: format.Whole(r.CarbonTotal) + " tCO₂e"})
	}
	if p.Within != nil {
		f = append(f, widgets.Fact{Label: words.T("Residents who keep a public building near"), Value: format.Percent(*p.Within)})
	}
	f = append(f, widgets.Fact{Label: words.T("Actions in all"), Value: fmt.Sprint(len(p.Scenario.Actions))})
	for _, n := range p.Notes() {
		f = append(f, widgets.Fact{Value: n, Prose: true})
	}
	return f
}
