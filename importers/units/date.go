package units

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// DateOrder says how a column of dates such as 03/04/2023 is to be read.
type DateOrder string

// The orders. DayFirst is the default: the data is mostly British.
const (
	DayFirst   DateOrder = "day first"
	MonthFirst DateOrder = "month first"
)

var (
	isoDate     = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$`)
	slashDate   = regexp.MustCompile(`^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[ T].*)?$`)
	wordDate    = regexp.MustCompile(`(?i)^(?:[a-z]+day,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]+([a-z]{3,9})\.?,?[\s\-/.]+(\d{4}|\d{2})$`)
	wordFirst   = regexp.MustCompile(`(?i)^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$`)
	monthYear   = regexp.MustCompile(`(?i)^([a-z]{3,9})\.?[\s\-/']+(\d{4}|\d{2})$`)
	yearMonth   = regexp.MustCompile(`^(\d{4})-(\d{2})$`)
	numYear     = regexp.MustCompile(`^(\d{1,2})/(\d{4})$`)
	compactDate = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	finYear     = regexp.MustCompile(`^(?:fy\s*)?(\d{4})\s*[/\-–]\s*(\d{2}|\d{4})$`)
	bareYear    = regexp.MustCompile(`^(1[6-9]\d\d|20\d\d|2100)(?:\.0)?$`)
)

var months = map[string]time.Month{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}

func monthOf(word string) (time.Month, bool) {
	w := strings.ToLower(word)
	if len(w) < 3 {
		return 0, false
	}
	m, ok := months[w[:3]]
	if !ok || !strings.HasPrefix(strings.ToLower(m.String()), w) && w != "sept" {
		return 0, false
	}
	return m, true
}

// Date reads a date and returns it as ISO text ("2023-09-29"). A month alone gives its first day, a financial year (2023/24) its
// 1 April, a bare year its 1 January. A number in the range of spreadsheet serials is one; date1904 says from when it counts.
func Date(s string, order DateOrder, date1904 bool) (string, error) {
	s = Trim(s)
	if len(s) > 60 || s == "" {
		return "", fmt.Errorf("is not a date")
	}
	if m := isoDate.FindStringSubmatch(s); m != nil {
		return ymd(atoi(m[1]), atoi(m[2]), atoi(m[3]))
	}
	if m := slashDate.FindStringSubmatch(s); m != nil {
		a, b, y := atoi(m[1]), atoi(m[2]), fullYear(m[3])
		if order == MonthFirst {
			a, b = b, a
		}
		return ymd(y, b, a)
	}
	if m := wordDate.FindStringSubmatch(s); m != nil {
		if mo, ok := monthOf(m[2]); ok {
			return ymd(fullYear(m[3]), int(mo), atoi(m[1]))
		}
	}
	if m := wordFirst.FindStringSubmatch(s); m != nil {
		if mo, ok := monthOf(m[1]); ok {
			return ymd(atoi(m[3]), int(mo), atoi(m[2]))
		}
	}
	if m := monthYear.FindStringSubmatch(s); m != nil {
		if mo, ok := monthOf(m[1]); ok {
			return ymd(fullYear(m[2]), int(mo), 1)
		}
	}
	if m := yearMonth.FindStringSubmatch(s); m != nil && atoi(m[2]) <= 12 {
		return ymd(atoi(m[1]), atoi(m[2]), 1)
	}
	if m := finYear.FindStringSubmatch(strings.ToLower(s)); m != nil {
		if a, b := atoi(m[1]), atoi(m[2]); b == a+1 || (len(m[2]) == 2 && b == (a+1)%100) {
			return ymd(a, 4, 1)
		}
	}
	if m := numYear.FindStringSubmatch(s); m != nil {
		return ymd(atoi(m[2]), atoi(m[1]), 1)
	}
	if m := bareYear.FindStringSubmatch(s); m != nil {
		return ymd(atoi(m[1]), 1, 1)
	}
	if m := compactDate.FindStringSubmatch(s); m != nil {
		if d, err := ymd(atoi(m[1]), atoi(m[2]), atoi(m[3])); err == nil {
			return d, nil
		}
	}
	if v, err := strconv.ParseFloat(s, 64); err == nil {
		return Serial(v, date1904)
	}
	return "", fmt.Errorf("is not a date")
}

// Serial turns a spreadsheet's day number into a date. Days before 1920 and after 2199 are refused: they are other numbers.
func Serial(v float64, date1904 bool) (string, error) {
	if math.IsNaN(v) || v < 0 || v > 110000 {
		return "", fmt.Errorf("is not a date")
	}
	day := int(math.Floor(v))
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC) // the leap day that 1900 did not have is counted from here
	if date1904 {
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	t := start.AddDate(0, 0, day)
	if t.Year() < 1920 || t.Year() > 2199 {
		return "", fmt.Errorf("is not a date")
	}
	return t.Format(time.DateOnly), nil
}

// OrderOf decides how the numbers of a column of dates are ordered: month first only when some value can be nothing else and none
// can only be day first.
func OrderOf(values []string) DateOrder {
	dayFirst, monthFirst := 0, 0
	for _, v := range values {
		if m := slashDate.FindStringSubmatch(Trim(v)); m != nil {
			a, b := atoi(m[1]), atoi(m[2])
			switch {
			case a > 12 && b <= 12:
				dayFirst++
			case b > 12 && a <= 12:
				monthFirst++
			}
		}
	}
	if monthFirst > dayFirst {
		return MonthFirst
	}
	return DayFirst
}

func ymd(y, m, d int) (string, error) {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if y < 1000 || y > 9999 || t.Year() != y || int(t.Month()) != m || t.Day() != d {
		return "", fmt.Errorf("is not a day of the calendar")
	}
	return t.Format(time.DateOnly), nil
}

func fullYear(s string) int {
	y := atoi(s)
	if len(s) <= 2 {
		if y >= 50 {
			return 1900 + y
		}
		return 2000 + y
	}
	return y
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
