package detail

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

func (v *View) service(s *app.Snapshot, x *model.Service) []widgets.Fact {
	var f facts
	f.text(words.T("Organisation"), s.OrganisationName(x.Organisation))
	f.text(words.T("Kind"), format.Capital(x.Kind))
	if x.Public {
		f.text(words.T("Residents visit"), words.T("yes"))
	}
	f.figure(words.T("Staff (full-time equivalent)"), x.FTE, "", func(v float64) string { return format.Number(v, 1) })
	f.figure(words.T("Desks at its busiest"), x.Desks, "", format.Whole)
	f.figure(words.T("Visits a year"), x.Visits, "", format.Whole)
	f.figure(words.T("Floor area it needs"), x.Area, " m²", format.Whole)
	if x.HomeDays > 0 {
		f.text(words.T("Days a week elsewhere"), format.Number(x.HomeDays, 1))
	}
	f.text(words.T("Class"), x.Class)
	first := true
	for i := range s.Occupations {
		o := &s.Occupations[i]
		if o.Service != x.ID {
			continue
		}
		if first {
			f.section(words.T("Where it is"))
			first = false
		}
		id := string(o.Asset)
		f.link(s.AssetName(o.Asset), format.Percent(o.Share), func() { v.desk.Select(app.OneAsset, id) })
	}
	return f
}

func (v *View) scenario(s *app.Snapshot, x *model.Scenario) []widgets.Fact {
	var f facts
	f.prose(x.Description)
	r := v.desk.Result(x.ID)
	f.section(words.T("What it comes to"))
	if r == nil {
		f.prose(words.T("The results are being worked out."))
	} else {
		opens := func(figure string) func() { return func() { v.desk.Trace(x.ID, figure) } }
		money := func(figure, label string, value float64, tip string) {
			f = append(f, widgets.Fact{Label: label, Value: format.Pounds(value), Tip: format.ExactPounds(value) + "\n" + tip, Do: opens(figure)})
		}
		money("npsv", words.T("Value to society"), r.NPSV, words.T("Net present social value (NPSV): all benefits less all costs against the baseline, discounted."))
		money("npv_public", words.T("Value to the public purse"), r.NPVPublic, words.T("Net present value to public bodies (NPV)."))
		money("capex", words.T("Capital cost"), r.Capex, words.T("Undiscounted, today's prices, with optimism bias."))
		money("receipts", words.T("Sale receipts"), r.Receipts, words.T("Undiscounted, today's prices."))
		money("running_cost", words.T("Running cost in the last year"), r.RunningCostEnd, words.T("A year, today's prices."))
		f = append(f, widgets.Fact{Label: words.T("Carbon over the period"), Value: format.Whole(r.CarbonTotal) + " tCO₂e", Tip: words.T("Footprint of the estate over the period."), Do: opens("carbon_total")})
		if r.BCR != nil {
			f = append(f, widgets.Fact{Label: words.T("Benefits per £ of cost"), Value: format.Number(*r.BCR, 2), Tip: words.F("Benefit-cost ratio (BCR). %s", r.BCRNote), Do: opens("bcr")})
		} else {
			f = append(f, widgets.Fact{Label: words.T("Benefits per £ of cost"), Value: words.T("no ratio"), Tip: r.BCRNote, Do: opens("bcr")})
		}
		pay := words.T("never in the period")
		if r.PaybackYear != nil {
			pay = format.Year(*r.PaybackYear)
		}
		f.link(words.T("Pays for itself by"), pay, opens("payback_year"))
		if len(r.EvidenceShare) > 0 {
			f.section(words.T("How sure the figures are"))
			for _, g := range model.Grades {
				if sh := r.EvidenceShare[g]; sh > 0.0005 {
					f.text(format.Word(string(g)), format.Percent(sh))
				}
			}
		}
		if r.Plan != nil && len(r.Plan.Conflicts) > 0 {
			f.section(words.T("What cannot be done as it stands"))
			for _, c := range r.Plan.Conflicts {
				f = append(f, widgets.Fact{Value: c.Message, Prose: true, Warn: true})
			}
		}
	}
	if len(x.Actions) > 0 {
		f.section(words.T("Actions"))
		for _, a := range x.ByYear() {
			id := string(a.ID)
			f.link(ActionTitle(s, &a), format.Year(a.Year), func() { v.desk.Select(app.OneAction, id) })
		}
	}
	return f
}

// ActionTitle says an action in words: "Sell Sale Town Hall".
func ActionTitle(s *app.Snapshot, a *model.Action) string {
	n := s.AssetName(a.Asset)
	switch a.Kind {
	case model.Retain:
		return words.F("Keep and repair %s", n)
	case model.CoLocate:
		if len(a.From) > 0 {
			names := make([]string, len(a.From))
			for i, id := range a.From {
				names[i] = s.AssetName(id)
			}
			if len(a.Services) > 0 {
				teams := make([]string, len(a.Services))
				for i, id := range a.Services {
					teams[i] = s.ServiceName(id)
				}
				return words.F("Move %s from %s to %s", listWords(teams), listWords(names), n)
			}
			return words.F("Bring %s into %s", listWords(names), n)
		}
		return words.F("Bring services into %s", n)
	case model.Flex:
		return words.F("Share desks in %s", n)
	case model.Repurpose:
		if a.NewUse != "" {
			return words.F("Turn %s into %s", n, words.T(string(a.NewUse)))
		}
		return words.F("Change the use of %s", n)
	case model.Develop:
		return words.F("Develop %s in phases", n)
	case model.Sell:
		return words.F("Sell %s", n)
	case model.ExitLease:
		return words.F("Leave the lease of %s", n)
	case model.Transfer:
		return words.F("Transfer %s to the community", n)
	case model.Mothball:
		return words.F("Close and hold %s", n)
	case model.Greening:
		return words.F("Turn %s into green space", n)
	case model.LetOut:
		return words.F("Let out %s", n)
	case model.Retrofit:
		return words.F("Retrofit %s", n)
	}
	return format.Word(string(a.Kind)) + " " + n
}

func listWords(s []string) string {
	switch len(s) {
	case 0:
		return ""
	case 1:
		return s[0]
	case 2, 3:
		return words.F("%s and %s", strings.Join(s[:len(s)-1], ", "), s[len(s)-1])
	}
	return words.F("%s, %s and %d others", s[0], s[1], len(s)-2)
}

func (v *View) action(s *app.Snapshot, id string) (kind, title string, out []widgets.Fact) {
	for i := range s.Scenarios {
		sc := &s.Scenarios[i]
		for j := range sc.Actions {
			a := &sc.Actions[j]
			if string(a.ID) != id || (v.desk.Scenario() != nil && sc.ID != v.desk.Scenario().ID) {
				continue
			}
			var f facts
			r := v.desk.Result(sc.ID)
			if r != nil && r.Plan != nil {
				for _, c := range r.Plan.Conflicts {
					if c.Action == a.ID {
						f = append(f, widgets.Fact{Value: c.Message, Prose: true, Warn: true})
					}
				}
			}
			f.text(words.T("Takes effect"), format.Year(a.Year))
			asset := string(a.Asset)
			f.link(words.T("Building"), s.AssetName(a.Asset), func() { v.desk.Select(app.OneAsset, asset) })
			what := words.T("Empties")
			if len(a.Services) > 0 {
				what = words.T("From")
			}
			for _, from := range a.From {
				from := string(from)
				f.link(what, s.AssetName(model.AssetID(from)), func() { v.desk.Select(app.OneAsset, from) })
			}
			for _, x := range a.Services {
				x := string(x)
				f.link(words.T("Moves"), s.ServiceName(model.ServiceID(x)), func() { v.desk.Select(app.OneService, x) })
			}
			if len(a.Measures) > 0 {
				f.text(words.T("Measures in order"), strings.Join(a.Measures, ", "))
			}
			f.text(words.T("New use"), format.Word(string(a.NewUse)))
			for _, p := range a.Phases {
				f.text(p.Name, fmt.Sprintf("%s m² %s, %s", format.Whole(p.FloorArea), p.Use, format.Year(p.Start)))
			}
			keys := make([]string, 0, len(a.Values))
			for k := range a.Values {
				keys = append(keys, k)
			}
			sort.Strings(keys)
			for _, k := range keys {
				label, value := format.Capital(strings.NewReplacer("_", " ", ".", ": ").Replace(k)), Value(a.Values[k])
				if c := v.desk.Comparison(); c != nil && c.Book != nil {
					if x, ok := c.Book.Get(k); ok {
						label, value = words.T(x.Label), format.WithUnit(a.Values[k], x.Unit)
					}
				}
				f.text(label, value)
			}
			f.prose(a.Reason)
			if r != nil && r.Plan != nil && r.Flows != nil {
				first := true
				for k := range r.Plan.Streams {
					if x := &r.Plan.Streams[k]; x.Action == a.ID {
						if first {
							f.section(words.T("Streams it makes"))
							first = false
						}
						f = append(f, StreamFact(x, r.Flows.Row(k), r.Flows.BaseYear))
					}
				}
			}
			return words.F("Action in “%s”", sc.Name), ActionTitle(s, a), f
		}
	}
	return words.T("Action"), words.T("No longer there"), facts{{Value: words.T("It was removed, or belongs to another scenario."), Prose: true}}
}

func (v *View) assumption(key string) (kind, title string, out []widgets.Fact) {
	c := v.desk.Comparison()
	if c == nil || c.Book == nil {
		return words.T("Assumption"), key, facts{{Value: words.T("The results are being worked out."), Prose: true}}
	}
	a, ok := c.Book.Get(key)
	if !ok {
		return words.T("Assumption"), key, facts{{Value: words.T("It is no longer in the book."), Prose: true}}
	}
	var f facts
	f = append(f, widgets.Fact{Label: words.T("Value"), Value: format.WithUnit(a.Value, a.Unit), Modelled: a.Grade.Modelled(), Tip: Exact(a.Value, a.Unit) + format.Evidence(a.Grade, a.Source)})
	f.text(words.T("Evidence"), format.Word(string(a.Grade)))
	if a.PriceBase != 0 {
		f.text(words.T("Prices of"), strconv.Itoa(a.PriceBase))
	}
	f.text(words.T("Dated"), format.Date(a.Date))
	f.text(words.T("Group"), a.Group)
	f.text(words.T("Owner"), a.Owner)
	f = append(f, widgets.Fact{Label: words.T("Source"), Value: a.Source, Prose: true})
	if a.Confidence != "" {
		f = append(f, widgets.Fact{Label: words.T("Confidence"), Value: a.Confidence, Prose: true})
	}
	if a.Reason != "" {
		f = append(f, widgets.Fact{Label: words.T("Why it was changed"), Value: a.Reason, Prose: true})
	}
	f.text(words.T("Name in the workbook"), strings.ReplaceAll(a.Key, ".", "_"))
	title = words.T(a.Label)
	if title == "" {
		title = a.Key
	}
	return words.T("Assumption"), title, f
}

// Value writes the value of an assumption with as many decimals as it needs.
func Value(v float64) string {
	for d := range 7 {
		s := format.Number(v, d)
		if x, err := strconv.ParseFloat(strings.NewReplacer(",", "", "−", "-").Replace(s), 64); err == nil && (x == v || d == 6) {
			return s
		}
	}
	return format.Number(v, 2)
}

// Exact is a line with every figure of a value that is shown with fewer; empty
// when none is left out.
func Exact(v float64, unit string) string {
	all := format.Typed(v, unit)
	if all == strings.NewReplacer(",", "", "−", "-").Replace(format.InUnit(v, unit)) {
		return ""
	}
	return words.F("Exactly %s %s", all, format.Unit(unit)) + "\n"
}

func (v *View) finding(s *app.Snapshot, id string) (kind, title string, out []widgets.Fact) {
	i, err := strconv.Atoi(id)
	if err != nil || i < 0 || i >= len(s.Findings) {
		return words.T("Finding"), words.T("No longer there"), facts{{Value: words.T("It was settled."), Prose: true}}
	}
	x := &s.Findings[i]
	var f facts
	f.prose(s.Says(x))
	if x.Remedy != "" {
		f = append(f, widgets.Fact{Label: words.T("What to do"), Value: app.Sentence(x.Remedy), Prose: true})
	}
	f.text(words.T("File"), x.File)
	f.text(words.T("Sheet"), x.Sheet)
	if x.Row > 0 {
		f.text(words.T("Row"), strconv.Itoa(x.Row))
	}
	f.text(words.T("Column"), x.Column)
	f.text(words.T("Value"), x.Value)
	if x.Asset != "" {
		id := string(x.Asset)
		f.link(words.T("About"), s.AssetName(x.Asset), func() { v.desk.Select(app.OneAsset, id) })
	}
	return words.F("Finding: %s", words.T(string(x.Severity))), s.Says(x), f
}

func (v *View) smallArea(s *app.Snapshot, code string) (kind, title string, out []widgets.Fact) {
	for i := range s.Population {
		p := &s.Population[i]
		if p.Code != code {
			continue
		}
		var f facts
		f.text(words.T("Code"), p.Code)
		residents := format.NotKnown()
		if p.People > 0 {
			residents = format.Whole(p.People)
		}
		f.text(words.T("Residents"), residents)
		keys := make([]string, 0, len(p.Groups))
		for k := range p.Groups {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		for _, k := range keys {
			f.text(format.Capital(k), format.Whole(p.Groups[k]))
		}
		f = append(f, widgets.Fact{Label: words.T("Source"), Value: p.Source, Prose: true})
		return words.T("Small area"), p.Name, f
	}
	for i := range s.Boundaries {
		if b := &s.Boundaries[i]; b.Code == code {
			return format.Capital(b.Layer), b.Name, facts{{Label: words.T("Code"), Value: b.Code}}
		}
	}
	return words.T("Small area"), code, facts{}
}

// project is what the pane says while nothing is selected.
func (v *View) project(s *app.Snapshot) []widgets.Fact {
	if s == nil {
		return facts{{Value: words.T("Open a project to begin."), Prose: true}}
	}
	var f facts
	f.text(words.T("Assets"), format.Whole(float64(len(s.Assets))))
	located := 0
	for i := range s.Assets {
		if s.Assets[i].Located() {
			located++
		}
	}
	f.text(words.T("On the map"), format.Whole(float64(located)))
	f.text(words.T("Organisations"), format.Whole(float64(len(s.Organisations))))
	f.text(words.T("Teams and services"), format.Whole(float64(len(s.Services))))
	people := 0.0
	for i := range s.Population {
		people += s.Population[i].People
	}
	if people > 0 {
		f.text(words.T("Residents"), format.Whole(people))
	}
	f.text(words.T("Scenarios"), format.Whole(float64(len(s.Scenarios))))
	f.section(words.T("Appraisal"))
	f.text(words.T("First year"), format.Year(s.BaseYear))
	f.text(words.T("Years"), strconv.Itoa(s.Horizon))
	f.text(words.T("Prices of"), strconv.Itoa(s.PriceBase))
	if c := v.desk.Comparison(); c != nil && c.SetName != "" {
		f.text(words.T("Parameters"), c.SetName)
	} else {
		f.text(words.T("Parameters"), s.ParameterSet)
	}
	if s.ModelledNote != "" {
		f.section(words.T("Figures marked ≈ are modelled"))
		f.prose(s.ModelledNote)
	}
	if len(s.Attribution) > 0 {
		f.section(words.T("Data used"))
		for _, a := range s.Attribution {
			f.prose(a)
		}
	}
	return f
}
