package gaps_test

import (
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/gaps"
)

func TestQualityGrowsWithWhatIsKnown(t *testing.T) {
	bare := model.Asset{Name: "Hall", Use: model.UseCommunity}
	full := model.Asset{Name: "Hall", Reference: "A1", Use: model.UseCommunity, Placed: model.PlaceStated, Tenure: model.Tenure{Kind: model.Freehold}, FloorArea: model.Figure{Value: 1, Grade: model.Measured},
		Costs: map[model.Cost]model.Figure{model.CostRates: {Grade: model.Measured}}, Energy: map[model.Fuel]model.Figure{model.Gas: {Grade: model.Measured}}, Backlog: model.Figure{Grade: model.Measured},
		Desks: model.Figure{Grade: model.Measured}, Value: model.Figure{Grade: model.Measured}}
	modelled := full
	modelled.FloorArea.Grade = model.Estimated
	a, b, c := gaps.QualityOf(&bare).Score, gaps.QualityOf(&modelled).Score, gaps.QualityOf(&full).Score
	if !(a < b && b < c) || c != 1 {
		t.Errorf("scores %v, %v, %v", a, b, c)
	}
	all := gaps.QualityOfAll([]model.Asset{bare, full})
	if all.Score <= a || all.Score >= c || all.Fields["floor area"] != 0.5 {
		t.Errorf("%+v", all)
	}
}
