package businesscase

import (
	"math"
	"sort"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// A public paper may print a total that includes exempt amounts only when nobody can work one of them out from it. Everything
// else in the public edition is printed before exempt amounts, so what such a total adds is one weighted sum of exempt amounts
// for each option. These are the usual rules of statistical disclosure control, applied to every combination of the sums that
// the edition prints.
const (
	// minContributors is how many buildings must be behind whatever can be derived.
	minContributors = 3
	// dominance is the p of the p% rule: knowing the second largest amount, one must not come within p of the largest.
	dominance = 0.15
)

// disclose decides for every option whether its headline figures can be published, the preferred option first.
func (b *builder) disclose() {
	if !b.isPublic {
		return
	}
	order := append([]*option(nil), b.options...)
	sort.SliceStable(order, func(i, j int) bool { return order[i] == b.preferred && order[j] != b.preferred })
	base := map[string]float64{}
	if b.base != nil {
		base = b.exemptBy(b.base, b.economicPV)
	}
	baseCash := map[string]float64{}
	if b.base != nil {
		baseCash = b.exemptBy(b.base, b.cashPV)
	}
	var told []map[string]float64
	for _, o := range order {
		if !o.exempt {
			continue
		}
		eco, cash := minusOf(b.exemptBy(o, b.economicPV), base), minusOf(b.exemptBy(o, b.cashPV), baseCash)
		try := append(append([]map[string]float64(nil), told...), eco, cash)
		if o.baseline || !spread(eco) || !spread(cash) || !secure(b.unit(try)) {
			o.hidden = true
			continue
		}
		told = try
	}
}

// economicPV and cashPV weigh a stream's flows as the two kinds of headline figure do.
func (b *builder) economicPV(s *ledger.Stream, flow []float64) float64 {
	if !ledger.IsEconomic(s) {
		return 0
	}
	return b.pv(flow)
}

func (b *builder) cashPV(s *ledger.Stream, flow []float64) float64 {
	if !ledger.IsCash(s) || !b.public(s.Payer) {
		return 0
	}
	return b.pv(flow)
}

func (b *builder) pv(flow []float64) float64 {
	v := 0.0
	for t, f := range flow {
		v += f * b.cmp.Discount[t]
	}
	return v
}

// exemptBy adds the exempt flows of an option by what they belong to: a building, or the row itself.
func (b *builder) exemptBy(o *option, weigh func(*ledger.Stream, []float64) float64) map[string]float64 {
	out := map[string]float64{}
	for i := range o.Plan.Streams {
		s := &o.Plan.Streams[i]
		if !s.Exempt || s.Ledger != ledger.Money {
			continue
		}
		out[subject(s)] += weigh(s, o.Flows.Row(i))
	}
	return out
}

func subject(s *ledger.Stream) string {
	if s.Asset != "" {
		return "asset " + string(s.Asset)
	}
	return "row " + s.Label
}

func minusOf(a, b map[string]float64) map[string]float64 {
	out := map[string]float64{}
	for k, v := range a {
		out[k] = v
	}
	for k, v := range b {
		out[k] -= v
	}
	for k, v := range out {
		if nothing(v) {
			delete(out, k)
		}
	}
	return out
}

// unit turns amounts into weights of each subject's exempt amount, so that the same amount in another year is the same unknown.
func (b *builder) unit(rows []map[string]float64) [][]float64 {
	size := map[string]float64{}
	for _, r := range rows {
		for k, v := range r {
			size[k] = math.Max(size[k], math.Abs(v))
		}
	}
	names := make([]string, 0, len(size))
	for k := range size {
		names = append(names, k)
	}
	sort.Strings(names)
	out := make([][]float64, len(rows))
	for i, r := range rows {
		out[i] = make([]float64, len(names))
		for j, k := range names {
			out[i][j] = r[k] / size[k]
		}
	}
	return out
}

// spread reports whether enough buildings are behind a sum and none of them makes it up nearly alone.
func spread(parts map[string]float64) bool {
	var all []float64
	total := 0.0
	for _, v := range parts {
		all = append(all, math.Abs(v))
	}
	sort.Sort(sort.Reverse(sort.Float64Slice(all)))
	for _, v := range all {
		total += v
	}
	return len(all) >= minContributors && total-all[0]-all[1] >= dominance*all[0]
}

// secure reports whether no combination of the rows depends on fewer than minContributors unknowns. A combination of at most
// two unknowns a and b exists exactly when, with column b left out, the rows span the unit vector of a.
func secure(rows [][]float64) bool {
	if len(rows) == 0 {
		return true
	}
	n := len(rows[0])
	for skip := range n {
		m := make([][]float64, len(rows))
		for i, r := range rows {
			m[i] = append(append([]float64(nil), r[:skip]...), r[skip+1:]...)
		}
		for _, r := range reduced(m) {
			filled := 0
			for _, v := range r {
				if v != 0 {
					filled++
				}
			}
			if filled == 1 {
				return false
			}
		}
	}
	return true
}

// reduced is the reduced row echelon form without its empty rows.
func reduced(m [][]float64) [][]float64 {
	const tiny = 1e-9
	row := 0
	for col := 0; row < len(m) && col < len(m[0]); col++ {
		best := row
		for i := row; i < len(m); i++ {
			if math.Abs(m[i][col]) > math.Abs(m[best][col]) {
				best = i
			}
		}
		if math.Abs(m[best][col]) < tiny {
			continue
		}
		m[row], m[best] = m[best], m[row]
		by := m[row][col]
		for j := range m[row] {
			m[row][j] /= by
		}
		for i := range m {
			if f := m[i][col]; i != row && f != 0 {
				for j := range m[i] {
					m[i][j] -= f * m[row][j]
				}
			}
		}
		row++
	}
	for i := range row {
		for j := range m[i] {
			if math.Abs(m[i][j]) < tiny {
				m[i][j] = 0
			}
		}
	}
	return m[:row]
}

// exemptKeys are the assumptions that make exempt amounts. With a floor area, which is public, each of them would give one away.
func (b *builder) exemptKeys() map[string]bool {
	out := map[string]bool{}
	for _, o := range b.options {
		for i := range o.Plan.Streams {
			s := &o.Plan.Streams[i]
			if !s.Exempt {
				continue
			}
			for _, t := range s.Rates {
				if t.Key != "" {
					out[t.Key] = true
				}
			}
		}
	}
	for _, a := range b.cmp.Book.All() {
		if a.Exempt {
			out[a.Key] = true
		}
	}
	return out
}

// exemptAmounts are the amounts that must not be read anywhere in a public paper, whoever typed them.
func (b *builder) exemptAmounts() []float64 {
	var out []float64
	for i := range b.p.Assets {
		for _, f := range []model.Figure{b.p.Assets[i].Value, b.p.Assets[i].Tenure.Dilapidations} {
			if f.Known() && f.Value != 0 {
				out = append(out, math.Abs(f.Value))
			}
		}
	}
	for _, o := range b.options {
		for i := range o.Plan.Streams {
			if s := &o.Plan.Streams[i]; s.Exempt && s.Ledger == ledger.Money {
				out = append(out, math.Abs(s.Amount()))
				if s.QuantityUnit == "£" {
					out = append(out, math.Abs(s.Quantity))
				}
				for _, f := range o.Flows.Row(i) {
					if f != 0 {
						out = append(out, math.Abs(f))
					}
				}
			}
		}
	}
	for _, a := range b.p.Assumptions {
		if a.Exempt {
			out = append(out, math.Abs(a.Value))
		}
	}
	sort.Float64s(out)
	return out
}
