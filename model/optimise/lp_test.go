package optimise

import (
	"bufio"
	"fmt"
	"io"
)

// writeLP writes a problem as a mixed-integer programme in the LP format that
// general solvers read, money in £ thousand. Strong links let a service sit only
// where an action that holds it is taken.
func writeLP(w io.Writer, p *Problem) error {
	b := bufio.NewWriter(w)
	var err error
	put := func(format string, args ...any) {
		if _, e := fmt.Fprintf(b, format, args...); err == nil {
			err = e
		}
	}
	terms := 0
	term := func(v float64, name string) {
		if v != 0 {
			terms++
			put(" %+.10g %s\n", v, name)
		}
	}
	y := func(i, k int) string { return fmt.Sprintf("y%d_%d", i, k) }
	x := func(a *Arc) string { return fmt.Sprintf("x%d_%d", a.Service, a.Building) }
	put("Minimize\n obj:\n")
	for i, list := range p.Actions {
		for k := range list {
			term(list[k].Cost, y(i, k))
		}
	}
	inside, from := make([][]*Arc, len(p.Buildings)), make([][]*Arc, len(p.Services))
	for k := range p.Arcs {
		a := &p.Arcs[k]
		term(a.Cost, x(a))
		inside[a.Building], from[a.Service] = append(inside[a.Building], a), append(from[a.Service], a)
	}
	put("Subject To\n")
	for i, list := range p.Actions {
		put(" act%d:\n", i)
		for k := range list {
			term(1, y(i, k))
		}
		put(" = 1\n")
	}
	for s := range p.Services {
		put(" sit%d:\n", s)
		for _, a := range from[s] {
			term(1, x(a))
		}
		put(" = 1\n")
	}
	var conflicts []int
	for i, list := range p.Actions {
		if len(inside[i]) == 0 {
			continue
		}
		put(" cap%d:\n", i)
		before := terms
		sides := map[string]bool{}
		for _, a := range inside[i] {
			term(p.Services[a.Service].Demand, x(a))
			sides[p.Services[a.Service].Conflict] = true
		}
		for k := range list {
			term(-list[k].Cap, y(i, k))
		}
		if terms == before {
			put(" 0 %s\n", y(i, 0))
		}
		put(" <= 0\n")
		apart := sides["A"] && sides["B"]
		if apart {
			conflicts = append(conflicts, i)
		}
		for _, a := range inside[i] {
			svc := &p.Services[a.Service]
			put(" in%d_%d: %s\n", a.Service, i, x(a))
			for k := range list {
				if holds(&list[k], svc) {
					term(-1, y(i, k))
				}
			}
			put(" <= 0\n")
			switch {
			case apart && svc.Conflict == "A":
				put(" a%d_%d: %s - w%d <= 0\n", a.Service, i, x(a), i)
			case apart && svc.Conflict == "B":
				put(" b%d_%d: %s + w%d <= 1\n", a.Service, i, x(a), i)
			}
		}
	}
	at := func(v []float64, t int) float64 {
		if t < len(v) {
			return v[t]
		}
		return 0
	}
	row := func(name string, limit float64, action func(a *Action) float64, move func(a *Arc) float64) {
		put(" %s:\n", name)
		before := terms
		for i, list := range p.Actions {
			for k := range list {
				term(action(&list[k]), y(i, k))
			}
		}
		for k := range p.Arcs {
			term(move(&p.Arcs[k]), x(&p.Arcs[k]))
		}
		if terms == before {
			put(" 0 %s\n", y(0, 0))
		}
		put(" <= %.10g\n", limit)
	}
	for _, t := range sortedKeys(p.Budget) {
		row(fmt.Sprintf("budget%d", t), p.Budget[t], func(a *Action) float64 { return at(a.Capex, t) }, func(a *Arc) float64 { return a.Capex[t] })
	}
	for _, t := range sortedKeys(p.CarbonTarget) {
		row(fmt.Sprintf("carbon%d", t), p.CarbonTarget[t], func(a *Action) float64 { return at(a.Carbon, t) }, func(a *Arc) float64 { return a.Carbon[t] })
	}
	if p.AccessLimit != nil {
		row("access", *p.AccessLimit, func(*Action) float64 { return 0 }, func(a *Arc) float64 { return p.Services[a.Service].Population * a.KM })
	}
	put("Bounds\n")
	for i, bld := range p.Buildings {
		if name, ok := p.Locked[bld.ID]; ok {
			put(" %s = 1\n", y(i, p.actionIndex(i, name)))
		}
	}
	put("Binaries\n")
	for i, list := range p.Actions {
		for k := range list {
			put(" %s\n", y(i, k))
		}
	}
	for k := range p.Arcs {
		put(" %s\n", x(&p.Arcs[k]))
	}
	for _, i := range conflicts {
		put(" w%d\n", i)
	}
	put("End\n")
	if e := b.Flush(); err == nil {
		err = e
	}
	return err
}
