package businesscase

import (
	"math"
	"sort"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// risks is the register: what the figures themselves show to be at risk, then what the plan ran into.
func (b *builder) risks(o *option) {
	t := document.Table{Caption: "Risk register", Columns: []document.Column{{Heading: "Risk", RowHeader: true, Weight: 2.8}, {Heading: "Likelihood", Weight: 0.9}, {Heading: "Impact", Weight: 0.8},
		{Heading: "At stake", Align: document.Right, Weight: 1.1}, {Heading: "What is done about it", Weight: 2.4}, {Heading: "Owner", Weight: 0.9}}}
	put := func(risk []document.Inline, likely, impact string, stake document.Cell, answer string) {
		t.Rows = append(t.Rows, document.R(document.Cell{Runs: risk}, document.CT(likely), document.CT(impact), stake, document.CT(answer), document.CT(toBeNamed)))
	}
	none := document.CT("–")
	g := gradeOf(o)
	if o.capex >= 0.5 {
		over := 0.2 * o.capex
		put(mix("Works cost a fifth more than planned, beyond optimism bias."), "medium", impactOf(over, b.worth(o)), document.CF(pounds(o.id+".risk.capital", over, g)), "Surveys and tendered prices before each approval.")
	}
	sold, _, changed := b.closures(o)
	if sold > 0 {
		stake := document.CF(withheld(o.id + ".risk.receipts"))
		impact := "not stated"
		if !b.isPublic {
			v := 0.0
			for i := range o.Plan.Streams {
				if s := &o.Plan.Streams[i]; s.Category == ledger.CatReceipt {
					v += total(o.Flows.Row(i))
				}
			}
			f := pounds(o.id+".risk.receipts", 0.25*v, g)
			f.Exempt = true
			stake, impact = document.CF(f), impactOf(0.25*v, b.worth(o))
		}
		put(mix("Sales bring in a quarter less than expected."), "medium", impact, stake, "Independent valuations; no scheme relies on a receipt not yet in the bank.")
		hold := b.holdingYear(o)
		put(mix("Sales complete a year late."), "high", impactOf(hold, b.worth(o)), document.CF(pounds(o.id+".risk.delay", hold, g)), "Market early; holding costs of empty buildings are budgeted. A delay moves receipts as well.")
	}
	if changed > 0 {
		put(mix("Planning permission for a change of use is refused or late."), "medium", "medium", none, "Advice before application; each phase stands on its own.")
	}
	if n := movesOf(o); n > 0 {
		put(mix("Staff or users of the @ that move find the new building harder to use.", things(o.id+".count.moves", n, "service", "services")), "medium", "medium", none, "Consultation and an equality impact assessment before each move.")
	}
	weak := o.share[model.Placeholder] + o.share[model.Estimated]
	if weak >= 0.05 {
		put(mix("Costs turn out different, because @ of the money in the appraisal is modelled or rests on placeholders.", percent(o.id+".evidence.modelled", weak, document.Ungraded)), likelihood(weak), "high", none, "Replace modelled figures by accounts, bills and surveys, the largest first.")
	}
	if e := b.energyEnd(o); e >= 0.5 {
		put(mix("Energy prices rise by half."), "medium", impactOf(e/2, b.worth(o)), document.CF(pounds(o.id+".risk.energy", e/2, g)), "At stake each year at the end of the period. Retrofit before renewal of contracts.")
	}
	how := carried(o)
	for _, c := range b.conflicts(o) {
		msg := b.free(sentence(capital(b.written(c.Message))))
		switch {
		case c.LeftOut && how[c.Action] == leftOut:
			msg += " The action is left out of all figures."
		case c.LeftOut:
			msg += " That part is left out of all figures."
		}
		likely := "certain"
		put(mix("@", msg), likely, "medium", none, answerTo(c))
	}
	b.add1(t)
	if n := len(distinct(o.Plan.Conflicts)); n > mostConflicts {
		b.say("The plan ran into @ in all; the table shows the first of them. The window lists every one.", things(o.id+".conflicts", n, "conflict", "conflicts"))
	}
}

const mostConflicts = 12

// conflicts are the first of an option's conflicts, those that leave an action out first.
func (b *builder) conflicts(o *option) []action.Conflict {
	list := distinct(o.Plan.Conflicts)
	sort.SliceStable(list, func(i, j int) bool { return list[i].LeftOut && !list[j].LeftOut })
	return list[:min(len(list), mostConflicts)]
}

func distinct(list []action.Conflict) []action.Conflict {
	seen := map[string]bool{}
	var out []action.Conflict
	for _, c := range list {
		if !seen[c.Message] {
			seen[c.Message] = true
			out = append(out, c)
		}
	}
	return out
}

func answerTo(c action.Conflict) string {
	switch c.Kind {
	case "over capacity":
		return "Flexible working, a smaller move or another building before the move is made."
	case "emptied but kept":
		return "Decide what becomes of the empty building."
	case "locked":
		return "Lift the constraint or choose another building."
	case "no value", "no backlog known", "no gas use known":
		return "Enter the missing figure."
	case "lease dates not known":
		return "Read the lease."
	case "lease not readable", "rooms not readable":
		return "Correct the register."
	case "break notice passed":
		return "Ask the landlord for a surrender, or plan for the later date."
	case "before the lease can end":
		return "Ask the landlord for a surrender, sublet until then, or move later."
	case "listed":
		return "Obtain listed building consent before works are let."
	case "not free", "nobody to move", "shares do not sum":
		return "Check who is in the building and when."
	case "far apart":
		return "Have the route surveyed before anything is spent."
	}
	return "Change the action or the plan around it."
}

// impactOf ranks an amount against what the option is worth.
func impactOf(v, worth float64) string {
	share := math.Abs(v) / math.Max(1, math.Abs(worth))
	switch {
	case share >= 0.5:
		return "high"
	case share >= 0.1:
		return "medium"
	}
	return "low"
}

func likelihood(share float64) string {
	switch {
	case share >= 0.5:
		return "high"
	case share >= 0.2:
		return "medium"
	}
	return "low"
}

// holdingYear is what the buildings to be sold cost for a year while they stand empty.
func (b *builder) holdingYear(o *option) float64 {
	v := 0.0
	for i := range o.Plan.Streams {
		if s := &o.Plan.Streams[i]; s.Category == ledger.CatHolding && s.Ledger == ledger.Money && !(b.isPublic && s.Exempt) {
			v -= s.Amount()
		}
	}
	return math.Max(0, v)
}

// energyEnd is what energy costs in the last year.
func (b *builder) energyEnd(o *option) float64 { return math.Max(0, end(o.runBy[ledger.CatEnergy])) }
