package detail

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/model"
)

func (v *View) service(s *app.Snapshot, x *model.Service) []widgets.Fact {
	var f facts
	f.text("Organisation", s.OrganisationName(x.Organisation))
	f.text("Kind", format.Capital(x.Kind))
	if x.Public {
		f.text("Residents visit", "yes")
	}
	f.figure("Staff (full-time equivalent)", x.FTE, "", func(v float64) string { return format.Number(v, 1) })
	f.figure("Desks at its busiest", x.Desks, "", format.Whole)
	f.figure("Visits a year", x.Visits, "", format.Whole)
	f.figure("Floor area it needs", x.Area, " m²", format.Whole)
	if x.HomeDays > 0 {
		f.text("Days a week elsewhere", format.Number(x.HomeDays, 1))
	}
	f.text("Class", x.Class)
	first := true
	for i := range s.Occupations {
		o := &s.Occupations[i]
		if o.Service != x.ID {
			continue
		}
		if first {
			f.section("Where it is")
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
	f.section("What it comes to")
	if r == nil {
		f.prose("The results are being worked out.")
	} else {
		opens := func(figure string) func() { return func() { v.desk.Trace(x.ID, figure) } }
		money := func(figure, label string, value float64, tip string) {
			f = append(f, widgets.Fact{Label: label, Value: format.Pounds(value), Tip: format.ExactPounds(value) + "\n" + tip, Do: opens(figure)})
		}
		money("npsv", "Value to society", r.NPSV, "Net present social value (NPSV): all benefits less all costs against the baseline, discounted.")
		money("npv_public", "Value to the public purse", r.NPVPublic, "Net present value to public bodies (NPV).")
		money("capex", "Capital cost", r.Capex, "Undiscounted, today's prices, with optimism bias.")
		money("receipts", "Sale receipts", r.Receipts, "Undiscounted, today's prices.")
		money("running_cost", "Running cost in the last year", r.RunningCostEnd, "A year, today's prices.")
		f = append(f, widgets.Fact{Label: "Carbon over the period", Value: format.Whole(r.CarbonTotal) + " tCO₂e", Tip: "Footprint of the estate over the period.", Do: opens("carbon_total")})
		if r.BCR != nil {
			f = append(f, widgets.Fact{Label: "Benefits per £ of cost", Value: format.Number(*r.BCR, 2), Tip: "Benefit-cost ratio (BCR). " + r.BCRNote, Do: opens("bcr")})
		} else {
			f = append(f, widgets.Fact{Label: "Benefits per £ of cost", Value: "no ratio", Tip: r.BCRNote, Do: opens("bcr")})
		}
		pay := "never in the period"
		if r.PaybackYear != nil {
			pay = format.Year(*r.PaybackYear)
		}
		f.link("Pays for itself by", pay, opens("payback_year"))
		if len(r.EvidenceShare) > 0 {
			f.section("How sure the figures are")
			for _, g := range model.Grades {
				if sh := r.EvidenceShare[g]; sh > 0.0005 {
					f.text(format.Capital(string(g)), format.Percent(sh))
				}
			}
		}
		if r.Plan != nil && len(r.Plan.Conflicts) > 0 {
			f.section("What cannot be done as it stands")
			for _, c := range r.Plan.Conflicts {
				f = append(f, widgets.Fact{Value: c.Message, Prose: true, Warn: true})
			}
		}
	}
	if len(x.Actions) > 0 {
		f.section("Actions")
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
		return "Keep and repair " + n
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
				return "Move " + listWords(teams) + " from " + listWords(names) + " to " + n
			}
			return "Bring " + listWords(names) + " into " + n
		}
		return "Bring services into " + n
	case model.Flex:
		return "Share desks in " + n
	case model.Repurpose:
		if a.NewUse != "" {
			return "Turn " + n + " into " + string(a.NewUse)
		}
		return "Change the use of " + n
	case model.Develop:
		return "Develop " + n + " in phases"
	case model.Sell:
		return "Sell " + n
	case model.ExitLease:
		return "Leave the lease of " + n
	case model.Transfer:
		return "Transfer " + n + " to the community"
	case model.Mothball:
		return "Close and hold " + n
	case model.Greening:
		return "Turn " + n + " into green space"
	case model.LetOut:
		return "Let out " + n
	case model.Retrofit:
		return "Retrofit " + n
	}
	return format.Capital(string(a.Kind)) + " " + n
}

func listWords(s []string) string {
	switch len(s) {
	case 0:
		return ""
	case 1:
		return s[0]
	case 2, 3:
		return strings.Join(s[:len(s)-1], ", ") + " and " + s[len(s)-1]
	}
	return fmt.Sprintf("%s, %s and %d others", s[0], s[1], len(s)-2)
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
			f.text("Takes effect", format.Year(a.Year))
			asset := string(a.Asset)
			f.link("Building", s.AssetName(a.Asset), func() { v.desk.Select(app.OneAsset, asset) })
			what := "Empties"
			if len(a.Services) > 0 {
				what = "From"
			}
			for _, from := range a.From {
				from := string(from)
				f.link(what, s.AssetName(model.AssetID(from)), func() { v.desk.Select(app.OneAsset, from) })
			}
			for _, x := range a.Services {
				x := string(x)
				f.link("Moves", s.ServiceName(model.ServiceID(x)), func() { v.desk.Select(app.OneService, x) })
			}
			if len(a.Measures) > 0 {
				f.text("Measures in order", strings.Join(a.Measures, ", "))
			}
			f.text("New use", format.Capital(string(a.NewUse)))
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
						label, value = x.Label, value+" "+x.Unit
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
							f.section("Streams it makes")
							first = false
						}
						f = append(f, StreamFact(x, r.Flows.Row(k), r.Flows.BaseYear))
					}
				}
			}
			return "Action in “" + sc.Name + "”", ActionTitle(s, a), f
		}
	}
	return "Action", "No longer there", facts{{Value: "It was removed, or belongs to another scenario.", Prose: true}}
}

func (v *View) assumption(key string) (kind, title string, out []widgets.Fact) {
	c := v.desk.Comparison()
	if c == nil || c.Book == nil {
		return "Assumption", key, facts{{Value: "The results are being worked out.", Prose: true}}
	}
	a, ok := c.Book.Get(key)
	if !ok {
		return "Assumption", key, facts{{Value: "It is no longer in the book.", Prose: true}}
	}
	var f facts
	f = append(f, widgets.Fact{Label: "Value", Value: InUnit(a.Value, a.Unit) + " " + a.Unit, Modelled: a.Grade.Modelled(), Tip: format.Evidence(a.Grade, a.Source)})
	f.text("Evidence", format.Capital(string(a.Grade)))
	if a.PriceBase != 0 {
		f.text("Prices of", strconv.Itoa(a.PriceBase))
	}
	f.text("Dated", format.Date(a.Date))
	f.text("Group", a.Group)
	f.text("Owner", a.Owner)
	f = append(f, widgets.Fact{Label: "Source", Value: a.Source, Prose: true})
	if a.Confidence != "" {
		f = append(f, widgets.Fact{Label: "Confidence", Value: a.Confidence, Prose: true})
	}
	if a.Reason != "" {
		f = append(f, widgets.Fact{Label: "Why it was changed", Value: a.Reason, Prose: true})
	}
	f.text("Name in the workbook", strings.ReplaceAll(a.Key, ".", "_"))
	title = a.Label
	if title == "" {
		title = a.Key
	}
	return "Assumption", title, f
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

// InUnit writes the value of an assumption as its unit asks: a calendar year has
// no comma in it.
func InUnit(v float64, unit string) string {
	if unit == "year" {
		return strconv.Itoa(int(v))
	}
	return Value(v)
}

func (v *View) finding(s *app.Snapshot, id string) (kind, title string, out []widgets.Fact) {
	i, err := strconv.Atoi(id)
	if err != nil || i < 0 || i >= len(s.Findings) {
		return "Finding", "No longer there", facts{{Value: "It was settled.", Prose: true}}
	}
	x := &s.Findings[i]
	var f facts
	f.prose(app.Sentence(x.Message))
	if x.Remedy != "" {
		f = append(f, widgets.Fact{Label: "What to do", Value: app.Sentence(x.Remedy), Prose: true})
	}
	f.text("File", x.File)
	f.text("Sheet", x.Sheet)
	if x.Row > 0 {
		f.text("Row", strconv.Itoa(x.Row))
	}
	f.text("Column", x.Column)
	f.text("Value", x.Value)
	if x.Asset != "" {
		id := string(x.Asset)
		f.link("About", s.AssetName(x.Asset), func() { v.desk.Select(app.OneAsset, id) })
	}
	return "Finding: " + string(x.Severity), app.Sentence(x.Message), f
}

func (v *View) smallArea(s *app.Snapshot, code string) (kind, title string, out []widgets.Fact) {
	for i := range s.Population {
		p := &s.Population[i]
		if p.Code != code {
			continue
		}
		var f facts
		f.text("Code", p.Code)
		residents := format.Missing
		if p.People > 0 {
			residents = format.Whole(p.People)
		}
		f.text("Residents", residents)
		keys := make([]string, 0, len(p.Groups))
		for k := range p.Groups {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		for _, k := range keys {
			f.text(format.Capital(k), format.Whole(p.Groups[k]))
		}
		f = append(f, widgets.Fact{Label: "Source", Value: p.Source, Prose: true})
		return "Small area", p.Name, f
	}
	for i := range s.Boundaries {
		if b := &s.Boundaries[i]; b.Code == code {
			return format.Capital(b.Layer), b.Name, facts{{Label: "Code", Value: b.Code}}
		}
	}
	return "Small area", code, facts{}
}

// project is what the pane says while nothing is selected.
func (v *View) project(s *app.Snapshot) []widgets.Fact {
	if s == nil {
		return facts{{Value: "Open a project to begin.", Prose: true}}
	}
	var f facts
	f.text("Assets", format.Whole(float64(len(s.Assets))))
	located := 0
	for i := range s.Assets {
		if s.Assets[i].Located() {
			located++
		}
	}
	f.text("On the map", format.Whole(float64(located)))
	f.text("Organisations", format.Whole(float64(len(s.Organisations))))
	f.text("Teams and services", format.Whole(float64(len(s.Services))))
	people := 0.0
	for i := range s.Population {
		people += s.Population[i].People
	}
	if people > 0 {
		f.text("Residents", format.Whole(people))
	}
	f.text("Scenarios", format.Whole(float64(len(s.Scenarios))))
	f.section("Appraisal")
	f.text("First year", format.Year(s.BaseYear))
	f.text("Years", strconv.Itoa(s.Horizon))
	f.text("Prices of", strconv.Itoa(s.PriceBase))
	if c := v.desk.Comparison(); c != nil && c.SetName != "" {
		f.text("Parameters", c.SetName)
	} else {
		f.text("Parameters", s.ParameterSet)
	}
	if s.ModelledNote != "" {
		f.section("Figures marked ≈ are modelled")
		f.prose(s.ModelledNote)
	}
	if len(s.Attribution) > 0 {
		f.section("Data used")
		for _, a := range s.Attribution {
			f.prose(a)
		}
	}
	return f
}
