package mapping_test

import (
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/importers/mapping"
)

func TestHeadersAreCutIntoWords(t *testing.T) {
	for header, want := range map[string]string{
		"OrganisationLabel": "organisation label", "GeoX": "geo x", "PostCode": "postcode", "Post Code": "postcode", "post_code": "postcode", "POSTCODE": "postcode", "Zip Code": "postcode", "ZIP": "postcode",
		"GIA (m²)": "gross internal area m2", "SITENAME": "site name", "DISTNAME": "dist name", "CLASSIFICA": "classification", "PropertyGFATotal": "property gross floor area total", "No. of Workstations": "number of workstation",
		"F/H or L/H": "freehold or leasehold", "UPRNs": "uprn", "FTEs": "fte", "LSOA21CD": "lsoa code", "Co-ordinates": "co ordinates", "Elec kWh": "electricity kwh", "lease_end_date": "lease end date", "AssetCode": "asset code",
	} {
		if got := strings.Join(mapping.Tokens(header), " "); got != want {
			t.Errorf("%q is cut into %q, want %q", header, got, want)
		}
	}
}

func TestAges(t *testing.T) {
	for text, want := range map[string]string{"aged_0_to_15": "aged 0 to 15", "16-64": "aged 16 to 64", "65+": "aged 65 and over", "Aged 65 and over": "aged 65 and over", "7": "aged 7", "90+": "aged 90 and over", "Aged under 16": "aged 0 to 15", "F0-15": "aged 0 to 15",
		"Aged 85 years and over": "aged 85 and over", "0 to 4 years": "aged 0 to 4"} {
		if a, ok := mapping.ParseAges(text); !ok || a.String() != want {
			t.Errorf("%q reads as %q, %v; want %q", text, a, ok, want)
		}
	}
	for _, text := range []string{"total", "2021", "E01006074", "16-6", "Males", ""} {
		if a, ok := mapping.ParseAges(text); ok {
			t.Errorf("%q reads as %q", text, a)
		}
	}
}

func TestFinancialYears(t *testing.T) {
	for text, want := range map[string]int{"2026/27": 2026, "2026-27": 2026, "FY 2026/27": 2026, "2026": 2026, "2026/27 (£)": 2026, "2026/27 (£k)": 2026, "2026/2027": 2026} {
		if y, ok := mapping.FinancialYear(text); !ok || y != want {
			t.Errorf("%q reads as %d, %v", text, y, ok)
		}
	}
	for _, text := range []string{"2026/28", "26/27", "Total", "1234", "Year 1"} {
		if y, ok := mapping.FinancialYear(text); ok {
			t.Errorf("%q reads as %d", text, y)
		}
	}
}

func TestEveryFieldOfTheCatalogueIsSound(t *testing.T) {
	for _, f := range mapping.Fields {
		if f.ID == "" || f.Title == "" || len(f.Groups) == 0 || len(f.Rules) == 0 {
			t.Errorf("field %+v lacks something", f.ID)
		}
		if mapping.ByID(f.ID) == nil {
			t.Errorf("field %s cannot be found", f.ID)
		}
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"OrganisationLabel", "GIA (m²)", "F/H", "LSOA21CD", "é-x", "aged_0_to_15", "2026/27 (£k)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		_ = mapping.Tokens(s)
		_ = mapping.Known(s)
		_, _ = mapping.ParseAges(s)
		_, _ = mapping.FinancialYear(s)
		_, _ = mapping.Parse([]byte(s))
	})
}
