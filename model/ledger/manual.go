package ledger

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
)

// FromManual makes a stream of a cash-flow row that somebody typed or pasted.
// Restate gives the factor from the row's price base to the project's; it is
// asked only when they differ, and the factor becomes a rate of the stream, so
// that the workbook shows it.
func FromManual(m model.ManualStream, id string, priceBase int, restate func(from, to int) (float64, error)) (Stream, error) {
	if len(m.Values) == 0 {
		return Stream{}, model.Invalid("cash flow", fmt.Sprintf("the cash flow %q has no values", m.Label))
	}
	for i, v := range m.Values {
		if !model.Finite(v) {
			return Stream{}, model.Invalid("cash flow", fmt.Sprintf("the cash flow %q has no number in %s", m.Label, model.FinancialYear(m.First+i)))
		}
	}
	s := Stream{
		ID: id, Ledger: Money, Unit: "£", PriceBase: priceBase, Category: CatManual, Label: m.Label,
		Payer: m.Payer, Beneficiary: m.Beneficiary, Quantity: 1, QuantityUnit: "£",
		First: m.First, Last: m.First + len(m.Values) - 1, Profile: Profile{Shares: m.Values},
		Benefit: m.Benefit, Unpriced: m.Benefit && m.Payer == "", Capital: m.Capital, Exempt: m.Exempt, Grade: m.Grade, Source: m.Source,
	}
	if m.Category != "" {
		s.Category = Category(m.Category)
	}
	if m.PriceBase != 0 && m.PriceBase != priceBase {
		f, err := restate(m.PriceBase, priceBase)
		if err != nil {
			return Stream{}, fmt.Errorf("restating the cash flow %q: %w", m.Label, err)
		}
		s.Rates = []Term{{Value: f}}
		s.Source += fmt.Sprintf("; given in %d prices, restated in %d prices (× %.6f)", m.PriceBase, priceBase, f)
	}
	return s, nil
}
