package businesscase

import (
	"github.com/planting-the-flag/flagstone/model"
	pathway "github.com/planting-the-flag/flagstone/model/carbon"
)

// targetKey is the assumption that holds the year by which nothing is to be emitted.
const targetKey = "carbon.target_year"

// target is the straight way from today's emissions to nothing in the target year; none when there is no target, or nothing to bring
// down.
func (b *builder) target() (model.Path, bool) {
	year, ok := b.cmp.Book.Get(targetKey)
	if !ok || b.base == nil || b.base.CarbonByYear[0] < 0.05 || int(year.Value) <= b.cmp.BaseYear {
		return model.Path{}, false
	}
	t := pathway.Target{Label: "target: nothing by " + Year(int(year.Value)), Base: b.cmp.BaseYear, Year: int(year.Value)}
	p, err := t.Pathway(b.base.CarbonByYear[0], b.cmp.BaseYear, b.cmp.Years, false)
	return p, err == nil
}

// stranded is the first year in which a scenario emits more than the target allows; nil when it never does.
func (b *builder) stranded(o *option) *int {
	p, ok := b.target()
	if !ok {
		return nil
	}
	y, err := pathway.StrandingYear(model.Path{Label: o.name, Start: b.cmp.BaseYear, Values: o.CarbonByYear}, p)
	if err != nil {
		return nil
	}
	return y
}

// targetWords say when the scenarios leave the target.
func (b *builder) targetWords() {
	if _, ok := b.target(); !ok {
		return
	}
	year, _ := b.cmp.Book.Get(targetKey)
	say := func(o *option, verb string) {
		if y := b.stranded(o); y != nil {
			b.say("Held against a straight line to nothing by @, @ @ above it from @.", Year(int(year.Value)), o.name, verb, Year(*y))
		} else {
			b.say("Held against a straight line to nothing by @, @ stays below it in every year appraised.", Year(int(year.Value)), o.name)
		}
	}
	if o := b.preferred; o != nil {
		say(o, "is")
	}
	say(b.base, "is")
}
