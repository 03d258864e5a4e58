// Package ods reads OpenDocument spreadsheets (.ods), the United Kingdom government's standard, as a stream: repeated cells and rows
// are bounded, never expanded blindly.
package ods

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/packed"
	"github.com/planting-the-flag/flagstone/importers/table"
)

// Read reads every sheet of a spreadsheet.
func Read(ctx context.Context, in table.Input, only string) ([]*table.Table, error) {
	z, err := packed.Open(in)
	if err != nil {
		return nil, err
	}
	if err := packed.Check(ctx, in, z, nil); err != nil {
		return nil, err
	}
	if m := packed.Find(z, "META-INF/manifest.xml"); m != nil {
		if b, err := packed.Read(m, 8<<20); err == nil && strings.Contains(string(b), "encryption-data") {
			return nil, table.Fail(table.ErrProtected, in.Name+" is protected by a password. Open it, save a copy without the password, and import the copy.")
		}
	}
	content := packed.Find(z, "content.xml")
	if content == nil {
		return nil, table.Fail(table.ErrDamaged, in.Name+" is damaged: it has no content.")
	}
	rc, err := content.Open()
	if err != nil {
		return nil, table.Fail(table.ErrDamaged, in.Name+" is damaged: its content cannot be read.")
	}
	defer rc.Close()
	limits := in.Limits.WithDefaults()
	r := &reader{ctx: ctx, in: in, only: only, limits: limits, budget: table.NewBudget(limits), dec: xml.NewDecoder(rc), hidden: map[string]bool{}}
	r.dec.Strict = true
	if err := r.run(); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if e, ok := err.(*table.Error); ok {
			return nil, e
		}
		return nil, table.Fail(table.ErrDamaged, fmt.Sprintf("%s is damaged: %v. Open and save it in a spreadsheet program, and import that.", in.Name, err))
	}
	if len(r.out) == 0 && only != "" {
		return nil, table.Fail(table.ErrNotATable, fmt.Sprintf("%s has no sheet named %q; it has %s", in.Name, only, strings.Join(r.seen, ", ")))
	}
	return r.out, nil
}

type reader struct {
	ctx    context.Context
	in     table.Input
	only   string
	limits table.Limits
	budget *table.Budget
	dec    *xml.Decoder
	hidden map[string]bool // styles of sheets that are not shown
	out    []*table.Table
	seen   []string
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// repeat reads a count of repetitions, at least one.
func repeat(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(attr(e, name))
	if err != nil || n < 1 {
		return 1
	}
	return n
}

func (r *reader) run() error {
	style := ""
	for {
		tok, err := r.dec.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch e := tok.(type) {
		case xml.Directive:
			return table.Fail(table.ErrDamaged, r.in.Name+" declares its own XML entities, which no spreadsheet program does. It is not read: it may have been made to do harm.")
		case xml.StartElement:
			switch e.Name.Local {
			case "style":
				style = attr(e, "name")
			case "table-properties":
				if attr(e, "display") == "false" {
					r.hidden[style] = true
				}
			case "table":
				name := attr(e, "name")
				r.seen = append(r.seen, name)
				if r.only != "" && !strings.EqualFold(name, r.only) {
					if err := r.dec.Skip(); err != nil {
						return err
					}
					continue
				}
				if err := r.sheet(e, name); err != nil {
					return err
				}
			}
		}
	}
}

func (r *reader) sheet(e xml.StartElement, name string) error {
	t := &table.Table{File: r.in.Name, Sheet: name, Format: table.FormatODS, Hidden: r.hidden[attr(e, "style-name")]}
	number := 0
	for {
		tok, err := r.dec.Token()
		if err != nil {
			return err
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "table-row":
				times := repeat(e, "number-rows-repeated")
				cells, err := r.row(t, number+1)
				if err != nil {
					return err
				}
				if len(cells) == 0 {
					number += times
					continue
				}
				for range times {
					number++
					if err := table.Check(r.ctx, number); err != nil {
						return err
					}
					if number%table.Every == 0 {
						r.in.Tell(number)
					}
					if err := r.budget.Take(r.in.Name, number, cells); err != nil {
						return err
					}
					for len(t.Rows) > 0 && t.Rows[len(t.Rows)-1].Number < number-1 && number-t.Rows[len(t.Rows)-1].Number < 1000 {
						t.Rows = append(t.Rows, table.Row{Number: t.Rows[len(t.Rows)-1].Number + 1})
					}
					t.Rows = append(t.Rows, table.Row{Number: number, Cells: cells})
				}
			case "shapes", "forms", "named-expressions", "database-ranges", "annotation":
				if err := r.dec.Skip(); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if e.Name.Local == "table" {
				r.out = append(r.out, t)
				r.in.Tell(number)
				return nil
			}
		}
	}
}

// row reads the cells of one row, up to its end.
func (r *reader) row(t *table.Table, number int) ([]table.Cell, error) {
	var cells []table.Cell
	col := 0
	for {
		tok, err := r.dec.Token()
		if err != nil {
			return nil, err
		}
		switch e := tok.(type) {
		case xml.StartElement:
			if e.Name.Local != "table-cell" && e.Name.Local != "covered-table-cell" {
				continue
			}
			times := repeat(e, "number-columns-repeated")
			if wide, high := repeat(e, "number-columns-spanned"), repeat(e, "number-rows-spanned"); wide > 1 || high > 1 {
				t.Merged = append(t.Merged, table.Range{Top: number, Left: col, Bottom: number + high - 1, Right: col + wide - 1})
			}
			cell, err := r.cell(e)
			if err != nil {
				return nil, err
			}
			if cell.Kind == table.Blank {
				col += times
				continue
			}
			if col+times > r.limits.Columns {
				return nil, table.Fail(table.ErrTooLarge, fmt.Sprintf("%s, sheet %s, row %d reaches past column %d. Delete the columns that hold nothing.", r.in.Name, t.Sheet, number, r.limits.Columns))
			}
			cell.Text = r.budget.Clip(t, number, col, cell.Text)
			for len(cells) < col {
				cells = append(cells, table.Cell{})
			}
			for range times {
				cells = append(cells, cell)
			}
			col += times
		case xml.EndElement:
			if e.Name.Local == "table-row" {
				return cells, nil
			}
		}
	}
}

// cell reads one cell, up to its end.
func (r *reader) cell(e xml.StartElement) (table.Cell, error) {
	var text strings.Builder
	depth, inText, paragraphs := 0, 0, 0
	for {
		tok, err := r.dec.Token()
		if err != nil {
			return table.Cell{}, err
		}
		switch x := tok.(type) {
		case xml.StartElement:
			depth++
			switch x.Name.Local {
			case "p":
				if paragraphs > 0 {
					text.WriteByte('\n')
				}
				paragraphs++
				inText++
			case "s":
				text.WriteString(strings.Repeat(" ", min(repeat(x, "c"), 100)))
			case "tab":
				text.WriteByte('\t')
			case "line-break":
				text.WriteByte('\n')
			case "annotation":
				depth--
				if err := r.dec.Skip(); err != nil {
					return table.Cell{}, err
				}
			}
		case xml.EndElement:
			if depth == 0 {
				return value(e, text.String()), nil
			}
			depth--
			if x.Name.Local == "p" {
				inText--
			}
		case xml.CharData:
			if inText > 0 && text.Len() < 1<<20 {
				text.Write(x)
			}
		}
	}
}

// value gives the stored value, not the displayed one, where the cell has it.
func value(e xml.StartElement, text string) table.Cell {
	kind := attr(e, "value-type")
	switch kind {
	case "float", "currency", "percentage":
		if v := attr(e, "value"); v != "" {
			return table.Cell{Text: v, Kind: table.Number}
		}
	case "date":
		if v := attr(e, "date-value"); v != "" {
			return table.Cell{Text: strings.TrimSuffix(v, "T00:00:00"), Kind: table.Date}
		}
	case "boolean":
		if v := attr(e, "boolean-value"); v != "" {
			return table.Cell{Text: v, Kind: table.Bool}
		}
	case "string":
		if v := attr(e, "string-value"); v != "" && text == "" {
			text = v
		}
	}
	switch {
	case strings.TrimSpace(text) == "":
		if attr(e, "formula") != "" && kind == "" {
			return table.Cell{Kind: table.Formula}
		}
		return table.Cell{}
	case strings.HasPrefix(text, "#") && (text == "#N/A" || text == "#REF!" || text == "#VALUE!" || text == "#DIV/0!" || text == "#NAME?"), strings.HasPrefix(text, "Err:"):
		return table.Cell{Text: text, Kind: table.Failed}
	}
	return table.Cell{Text: text, Kind: table.Text}
}
