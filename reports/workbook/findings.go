package workbook

import (
	"fmt"
	"io"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/xuri/excelize/v2"
)

// FindingRow is a finding with what the owner of the file needs to find it there.
type FindingRow struct {
	model.Finding
	Cell   string // address: "F14"; empty when it is about no one cell
	Begins string // the first cells of the row
}

// FindingHeaders are the columns of a list of findings; the last is for the owner to fill in.
var FindingHeaders = []string{"Kind", "File", "Sheet", "Row", "Column", "Cell", "What it says", "What is wrong", "What to do", "The row begins with", "Your correction"}

// SeverityWords says how bad a finding is.
func SeverityWords(s model.Severity) string {
	switch s {
	case model.Problem:
		return "Problem"
	case model.Warning:
		return "Check"
	}
	return "Note"
}

// WriteFindings writes a list of findings as a workbook of one sheet, to be sent to the owner of the files and corrected there.
func WriteFindings(w io.Writer, rows []FindingRow) error {
	f := excelize.NewFile()
	defer f.Close()
	const sheet = "Findings"
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1F4E79"}},
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	if err != nil {
		return err
	}
	body, err := f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}, NumFmt: 49})
	if err != nil {
		return err
	}
	fill, err := f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}, NumFmt: 49, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF7DD"}}})
	if err != nil {
		return err
	}
	s, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	for i, width := range []float64{10, 26, 16, 7, 24, 8, 24, 48, 48, 44, 30} {
		if err := s.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	line := make([]any, len(FindingHeaders))
	for i, h := range FindingHeaders {
		line[i] = excelize.Cell{StyleID: head, Value: h}
	}
	if err := s.SetRow("A1", line); err != nil {
		return err
	}
	for n := range rows {
		x := &rows[n]
		var row any
		if x.Row > 0 {
			row = x.Row
		}
		for i, v := range []any{SeverityWords(x.Severity), x.File, x.Sheet, row, x.Column, x.Cell, x.Value, x.Message, x.Remedy, x.Begins, ""} {
			line[i] = excelize.Cell{StyleID: body, Value: v}
		}
		line[len(line)-1] = excelize.Cell{StyleID: fill, Value: ""}
		if err := s.SetRow(fmt.Sprintf("A%d", n+2), line); err != nil {
			return err
		}
	}
	if len(rows) > 0 {
		last, err := excelize.CoordinatesToCellName(len(FindingHeaders), len(rows)+1)
		if err != nil {
			return err
		}
		if err := s.AddTable(&excelize.Table{Range: "A1:" + last, Name: "findings", StyleName: "TableStyleLight1"}); err != nil {
			return err
		}
	}
	if err := s.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}
