package portfolio

import (
	"strings"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/gaps"
)

// Row is one asset, ready for display. What is only read from the asset is not
// kept again.
type Row struct {
	ID                                            model.AssetID
	Name, Organisation, Use, Tenure, Holding      string
	Event, EventKey, Placed, Doubts, Planned      string
	Running, Energy, Services, Quality, Intensity model.Figure
	asset                                         *model.Asset
}

// Rows makes the rows of a project, with what a scenario plans for each; the
// scenario may be nil. It may run in any goroutine.
func Rows(s *app.Snapshot, sc *model.Scenario) []Row {
	planned := plannedIn(sc)
	orgs := map[model.OrganisationID]string{}
	out := make([]Row, len(s.Assets))
	for i := range s.Assets {
		a := &s.Assets[i]
		org, ok := orgs[a.Organisation]
		if !ok {
			org = format.Name(s.OrganisationName(a.Organisation))
			orgs[a.Organisation] = org
		}
		r := &out[i]
		*r = Row{
			ID: a.ID, Name: format.Name(a.Name), Organisation: org, Use: format.Word(string(a.Use)),
			Tenure: TenureWords(a.Tenure), Holding: format.Capital(a.Holding), Running: RunningCost(a), Energy: energy(a),
			Planned: planned[a.ID], asset: a,
			Quality: model.Figure{Value: 100 * gaps.QualityOf(a).Score, Grade: model.Stated},
		}
		if r.Energy.Known() && a.FloorArea.Known() && a.FloorArea.Value > 0 {
			r.Intensity = model.Figure{Value: r.Energy.Value / a.FloorArea.Value, Grade: model.Weakest(r.Energy.Grade, a.FloorArea.Grade), Source: words.T("energy over floor area")}
		}
		r.Event, r.EventKey = NextEvent(a.Tenure)
		if !a.Located() {
			r.Placed = format.NotKnown()
		} else {
			r.Placed = format.Word(string(a.Placed))
		}
		if n := len(s.FindingsOf(a.ID)); n > 0 {
			r.Doubts = format.Count(n, "finding", "findings")
		}
		if n := len(s.OccupationsOf(a.ID)); n > 0 {
			r.Services = model.Figure{Value: float64(n), Grade: model.Stated}
		}
	}
	return out
}

// verbs say what an action does to a building, as the heading of a group.
var verbs = map[model.ActionKind]string{
	model.Retain: words.Later("Keep and repair"), model.CoLocate: words.Later("Bring services in"), model.Flex: words.Later("Share desks"), model.Repurpose: words.Later("Change of use"),
	model.Develop: words.Later("Develop in phases"), model.Sell: words.Later("Sell"), model.ExitLease: words.Later("Leave the lease"), model.Transfer: words.Later("Transfer to the community"),
	model.Mothball: words.Later("Close and hold"), model.Greening: words.Later("Turn into green space"), model.LetOut: words.Later("Let out"), model.Retrofit: words.Later("Retrofit"),
}

// plannedIn says what a scenario does to each asset, in the order of years.
func plannedIn(sc *model.Scenario) map[model.AssetID]string {
	out := map[model.AssetID]string{}
	if sc == nil {
		return out
	}
	add := func(id model.AssetID, what string) {
		switch was := out[id]; {
		case id == "" || strings.Contains(was, what):
		case was == "":
			out[id] = what
		default:
			out[id] = words.F("%s, then %s", was, words.Small(what))
		}
	}
	for _, a := range sc.ByYear() {
		what := words.T(verbs[a.Kind])
		if what == "" {
			what = format.Word(string(a.Kind))
		}
		for _, from := range a.From {
			add(from, words.T("Move services out"))
		}
		add(a.Asset, what)
	}
	return out
}

// add joins the known figures of a thing; the grade is that of the least sure.
func add[K ~string](of model.Figures[K], order []K) model.Figure {
	var f model.Figure
	n := 0
	for _, k := range order {
		x := of.Get(k)
		if !x.Known() {
			continue
		}
		if n == 0 {
			f = x
		} else {
			f.Value += x.Value
			f.Grade = model.Weakest(f.Grade, x.Grade)
			if !strings.Contains(f.Source, x.Source) {
				f.Source += "; " + x.Source
			}
		}
		n++
	}
	return f
}

// RunningCost adds up the known running costs of an asset; its grade is that
// of its least sure part.
func RunningCost(a *model.Asset) model.Figure { return add(a.Costs, model.Costs) }

// energy adds up the fuels whose use is known.
func energy(a *model.Asset) model.Figure { return add(a.Energy, model.Fuels) }

// TenureWords says how an asset is held.
func TenureWords(t model.Tenure) string {
	s := format.Word(string(t.Kind))
	switch {
	case s == "":
		s = words.T("Not known")
	case t.LetOut:
		s += words.T(" (let)")
	}
	return s
}

// NextEvent is the first dated event of a lease in words, and its date to sort
// by.
func NextEvent(t model.Tenure) (says, key string) {
	for _, e := range []struct{ what, when string }{{words.T("Break"), t.Break}, {words.T("Review"), t.Review}, {words.T("Expiry"), t.Expiry}} {
		if e.when != "" && (key == "" || e.when < key) {
			says, key = e.what+" "+format.Date(e.when), e.when
		}
	}
	return says, key
}
