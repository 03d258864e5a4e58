package appraisal

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// terms opens a stream into what is multiplied and where each part comes from.
func (x *explainer) terms(s *ledger.Stream) []Tree {
	out := []Tree{{Label: "Quantity", Value: s.Quantity, Unit: s.QuantityUnit, Kind: "term", Grade: s.Grade, Source: s.Source}}
	for _, t := range s.Rates {
		out = append(out, x.term("Rate", t))
	}
	if s.Uplift.Factor() != 0 || s.Uplift.Key != "" {
		out = append(out, x.term("Optimism bias", s.Uplift))
	}
	if s.Growth.Factor() != 0 || s.Growth.Key != "" {
		out = append(out, x.term("Real growth a year", s.Growth))
	}
	when := fmt.Sprintf("%s to %s", model.FinancialYear(s.First), model.FinancialYear(s.Last))
	if s.First == s.Last {
		when = model.FinancialYear(s.First)
	}
	out = append(out, Tree{Label: "Years", Kind: "note", Note: when + profileWords(s)})
	if s.Index != "" {
		out = append(out, x.path(s.Index))
	}
	if s.Ledger == ledger.Carbon && s.Unit == "kWh" {
		out = append(out, x.path(ledger.PathKey("footprint", s.Fuel)), x.path(ledger.PathKey("marginal", s.Fuel)))
	}
	if s.Ledger == ledger.Carbon {
		out = append(out, x.path("carbon."+string(x.c.CarbonCase)))
	}
	return out
}

func (x *explainer) term(what string, t ledger.Term) Tree {
	n := Tree{Label: what, Value: t.Factor(), Kind: "term", Key: t.Key}
	if t.Complement {
		n.Note = fmt.Sprintf("one minus %g", t.Value)
	}
	if t.Key == "" {
		n.Source = "set in the scenario"
		return n
	}
	a, ok := x.c.Book.Get(t.Key)
	if !ok {
		n.Source = "not in the assumption book"
		return n
	}
	n.Label, n.Unit, n.Grade, n.Source = a.Label, a.Unit, a.Grade, a.Source
	if a.Value != t.Value {
		n.Note = joinNote(n.Note, fmt.Sprintf("set in the scenario; the book has %g", a.Value))
	}
	if a.Reason != "" {
		n.Note = joinNote(n.Note, "changed: "+a.Reason)
	}
	if a.Confidence != "" {
		n.Note = joinNote(n.Note, "confidence: "+a.Confidence)
	}
	return n
}

func (x *explainer) path(key string) Tree {
	p, ok := x.c.Paths[key]
	if !ok {
		return Tree{Label: key, Kind: "path", Key: key, Source: "not in the parameter set"}
	}
	return Tree{Label: p.Label, Value: p.At(x.c.BaseYear), Unit: p.Unit + " in " + model.FinancialYear(x.c.BaseYear), Kind: "path", Key: key, Grade: p.Grade, Source: p.Source, Note: p.Note}
}

func profileWords(s *ledger.Stream) string {
	w := ""
	if s.Profile.Every > 1 {
		w += fmt.Sprintf(", every %d years", s.Profile.Every)
	}
	if s.Profile.Ramp > 1 {
		w += fmt.Sprintf(", rising over %d years", s.Profile.Ramp)
	}
	if len(s.Profile.Shares) > 0 {
		if s.First == s.Last {
			w += fmt.Sprintf(", of it %.4g %%", 100*s.Profile.Shares[0])
		} else {
			w += ", of a full year " + sharesWords(s)
		}
	}
	if s.FirstMissed > 0 || s.LastMissed > 0 {
		w += fmt.Sprintf(", without %.0f %% of the first and %.0f %% of the last year", s.FirstMissed*100, s.LastMissed*100)
	}
	return w
}

// sharesWords lists the shares of a stream, years that are alike together:
// "100 % to 2027/28, 103.5 % in 2028/29".
func sharesWords(s *ledger.Stream) string {
	var parts []string
	sh := s.Profile.Shares
	for i := 0; i < len(sh) && s.First+i <= s.Last; {
		j := i
		for j+1 < len(sh) && s.First+j+1 <= s.Last && math.Abs(sh[j+1]-sh[i]) < 5e-5 {
			j++
		}
		when := "in " + model.FinancialYear(s.First+i)
		if j > i {
			when = "to " + model.FinancialYear(s.First+j)
		}
		parts = append(parts, strconv.FormatFloat(math.Round(sh[i]*1e4)/100, 'f', -1, 64)+" % "+when)
		i = j + 1
	}
	return strings.Join(parts, ", ")
}

func joinNote(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}
