package businesscase

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// exemptLaw is the paragraph of the Local Government Act 1972 under which values and negotiating positions are exempt.
const exemptLaw = "paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972"

// decision is the box with numbered recommendations.
func (b *builder) decision() {
	list := document.List{Ordered: true, Items: b.recommendations()}
	who := "The committee is recommended to:"
	if b.opt.Committee != "" {
		who = b.opt.Committee + " is recommended to:"
	}
	b.add1(document.Callout{Kind: document.Decision, Title: "Decision asked for", Blocks: []document.Block{para("@", who), list}})
}

// recommendations say what is to be decided, as far as the preferred option gives cause.
func (b *builder) recommendations() []document.ListItem {
	o := b.preferred
	if o == nil {
		return []document.ListItem{item("note the state of the estate set out in this paper; and"), item("ask for options to be drawn up and appraised against it.")}
	}
	var out []document.ListItem
	add := func(pattern string, args ...any) { out = append(out, item(pattern, args...)) }
	if b.losing() {
		add("note that no option appraised here is worth more than @: the best of them, “@”, is @;", b.baseName(), o.name, b.worthWords(o))
		add("carry on with @ for the time being; and", b.baseName())
		add("ask for other options to be drawn up.")
		return out
	}
	add("approve “@” as the preferred option, @ against @;", o.name, b.worthWords(o), b.baseName())
	if o.capex >= 0.5 {
		when := mix("between @ and @", Year(b.firstSpend(o)), Year(b.lastSpend(o)))
		if b.firstSpend(o) == b.lastSpend(o) {
			when = mix("in @", Year(b.firstSpend(o)))
		}
		add("approve capital spending of up to @ (real, optimism bias included) @, subject to each scheme being approved in turn;", pounds(o.id+".capex", o.capex, gradeOf(o)), when)
	}
	sold, left, changed := b.closures(o)
	if sold > 0 {
		add("declare surplus the @ listed for sale or transfer in the commercial case, each disposal to be for best consideration or separately justified;", things(o.id+".count.sold", sold, "building", "buildings"))
	}
	if left > 0 {
		when := "in the form and time that each lease asks for"
		for _, c := range o.Plan.Closures {
			if c.NoticeBy != "" && c.NoticeBy != c.LeaseEnds {
				when = "by the dates given there, in the form that each lease asks for"
			}
		}
		add("serve notice on the @ listed in the commercial case, @;", things(o.id+".count.left", left, "lease", "leases"), when)
	}
	if changed > 0 {
		add("authorise design and planning work for a change of use of the @ named in the commercial case;", things(o.id+".count.changed", changed, "building", "buildings"))
	}
	if n := movesOf(o); n > 0 {
		add("consult the staff and users of the @ that would move, and complete an equality impact assessment before each move;", things(o.id+".count.moves", n, "service", "services"))
	}
	if b.anyExempt() {
		if b.isPublic {
			add("consider the exempt edition of this paper in private under @;", exemptLaw)
		} else {
			add("keep this edition confidential, because it holds information that is exempt under @;", exemptLaw)
		}
	}
	add("ask for a progress report each year against the benefits listed in the management case.")
	return out
}

func (b *builder) anyExempt() bool {
	for _, o := range b.options {
		if o.exempt {
			return true
		}
	}
	return false
}

// closures counts buildings sold or transferred, leases ended, and buildings put to another use.
func (b *builder) closures(o *option) (sold, left, changed int) {
	for _, c := range o.Plan.Closures {
		switch c.Route {
		case model.Sell, model.Transfer:
			sold++
		case model.ExitLease:
			left++
		case model.Repurpose, model.Develop, model.Greening:
			changed++
		}
	}
	return sold, left, changed
}

// movesOf counts the services that move.
func movesOf(o *option) int {
	seen := map[model.ServiceID]bool{}
	for _, m := range o.Plan.Moves {
		seen[m.Service] = true
	}
	return len(seen)
}

// firstSpend and lastSpend are the years between which an option's actions spend capital.
func (b *builder) firstSpend(o *option) int {
	for i, v := range spending(o, b) {
		if v >= 0.5 {
			return b.cmp.BaseYear + i
		}
	}
	return b.cmp.BaseYear
}

func (b *builder) lastSpend(o *option) int {
	s := spending(o, b)
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] >= 0.5 {
			return b.cmp.BaseYear + i
		}
	}
	return b.lastYear()
}

// spending is capital spending by year, positive.
func spending(o *option, b *builder) []float64 {
	out := make([]float64, b.cmp.Years)
	for i := range o.Plan.Streams {
		s := &o.Plan.Streams[i]
		if s.Ledger != ledger.Money || !s.Capital || !decided(s) || s.Category == ledger.CatSaleCost || b.isPublic && s.Exempt {
			continue
		}
		first, _ := spent(b.cmp.BaseYear, s, o.Flows.Row(i))
		ledger.AddTo(out, first, 1)
	}
	return out
}

// key names a result of an option.
func key(o *option, format string, args ...any) string {
	return o.id + "." + fmt.Sprintf(format, args...)
}
