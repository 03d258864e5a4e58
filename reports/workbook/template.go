package workbook

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/planting-the-flag/flagstone/model"
)

// asked is one column of the blank portfolio: its head, what to put there, an
// example and, where only some words will do, which.
type asked struct {
	head, what, example string
	width               float64
	number              bool
	allowed             []string // the words
	from                string   // or the range that lists them
}

// sheetAsked is one sheet of the blank portfolio.
type sheetAsked struct {
	name, what string
	columns    []asked
}

// templateRows is how many rows have drop-down lists.
const templateRows = 5000

// WriteTemplate writes a blank portfolio to be filled in and imported: a sheet
// for buildings, one for services and one for who sits where, with drop-down
// lists and a guide with examples. The heads are those that the import
// recognises.
func WriteTemplate(ctx context.Context, w io.Writer, opt Options) error {
	if opt.Created.IsZero() {
		opt.Created = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	uses := make([]string, len(model.Uses))
	for i, u := range model.Uses {
		uses[i] = string(u)
	}
	guide, lists := newSheet("Guide"), newSheet("Lists")
	guide.put(1, 1, txt(stTitle, "Portfolio to fill in"))
	guide.put(2, 1, txt(stSubtitle, "Fill in what you know and leave the rest empty: empty is read as not known, never as nothing. Then import the file."))
	guide.put(3, 1, txt(stNote, "The examples are here and not on the sheets, so that nothing need be deleted before the import."))
	guide.widths[1], guide.widths[2], guide.widths[3], guide.widths[4] = 30, 70, 34, 40
	guide.frozen, guide.titles = [2]int{3, 0}, 3
	lists.put(1, 1, txt(stTitle, "Lists"))
	lists.put(2, 1, txt(stSubtitle, "The words that the drop-down lists offer."))
	sheets := []*sheet{guide}
	r, listCol := 5, 0
	for _, a := range template(uses) {
		s := newSheet(a.name)
		s.frozen, s.titles = [2]int{1, 1}, 1
		if len(a.columns) > 12 {
			s.wide = len(a.columns) / 12
		}
		guide.row(r, 1, txt(stSection, a.name), txt(stSection, a.what), txt(stSection, "Example"), txt(stSection, "Allowed"))
		r++
		heads := make([]string, len(a.columns))
		for i, c := range a.columns {
			heads[i] = c.head
			s.put(1, i+1, txt(stHead, c.head))
			st := stInputText
			if c.number {
				st = stInput
			}
			s.put(2, i+1, blank(st))
			s.widths[i+1] = max(c.width, 14)
			allowed := ""
			ref := a1(2, i+1) + ":" + a1(templateRows, i+1)
			switch {
			case c.from != "":
				s.lists = append(s.lists, list{ref: ref, from: c.from})
				allowed = "as on the sheet it comes from"
			case len(c.allowed) > 0:
				listCol++
				lists.widths[listCol] = 20
				lists.put(4, listCol, txt(stHead, a.name+": "+c.head))
				for k, v := range c.allowed {
					lists.put(5+k, listCol, txt(stInputText, v))
				}
				s.lists = append(s.lists, list{ref: ref, from: fmt.Sprintf("'Lists'!%s:%s", abs(5, listCol), abs(4+len(c.allowed), listCol))})
				allowed = "drop-down list"
			case c.number:
				allowed = "a number"
			}
			guide.row(r, 1, txt(stText, c.head), txt(stText, c.what), txt(stText, c.example), txt(stNote, allowed))
			r++
		}
		r++
		s.heights[1] = 30
		s.tables = append(s.tables, table{name: "Fill" + fmt.Sprint(len(sheets)), row: 1, col: 1, rows: 1, cols: len(heads), heads: heads})
		sheets = append(sheets, s)
	}
	sheets = append(sheets, lists)
	return finish(ctx, w, sheets, nil, properties{title: "Flagstone: portfolio to fill in", description: "A blank portfolio for import.", created: opt.Created, footer: "Flagstone · blank portfolio"})
}

// template lists the sheets and columns of the blank portfolio.
func template(uses []string) []sheetAsked {
	text := func(head, what, example string, width float64) asked {
		return asked{head: head, what: what, example: example, width: width}
	}
	num := func(head, what, example string) asked {
		return asked{head: head, what: what, example: example, number: true}
	}
	pick := func(head, what, example string, words ...string) asked {
		return asked{head: head, what: what, example: example, width: 18, allowed: words}
	}
	return []sheetAsked{
		{"Assets", "One row a building or site", []asked{
			text("Name", "What people call it", "Town Hall", 34), text("Organisation", "Who holds it", "Trafford Council", 24), text("Owner's reference", "Your own number for it", "TH-001", 16),
			text("UPRN", "Unique property reference number, as text", "100012345678", 18), text("Address", "Street and number", "1 Town Square", 34), text("Postcode", "Postcode", "M32 0TH", 12),
			pick("Use", "What it is for", "office", uses...), pick("Tenure", "How it is held", "leasehold", "freehold", "leasehold", "licence"),
			text("Lease expiry", "Date, as 31 March 2034", "31 March 2034", 16), text("Lease break", "Date of the next break", "31 March 2029", 16), text("Rent review", "Date of the next review", "31 March 2029", 16),
			num("Notice period, months", "Months of notice for the break", "6"), text("Landlord", "Who owns it, when leased", "A. Estates Ltd", 24),
			num("Floor area m²", "Gross internal floor area", "2450"), num("Empty floor area m²", "Of the floor area, what stands empty", "300"), num("Land area ha", "Site area in hectares", "0.4"),
			pick("Energy rating", "Energy certificate", "D", "A", "B", "C", "D", "E", "F", "G"), pick("Condition", "Condition category", "C", "A", "B", "C", "D"),
			num("Rent paid £", "A year", "85000"), num("Rent received £", "A year", "12000"), num("Business rates £", "A year", "41000"), num("Maintenance cost £", "A year", "38000"),
			num("Cleaning cost £", "A year", "27000"), num("Reception cost £", "A year", "31000"), num("Other running costs £", "A year, without energy", "15000"),
			num("Electricity used kWh", "A year", "210000"), num("Gas used kWh", "A year", "340000"), num("Oil used kWh", "A year", ""), num("District heat used kWh", "A year", ""),
			num("Backlog £", "Cost to bring it to condition B", "450000"), num("Market value £", "Kept out of public papers", "1900000"),
			num("Desks", "Desks fit for use", "120"), num("Capacity, people", "People at one time in public rooms", "80")}},
		{"Services", "One row a team or public service", []asked{
			text("Service name", "Name of the team", "Housing advice", 34), text("Organisation", "Whose team it is", "Trafford Council", 24), text("Service type", "What residents would call it", "customer contact", 20),
			num("FTE", "Full-time-equivalent staff", "24"), num("Desks", "Desks used at its busiest", "16"), num("Visits a year", "Visits by residents", "9500"), num("Space needed m²", "Floor area it needs", "220"),
			num("Home days a week", "Days a week worked elsewhere, 0 to 5", "2"), pick("Public facing", "Whether residents visit it", "yes", "yes", "no")}},
		{"Occupations", "Who sits where", []asked{
			{head: "Service name", what: "As on Services", example: "Housing advice", width: 34, from: fmt.Sprintf("'Services'!$A$2:$A$%d", templateRows)},
			{head: "Building", what: "Name as on Assets", example: "Town Hall", width: 34, from: fmt.Sprintf("'Assets'!$A$2:$A$%d", templateRows)},
			num("Space taken m²", "Floor area it takes there", "220"), num("Desks", "Desks it has there", "16"), num("Share of the service here", "0 to 1; the shares of a service add up to 1", "1")}},
	}
}
