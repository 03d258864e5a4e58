package businesscase

import (
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/outcome"
)

// target is the straight way from today's emissions to nothing in the target year.
func (b *builder) target() (model.Path, bool) { return outcome.Target(b.cmp) }

// stranded is the first year in which a scenario emits more than the target allows; nil when it never does.
func (b *builder) stranded(o *option) *int { return outcome.Stranded(b.cmp, o.Result) }

// targetWords say when the scenarios leave the target.
func (b *builder) targetWords() {
	if _, ok := b.target(); !ok {
		return
	}
	year, _ := b.cmp.Book.Get(outcome.TargetKey)
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
