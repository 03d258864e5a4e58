package portfolio

import (
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

type column = widgets.Column[Row]

func one(v float64) string { return format.Number(v, 1) }
func two(v float64) string { return format.Number(v, 2) }

// figure is a column of numbers; write says how they look.
func figure(id, label, tip string, width float32, total widgets.Total, write func(float64) string, of func(*Row) model.Figure) column {
	if write == nil {
		write = format.Whole
	}
	return column{ID: id, Label: label, Tip: tip, Width: width, Numeric: true, Total: total, Write: write, Figure: of,
		Text: func(r *Row) string { return format.Figure(of(r), write) }}
}

// text is a column of words.
func text(id, label, tip string, width float32, of func(*Row) string) column {
	return column{ID: id, Label: label, Tip: tip, Width: width, Text: of}
}

// chosen is a column of few values, which rows are filtered and grouped by.
func chosen(id, label, tip string, width float32, of func(*Row) string) column {
	c := text(id, label, tip, width, of)
	c.Choices = true
	return c
}

// day is a column of dates.
func day(id, label string, of func(*Row) string) column {
	c := text(id, label, "", 120, func(r *Row) string {
		if of(r) == "" {
			return ""
		}
		return format.Date(of(r))
	})
	c.Key = of
	return c
}

// away puts columns away until the user asks for them, under a family of the
// chooser.
func away(family string, cols ...column) []column {
	for i := range cols {
		cols[i].Hidden, cols[i].Family = true, family
	}
	return cols
}

// Families of the chooser of columns.
var (
	which = words.Later("Which and where")
	size  = words.Later("Size and condition")
	money = words.Later("Money")
	fuels = words.Later("Energy")
	lease = words.Later("Lease")
)

// family says under which name of the chooser the columns are that are shown
// from the start; the others stand by themselves.
var family = map[string]string{"floor": size, "backlog": size, "rating": size, "running": money, "electricity": fuels, "gas": fuels, "postcode": which, "event": lease}

// columns are the columns of the table. Their order is that of reading; ids are
// those of the fields of package session where a column can be typed into. They
// are kept in views and must not change.
func columns() []column {
	teams := figure("services", words.T("Teams"), words.T("Teams and services in the building"), 64, widgets.Sum, nil, func(r *Row) model.Figure { return r.Services })
	teams.Text = func(r *Row) string { // nobody there is not a figure that is missing
		if !r.Services.Known() {
			return ""
		}
		return format.Whole(r.Services.Value)
	}
	name := text("name", words.T("Name"), "", 220, func(r *Row) string { return r.Name })
	name.Grow = true
	event := text("event", words.T("Next lease event"), "", 170, func(r *Row) string { return r.Event })
	event.Key = func(r *Row) string { return r.EventKey }
	planned := chosen("planned", words.T("Planned"), words.T("What the scenario being edited does to it"), 150, func(r *Row) string { return r.Planned })
	planned.Blank = words.T("Nothing planned")
	doubts := chosen("doubts", words.T("Findings"), words.T("What is wrong or missing in its data"), 90, func(r *Row) string { return r.Doubts })
	doubts.Blank = words.T("No findings")
	out := []column{
		name,
		chosen("organisation", words.T("Organisation"), "", 150, func(r *Row) string { return r.Organisation }),
		chosen("use", words.T("Use"), words.T("What the building is for, as read from the owner's description"), 96, func(r *Row) string { return r.Use }),
		chosen("tenure", words.T("Held as"), words.T("Freehold, leasehold or licence (tenure)"), 104, func(r *Row) string { return r.Tenure }),
		figure("floor", words.T("Floor area m²"), words.T("Gross internal area (GIA)"), 110, widgets.Sum, nil, func(r *Row) model.Figure { return r.asset.FloorArea }),
		figure("running", words.T("Running £ a year"), words.T("Yearly running cost without energy: rent, rates, maintenance, cleaning, reception and other"), 122, widgets.Sum, nil, func(r *Row) model.Figure { return r.Running }),
		figure("electricity", words.T("Electricity kWh"), words.T("Electricity used in a year"), 116, widgets.Sum, nil, func(r *Row) model.Figure { return r.asset.Energy.Get(model.Electricity) }),
		figure("gas", words.T("Gas kWh"), words.T("Gas used in a year"), 100, widgets.Sum, nil, func(r *Row) model.Figure { return r.asset.Energy.Get(model.Gas) }),
		figure("backlog", words.T("Backlog £"), words.T("Cost of putting right what is in disrepair"), 100, widgets.Sum, nil, func(r *Row) model.Figure { return r.asset.Backlog }),
		teams,
		figure("quality", words.T("Data %"), words.T("How much of what an appraisal needs is known, and how surely: 100 when everything is measured"), 72, widgets.Mean, nil, func(r *Row) model.Figure { return r.Quality }),
		chosen("rating", words.T("Energy rating"), "", 100, func(r *Row) string { return r.asset.EnergyRating }),
		text("postcode", words.T("Postcode"), "", 84, func(r *Row) string { return r.asset.Postcode }),
		event, doubts,
	}
	for i := range out {
		out[i].Family = family[out[i].ID]
	}
	out = append(out, away("", planned)...)
	out = append(out, away(which,
		chosen("ward", words.T("Ward"), "", 120, func(r *Row) string { return r.asset.Ward }),
		chosen("holding", words.T("Holding"), words.T("Land, buildings or both, as stated"), 140, func(r *Row) string { return r.Holding }),
		text("address", words.T("Address"), "", 220, func(r *Row) string { return r.asset.Address }),
		text("uprn", "UPRN", words.T("Unique property reference number"), 110, func(r *Row) string { return r.asset.UPRN }),
		text("reference", words.T("Reference"), words.T("The owner's own reference"), 130, func(r *Row) string { return r.asset.Reference }),
		chosen("placed", words.T("Placed on map by"), "", 130, func(r *Row) string { return r.Placed }))...)
	out = append(out, away(size,
		figure("unused", words.T("Not used m²"), words.T("Floor area that its owner says stands empty"), 92, widgets.Sum, nil, func(r *Row) model.Figure { return r.asset.Unused }),
		figure("land", words.T("Land ha"), words.T("Land in hectares"), 84, widgets.Sum, two, func(r *Row) model.Figure { return r.asset.LandArea }),
		figure("desks", words.T("Desks"), words.T("Desks fit for use"), 72, widgets.Sum, nil, func(r *Row) model.Figure { return r.asset.Desks }),
		figure("capacity", words.T("People at one time"), words.T("People at one time in public rooms"), 128, widgets.Sum, nil, func(r *Row) model.Figure { return r.asset.Capacity }),
		chosen("condition", words.T("Condition"), words.T("A as new to D life-expired"), 84, func(r *Row) string { return r.asset.Condition }))...)
	costs := []column{}
	for _, k := range model.Costs {
		costs = append(costs, figure(session.CostFieldID(k), words.F("%s £ a year", format.Word(string(k))), "", 134, widgets.Sum, nil, func(r *Row) model.Figure { return r.asset.Costs.Get(k) }))
	}
	costs = append(costs,
		figure("income", words.T("Income £ a year"), words.T("Rents and charges received"), 122, widgets.Sum, nil, func(r *Row) model.Figure { return r.asset.Income }),
		figure("value", words.T("Market value £"), words.T("Open-market value. Exempt: it is left out of public papers"), 122, widgets.Sum, nil, func(r *Row) model.Figure { return r.asset.Value }))
	out = append(out, away(money, costs...)...)
	burnt := []column{
		figure("energy", words.T("All energy kWh"), words.T("All fuels in a year"), 116, widgets.Sum, nil, func(r *Row) model.Figure { return r.Energy }),
		figure("intensity", words.T("Energy kWh/m²"), words.T("Energy in a year over floor area"), 116, widgets.Mean, one, func(r *Row) model.Figure { return r.Intensity }),
	}
	for _, k := range model.Fuels {
		if k != model.Electricity && k != model.Gas {
			burnt = append(burnt, figure(session.EnergyFieldID(k), format.Word(string(k))+" kWh", "", 116, widgets.Sum, nil, func(r *Row) model.Figure { return r.asset.Energy.Get(k) }))
		}
	}
	out = append(out, away(fuels, burnt...)...)
	return append(out, away(lease,
		text("landlord", words.T("Landlord"), "", 150, func(r *Row) string { return r.asset.Tenure.Landlord }),
		day("break", words.T("Break"), func(r *Row) string { return r.asset.Tenure.Break }),
		day("review", words.T("Rent review"), func(r *Row) string { return r.asset.Tenure.Review }),
		day("expiry", words.T("Lease ends"), func(r *Row) string { return r.asset.Tenure.Expiry }),
		figure("dilapidations", words.T("Due on leaving £"), words.T("Dilapidations: what is owed for repair when the lease is left"), 122, widgets.Sum, nil, func(r *Row) model.Figure { return r.asset.Tenure.Dilapidations }))...)
}

// units say what stands behind the number in a tip.
var units = map[string]string{
	"floor": words.Later("m² gross internal area"), "running": words.Later("£ a year in all, without energy"), "electricity": words.Later("kWh a year"), "gas": words.Later("kWh a year"), "energy": words.Later("kWh a year in all fuels"),
	"backlog": words.Later("£ to return to good repair"), "desks": words.Later("desks fit for use"), "land": words.Later("hectares"), "capacity": words.Later("people at one time"), "income": words.Later("£ a year"), "value": words.Later("£ on the open market"),
	"intensity": words.Later("kWh a year for each m²"), "dilapidations": words.Later("£ due on leaving"),
}

// cellTip says where a figure comes from.
func cellTip(cols []column) func(r *Row, id string) string {
	return func(r *Row, id string) string {
		switch id {
		case "name":
			if r.asset.Name != r.Name {
				return words.F("%s\nIn the source: %s", r.Name, r.asset.Name)
			}
			return ""
		case "quality":
			return words.F("%s of 100: how much of what an appraisal needs is known, and how surely. The detail pane shows what is missing.", format.Whole(r.Quality.Value))
		case "services":
			return ""
		}
		for i := range cols {
			if c := &cols[i]; c.ID == id && c.Figure != nil {
				unit := words.T(units[id])
				if unit == "" {
					unit = words.T("a year")
				}
				return evidence(c.Figure(r), unit)
			}
		}
		return ""
	}
}

func evidence(f model.Figure, unit string) string {
	if !f.Known() {
		return words.T("Not known. Import a file that has it, or press F2 to type it.")
	}
	return format.Number(f.Value, 2) + " " + unit + "\n" + format.Evidence(f.Grade, f.Source)
}
