package importers

import (
	"fmt"
	"io"

	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/xuri/excelize/v2"
)

// templateColumn is one column of the template workbook.
type templateColumn struct {
	header string
	width  float64
	list   []string // the values allowed; empty for any
	kind   string   // "date", "number" or empty for text
	help   string
}

type templateSheet struct {
	name    string
	columns []templateColumn
}

func templateSheets() []templateSheet {
	uses := make([]string, 0, len(model.Uses))
	for _, u := range model.Uses {
		uses = append(uses, string(u))
	}
	text := func(h string, w float64, help string) templateColumn {
		return templateColumn{header: h, width: w, help: help}
	}
	num := func(h, help string) templateColumn {
		return templateColumn{header: h, width: 16, kind: "number", help: help}
	}
	date := func(h, help string) templateColumn {
		return templateColumn{header: h, width: 14, kind: "date", help: help}
	}
	list := func(h string, w float64, values []string, help string) templateColumn {
		return templateColumn{header: h, width: w, list: values, help: help}
	}
	yes := []string{"Yes", "No"}
	return []templateSheet{
		{"Assets", []templateColumn{
			text("Organisation", 26, "Who owns or holds it"), text("Asset reference", 16, "Your own reference: unique, kept from year to year"), text("UPRN", 14, "Unique property reference number, up to 12 digits, where known"),
			text("Asset name", 30, "What people call it"), text("Address", 40, ""), text("Postcode", 11, ""), num("Latitude", "Degrees, or leave blank and give easting and northing, or the postcode alone"), num("Longitude", ""),
			list("Use", 14, uses, "What it is for"), list("Holding type", 18, []string{"Land", "Buildings", "Land and buildings"}, ""),
			list("Tenure", 12, []string{"Freehold", "Leasehold", "Licence"}, ""), text("Tenure detail", 20, "Owner occupied, leasehold out …"), text("Landlord", 20, ""),
			date("Lease start", ""), date("Lease break", "The next break that you may use"), date("Lease expiry", ""), date("Rent review", ""), num("Notice period (months)", ""),
			num("Gross internal area (m²)", ""), num("Land area (ha)", ""), list("Energy rating", 13, []string{"A", "B", "C", "D", "E", "F", "G"}, "Band of the energy certificate"), list("Condition grade", 13, []string{"A", "B", "C", "D"}, ""),
			num("Rent paid (£)", "A year"), num("Business rates (£)", "A year"), num("Maintenance cost (£)", "A year"), num("Cleaning cost (£)", "A year"), num("Other running costs (£)", "A year"), num("Rent received (£)", "A year"),
			num("Electricity use (kWh)", "A year, as metered"), num("Gas use (kWh)", "A year, as metered"), num("Oil use (kWh)", ""), num("District heat use (kWh)", ""), num("Biomass use (kWh)", ""),
			num("Maintenance backlog (£)", "To return it to condition B"), num("Market value (£)", "Left out of everything public"), num("Desks", ""), num("People capacity", "In public rooms"), text("Opening hours", 26, "Monday to Friday 9am-5pm"), text("Notes", 30, ""),
		}},
		{"Services", []templateColumn{
			text("Organisation", 26, ""), text("Service", 30, "A team or a public service"), text("Kind of service", 22, "What residents would call it"), list("Public facing", 13, yes, ""), num("FTE", ""), num("Desks", ""), num("Visits a year", ""),
			num("Space needed (m²)", ""), num("Days a week away", "Worked elsewhere, 0 to 5"), text("Opening hours", 26, ""), text("Building", 30, "Name or reference of the building it sits in"),
		}},
		{"Population", []templateColumn{
			text("Area code", 14, "Code of the small area, E01…"), text("Area name", 24, ""), num("All people", ""), num("Aged 0 to 15", ""), num("Aged 16 to 64", ""), num("Aged 65 and over", ""), num("Disabled", ""), num("Households without a car", ""),
		}},
		{"Cash flows", []templateColumn{
			text("Label", 30, ""), text("Category", 20, ""), num("2026/27 (£)", "Costs negative"), num("2027/28 (£)", ""), num("2028/29 (£)", ""), num("2029/30 (£)", ""), num("2030/31 (£)", ""),
		}},
	}
}

const templateRows = 2000

// WriteTemplate writes the workbook that Flagstone offers to those who have no register: one sheet for each kind of table, with lists of
// the values allowed. Every header is one the importer maps by itself.
func WriteTemplate(w io.Writer) error {
	f := excelize.NewFile()
	defer f.Close()
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDE6EE"}}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return fmt.Errorf("template: %w", err)
	}
	day, err := f.NewStyle(&excelize.Style{CustomNumFmt: ptr("dd/mm/yyyy")})
	if err != nil {
		return fmt.Errorf("template: %w", err)
	}
	words, err := f.NewStyle(&excelize.Style{NumFmt: 49}) // text, so that leading zeros stay
	if err != nil {
		return fmt.Errorf("template: %w", err)
	}
	for i, s := range templateSheets() {
		if i == 0 {
			err = f.SetSheetName("Sheet1", s.name)
		} else {
			_, err = f.NewSheet(s.name)
		}
		if err != nil {
			return fmt.Errorf("template: %w", err)
		}
		if err := s.write(f, head, day, words); err != nil {
			return fmt.Errorf("template, sheet %s: %w", s.name, err)
		}
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("template: %w", err)
	}
	return nil
}

func ptr[T any](v T) *T { return &v }

func (s templateSheet) write(f *excelize.File, head, day, words int) error {
	for i, c := range s.columns {
		col, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := f.SetCellStr(s.name, col+"1", c.header); err != nil {
			return err
		}
		if err := f.SetColWidth(s.name, col, col, c.width); err != nil {
			return err
		}
		style := 0
		switch {
		case c.kind == "date":
			style = day
		case c.kind == "" && len(c.list) == 0:
			style = words
		}
		if style != 0 {
			if err := f.SetColStyle(s.name, col, style); err != nil {
				return err
			}
		}
		if err := f.SetCellStyle(s.name, col+"1", col+"1", head); err != nil {
			return err
		}
		if err := c.validate(f, s.name, fmt.Sprintf("%s2:%s%d", col, col, templateRows)); err != nil {
			return err
		}
	}
	return f.SetPanes(s.name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// validate puts the list of values, or the kind of value, on the cells of a column.
func (c templateColumn) validate(f *excelize.File, sheet, cells string) error {
	v := excelize.NewDataValidation(true)
	v.Sqref = cells
	if c.help != "" {
		v.SetInput(c.header, c.help)
	}
	switch {
	case len(c.list) > 0:
		if err := v.SetDropList(c.list); err != nil {
			return err
		}
		v.SetError(excelize.DataValidationErrorStyleWarning, c.header, "Choose one from the list.")
	case c.kind == "number":
		if err := v.SetRange(-1e12, 1e12, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween); err != nil {
			return err
		}
		v.SetError(excelize.DataValidationErrorStyleWarning, c.header, "A number, without its unit.")
	case c.help == "":
		return nil
	}
	return f.AddDataValidation(sheet, v)
}

// TemplateKinds lists the sheets of the template with the kind of table each holds.
var TemplateKinds = map[string]mapping.Group{"Assets": mapping.Assets, "Services": mapping.Services, "Population": mapping.Population, "Cash flows": mapping.Manual}
