package layout_test

import (
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/importers/layout"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
)

// sheet makes a table of lines with bars between the cells.
func sheet(text string, merged ...table.Range) *table.Table {
	t := &table.Table{File: "t.xlsx", Sheet: "S", Merged: merged}
	for i, line := range strings.Split(strings.Trim(text, "\n"), "\n") {
		r := table.Row{Number: i + 1}
		for _, v := range strings.Split(line, "|") {
			c := table.Cell{Text: strings.TrimSpace(v), Kind: table.Text}
			if c.Text == "" {
				c = table.Cell{}
			}
			r.Cells = append(r.Cells, c)
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

func find(t *testing.T, tab *table.Table) layout.Sheet {
	t.Helper()
	return layout.Find(tab, layout.Options{Known: mapping.Known})
}

func one(t *testing.T, tab *table.Table) *layout.Block {
	t.Helper()
	s := find(t, tab)
	if len(s.Blocks) != 1 {
		t.Fatalf("%d tables found (%s), want 1", len(s.Blocks), s.Passed)
	}
	return &s.Blocks[0]
}

func names(b *layout.Block) string {
	var out []string
	for _, c := range b.Columns {
		out = append(out, c.Name)
	}
	return strings.Join(out, " / ")
}

func TestTitleRowsAboveTheHeader(t *testing.T) {
	b := one(t, sheet(`
Public Land And Assets (July 2016)|||
|||
UPRN|Site|Post Code|Area m2
100012|Alfreton|DE55 7AD|120
100013|Ascot Drive|DE24 8GZ|250`))
	if names(b) != "UPRN / Site / Post Code / Area m2" || len(b.Rows) != 2 || b.Title != "Public Land And Assets (July 2016)" || b.Header[0] != 3 {
		t.Errorf("%s, %d rows, title %q, header %v", names(b), len(b.Rows), b.Title, b.Header)
	}
}

func TestTwoRowHeadersWithMergedGroups(t *testing.T) {
	b := one(t, sheet(`
Property||Area||Cost £||
Ref|Name|GIA m2|NIA m2|Rent|Rates|Notes
A1|Town Hall|1200|1000|0|50000|
A2|Depot|900|850|12000|8000|leased`,
		table.Range{Top: 1, Left: 0, Bottom: 1, Right: 1}, table.Range{Top: 1, Left: 2, Bottom: 1, Right: 3}, table.Range{Top: 1, Left: 4, Bottom: 1, Right: 5}))
	if got := names(b); got != "Property – Ref / Property – Name / Area – GIA m2 / Area – NIA m2 / Cost £ – Rent / Cost £ – Rates / Cost £ – Notes" && got != "Property – Ref / Property – Name / Area – GIA m2 / Area – NIA m2 / Cost £ – Rent / Cost £ – Rates / Notes" {
		t.Errorf("columns are %s", got)
	}
	if len(b.Rows) != 2 {
		t.Errorf("%d rows", len(b.Rows))
	}
}

func TestUnitsUnderTheHeader(t *testing.T) {
	b := one(t, sheet(`
Ref|Name|Floor area|Electricity|Rent
||(m2)|(kWh)|£
A1|Town Hall|1200|250000|0
A2|Depot|900|80000|12000`))
	if len(b.Rows) != 2 || b.Columns[2].Unit.Symbol != "m²" || b.Columns[3].Unit.Symbol != "kWh" || b.Columns[4].Unit.Symbol != "£" {
		t.Errorf("%s with units %q %q %q and %d rows", names(b), b.Columns[2].Unit.Symbol, b.Columns[3].Unit.Symbol, b.Columns[4].Unit.Symbol, len(b.Rows))
	}
}

func TestFootersTotalsHeadingsAndRepeatedHeaders(t *testing.T) {
	b := one(t, sheet(`
Ref|Name|Postcode|GIA|Rent
Libraries||||
A1|Central Library|M33 7ZF|1200|0
Ref|Name|Postcode|GIA|Rent
A2|Sale Library|M33 2AA|300|1000
Depots||||
A3|Stretford Depot|M32 0AA|900|0
Total|||2400|1000
||||
Source: estates team, March 2024||||`))
	if len(b.Rows) != 3 || len(b.Skipped) != 5 {
		t.Errorf("%d rows, skipped %+v", len(b.Rows), b.Skipped)
	}
	if b.Sections[3] != "Libraries" || b.Sections[7] != "Depots" {
		t.Errorf("headings within the table: %v", b.Sections)
	}
}

func TestBlankRowsAndColumns(t *testing.T) {
	b := one(t, sheet(`
|Ref||Name|Postcode||GIA
||||||
|A1||Town Hall|M33 7ZF||1200
||||||
|A2||Depot|M32 0AA||900`))
	if names(b) != "Ref / Name / Postcode / GIA" || len(b.Rows) != 2 {
		t.Errorf("%s, %d rows", names(b), len(b.Rows))
	}
}

func TestSeveralTablesInOneSheet(t *testing.T) {
	s := find(t, sheet(`
Buildings
Ref|Name|Postcode|GIA
A1|Town Hall|M33 7ZF|1200
A2|Depot|M32 0AA|900


Teams
Team|FTE|Desks|Building
Planning|12|10|Town Hall
Parking|7|4|Depot`))
	if len(s.Blocks) != 2 || len(s.Blocks[0].Rows) != 2 || len(s.Blocks[1].Rows) != 2 || names(&s.Blocks[1]) != "Team / FTE / Desks / Building" {
		for i := range s.Blocks {
			t.Logf("%s: %d rows, skipped %+v", names(&s.Blocks[i]), len(s.Blocks[i].Rows), s.Blocks[i].Skipped)
		}
		t.Errorf("%d tables", len(s.Blocks))
	}
}

func TestNoHeaderAtAll(t *testing.T) {
	b := one(t, sheet(`
A1|Town Hall|M33 7ZF|1200
A2|Depot|M32 0AA|900
A3|Library|WA14 1AH|300`))
	if len(b.Header) != 0 || len(b.Rows) != 3 || names(b) != "Column A / Column B / Column C / Column D" {
		t.Errorf("header %v, %d rows, %s", b.Header, len(b.Rows), names(b))
	}
}

func TestPivotTablesArePassedOver(t *testing.T) {
	s := find(t, sheet(`
Row Labels|Sum of GIA|Count of Ref
Depot|900|1
Library|300|1
Grand Total|1200|2`))
	if len(s.Blocks) != 0 || !strings.Contains(s.Passed, "pivot") {
		t.Errorf("passed over because %q, %d tables", s.Passed, len(s.Blocks))
	}
}

func TestHeadersOfYearsAgesAndTimes(t *testing.T) {
	for _, text := range []string{
		"Item|2026/27|2027/28\nFit-out|-100|-50\nRent|40|40",
		"Area|0|1|2|3|4|90+\nE01|5|6|7|8|9|1\nE02|6|5|4|3|2|0",
		"School|Date|00:00|00:30|01:00\nA|01/09/2010|1.2|2.3|1.1\nB|01/09/2010|2.2|1.3|0.1",
		"Cost|2024|2025\nRent|100|110\nRates|50|55",
	} {
		b := one(t, sheet(text))
		if len(b.Header) != 1 || len(b.Rows) != 2 {
			t.Errorf("%q: header %v, %d rows", text, b.Header, len(b.Rows))
		}
	}
}

func TestWordsOnly(t *testing.T) {
	b := one(t, sheet("Name|Address|Use\nTown Hall|High Street|Office\nDepot|Mill Lane|Depot"))
	if len(b.Header) != 1 || len(b.Rows) != 2 {
		t.Errorf("header %v, %d rows", b.Header, len(b.Rows))
	}
}

func FuzzFind(f *testing.F) {
	f.Add("Ref|Name\nA1|Hall\nTotal|2")
	f.Add("||\n|\n1|2|3\n\n\nx|y")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4096 {
			return
		}
		s := layout.Find(sheet(text), layout.Options{Known: mapping.Known})
		for _, b := range s.Blocks {
			for _, r := range b.Rows {
				if r.Filled() == 0 {
					t.Fatal("a blank row among the data")
				}
			}
		}
	})
}
