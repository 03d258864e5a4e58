package importers

import (
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/layout"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/importers/units"
	"github.com/planting-the-flag/flagstone/model"
)

// manual reads a cash-flow table: a row is a stream, a column headed by a financial year holds its £.
func (r *run) manual(b *layout.Block, m *mapping.Mapping) error {
	c := r.columns(b, m)
	label, _ := c.first(mapping.StreamLabel)
	first, last := 0, 0
	years := map[int]mapping.Choice{}
	for _, ch := range c.of.get(mapping.YearColumn) {
		if y, ok := mapping.FinancialYear(ch.Column); ok {
			years[y] = ch
			if first == 0 || y < first {
				first = y
			}
			last = max(last, y)
		}
	}
	for i := range b.Rows {
		if err := table.Check(r.ctx, i); err != nil {
			return err
		}
		row := b.Rows[i]
		s := model.ManualStream{Label: c.text(row, mapping.StreamLabel), Category: c.text(row, mapping.Category), First: first, Grade: model.Stated}
		if s.Label == "" || first == 0 || last-first > 200 {
			r.reject(b, row.Number, label, "", "the row names no stream, or no column is headed by a year", "Give the row a label and the columns years such as 2026/27.")
			continue
		}
		found := false
		s.Values = make([]float64, last-first+1)
		for y := first; y <= last; y++ {
			ch, ok := years[y]
			if !ok {
				continue
			}
			if v, ok := c.amount(row, &ch, units.Money, ""); ok {
				s.Values[y-first] = v
				found = true
			}
		}
		if !found {
			r.reject(b, row.Number, label, s.Label, "the row holds no amount in any year", "Enter the amounts, costs as negative numbers.")
			continue
		}
		s.Benefit, s.Capital = yes(c.text(row, mapping.IsBenefit)), yes(c.text(row, mapping.IsCapital))
		if base := c.text(row, mapping.PriceBase); base != "" {
			y, err := strconv.Atoi(base)
			if err != nil || y < 1990 || y > 2200 {
				ch, _ := c.first(mapping.PriceBase)
				r.reject(b, row.Number, ch, base, "the year of prices is not a year", "Write the calendar year whose prices the amounts are in, such as 2024.")
				continue
			}
			s.PriceBase = y
		}
		org := c.text(row, mapping.Payer)
		if org == "" {
			org = c.text(row, mapping.Organisation)
		}
		if org != "" || r.opt.Organisation != "" && !s.Benefit {
			s.Payer = r.organisation(org)
		}
		s.Source = c.source(row.Number, &label)
		r.res.Counts.Imported++
		r.res.Changes.Manual = append(r.res.Changes.Manual, s)
	}
	return nil
}

// yes reads a yes-or-no cell; empty is no.
func yes(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "y", "yes", "true", "1", "x":
		return true
	}
	return false
}
