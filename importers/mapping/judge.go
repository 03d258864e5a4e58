package mapping

import (
	"strings"

	"github.com/planting-the-flag/flagstone/importers/units"
)

// The tests look at a column's values and return a factor for the confidence – below 1 when they speak against the field, a
// little above when they speak for it – and what they saw. An Alone test gives a confidence when no word of the header speaks.

func empty(v *Values) bool { return v.Said == 0 }

func testUPRN(v *Values) (float64, string) {
	switch {
	case empty(v):
		return 0.9, "blank"
	case v.UPRN > 0.8:
		return 1.1, "values look like UPRNs"
	case v.Whole > 0.8:
		return 0.9, "numbers, though shorter than national UPRNs"
	}
	return 0.4, "values are not numbers of up to 12 digits"
}

func aloneUPRN(v *Values) (float64, string) {
	if v.UPRN > 0.9 && v.Distinct > 0.5 && v.Length >= 10.5 && v.Length <= 12.5 && v.Said >= 5 && v.Min > 1e9 {
		return 0.6, "11- and 12-digit numbers, as UPRNs are"
	}
	return 0, ""
}

func testReference(v *Values) (float64, string) {
	switch {
	case empty(v):
		return 0.5, "blank"
	case v.Length > 40 || v.Link > 0.3 || v.GSS > 0.7 || v.Postcode > 0.7:
		return 0.3, "values are not references"
	case v.Distinct > 0.9:
		return 1.1, "nearly every value differs"
	case v.Distinct > 0.15:
		return 0.95, "some values recur"
	case v.Said < 6:
		return 0.9, "too few rows to tell"
	}
	return 0.35, "values recur too often for a reference"
}

func testName(v *Values) (float64, string) {
	switch {
	case empty(v):
		return 0.5, "blank"
	case v.Link > 0.3, v.Number > 0.7, v.Postcode > 0.5, v.Date > 0.7, v.GSS > 0.5:
		return 0.15, "values are not names"
	case v.Distinct > 0.6:
		return 1.08, "words, nearly all different"
	case v.Said < 8:
		return 1, "words"
	case v.Distinct < 0.1:
		return 0.5, "the same few words"
	}
	return 0.92, "words that recur"
}

func testOrganisation(v *Values) (float64, string) {
	switch {
	case empty(v):
		return 0.4, "blank"
	case v.Link > 0.2 || v.Number > 0.5 || v.Yes > 0.5:
		return 0.1, "values are not organisations"
	case v.Tenure > 0.7 && v.Length < 25:
		return 0.3, "values are kinds of tenure"
	case v.Length < 9 && v.Digits > 0.8:
		return 0.6, "short codes"
	case v.Length < 4:
		return 0.9, "short names"
	case v.Distinct < 0.3 || v.Said < 10:
		return 1.05, "the same few names"
	}
	return 0.9, ""
}

func testAddress(v *Values) (float64, string) {
	switch {
	case empty(v):
		return 0.8, "blank"
	case v.Link > 0.2 || v.Pair > 0.6 || v.Number > 0.8 || v.Date > 0.7:
		return 0.2, "values are not addresses"
	case v.Comma > 0.4 || v.Length > 15:
		return 1.05, "long texts with commas"
	}
	return 0.95, ""
}

func testStreetNumber(v *Values) (float64, string) {
	if empty(v) {
		return 0.9, "blank"
	}
	if v.Length < 9 {
		return 1, "short"
	}
	return 0.3, "too long for a house number"
}

func testStreet(v *Values) (float64, string) {
	if !empty(v) && v.Length < 4 {
		return 0.2, "too short for streets"
	}
	return testWords(v)
}

func testWords(v *Values) (float64, string) {
	switch {
	case empty(v):
		return 0.9, "blank"
	case v.Link > 0.2 || v.Number > 0.6 || v.GSS > 0.5:
		return 0.2, "values are not words"
	}
	return 1, "words"
}

func testText(v *Values) (float64, string) {
	switch {
	case empty(v):
		return 0.9, "blank"
	case v.Link > 0.5:
		return 0.2, "links"
	case v.Number > 0.9:
		return 0.5, "numbers"
	}
	return 1, ""
}

func testTenure(v *Values) (float64, string) {
	switch {
	case empty(v):
		return 0.8, "blank"
	case v.Tenure > 0.6:
		return 1.1, "values are kinds of tenure"
	case v.Tenure > 0.2:
		return 0.9, "some values are kinds of tenure"
	case v.Number > 0.6:
		return 0.2, "numbers"
	}
	return 0.6, "values are not kinds of tenure"
}

func aloneTenure(v *Values) (float64, string) {
	hold := 0
	for _, t := range v.Top {
		if strings.Contains(t, "freehold") || strings.Contains(t, "leasehold") {
			hold++
		}
	}
	if v.Tenure > 0.9 && hold > 0 && v.Few() {
		return 0.65, "values are freehold and leasehold"
	}
	return 0, ""
}

func testDate(v *Values) (float64, string) {
	switch {
	case empty(v):
		return 0.85, "blank"
	case v.Date > 0.6:
		return 1.05, "values are dates"
	case v.Whole > 0.8 && v.Min > 15000 && v.Max < 90000:
		return 1, "numbers in the range of spreadsheet dates"
	case v.Whole > 0.8 && v.Min > 1500 && v.Max < 2200:
		return 0.9, "years"
	case v.Date > 0.2:
		return 0.8, "some values are dates"
	}
	return 0.3, "values are not dates"
}

func testYear(v *Values) (float64, string) {
	switch {
	case empty(v):
		return 0.4, "blank"
	case v.Whole > 0.8 && v.Min >= 1990 && v.Max <= 2100:
		return 1.1, "years"
	case v.Date > 0.8:
		return 0.85, "dates"
	}
	return 0.2, "values are not years"
}

func testNumber(v *Values) (float64, string) {
	switch {
	case empty(v):
		return 0.85, "blank"
	case v.Number > 0.7:
		return 1.03, "numbers"
	case v.Number > 0.3:
		return 0.8, "some numbers"
	}
	return 0.15, "values are not numbers"
}

func testArea(v *Values) (float64, string) {
	f, why := testNumber(v)
	switch {
	case empty(v):
		return f, why
	case v.Units[units.Area] > 0 && v.Units[units.Area]*2 > v.Said:
		return 1.1, "values carry a unit of area"
	case v.Number > 0.7 && v.Max <= 5 && v.Said > 5:
		return 0.6, "numbers too small for floors in m²"
	case v.Min < 0:
		return f * 0.7, "some are negative"
	}
	return f, why
}

func testLand(v *Values) (float64, string) {
	f, why := testNumber(v)
	if !empty(v) && v.Units[units.Area]*2 > v.Said {
		return 1.1, "values carry a unit of area"
	}
	return f, why
}

func testMoney(v *Values) (float64, string) {
	f, why := testNumber(v)
	if !empty(v) && v.Units[units.Money]*2 > v.Said {
		return 1.1, "values carry a currency"
	}
	return f, why
}

func testEnergy(v *Values) (float64, string) { return testNumber(v) }

func testRating(v *Values) (float64, string) {
	switch {
	case empty(v):
		return 0.9, "blank"
	case v.Rating > 0.6:
		return 1.1, "values are A to G"
	case v.Number > 0.8 && v.Max <= 500:
		return 0.9, "certificate numbers"
	case v.Rating > 0.25:
		return 0.9, "some values are A to G"
	}
	return 0.3, "values are not A to G"
}

func aloneRating(*Values) (float64, string) { return 0, "" }

func testCondition(v *Values) (float64, string) {
	if empty(v) {
		return 0.9, "blank"
	}
	if v.Few() && (v.Rating > 0.5 || v.Length < 16) {
		return 1.05, "a few grades"
	}
	return 0.6, ""
}

func testUse(v *Values) (float64, string) {
	switch {
	case empty(v):
		return 0.4, "blank"
	case v.Link > 0.2 || v.Number > 0.5 || v.Date > 0.5 || v.Yes > 0.5 || v.GSS > 0.5:
		return 0.15, "values are not words for uses"
	case holdings(v) > 0.8:
		return 0.75, "values say only land or building"
	case v.Distinct < 0.5 || v.Said < 15:
		return 1.05, "words that recur"
	}
	return 0.7, "nearly every value differs"
}

func holdings(v *Values) float64 {
	if len(v.Top) == 0 {
		return 0
	}
	n := 0
	for _, t := range v.Top {
		switch strings.Join(strings.FieldsFunc(t, func(r rune) bool { return r == ' ' || r == '/' || r == '&' || r == '+' || r == ',' || r == 's' }), " ") {
		case "land", "building", "land building", "land and building", "building land", "building and land", "tructure":
			n++
		}
	}
	return float64(n) / float64(len(v.Top))
}

func aloneHolding(v *Values) (float64, string) {
	if holdings(v) > 0.9 && v.Few() {
		return 0.85, "values are land and buildings"
	}
	return 0, ""
}
