package action

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/space"
)

// of names a conflict of the estate itself, which no action causes.
func (b *builder) of(asset model.AssetID, kind, format string, args ...any) {
	b.plan.Conflicts = append(b.plan.Conflicts, Conflict{Asset: asset, Kind: kind, Message: fmt.Sprintf(format, args...)})
}

// estate names what does not hold in the estate itself, under every scenario:
// occupations that point nowhere, shares that do not sum, parts larger than
// their building, more in a building or a part than it holds.
func (b *builder) estate() {
	say := b.of
	known := make(map[model.ServiceID]int, len(b.p.Services))
	for i := range b.p.Services {
		known[b.p.Services[i].ID] = i
	}
	shares := make([]float64, len(b.p.Services))
	seated := make([]model.AssetID, len(b.p.Services))
	for _, o := range b.p.Occupations {
		i, ok := known[o.Service]
		_, here := b.index[o.Asset]
		switch {
		case !ok:
			say(o.Asset, "unknown service", "an occupation names the service %q, which is not in the project, so nobody is counted there", o.Service)
			continue
		case !here:
			say(o.Asset, "unknown building", "%s is said to be in %q, which is not in the project, so it is not counted there", b.p.Services[i].Name, o.Asset)
		}
		shares[i] += o.Share
		seated[i] = o.Asset
	}
	for i, v := range shares {
		if seated[i] != "" && math.Abs(v-1) > 0.005 {
			say(seated[i], "shares do not sum", "the shares of %s in its buildings add up to %.0f %%, not 100 %%", b.p.Services[i].Name, 100*v)
		}
	}
	b.unread()
	for i := range b.sites {
		a := b.sites[i].asset
		total := 0.0
		for _, p := range a.Parts {
			total += p.FloorArea
		}
		if a.FloorArea.Known() && total > a.FloorArea.Value*1.001 {
			say(a.ID, "part larger than its building", "%s has %.0f m² but its parts add up to %.0f m²", a.Name, a.FloorArea.Value, total)
		}
		b.full(i)
	}
}

// full names what is over capacity before anything is decided, by session: the
// building, and each part that occupations name.
func (b *builder) full(i int) {
	a := b.sites[i].asset
	if len(b.at[i]) == 0 {
		return
	}
	var week space.Week
	var parts map[model.PartID]*space.Week
	for _, k := range b.at[i] {
		s := &b.seats[k]
		seat := space.Seat{Desks: s.desks, Area: s.area, Sessions: s.sessions}
		week.Add(seat, 1)
		if s.part == "" {
			continue
		}
		if parts == nil {
			parts = map[model.PartID]*space.Week{}
		}
		if parts[s.part] == nil {
			parts[s.part] = &space.Week{}
		}
		parts[s.part].Add(seat, 1)
	}
	area := func(s space.Slot) float64 { return s.Area }
	if most, slot := week.Busiest(area); a.FloorArea.Known() && most > a.FloorArea.Value*1.001 {
		b.of(a.ID, "over capacity", "%s has %.0f m² but its services take %.0f m² already (%s)", a.Name, a.FloorArea.Value, most, space.SlotName(slot))
	}
	if most, slot := week.Busiest(func(s space.Slot) float64 { return s.Desks }); a.Desks.Known() && most > a.Desks.Value+0.5 {
		b.of(a.ID, "over capacity", "%s has %.0f desks but its services use %.0f already (%s)", a.Name, a.Desks.Value, most, space.SlotName(slot))
	}
	for _, p := range a.Parts {
		if w := parts[p.ID]; w != nil {
			if most, slot := w.Busiest(area); most > p.FloorArea*1.001 {
				b.of(a.ID, "over capacity", "%s, %s has %.0f m² but its services take %.0f m² already (%s)", a.Name, p.Name, p.FloorArea, most, space.SlotName(slot))
			}
			delete(parts, p.ID)
		}
	}
	names := make([]string, 0, len(parts))
	for id := range parts {
		names = append(names, string(id))
	}
	sort.Strings(names)
	for _, id := range names {
		b.of(a.ID, "unknown part", "an occupation is in part %q of %s, which has no such part", id, a.Name)
	}
}

// ownValues are the values that an action may set and that no assumption stands
// behind; a name that ends in a dot is a family of them.
var ownValues = []string{"let.area", "green.hectares", "pv.roof_m2", "network.metres", "grid.metres", "lease.break_penalty", "flex.day.", "rooms.", "phase."}

func isOwn(key string) bool {
	for _, k := range ownValues {
		if key == k || strings.HasSuffix(k, ".") && strings.HasPrefix(key, k) {
			return true
		}
	}
	return false
}

// values checks the figures that an action and its phases set for themselves. A
// figure that cannot be leaves the action out; one that nothing reads warns.
func (b *builder) values(s *site, a model.Action) bool {
	ok := b.figures(s, a, a.Values)
	for _, ph := range a.Phases {
		ok = b.figures(s, a, ph.Values) && ok
	}
	return ok
}

func (b *builder) figures(s *site, a model.Action, values map[string]float64) bool {
	if len(values) == 0 {
		return true
	}
	keys := make([]string, 0, len(values))
	for k := range values {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	ok := true
	for _, k := range keys {
		v := values[k]
		as, known := b.book.Get(k)
		bad := ""
		switch {
		case !model.Finite(v):
			bad = "is not a usable number"
		case !known && !isOwn(k):
			b.warn(a, "unknown value", fmt.Sprintf("%s: nothing reads the value %q, so setting it changes nothing", s.asset.Name, k))
		case strings.HasPrefix(k, "flex.day.") && (v < 0 || v > 1):
			bad = "must be a share between 0 and 1"
		case known && as.Unit == "0 or 1" && v != 0 && v != 1:
			bad = "must be 0 or 1"
		case known && isShare(k, as.Unit) && (v < 0 || v > 1):
			bad = "must be a share between 0 and 1"
		case v < 0 && !strings.Contains(k, "growth"):
			bad = "must not be negative"
		}
		if bad != "" {
			kind := "not possible"
			if !model.Finite(v) {
				kind = "not a number"
			}
			b.refuse(a, kind, fmt.Sprintf("%s: %s %s", s.asset.Name, k, bad))
			ok = false
		}
	}
	return ok
}

// isShare says whether a figure is a share of a whole: area factors and uplifts
// are fractions too and may be more than one.
func isShare(key, unit string) bool {
	return unit == "fraction" && key != "hub.area_factor" && !strings.Contains(key, "optimism") && !strings.Contains(key, "growth")
}
