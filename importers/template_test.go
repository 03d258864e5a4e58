package importers_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/xuri/excelize/v2"
)

func TestTheTemplateFilledInImportsWhole(t *testing.T) {
	var b bytes.Buffer
	if err := importers.WriteTemplate(&b); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	fill := map[string][][]any{
		"Assets": {{"Sale Council", "00012", "100012345678", "Town Hall", "Waterside, Sale", "M33 7ZF", 53.4253, -2.3199, "civic", "Buildings", "Leasehold", "Owner occupied", "Aviva", 42000, 46000, 48000, 45500, 6, 5000, 0.4, "D", "B",
			10000, 20000, 30000, 40000, 5000, 700, 100000, 200000, 0, 0, 0, 900000, 5000000, 250, 300, "Monday to Friday 9am-5pm", "listed"},
			{"Sale Council", "00013", "", "Depot", "Dane Road, Sale", "M33 2BZ", 53.4300, -2.3100, "depot", "Land and buildings", "Freehold", "", "", nil, nil, nil, nil, nil, 900, 1.2, "E", "C", 0, 8000, 3000, 1000, 0, 0, 50000, 60000, 0, 0, 0, 10000, 400000, 8, 0, "", ""}},
		"Services":   {{"Sale Council", "Planning", "planning", "Yes", 12.5, 10, 4000, 150, 3, "Mon-Fri 9am-5pm", "Town Hall"}, {"Sale Council", "Parking", "parking", "No", 8, 4, 0, 60, 0, "Mon-Sat 7am-10pm", "00013"}},
		"Population": {{"E01006074", "Trafford 025A", 1634, 367, 928, 339, 261, 100}, {"E01006075", "Trafford 025B", 2321, 392, 1524, 405, 300, 210}},
		"Cash flows": {{"Fit-out", "capital", -250000, 0, 0, 0, 0}, {"Rent saved", "revenue", 0, 42000, 42000, 42000, 42000}},
	}
	for sheet, rows := range fill {
		for i, r := range rows {
			cell, _ := excelize.CoordinatesToCellName(1, i+2)
			if err := f.SetSheetRow(sheet, cell, &r); err != nil {
				t.Fatal(err)
			}
		}
	}
	b.Reset()
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	res, err := importers.Read(context.Background(), write(t, "filled.xlsx", b.Bytes()), importers.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, tr := range res.Tables {
		if tr.Kind != importers.TemplateKinds[tr.Sheet] || tr.Mapping.Name == "" {
			t.Errorf("%s is taken for %q (%s), named %q", tr.Sheet, tr.Kind, tr.Passed, tr.Mapping.Name)
		}
		for _, c := range tr.Mapping.Columns {
			if c.Role != mapping.Mapped {
				t.Errorf("%s: column %s is not mapped: %s", tr.Sheet, c.Column, c.Reason)
			}
		}
	}
	if res.Counts.Imported != 8 || !res.Counts.Adds() || len(res.Changes.Occupations) != 2 || len(res.Changes.Manual) != 2 {
		t.Errorf("%+v, %d seats", res.Counts, len(res.Changes.Occupations))
	}
	a := assetNamed(t, res, "Town Hall")
	if a.Reference != "00012" || a.Tenure.Expiry != "2031-06-01" || a.Tenure.NoticeMonths != 6 || a.Costs[model.CostRent].Value != 10000 || a.Income.Value != 700 || a.Condition != "B" || a.LandArea.Value != 0.4 || a.Energy[model.Gas].Value != 200000 || a.Use != model.UseTownHall || a.Capacity.Value != 300 {
		t.Errorf("%+v", a)
	}
	for _, f := range res.Findings {
		if f.Severity != model.Note {
			t.Errorf("row %d %s: %s", f.Row, f.Column, f.Message)
		}
	}
}
