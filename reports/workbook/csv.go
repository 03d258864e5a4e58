package workbook

import (
	"archive/zip"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// column is one column of a CSV file, as the data dictionary describes it.
type column struct{ name, kind, unit, what string }

// csvFile is one file of the export.
type csvFile struct {
	name, what string
	columns    []column
	rows       func(put func(...any)) error
}

// WriteCSV writes what the workbook holds as a zip of CSV files with a data
// dictionary, for those without a spreadsheet. Texts that a spreadsheet would
// take for a formula get an apostrophe in front; numbers stay numbers. The
// edition is obeyed as in the workbook.
func WriteCSV(ctx context.Context, c *appraisal.Comparison, w io.Writer, opt Options) error {
	b, err := build(ctx, c, opt)
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	files := b.csvFiles()
	dictionary := csvFile{name: "data-dictionary.csv", what: "Every column of every file.", columns: []column{
		{"file", "text", "", "Name of the file"}, {"column", "text", "", "Name of the column"}, {"type", "text", "", "text, number, integer or flag (1 or 0)"},
		{"unit", "text", "", "Unit of the column; empty when it has none or another column states it"}, {"meaning", "text", "", "What it holds"}}}
	dictionary.rows = func(put func(...any)) error {
		for _, f := range append([]csvFile{dictionary}, files...) {
			for _, col := range f.columns {
				put(f.name, col.name, col.kind, col.unit, col.what)
			}
		}
		return nil
	}
	if err := b.readme(z, append([]csvFile{dictionary}, files...)); err != nil {
		return err
	}
	for i, f := range append([]csvFile{dictionary}, files...) {
		if err := ctx.Err(); err != nil {
			return err
		}
		b.progress("Writing "+f.name, i, len(files)+1)
		if err := writeCSV(z, f); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return z.Close()
}

func writeCSV(z *zip.Writer, f csvFile) error {
	part, err := z.Create(f.name)
	if err != nil {
		return err
	}
	w := csv.NewWriter(part)
	w.UseCRLF = true
	head := make([]string, len(f.columns))
	for i, c := range f.columns {
		head[i] = c.name
	}
	if err := w.Write(head); err != nil {
		return err
	}
	record := make([]string, len(f.columns))
	err = f.rows(func(cells ...any) {
		for i := range record {
			record[i] = ""
			if i < len(cells) {
				record[i] = csvCell(cells[i])
			}
		}
		if e := w.Write(record); e != nil && err == nil {
			err = e
		}
	})
	if err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}

// csvCell writes one value. A text that begins like a formula is defused.
func csvCell(v any) string {
	switch x := v.(type) {
	case float64:
		if x == 0 {
			x = 0
		}
		return strconv.FormatFloat(x, 'f', -1, 64)
	case int:
		return strconv.Itoa(x)
	case bool:
		if x {
			return "1"
		}
		return "0"
	}
	s := clean(fmt.Sprint(v))
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func (b *builder) readme(z *zip.Writer, files []csvFile) error {
	part, err := z.Create("README.txt")
	if err != nil {
		return err
	}
	p := b.properties()
	lines := []string{p.title, "", "The figures of the Flagstone workbook as CSV files: UTF-8, comma between columns, full stop in numbers, one row of heads.",
		fmt.Sprintf("Money in pounds, real, %d prices, costs negative unless a column says otherwise. Years are financial years by the year they begin in.", b.cmp.PriceBase),
		"Parameter set: " + b.cmp.SetName + ", " + b.cmp.Vintage, "Project content hash: " + fallback(b.opt.Hash, "not given"), "Edition: " + string(b.opt.Edition)}
	if n := b.leftOut(); n > 0 {
		lines = append(lines, fmt.Sprintf("%d commercially sensitive streams are left out, and every total leaves them out too.", n))
	}
	lines = append(lines, "A text that begins with = + - @ has an apostrophe in front, so that a spreadsheet does not take it for a formula.", "")
	for _, f := range files {
		lines = append(lines, f.name+": "+f.what)
	}
	lines = append(lines, "")
	if b.cmp.Project != nil {
		lines = append(lines, b.cmp.Project.Attribution...)
	}
	_, err = io.WriteString(part, clean(strings.Join(lines, "\r\n"))+"\r\n")
	return err
}

func (b *builder) leftOut() int {
	n := 0
	for _, k := range b.omitted {
		n += k
	}
	return n
}

// csvFiles lists the files of the export.
func (b *builder) csvFiles() []csvFile {
	text := func(n, what string) column { return column{n, "text", "", what} }
	number := func(n, unit, what string) column { return column{n, "number", unit, what} }
	year := column{"year", "integer", "financial year", "Year the financial year begins in: 2026 is 2026/27"}
	scenario := text("scenario", "Name of the scenario; “Every scenario” for what all share")
	return []csvFile{
		{"results.csv", "Results of every scenario, changes against the baseline.", []column{scenario, text("key", "Name of the result"), text("result", "The result in words"), text("unit", "Unit"), number("value", "", "The result")},
			func(put func(...any)) error {
				for _, sc := range b.scenarios {
					for _, f := range b.shown() {
						put(sc.label, f.key, f.label, f.unit, sc.cells[f.key].v)
					}
				}
				return nil
			}},
		{"years.csv", "Results of every scenario by year.", []column{scenario, text("key", "Name of the row"), text("row", "The row in words"), text("unit", "Unit"), year, number("value", "", "The value of the year")}, b.yearRows},
		{"assumptions.csv", "Every assumption.", []column{text("key", "Key"), text("label", "In words"), number("value", "", "Value"), text("unit", "Unit"), {"price_base", "integer", "calendar year", "Prices of the value; empty when it is not money"},
			text("grade", "Evidence grade"), text("group", "Heading"), text("source", "Source"), text("confidence", "The source's own words"), text("owner", "Who answers for it"), text("reason", "Why it was changed")},
			func(put func(...any)) error {
				if b.cmp.Book == nil {
					return nil
				}
				for _, a := range b.cmp.Book.All() {
					if b.nameOf[a.Key] == "" {
						continue
					}
					base := ""
					if a.PriceBase != 0 {
						base = strconv.Itoa(a.PriceBase)
					}
					put(a.Key, a.Label, a.Value, a.Unit, base, gradeName(a.Grade), a.Group, a.Source, a.Confidence, a.Owner, a.Reason)
				}
				return nil
			}},
		{"paths.csv", "Figures that change by year, discount factors among them.", []column{text("key", "Key"), text("label", "In words"), text("unit", "Unit"), year, number("value", "", "Value of the year")},
			func(put func(...any)) error {
				for j, v := range b.discount.v {
					put("discount_factor", "Discount factor", "factor", b.cmp.BaseYear+j, v)
				}
				for _, k := range b.sortedPaths() {
					p := b.cmp.Paths[k]
					for j, v := range b.valueOf(k) {
						put(k, p.Label, p.Unit, b.cmp.BaseYear+j, v)
					}
				}
				return nil
			}},
		{"streams.csv", "One row a stream: what, how much, when, who, how sure.", b.streamColumns(scenario), b.streamRows},
		{"flows.csv", "The flow of every stream by year; years without a flow are left out.", []column{scenario, text("stream", "Identifier of the stream"), year, number("flow", "", "Value of the year, in the stream's unit")},
			func(put func(...any)) error {
				for _, bl := range b.blocks() {
					for i, st := range bl.streams {
						if i%1000 == 0 && b.ctx.Err() != nil {
							return b.ctx.Err()
						}
						for j, v := range bl.flows[i] {
							if v != 0 {
								put(bl.label, st.ID, b.cmp.BaseYear+j, v)
							}
						}
					}
				}
				return nil
			}},
		{"bodies.csv", "Who pays and gains.", []column{text("body", "Name"), text("kind", "Kind"), {"public", "flag", "", "1 when it counts to the public purse"}},
			func(put func(...any)) error {
				for _, x := range b.bodies {
					put(x.label, x.kind, x.public)
				}
				return nil
			}},
	}
}

// yearRows writes the rows of every scenario's sheet.
func (b *builder) yearRows(put func(...any)) error {
	for _, sc := range b.scenarios {
		keys := make([]string, 0, len(sc.rows))
		for k := range sc.rows {
			keys = append(keys, k)
		}
		slices.SortFunc(keys, func(x, y string) int { return sc.rows[x].row - sc.rows[y].row })
		for _, k := range keys {
			y := sc.rows[k]
			label, unit := y.sheet.at(y.row, colLabel).s, y.sheet.at(y.row, colUnit).s
			for j, v := range y.v {
				put(sc.label, k, label, unit, b.cmp.BaseYear+j, v)
			}
		}
	}
	return nil
}

func (b *builder) streamColumns(scenario column) []column {
	out := []column{scenario}
	for _, x := range [][3]string{{"stream", "text", "Identifier"}, {"ledger", "text", "money, carbon or space"}, {"category", "text", "Category"}, {"asset", "text", "Building or site"},
		{"action", "text", "Decision that causes it; empty when none does"}, {"label", "text", "In words"}, {"payer", "text", "Who pays or receives"}, {"beneficiary", "text", "Who gains"},
		{"quantity", "number", "How many of the quantity unit"}, {"quantity_unit", "text", "Unit of the quantity"}, {"rates", "text", "What it is multiplied by: [key] an assumption, (key) one minus it"},
		{"amount", "number", "Quantity times the rates"}, {"uplift", "number", "Optimism bias, a fraction"}, {"growth", "number", "Real growth a year, a fraction"}, {"first", "integer", "First financial year"}, {"last", "integer", "Last financial year"},
		{"first_missed", "number", "Share of the first year missed"}, {"last_missed", "number", "Share of the last year missed"}, {"every", "integer", "Comes every so many years"}, {"ramp", "integer", "Years until it is whole"},
		{"index", "text", "Path that multiplies each year"}, {"unit", "text", "Unit of the flow"}, {"price_base", "integer", "Prices of money"}, {"fuel", "text", "Fuel of energy"},
		{"transfer", "flag", "Moves money within society"}, {"unpriced", "flag", "Valued, but nobody pays"}, {"capital", "flag", "Capital rather than revenue"}, {"benefit", "flag", "A benefit to society"},
		{"grade", "text", "Evidence grade"}, {"source", "text", "Source"}} {
		out = append(out, column{x[0], x[1], "", x[2]})
	}
	return out
}

func (b *builder) streamRows(put func(...any)) error {
	for _, bl := range b.blocks() {
		for i, st := range bl.streams {
			if i%1000 == 0 && b.ctx.Err() != nil {
				return b.ctx.Err()
			}
			gainer, base := "", ""
			if st.Beneficiary != "" {
				gainer = b.bodyOf[st.Beneficiary]
			}
			if st.Ledger == ledger.Money {
				base = strconv.Itoa(st.PriceBase)
			}
			put(bl.label, st.ID, st.Ledger.String(), b.cats.name(st.Category), b.asset(st.Asset), string(st.Action), streamLabel(st), b.bodyOf[st.Payer], gainer,
				st.Quantity, st.QuantityUnit, b.rates(st), st.Amount(), st.Uplift.Factor(), st.Growth.Factor(), st.First, st.Last, st.FirstMissed, st.LastMissed,
				max(st.Profile.Every, 1), max(st.Profile.Ramp, 1), st.Index, st.Unit, base, string(st.Fuel), st.Transfer, st.Unpriced, st.Capital, st.Benefit,
				gradeName(st.Grade), st.Source)
		}
	}
	return nil
}
