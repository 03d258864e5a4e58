package businesscase

import (
	"sort"

	"github.com/planting-the-flag/flagstone/model/challenge"
	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// scores challenges every building. The public edition gives what a building
// would sell for no weight, so that no ranking tells a value.
func (b *builder) scores() []challenge.Score {
	opt := challenge.Options{Seed: 1}
	if b.isPublic {
		opt.Without = []challenge.Criterion{challenge.Value}
	}
	return challenge.Run(b.p, opt)
}

// quadrants in the order of the paper, each with what it asks.
var quadrants = []struct {
	q    challenge.Quadrant
	asks string
}{
	{challenge.RetainIt, "good and well used: keep"},
	{challenge.InvestIn, "well used but in poor shape: invest, or move its services somewhere better"},
	{challenge.Repurpose, "good but little used: bring services in, or find another use"},
	{challenge.Release, "in poor shape and little used: ask why it is held"},
}

// challenged says which buildings raise which question, and how sure that is.
func (b *builder) challenged() {
	scores := b.scores()
	n, area, judged := map[challenge.Quadrant]int{}, map[challenge.Quadrant]float64{}, 0
	var firm []challenge.Score
	for _, s := range scores {
		if s.Quadrant == challenge.Unknown || !costed(&s) {
			continue
		}
		n[s.Quadrant]++
		area[s.Quadrant] += b.assets[s.Asset].FloorArea.Value
		if s.ByJudgement {
			judged++
		} else if s.Quadrant == challenge.Release {
			firm = append(firm, s)
		}
	}
	total := 0
	for _, k := range n {
		total += k
	}
	if total < 5 {
		return // too few to compare with each other
	}
	b.h(2, "Which buildings to question")
	b.say("Each building with running costs on record was compared with its peers on condition, running cost, energy and use. The comparison asks a question of a building; it does not decide anything.")
	t := document.Table{Caption: "What the comparison asks of the buildings", Columns: []document.Column{{Heading: "Group", RowHeader: true, Weight: 0.8}, {Heading: "What it means", Weight: 3},
		{Heading: "Buildings", Align: document.Right, Weight: 0.7}, {Heading: "Floor area", Unit: "m²", Align: document.Right, Weight: 0.9}}}
	for _, q := range quadrants {
		k := "challenge." + string(q.q)
		t.Rows = append(t.Rows, document.R(document.CT(capital(string(q.q))), document.CT(q.asks), document.CF(plain(k+".buildings", float64(n[q.q]), 0, "")),
			document.CF(plain(k+".area", area[q.q], 0, "m²"))))
	}
	b.add1(t)
	if judged > 0 {
		b.say("For @ the group depends on how the measures are weighed: it changes in more than @ of the weightings tried, so those should be decided by judgement.",
			things("challenge.judged", judged, "building", "buildings"), percent("challenge.unstable", 1-challenge.StableFrom, document.Ungraded))
	}
	b.figure(b.challengeChart(scores))
	b.firmest(firm)
}

// firmest lists the buildings that stay in the release group however the
// measures are weighed, largest first.
func (b *builder) firmest(firm []challenge.Score) {
	if len(firm) == 0 {
		return
	}
	sort.SliceStable(firm, func(i, j int) bool {
		return b.assets[firm[i].Asset].FloorArea.Value > b.assets[firm[j].Asset].FloorArea.Value
	})
	const most = 8
	t := document.Table{Caption: "The largest buildings in poor shape and little used, whatever the weighting", Columns: []document.Column{{Heading: "Building", RowHeader: true, Weight: 2.6},
		{Heading: "Use"}, {Heading: "Floor area", Unit: "m²", Align: document.Right}, {Heading: "Used", Align: document.Right, Weight: 0.8}, {Heading: "Weightings that agree", Align: document.Right, Weight: 1.2}}}
	for _, s := range firm[:min(most, len(firm))] {
		a := b.assets[s.Asset]
		k := "challenge." + string(a.ID)
		used := document.CT(notKnown)
		for _, x := range s.Terms {
			if x.Criterion == challenge.Utilisation && x.Known {
				used = document.CF(percent(k+".used", x.Raw, document.Modelled))
			}
		}
		f := plain(k+".area", a.FloorArea.Value, 0, "m²")
		f.Grade = mark(a.FloorArea.Grade)
		t.Rows = append(t.Rows, document.R(document.CT(assetName(a)), document.CT(useWord(a.Use)), document.CF(f), used, document.CF(percent(k+".stability", s.Stability, document.Ungraded))))
	}
	if len(firm) > most {
		t.Notes = append(t.Notes, "The largest are shown; the workbook and the program list the others.")
	}
	b.add1(t)
}

// costed says whether anything besides use is known of the building.
func costed(s *challenge.Score) bool {
	for _, t := range s.Terms {
		if t.Criterion == challenge.Cost && t.Known {
			return true
		}
	}
	return false
}

// challengeChart draws need against fitness.
func (b *builder) challengeChart(scores []challenge.Score) *chart.Chart {
	half, nought, one := 0.5, 0.0, 1.0
	p := chart.Scatter{SizeName: "floor area", XSplit: &half, YSplit: &half, Quadrants: [4]string{"Invest", "Retain", "Release", "Repurpose"},
		Classes: []string{"firm", "decide by judgement"}}
	release := 0
	var largest float64
	for _, s := range scores {
		if a := b.assets[s.Asset]; costed(&s) && s.Quadrant != challenge.Unknown {
			largest = max(largest, a.FloorArea.Value)
		}
	}
	for _, s := range scores {
		if s.Quadrant == challenge.Unknown || !costed(&s) {
			continue
		}
		a := b.assets[s.Asset]
		q := chart.Point{X: s.Fitness, Y: s.Need, Size: a.FloorArea.Value}
		if a.FloorArea.Value > largest/8 {
			q.Label = short(assetName(a), 24)
		}
		if s.ByJudgement {
			q.Class = 1
		}
		if s.Quadrant == challenge.Release {
			release++
		}
		p.Points = append(p.Points, q)
	}
	if len(p.Points) < 5 {
		return nil
	}
	title := capital(counted(release)) + plural(release, " building is", " buildings are") + " in poor shape and little used"
	return &chart.Chart{Title: title, Plot: p, X: chart.Axis{Label: "condition, cost and energy against peers, best at the right", Min: &nought, Max: &one},
		Y: chart.Axis{Label: "use, most used at the top", Min: &nought, Max: &one}, Source: "the register and " + b.source(), Grade: string(document.Modelled),
		Alt: title + ". Each building is drawn by how it compares with its peers and by how much it is used. Those at the upper right are kept, upper left invested in, lower right put to other use, lower left let go."}
}
