package portfolio

import (
	"strings"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/model"
)

// Row is one asset, ready for display.
type Row struct {
	ID                                                 model.AssetID
	Name, Organisation, Use, Tenure                    string
	Address, Postcode, UPRN, Reference, Holding, Ward  string
	Rating, Condition, Event, EventKey, Placed, Doubts string
	Floor, Land, Running, Electricity, Gas             model.Figure
	Backlog, Desks, Services                           model.Figure
	floor, land, running, electricity, gas             string
	backlog, desks, services                           string
}

// Rows makes the rows of a project. It may run in any goroutine.
func Rows(s *app.Snapshot) []Row {
	out := make([]Row, len(s.Assets))
	for i := range s.Assets {
		a := &s.Assets[i]
		r := &out[i]
		*r = Row{
			ID: a.ID, Name: a.Name, Organisation: s.OrganisationName(a.Organisation), Use: format.Capital(string(a.Use)),
			Tenure: TenureWords(a.Tenure), Address: a.Address, Postcode: a.Postcode, UPRN: a.UPRN, Reference: a.Reference,
			Holding: format.Capital(a.Holding), Ward: a.Ward, Rating: a.EnergyRating, Condition: a.Condition,
			Floor: a.FloorArea, Land: a.LandArea, Running: RunningCost(a), Electricity: a.Energy[model.Electricity], Gas: a.Energy[model.Gas],
			Backlog: a.Backlog, Desks: a.Desks,
		}
		r.Event, r.EventKey = NextEvent(a.Tenure)
		if !a.Located() {
			r.Placed = format.Missing
		} else {
			r.Placed = format.Capital(string(a.Placed))
		}
		if n := len(s.FindingsOf(a.ID)); n > 0 {
			r.Doubts = format.Count(n, "finding", "findings")
		}
		if n := len(s.OccupationsOf(a.ID)); n > 0 {
			r.Services = model.Figure{Value: float64(n), Grade: model.Stated}
		}
		r.floor = format.Figure(r.Floor, format.Whole)
		r.land = format.Figure(r.Land, func(v float64) string { return format.Number(v, 2) })
		r.running = format.Figure(r.Running, format.Whole)
		r.electricity = format.Figure(r.Electricity, format.Whole)
		r.gas = format.Figure(r.Gas, format.Whole)
		r.backlog = format.Figure(r.Backlog, format.Whole)
		r.desks = format.Figure(r.Desks, format.Whole)
		r.services = ""
		if r.Services.Known() {
			r.services = format.Whole(r.Services.Value)
		}
	}
	return out
}

// RunningCost adds up the known running costs of an asset; its grade is that
// of its least sure part.
func RunningCost(a *model.Asset) model.Figure {
	var f model.Figure
	n := 0
	for _, c := range model.Costs {
		x := a.Costs[c]
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

// TenureWords says how an asset is held.
func TenureWords(t model.Tenure) string {
	s := format.Capital(string(t.Kind))
	switch {
	case s == "":
		s = "Not known"
	case t.LetOut:
		s += " (let)"
	}
	return s
}

// NextEvent is the first dated event of a lease in words, and its date to sort
// by.
func NextEvent(t model.Tenure) (words, key string) {
	for _, e := range []struct{ what, when string }{{"Break", t.Break}, {"Review", t.Review}, {"Expiry", t.Expiry}} {
		if e.when != "" && (key == "" || e.when < key) {
			words, key = e.what+" "+format.Date(e.when), e.when
		}
	}
	return words, key
}

// columns are the columns of the table. Their order is that of reading; ids
// are kept in settings and must not change.
func columns() []widgets.Column[Row] {
	type c = widgets.Column[Row]
	return []c{
		{ID: "name", Label: "Name", Width: 220, Grow: true, Text: func(r *Row) string { return r.Name }},
		{ID: "organisation", Label: "Organisation", Width: 150, Choices: true, Text: func(r *Row) string { return r.Organisation }},
		{ID: "use", Label: "Use", Width: 96, Choices: true, Tip: "What the building is for, as read from the owner's description", Text: func(r *Row) string { return r.Use }},
		{ID: "tenure", Label: "Held as", Width: 104, Choices: true, Tip: "Freehold, leasehold or licence (tenure)", Text: func(r *Row) string { return r.Tenure }},
		{ID: "floor", Label: "Floor area m²", Width: 110, Numeric: true, Tip: "Gross internal area (GIA)", Text: func(r *Row) string { return r.floor }, Figure: func(r *Row) model.Figure { return r.Floor }},
		{ID: "running", Label: "Running £ a year", Width: 122, Numeric: true, Tip: "Yearly running cost without energy", Text: func(r *Row) string { return r.running }, Figure: func(r *Row) model.Figure { return r.Running }},
		{ID: "electricity", Label: "Electricity kWh", Width: 116, Numeric: true, Tip: "Electricity used in a year", Text: func(r *Row) string { return r.electricity }, Figure: func(r *Row) model.Figure { return r.Electricity }},
		{ID: "gas", Label: "Gas kWh", Width: 96, Numeric: true, Tip: "Gas used in a year", Text: func(r *Row) string { return r.gas }, Figure: func(r *Row) model.Figure { return r.Gas }},
		{ID: "backlog", Label: "Backlog £", Width: 96, Numeric: true, Tip: "Cost of putting right what is in disrepair", Text: func(r *Row) string { return r.backlog }, Figure: func(r *Row) model.Figure { return r.Backlog }},
		{ID: "services", Label: "Teams", Width: 64, Numeric: true, Tip: "Teams and services in the building", Text: func(r *Row) string { return r.services }, Figure: func(r *Row) model.Figure { return r.Services }},
		{ID: "rating", Label: "Energy rating", Width: 100, Choices: true, Text: func(r *Row) string { return r.Rating }},
		{ID: "postcode", Label: "Postcode", Width: 84, Text: func(r *Row) string { return r.Postcode }},
		{ID: "event", Label: "Next lease event", Width: 170, Text: func(r *Row) string { return r.Event }, Key: func(r *Row) string { return r.EventKey }},
		{ID: "doubts", Label: "Findings", Width: 90, Choices: true, Text: func(r *Row) string { return r.Doubts }},
		{ID: "desks", Label: "Desks", Width: 72, Numeric: true, Hidden: true, Text: func(r *Row) string { return r.desks }, Figure: func(r *Row) model.Figure { return r.Desks }},
		{ID: "land", Label: "Land ha", Width: 84, Numeric: true, Hidden: true, Text: func(r *Row) string { return r.land }, Figure: func(r *Row) model.Figure { return r.Land }},
		{ID: "condition", Label: "Condition", Width: 84, Hidden: true, Choices: true, Text: func(r *Row) string { return r.Condition }},
		{ID: "holding", Label: "Holding", Width: 140, Hidden: true, Choices: true, Text: func(r *Row) string { return r.Holding }},
		{ID: "address", Label: "Address", Width: 220, Hidden: true, Text: func(r *Row) string { return r.Address }},
		{ID: "ward", Label: "Ward", Width: 120, Hidden: true, Choices: true, Text: func(r *Row) string { return r.Ward }},
		{ID: "uprn", Label: "UPRN", Width: 110, Hidden: true, Tip: "Unique property reference number", Text: func(r *Row) string { return r.UPRN }},
		{ID: "reference", Label: "Reference", Width: 130, Hidden: true, Text: func(r *Row) string { return r.Reference }},
		{ID: "placed", Label: "Placed on map by", Width: 130, Hidden: true, Choices: true, Text: func(r *Row) string { return r.Placed }},
	}
}
