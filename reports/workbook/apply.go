package workbook

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Accepted is what the accepted changes of a set come to in a project: values
// of assumptions, and typed cash flows that move the result by exactly what the
// changed, added and removed streams do.
type Accepted struct {
	Assumptions []model.Assumption
	Manual      map[model.ScenarioID][]model.ManualStream
	Refused     []Change // accepted, but a project cannot hold them; Sentence says why
}

// Accept turns the changes that yes accepts into additions to a project.
// The flows of streams are differences against base, the comparison the book
// was made from: they move every net figure to what the book comes to, while
// capital spending cut back shows as a receipt in the gross ones.
func (s *ChangeSet) Accept(base *appraisal.Comparison, yes func(*Change) bool) (*Accepted, error) {
	out := &Accepted{Manual: map[model.ScenarioID][]model.ManualStream{}}
	values := map[string]float64{}
	for i := range s.Changes {
		if c := &s.Changes[i]; c.Assumption != nil && yes(c) {
			out.Assumptions = append(out.Assumptions, *c.Assumption)
			values[c.Key] = c.Assumption.Value
		}
	}
	value := func(key string) (float64, bool) {
		if v, ok := values[key]; ok {
			return v, true
		}
		a, ok := base.Book.Get(key)
		return a.Value, ok
	}
	context := &ledger.Context{BaseYear: base.BaseYear, Years: base.Years, PriceBase: base.PriceBase, Paths: base.Paths}
	type row struct {
		was, now ledger.Stream
		had      bool
		first    *Change
	}
	rows := map[streamKey]*row{}
	var order []streamKey
	for i := range s.Changes {
		c := &s.Changes[i]
		if !yes(c) || c.Assumption != nil {
			continue
		}
		if c.refusal() != "" {
			refused := *c
			refused.Sentence = c.refusal()
			out.Refused = append(out.Refused, refused)
			continue
		}
		k := streamKey{c.Scenario, c.Key}
		r := rows[k]
		if r == nil {
			r = &row{first: c}
			if c.was != nil {
				r.was, r.now, r.had = *c.was, *c.was, true
			}
			rows[k] = r
			order = append(order, k)
		}
		switch c.Kind {
		case StreamAdded:
			r.now = *c.Stream
		case StreamRemoved:
			r.now.Quantity = 0
		default:
			copyField(c.Field, c.Stream, &r.now)
		}
	}
	for _, k := range order {
		r := rows[k]
		pair := []ledger.Stream{retie(r.now, value)}
		if r.had {
			pair = append(pair, retie(r.was, value))
		}
		m, err := ledger.Expand(pair, context)
		if err != nil {
			return nil, fmt.Errorf("stream %s as changed in %s!%s: %w", k.id, r.first.Sheet, r.first.Cell, err)
		}
		diff := append([]float64(nil), m.Row(0)...)
		if r.had {
			ledger.AddTo(diff, m.Row(1), -1)
		}
		n := r.now
		ms := model.ManualStream{Label: "Workbook: " + n.Label, Category: string(n.Category), Benefit: n.Benefit, Payer: n.Payer, Beneficiary: n.Beneficiary,
			Capital: n.Capital, PriceBase: base.PriceBase, First: base.BaseYear, Values: diff, Grade: n.Grade, Exempt: n.Exempt,
			Source: fmt.Sprintf("returned workbook, %s!%s, stream %s", r.first.Sheet, r.first.Cell, k.id)}
		for _, id := range r.first.ScenarioIDs {
			out.Manual[id] = append(out.Manual[id], ms)
		}
	}
	return out, nil
}

// refusal says why a project cannot hold a change; empty when it can.
func (c *Change) refusal() string {
	st := c.Stream
	if st == nil {
		st = c.was
	}
	switch {
	case !c.Acceptable():
		return c.Sentence
	case c.Kind == FactorChanged:
		return fmt.Sprintf("%s (%s) belongs to the parameter set, not to the project: change the set or an assumption instead.", c.Key, c.Field)
	case c.Kind == AssumptionRemoved:
		return fmt.Sprintf("%s is needed by the streams and cannot be taken away.", c.Key)
	case st == nil:
		return fmt.Sprintf("Stream %s is not known.", c.Key)
	case st.Ledger != ledger.Money:
		return fmt.Sprintf("Stream %s is in %s: change the building's energy, people or areas in the project instead.", c.Key, st.Unit)
	case st.Transfer, st.Unpriced != (st.Benefit && st.Payer == ""):
		return fmt.Sprintf("Stream %s is a transfer, which typed cash flows cannot express: change the building's cost in the project instead.", c.Key)
	case c.Field == "Scenario" || c.Field == "Ledger" || c.Field == "Stream":
		return fmt.Sprintf("The %s of stream %s cannot be changed.", c.Field, c.Key)
	case len(c.ScenarioIDs) == 0:
		return fmt.Sprintf("Stream %s stands under “%s”, which is no scenario.", c.Key, c.Scenario)
	}
	return ""
}

// retie gives every term that stands for an assumption the value that the
// assumption now has.
func retie(s ledger.Stream, value func(string) (float64, bool)) ledger.Stream {
	tie := func(t *ledger.Term) {
		if v, ok := value(t.Key); ok && t.Key != "" {
			t.Value = v
		}
	}
	s.Rates = append([]ledger.Term(nil), s.Rates...)
	for i := range s.Rates {
		tie(&s.Rates[i])
	}
	tie(&s.Uplift)
	tie(&s.Growth)
	return s
}

// copyField takes over one column of a changed row.
func copyField(head string, from, to *ledger.Stream) {
	switch head {
	case "Effect":
		to.Label = from.Label
	case "Category":
		to.Category = from.Category
	case "Payer":
		to.Payer = from.Payer
	case "Beneficiary":
		to.Beneficiary = from.Beneficiary
	case "Quantity":
		to.Quantity = from.Quantity
	case "Uplift":
		to.Uplift = from.Uplift
	case "Growth a year":
		to.Growth = from.Growth
	case "First year":
		to.First = from.First
	case "Last year":
		to.Last = from.Last
	case "Share of first year missed":
		to.FirstMissed = from.FirstMissed
	case "Share of last year missed":
		to.LastMissed = from.LastMissed
	case "Every … years":
		to.Profile.Every = from.Profile.Every
	case "Ramp, years":
		to.Profile.Ramp = from.Profile.Ramp
	case "Profile":
		to.Profile.Shares = from.Profile.Shares
	case "Index":
		to.Index = from.Index
	case "Capital":
		to.Capital = from.Capital
	case "Benefit":
		to.Benefit = from.Benefit
	case "Exempt":
		to.Exempt = from.Exempt
	case "Evidence grade":
		to.Grade = from.Grade
	case "Source":
		to.Source = from.Source
	default:
		if len(head) == 6 && head[:5] == "Rate " {
			i := int(head[5] - 'A')
			if i < 0 || i >= len(from.Rates) {
				return
			}
			rates := append([]ledger.Term(nil), to.Rates...)
			for len(rates) <= i {
				rates = append(rates, ledger.Term{Value: 1})
			}
			rates[i] = from.Rates[i]
			to.Rates = rates
		}
	}
}
