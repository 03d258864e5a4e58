package format_test

import (
	"math"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

func TestPounds(t *testing.T) {
	for v, want := range map[float64]string{
		0: "£0", 0.4: "£0", 12: "£12", -950: "−£950", 9994: "£9,994", 9996: "£10.0k", 12345: "£12.3k", 123456: "£123k", 999499: "£999k",
		999600: "£1.00m", 4560000: "£4.56m", -12340000: "−£12.3m", 123400000: "£123m", 1234000000: "£1.23bn",
	} {
		if got := format.Pounds(v); got != want {
			t.Errorf(words.T("%g is %q, wanted %q"), v, got, want)
		}
	}
	for _, v := range []float64{math.NaN(), math.Inf(1)} {
		if got := format.Pounds(v); got != format.Missing {
			t.Errorf(words.T("%g is %q"), v, got)
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{format.Whole(1234567), "1,234,567"}, {format.Whole(-1234), "−1,234"}, {format.Whole(-0.2), "0"}, {format.Number(0.125, 2), "0.12"},
		{format.ExactPounds(-1234.5), "−£1,234.50"}, {format.Signed("£5", 5), "+£5"}, {format.Signed("−£5", -5), "−£5"}, {format.Signed("£0", 0.2), "£0"},
		{format.Percent(0.125), "12.5%"}, {format.Percent(1), "100%"}, {format.Year(2026), "2026/27"}, {format.Year(0), words.T("not known")},
		{format.Date("2028-03-03"), words.T("3 March 2028")}, {format.Date("2028-03-03T10:00:00Z"), words.T("3 March 2028")}, {format.Date("spring"), "spring"}, {format.Date(""), words.T("not known")},
		{format.Count(1, "asset", "assets"), words.T("1 asset")}, {format.Count(1200, "asset", "assets"), words.T("1,200 assets")},
		{format.Figure(model.Figure{}, format.Whole), words.T("not known")}, {format.Figure(model.Figure{Grade: model.Stated}, format.Whole), "0"},
		{format.Short("Sale Town Hall", 20), "Sale Town Hall"}, {format.Short("Sale Town Hall", 6), "Sale…"}, {format.Short("Tŷ Cŵn", 6), "Tŷ Cŵn"},
		{format.Remaining(-1), ""}, {format.Remaining(45 * time.Second), words.T("50 seconds left")}, {format.Remaining(5 * time.Minute), words.T("5 minutes left")},
	} {
		if c.got != c.want {
			t.Errorf(words.T("%q, wanted %q"), c.got, c.want)
		}
	}
}
