package mapping

import (
	"strings"
)

func testPostcode(v *Values) (float64, string) {
	switch {
	case empty(v):
		return 0.9, "blank"
	case v.Postcode > 0.6 || v.Outward > 0.8:
		return 1.05, "values are postcodes"
	case v.Outward > 0.3:
		return 1, "many values are postcodes"
	case v.Length >= 3 && v.Length <= 10 && v.Distinct > 0.005:
		return 0.95, "short codes, not British postcodes"
	}
	return 0.3, "values are not postcodes"
}

func alonePostcode(v *Values) (float64, string) {
	if v.Postcode > 0.8 && v.Said >= 3 {
		return 0.8, "values are postcodes"
	}
	return 0, ""
}

func testPair(v *Values) (float64, string) {
	switch {
	case empty(v):
		return 0.8, "blank"
	case v.Pair > 0.7:
		return 1.1, "each value holds two numbers of a place"
	case v.Pair > 0.3:
		return 0.9, "many values hold two numbers of a place"
	}
	return 0.1, "values are not coordinates"
}

func alonePair(v *Values) (float64, string) {
	if v.Pair > 0.8 && v.Said >= 3 {
		return 0.7, "each value holds two numbers of a place"
	}
	return 0, ""
}

func testGridRef(v *Values) (float64, string) {
	if empty(v) {
		return 0.9, "blank"
	}
	if v.GridRef > 0.6 {
		return 1.1, "values are grid references"
	}
	return 0.3, "values are not grid references"
}

func aloneGridRef(v *Values) (float64, string) {
	if v.GridRef > 0.9 && v.Postcode < 0.3 && v.Length > 8 && v.Said >= 3 {
		return 0.8, "values are grid references"
	}
	return 0, ""
}

func testSmallArea(v *Values) (float64, string) {
	switch {
	case empty(v):
		return 0.8, "blank"
	case v.SmallGSS > 0.7:
		return 1.1, "codes of small areas"
	}
	return 0.2, "values are not codes of small areas"
}

func testAreaCode(v *Values) (float64, string) {
	switch {
	case empty(v):
		return 0.5, "blank"
	case v.GSS > 0.7:
		return 1.1, "codes of statistical areas"
	case v.Number > 0.8 || v.Length > 15:
		return 0.6, ""
	}
	return 0.8, ""
}

func aloneAreaCode(v *Values) (float64, string) {
	if v.SmallGSS > 0.8 && v.Said >= 3 {
		return 0.75, "codes of small areas"
	}
	return 0, ""
}

func testCategory(v *Values) (float64, string) {
	if v.Few() && v.Number < 0.5 && len(v.Top) >= 2 {
		return 1.05, "a few categories"
	}
	return 0.4, ""
}

func testYes(v *Values) (float64, string) {
	if v.Yes > 0.5 || empty(v) {
		return 1, "yes and no"
	}
	return 0.5, ""
}

func testFuel(v *Values) (float64, string) {
	n := 0
	for _, t := range v.Top {
		if strings.Contains(t, "gas") || strings.Contains(t, "elec") || strings.Contains(t, "oil") || strings.Contains(t, "heat") || strings.Contains(t, "power") {
			n++
		}
	}
	if n > 0 {
		return 1.1, "values are fuels"
	}
	return 0.2, "values are not fuels"
}

// testWhere looks at a column that says in which building something is: by name, code or number, and never a count.
func testWhere(v *Values) (float64, string) {
	switch {
	case empty(v):
		return 0.9, "blank"
	case v.Link > 0.5 || v.Date > 0.5 || v.Yes > 0.5:
		return 0.2, "values are not buildings"
	case v.UPRN > 0.8:
		return 1, "values look like UPRNs"
	case v.Number > 0.9 && (v.Median <= 3 || v.Whole < 0.9):
		return 0.3, "values are counts, not codes of buildings"
	case v.Number > 0.9:
		return 0.7, "numbers"
	}
	return 1, ""
}
