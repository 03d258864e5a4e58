// Package intake turns what an import would change into one command on the
// project file, for the window and the command line alike.
//
// It knows change sets and commands. It refuses to know how a file is read
// (package importers) and how a command is stored (model/store).
package intake

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

// Command carries out everything the results say, as one step that one undo
// takes back. Findings of the same files go first: a file read again says again
// what is wrong. Cash-flow rows make a scenario of their own, named after the
// file, or join the scenario given.
func Command(p *model.Project, results []*importers.Result, scenario string) (store.Batch, error) {
	b := store.Batch{}
	find := store.PutFindings{}
	for _, r := range results {
		if b.Name == "" {
			b.Name = words.F("import of %s", r.File)
		}
		b.Commands = append(b.Commands, changes(&r.Changes)...)
		find.Replace = append(find.Replace, r.File)
		find.Findings = append(find.Findings, r.Findings...)
		if len(r.Changes.Manual) > 0 {
			s, err := manual(p, r, scenario)
			if err != nil {
				return b, err
			}
			b.Commands = append(b.Commands, store.PutScenario{Scenario: s})
		}
	}
	if len(results) > 1 {
		b.Name = words.F("import of %d files", len(results))
	}
	b.Commands = append(b.Commands, find)
	return b, nil
}

func changes(c *importers.ChangeSet) []store.Command {
	var out []store.Command
	if len(c.Organisations) > 0 {
		out = append(out, store.PutOrganisations{Organisations: c.Organisations})
	}
	if as := changed(c.Assets, func(x *importers.AssetChange) (importers.Status, *model.Asset) { return x.Status, &x.Asset }); len(as) > 0 {
		out = append(out, store.PutAssets{Assets: as})
	}
	if ss := changed(c.Services, func(x *importers.ServiceChange) (importers.Status, *model.Service) { return x.Status, &x.Service }); len(ss) > 0 {
		out = append(out, store.PutServices{Services: ss})
	}
	if len(c.Occupations) > 0 {
		out = append(out, store.PutOccupations{Occupations: c.Occupations})
	}
	if ps := changed(c.Population, func(x *importers.PointChange) (importers.Status, *model.PopulationPoint) { return x.Status, &x.Point }); len(ps) > 0 {
		out = append(out, store.PutPopulation{Points: ps})
	}
	if bs := changed(c.Boundaries, func(x *importers.BoundaryChange) (importers.Status, *model.Boundary) { return x.Status, &x.Boundary }); len(bs) > 0 {
		out = append(out, store.PutBoundaries{Boundaries: bs})
	}
	return out
}

// changed leaves out what an import would leave as it is.
func changed[C, T any](list []C, of func(*C) (importers.Status, *T)) []T {
	n := 0
	for i := range list {
		if status, _ := of(&list[i]); status != importers.Unchanged {
			n++
		}
	}
	out := make([]T, 0, n)
	for i := range list {
		if status, thing := of(&list[i]); status != importers.Unchanged {
			out = append(out, *thing)
		}
	}
	return out
}

// manual puts cash-flow rows into a scenario.
func manual(p *model.Project, r *importers.Result, scenario string) (model.Scenario, error) {
	if scenario == "" {
		scenario = r.File
	}
	if s := p.Scenario(scenario); s != nil {
		out := *s
		out.Manual = append(append([]model.ManualStream(nil), s.Manual...), r.Changes.Manual...)
		return out, nil
	}
	id := model.ScenarioID("")
	for n := len(p.Scenarios) + 1; id == "" || p.Scenario(string(id)) != nil; n++ {
		id = model.ScenarioID(fmt.Sprintf("x%d", n))
	}
	return model.Scenario{ID: id, Name: scenario, Kind: model.Option, Description: words.F("Cash-flow rows read from %s", r.File), Manual: r.Changes.Manual}, nil
}
