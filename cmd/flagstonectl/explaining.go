package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/rationalise"
)

// optimised is the answer of the optimise command. Where no plan keeps the
// limits it is the nearest one, and the bound and the gap are left out.
type optimised struct {
	Name       string            `json:"name"`
	Status     string            `json:"status"`
	NPSV       pounds            `json:"npsv"`
	Bound      *pounds           `json:"npsv_bound,omitempty"`
	Gap        *pounds           `json:"gap_pounds,omitempty"`
	GapShare   *float64          `json:"gap,omitempty"`
	Appraised  pounds            `json:"npsv_appraised"`
	Difference pounds            `json:"difference"`
	Capex      pounds            `json:"capex"`
	Carbon     float64           `json:"carbon_t_total"`
	Within     *float64          `json:"residents_within_reach,omitempty"`
	Limits     []string          `json:"limits"`
	Notes      []string          `json:"notes,omitempty"`
	Plan       map[string]string `json:"plan"`
	Assignment map[string]string `json:"assignment"`
	Breaks     []string          `json:"breaks"`
	Impossible bool              `json:"proven_infeasible,omitempty"`
	Relax      string            `json:"relax_first,omitempty"`
	Work       int64             `json:"work"`
	Seed       uint64            `json:"seed"`
	Wall       float64           `json:"wall_s,omitempty"`
	Why        *why              `json:"why,omitempty"`          // of the first asset asked about
	WhyNot     string            `json:"why_not,omitempty"`      // why its decision cannot be forced
	Whys       []why             `json:"explanations,omitempty"` // of all, when there are several
	Prices     []price           `json:"prices,omitempty"`
	Rooms      []room            `json:"room_prices_indicative,omitempty"`
}

// room is what one more m² would be worth in a building that the plan fills.
type room struct {
	Asset string `json:"asset"`
	Worth pounds `json:"npsv_per_m2"`
	Words string `json:"words"`
}

// mostRooms is how many buildings are told of; the answer as JSON has them all.
const mostRooms = 5

// why is what one decision forced the other way would come to; Not says why it
// cannot be forced.
type why struct {
	Asset    string    `json:"asset"`
	Not      string    `json:"not,omitempty"`
	Decision string    `json:"decision,omitempty"`
	Forced   string    `json:"forced,omitempty"`
	Lost     pounds    `json:"npsv_lost"`
	Low      pounds    `json:"npsv_lost_at_least"`
	High     pounds    `json:"npsv_lost_at_most"`
	Carbon   float64   `json:"carbon_t_more"`
	Capital  pounds    `json:"capital_more"`
	Services []string  `json:"services_elsewhere"`
	Moves    []moved   `json:"moves"`
	Travel   float64   `json:"visits_km_more"`
	Turns    []turning `json:"switching_values"`
	Proven   bool      `json:"proven"`
}

type moved struct {
	Service string  `json:"service"`
	From    string  `json:"from"`
	To      string  `json:"to"`
	KM      float64 `json:"km_further"`
	Visits  float64 `json:"visits"`
}

type turning struct {
	What    string  `json:"what"`
	Now     pounds  `json:"now"`
	At      *pounds `json:"turns_at"` // none when no amount of nought or more does it
	PerYear bool    `json:"per_year,omitempty"`
}

type price struct {
	Limit  string  `json:"limit"`
	Unit   string  `json:"unit"`
	Worth  pounds  `json:"npsv_per_unit"`
	Low    pounds  `json:"at_least"`
	High   pounds  `json:"at_most"`
	Step   float64 `json:"relaxed_by_units"`
	Proven bool    `json:"proven_by_solving_again"`
	Edge   pounds  `json:"indicative"`
	Words  string  `json:"words"`
}

func answerOf(b *rationalise.Problem, name string, plan *rationalise.Plan) optimised {
	out := optimised{Name: name, Status: plan.Solver.Status, NPSV: pounds(plan.NPSV), Appraised: pounds(plan.Appraised), Difference: pounds(plan.Difference),
		Capex: pounds(plan.Result.Capex), Carbon: plan.Result.CarbonTotal, Within: plan.Within, Limits: append([]string{}, b.Limits()...), Notes: b.Notes,
		Plan: b.Decisions(plan), Assignment: plan.Solver.Assignment, Breaks: append([]string{}, plan.Breaks...), Impossible: plan.Solver.ProvenInfeasible,
		Relax: plan.RelaxFirst, Work: plan.Solver.Work, Seed: plan.Solver.Seed}
	if plan.Solver.Status != optimise.StatusInfeasible {
		bound, gap, share := pounds(plan.Bound), pounds(plan.Gap), plan.Solver.Gap
		out.Bound, out.Gap, out.GapShare = &bound, &gap, &share
	}
	return out
}

// otherWays forces decisions the other way and prices the limits, each with the
// time of a search of its own.
func (t *tool) otherWays(ctx context.Context, s *search, b *rationalise.Problem, plan *rationalise.Plan, assets []model.AssetID, named func(model.AssetID) string, out *optimised) error {
	for _, id := range assets {
		w, err := rationalise.Explain(ctx, b, plan, id, s.again(t))
		x := why{Asset: string(id), Services: []string{}, Moves: []moved{}, Turns: []turning{}}
		if errors.Is(err, model.ErrConflict) {
			x.Not = strings.TrimPrefix(err.Error(), model.ErrConflict.Error()+": ")
			out.Whys = append(out.Whys, x)
			continue
		} else if err != nil {
			return err
		}
		x.Decision, x.Forced, x.Lost, x.Carbon, x.Capital, x.Travel, x.Proven = w.Decision, w.Forced, pounds(w.NPSV), w.Carbon, pounds(w.Capital), w.Travel, w.Proven
		x.Low, x.High = pounds(w.Low), pounds(w.High)
		for _, m := range w.Moves {
			x.Services = append(x.Services, string(m.Service))
			x.Moves = append(x.Moves, moved{string(m.Service), string(m.From), string(m.To), m.KM, m.Visits})
		}
		for _, v := range w.Switching {
			y := turning{What: v.What, Now: pounds(v.Now), PerYear: v.What == rationalise.TurnRunning}
			if v.Reached {
				at := pounds(v.At)
				y.At = &at
			}
			x.Turns = append(x.Turns, y)
		}
		out.Whys = append(out.Whys, x)
	}
	if first := &out.Whys[0]; first.Not != "" {
		out.WhyNot = first.Not
	} else {
		out.Why = first
	}
	prices, err := rationalise.Prices(ctx, b, plan, s.again(t))
	if err != nil {
		return err
	}
	for _, p := range prices {
		out.Prices = append(out.Prices, price{p.Limit, p.Unit, pounds(p.Worth), pounds(p.Low), pounds(p.High), p.Step, p.Proven, pounds(p.Indicative), p.String()})
	}
	rooms, err := rationalise.Rooms(ctx, b, plan, s.again(t))
	if err != nil {
		return err
	}
	for _, r := range rooms {
		out.Rooms = append(out.Rooms, room{string(r.Asset), pounds(r.Worth), r.Words(named(r.Asset))})
	}
	return nil
}

// tell puts the answer into sentences.
func (t *tool) tell(out optimised, s *search, p *model.Project) {
	for _, n := range out.Notes {
		fmt.Fprintln(t.out, n)
	}
	if out.Status == optimise.StatusInfeasible {
		how := "No plan that keeps every limit was found."
		if out.Impossible {
			how = "No plan keeps every limit; that is proven."
		}
		fmt.Fprintf(t.out, "%s The nearest, %s, is worth %s.\n", how, out.Name, money(out.NPSV))
		for _, x := range out.Breaks {
			fmt.Fprintln(t.out, "Breaks:", x)
		}
		if out.Relax != "" {
			fmt.Fprintf(t.out, "Relax first: %s.\n", out.Relax)
		}
		return
	}
	if len(out.Limits) > 0 {
		fmt.Fprintf(t.out, "Within these limits: %s.\n", strings.Join(out.Limits, "; "))
	}
	proof := fmt.Sprintf("%.2f %%", 100**out.GapShare)
	if out.Status == optimise.StatusOptimal {
		proof = "proven optimal"
	}
	fmt.Fprintf(t.out, "%s: net present social value %s; no plan within the limits can be worth more than %s: at most %s is left on the table (%s).\n",
		out.Name, money(out.NPSV), money(*out.Bound), money(*out.Gap), proof)
	if out.Within != nil {
		fmt.Fprintf(t.out, "%.1f %% of residents keep a public building within reach.\n", 100**out.Within)
	}
	for _, x := range out.Breaks {
		fmt.Fprintln(t.out, "Breaks:", x)
	}
	for i := range out.Whys {
		t.because(&out.Whys[i], p)
	}
	for _, x := range out.Prices {
		if x.Worth < 1000 && !x.Proven {
			continue
		}
		fmt.Fprintf(t.out, "What a limit costs, %s.\n", x.Words)
	}
	for i, x := range out.Rooms {
		if i == mostRooms {
			break
		}
		fmt.Fprintf(t.out, "What a limit costs, %s.\n", x.Words)
	}
	fmt.Fprintf(t.out, "To repeat this run exactly: %s.\n", s.repeat(out.Work))
}

// because tells of one decision forced the other way.
func (t *tool) because(w *why, p *model.Project) {
	building := func(id string) string {
		if a := p.Asset(model.AssetID(id)); a != nil {
			return a.Name
		}
		return id
	}
	if w.Not != "" {
		fmt.Fprintf(t.out, "%s: the decision cannot be forced the other way: %s.\n", building(w.Asset), w.Not)
		return
	}
	proof := fmt.Sprintf("neither plan is proven best, so the loss is between %s and %s", money(w.Low), money(w.High))
	if w.Low < 0 {
		proof = fmt.Sprintf("neither plan is proven best, so it is between a gain of %s and a loss of %s", money(-w.Low), money(max(0, w.High)))
	}
	if w.Proven {
		proof = "proven"
	}
	more := func(v float64, amount, up, down string) string {
		if v < 0 {
			return amount + " " + down
		}
		return amount + " " + up
	}
	lost := "would lose " + money(w.Lost)
	if w.Lost < 0 {
		lost = "would gain " + money(-w.Lost)
	}
	fmt.Fprintf(t.out, "%s: the plan is to %s. To %s instead %s, take %s capital and emit %s; %s would sit elsewhere (%s).\n",
		building(w.Asset), w.Decision, w.Forced, lost, more(float64(w.Capital), money(pounds(math.Abs(float64(w.Capital)))), "more", "less"),
		more(w.Carbon, fmt.Sprintf("%.0f t", math.Abs(w.Carbon)), "more", "less"), counted(len(w.Services), "service", "services"), proof)
	if w.Lost < 0 {
		fmt.Fprintln(t.out, "  That is better than the plan found: search longer.")
	}
	today := map[string]map[string]bool{} // where services are
	for _, o := range p.Occupations {
		s := string(o.Service)
		if today[s] == nil {
			today[s] = map[string]bool{}
		}
		today[s][string(o.Asset)] = true
	}
	others := 0
	for _, m := range w.Moves {
		if m.From != w.Asset && m.To != w.Asset {
			others++
			continue
		}
		name := m.Service
		if s := p.Service(model.ServiceID(m.Service)); s != nil {
			name = s.Name
		}
		line := fmt.Sprintf("  %s would be in %s instead of %s", name, building(m.To), building(m.From))
		far := m.KM
		switch {
		case today[m.Service][m.To]:
			line = fmt.Sprintf("  %s would stay in %s instead of moving to %s", name, building(m.To), building(m.From))
			far = -m.KM
		case today[m.Service][m.From]:
			line = fmt.Sprintf("  %s would move to %s instead of staying in %s", name, building(m.To), building(m.From))
		case m.KM < 0:
			far = -m.KM
		}
		if math.Abs(m.KM) >= 0.05 && m.Visits >= 1 {
			how := "away"
			if !today[m.Service][m.To] && !today[m.Service][m.From] {
				how = "further from where it is today"
				if m.KM < 0 {
					how = "nearer to where it is today"
				}
			}
			line += fmt.Sprintf(", %.1f km %s (%s visits a year)", far, how, grouped(m.Visits))
		}
		fmt.Fprintln(t.out, line+".")
	}
	if others > 0 {
		fmt.Fprintf(t.out, "  %s would sit elsewhere too, though not in this building either way.\n", counted(others, "other service", "other services"))
	}
	if math.Abs(w.Travel) >= 1 {
		fmt.Fprintf(t.out, "  Visits would travel %s in all.\n", more(w.Travel, grouped(math.Abs(w.Travel))+" km a year", "more", "less"))
	}
	for _, x := range w.Turns {
		year := ""
		if x.PerYear {
			year = " a year"
		}
		if x.At == nil {
			fmt.Fprintf(t.out, "  No %s, now %s%s, would turn the decision.\n", x.What, money(x.Now), year)
			continue
		}
		fmt.Fprintf(t.out, "  The decision would turn at a %s of %s%s; now %s.\n", x.What, money(*x.At), year, money(x.Now))
	}
}

// grouped writes a number of nought or more in whole units: 42,941.
func grouped(v float64) string {
	s := fmt.Sprintf("%.0f", v)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
