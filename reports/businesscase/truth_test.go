package businesscase_test

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/reports/businesscase"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// papers are both papers in both editions.
func papers(t testing.TB, cmp *appraisal.Comparison) map[string]*document.Document {
	t.Helper()
	out := map[string]*document.Document{}
	for _, e := range []document.Edition{document.Public, document.Exempt} {
		out["case "+string(e)] = build(t, cmp, options(e))
		c, err := businesscase.CoverReport(cmp, options(e))
		if err != nil {
			t.Fatal(err)
		}
		out["cover "+string(e)] = c
	}
	return out
}

// law are the numbers of statutes, and those that the wording itself holds.
var law = regexp.MustCompile(`section 149 of the Equality Act 2010|section 123 of the Local Government Act 1972|paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972|longer than 50 years|scopes 1, 2 and 3`)

var year = regexp.MustCompile(`\b(19|20|21)[0-9]{2}(/[0-9]{2})?\b`)

// given is every text that is printed as the data have it: names, sources, notes, messages.
func given(cmp *appraisal.Comparison) string {
	var b strings.Builder
	put := func(s ...any) { fmt.Fprintln(&b, s...) }
	p := cmp.Project
	put(p.Name, p.ModelledNote, p.Attribution, cmp.SetName, cmp.Vintage, cmp.Notes)
	for i := range p.Assets {
		put(p.Assets[i].Name, p.Assets[i].Ward, p.Assets[i].Tenure)
	}
	for _, s := range p.Services {
		put(s.Name)
	}
	for _, s := range p.Scenarios {
		put(s.Name, s.Description)
		for _, a := range s.Actions {
			put(a.Reason)
		}
	}
	for _, a := range cmp.Book.All() {
		put(a.Label, a.Source, a.Unit, a.Reason)
	}
	for _, o := range cmp.Options {
		for _, c := range o.Plan.Conflicts {
			put(c.Message)
		}
		for i := range o.Plan.Streams {
			put(o.Plan.Streams[i].Source, o.Plan.Streams[i].Label)
		}
	}
	return b.String()
}

func TestEveryNumberPrintedIsBoundToAResult(t *testing.T) {
	for _, n := range []int{1, 2, 6, 50} {
		cmp := compare(t, place(n))
		allowed := map[string]bool{}
		for _, s := range document.Numbers(given(cmp)) {
			allowed[s] = true
		}
		for name, doc := range papers(t, cmp) {
			document.Walk(doc, func(r document.Inline) {
				x, ok := r.(document.Text)
				if !ok {
					return
				}
				for _, s := range document.Numbers(year.ReplaceAllString(law.ReplaceAllString(strings.ReplaceAll(x.S, "c0ffee12", ""), ""), "")) {
					if !allowed[s] {
						t.Errorf("%d buildings, %s: %q is a number that is bound to nothing, in %q", n, name, s, x.S)
					}
				}
			})
		}
	}
}

func TestEveryFieldPrintsItsValue(t *testing.T) {
	for _, n := range []int{1, 6, 50} {
		for name, doc := range papers(t, compare(t, place(n))) {
			for _, f := range document.Fields(doc) {
				if f.Key == "" {
					t.Errorf("%s: a field %q without a key", name, f.Text)
				}
				if !model.Finite(f.Value) {
					t.Errorf("%s: %s is %v", name, f.Key, f.Value)
				}
				if f.Text == document.Withheld {
					if f.Value != 0 || !f.Exempt {
						t.Errorf("%s: %s is withheld but holds %v", name, f.Key, f.Value)
					}
					continue
				}
				if !prints(f) {
					t.Errorf("%s: %s prints %q for %v %s", name, f.Key, f.Text, f.Value, f.Unit)
				}
			}
		}
	}
}

var words = map[string]float64{"no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}

// prints reports whether a field's text is its value, rounded as printed. Text may leave the sign to the words around it.
func prints(f document.Field) bool {
	if v, ok := words[strings.ToLower(f.Text)]; ok {
		return v == f.Value
	}
	nums := document.Numbers(f.Text)
	return len(nums) == 1 && near(nums[0], f.Text, f.Value)
}

// near reports whether a printed number stands for a value, in pounds, thousands, millions or per cent.
func near(num, text string, value float64) bool {
	v, err := strconv.ParseFloat(strings.ReplaceAll(num, ",", ""), 64)
	if err != nil {
		return false
	}
	places := 0
	if _, frac, dot := strings.Cut(num, "."); dot {
		places = len(frac)
	}
	for _, scale := range []float64{1, 1e3, 1e6, 1e9, 0.01} {
		switch {
		case strings.HasSuffix(text, "k") && scale != 1e3, strings.HasSuffix(text, "%") && scale != 0.01, scale == 1e6 && !strings.HasSuffix(text, "m"), scale == 1e9 && !strings.HasSuffix(text, "bn"):
			continue
		}
		if math.Abs(v*scale-math.Abs(value)) <= scale*math.Pow(10, -float64(places))*0.5000001 {
			return true
		}
	}
	return false
}

// rest is the sum of the small parts of a waterfall, which are all in the table beside it.
var rest = regexp.MustCompile(`everything else \S+`)

var counting = regexp.MustCompile(`(£?[0-9][0-9,]*(?:\.[0-9]+)?)(bn|m\b|k\b|%)?`)

func TestNumbersInCaptionsAndAlternativeTextsAreResults(t *testing.T) {
	for _, n := range []int{1, 6, 50} {
		cmp := compare(t, place(n))
		for name, doc := range papers(t, cmp) {
			var values []float64
			for _, f := range document.Fields(doc) {
				values = append(values, f.Value)
			}
			for _, r := range cmp.Options { // what a chart draws
				for _, series := range [][]float64{r.CarbonByYear} {
					values = append(values, series...)
					values = append(values, 1-series[len(series)-1]/math.Max(series[0], 1e-9))
				}
			}
			names := map[string]bool{}
			for _, s := range document.Numbers(given(cmp)) {
				names[s] = true
			}
			for _, b := range doc.Blocks {
				f, ok := b.(document.Figure)
				if !ok {
					continue
				}
				for _, m := range counting.FindAllStringSubmatch(year.ReplaceAllString(rest.ReplaceAllString(f.Chart.AltText()+" "+f.Chart.Title, ""), ""), -1) {
					num := strings.TrimPrefix(m[1], "£")
					found := names[num] || num == "60" // the line between little and well used
					for _, v := range values {
						found = found || near(strings.Trim(num, ","), m[0], v)
					}
					if !found && !strings.Contains(f.Chart.Title, "in all") && !cumulativeOf(cmp, m[0], num) {
						t.Errorf("%d buildings, %s: %q in %q is no result", n, name, m[0], f.Chart.AltText())
					}
				}
			}
		}
	}
}

// cumulativeOf reports whether a number is a cost per square metre of the estate.
func cumulativeOf(cmp *appraisal.Comparison, text, num string) bool {
	cost, area := 0.0, 0.0
	r := cmp.Options[0]
	for i := range r.Plan.Streams {
		s := &r.Plan.Streams[i]
		if s.Ledger == 0 && !s.Capital && s.Category != "backlog" && s.Category != "income" {
			cost -= r.Flows.Row(i)[0]
		}
	}
	for _, a := range cmp.Project.Assets {
		area += a.FloorArea.Value
	}
	return near(num, text, cost/area)
}

func TestTheSamePaperTwice(t *testing.T) {
	cmp := compare(t, place(20))
	one, two := papers(t, cmp), papers(t, compare(t, place(20)))
	for name := range one {
		if a, b := document.PlainText(one[name]), document.PlainText(two[name]); a != b {
			t.Errorf("%s differs between two runs", name)
		}
		if a, b := fmt.Sprintf("%+v", document.Fields(one[name])), fmt.Sprintf("%+v", document.Fields(two[name])); a != b {
			t.Errorf("%s: fields differ between two runs", name)
		}
	}
}
