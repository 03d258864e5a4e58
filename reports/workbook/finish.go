package workbook

import (
	"context"
	"fmt"
	"io"
	"sort"
	"time"

	"github.com/xuri/excelize/v2"
)

// name is one defined name of the book.
type name struct{ name, refersTo, comment string }

// finish turns sheets, names and charts into the file.
func finish(ctx context.Context, w io.Writer, sheets []*sheet, names []name, props properties) error {
	f := excelize.NewFile()
	defer f.Close()
	ids, err := makeStyles(f)
	if err != nil {
		return err
	}
	cells := map[string]func(*rowWriter) error{}
	for i, s := range sheets {
		if err := s.check(); err != nil {
			return err
		}
		if i == 0 {
			err = f.SetSheetName("Sheet1", s.name)
		} else {
			_, err = f.NewSheet(s.name)
		}
		if err != nil {
			return fmt.Errorf("sheet %s: %w", s.name, err)
		}
		cells[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = s.rows
		if s.stream != nil {
			cells[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = s.stream
		}
	}
	for _, n := range names {
		if err := f.SetDefinedName(&excelize.DefinedName{Name: n.name, RefersTo: n.refersTo, Comment: n.comment}); err != nil {
			return fmt.Errorf("name %s: %w", n.name, err)
		}
	}
	var refs []string // true ranges of the tables, in the order they were made
	for _, s := range sheets {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := dress(f, s, props, &refs); err != nil {
			return fmt.Errorf("sheet %s: %w", s.name, err)
		}
	}
	f.SetActiveSheet(0)
	full := true
	if err := f.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &full}); err != nil {
		return err
	}
	when := props.created.UTC().Format(time.RFC3339)
	if err := f.SetDocProps(&excelize.DocProperties{Title: clean(props.title), Subject: "Options appraisal workbook", Creator: "Flagstone",
		LastModifiedBy: "Flagstone", Created: when, Modified: when, Language: "en-GB", Description: clean(props.description), Identifier: props.hash}); err != nil {
		return err
	}
	if err := f.SetAppProps(&excelize.AppProperties{Application: "Flagstone"}); err != nil {
		return err
	}
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return newPacker(w, ids, cells, refs) })
	_, err = f.WriteToBuffer()
	return err
}

type properties struct {
	title, description, hash string
	created                  time.Time
	footer                   string
}

// dress gives a sheet its widths, panes, links, lists, tables, charts and print
// set-up: everything but its cells.
func dress(f *excelize.File, s *sheet, props properties, refs *[]string) error {
	cols := make([]int, 0, len(s.widths))
	for c := range s.widths {
		cols = append(cols, c)
	}
	sort.Ints(cols)
	for _, c := range cols {
		n := columnName(c)
		if err := f.SetColWidth(s.name, n, n, s.widths[c]); err != nil {
			return err
		}
	}
	if s.lastRow > 0 {
		if err := f.SetSheetDimension(s.name, "A1:"+a1(s.lastRow, s.lastCol)); err != nil {
			return err
		}
	}
	no, zoom := false, 90.0
	if err := f.SetSheetView(s.name, 0, &excelize.ViewOptions{ShowGridLines: &no, ZoomScale: &zoom}); err != nil {
		return err
	}
	if s.frozen != [2]int{} {
		pane := "bottomRight"
		if s.frozen[1] == 0 {
			pane = "bottomLeft"
		} else if s.frozen[0] == 0 {
			pane = "topRight"
		}
		if err := f.SetPanes(s.name, &excelize.Panes{Freeze: true, XSplit: s.frozen[1], YSplit: s.frozen[0],
			TopLeftCell: a1(s.frozen[0]+1, s.frozen[1]+1), ActivePane: pane}); err != nil {
			return err
		}
	}
	links := make([]string, 0, len(s.links))
	for at := range s.links {
		links = append(links, at)
	}
	sort.Strings(links)
	for _, at := range links {
		if err := f.SetCellHyperLink(s.name, at, s.links[at], "Location"); err != nil {
			return err
		}
	}
	for _, l := range s.lists {
		v := excelize.NewDataValidation(true)
		v.SetSqref(l.ref)
		if l.from != "" {
			v.SetSqrefDropList(l.from)
		} else if err := v.SetDropList(l.values); err != nil {
			return err
		}
		v.SetError(excelize.DataValidationErrorStyleWarning, "Not in the list", "Choose one of the listed values.")
		if err := f.AddDataValidation(s.name, v); err != nil {
			return err
		}
	}
	for _, t := range s.tables {
		if err := addTable(f, s.name, t, refs); err != nil {
			return err
		}
	}
	if err := shade(f, s); err != nil {
		return err
	}
	for _, c := range s.charts {
		if err := f.AddChart(s.name, c.at, c.chart); err != nil {
			return err
		}
	}
	return printed(f, s, props)
}

// addTable makes a range a table. The library takes the heads from its own
// cells and would fill every row down to them, so the table is made at the top
// of the sheet and put where it belongs as the file is written: refs receives
// its true range.
func addTable(f *excelize.File, sheet string, t table, refs *[]string) error {
	for i, h := range t.heads {
		if err := f.SetCellStr(sheet, a1(1, i+1), clean(h)); err != nil {
			return err
		}
	}
	*refs = append(*refs, a1(t.row, t.col)+":"+a1(t.row+t.rows, t.col+t.cols-1))
	stripes := false
	return f.AddTable(sheet, &excelize.Table{Range: "A1:" + a1(2, t.cols), Name: t.name, StyleName: "TableStyleLight1", ShowRowStripes: &stripes})
}

// shade colours the cells that say TRUE or FALSE; the word stays.
func shade(f *excelize.File, s *sheet) error {
	if len(s.shades) == 0 {
		return nil
	}
	good, err := f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: "0B5D3B"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDEFE3"}}})
	if err != nil {
		return err
	}
	bad, err := f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: "8C1C13"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F8DEDB"}}})
	if err != nil {
		return err
	}
	for _, ref := range s.shades {
		if err := f.SetConditionalFormat(s.name, ref, []excelize.ConditionalFormatOptions{
			{Type: "cell", Criteria: "==", Value: "TRUE", Format: &good}, {Type: "cell", Criteria: "==", Value: "FALSE", Format: &bad}}); err != nil {
			return err
		}
	}
	return nil
}

// printed sets the page: A4 and one page wide, or A3 and as many as the years
// need to be read; heads repeated, page x of y.
func printed(f *excelize.File, s *sheet, props properties) error {
	paper, across, many, way := 9, max(s.wide, 1), 0, "landscape" // A4
	if s.wide > 0 {
		paper = 8 // A3
	}
	if s.portrait {
		way = "portrait"
	}
	fit := len(s.breaks) == 0 // a spreadsheet that fits pages minds no breaks, so the sheet is scaled to one page across
	scale := uint(100)
	if err := f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit, TabColorRGB: tab(s.tab)}); err != nil {
		return err
	}
	layout := excelize.PageLayoutOptions{Size: &paper, Orientation: &way, FitToWidth: &across, FitToHeight: &many}
	if !fit {
		inches := 0.0
		for _, w := range s.widths {
			inches += (7*w + 5) / 96
		}
		scale = uint(min(100, 100*7.8/inches)) // of A4 landscape between its margins, with room for a wider letter
		layout = excelize.PageLayoutOptions{Size: &paper, Orientation: &way, AdjustTo: &scale}
		for _, r := range s.breaks {
			if err := f.InsertPageBreak(s.name, a1(r, 1)); err != nil {
				return err
			}
		}
	}
	if err := f.SetPageLayout(s.name, &layout); err != nil {
		return err
	}
	side, ends := 0.4, 0.6
	if err := f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &ends, Bottom: &ends}); err != nil {
		return err
	}
	if s.titles > 0 {
		to := fmt.Sprintf("%s$1:$%d", quoted(s.name), s.titles)
		if s.sides != "" {
			to = quoted(s.name) + s.sides + "," + to
		}
		if err := f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: to}); err != nil {
			return err
		}
	}
	return f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: "&L&8" + props.footer + "&C&8&A&R&8Page &P of &N"})
}

func tab(colour string) *string {
	if colour == "" {
		colour = colSection
	}
	return &colour
}
