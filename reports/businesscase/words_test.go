package businesscase

import (
	"testing"
)

func TestWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Pounds(1_234_567), "£1.2m"}, {Pounds(340_400), "£340k"}, {Pounds(9_412.4), "£9,412"}, {Pounds(-1_200_000), "−£1.2m"}, {Pounds(0.4), "£0"}, {Pounds(-0.4), "£0"},
		{Pounds(999_499), "£999k"}, {Pounds(999_500), "£1.0m"}, {Pounds(9_999.6), "£10k"}, {Pounds(123_400_000), "£123m"}, {Pounds(2.5e9), "£2.50bn"},
		{ExactPounds(1_234_567.5), "£1,234,568"}, {ExactPounds(-12.4), "−£12"}, {ExactPounds(-0.2), "£0"},
		{Thousands(-1_234_567), "−1,235"}, {Thousands(-499), "0"},
		{Area(12345.6), "12,346\u00a0m²"}, {Tonnes(1234), "1,234\u00a0tCO₂e"}, {Tonnes(3.44), "3.4\u00a0tCO₂e"}, {Tonnes(0), "0\u00a0tCO₂e"},
		{Percent(0.125), "12%"}, {Percent(0.034), "3.4%"}, {Percent(0.5), "50%"}, {Percent(0.02), "2%"}, {Percent(-0.034), "−3.4%"},
		{Year(2028), "2028/29"}, {Year(1999), "1999/00"}, {Year(0), "not known"},
		{Date("2028-03-03"), "3\u00a0March\u00a02028"}, {Date(""), "not known"}, {Date("soon"), "soon"},
		{counted(1), "one"}, {counted(9), "nine"}, {counted(10), "10"}, {counted(1500), "1,500"}, {counted(0), "no"},
		{listing(nil), ""}, {listing([]string{"a"}), "a"}, {listing([]string{"a", "b", "c"}), "a, b and c"},
		{short("Joint services centre", 12), "Joint servi…"}, {short("Joint services centre", 17), "Joint services…"}, {short("Hub", 12), "Hub"},
		{lower("Vacant holding"), "vacant holding"}, {lower("NHS trust"), "NHS trust"}, {capital("énergie"), "Énergie"}, {sentence("It ends"), "It ends."}, {sentence("It ends…"), "It ends…"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestWhatCanBeWorkedOut(t *testing.T) {
	for _, c := range []struct {
		name string
		rows [][]float64
		safe bool
	}{
		{"nothing", nil, true},
		{"three together", [][]float64{{1, 1, 1}}, true},
		{"two together", [][]float64{{1, 1, 0}}, false},
		{"one", [][]float64{{0, 1, 0}}, false},
		{"three and four differ by one", [][]float64{{1, 1, 1, 0}, {1, 1, 1, 1}}, false},
		{"three and five differ by two", [][]float64{{1, 1, 1, 0, 0}, {1, 1, 1, 1, 1}}, false},
		{"three and six differ by three", [][]float64{{1, 1, 1, 0, 0, 0}, {1, 1, 1, 1, 1, 1}}, true},
		{"the same three a year later", [][]float64{{1, 1, 1}, {0.97, 0.97, 0.97}}, true},
		{"one of three a year later", [][]float64{{1, 1, 1}, {1, 1, 0.97}}, false},
		{"three options together tell one", [][]float64{{1, 1, 1, 1, 0, 0}, {0, 0, 1, 1, 1, 1}, {1, 1, 0, 0, 1, 0.5}}, false},
	} {
		if got := secure(c.rows); got != c.safe {
			t.Errorf("%s: secure is %v", c.name, got)
		}
	}
	for _, c := range []struct {
		name  string
		parts map[string]float64
		safe  bool
	}{
		{"three alike", map[string]float64{"a": 100, "b": 100, "c": 100}, true},
		{"two", map[string]float64{"a": 100, "b": 100}, false},
		{"one is nearly all", map[string]float64{"a": 100, "b": 10, "c": 4}, false},
		{"a sale and two costs", map[string]float64{"a": 100, "b": -40, "c": -30}, true},
	} {
		if got := spread(c.parts); got != c.safe {
			t.Errorf("%s: spread is %v", c.name, got)
		}
	}
}

func TestWordsOfOthersReadAsThePaperDoes(t *testing.T) {
	for s, want := range map[string]string{
		"-2.7 % a year to 2040":                       "−2.7% a year to 2040",
		"grown at 1.5 % (from -3 %)":                  "Grown at 1.5% (from −3%)",
		"Flagstone catalogue default; enter your own": "No source: a default of the program, to be replaced by the place's own figure",
		"a-3 % of x-ray":                              "A-3% of x-ray",
		"project default, not sourced. Published as 25 GBP/m2; restated in 2024 prices with the GDP deflator (× 0.9612)": "No source: a default of the program, to be replaced by the place's own figure; restated in 2024 prices",
	} {
		if got := sourced(s); got != want {
			t.Errorf("%q: %q, not %q", s, got, want)
		}
	}
}
