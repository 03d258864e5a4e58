package mapping

import (
	"math"
	"regexp"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/layout"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/importers/units"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// Values is what a sample of a column's cells looks like. Shares are of the cells that say something.
type Values struct {
	Rows     int // rows looked at
	Said     int // of which say something
	Distinct float64
	Number   float64
	Whole    float64
	Date     float64
	Postcode float64 // whole postcodes
	Outward  float64 // whole or outward postcodes
	GridRef  float64
	Pair     float64 // two numbers in one cell
	UPRN     float64
	GSS      float64 // codes of statistical areas
	SmallGSS float64 // of output areas, LSOAs, MSOAs, data zones
	Link     float64
	Rating   float64
	Tenure   float64
	Yes      float64 // yes/no
	Words    float64 // cells with letters
	Comma    float64 // cells with a comma
	Digits   float64 // cells with a digit
	Length   float64 // mean length
	Min, Max float64
	Median   float64
	Top      []string // the commonest values, lower case, at most 40, when there are few
	Units    map[units.Dimension]int
	Sample   []string
}

const sampleSize = 300

var (
	gssForm   = regexp.MustCompile(`^[EWSNKJL]\d{8}$`)
	smallGSS  = regexp.MustCompile(`^([EW]0[0-2]|S0[01]|N(00|20|21)|95)\w+$`)
	gridForm  = regexp.MustCompile(`^(?:[A-Za-z]{2}\s?|[A-Za-z]\s)\d{2,5}\s?\d{2,5}\b`)
	ratingVal = regexp.MustCompile(`^(?i:[A-G]\+?)(\s*\(?\d+\)?)?$`)
)

// look takes a sample of a column, spread over the rows.
func look(b *layout.Block, col int) *Values {
	v := &Values{Units: map[units.Dimension]int{}}
	seen := map[string]int{}
	var nums []float64
	step := max(1, len(b.Rows)/sampleSize)
	var count struct{ num, whole, date, pc, out, grid, pair, uprn, gss, small, link, rating, tenure, yes, words, comma, length, digits int }
	for i := 0; i < len(b.Rows); i += step {
		v.Rows++
		c := b.Rows[i].At(col)
		if c.Blank() || c.Kind == table.Failed || c.Kind == table.Formula {
			continue
		}
		s := units.Trim(c.Text)
		if units.Absent(s) != units.Present {
			continue
		}
		v.Said++
		if len(v.Sample) < 5 {
			v.Sample = append(v.Sample, s)
		}
		low := strings.ToLower(s)
		seen[low]++
		count.length += len(s)
		if strings.ContainsAny(low, "abcdefghijklmnopqrstuvwxyz") {
			count.words++
		}
		if strings.Contains(s, ",") {
			count.comma++
		}
		if strings.ContainsAny(s, "0123456789") {
			count.digits++
		}
		if q, err := units.Quantity(s); err == nil {
			count.num++
			nums = append(nums, q.Number)
			if q.Number == math.Trunc(q.Number) {
				count.whole++
			}
			if q.Spelled {
				v.Units[q.Unit.Dimension]++
			}
		}
		if c.Kind == table.Date {
			count.date++
		} else if c.Kind != table.Number && len(s) >= 6 && strings.ContainsAny(s, "/-. ") {
			if _, err := units.Date(s, units.DayFirst, false); err == nil {
				count.date++
			} else if _, err := units.Date(s, units.MonthFirst, false); err == nil {
				count.date++
			}
		}
		if p, ok := geo.ParsePostcode(s); ok {
			count.out++
			if p.Whole() {
				count.pc++
			}
		}
		if gridForm.MatchString(s) {
			if _, err := geo.ParseGridRef(strings.SplitN(s, ",", 2)[0]); err == nil {
				count.grid++
			}
		}
		if t, err := geo.ParseText(s); err == nil && (t.Placed && !gridForm.MatchString(s) || strings.ContainsAny(s, ",; (")) {
			count.pair++
		}
		if u, err := units.UPRN(s); err == nil && len(u) >= 7 {
			count.uprn++
		}
		if gssForm.MatchString(s) {
			count.gss++
			if smallGSS.MatchString(s) {
				count.small++
			}
		}
		if strings.HasPrefix(low, "http://") || strings.HasPrefix(low, "https://") || strings.HasPrefix(low, "www.") {
			count.link++
		}
		if ratingVal.MatchString(s) {
			count.rating++
		}
		if isTenure(low) {
			count.tenure++
		}
		switch low {
		case "yes", "no", "y", "n", "true", "false":
			count.yes++
		}
	}
	if v.Said == 0 {
		return v
	}
	n := float64(v.Said)
	share := func(k int) float64 { return float64(k) / n }
	v.Distinct = share(len(seen))
	v.Number, v.Whole, v.Date = share(count.num), share(count.whole), share(count.date)
	v.Postcode, v.Outward, v.GridRef, v.Pair = share(count.pc), share(count.out), share(count.grid), share(count.pair)
	v.UPRN, v.GSS, v.SmallGSS, v.Link = share(count.uprn), share(count.gss), share(count.small), share(count.link)
	v.Rating, v.Tenure, v.Yes, v.Words, v.Comma = share(count.rating), share(count.tenure), share(count.yes), share(count.words), share(count.comma)
	v.Length = float64(count.length) / n
	v.Digits = share(count.digits)
	sort.Float64s(nums)
	if len(nums) > 0 {
		v.Min, v.Max, v.Median = nums[0], nums[len(nums)-1], nums[len(nums)/2]
	}
	if len(seen) <= 40 {
		for s := range seen {
			v.Top = append(v.Top, s)
		}
		sort.Slice(v.Top, func(i, j int) bool {
			if seen[v.Top[i]] != seen[v.Top[j]] {
				return seen[v.Top[i]] > seen[v.Top[j]]
			}
			return v.Top[i] < v.Top[j]
		})
	}
	return v
}

var tenureWords = []string{"freehold", "leasehold", "lease", "licence", "license", "tenan", "owned", "rented", "pfi", "private finance", "lift", "local investment finance", "sla", "peppercorn", "chattel", "long leasehold", "shared use", "f/h", "l/h"}

func isTenure(low string) bool {
	switch low {
	case "fh", "lh", "l", "f", "o", "own", "owner", "lessee":
		return true
	}
	for _, w := range tenureWords {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// Few says whether the column repeats a small number of values, as classes do.
func (v *Values) Few() bool { return len(v.Top) > 0 && (v.Distinct <= 0.5 || len(v.Top) <= 6) }
