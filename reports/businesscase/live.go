package businesscase

import (
	"maps"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// LiveFields lists the names that typed text may put in braces, in alphabetical order: {preferred.npsv} prints the figure of the
// comparison that the paper is made from.
func LiveFields(cmp *appraisal.Comparison, opt Options) ([]string, error) {
	b, err := newBuilder(cmp, opt)
	if err != nil {
		return nil, err
	}
	var out []string
	for k := range b.live() {
		out = append(out, k)
	}
	sort.Strings(out)
	return out, nil
}

func (b *builder) live() map[string]document.Inline {
	_, _, all := b.estates()
	out := map[string]document.Inline{
		"place":           document.T(b.place()),
		"estate.assets":   plain("estate.assets", float64(all.assets), 0, ""),
		"estate.area":     area("estate.area", all.area, all.areaBy.mark()),
		"estate.running":  pounds("estate.running", all.cost, all.costBy.mark()),
		"estate.carbon":   tonnes("estate.carbon", all.carbon, all.carbonBy.mark()),
		"estate.backlog":  pounds("estate.backlog", all.backlog, all.backlogBy.mark()),
		"appraisal.years": plain("appraisal.years", float64(b.cmp.Years), 0, "years"),
	}
	put := func(name string, o *option) {
		g := gradeOf(o)
		out[name+".name"] = document.T(o.name)
		out[name+".npsv"] = b.npsvOf(o)
		out[name+".npsv_before_exempt"] = b.npsvBefore(o)
		out[name+".npv_public"] = b.npvOf(o)
		out[name+".capital"] = pounds(o.id+".capex", o.capex, g)
		out[name+".saving"] = pounds(o.id+".saving", b.saving(o), g)
		out[name+".carbon_saved"] = tonnes(o.id+".carbon.saved", b.carbonSaved(o), g)
		out[name+".area_end"] = area(o.id+".area.end", areaEnd(o), document.Ungraded)
		out[name+".area_released"] = area(o.id+".area.fall", b.areaNow()-areaEnd(o), document.Ungraded)
	}
	if b.preferred != nil {
		put("preferred", b.preferred)
	}
	for _, o := range b.options {
		put(o.id, o)
	}
	return out
}

// fill turns typed text into runs, putting live figures for names in braces. A name that is not known is left as it was typed.
func (b *builder) fill(text string) []document.Inline { return b.fillWith(text, nil) }

// fillWith also knows the figures of a section.
func (b *builder) fillWith(text string, own map[string]document.Inline) []document.Inline {
	live := b.live()
	maps.Copy(live, own)
	var out []document.Inline
	words := func(s string) {
		if s = b.free2(s); s != "" {
			out = append(out, document.T(s))
		}
	}
	for {
		i := strings.IndexByte(text, '{')
		if i < 0 {
			break
		}
		j := strings.IndexByte(text[i:], '}')
		if j < 0 {
			break
		}
		f, ok := live[strings.TrimSpace(text[i+1:i+j])]
		if !ok {
			words(text[:i+j+1])
		} else {
			words(text[:i])
			out = append(out, f)
		}
		text = text[i+j+1:]
	}
	words(text)
	return out
}

// free2 is free with the spaces at the ends kept, which part words from figures.
func (b *builder) free2(s string) string {
	trimmed := strings.TrimSpace(s)
	if trimmed == "" {
		if s != "" {
			return " "
		}
		return ""
	}
	out := b.free(trimmed)
	if s[0] == ' ' || s[0] == '\n' {
		out = " " + out
	}
	if last := s[len(s)-1]; last == ' ' || last == '\n' {
		out += " "
	}
	return out
}
