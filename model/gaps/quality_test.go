package gaps_test

import (
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/gaps"
)

func TestQualityGrowsWithWhatIsKnown(t *testing.T) {
	bare := model.Asset{Name: "Hall", Use: model.UseCommunity}
	full := model.Asset{Name: "Hall", Reference: "A1", Use: model.UseCommunity, Placed: model.PlaceStated, Tenure: model.Tenure{Kind: model.Freehold}, FloorArea: model.Figure{Value: 1, Grade: model.Measured},
		Costs: model.FiguresOf(map[model.Cost]model.Figure{model.CostRates: {Grade: model.Measured}}), Energy: model.FiguresOf(map[model.Fuel]model.Figure{model.Gas: {Grade: model.Measured}}), Backlog: model.Figure{Grade: model.Measured},
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

// A decision's score is that of the buildings its actions name, once each, and of no other.
func TestQualityOfADecision(t *testing.T) {
	known := model.Figure{Value: 1, Grade: model.Measured}
	filled := model.Figure{Value: 9, Grade: model.Benchmark, Source: gaps.Mark + "a typical hall"}
	p := &model.Project{Assets: []model.Asset{
		{ID: "a", Name: "A", Use: model.UseOffice, FloorArea: known},
		{ID: "b", Name: "B", Use: model.UseOffice, FloorArea: filled, Energy: model.FiguresOf(map[model.Fuel]model.Figure{model.Gas: filled, model.Electricity: known})},
		{ID: "c", Name: "C", Use: model.UseOffice},
	}}
	s := &model.Scenario{Actions: []model.Action{{Asset: "b", From: []model.AssetID{"a"}}, {Asset: "a"}}}
	q, n := gaps.QualityOfDecision(p, s)
	if n != 2 || q.Fields["floor area"] != 0.7 { // measured 1 and benchmark 0.4
		t.Errorf("%d assets, %+v", n, q)
	}
	if all := gaps.QualityOfAll(p.Assets); q.Score <= all.Score {
		t.Errorf("the third, unknown building weighs on the decision: %v, all %v", q.Score, all.Score)
	}
	if q, n := gaps.QualityOfDecision(p, &model.Scenario{}); n != 0 || q.Score != 0 {
		t.Errorf("no decision scores %v of %d", q.Score, n)
	}
	if figures, in := gaps.CountFilled(p.Assets); figures != 2 || in != 1 {
		t.Errorf("%d filled figures in %d buildings", figures, in)
	}
}
