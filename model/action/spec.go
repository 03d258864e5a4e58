package action

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

// Spec is a scenario as people write it: buildings and services are named by
// identifier, UPRN, own reference or name.
type Spec struct {
	Name        string       `json:"name"`
	Kind        string       `json:"kind,omitempty"` // "option" when empty
	Description string       `json:"description,omitempty"`
	CopyOf      string       `json:"copy_of,omitempty"` // scenario whose actions come first
	Actions     []SpecAction `json:"actions"`
	Manual      []SpecManual `json:"manual,omitempty"`
}

// SpecAction is one action of a Spec.
type SpecAction struct {
	Kind     string             `json:"kind"`
	Asset    string             `json:"asset"`
	Year     int                `json:"year"`
	From     []string           `json:"from,omitempty"`
	Services []string           `json:"services,omitempty"`
	Measures []string           `json:"measures,omitempty"`
	NewUse   string             `json:"new_use,omitempty"`
	Values   map[string]float64 `json:"values,omitempty"`
	Phases   []SpecPhase        `json:"phases,omitempty"`
	Reason   string             `json:"reason,omitempty"`
}

// SpecPhase is one phase of a development.
type SpecPhase struct {
	Name      string             `json:"name"`
	Use       string             `json:"use"`
	FloorArea float64            `json:"floor_area_m2"`
	Start     int                `json:"start"`
	Years     int                `json:"years,omitempty"`
	Values    map[string]float64 `json:"values,omitempty"`
}

// SpecManual is one cash-flow row, costs negative, real £ by year.
type SpecManual struct {
	Label   string    `json:"label"`
	Payer   string    `json:"payer,omitempty"`
	Benefit bool      `json:"benefit,omitempty"`
	Capital bool      `json:"capital,omitempty"`
	First   int       `json:"first"`
	Values  []float64 `json:"values"`
	Source  string    `json:"source,omitempty"`
}

// ParseSpec reads a scenario from JSON and finds what it names in the project.
// Every name that is not found, and every unknown field, is an error that says
// where in the file it stands.
func ParseSpec(data []byte, p *model.Project) (model.Scenario, error) {
	var s Spec
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&s); err != nil {
		return model.Scenario{}, model.Invalid("scenario", "the scenario file cannot be read: "+jsonProblem(err))
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return model.Scenario{}, model.Invalid("scenario", "the scenario file has something after its end")
	}
	return s.Resolve(p)
}

func jsonProblem(err error) string {
	var syn *json.SyntaxError
	var typ *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syn):
		return fmt.Sprintf("it is not valid JSON at character %d (%v)", syn.Offset, err)
	case errors.As(err, &typ):
		return fmt.Sprintf("%q should be a %s, not a %s", typ.Field, typ.Type, typ.Value)
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}

// Resolve turns the Spec into a scenario of the project.
func (s Spec) Resolve(p *model.Project) (model.Scenario, error) {
	out := model.Scenario{Name: strings.TrimSpace(s.Name), Kind: model.ScenarioKind(s.Kind), Description: s.Description}
	if out.Name == "" {
		return out, model.Invalid("name", "the scenario has no name")
	}
	switch out.Kind {
	case "":
		out.Kind = model.Option
	case model.BusinessAsUsual, model.DoMinimum, model.Option:
	default:
		return out, model.Invalid("kind", fmt.Sprintf("kind is %q; it must be %q, %q or %q", s.Kind, model.BusinessAsUsual, model.DoMinimum, model.Option))
	}
	out.ID = freshID(p)
	if s.CopyOf != "" {
		from := p.Scenario(s.CopyOf)
		if from == nil {
			return out, model.NotFound("scenario", s.CopyOf)
		}
		out.Actions = append(out.Actions, from.Actions...)
		out.Manual = append(out.Manual, from.Manual...)
	}
	f := newFinder(p)
	for i, a := range s.Actions {
		act, err := f.action(a)
		if err != nil {
			return out, fmt.Errorf("action %d of %q: %w", i+1, out.Name, err)
		}
		out.Actions = append(out.Actions, act)
	}
	for i := range out.Actions {
		out.Actions[i].ID = model.ActionID(fmt.Sprintf("%s.%d", out.ID, i+1))
	}
	for _, m := range s.Manual {
		out.Manual = append(out.Manual, model.ManualStream{Label: m.Label, Payer: model.OrganisationID(m.Payer), Benefit: m.Benefit,
			Capital: m.Capital, First: m.First, Values: m.Values, Source: m.Source, Grade: model.Stated})
	}
	return out, nil
}

// freshID is a scenario identifier that the project does not have.
func freshID(p *model.Project) model.ScenarioID {
	for n := len(p.Scenarios) + 1; ; n++ {
		id := model.ScenarioID(fmt.Sprintf("x%d", n))
		if p.Scenario(string(id)) == nil {
			return id
		}
	}
}

// finder looks buildings and services up by any of the names people use.
type finder struct {
	assets   map[string][]model.AssetID
	services map[string][]model.ServiceID
	names    map[model.AssetID]string
}

func newFinder(p *model.Project) *finder {
	f := &finder{assets: map[string][]model.AssetID{}, services: map[string][]model.ServiceID{}, names: map[model.AssetID]string{}}
	put := func(key string, id model.AssetID) {
		if key = fold(key); key == "" {
			return
		}
		for _, x := range f.assets[key] {
			if x == id {
				return
			}
		}
		f.assets[key] = append(f.assets[key], id)
	}
	for i := range p.Assets {
		a := &p.Assets[i]
		f.names[a.ID] = a.Name
		for _, k := range []string{string(a.ID), a.Reference, a.UPRN, a.Name} {
			put(k, a.ID)
		}
	}
	for i := range p.Services {
		s := &p.Services[i]
		f.services[fold(string(s.ID))] = append(f.services[fold(string(s.ID))], s.ID)
		if k := fold(s.Name); k != fold(string(s.ID)) {
			f.services[k] = append(f.services[k], s.ID)
		}
	}
	return f
}

func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

func (f *finder) asset(name string) (model.AssetID, error) {
	ids := f.assets[fold(name)]
	switch len(ids) {
	case 1:
		return ids[0], nil
	case 0:
		return "", model.NotFound("building", name)
	}
	return "", model.Invalid("asset", fmt.Sprintf("%q names %d buildings; use the own reference or the identifier (%s, …)", name, len(ids), ids[0]))
}

func (f *finder) service(name string) (model.ServiceID, error) {
	ids := f.services[fold(name)]
	switch len(ids) {
	case 1:
		return ids[0], nil
	case 0:
		return "", model.NotFound("service", name)
	}
	return "", model.Invalid("service", fmt.Sprintf("%q names %d services; use the identifier (%s, …)", name, len(ids), ids[0]))
}

func (f *finder) action(a SpecAction) (model.Action, error) {
	out := model.Action{Kind: model.ActionKind(a.Kind), Year: a.Year, Measures: a.Measures, NewUse: model.Use(a.NewUse),
		Values: a.Values, Reason: a.Reason}
	if _, ok := EntryFor(out.Kind); !ok {
		return out, model.Invalid("kind", fmt.Sprintf("%q is not a kind of action; the kinds are %s", a.Kind, kinds()))
	}
	if a.Asset == "" {
		return out, model.Invalid("asset", "no building is named (field \"asset\")")
	}
	id, err := f.asset(a.Asset)
	if err != nil {
		return out, err
	}
	out.Asset = id
	for _, n := range a.From {
		id, err := f.asset(n)
		if err != nil {
			return out, err
		}
		out.From = append(out.From, id)
	}
	for _, n := range a.Services {
		id, err := f.service(n)
		if err != nil {
			return out, err
		}
		out.Services = append(out.Services, id)
	}
	for _, ph := range a.Phases {
		out.Phases = append(out.Phases, model.Phase{Name: ph.Name, Use: model.Use(ph.Use), FloorArea: ph.FloorArea, Start: ph.Start,
			Years: ph.Years, Values: ph.Values})
	}
	return out, nil
}

func kinds() string {
	var out []string
	for _, e := range Entries() {
		out = append(out, string(e.Kind))
	}
	return strings.Join(out, ", ")
}
