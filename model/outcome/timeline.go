package outcome

import (
	"fmt"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

func inUse(s *ledger.Stream) bool {
	return s.Label == action.AreaOccupied || s.Label == action.AreaSpare
}

// Bar is one thing on the timeline of a scenario, by financial years, both
// included.
type Bar struct {
	Action      model.ActionID
	Asset       model.AssetID
	Kind        model.ActionKind
	What        string // "works", "both buildings run", "empty", "earning"
	Phase       string
	First, Last int
}

// spans says which categories of an action's streams are shown as what.
var spans = map[ledger.Category]string{ledger.CatWorks: "works", ledger.CatFitOut: "works", ledger.CatBacklog: "works",
	ledger.CatDouble: "both buildings run", ledger.CatHolding: "empty", ledger.CatIncome: "earning"}

// Timeline lays a scenario's actions out by year: when works run, when buildings
// stand empty or both run, when new space earns. It is read from the plan's
// streams, so it shows what is paid for. Renewals are left out.
func Timeline(r *appraisal.Result) []Bar {
	type key struct {
		action model.ActionID
		asset  model.AssetID
		what   string
		phase  string
	}
	kinds := map[model.ActionID]model.ActionKind{}
	for _, a := range r.Scenario.Actions {
		kinds[a.ID] = a.Kind
	}
	at := map[key]int{}
	var out []Bar
	for i := range r.Plan.Streams {
		s := &r.Plan.Streams[i]
		what, shown := spans[s.Category]
		if s.Action == "" || s.Ledger != ledger.Money || !shown {
			continue
		}
		last := s.Last
		if s.Profile.Every > 1 { // the first installation, not its renewals
			last = s.First
		}
		k := key{s.Action, s.Asset, what, phaseOf(s, r.Scenario.Actions)}
		n, ok := at[k]
		if !ok {
			at[k] = len(out)
			out = append(out, Bar{Action: s.Action, Asset: s.Asset, Kind: kinds[s.Action], What: what, Phase: k.phase, First: s.First, Last: last})
			continue
		}
		out[n].First, out[n].Last = min(out[n].First, s.First), max(out[n].Last, last)
	}
	return out
}

// phaseOf is the name of the phase that a stream belongs to.
func phaseOf(s *ledger.Stream, acts []model.Action) string {
	for i := range acts {
		if a := &acts[i]; a.ID == s.Action && a.Kind == model.Develop {
			for n, ph := range action.Phases(a) {
				if strings.HasPrefix(s.ID, fmt.Sprintf("%s/phase%d/", a.ID, n+1)) {
					return ph.Name
				}
			}
		}
	}
	return ""
}
