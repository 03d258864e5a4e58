package detail

import (
	"context"
	"math"
	"strings"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
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
		*f = append(*f, widgets.Fact{Value: words.T("Why is this building closed?"), Prose: true, Do: func() { v.ask(s, sc, a.ID) }, Tip: words.T("Works out what keeping it would mean")})
	case y.problem != "":
		*f = append(*f, widgets.Fact{Label: words.T("Why is this building closed?"), Value: y.problem, Prose: true, Warn: true})
	case y.answer == nil:
		*f = append(*f, widgets.Fact{Label: words.T("Why is this building closed?"), Value: words.T("Working out what keeping it would mean… Stop"), Prose: true, Do: y.cancel})
	default:
		*f = append(*f, widgets.Fact{Label: words.T("Why is this building closed?"), Value: Because(y.answer), Prose: true, Tip: because(s, y.answer)})
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
	y.cancel = v.desk.Jobs.Start(words.T("Asking why"), func(ctx context.Context, _ *jobs.Progress) error {
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
				y.problem = app.Explain(words.T("Asking why a building is closed"), err).Text
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
	pounds := format.Pounds(math.Abs(y.NPSV))
	text := format.Counted(y.Years, "Keeping it would cost %[2]s more over %[1]s year", "Keeping it would cost %[2]s more over %[1]s years", pounds)
	if y.NPSV < 0 {
		text = format.Counted(y.Years, "Keeping it would be worth %[2]s more over %[1]s year", "Keeping it would be worth %[2]s more over %[1]s years", pounds)
	}
	switch {
	case y.Carbon >= 0.5 && y.NPSV >= 0:
		text += words.F(" and %s t", format.Whole(y.Carbon))
	case y.Carbon >= 0.5:
		text += words.F(", and emit %s t more", format.Whole(y.Carbon))
	case y.Carbon <= -0.5:
		text += words.F(", and save %s t", format.Whole(-y.Carbon))
	}
	if n := len(y.Stay); n > 0 {
		if y.Resolved {
			text += words.F("; %s would sit elsewhere", few(n))
		} else {
			text += words.F("; %s would stay", few(n))
		}
	}
	if y.Residents >= 1 {
		text += "; " + format.Count(int(math.Round(y.Residents)), "resident", "residents")
		if y.Minutes >= 0.5 {
			text += format.Counted(int(math.Round(y.Minutes)), " would save %s minute", " would save %s minutes")
		} else {
			text += words.T(" would be nearer to a service")
		}
	}
	return text + "."
}

// few writes a small number of teams in words.
func few(n int) string {
	teams := []string{words.Later("no teams"), words.Later("one team"), words.Later("two teams"), words.Later("three teams"), words.Later("four teams"), words.Later("five teams"),
		words.Later("six teams"), words.Later("seven teams"), words.Later("eight teams"), words.Later("nine teams")}
	if n < len(teams) {
		return words.T(teams[n])
	}
	return format.Count(n, "team", "teams")
}

// because says how the answer was found.
func because(s *app.Snapshot, y *app.Why) string {
	tip := words.T("The scenario was appraised again with everything it does to this building left out; the rest stays as it is. Residents' minutes are on foot.")
	if y.Resolved {
		tip = words.T("The best plan that keeps the building was looked for again, everything else decided anew")
		if y.Proven {
			tip += words.T(", and there is none better.")
		} else {
			tip += words.T("; a better one may exist.")
		}
	}
	var names []string
	for _, id := range y.Stay {
		names = append(names, s.ServiceName(id))
	}
	if len(names) > 0 {
		tip += words.F("\nTeams: %s.", strings.Join(names, ", "))
	}
	return tip
}
