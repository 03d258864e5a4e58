package shell_test

import (
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/views/better"
	"github.com/planting-the-flag/flagstone/model"
)

func TestWhyIsThisBuildingClosed(t *testing.T) {
	r := newRig(t)
	r.demonstration()
	var id model.AssetID
	for _, a := range r.w.Desk().Scenario().Actions {
		if a.Kind == model.Sell {
			id = a.Asset
		}
	}
	r.w.Desk().Select(app.OneAsset, string(id))
	for _, f := range r.w.Detail().Facts() {
		if strings.HasPrefix(f.Value, "Why is this building closed") {
			f.Do()
		}
	}
	r.until("the answer", func() bool {
		for _, f := range r.w.Detail().Facts() {
			if f.Value == "Keeping it would cost £412k more over 30 years and 61 t; two teams would stay; 1,240 residents would save 6 minutes." {
				return true
			}
		}
		return false
	})
}

func TestAPlanOfTheTradeOffCanBeKept(t *testing.T) {
	r := newRig(t)
	r.demonstration()
	r.w.GoTo("better")
	b := r.w.View("better").(*better.View)
	b.Frontier()
	r.until("the plans", func() bool { return b.Plans() == 3 })
	b.Choose(1)
	if b.Plan() == nil || b.Plan().NPSV != 2.4e6 {
		t.Fatalf("chose %+v", b.Plan())
	}
	b.Keep()
	r.until("the plan among the scenarios", func() bool { return r.w.Describe().Scenario == "Better plan" })
}

func TestHubsAreCounted(t *testing.T) {
	r := newRig(t)
	r.demonstration()
	r.w.GoTo("better")
	b := r.w.View("better").(*better.View)
	b.CountHubs()
	r.until("the hubs", func() bool { return b.Hubs() == 2 })
	for aim := 1; aim < 4; aim++ {
		b.AimHubs(aim)
		b.CountHubs()
		r.until("where the hubs are", func() bool { return b.Sited() != nil })
	}
}
