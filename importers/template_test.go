package importers_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/model"
	blank "github.com/planting-the-flag/flagstone/reports/workbook"
	"github.com/xuri/excelize/v2"
)

// TestTheBlankPortfolioFilledInImportsWhole fills in the workbook that Flagstone offers to those who have no register: every column of
// it is mapped, and every sheet known by name.
func TestTheBlankPortfolioFilledInImportsWhole(t *testing.T) {
	var b bytes.Buffer
	if err := blank.WriteTemplate(context.Background(), &b, blank.Options{}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	fill := map[string][]map[string]any{
		"Assets": {
			{"Name": "Town Hall", "Organisation": "Sale Council", "Owner's reference": "00012", "UPRN": "100012345678", "Address": "Waterside, Sale", "Postcode": "M33 7ZF", "Use": "civic", "Tenure": "leasehold", "Landlord": "Aviva",
				"Lease expiry": "1 June 2031", "Lease break": "31 March 2029", "Rent review": "31 March 2028", "Notice period, months": 6, "Floor area m²": 5000, "Land area ha": 0.4, "Energy rating": "D", "Condition": "B", "Rent paid £": 10000, "Rent received £": 700, "Business rates £": 20000,
				"Maintenance cost £": 30000, "Cleaning cost £": 40000, "Reception cost £": 900, "Other running costs £": 5000, "Electricity used kWh": 100000, "Gas used kWh": 200000, "Oil used kWh": 0, "District heat used kWh": 0, "Backlog £": 900000, "Market value £": 5000000, "Desks": 250, "Capacity, people": 300},
			{"Name": "Depot", "Organisation": "Sale Council", "Owner's reference": "00013", "Address": "Dane Road, Sale", "Postcode": "M33 2BZ", "Use": "depot", "Tenure": "freehold", "Floor area m²": 900, "Electricity used kWh": 50000},
		},
		"Services": {
			{"Service name": "Planning", "Organisation": "Sale Council", "Service type": "planning", "FTE": 12.5, "Desks": 10, "Visits a year": 4000, "Space needed m²": 150, "Home days a week": 3, "Public facing": "yes"},
			{"Service name": "Parking", "Organisation": "Sale Council", "Service type": "parking", "FTE": 8, "Desks": 4, "Visits a year": 0, "Space needed m²": 60, "Home days a week": 0, "Public facing": "no"},
		},
		"Occupations": {
			{"Service name": "Planning", "Building": "Town Hall", "Space taken m²": 150, "Desks": 10, "Share of the service here": 1},
			{"Service name": "Parking", "Building": "Depot", "Space taken m²": 60, "Desks": 4, "Share of the service here": 1},
		},
	}
	for sheet, rows := range fill {
		all, err := f.GetRows(sheet)
		if err != nil || len(all) == 0 {
			t.Fatal(sheet, err)
		}
		for i, row := range rows {
			n := 0
			for c, head := range all[0] {
				v, ok := row[head]
				if !ok {
					continue
				}
				n++
				cell, _ := excelize.CoordinatesToCellName(c+1, i+2)
				if err := f.SetCellValue(sheet, cell, v); err != nil {
					t.Fatal(err)
				}
			}
			if n != len(row) {
				t.Errorf("%s has no column for some of %v: %v", sheet, row, all[0])
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
	kinds := map[string]mapping.Group{"Assets": mapping.Assets, "Services": mapping.Services, "Occupations": mapping.Occupations}
	for _, tr := range res.Tables {
		want, ours := kinds[tr.Sheet]
		if !ours {
			if tr.Passed == "" {
				t.Errorf("%s was taken for %s", tr.Sheet, tr.Kind)
			}
			continue
		}
		if tr.Kind != want || tr.Mapping.Name == "" {
			t.Errorf("%s is taken for %q (%s), named %q", tr.Sheet, tr.Kind, tr.Passed, tr.Mapping.Name)
		}
		for _, c := range tr.Mapping.Columns {
			if c.Role != mapping.Mapped {
				t.Errorf("%s: column %s is not mapped: %s", tr.Sheet, c.Column, c.Reason)
			}
		}
	}
	if !res.Counts.Adds() || len(res.Changes.Assets) != 2 || len(res.Changes.Services) < 2 || len(res.Changes.Occupations) != 2 {
		t.Errorf("%+v, %d services, %d seats", res.Counts, len(res.Changes.Services), len(res.Changes.Occupations))
	}
	a := assetNamed(t, res, "Town Hall")
	if a.Reference != "00012" || a.Tenure.Expiry != "2031-06-01" || a.Tenure.NoticeMonths != 6 || a.Costs.Get(model.CostRent).Value != 10000 || a.Costs.Get(model.CostReception).Value != 900 || a.Income.Value != 700 || a.Condition != "B" || a.LandArea.Value != 0.4 ||
		a.Energy.Get(model.Gas).Value != 200000 || a.Use != model.UseTownHall || a.Capacity.Value != 300 || a.Backlog.Value != 900000 {
		t.Errorf("%+v", a)
	}
	for _, f := range res.Findings {
		if f.Severity == model.Problem {
			t.Errorf("row %d %s: %s", f.Row, f.Column, f.Message)
		}
	}
}
