package businesscase

import (
	"math"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// biasWords say what optimism bias adds to the preferred option.
func (b *builder) biasWords() {
	o := b.preferred
	keys := make([]string, 0, len(o.bias))
	total := 0.0
	for k, v := range o.bias {
		if v >= 0.5 {
			keys = append(keys, k)
			total += v
		}
	}
	sort.Strings(keys)
	if len(keys) == 0 {
		b.say("No optimism bias is added to the preferred option, because none of its costs is a works cost.")
		return
	}
	b.say("Costs of works are raised for optimism bias, the known habit of projects to cost more than they were said to. In the preferred option this adds @ in present value.",
		pounds(o.id+".bias", total, gradeOf(o)))
	t := document.Table{Caption: "Optimism bias in the preferred option", Columns: []document.Column{{Heading: "Applied to", RowHeader: true, Weight: 2.4}, {Heading: "Uplift", Align: document.Right},
		{Heading: "Adds, present value", Unit: "£000", Align: document.Right, Weight: 1.2}, {Heading: "Evidence", Weight: 1}}}
	for _, k := range keys {
		a, ok := b.cmp.Book.Get(k)
		label, g := "uplifts set in the actions", model.Stated
		rate := document.CT("as set")
		if ok {
			label, g = a.Label, a.Grade
			rate = document.CF(percent("assumption."+k, a.Value, document.Ungraded))
		}
		t.Rows = append(t.Rows, document.R(document.CT(capital(b.free(label))), rate, document.CF(thousands(key(o, "bias.%s", k), o.bias[k])), document.CT(gradeWord(g))))
	}
	b.add1(t)
}

// switching says how far a driver must move before the choice turns.
func (b *builder) switching() {
	o := b.preferred
	if len(b.opt.Switching) == 0 {
		v := b.worth(o)
		if nothing(v) || o.capex < 0.5 {
			return
		}
		var pvCapital float64
		for t, x := range spending(o, b) {
			pvCapital += x * b.cmp.Discount[t]
		}
		switch by := v / math.Max(1, pvCapital); {
		case v <= 0:
		case by >= 2:
			b.say("All else equal, the capital cost of its actions could rise to @ times what is planned before the preferred option were worth no more than @@.",
				plain(o.id+".switch.capital", 1+by, 0, "times"), b.baseName(), b.gapSuffix(o))
		default:
			b.say("All else equal, the capital cost of its actions could rise by @ before the preferred option were worth no more than @@.",
				percent(o.id+".switch.capital", by, gradeOf(o)), b.baseName(), b.gapSuffix(o))
		}
		return
	}
	t := document.Table{Caption: "Switching values: where the preferred option stops being worth more than " + b.baseName(), Columns: []document.Column{{Heading: "Driver", RowHeader: true, Weight: 2.4},
		{Heading: "Unit", Weight: 1}, {Heading: "Now", Align: document.Right}, {Heading: "Turns at", Align: document.Right}, {Heading: "Evidence", Weight: 1}}}
	left := 0
	for _, s := range b.opt.Switching {
		f, unit := told("switch."+s.Key+".now", s.Now, s.Unit)
		now, turns := document.CF(f), document.CT("never")
		if model.Finite(s.Turns) && !(strings.HasPrefix(s.Unit, "fraction") && s.Now >= 0 && s.Turns < 0) { // no share is below nothing
			f, _ = told("switch."+s.Key+".turns", s.Turns, s.Unit)
			turns = document.CF(f)
		}
		if b.isPublic && (b.hush[s.Key] || o.exempt) {
			// A switching value is what an option is worth over what a driver adds; with exempt amounts in its worth it tells them.
			if b.hush[s.Key] {
				now = document.CF(withheld("switch." + s.Key + ".now"))
			}
			turns = document.CF(withheld("switch." + s.Key + ".turns"))
			left++
		}
		t.Rows = append(t.Rows, document.R(document.CT(capital(b.free(s.Label))), document.CT(unit), now, turns, document.CT(gradeWord(s.Grade))))
	}
	if left == len(t.Rows) {
		b.say("How far each driver could move before the preferred option were worth no more than @ is in the exempt edition: every one of those values would tell an exempt amount.", b.baseName())
		return
	}
	if left > 0 {
		t.Notes = append(t.Notes, "Switching values that would tell an exempt amount are withheld.")
	}
	b.add1(t)
}

// told writes a driver's value and its unit: shares as percentages, present
// values short, other figures to three places.
func told(key string, v float64, unit string) (document.Field, string) {
	f := document.Field{Key: key, Value: safe(v), Unit: unit, Text: significant(v)}
	switch rest, share := strings.CutPrefix(unit, "fraction"); {
	case share:
		f.Text = significant(v*100) + "%"
		if unit = strings.TrimSpace(rest); unit == "" {
			unit = "–"
		}
	case strings.HasPrefix(unit, "£ present value"):
		f.Text, unit = Pounds(v), "present value, change"
	}
	return f, unit
}

// sensitivities are what the comparison was also run under.
func (b *builder) sensitivities() {
	o := b.preferred
	if o.Reduced != nil {
		if b.before(o) {
			v := 0.0
			for t, x := range o.eco {
				v += x * b.cmp.Reduced[t]
			}
			b.say("The period is longer than 50 years, so the value was also worked out at reduced discount rates: @ before exempt amounts.", pounds(o.id+".npsv.reduced", v, gradeOf(o)))
		} else {
			b.say("The period is longer than 50 years, so the value was also worked out at reduced discount rates: @.", pounds(o.id+".npsv.reduced", o.Reduced.NPSV, gradeOf(o)))
		}
	}
	b.say("Carbon is valued at @ for the preferred option in present value, part of the figures above. With low carbon values its net present social value is @, with high ones @.",
		pounds(o.id+".pv.carbon", o.PVCarbon, gradeOf(o)), b.lowHigh(o, o.NPSVLow, "npsv_low"), b.lowHigh(o, o.NPSVHigh, "npsv_high"))
	s := o.share[model.Measured] + o.share[model.Stated]
	var parts [][]document.Inline
	for _, x := range []struct {
		key, text string
		v         float64
	}{{"sure", "@ rests on figures that were measured or stated by their owners", s}, {"benchmark", "@ rests on published benchmarks", o.share[model.Benchmark]},
		{"weak", "@ is modelled or rests on placeholders", 1 - s - o.share[model.Benchmark]}} {
		if x.v >= 0.005 {
			parts = append(parts, mix(x.text, percent(o.id+".evidence."+x.key, x.v, document.Ungraded)))
		}
	}
	if len(parts) > 0 {
		b.say("Of all the money in the appraisal of the preferred option, @.", joined(parts))
	}
}

func (b *builder) lowHigh(o *option, v float64, k string) []document.Inline {
	if b.shut(o) {
		return mix("@ before exempt amounts", pounds(o.id+"."+k+".before_exempt", v-o.NPSV+o.npsv, gradeOf(o)))
	}
	return mix("@", pounds(o.id+"."+k, v, gradeOf(o)))
}
