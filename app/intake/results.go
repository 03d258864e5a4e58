package intake

import (
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/store"
)

// Flows turns a comparison into the rows that the project file keeps for readers
// with other tools. Years in which nothing flows are left out.
func Flows(c *appraisal.Comparison) map[model.ScenarioID][]store.FlowRow {
	out := make(map[model.ScenarioID][]store.FlowRow, len(c.Options))
	for i := range c.Options {
		r := &c.Options[i]
		var rows []store.FlowRow
		for k := range r.Plan.Streams {
			s := &r.Plan.Streams[k]
			for y, v := range r.Flows.Row(k) {
				if v == 0 {
					continue
				}
				rows = append(rows, store.FlowRow{Scenario: r.Scenario.ID, Ledger: s.Ledger.String(), Asset: s.Asset, Action: s.Action,
					Category: string(s.Category), Label: s.Label, Payer: s.Payer, Unit: s.Unit, Year: c.BaseYear + y, Value: v})
			}
		}
		out[r.Scenario.ID] = rows
	}
	return out
}
