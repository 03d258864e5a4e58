package lists

import (
	"context"
	"errors"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/risk"
	"github.com/planting-the-flag/flagstone/reports/chart"
)

// dozen is how many assumptions the chart shows; askOver is the number of assets
// above which the user is asked first; keptEffects is how many scenarios are
// remembered.
const (
	dozen       = 12
	askOver     = 5000
	keptEffects = 4
)

// state is how far the effects of the scenario shown are.
type state int

const (
	none    state = iota // there is nothing to work out yet
	asked                // the user has to say that it should be done
	working              // under way
	there
	failed
)

// question is what effects depend on. Plans are built anew whenever the estate,
// the book or the scenario changes, and else kept.
type question struct {
	scenario       model.ScenarioID
	plan, baseline *action.Plan
}

// answer is what came of a question.
type answer struct {
	of    question
	by    map[string]*risk.Effect
	chart *chart.Chart
}

// effects works out what each assumption does alone, once for each question, in
// a job. It runs on the UI goroutine.
type effects struct {
	desk    *app.Desk
	changed func() // there is something else to show

	state  state
	now    question
	cmp    *appraisal.Comparison
	cancel context.CancelFunc
	gen    int
	kept   []answer // the latest last
	why    string   // it failed, in a sentence
	answer
}

// shown is what there is to show by key of the assumption.
func (e *effects) shown() map[string]*risk.Effect {
	if e.state == there {
		return e.by
	}
	return nil
}

// waits is what stands in the column meanwhile.
func (e *effects) waits() string {
	if e.state == working {
		return words.T("being worked out")
	}
	return words.T("not worked out")
}

// stop ends what is under way.
func (e *effects) stop() {
	e.gen++
	if e.cancel != nil {
		e.cancel()
		e.cancel = nil
	}
}

// follow asks anew when the scenario or what its value rests on has changed.
func (e *effects) follow() {
	e.cmp = e.desk.Comparison()
	var q question
	if s := e.desk.Scenario(); s != nil && e.cmp != nil {
		if r, b := e.cmp.Result(s.ID), e.cmp.Result(e.cmp.Baseline); r != nil && b != nil {
			q = question{s.ID, r.Plan, b.Plan}
		}
	}
	if q != e.now {
		e.stop()
		e.now, e.answer, e.state = q, answer{}, none
		if q.plan == nil {
			if e.desk.Workspace() == nil || e.cmp == nil {
				e.kept = nil
			}
		} else {
			e.ask()
		}
	}
	e.changed()
}

// ask shows what is known, or sees to it that it becomes known.
func (e *effects) ask() {
	for _, a := range e.kept {
		if a.of == e.now {
			e.answer, e.state = a, there
			return
		}
	}
	if e.state = asked; len(e.cmp.Project.Assets) <= askOver {
		e.run()
	}
}

// start is what the button does.
func (e *effects) start() {
	if e.now.plan != nil && e.state != working {
		e.run()
		e.changed()
	}
}

func (e *effects) run() {
	e.stop()
	e.state = working
	gen, q, cmp, d := e.gen, e.now, e.cmp, e.desk
	e.cancel = d.Jobs.Start(words.T("Changing one assumption at a time"), func(ctx context.Context, p *jobs.Progress) error {
		list, err := risk.Alone(ctx, cmp, q.scenario, func(done, of int) {
			p.SetTotal(of)
			p.Set(done)
		})
		a := answer{of: q}
		if err == nil {
			a.by = make(map[string]*risk.Effect, len(list))
			for i := range list {
				a.by[list[i].Key] = &list[i]
			}
			a.chart = tornado(cmp, q.scenario, list)
		}
		d.Post(func() { e.came(gen, a, err) })
		return err
	})
}

// came takes what a job found, unless something else is asked now.
func (e *effects) came(gen int, a answer, err error) {
	if gen != e.gen {
		return
	}
	e.cancel = nil
	switch {
	case err == nil:
		e.answer, e.state = a, there
		e.kept = append(e.kept, a)
		e.kept = e.kept[max(0, len(e.kept)-keptEffects):]
	case errors.Is(err, context.Canceled):
		e.state = asked
	default:
		e.state, e.why = failed, app.Explain(words.T("The effects of the assumptions could not be worked out"), err).Text
	}
	e.changed()
}

// says is the line above the chart.
func (e *effects) says() string {
	name := ""
	if s := e.desk.Scenario(); s != nil {
		name = format.Short(s.Name, 60)
	}
	switch e.state {
	case asked:
		return words.F("What each assumption does to the value of “%s” is not worked out yet. In a large project it may take several minutes.", name)
	case working:
		return words.F("What each assumption does to the value of “%s” is being worked out.", name)
	case there:
		switch {
		case e.cmp != nil && e.cmp.Baseline == e.now.scenario:
			return words.F("The others are measured against “%s”, so no assumption moves its value. Choose another scenario above.", name)
		case e.chart == nil:
			return words.F("No assumption moves the value of “%s”.", name)
		}
		n := 0
		for _, x := range e.by {
			if x.Acts {
				n++
			}
		}
		return words.F("%s of %s assumptions move the value of “%s”. Each was taken alone to its low and to its high end.", format.Whole(float64(n)), format.Whole(float64(len(e.by))), name)
	case failed:
		return e.why
	}
	return ""
}

// tornado draws the widest; nil when there are none.
func tornado(c *appraisal.Comparison, id model.ScenarioID, list []risk.Effect) *chart.Chart {
	wide := risk.Widest(list, dozen)
	r, b := c.Result(id), c.Result(c.Baseline)
	if len(wide) == 0 || r == nil || b == nil {
		return nil
	}
	p := chart.Tornado{Base: r.NPSV}
	for i := range wide {
		e := &wide[i]
		p.Bars = append(p.Bars, chart.Swing{Label: label(e), Low: e.NPSV[0], High: e.NPSV[1], LowAt: end(e.LowAt, e.Unit), HighAt: end(e.HighAt, e.Unit)})
	}
	x := &wide[0]
	title := words.F("“%s” moves the value most: %s to %s", label(x), format.Pounds(min(x.NPSV[0], x.NPSV[1], x.Planned)), format.Pounds(max(x.NPSV[0], x.NPSV[1], x.Planned)))
	return &chart.Chart{Title: title, Y: chart.Axis{Label: words.F("net present social value against %s", format.Short(b.Scenario.Name, 40)), Unit: chart.Unit{Kind: chart.Pounds}}, Plot: p, Alt: title}
}

// end is a value as short as it stands at the end of a bar.
func end(v float64, unit string) string {
	if format.IsShare(unit) {
		return format.InUnit(v, unit) + "%"
	}
	return format.InUnit(v, unit)
}

func label(e *risk.Effect) string {
	if e.Label == "" {
		return e.Key
	}
	return words.T(e.Label)
}
