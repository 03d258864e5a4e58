package detail

import (
	"context"
	"math"
	"strings"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/model"
)

// why is the answer to "why is this building closed?", for one building in one
// scenario of one version of the project.
type why struct {
	snap     *app.Snapshot
	scenario model.ScenarioID
	asset    model.AssetID
	answer   *app.Why
	problem  string
	cancel   context.CancelFunc
}

// closes says whether an action ends a building's use as it is.
func closes(a *model.Action, id model.AssetID) bool {
	switch a.Kind {
	case model.Sell, model.ExitLease, model.Transfer, model.Mothball:
		return a.Asset == id
	case model.CoLocate:
		if len(a.Services) > 0 {
			return false
		}
		for _, f := range a.From {
			if f == id {
				return true
			}
		}
	}
	return false
}

// whyFacts asks or answers why the scenario being edited closes an asset.
func (v *View) whyFacts(s *app.Snapshot, sc *model.Scenario, a *model.Asset, f *facts) {
	closed := false
	for i := range sc.Actions {
		closed = closed || closes(&sc.Actions[i], a.ID)
	}
	if !closed {
		return
	}
	y := v.why
	switch {
	case y == nil || y.snap != s || y.scenario != sc.ID || y.asset != a.ID:
		*f = append(*f, widgets.Fact{Value: "Why is this building closed?", Prose: true, Do: func() { v.ask(s, sc, a.ID) }, Tip: "Works out what keeping it would mean"})
	case y.problem != "":
		*f = append(*f, widgets.Fact{Label: "Why is this building closed?", Value: y.problem, Prose: true, Warn: true})
	case y.answer == nil:
		*f = append(*f, widgets.Fact{Label: "Why is this building closed?", Value: "Working out what keeping it would mean… Stop", Prose: true, Do: y.cancel})
	default:
		*f = append(*f, widgets.Fact{Label: "Why is this building closed?", Value: Because(y.answer), Prose: true, Tip: because(s, y.answer)})
	}
}

// ask works out the answer in a job.
func (v *View) ask(s *app.Snapshot, sc *model.Scenario, id model.AssetID) {
	if v.why != nil && v.why.cancel != nil {
		v.why.cancel()
	}
	y := &why{snap: s, scenario: sc.ID, asset: id}
	v.why = y
	ws := v.desk.Workspace()
	y.cancel = v.desk.Jobs.Start("Asking why", func(ctx context.Context, _ *jobs.Progress) error {
		x, err := ws.Why(ctx, y.scenario, id)
		v.desk.Post(func() {
			if v.why != y {
				return
			}
			y.cancel = nil
			switch {
			case ctx.Err() != nil && err != nil:
				v.why = nil
			case err != nil:
				y.problem = app.Explain("Asking why a building is closed", err).Text
			default:
				y.answer = x
			}
			v.show()
		})
		return err
	})
	v.show()
}

// Because is the answer as a sentence: "Keeping it would cost £412k more over 30
// years and 61 t; four teams would stay; 1,240 residents would save 6 minutes."
func Because(y *app.Why) string {
	cost, carbon := "cost ", " more"
	if y.NPSV < 0 {
		cost, carbon = "be worth ", " more"
	}
	text := "Keeping it would " + cost + format.Pounds(math.Abs(y.NPSV)) + carbon + " over " + format.Count(y.Years, "year", "years")
	switch {
	case y.Carbon >= 0.5 && y.NPSV >= 0:
		text += " and " + format.Whole(y.Carbon) + " t"
	case y.Carbon >= 0.5:
		text += ", and emit " + format.Whole(y.Carbon) + " t more"
	case y.Carbon <= -0.5:
		text += ", and save " + format.Whole(-y.Carbon) + " t"
	}
	if n := len(y.Stay); n > 0 {
		verb := " would stay"
		if y.Resolved {
			verb = " would sit elsewhere"
		}
		text += "; " + few(n) + verb
	}
	if y.Residents >= 1 {
		text += "; " + format.Count(int(math.Round(y.Residents)), "resident", "residents")
		if y.Minutes >= 0.5 {
			text += " would save " + format.Count(int(math.Round(y.Minutes)), "minute", "minutes")
		} else {
			text += " would be nearer to a service"
		}
	}
	return text + "."
}

// few writes a small number of teams in words.
func few(n int) string {
	words := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
	if n < len(words) {
		if n == 1 {
			return "one team"
		}
		return words[n] + " teams"
	}
	return format.Count(n, "team", "teams")
}

// because says how the answer was found.
func because(s *app.Snapshot, y *app.Why) string {
	tip := "The scenario was appraised again with everything it does to this building left out; the rest stays as it is. Residents' minutes are on foot."
	if y.Resolved {
		tip = "The best plan that keeps the building was looked for again, everything else decided anew"
		if y.Proven {
			tip += ", and there is none better."
		} else {
			tip += "; a better one may exist."
		}
	}
	var names []string
	for _, id := range y.Stay {
		names = append(names, s.ServiceName(id))
	}
	if len(names) > 0 {
		tip += "\nTeams: " + strings.Join(names, ", ") + "."
	}
	return tip
}
