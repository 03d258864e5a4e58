package units_test

import (
	"math"
	"testing"

	"github.com/planting-the-flag/flagstone/importers/units"
)

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-6*math.Max(1, math.Abs(b)) }

func TestNumbers(t *testing.T) {
	for text, want := range map[string]float64{
		"0": 0, "12": 12, "-3.5": -3.5, "1,234": 1234, "1,234,567.89": 1234567.89, "1 234 567": 1234567, "1 234": 1234, "(1,234)": -1234, "1,234-": -1234, "−5": -5,
		"1.234,50": 1234.5, "1.234.567": 1234567, "0,5": 0.5, "12,50": 12.5, "1'000": 1000, "1.5E3": 1500, "+7": 7, " 42 ": 42, "nil": 0, "Nil": 0, ".5": 0.5, "12,34,567": 1234567, "'007": 7,
	} {
		if got, err := units.Number(text); err != nil || !near(got, want) {
			t.Errorf("%q reads as %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "-", "abc", "1,23,4", "1.2.3.4,5,6", "0x10", "inf", "NaN", "1_000_", "12 Main St", "10-20", "£5", "5%", "1e999"} {
		if got, err := units.Number(text); err == nil {
			t.Errorf("%q reads as %v; it is not a plain number", text, got)
		}
	}
}

func TestQuantities(t *testing.T) {
	for _, c := range []struct {
		text string
		base float64
		unit string
	}{
		{"0.537 hectares (1.33 acres)", 5370, "ha"}, {"1,250 sq ft", 116.1288, "sq ft"}, {"1,250sq.ft.", 116.1288, "sq ft"}, {"250 m2", 250, "m²"}, {"250m²", 250, "m²"}, {"2.5 acres", 10117.141, "acres"},
		{"£1.2m", 1.2e6, "£"}, {"£350k", 350000, "£"}, {"(£500)", -500, "£"}, {"-£500", -500, "£"}, {"£12,500 p.a.", 12500, "£"}, {"£12,500 a year", 12500, "£"}, {"$2,000", 2000, "US$"}, {"€1.234,50", 1234.5, "€"}, {"£1.5 million", 1.5e6, "£"},
		{"45%", 0.45, "%"}, {"1.2 GWh", 1.2e6, "kWh"}, {"12 MWh", 12000, "MWh"}, {"100 GJ", 27777.7778, "GJ"}, {"10 therms", 293.071, "therms"}, {"1000 kBtu", 293.07107, "kBtu"}, {"c. 300 m2", 300, "m²"}, {"approx 40", 40, ""},
		{"120 FTE", 120, "FTE"}, {"3 ha", 30000, "ha"},
	} {
		q, err := units.Quantity(c.text)
		if err != nil || !near(q.Base(), c.base) {
			t.Errorf("%q reads as %v (%v %s), %v; want %v", c.text, q.Base(), q.Number, q.Unit.Symbol, err, c.base)
		}
		if c.unit != "" && c.unit != "kWh" && q.Unit.Symbol != c.unit {
			t.Errorf("%q is in %q; want %q", c.text, q.Unit.Symbol, c.unit)
		}
	}
	for _, text := range []string{"see note", "12 Main Street", "3 or 4", "10 x 20 m", "1 hectare of which 0.5 leased", "£5 and £6", "M33 7ZF", "2023-01-01", ""} {
		if q, err := units.Quantity(text); err == nil {
			t.Errorf("%q reads as %+v; it is no quantity", text, q)
		}
	}
}

func TestAbsentValues(t *testing.T) {
	for text, want := range map[string]units.Absence{"": units.Empty, "N/A": units.NotApplicable, "n/a": units.NotApplicable, "-": units.NotApplicable, "–": units.NotApplicable, "TBC": units.ToConfirm, "Unknown": units.Unknown,
		"#N/A": units.NotApplicable, "null": units.Unknown, "  ": units.Empty, "0": units.Present, "nil": units.Present, "Nahar House": units.Present, "*": units.Withheld} {
		if got := units.Absent(text); got != want {
			t.Errorf("%q is %q; want %q", text, got, want)
		}
	}
}

func TestUnitsOfHeaders(t *testing.T) {
	for header, want := range map[string]string{
		"Gross internal floor area (m²)": "m²", "GIA m2": "m²", "Area (sq ft)": "sq ft", "SQ_FT": "sq ft", "Land area owned (Hectares)": "ha", "Hectares": "ha", "Square Feet": "sq ft", "Building Rentable Square Feet": "sq ft",
		"Rent £": "£", "Rent (£k)": "£k", "Rent £'000": "£k", "Rent (£000s)": "£k", "£m value": "£m", "Value (£m)": "£m", "Electricity (kWh)": "kWh", "Electricity kWh 2023/24": "kWh", "NaturalGas(therms)": "therms", "Gas_MWh": "MWh",
		"Site EUI (kBtu/ft2)": "kBtu/sq ft", "Occupancy %": "%", "Water (m3)": "m³", "Rent per annum (£)": "£", "Rent (£ a year)": "£", "Thermal energy consumption (KWh)": "kWh", "Site Energy Use (GJ)": "GJ", "Buildings on site (No.)": "number", "Rent (GBP)": "£", "Cost (USD)": "US$",
		"Total GHG Emissions (Metric Tons CO2e)": "tCO2e",
	} {
		if u, _, ok := units.InHeader(header); !ok || u.Symbol != want {
			t.Errorf("%q states %q; want %q", header, u.Symbol, want)
		}
	}
	for _, header := range []string{"Name", "UPRN", "Post Code", "Site Co-ordinates (Geocode)", "Asset Type", "Tenure Detail", "Lower Layer Super Output Areas (LSOA)", "Council has duty"} {
		if u, _, ok := units.InHeader(header); ok {
			t.Errorf("%q states %q; it states none", header, u.Symbol)
		}
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct {
		text  string
		order units.DateOrder
		y1904 bool
		want  string
	}{
		{"2023-09-29", units.DayFirst, false, "2023-09-29"}, {"29/09/2023", units.DayFirst, false, "2023-09-29"}, {"03/04/2023", units.DayFirst, false, "2023-04-03"}, {"03/04/2023", units.MonthFirst, false, "2023-03-04"},
		{"29 September 2023", units.DayFirst, false, "2023-09-29"}, {"29th Sept 2023", units.DayFirst, false, "2023-09-29"}, {"Sep-26", units.DayFirst, false, "2026-09-01"}, {"September 29, 2023", units.DayFirst, false, "2023-09-29"},
		{"1986-11-17T00:00:00Z", units.DayFirst, false, "1986-11-17"}, {"12/31/2013 0:00", units.MonthFirst, false, "2013-12-31"}, {"45000", units.DayFirst, false, "2023-03-15"}, {"43538", units.DayFirst, true, "2023-03-15"},
		{"45000.75", units.DayFirst, false, "2023-03-15"}, {"2023/24", units.DayFirst, false, "2023-04-01"}, {"2023", units.DayFirst, false, "2023-01-01"}, {"20230929", units.DayFirst, false, "2023-09-29"}, {"25-Mar-1999", units.DayFirst, false, "1999-03-25"},
		{"1.4.2026", units.DayFirst, false, "2026-04-01"}, {"24 June 2031", units.DayFirst, false, "2031-06-24"}, {"31/12/49", units.DayFirst, false, "2049-12-31"}, {"06/2027", units.DayFirst, false, "2027-06-01"}, {"Monday 3 April 2023", units.DayFirst, false, "2023-04-03"},
	} {
		if got, err := units.Date(c.text, c.order, c.y1904); err != nil || got != c.want {
			t.Errorf("%q (%s) reads as %q, %v; want %q", c.text, c.order, got, err, c.want)
		}
	}
	for _, text := range []string{"", "31/02/2023", "soon", "12", "99999999", "2023-13-01", "Marigold 2023", "1e9", "-5"} {
		if got, err := units.Date(text, units.DayFirst, false); err == nil {
			t.Errorf("%q reads as %q; it is no date", text, got)
		}
	}
	if o := units.OrderOf([]string{"12/31/2013", "01/02/2013"}); o != units.MonthFirst {
		t.Errorf("a column with 12/31 is %s", o)
	}
	if o := units.OrderOf([]string{"31/12/2013", "01/02/2013"}); o != units.DayFirst {
		t.Errorf("a column with 31/12 is %s", o)
	}
}

func TestIdentifiers(t *testing.T) {
	for text, want := range map[string]string{"00012": "00012", "12.0": "12", "A 12": "A 12", "1.5E+3": "1.5E+3", "E08000009": "E08000009"} {
		if got, err := units.Identifier(text); err != nil || got != want {
			t.Errorf("%q reads as %q, %v; want %q", text, got, err, want)
		}
	}
	if _, err := units.Identifier("1.00013E+11"); err == nil {
		t.Error("1.00013E+11 has lost its digits and was accepted")
	}
	for text, want := range map[string]string{"010000480247": "10000480247", "100012797623": "100012797623", "100012797623.0": "100012797623", "UPRN 123456": "123456"} {
		if got, err := units.UPRN(text); err != nil || got != want {
			t.Errorf("%q reads as %q, %v; want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"A123", "1234567890123", "", "0"} {
		if got, err := units.UPRN(text); err == nil {
			t.Errorf("%q reads as UPRN %q", text, got)
		}
	}
	for text, want := range map[string]string{"B": "B", "b (45)": "B", "EPC C": "C", "D 92": "D", "A+": "A+", "76": "D", "0": "A", "151": "G"} {
		if got, err := units.EnergyRating(text); err != nil || got != want {
			t.Errorf("%q reads as %q, %v; want %q", text, got, err, want)
		}
	}
}

func TestOpeningHours(t *testing.T) {
	at := func(day, part int) uint16 { return 1 << (3*day + part) }
	for _, c := range []struct {
		text    string
		has     []uint16
		without []uint16
	}{
		{"Monday to Friday, 9.30am-4pm", []uint16{at(0, 0), at(4, 1)}, []uint16{at(0, 2), 1 << 15}},
		{"Tuesdays, Wednesdays and Fridays, 10am-2pm", []uint16{at(1, 0), at(2, 1), at(4, 0)}, []uint16{at(0, 0), at(3, 0)}},
		{"Mo-Sa 08:00-18:00 | Su 10:00-16:00", []uint16{at(0, 0), at(4, 2), 1 << 15}, nil},
		{"Mon-Fri: 6:30am-10:00pm, Sat-Sun: 8:00am-6:00pm", []uint16{at(0, 0), at(4, 2), 1 << 15}, nil},
		{"24 hours", []uint16{at(3, 2), 1 << 15}, nil},
		{"Thursday evenings 6pm-9pm", []uint16{at(3, 2)}, []uint16{at(3, 0), at(2, 2)}},
	} {
		got, ok := units.Sessions(c.text)
		if !ok {
			t.Errorf("%q cannot be read", c.text)
		}
		for _, h := range c.has {
			if got&h == 0 {
				t.Errorf("%q reads as %016b; it lacks %016b", c.text, got, h)
			}
		}
		for _, h := range c.without {
			if got&h != 0 {
				t.Errorf("%q reads as %016b; it should not have %016b", c.text, got, h)
			}
		}
	}
}

func FuzzQuantity(f *testing.F) {
	for _, s := range []string{"1,234.5", "£1.2m", "(3)", "0.5 ha (1 acre)", "N/A", "1.234,5", "c. 5", "−2", "1e308", "£", "5 per", "12'000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := units.Quantity(s)
		if err == nil && (math.IsNaN(q.Number) || math.IsInf(q.Number, 0)) {
			t.Fatalf("%q reads as %v", s, q.Number)
		}
		v, err := units.Number(s)
		if err == nil && (math.IsNaN(v) || math.IsInf(v, 0)) {
			t.Fatalf("%q reads as %v", s, v)
		}
		_ = units.Absent(s)
		_, _, _ = units.InHeader(s)
		_, _ = units.Identifier(s)
		_, _ = units.UPRN(s)
		_, _ = units.EnergyRating(s)
		_, _ = units.Sessions(s)
	})
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2023-01-02", "1/2/03", "Sept 2023", "45000", "2023/24", "29 Feb 2023", "12/31/2013 0:00"} {
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, s string, y1904 bool) {
		for _, o := range []units.DateOrder{units.DayFirst, units.MonthFirst} {
			d, err := units.Date(s, o, y1904)
			if err != nil {
				continue
			}
			if len(d) != 10 || d[4] != '-' || d[7] != '-' {
				t.Fatalf("%q reads as %q", s, d)
			}
			if again, err := units.Date(d, o, y1904); err != nil || again != d {
				t.Fatalf("%q reads as %q, which reads as %q, %v", s, d, again, err)
			}
		}
	})
}
