package detail

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/glossary"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

type facts []widgets.Fact

func (f *facts) section(s string) { *f = append(*f, widgets.Fact{Section: s}) }

// text adds a line when there is something to say.
func (f *facts) text(label, value string) {
	if value != "" {
		*f = append(*f, widgets.Fact{Label: label, Value: value, Tip: meaning(label)})
	}
}

// terms are the words of the glossary for what stands at the left, where that may not be known.
var terms = map[string]string{
	"UPRN": "UPRN", "Condition": "condition", "Energy rating": "energy rating", "Tenure": "tenure",
	"Floor area": "floor area", "Backlog of repairs": "backlog", "Running cost": "running cost", "Desks": "desks",
	"Staff (full-time equivalent)": "FTE", "Visits a year": "visits", "Evidence": "evidence", "Prices of": "price base",
	"First year": "financial year", "Parameters": "parameter set", "Pays for itself by": "payback",
	"Takes effect": "year of an action", "Group": "group", "Dated": "dated", "Capital cost": "capital cost",
}

// meaning is what a label means; empty where that is plain.
func meaning(label string) string {
	for english, term := range terms {
		if words.T(english) == label {
			return glossary.Tip(term)
		}
	}
	return ""
}

func (f *facts) link(label, value string, do func()) {
	*f = append(*f, widgets.Fact{Label: label, Value: value, Do: do})
}

func (f *facts) prose(value string) {
	if value != "" {
		*f = append(*f, widgets.Fact{Value: value, Prose: true})
	}
}

func (f *facts) figure(label string, x model.Figure, unit string, write func(float64) string) {
	v := widgets.Fact{Label: label, Value: format.Figure(x, write), Modelled: x.Grade.Modelled(), Tip: join(meaning(label), format.Evidence(x.Grade, x.Source))}
	if x.Known() {
		v.Value += unit
	}
	*f = append(*f, v)
}

func assetKind(s *app.Snapshot, a *model.Asset) string {
	return s.OrganisationName(a.Organisation) + " · " + words.T(string(a.Use))
}

func (v *View) asset(s *app.Snapshot, a *model.Asset) []widgets.Fact {
	var f facts
	for _, x := range s.FindingsOf(a.ID) {
		f = append(f, widgets.Fact{Value: words.F("Look at this: %s %s", s.Says(x), app.Sentence(x.Remedy)), Prose: true, Warn: x.Severity == model.Problem})
	}
	if sc := v.desk.Scenario(); sc != nil {
		v.whyFacts(s, sc, a, &f)
	}
	quality(&f, a)
	if a.Name != format.Name(a.Name) {
		f.text(words.T("Name in the source"), a.Name)
	}
	f.text(words.T("Address"), a.Address)
	f.text(words.T("Postcode"), a.Postcode)
	f.text(words.T("Reference"), a.Reference)
	f.text("UPRN", a.UPRN)
	f.text(words.T("Ward"), a.Ward)
	f.text(words.T("Holding"), format.Capital(a.Holding))
	f.prose(a.Detail)
	if a.Located() {
		f = append(f, widgets.Fact{Label: words.T("Placed by"), Value: words.T(string(a.Placed)), Tip: fmt.Sprintf("%.5f, %.5f", a.Location.Lat, a.Location.Lon)})
	} else {
		f = append(f, widgets.Fact{Label: words.T("On the map"), Value: format.NotKnown(), Tip: words.T("No coordinates and no postcode that can be placed.")})
	}

	f.section(words.T("Size and condition"))
	f.figure(words.T("Floor area"), a.FloorArea, " m²", format.Whole)
	if a.Unused.Known() {
		f.figure(words.T("Of it not used"), a.Unused, " m²", format.Whole)
	}
	if a.LandArea.Known() {
		f.figure(words.T("Land"), a.LandArea, " ha", two)
	}
	for _, p := range a.Parts {
		f.text(words.F("Part: %s", p.Name), format.Whole(p.FloorArea)+" m² · "+words.T(string(p.Use)))
	}
	if a.Desks.Known() {
		f.figure(words.T("Desks"), a.Desks, "", format.Whole)
	}
	if a.Capacity.Known() {
		f.figure(words.T("People at one time"), a.Capacity, "", format.Whole)
	}
	f.text(words.T("Condition"), a.Condition)
	f.text(words.T("Energy rating"), a.EnergyRating)
	f.figure(words.T("Backlog of repairs"), a.Backlog, "", format.Pounds)

	f.section(words.T("How it is held"))
	f.text(words.T("Tenure"), format.Word(string(a.Tenure.Kind)))
	f.text(words.T("As stated"), a.Tenure.Detail)
	f.text(words.T("Landlord"), a.Tenure.Landlord)
	leaseLine(&f, a.Tenure, s.BaseYear)
	leaseLines(&f, a.Tenure)
	for _, l := range a.Locks {
		f = append(f, widgets.Fact{Label: words.F("Protected: %s", words.T(l.Kind)), Value: l.Reason, Prose: true, Tip: l.Source})
	}

	f.section(words.T("Running it, a year"))
	n := 0
	for _, c := range model.Costs {
		if x := a.Costs.Get(c); x.Known() {
			f.figure(format.Word(string(c)), x, "", format.Pounds)
			n++
		}
	}
	for _, fuel := range model.Fuels {
		if x := a.Energy.Get(fuel); x.Known() {
			f.figure(format.Word(string(fuel)), x, " kWh", format.Whole)
			n++
		}
	}
	if n == 0 {
		f.text(words.T("Running cost"), format.NotKnown())
	}
	if a.Income.Known() {
		f.figure(words.T("Income"), a.Income, "", format.Pounds)
	}
	if a.Value.Known() {
		f.figure(words.T("Market value (exempt)"), a.Value, "", format.Pounds)
	}
	if v.Extra != nil {
		f = append(f, v.Extra(a.ID)...)
	}
	v.occupants(s, a, &f)
	v.planned(s, a, &f)
	v.streams(a, &f)
	f = append(f, v.sameBuilding(a)...)
	v.pastFacts(s, a, &f)
	if len(a.Extra) > 0 {
		f.section(words.T("Other columns of the source"))
		keys := make([]string, 0, len(a.Extra))
		for k := range a.Extra {
			if importers.MergeRecord(k) {
				continue
			}
			keys = append(keys, k)
		}
		sort.Strings(keys)
		for _, k := range keys {
			f.text(k, a.Extra[k])
		}
	}
	return f
}

func two(v float64) string { return format.Number(v, 2) }

// leaseLines lists the dated events of a lease in order.
func leaseLines(f *facts, t model.Tenure) {
	type event struct{ what, when string }
	var es []event
	for _, e := range []event{{words.T("Break"), t.Break}, {words.T("Rent review"), t.Review}, {words.T("Lease ends"), t.Expiry}} {
		if e.when != "" {
			es = append(es, e)
		}
	}
	sort.Slice(es, func(i, j int) bool { return es[i].when < es[j].when })
	for _, e := range es {
		f.text(e.what, format.Date(e.when))
	}
	if t.NoticeMonths > 0 {
		f.text(words.T("Notice"), format.Count(t.NoticeMonths, "month", "months"))
	}
	if t.Dilapidations.Known() {
		f.figure(words.T("Due on leaving"), t.Dilapidations, "", format.Pounds)
	}
}

func (v *View) occupants(s *app.Snapshot, a *model.Asset, f *facts) {
	os := s.OccupationsOf(a.ID)
	if len(os) == 0 {
		return
	}
	f.section(words.T("Who is here"))
	for _, o := range os {
		var parts []string
		if o.Desks.Known() {
			parts = append(parts, format.Count(int(math.Round(o.Desks.Value)), "desk", "desks"))
		}
		if o.Area.Known() {
			parts = append(parts, format.Whole(o.Area.Value)+" m²")
		}
		id := string(o.Service)
		x := widgets.Fact{Label: s.ServiceName(o.Service), Value: strings.Join(parts, " · "), Do: func() { v.desk.Select(app.OneService, id) },
			Modelled: o.Desks.Grade.Modelled() || o.Area.Grade.Modelled(), Tip: format.Evidence(model.Weakest(o.Desks.Grade, o.Area.Grade), o.Area.Source)}
		if x.Value == "" {
			x.Value = words.T("size not known")
		}
		*f = append(*f, x)
	}
}

// planned lists what the scenario being edited does to an asset.
func (v *View) planned(s *app.Snapshot, a *model.Asset, f *facts) {
	sc := v.desk.Scenario()
	if sc == nil {
		return
	}
	first := true
	for _, x := range sc.ByYear() {
		touches := x.Asset == a.ID
		for _, from := range x.From {
			touches = touches || from == a.ID
		}
		if !touches {
			continue
		}
		if first {
			f.section(words.F("Planned in “%s”", sc.Name))
			first = false
		}
		id := string(x.ID)
		f.link(ActionTitle(s, &x), format.Year(x.Year), func() { v.desk.Select(app.OneAction, id) })
	}
}

// streams lists what makes the money of an asset in the scenario being edited:
// each line opens into quantity, rate and source.
func (v *View) streams(a *model.Asset, f *facts) {
	sc := v.desk.Scenario()
	if sc == nil {
		return
	}
	r := v.desk.Result(sc.ID)
	if r == nil || r.Plan == nil || r.Flows == nil {
		if v.desk.Computing() {
			f.section(words.F("Streams in “%s”", sc.Name))
			f.prose(words.T("The results are being worked out."))
		}
		return
	}
	const most = 60
	n := 0
	for i := range r.Plan.Streams {
		x := &r.Plan.Streams[i]
		if x.Asset != a.ID || x.Ledger == ledger.Space {
			continue
		}
		if n == 0 {
			f.section(words.F("Streams in “%s”", sc.Name))
		}
		if n++; n > most {
			continue
		}
		*f = append(*f, StreamFact(x, r.Flows.Row(i), r.Flows.BaseYear))
	}
	if n > most {
		f.prose(words.F("And %d more; the workbook lists every one.", n-most))
	}
}

// StreamFact shows a stream as its first year's flow, with its making in the
// tip.
func StreamFact(x *ledger.Stream, flows []float64, base int) widgets.Fact {
	at, v := x.First, 0.0
	for i, y := range flows {
		if y != 0 {
			at, v = base+i, y
			break
		}
	}
	value := format.Pounds(v)
	switch x.Unit {
	case "£":
	case "kgCO2e":
		value = format.Tonnes(v/1000) + " tCO₂e"
	default:
		value = format.Whole(v) + " " + x.Unit
	}
	when := words.F("in %s", format.Year(at))
	if x.Last > x.First {
		when = words.F("a year from %s to %s; shown for %s", format.Year(x.First), format.Year(x.Last), format.Year(at))
	}
	tip := fmt.Sprintf("%s, %s.\n%s %s", format.Word(string(x.Category)), when, format.Number(math.Abs(x.Quantity), 2), x.QuantityUnit)
	for _, t := range x.Rates {
		tip += " × " + strings.TrimRight(strings.TrimRight(format.Number(t.Factor(), 5), "0"), ".")
		if t.Key != "" {
			tip += " (" + t.Key + ")"
		}
	}
	tip += "\n" + format.Evidence(x.Grade, x.Source)
	label := x.Label
	if at := strings.LastIndex(label, ": "); at >= 0 { // of a building, and what
		label = label[:at+2] + words.T(label[at+2:])
	} else {
		label = words.T(label)
	}
	if label == "" {
		label = format.Word(string(x.Category))
	}
	return widgets.Fact{Label: label, Value: value, Modelled: x.Grade.Modelled(), Tip: tip}
}
