package action

import (
	"fmt"
	"strconv"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// travel adds the carbon of the longer or shorter trips of visitors and staff of
// a service, or of the nth part of it that moves the same way.
func (b *builder) travel(a model.Action, from, to *model.Asset, s seat, nth int) {
	if !from.Located() || !to.Located() {
		return
	}
	km := geo.Distance(geo.LatLon(from.Location), geo.LatLon(to.Location)) / 1000
	if km < 0.05 {
		return
	}
	way := string(s.service.ID) + "/" + string(from.ID)
	if nth > 1 {
		way += "." + strconv.Itoa(nth)
	}
	detour, car := b.term(&a, "travel.detour"), b.term(&a, "travel.car_share")
	st := ledger.Stream{
		Ledger: ledger.Carbon, Unit: "kgCO2e", Asset: to.ID, Action: a.ID, Service: s.service.ID, Category: ledger.CatTravel,
		Payer: model.Residents, Beneficiary: model.Society, QuantityUnit: "km", First: a.Year, Last: b.after - 1, Grade: model.Placeholder,
	}
	if v := s.service.Visits; v.Known() {
		st.ID = string(a.ID) + "/travel/" + way
		st.Label = fmt.Sprintf("%s: longer trips of visitors from %s to %s", s.service.Name, from.Name, to.Name)
		// Residents live around the building left, so on average the extra way is
		// half the distance between the buildings, there and back.
		st.Quantity = v.Value * s.share * km
		st.Rates = []ledger.Term{detour, car, b.term(&a, "travel.car_kg_per_km")}
		st.Source = "visits × distance between the buildings × detour × car share"
		b.add(st)
	}
	if f := s.service.FTE; f.Known() && f.Value > 0 {
		st.ID = string(a.ID) + "/commute/" + way
		st.Label = fmt.Sprintf("%s: longer commutes of staff from %s to %s", s.service.Name, from.Name, to.Name)
		st.Quantity = f.Value * s.share * km
		st.Rates = []ledger.Term{b.term(&a, "travel.staff_trips"), b.term(&a, "travel.staff_longer"), detour, car, b.term(&a, "travel.car_kg_per_km")}
		st.Source = "staff × trips × share of the distance between the buildings × detour × car share; homes of staff are not known"
		b.add(st)
	}
}
