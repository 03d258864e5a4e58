package businesscase

import (
	"fmt"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/naming"
	"github.com/planting-the-flag/flagstone/reports/document"
)

const nameLength = 80 // the longest name in running text and tables; the register has them whole

func (b *builder) scenarioName(r *appraisal.Result) string {
	if n := short(document.Clean(r.Scenario.Name), nameLength); n != "" {
		return n
	}
	return "Scenario " + string(r.Scenario.ID)
}

func (b *builder) asset(id model.AssetID) string {
	a := b.assets[id]
	if a == nil {
		return "a building that is not in the register"
	}
	return assetName(a)
}

func assetName(a *model.Asset) string {
	for _, s := range []string{a.Name, a.Address, a.Reference, string(a.ID)} {
		if n := short(naming.Name(document.Clean(s)), nameLength); n != "" {
			return n
		}
	}
	return "a building without a name"
}

// written is a sentence of the lower layers with the names of buildings in it as the paper writes them.
func (b *builder) written(sentence string) string {
	if b.loud == nil {
		b.loud = []string{}
		for i := range b.p.Assets {
			if n := b.p.Assets[i].Name; naming.Name(n) != n {
				b.loud = append(b.loud, n)
			}
		}
		sort.Slice(b.loud, func(i, j int) bool { return len(b.loud[i]) > len(b.loud[j]) }) // one name may hold another
	}
	return naming.In(sentence, b.loud...)
}

func (b *builder) service(id model.ServiceID) string {
	if s := b.services[id]; s != nil {
		if n := short(naming.Name(document.Clean(s.Name)), nameLength); n != "" {
			return n
		}
	}
	return "a service without a name"
}

func (b *builder) org(id model.OrganisationID) string {
	switch id {
	case "":
		return "The place as a whole"
	case model.Residents:
		return "Residents"
	case model.Society:
		return "Society as a whole"
	case model.Market:
		return "Private parties"
	}
	if o := b.p.Organisation(id); o != nil {
		if n := short(naming.Name(document.Clean(o.Name)), nameLength); n != "" {
			return n
		}
	}
	return string(id)
}

// routeWord says how a building goes.
func routeWord(k model.ActionKind) string {
	switch k {
	case model.Sell:
		return "open-market sale"
	case model.Transfer:
		return "community asset transfer"
	case model.ExitLease:
		return "end of lease"
	case model.Mothball:
		return "mothballed"
	case model.Greening:
		return "demolished to green space"
	case model.Repurpose:
		return "change of use"
	case model.Develop:
		return "phased development"
	case model.LetOut:
		return "let to others"
	}
	return string(k)
}

// kindWord says what is done, for tables.
func kindWord(k model.ActionKind) string {
	switch k {
	case model.Retain:
		return "keep and repair"
	case model.CoLocate:
		return "bring services in"
	case model.Flex:
		return "flexible working"
	case model.Retrofit:
		return "retrofit"
	case action.HeatNetwork:
		return "heat network"
	case action.EnergyGrid:
		return "shared power"
	case action.Charging:
		return "vehicle charging"
	}
	return routeWord(k)
}

// doing says in a sentence what an option does with n buildings.
func doing(k model.ActionKind, n int) string {
	its := plural(n, "building", "buildings")
	switch k {
	case model.Retain:
		return "repairs @ " + its
	case model.CoLocate:
		return "brings services together in @ " + its
	case model.Flex:
		return "introduces flexible working in @ " + its
	case model.Sell:
		return "sells @ " + its
	case model.Transfer:
		return "passes @ " + its + " to community bodies"
	case model.ExitLease:
		return "ends @ " + plural(n, "lease", "leases")
	case model.Mothball:
		return "mothballs @ " + its
	case model.Greening:
		return "turns @ " + plural(n, "site", "sites") + " into green space"
	case model.LetOut:
		return "lets @ " + its + " to others"
	case model.Retrofit:
		return "retrofits @ " + its
	case model.Repurpose:
		return "gives @ " + its + " a new use"
	case model.Develop:
		return "develops @ " + plural(n, "site", "sites") + " in phases"
	case action.HeatNetwork:
		return "connects @ " + its + " to shared heat"
	case action.EnergyGrid:
		return "shares the power of @ " + its + " with neighbours"
	case action.Charging:
		return "puts charging points at @ " + its
	}
	return "changes @ " + its
}

// How much of an action is in the plan.
const (
	whole = iota
	partly
	leftOut
)

// carried says how much of each action with a conflict is in the plan. An action of several measures may lose one of them.
func carried(o *option) map[model.ActionID]int {
	out := map[model.ActionID]int{}
	for _, c := range o.Plan.Conflicts {
		if c.LeftOut {
			out[c.Action] = leftOut
		}
	}
	there := func(id model.ActionID) {
		if out[id] == leftOut {
			out[id] = partly
		}
	}
	for i := range o.Plan.Streams {
		there(o.Plan.Streams[i].Action)
	}
	for _, m := range o.Plan.Moves {
		there(m.Action)
	}
	for _, c := range o.Plan.Closures {
		there(c.Action)
	}
	return out
}

// effective are the actions of which at least a part is in the plan.
func effective(o *option) []model.Action {
	how := carried(o)
	var list []model.Action
	for _, a := range o.Scenario.ByYear() {
		if how[a.ID] != leftOut {
			list = append(list, a)
		}
	}
	return list
}

// what says what an option does: "brings services together in three buildings, sells five buildings and ends one lease".
func (b *builder) what(o *option) []document.Inline {
	n := map[model.ActionKind]map[model.AssetID]bool{}
	for _, a := range effective(o) {
		if n[a.Kind] == nil {
			n[a.Kind] = map[model.AssetID]bool{}
		}
		n[a.Kind][a.Asset] = true
	}
	var parts [][]document.Inline
	for _, e := range action.Entries() {
		if k := len(n[e.Kind]); k > 0 {
			parts = append(parts, mix(doing(e.Kind, k), count(fmt.Sprintf("%s.count.%s", o.id, e.Kind), k)))
		}
	}
	if len(o.Scenario.Manual) > 0 {
		k := len(o.Scenario.Manual)
		parts = append(parts, mix("adds @ "+plural(k, "typed cash-flow row", "typed cash-flow rows"), count(o.id+".count.manual", k)))
	}
	if len(parts) == 0 {
		return mix("carries the estate on as it is")
	}
	return joined(parts)
}

// joined puts runs together as a sentence lists them.
func joined(parts [][]document.Inline) []document.Inline {
	var out []document.Inline
	for i, p := range parts {
		switch {
		case i > 0 && i == len(parts)-1:
			out = append(out, document.T(" and "))
		case i > 0:
			out = append(out, document.T(", "))
		}
		out = append(out, p...)
	}
	return out
}

// serviceNames lists at most most names, then how many more.
func someOf(names []string, most int) string {
	sort.Strings(names)
	if len(names) <= most {
		return listing(names)
	}
	return strings.Join(names[:most], ", ") + " and others"
}
