package detail

import (
	"sort"
	"strings"
	"time"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/gaps"
)

// quality says how much of what an appraisal needs is known of an asset.
func quality(f *facts, a *model.Asset) {
	q := gaps.QualityOf(a)
	var cells []float64
	var missing, lines []string
	for _, name := range gaps.Fields() {
		v, asked := q.Fields[name]
		if !asked {
			continue
		}
		cells = append(cells, v)
		switch {
		case v == 0:
			missing = append(missing, words.T(name))
			lines = append(lines, words.F("%s: not known", format.Word(name)))
		case v < 0.5:
			lines = append(lines, words.F("%s: modelled or unsure", format.Word(name)))
		default:
			lines = append(lines, words.F("%s: known", format.Word(name)))
		}
	}
	tip := words.F("One cell for each thing that an appraisal needs, filled as surely as it is known.\n%s", strings.Join(lines, "\n"))
	*f = append(*f, widgets.Fact{Label: words.T("Data quality"), Value: words.F("%s of 100", format.Whole(100*q.Score)), Tip: tip}, widgets.Fact{Picture: widgets.Gauge{Cells: cells}})
	if len(missing) > 0 {
		f.prose(words.F("Not known: %s.", strings.Join(missing, ", ")))
	}
}

// leaseLine draws the dated events of a lease from the first year of the plan.
func leaseLine(f *facts, t model.Tenure, from int) {
	var ms []widgets.Moment
	for _, e := range []struct{ label, when string }{{words.T("Break"), t.Break}, {words.T("Review"), t.Review}, {words.T("Lease ends"), t.Expiry}} {
		if y, ok := fractionOf(e.when, 0); ok {
			ms = append(ms, widgets.Moment{Year: y, Label: e.label})
		}
	}
	if y, ok := fractionOf(t.Break, -t.NoticeMonths); ok && t.NoticeMonths > 0 {
		ms = append(ms, widgets.Moment{Year: y, Label: words.T("Give notice by"), Soft: true})
	}
	if len(ms) == 0 {
		return
	}
	sort.SliceStable(ms, func(i, j int) bool { return ms[i].Year < ms[j].Year })
	first := min(float64(from), float64(int(ms[0].Year)))
	last := max(ms[len(ms)-1].Year+1, first+6)
	*f = append(*f, widgets.Fact{Picture: widgets.Timeline{From: first, To: last, Moments: ms}})
}

// fractionOf is a date, some months later, as a fraction of years.
func fractionOf(iso string, months int) (float64, bool) {
	if iso == "" {
		return 0, false
	}
	d, err := time.Parse("2006-01-02", iso[:min(10, len(iso))])
	if err != nil {
		return 0, false
	}
	d = d.AddDate(0, months, 0)
	return float64(d.Year()) + float64(d.YearDay()-1)/366, true
}
