package businesscase

import (
	"math"

	"github.com/planting-the-flag/flagstone/reports/document"
)

// rejected says of every option that is not preferred why not, measure by measure.
func (b *builder) rejected() {
	o := b.preferred
	if o == nil {
		b.say("No option has been appraised, so none has been rejected.")
		return
	}
	n := 0
	for _, x := range append(b.baseline(), b.others()...) {
		if x == o {
			continue
		}
		n++
		b.add1(document.Paragraph{Runs: append([]document.Inline{document.B(x.name + ". ")}, append(upper(mix("it @", b.what(x))), document.T("."))...)})
		b.add1(b.against(x))
		if c := lost(x); c > 0 {
			b.say("@ of this scenario cannot be carried out as written and @ left out of its figures.", upper(things(x.id+".conflicts.left_out", c, "action", "actions")), plural(c, "is", "are"))
		}
	}
	if n == 0 {
		b.say("There was no other option to reject. A decision between at least three choices, business as usual among them, would be safer.")
	} else if n < 2 {
		b.say("Only one other choice was appraised. The Green Book expects a longer short list.")
	}
}

func lost(o *option) int {
	n := 0
	for _, how := range carried(o) {
		if how == leftOut {
			n++
		}
	}
	return n
}

// against sets a scenario against the preferred option.
func (b *builder) against(x *option) document.Paragraph {
	o := b.preferred
	var better, worse [][]document.Inline
	put := func(good bool, runs []document.Inline) {
		if good {
			better = append(better, runs)
		} else {
			worse = append(worse, runs)
		}
	}
	g := gradeOf(x)
	if !b.shut(x) && !b.shut(o) {
		d := x.NPSV - o.NPSV
		f := pounds(x.id+".npsv.gap", math.Abs(d), g)
		switch {
		case nothing(d):
		case d > 0:
			put(true, mix("is worth @ more to society", f))
		default:
			put(false, mix("is worth @ less to society", f))
		}
		d = x.NPVPublic - o.NPVPublic
		f = pounds(x.id+".npv_public.gap", math.Abs(d), g)
		switch {
		case nothing(d):
		case d > 0:
			put(true, mix("costs the public purse @ less", f))
		default:
			put(false, mix("costs the public purse @ more", f))
		}
	} else {
		d := x.npsv - o.npsv
		f := pounds(x.id+".npsv.gap.before_exempt", math.Abs(d), g)
		switch {
		case nothing(d):
		case d > 0:
			put(true, mix("is worth @ more to society before exempt amounts", f))
		default:
			put(false, mix("is worth @ less to society before exempt amounts", f))
		}
	}
	if d := x.CarbonTotal - o.CarbonTotal; math.Abs(d) >= 0.5 {
		if d > 0 {
			put(false, mix("emits @ more", tonnes(x.id+".carbon.gap", d, g)))
		} else {
			put(true, mix("emits @ less", tonnes(x.id+".carbon.gap", -d, g)))
		}
	}
	if d := areaEnd(x) - areaEnd(o); math.Abs(d) >= 0.5 {
		if d > 0 {
			put(false, mix("keeps @ more floor area in use", area(x.id+".area.gap", d, document.Ungraded)))
		} else {
			put(true, mix("keeps @ less floor area in use", area(x.id+".area.gap", -d, document.Ungraded)))
		}
	}
	if a := b.access(); a != nil && o.Scenario.ID == a.Scenario && x.baseline {
		if s, lost := hardest(a); lost >= 0.5 {
			put(true, mix("keeps @ more residents within @ minutes of the service “@” @", document.Field{Key: "access." + s.Name + "." + s.Mode + ".lost", Text: Number(lost, 0), Value: lost, Unit: "people", Grade: mark(a.Grade)},
				plain("access.minutes", a.Minutes, 0, "minutes"), lower(b.free(s.Name)), s.Mode))
		}
	}
	switch {
	case len(better) == 0 && len(worse) == 0:
		return para("Against the preferred option it makes no difference that shows in these figures.")
	case len(better) == 0:
		return para("Against the preferred option it @. It is better in nothing that was measured, so it is dominated.", joined(worse))
	case len(worse) == 0:
		return para("Against the preferred option it @, and it is worse in nothing that was measured. The choice of another option needs reasons beyond these figures.", joined(better))
	}
	return para("Against the preferred option it @. On the other hand it @.", joined(worse), joined(better))
}
