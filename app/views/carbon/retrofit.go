package carbon

import (
	"context"
	"strings"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/reports/chart"
)

// retrofits is what the measures of one scenario come to, ready for display.
type retrofits struct {
	c  *appraisal.Comparison
	id model.ScenarioID

	curve    *chart.Chart
	steps    []Step
	says     string // what the curve comes to
	measures []Measure
	burning  []Burning
	other    bool // some measure changes a fuel besides gas and electricity
	planned  bool // the scenario has retrofits; otherwise the curve is of what could be
	now      string
	still    string
}

// namer gives the name of a building.
type namer func(model.AssetID) string

// gather works out everything that is shown about retrofits. It takes as long as
// an appraisal of the whole estate when the scenario has none.
func gather(ctx context.Context, c *appraisal.Comparison, id model.ScenarioID, name namer) (*retrofits, error) {
	r := &retrofits{c: c, id: id}
	found, err := outcome.Retrofits(c, id)
	if err != nil {
		return nil, err
	}
	scenario := ""
	for i := range c.Options {
		if c.Options[i].Scenario.ID == id {
			scenario = c.Options[i].Scenario.Name
		}
	}
	r.planned = len(found) > 0
	if r.planned {
		r.ofScenario(found, scenario, name)
	} else {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r.says = words.F("No retrofit is planned in “%s”, and no building has the energy use and floor area on record that a measure could be priced from. Give them in the portfolio.", scenario)
		if c.Project != nil {
			steps, year, err := outcome.Potential(c.Project, appraisal.Options{Set: c.Set})
			if err != nil {
				return nil, err
			}
			if len(steps) > 0 {
				r.ofEstate(steps)
				r.says = words.F("No retrofit is planned in “%s” yet. This is what each measure would save if every building with energy use on record had it in %s, as in the papers. To plan one, add the action “Retrofit” in the scenarios.", scenario, format.Year(year))
			}
		}
		r.now = words.F("No building is retrofitted in “%s”. Choose one below that burns most, and add the action “Retrofit” for it in the scenarios.", scenario)
	}
	return r, r.stillBurning(name)
}

func (r *retrofits) ofScenario(found []outcome.Installed, scenario string, name namer) {
	var blocks []chart.Block
	buildings := map[model.AssetID]bool{}
	paying, tonnes, cost, capital := 0, 0.0, 0.0, 0.0
	for i := range found {
		m := &found[i]
		label := words.T(outcome.MeasureLabel(m.Measure.Measure))
		key := strings.Join([]string{string(m.Action), string(m.Asset), m.Measure.Measure}, "\t")
		row := Measure{Key: key, Asset: m.Asset, Trace: appraisal.MeasureFigure(m.Action, m.Asset, m.Measure.Measure),
			Name: name(m.Asset), Label: label, Year: format.Year(m.Year), Cost: known(m.Capital), Gas: known(m.KWh[model.Gas]), Electric: known(m.KWh[model.Electricity]), Tonnes: known(m.Tonnes)}
		other := 0.0
		for f, v := range m.KWh {
			if f != model.Gas && f != model.Electricity {
				other += v
			}
		}
		row.Other = known(other)
		r.other = r.other || other != 0
		row.perTonne = words.T("saves nothing")
		if m.Tonnes > 0 {
			row.PerTonne, row.perTonne = known(m.PerTonne), format.Whole(m.PerTonne)
			tonnes, cost = tonnes+m.Tonnes, cost+m.Cost
			if m.PerTonne < 0 {
				paying++
			}
			blocks = append(blocks, chart.Block{Label: row.Name + ": " + label, Width: m.Tonnes, Height: m.PerTonne})
			r.steps = append(r.steps, newStep(len(blocks), row.Key, label, row.Name, m.Tonnes, m.PerTonne))
			s := &r.steps[len(r.steps)-1]
			s.Asset, s.Trace = row.Asset, row.Trace
		}
		capital += m.Capital
		buildings[m.Asset] = true
		row.write()
		r.measures = append(r.measures, row)
	}
	r.now = words.F("%s in %s: %s to install, %s t saved over the period, kilowatt-hours a year in the first full year.", format.Count(len(found), "measure", "measures"),
		format.Count(len(buildings), "building", "buildings"), format.Pounds(capital), format.Tonnes(tonnes))
	r.says = words.F("Each block is one measure in one building of “%s”: as wide as the tonnes it saves over the period, as high as a tonne costs, savings on bills taken off.", scenario)
	if len(blocks) == 0 {
		r.says = words.F("No measure planned in “%s” saves carbon.", scenario)
		return
	}
	title := words.F("%s: no measure pays for itself", scenario)
	if paying > 0 {
		title = words.F("%s: %s of %s measures pay for themselves", scenario, format.Whole(float64(paying)), format.Whole(float64(len(blocks))))
	}
	title = words.F("%s, all together %s a tonne", title, format.Pounds(cost/tonnes))
	r.curve = r.draw(title, blocks)
}

func (r *retrofits) ofEstate(steps []outcome.Step) {
	var blocks []chart.Block
	paying := 0
	for i := range steps {
		s := &steps[i]
		label := words.T(outcome.MeasureLabel(s.Measure))
		blocks = append(blocks, chart.Block{Label: label, Width: s.Tonnes, Height: s.PerTonne()})
		r.steps = append(r.steps, newStep(i+1, s.Measure, label, format.Count(s.Buildings, "building", "buildings"), s.Tonnes, s.PerTonne()))
		if s.PerTonne() < 0 {
			paying++
		}
	}
	title := words.T("Across the estate no measure would pay for itself")
	if paying > 0 {
		title = words.F("Across the estate %s of %s measures would pay for themselves", format.Whole(float64(paying)), format.Whole(float64(len(blocks))))
	}
	r.curve = r.draw(title, blocks)
}

// draw makes the curve, with the value of a tonne in the first year as the
// papers have it.
func (r *retrofits) draw(title string, blocks []chart.Block) *chart.Chart {
	b := chart.Blocks{Blocks: blocks}
	if central, ok := r.c.Paths["carbon.central"]; ok {
		b.Level = &chart.Reference{Name: words.F("value of a tonne in %s: %s", format.Year(r.c.BaseYear), format.Pounds(central.At(r.c.BaseYear))), Value: central.At(r.c.BaseYear)}
	}
	return &chart.Chart{Title: title, Source: words.F("Flagstone, %s", r.c.SetName), X: chart.Axis{Label: words.T("tCO₂e saved over the period"), Unit: chart.Unit{Suffix: " t"}},
		Y: chart.Axis{Label: words.T("£ a tonne, present cost less savings on bills"), Unit: chart.Unit{Kind: chart.Pounds}}, Plot: b}
}

func (r *retrofits) stillBurning(name namer) error {
	list, year, err := outcome.StillBurning(r.c, r.id)
	if err != nil {
		return err
	}
	sum := 0.0
	for i := range list {
		b := &list[i]
		x := Burning{Asset: b.Asset, Trace: appraisal.BurningFigure(b.Asset, year), Name: name(b.Asset), Gas: known(b.Gas), Oil: known(b.Oil), Tonnes: known(b.Tonnes),
			gas: format.Whole(b.Gas), oil: format.Whole(b.Oil), tonnes: format.Tonnes(b.Tonnes)}
		sum += b.Tonnes
		r.burning = append(r.burning, x)
	}
	r.still = words.F("No building burns gas or oil in %s.", format.Year(year))
	if len(list) > 0 {
		r.still = format.Counted(len(list), "What could still be done: %s building burns gas or oil in %s and emits %s t in that year.", "What could still be done: %s buildings burn gas or oil in %s and emit %s t in that year.", format.Year(year), format.Tonnes(sum))
	}
	return nil
}

// price works the retrofits of the scenario out and shows them when they are
// there.
func (v *View) price() {
	c, sc := v.desk.Comparison(), v.desk.Scenario()
	if c == nil || sc == nil || v.desk.Result(sc.ID) == nil {
		v.leave()
		v.of, v.shown = nil, nil
		v.showRetrofits(&retrofits{})
		return
	}
	if v.of == c && v.forID == sc.ID {
		return
	}
	v.leave()
	v.of, v.forID = c, sc.ID
	s, id := v.desk.Snapshot(), sc.ID
	v.busy()
	v.cancel = v.desk.Jobs.Start(words.T("Pricing the measures"), func(ctx context.Context, _ *jobs.Progress) error {
		r, err := gather(ctx, c, id, s.AssetName)
		v.desk.Post(func() {
			switch {
			case v.of != c || v.forID != id: // others are wanted by now
			case err != nil:
				v.showRetrofits(&retrofits{says: words.T("The measures could not be priced."), now: words.T("The measures could not be priced.")})
			default:
				v.showRetrofits(r)
			}
		})
		return err
	})
}

func (v *View) leave() {
	if v.cancel != nil {
		v.cancel()
		v.cancel = nil
	}
}
