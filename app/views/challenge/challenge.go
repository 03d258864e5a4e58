// Package challenge is the place that asks of every building how good it is and
// how much it is needed: a quadrant to look at, weights to move, a list to work
// through.
//
// It shows scores; it computes none.
package challenge

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/glossary"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/challenge"
)

// criterionWords say each criterion as a question a councillor would ask.
var criterionWords = map[challenge.Criterion][2]string{
	challenge.Condition:   {words.Later("Condition"), words.Later("Backlog of repairs for its size")},
	challenge.Cost:        {words.Later("Running cost"), words.Later("Running cost for its size")},
	challenge.Energy:      {words.Later("Energy"), words.Later("Energy used for its size")},
	challenge.Suitability: {words.Later("Suitability"), words.Later("How well it suits its use, judged by people")},
	challenge.Value:       {words.Later("Value"), words.Later("Market value for its size: a high one is a reason to ask")},
	challenge.Utilisation: {words.Later("Use of space"), words.Later("Share of the floor that teams and services take")},
	challenge.Access:      {words.Later("Access"), words.Later("Residents within reach")},
	challenge.Sufficiency: {words.Later("Sufficiency"), words.Later("Whether it is large enough for who is there")},
}

// quadrantWords name the quadrants; the mark of each goes with it.
var quadrantWords = map[challenge.Quadrant]string{
	challenge.RetainIt:  words.Later("Good and needed: keep"),
	challenge.InvestIn:  words.Later("Needed, not good: invest"),
	challenge.Repurpose: words.Later("Good, not needed: another use"),
	challenge.Release:   words.Later("Neither: let go"),
	challenge.Unknown:   words.Later("Too little known"),
}

// Row is one building, ready for display.
type Row struct {
	ID                        model.AssetID
	Name, Use, Question, Note string
	Fitness, Need, Stability  model.Figure
	fitness, need, stability  string
	quadrant                  challenge.Quadrant
	terms                     []challenge.Term
	x, y                      float64
	hasFitness, hasNeed       bool
}

// View is the place.
type View struct {
	desk    *app.Desk
	chart   *Quadrant
	table   *widgets.DataTable[Row]
	count   *widget.Label
	missing *widget.Label // what is not known, and how to bring it; hidden when nothing is
	weights map[challenge.Criterion]float64
	scores  map[model.AssetID]*challenge.Score
	gen     int
	of      *app.Snapshot // that was scored last, or is being scored
	cancel  context.CancelFunc
	object  fyne.CanvasObject
	// OnScored is told when there are new scores.
	OnScored func()
}

// New makes the place.
func New(d *app.Desk) *View {
	v := &View{desk: d, weights: map[challenge.Criterion]float64{}, count: widget.NewLabel("")}
	v.count.Importance = widget.LowImportance
	v.count.Truncation = fyne.TextTruncateEllipsis
	v.missing = widgets.NewProse("")
	v.missing.Hide()
	v.chart = NewQuadrant(d.Post, func(id string) { d.Select(app.OneAsset, id) })
	type c = widgets.Column[Row]
	pct := func(f func(*Row) model.Figure) func(*Row) model.Figure { return f }
	v.table = widgets.NewDataTable([]c{
		{ID: "name", Label: words.T("Building"), Width: 180, Grow: true, Text: func(r *Row) string { return r.Name }},
		{ID: "question", Label: words.T("What it asks"), Width: 216, Choices: true, Text: func(r *Row) string { return r.Question }},
		{ID: "fitness", Label: words.T("How good"), Width: 100, Numeric: true, Tip: glossary.Tip("fitness"), Text: func(r *Row) string { return r.fitness }, Figure: pct(func(r *Row) model.Figure { return r.Fitness })},
		{ID: "need", Label: words.T("How needed"), Width: 112, Numeric: true, Tip: glossary.Tip("need"), Text: func(r *Row) string { return r.need }, Figure: pct(func(r *Row) model.Figure { return r.Need })},
		{ID: "stability", Label: words.T("Holds"), Width: 112, Numeric: true, Tip: glossary.Tip("stability"), Text: func(r *Row) string { return r.stability }, Figure: pct(func(r *Row) model.Figure { return r.Stability })},
		{ID: "use", Label: words.T("Use"), Width: 90, Choices: true, Tip: glossary.Tip("use"), Text: func(r *Row) string { return r.Use }},
	}, func(r *Row) string { return string(r.ID) }, d.Post)
	v.table.Placeholder = words.T("Buildings with a known floor area are scored here.")
	v.table.OnSelected = func(id string) { d.Select(app.OneAsset, id) }
	v.table.OnOpened = func(id string) { d.Select(app.OneAsset, id); d.GoTo("map") }
	v.table.SortBy("need", false)
	heading := widgets.NewSub(words.T("What counts, and how much"))
	heading.Wrapping = fyne.TextWrapWord
	side := container.NewBorder(widgets.Inset(4, 8, container.NewVBox(heading)), nil, nil, nil, container.NewVScroll(widgets.Inset(0, 8, v.sliders())))
	top := container.NewBorder(nil, nil, nil, widgets.Wide(232, side), container.NewBorder(widgets.Inset(4, 8, container.NewVBox(v.count, v.missing)), nil, nil, nil, widgets.Inset(0, 8, v.chart)))
	v.object = widgets.SplitOver("challenge", 0.58, widgets.AtLeast(0, 120, top), widgets.AtLeast(0, 100, v.table))
	d.On(app.ProjectChanged, func() {
		if s := d.Snapshot(); s == nil || v.of == nil || !sameGround(s.Project, v.of.Project) {
			v.run()
		}
	})
	d.On(app.SelectionChanged, func() {
		id := ""
		if s := d.Selection(); s.Kind == app.OneAsset {
			id = s.ID
		}
		v.table.Choose(id)
		v.chart.Choose(id)
	})
	return v
}

// Object is what the shell shows.
func (v *View) Object() fyne.CanvasObject { return v.object }

// Focus is where keys go.
func (v *View) Focus() fyne.Focusable { return v.table }

// Shown is how many buildings are listed.
func (v *View) Shown() (shown, all int) { return v.table.Count() }

// Restyle redraws after a change of theme.
func (v *View) Restyle() { v.chart.Restyle() }

// heaviest is how much more than another a criterion can be made to count.
const heaviest = 3

func (v *View) sliders() fyne.CanvasObject {
	box := container.NewVBox()
	group := func(title string, list []challenge.Criterion) {
		box.Add(widgets.NewCaption(title))
		for _, c := range list {
			v.weights[c] = 1
			s := widget.NewSlider(0, heaviest)
			s.Step, s.Value = 0.5, 1
			says := widget.NewLabel(weighs(s.Value))
			s.OnChanged = func(x float64) { says.SetText(weighs(x)) }
			s.OnChangeEnded = func(x float64) { v.weights[c] = x; v.run() }
			name := widgets.NewTipped(words.T(criterionWords[c][0]), words.T(criterionWords[c][1]))
			box.Add(container.NewBorder(nil, nil, widgets.Wide(92, name), widgets.Wide(52, says), s))
		}
	}
	group(words.T("How good is it?"), challenge.Fitness)
	group(words.T("How much is it needed?"), challenge.Need)
	return box
}

// weighs says how much a criterion counts, an equal share being 1.
func weighs(x float64) string {
	if x == 0 {
		return words.T("no")
	}
	return "× " + strings.TrimSuffix(format.Number(x, 1), ".0")
}

// sameGround says whether all that scores are made from is shared by two
// projects: a scenario that is edited changes none.
func sameGround(a, b *model.Project) bool {
	return shared(a.Assets, b.Assets) && shared(a.Services, b.Services) && shared(a.Occupations, b.Occupations) && shared(a.Population, b.Population) &&
		shared(a.Organisations, b.Organisations) && shared(a.Boundaries, b.Boundaries) && shared(a.Assumptions, b.Assumptions) && a.ParameterSet == b.ParameterSet && a.BaseYear == b.BaseYear
}

func shared[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// run scores again in a job; the last request wins.
func (v *View) run() {
	if v.cancel != nil {
		v.cancel()
	}
	v.gen++
	ws, snap := v.desk.Workspace(), v.desk.Snapshot()
	if ws == nil || snap == nil {
		v.table.SetRows(nil)
		v.chart.Set(nil, bothAxes)
		v.scores, v.of = nil, nil
		return
	}
	v.of = snap
	gen, weights := v.gen, map[challenge.Criterion]float64{}
	for k, x := range v.weights {
		weights[k] = x
	}
	v.cancel = v.desk.Jobs.Start(words.T("Scoring buildings"), func(ctx context.Context, _ *jobs.Progress) error {
		scores, err := ws.Challenge(ctx, weights)
		if err != nil {
			if !errors.Is(err, context.Canceled) {
				v.desk.Post(func() {
					v.of = nil
					v.desk.Tell(app.Explain(words.T("Buildings could not be scored"), err))
				})
			}
			return err
		}
		rows := makeRows(snap, scores)
		by := make(map[model.AssetID]*challenge.Score, len(scores))
		for i := range scores {
			by[scores[i].Asset] = &scores[i]
		}
		placed, alone := spread(rows)
		says, lacks := summary(rows), missing(rows)
		onlyFit := !slices.ContainsFunc(rows, func(r Row) bool { return r.hasNeed })
		v.desk.Post(func() {
			if gen != v.gen {
				return
			}
			v.scores = by
			v.table.SetRows(rows)
			v.chart.Set(placed, alone)
			if v.count.Text != says {
				v.count.SetText(says)
			}
			v.tellMissing(lacks)
			if id, desc := v.table.Sorting(); id == "need" && !desc && onlyFit {
				v.table.SortBy("fitness", false) // the only axis there is
			}
			if v.OnScored != nil {
				v.OnScored()
			}
		})
		return nil
	})
}

func summary(rows []Row) string {
	n := map[challenge.Quadrant]int{}
	for i := range rows {
		n[rows[i].quadrant]++
	}
	if len(rows) == 0 {
		return words.T("No building has a known floor area yet.")
	}
	if n[challenge.Unknown] == len(rows) {
		return format.Counted(len(rows), "%s building scored on what is known.", "%s buildings scored on what is known.")
	}
	s := format.Counted(n[challenge.Release], "%s building is neither good nor needed", "%s buildings are neither good nor needed")
	if k := n[challenge.Unknown]; k > 0 {
		s += words.F("; too little is known about %s", format.Whole(float64(k)))
	}
	return words.F("%s. Of %s scored.", s, format.Whole(float64(len(rows))))
}

func makeRows(s *app.Snapshot, scores []challenge.Score) []Row {
	hundred := func(x float64) model.Figure { return model.Figure{Value: 100 * x, Grade: model.Stated} }
	out := make([]Row, 0, len(scores))
	for i := range scores {
		sc := &scores[i]
		a := s.Asset(sc.Asset)
		if a == nil {
			continue
		}
		r := Row{ID: sc.Asset, Name: format.Name(a.Name), Use: format.Word(string(a.Use)), Question: words.T(quadrantWords[sc.Quadrant]), quadrant: sc.Quadrant, terms: sc.Terms, x: sc.Need, y: sc.Fitness}
		r.hasFitness, r.hasNeed = known(sc.Terms, challenge.Fitness), known(sc.Terms, challenge.Need)
		r.fitness, r.need, r.stability = format.NotKnown(), format.NotKnown(), format.NotKnown()
		if r.hasFitness {
			r.Fitness, r.fitness = hundred(sc.Fitness), format.Whole(100*sc.Fitness)
		}
		if r.hasNeed {
			r.Need, r.need = hundred(sc.Need), format.Whole(100*sc.Need)
		}
		if sc.Quadrant == challenge.Unknown {
			r.Question = half(&r, sc)
		} else {
			r.Stability = hundred(sc.Stability)
			r.stability = format.Whole(100*sc.Stability) + "%"
			if sc.ByJudgement {
				r.stability += words.T(", judge")
			}
		}
		out = append(out, r)
	}
	return out
}

// known says whether anything that counts on an axis is known.
func known(terms []challenge.Term, axis []challenge.Criterion) bool {
	return slices.ContainsFunc(terms, func(t challenge.Term) bool {
		return t.Known && t.Weight > 0 && slices.Contains(axis, t.Criterion)
	})
}

// half asks what one known axis asks.
func half(r *Row, sc *challenge.Score) string {
	switch {
	case r.hasFitness && sc.Fitness >= 0.5:
		return words.T("Good: is it needed?")
	case r.hasFitness:
		return words.T("Not good: is it needed?")
	case r.hasNeed && sc.Need >= 0.5:
		return words.T("Needed: how good is it?")
	case r.hasNeed:
		return words.T("Not needed: how good is it?")
	}
	return words.T(quadrantWords[challenge.Unknown])
}

// tellMissing says what is not known of many buildings and how to bring it.
func (v *View) tellMissing(text string) {
	if v.missing.Text == text {
		return
	}
	v.missing.SetText(text)
	if text == "" {
		v.missing.Hide()
	} else {
		v.missing.Show()
	}
}

// missing is empty unless an axis is unknown of half the buildings or more.
func missing(rows []Row) string {
	good, need := 0, 0
	for i := range rows {
		if !rows[i].hasFitness {
			good++
		}
		if !rows[i].hasNeed {
			need++
		}
	}
	var out []string
	if n := len(rows); n > 0 && 2*need >= n {
		out = append(out, words.F("How much they are needed is not known of %s of %s. Drop a spreadsheet that says who works where, how much floor is not used, or where residents live.",
			format.Whole(float64(need)), format.Whole(float64(n))))
	}
	if n := len(rows); n > 0 && 2*good >= n {
		out = append(out, words.F("How good they are is not known of %s of %s. Drop a spreadsheet with running costs, energy, backlog of repairs or values.",
			format.Whole(float64(good)), format.Whole(float64(n))))
	}
	return strings.Join(out, " ")
}

// FactsOf opens the score of a building for the detail pane.
func (v *View) FactsOf(id model.AssetID) []widgets.Fact {
	sc := v.scores[id]
	if sc == nil {
		return nil
	}
	f := []widgets.Fact{{Section: words.T("Challenge")}, {Value: words.T(quadrantWords[sc.Quadrant]), Prose: true}}
	for _, t := range sc.Terms {
		if !t.Known {
			continue
		}
		f = append(f, widgets.Fact{Label: words.T(criterionWords[t.Criterion][0]), Value: words.F("%s of 100", format.Whole(100*t.Score)), Modelled: t.Grade.Modelled(),
			Tip: format.Counted(t.Peers, "%[2]s: %[3]s, ranked among %[1]s building. %[4]s", "%[2]s: %[3]s, ranked among %[1]s buildings. %[4]s", words.T(criterionWords[t.Criterion][1]), strings.TrimSpace(format.Number(t.Raw, 2)+" "+t.Unit), format.Evidence(t.Grade, ""))})
	}
	return f
}

// mark is how a quadrant is drawn.
func mark(q challenge.Quadrant) look.Mark {
	m := look.Marks()
	switch q {
	case challenge.RetainIt:
		return m[3]
	case challenge.InvestIn:
		return m[0]
	case challenge.Repurpose:
		return m[1]
	case challenge.Release:
		return m[2]
	}
	return m[7]
}
