package action

import (
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// retain clears the backlog, or a share of it, in equal yearly parts.
func (b *builder) retain(s *site, a model.Action) {
	f := s.asset.Backlog
	if !f.Known() || f.Value == 0 {
		b.warn(a, "no backlog known", s.asset.Name+" has no backlog on record, so keeping it in repair costs nothing extra here")
		return
	}
	years := max(1, int(b.shape(&a, "clear.years")))
	st := b.base(s, s.asset.Name+": clearing the backlog")
	st.ID, st.Action, st.Category, st.Capital = string(a.ID)+"/clear", a.ID, ledger.CatBacklog, true
	st.Quantity, st.QuantityUnit = -f.Value/float64(years), "£"
	st.Rates = []ledger.Term{b.term(&a, "clear.share")}
	st.Uplift = b.term(&a, "works.optimism")
	st.First, st.Last = a.Year, a.Year+years-1
	st.Grade, st.Source = f.Grade, f.Source
	b.money(st)
}
