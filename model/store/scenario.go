package store

import (
	"fmt"
	"maps"
	"slices"

	"github.com/planting-the-flag/flagstone/model"
)

var scenarios = &list[model.Scenario]{
	of: KindScenario,
	kept: tables{root: "scenario", details: []detail{{"phase_value", "scenario"}, {"phase", "scenario"}, {"action_list", "scenario"},
		{"action_value", "scenario"}, {"action", "scenario"}, {"manual_value", "scenario"}, {"manual_stream", "scenario"}}},
	key:   func(_ int64, s *model.Scenario) string { return string(s.ID) },
	name:  nameScenario,
	items: func(p *model.Project) []model.Scenario { return p.Scenarios },
	set:   func(p *model.Project, items []model.Scenario) { p.Scenarios = items },
	clone: cloneScenario,
	tidy:  tidyScenario,
	put:   putScenarios,
	get:   getScenarios,
}

func nameScenario(s *model.Scenario) string { return quoted("scenario", s.Name, string(s.ID)) }

func cloneScenario(s *model.Scenario) *model.Scenario {
	c := *s
	c.Actions = some(slices.Clone(s.Actions))
	for i := range c.Actions {
		a := &c.Actions[i]
		a.Services = some(slices.Clone(a.Services))
		a.From = some(slices.Clone(a.From))
		a.Measures = some(slices.Clone(a.Measures))
		a.Values = maps.Clone(a.Values)
		a.Phases = some(slices.Clone(a.Phases))
		for j := range a.Phases {
			a.Phases[j].Values = maps.Clone(a.Phases[j].Values)
		}
	}
	c.Manual = some(slices.Clone(s.Manual))
	for i := range c.Manual {
		c.Manual[i].Values = some(slices.Clone(c.Manual[i].Values))
	}
	return &c
}

// tidyScenario gives actions that have no identifier the next free one of
// "x1", "x2", …
func tidyScenario(s *model.Scenario) error {
	t := &tidier{what: "Scenario", name: s.Name, id: string(s.ID)}
	id(t, "identifier", &s.ID)
	texts(&s.Name, &s.Description)
	if s.Name == "" {
		t.refuse("name", "the name is missing")
	}
	switch s.Kind {
	case model.BusinessAsUsual, model.DoMinimum, model.Option:
	default:
		t.refuse("kind", "the kind %q is none of %q, %q and %q", s.Kind, model.BusinessAsUsual, model.DoMinimum, model.Option)
	}
	taken := map[model.ActionID]bool{}
	for i := range s.Actions {
		a := &s.Actions[i]
		if a.ID == "" {
			continue
		}
		id(t, "identifier of an action", &a.ID)
		if taken[a.ID] {
			t.refuse("actions", "two actions have the identifier %q", a.ID)
		}
		taken[a.ID] = true
	}
	free := 1
	for i := range s.Actions {
		a := &s.Actions[i]
		for ; a.ID == ""; free++ {
			if next := model.ActionID(fmt.Sprintf("x%d", free)); !taken[next] {
				a.ID = next
			}
		}
		tidyAction(t, a)
	}
	for i := range s.Manual {
		m := &s.Manual[i]
		texts(&m.Label, &m.Category, &m.Source)
		texts(&m.Payer, &m.Beneficiary)
		t.grade("cash flow "+m.Label, m.Grade)
		for j := range m.Values {
			t.pounds("cash flow "+m.Label, &m.Values[j])
		}
	}
	return t.err
}

func tidyAction(t *tidier, a *model.Action) {
	text(&a.Kind)
	if a.Kind == "" {
		t.refuse("actions", "action %s does not say what is done", a.ID)
	}
	texts(&a.Asset)
	text(&a.Reason)
	t.use("new use of action "+string(a.ID), &a.NewUse)
	a.Values = numbers(t, "value", a.Values, t.number)
	for i := range a.Services {
		id(t, "service of action "+string(a.ID), &a.Services[i])
	}
	for i := range a.From {
		id(t, "asset emptied by action "+string(a.ID), &a.From[i])
	}
	for i := range a.Measures {
		text(&a.Measures[i])
	}
	for i := range a.Phases {
		p := &a.Phases[i]
		text(&p.Name)
		t.use("use of phase "+p.Name, &p.Use)
		t.number("floor area of phase "+p.Name, &p.FloorArea)
		p.Values = numbers(t, "value", p.Values, t.number)
	}
}

func putScenarios(w *writer, rows []row[model.Scenario]) error {
	in := w.upsert("scenario", "no", "id", "name", "kind", "description", "locked")
	for _, r := range rows {
		s := r.item
		in.add(r.no, string(s.ID), s.Name, string(s.Kind), s.Description)
		in.yes(s.Locked)
		in.end()
	}
	if err := in.done(); err != nil {
		return err
	}
	for _, r := range rows {
		if err := putActions(w, r.no, r.item); err != nil {
			return err
		}
		if err := putManual(w, r.no, r.item); err != nil {
			return err
		}
	}
	return nil
}

func putActions(w *writer, no int64, s *model.Scenario) error {
	in := w.into("action", "scenario", "ord", "id", "kind", "asset", "year", "new_use", "reason")
	values := w.into("action_value", "scenario", "action", "name", "value")
	lists := w.into("action_list", "scenario", "action", "list", "ord", "service", "asset", "measure")
	phases := w.into("phase", "scenario", "action", "ord", "name", "use", "floor_area_m2", "start", "years")
	phaseValues := w.into("phase_value", "scenario", "action", "phase", "name", "value")
	for i := range s.Actions {
		a, ord := &s.Actions[i], int64(i)
		from := func() string { return fmt.Sprintf("Action %s of %s", a.ID, nameScenario(s)) }
		asset, err := refer(w, KindAsset, a.Asset, from)
		if err != nil {
			return err
		}
		in.add(no, ord, string(a.ID), string(a.Kind), asset, int64(a.Year), string(a.NewUse), a.Reason)
		in.end()
		for _, k := range names(a.Values) {
			values.add(no, ord, k, a.Values[k])
			values.end()
		}
		for j, x := range a.Services {
			service, err := refer(w, KindService, x, from)
			if err != nil {
				return err
			}
			lists.add(no, ord, "service", int64(j), service, nil, nil)
			lists.end()
		}
		for j, x := range a.From {
			emptied, err := refer(w, KindAsset, x, from)
			if err != nil {
				return err
			}
			lists.add(no, ord, "from", int64(j), nil, emptied, nil)
			lists.end()
		}
		for j, x := range a.Measures {
			lists.add(no, ord, "measure", int64(j), nil, nil, x)
			lists.end()
		}
		for j := range a.Phases {
			p := &a.Phases[j]
			phases.add(no, ord, int64(j), p.Name, string(p.Use), p.FloorArea, int64(p.Start), int64(p.Years))
			phases.end()
			for _, k := range names(p.Values) {
				phaseValues.add(no, ord, int64(j), k, p.Values[k])
				phaseValues.end()
			}
		}
	}
	return finish(in, values, lists, phases, phaseValues)
}

func putManual(w *writer, no int64, s *model.Scenario) error {
	in := w.into("manual_stream", "scenario", "ord", "label", "category", "benefit", "payer", "beneficiary", "capital",
		"price_base", "first", "grade", "source", "exempt")
	values := w.into("manual_value", "scenario", "stream", "year", "pence")
	for i := range s.Manual {
		m := &s.Manual[i]
		from := func() string { return fmt.Sprintf("The cash flow %q of %s", m.Label, nameScenario(s)) }
		payer, err := refer(w, KindOrganisation, m.Payer, from)
		if err != nil {
			return err
		}
		beneficiary, err := refer(w, KindOrganisation, m.Beneficiary, from)
		if err != nil {
			return err
		}
		in.add(no, int64(i), m.Label, m.Category, b2i(m.Benefit), payer, beneficiary, b2i(m.Capital),
			int64(m.PriceBase), int64(m.First), string(m.Grade), m.Source, b2i(m.Exempt))
		in.end()
		for j, v := range m.Values {
			values.add(no, int64(i), int64(m.First+j))
			values.pounds(v)
			values.end()
		}
	}
	return finish(in, values)
}
