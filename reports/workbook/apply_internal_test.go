package workbook

import (
	"math"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// What finance changed, accepted into the project, must move the project's
// figures to what the changed book comes to.
func TestAcceptedChangesMoveTheProjectAsTheyMovedTheBook(t *testing.T) {
	base := firstShared(t).compare(t)
	book := write(t, base, Exempt)
	raw := returned(t, book, func(f *excelize.File) {
		for k, v := range map[string]float64{"hub.cost": 900, "ab.12": 0.3, "growth.test": 0.02} {
			set(t, f, "Assumptions", a1(rowOfKey(t, reopen(t, book), k), asValue), v)
		}
		for _, x := range []struct {
			id, scenario, head string
			v                  any
		}{{"a0/rent", "Every scenario", "Quantity", -20000}, {"a0/cleaning", "Every scenario", "Last year", 2030}, {"a0/works", "Every scenario", "Rate A", 700},
			{"a0/benefit", "Every scenario", "Ramp, years", 9}, {"a0/energy cost", "Every scenario", "Index", "price.gas"}} {
			r, c := at(t, book, x.id, x.scenario, x.head)
			set(t, f, "Streams", a1(r, c), x.v)
		}
	})
	changes := diff(t, raw, base, base)
	got, err := changes.Accept(base, func(*Change) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range got.Refused {
		t.Errorf("refused: %s", c.Sentence)
	}
	s := firstShared(t)
	s.project.Assumptions = append(s.project.Assumptions, got.Assumptions...)
	in, err := appraisal.Prepare(s.project, appraisal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.inputs = in
	for id, list := range got.Manual {
		for i, m := range list {
			s.plans[id].Streams = append(s.plans[id].Streams, ledger.Stream{ID: "manual/" + string(rune('a'+i)), Ledger: ledger.Money, Unit: "£", QuantityUnit: "£", Quantity: 1,
				Category: ledger.Category(m.Category), Payer: m.Payer, Beneficiary: m.Beneficiary, Benefit: m.Benefit, Unpriced: m.Benefit && m.Payer == "", Capital: m.Capital,
				PriceBase: m.PriceBase, First: m.First, Last: m.First + len(m.Values) - 1, Profile: ledger.Profile{Shares: m.Values}, Grade: m.Grade})
		}
	}
	want := s.compare(t)
	again := recalculate(t, raw)
	moved := false
	for i := range want.Options {
		o := &want.Options[i]
		moved = moved || math.Abs(o.NetPresentCost-base.Options[i].NetPresentCost) > 1
		for key, v := range map[string]float64{"npsv": o.NPSV, "npv_public": o.NPVPublic, "npc": o.NetPresentCost} {
			if x := result(t, again, key, i); math.Abs(x-v) > 0.005 {
				t.Errorf("%s of %s is %.6f in the changed book and %.6f in the project with the changes accepted", key, o.Scenario.Name, x, v)
			}
		}
	}
	if !moved {
		t.Error("the changes moved nothing")
	}
}
