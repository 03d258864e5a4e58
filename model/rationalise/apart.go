package rationalise

import (
	"fmt"
	"slices"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

// Apart names two services, kinds of service or organisations whose services
// must not share a building. The same name twice keeps all of one kind apart.
type Apart struct {
	A string `json:"a"`
	B string `json:"b"`
}

// String says the rule.
func (p Apart) String() string { return p.A + " and " + p.B + " must not share a building" }

// mostApart is how many services can be kept from others: the sessions of a
// problem, which carry the rule.
const mostApart = 64

// side lists the seats that a name stands for.
func (b *Problem) side(name string) []int {
	var out []int
	name = strings.TrimSpace(name)
	for i, o := range b.seats {
		s := b.project.Service(o.Service)
		org := b.project.Organisation(s.Organisation)
		if string(s.ID) == name || strings.EqualFold(s.Name, name) || s.Kind != "" && strings.EqualFold(s.Kind, name) ||
			org != nil && (string(org.ID) == name || strings.EqualFold(org.Name, name)) {
			out = append(out, i)
		}
	}
	return out
}

// apart keeps services from sharing: those that the project says must not, and
// those asked for. Each seat that must keep from n others takes n of a session
// that only they use and that every building offers n of; the others take 1.
func (b *Problem) apart() error {
	seats := len(b.seats)
	no := make([]map[int]bool, seats)
	put := func(x, y int) {
		for _, p := range [2][2]int{{x, y}, {y, x}} {
			if no[p[0]] == nil {
				no[p[0]] = map[int]bool{}
			}
			no[p[0]][p[1]] = true
		}
	}
	stuck := b.onlyHome()
	clash := func(x, y int) bool { return stuck[x] && stuck[y] && b.seats[x].Asset == b.seats[y].Asset }
	for k, pair := range b.spec.Apart {
		field := fmt.Sprintf("apart[%d]", k)
		as, bs := b.side(pair.A), b.side(pair.B)
		for n, list := range [][]int{as, bs} {
			if len(list) == 0 {
				return model.Invalid(field, fmt.Sprintf("%q is no service, kind of service or organisation with a service in a building that can be decided", []string{pair.A, pair.B}[n]))
			}
		}
		for _, x := range as {
			for _, y := range bs {
				if b.seats[x].Service == b.seats[y].Service {
					continue
				}
				if clash(x, y) {
					return model.Invalid(field, fmt.Sprintf("%s and %s cannot be kept apart: both are in %s and neither can be elsewhere", b.named(string(b.seats[x].Service)), b.named(string(b.seats[y].Service)), b.named(string(b.seats[x].Asset))))
				}
				put(x, y)
			}
		}
	}
	for x, o := range b.seats {
		for y, q := range b.seats {
			if slices.Contains(b.project.Service(o.Service).NotWith, q.Service) && !clash(x, y) {
				put(x, y)
			}
		}
	}
	b.meet(no)
	for {
		centre, most := -1, 0
		for x := range no {
			if len(no[x]) > most {
				centre, most = x, len(no[x])
			}
		}
		if centre < 0 {
			return nil
		}
		slot := len(b.stars)
		if slot == mostApart {
			return model.Invalid("apart", fmt.Sprintf("more than %d services must be kept from others, which is more than can be held to", mostApart))
		}
		b.stars = append(b.stars, star{centre, sortedSeats(no[centre])})
		b.session(centre, slot, float64(most))
		for _, y := range b.stars[slot].from {
			b.session(y, slot, 1)
			delete(no[y], centre)
		}
		no[centre] = nil
		for i := range b.Problem.Actions {
			for k := range b.Problem.Actions[i] {
				a := &b.Problem.Actions[i][k]
				if a.Cap > 0 {
					for len(a.Sessions) < slot {
						a.Sessions = append(a.Sessions, 0)
					}
					a.Sessions = append(a.Sessions, float64(most))
				}
			}
		}
	}
}

// star is a seat and those it must not share a building with.
type star struct {
	centre int
	from   []int
}

func sortedSeats(m map[int]bool) []int {
	var out []int
	for x := range m {
		out = append(out, x)
	}
	slices.Sort(out)
	return out
}

func (b *Problem) session(seat, slot int, v float64) {
	s := &b.Problem.Services[seat]
	for len(s.Sessions) <= slot {
		s.Sessions = append(s.Sessions, 0)
	}
	s.Sessions[slot] = v
}

// onlyHome says of each seat whether it has no other place than its own.
func (b *Problem) onlyHome() []bool {
	out := make([]bool, len(b.seats))
	for i := range out {
		out[i] = true
	}
	for _, a := range b.Problem.Arcs {
		if string(b.seats[a.Service].Asset) != b.Buildings[a.Building].ID {
			out[a.Service] = false
		}
	}
	return out
}

// meet drops pairs that no building could hold together.
func (b *Problem) meet(no []map[int]bool) {
	places := make([]map[int]bool, len(b.seats))
	for _, a := range b.Problem.Arcs {
		if places[a.Service] == nil {
			places[a.Service] = map[int]bool{}
		}
		places[a.Service][a.Building] = true
	}
	for x := range no {
		for y := range no[x] {
			together := false
			for at := range places[x] {
				together = together || places[y][at]
			}
			if !together {
				delete(no[x], y)
				delete(no[y], x)
			}
		}
	}
}

// sharing names services that sit together and must not, in a plan.
func (b *Problem) sharing(assignment map[string]string) []string {
	var out []string
	for _, s := range b.stars {
		at := assignment[b.Problem.Services[s.centre].ID]
		for _, y := range s.from {
			if at != "" && assignment[b.Problem.Services[y].ID] == at {
				out = append(out, fmt.Sprintf("%s and %s would share %s, which they must not", b.named(string(b.seats[s.centre].Service)), b.named(string(b.seats[y].Service)), b.named(at)))
			}
		}
	}
	return out
}
