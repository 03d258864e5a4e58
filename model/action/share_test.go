package action_test

import (
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// TestPartnersPayTheirShare: the NHS team takes 630 of B's 2,000 m², or 60 of its
// 200 desks, of £120,000 a year. What it pays the council receives.
func TestPartnersPayTheirShare(t *testing.T) {
	for key, want := range map[float64]float64{0: 120000 * 630.0 / 2000, 1: 120000 * 60.0 / 200} {
		p := place()
		p.Organisations = append(p.Organisations, model.Organisation{ID: "nhs", Name: "NHS", Public: true})
		p.Services[0].Organisation = "nhs"
		plan := build(t, p, scenario(model.Action{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"a"}, Year: 2026, Values: map[string]float64{"hub.share_by_desks": key}},
			model.Action{Kind: model.Sell, Asset: "a", Year: 2026}))
		if len(plan.Conflicts) != 0 {
			t.Fatal(plan.Conflicts)
		}
		paid := func(o model.OrganisationID) float64 {
			return inYear(t, p, plan, 2026, func(s *ledger.Stream) bool { return s.Payer == o && s.Category == ledger.CatShared })
		}
		near(t, "paid", paid("nhs"), -want)
		near(t, "received", paid("council"), want)
	}
	p := place()
	p.Services[0].Organisation, p.Assets[1].Desks = "nhs", model.Figure{}
	plan := build(t, p, scenario(model.Action{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"a"}, Year: 2026, Values: map[string]float64{"hub.share_by_desks": 1}}))
	for _, c := range plan.Conflicts {
		if c.Kind == "no key to share by" && strings.Contains(c.Message, "desks are not known") {
			return
		}
	}
	t.Error(plan.Conflicts)
}
