package rationalise

import (
	"fmt"
	"slices"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/access"
	"github.com/planting-the-flag/flagstone/model/geo"
	"github.com/planting-the-flag/flagstone/model/optimise"
)

// Reach is a limit on residents' access: so many of them keep a public building
// within so many minutes. A public building is one in which a public service
// sits today; it counts while it stays open. Ways are in a straight line by the
// mode, as everywhere where nobody gave a travel-time matrix.
type Reach struct {
	AtLeast float64 `json:"at_least"`          // share of residents, 0–1
	Minutes float64 `json:"minutes,omitempty"` // access.Limit when 0
	Mode    string  `json:"mode,omitempty"`    // foot, bus or car; on foot when empty
}

// reached is how many residents a plan leaves within reach.
type reached struct {
	total, always float64  // people in all; those near a building that cannot close
	groups        []people // the others who are near one today
	mode          access.Mode
	minutes       float64
}

// people have the same public buildings within reach.
type people struct {
	id    string
	count float64
	near  []int // buildings of the problem
}

// ModeNamed finds a mode of travel: foot, bus or car.
func ModeNamed(name string) (access.Mode, bool) {
	if name == "" {
		return access.Walk, true
	}
	for _, m := range access.Modes {
		if strings.HasSuffix(m.Name, strings.ToLower(name)) {
			return m, true
		}
	}
	return access.Mode{}, false
}

const (
	reachRule = "residents within reach"
	within    = "within reach"
	without   = "out of reach"
)

// reach puts residents into the problem: each group of them is a thing to
// decide, which can only be within reach when one of its buildings is open.
func (b *Problem) reach() error {
	r := b.spec.Residents
	if r == nil {
		return nil
	}
	mode, ok := ModeNamed(r.Mode)
	minutes := r.Minutes
	if minutes == 0 {
		minutes = access.Limit
	}
	switch {
	case !ok:
		return model.Invalid("residents", fmt.Sprintf("%q is not a mode of travel; it is foot, bus or car", r.Mode))
	case !(r.AtLeast >= 0 && r.AtLeast <= 1):
		return model.Invalid("residents", "the share of residents within reach must be between 0 and 1")
	case !(minutes > 0 && minutes <= 600):
		return model.Invalid("residents", "the minutes must be between 0 and 600")
	}
	b.reached = &reached{mode: mode, minutes: minutes}
	public := map[model.AssetID]bool{}
	for _, o := range b.project.Occupations {
		if s := b.project.Service(o.Service); s != nil && s.Public {
			public[o.Asset] = true
		}
	}
	byKey := map[string]int{}
	for i := range b.project.Population {
		pt := &b.project.Population[i]
		if pt.Placed == model.PlaceUnknown || pt.People <= 0 {
			continue
		}
		b.reached.total += pt.People
		var near []int
		always := false
		for k := range b.project.Assets {
			a := &b.project.Assets[k]
			if !public[a.ID] || !a.Located() || mode.Minutes(geo.Distance(geo.LatLon(a.Location), geo.LatLon(pt.Location))) > minutes {
				continue
			}
			at, decided := b.at[a.ID]
			if !decided || !slices.ContainsFunc(b.Problem.Actions[at], func(x optimise.Action) bool { return x.Cap == 0 }) {
				always = true
				break
			}
			near = append(near, at)
		}
		switch {
		case always:
			b.reached.always += pt.People
		case len(near) > 0:
			key := fmt.Sprint(near)
			n, ok := byKey[key]
			if !ok {
				n = len(b.reached.groups)
				byKey[key] = n
				b.reached.groups = append(b.reached.groups, people{id: fmt.Sprintf("residents %d", n+1), near: near})
			}
			b.reached.groups[n].count += pt.People
		}
	}
	if b.reached.total == 0 {
		return model.Invalid("residents", "no residents are on the map; import a population file with its boundaries first")
	}
	b.reachRules(r.AtLeast)
	return nil
}

func (b *Problem) reachRules(share float64) {
	// Whole people: a share of them that falls between two is met by the greater.
	least := share*b.reached.total - b.reached.always
	all := optimise.Rule{Name: reachRule, AtLeast: &least}
	for _, g := range b.reached.groups {
		b.Problem.Buildings = append(b.Problem.Buildings, optimise.Building{ID: g.id})
		b.Problem.Actions = append(b.Problem.Actions, []optimise.Action{{Name: within}, {Name: without}})
		all.Terms = append(all.Terms, optimise.RuleTerm{Building: g.id, Action: within, Weight: g.count})
		none := 0.0
		link := optimise.Rule{Name: g.id, AtLeast: &none, Terms: []optimise.RuleTerm{{Building: g.id, Action: within, Weight: -1}}}
		for _, at := range g.near {
			for _, act := range b.Problem.Actions[at] {
				if act.Cap > 0 {
					link.Terms = append(link.Terms, optimise.RuleTerm{Building: b.Problem.Buildings[at].ID, Action: act.Name})
				}
			}
		}
		b.Rules = append(b.Rules, link)
	}
	b.Rules = append(b.Rules, all)
}

// Within is the share of residents that a plan leaves within reach, measured
// from which buildings stay open; it is not known when no limit was asked for.
func (b *Problem) Within(actions map[string]string) (share float64, ok bool) {
	if b.reached == nil {
		return 0, false
	}
	in := b.reached.always
	for _, g := range b.reached.groups {
		if slices.ContainsFunc(g.near, func(at int) bool {
			id := b.Problem.Buildings[at].ID
			return b.choices[id+"/"+actions[id]].open
		}) {
			in += g.count
		}
	}
	return in / b.reached.total, true
}

// ReachWords says what within reach means: "within 20 minutes on foot of a
// public building".
func (b *Problem) ReachWords() string {
	if b.reached == nil {
		return ""
	}
	return fmt.Sprintf("within %.0f minutes %s of a public building", b.reached.minutes, b.reached.mode.Name)
}
