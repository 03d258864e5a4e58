package rationalise

import (
	"fmt"
	"slices"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/optimise"
)

// rules turns the counts asked for into rules of the solver. Buildings for which
// nothing is decided stay as they are and count as such.
func (b *Problem) rules() error {
	b.Rules = append([]optimise.Rule(nil), b.spec.Rules...)
	for i := range b.spec.Counts {
		c := b.spec.Counts[i]
		field := fmt.Sprintf("counts[%d]", i)
		w := countWord(c.What)
		switch {
		case w == nil:
			return model.Invalid(field, fmt.Sprintf("%q cannot be counted; what can is %s", c.What, countKeys()))
		case c.AtLeast == nil && c.AtMost == nil:
			return model.Invalid(field, "the rule on "+w.Many+" says neither at least nor at most how many")
		case c.AtLeast != nil && *c.AtLeast < 0 || c.AtMost != nil && *c.AtMost < 0:
			return model.Invalid(field, "a number of "+w.Many+" cannot be negative")
		case c.AtLeast != nil && c.AtMost != nil && *c.AtLeast > *c.AtMost:
			return model.Invalid(field, fmt.Sprintf("the rule wants at least %d and at most %d %s", *c.AtLeast, *c.AtMost, w.Many))
		case c.AtLeast != nil && w.Key == "openings":
			return model.Invalid(field, "openings can only be limited from above; for places that stay, count hubs")
		case (c.Per == PerYear || c.Year != 0) && !w.dated:
			return model.Invalid(field, w.Many+" are not counted by year; what is counted by year happens in one, such as closures")
		case !slices.Contains([]string{"", PerWard, PerOrganisation, PerYear}, c.Per):
			return model.Invalid(field, fmt.Sprintf("a rule can be per ward, organisation or year, not per %q", c.Per))
		}
		if err := b.count(field, c, w); err != nil {
			return err
		}
	}
	return nil
}

// count makes the rules of one Count.
func (b *Problem) count(field string, c Count, w *CountWord) error {
	c.What = w.Key
	if c.Ward != "" {
		ward, ok := named(c.Ward, func(yield func(id, name string)) {
			for i := range b.project.Assets {
				yield("", b.project.Assets[i].Ward)
			}
		})
		if !ok {
			return model.Invalid(field, fmt.Sprintf("no building is in a ward called %q", c.Ward))
		}
		c.Ward = ward
	}
	if c.Organisation != "" {
		org, ok := named(c.Organisation, func(yield func(id, name string)) {
			for _, o := range b.project.Organisations {
				yield(string(o.ID), o.Name)
			}
		})
		if !ok {
			return model.Invalid(field, fmt.Sprintf("there is no organisation called %q", c.Organisation))
		}
		c.Organisation = org
	}
	for _, one := range b.groups(c, w) {
		rule := optimise.Rule{Name: one.String()}
		fixed := 0
		for i := range b.project.Assets {
			a := &b.project.Assets[i]
			if !b.inGroup(a, one) {
				continue
			}
			at, decided := b.at[a.ID]
			if !decided {
				if !w.dated && a.Use.Built() && w.counts(b, a, choice{open: true}) {
					fixed++
				}
				continue
			}
			for _, act := range b.Problem.Actions[at] {
				ch := b.choices[string(a.ID)+"/"+act.Name]
				if w.counts(b, a, ch) && (one.Year == 0 || ch.year() == one.Year || w.Key == "openings" && one.Year == b.spec.Year) {
					rule.Terms = append(rule.Terms, optimise.RuleTerm{Building: string(a.ID), Action: act.Name})
				}
			}
		}
		if len(rule.Terms) == 0 && one.AtLeast != nil && fixed < *one.AtLeast {
			if c.Per == "" {
				return model.Invalid(field, fmt.Sprintf("there can be no %s where “%s” asks for it", w.One, one))
			}
			b.note("There can be no %s where “%s” asks for it, so that part of the rule is left out.", w.One, one)
			continue
		}
		if one.AtLeast != nil && *one.AtLeast > fixed {
			v := float64(*one.AtLeast - fixed)
			rule.AtLeast = &v
		}
		if one.AtMost != nil {
			v := float64(*one.AtMost - fixed)
			rule.AtMost = &v
		}
		if rule.AtLeast != nil || rule.AtMost != nil && len(rule.Terms) > 0 {
			b.Rules = append(b.Rules, rule)
			b.counted = append(b.counted, one)
		}
	}
	return nil
}

// named finds a name among some, by name or identifier, whatever its case.
func named(want string, each func(yield func(id, name string))) (string, bool) {
	found, ok := "", false
	each(func(id, name string) {
		if !ok && name != "" && (strings.EqualFold(name, strings.TrimSpace(want)) || id != "" && id == want) {
			found, ok = name, true
		}
	})
	return found, ok
}

// groups are the rules that a count per ward, organisation or year stands for.
func (b *Problem) groups(c Count, w *CountWord) []Count {
	var names []string
	years := map[int]bool{}
	for i := range b.project.Assets {
		a := &b.project.Assets[i]
		at, decided := b.at[a.ID]
		switch c.Per {
		case PerWard:
			names = append(names, a.Ward)
		case PerOrganisation:
			if o := b.project.Organisation(a.Organisation); o != nil {
				names = append(names, o.Name)
			}
		case PerYear:
			if !decided {
				continue
			}
			for _, act := range b.Problem.Actions[at] {
				if ch := b.choices[string(a.ID)+"/"+act.Name]; w.counts(b, a, ch) && w.Key != "openings" {
					years[ch.year()] = true
				}
			}
			years[b.spec.Year] = true
		}
	}
	slices.Sort(names)
	var out []Count
	for _, n := range slices.Compact(names) {
		if n == "" {
			continue
		}
		one := c
		if one.Per = ""; c.Per == PerWard {
			one.Ward = n
		} else {
			one.Organisation = n
		}
		out = append(out, one)
	}
	for y := b.project.BaseYear; y <= b.project.LastYear(); y++ {
		if years[y] {
			one := c
			one.Per, one.Year = "", y
			out = append(out, one)
		}
	}
	if c.Per == "" {
		out = []Count{c}
	}
	return out
}

func (b *Problem) inGroup(a *model.Asset, c Count) bool {
	if c.Ward != "" && a.Ward != c.Ward {
		return false
	}
	if c.Organisation != "" {
		o := b.project.Organisation(a.Organisation)
		return o != nil && o.Name == c.Organisation
	}
	return true
}

func (b *Problem) note(format string, args ...any) {
	b.Notes = append(b.Notes, fmt.Sprintf(format, args...))
}

// takingIn is what a decision is called that lets a building take in services.
const takingIn = " and take services in"

// openings splits every way of keeping a building into one for its own services
// and one that takes others in, so that those can be counted.
func (b *Problem) openings() {
	if !slices.ContainsFunc(b.spec.Counts, func(c Count) bool { w := countWord(c.What); return w != nil && w.Key == "openings" }) {
		return
	}
	home := func(s int) string { return b.Problem.Services[s].Class + "@" + string(b.seats[s].Asset) }
	own, all := make([]map[string]bool, len(b.Buildings)), make([]map[string]bool, len(b.Buildings))
	for i := range own {
		own[i], all[i] = map[string]bool{}, map[string]bool{}
	}
	others := make([]bool, len(b.Buildings))
	for _, a := range b.Problem.Arcs {
		c := home(a.Service)
		all[a.Building][c] = true
		if string(b.seats[a.Service].Asset) == b.Buildings[a.Building].ID {
			own[a.Building][c] = true
		} else {
			others[a.Building] = true
		}
	}
	for s := range b.Problem.Services {
		b.Problem.Services[s].Class = home(s)
	}
	for i, list := range b.Problem.Actions {
		var out, extra []optimise.Action
		id := b.Buildings[i].ID
		for _, act := range list {
			if act.Cap > 0 {
				more := act
				act.Tags = keys(own[i])
				if others[i] {
					more.Name += takingIn
					more.Tags = keys(all[i])
					extra = append(extra, more)
					c := b.choices[id+"/"+act.Name]
					c.takesIn = true
					b.choices[id+"/"+more.Name] = c
				}
			}
			out = append(out, act)
		}
		b.Problem.Actions[i] = append(out, extra...)
	}
}

func keys(m map[string]bool) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
