package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/rationalise"
)

// goals are the flags that say what may be decided and within which limits.
type goals struct {
	spec                                  string
	capital, carbon, least, most, apart   []string
	keep, decide, letGo, measures, owners []string
	residents, mode                       string
	minutes, travel, farthest             float64
	year, spread                          int
	defaults                              []string // measures when neither flag nor file names any
}

func (g *goals) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&g.spec, "spec", "", "file of what may be decided and within which limits; the flags below add to it")
	f.StringArrayVar(&g.capital, "capital", nil, "limit on capital, £: 14m, or of one year 2028=14m; may be repeated")
	f.StringArrayVar(&g.carbon, "carbon", nil, "limit on emissions: 2035=2500 tonnes, or cut from the first year 2035=-45%; may be repeated")
	f.StringArrayVar(&g.least, "at-least", nil, "rule: \"1 hub per ward\", \"2 hubs in Sale Moor\"; may be repeated")
	f.StringArrayVar(&g.most, "at-most", nil, "rule: \"3 closures a year\", \"4 sales of Trafford Council\", \"3 openings a year\"; may be repeated")
	f.StringArrayVar(&g.apart, "apart", nil, "services, kinds of service or organisations that must not share a building: \"probation / nursery\"; may be repeated")
	f.StringVar(&g.residents, "residents", "", "least share of residents who keep a public building within reach, as 95%")
	f.Float64Var(&g.minutes, "minutes", 20, "minutes that count as within reach")
	f.StringVar(&g.mode, "mode", "foot", "how residents travel: foot, bus or car")
	f.Float64Var(&g.travel, "travel", 0, "limit on how far visits move, visits × km a year; 0 for none")
	f.StringArrayVar(&g.keep, "keep", nil, "building that must not be let go, by name or identifier; may be repeated")
	f.StringArrayVar(&g.decide, "decide", nil, "decision fixed: \"Sale Town Hall=sell\"; may be repeated")
	f.StringArrayVar(&g.letGo, "may-let-go", nil, "kind of protection that need not keep a building: listed; may be repeated")
	f.StringArrayVar(&g.owners, "owner", nil, "only buildings of this organisation may be let go; may be repeated")
	f.StringSliceVar(&g.measures, "measures", nil, "retrofit offered to buildings that stay: insulation,bms,led,heatpump,…; none for none; those four when emissions are limited")
	f.IntVar(&g.year, "year", 0, "financial year of change; the third of the project when left out")
	f.IntVar(&g.spread, "spread", 0, "years, from the year of change, over which closures and works may be spread")
	f.Float64Var(&g.farthest, "farthest", 0, "km that a service may move at most; 3 when left out")
}

// read makes the limits of the flags and the file.
func (g *goals) read(c *cobra.Command, p *model.Project) (rationalise.Spec, error) {
	spec := rationalise.Spec{}
	if err := readSpec(g.spec, &spec); err != nil {
		return spec, err
	}
	bad := func(flag, value, format string, args ...any) error {
		return usage{fmt.Errorf("--%s %q: %s", flag, value, fmt.Sprintf(format, args...))}
	}
	for _, v := range g.capital {
		if err := g.limitOf(v, p, &spec); err != nil {
			return spec, bad("capital", v, "%v", err)
		}
	}
	for _, v := range g.carbon {
		if err := emissions(v, &spec); err != nil {
			return spec, bad("carbon", v, "%v", err)
		}
	}
	for flag, list := range map[string][]string{"at-least": g.least, "at-most": g.most} {
		for _, v := range list {
			count, err := rationalise.ParseCount(v, flag == "at-least")
			if err != nil {
				return spec, bad(flag, v, "%s", sentenceOf(err))
			}
			spec.Counts = append(spec.Counts, count)
		}
	}
	slices.SortStableFunc(spec.Counts, func(a, b rationalise.Count) int { return strings.Compare(a.String(), b.String()) })
	for _, v := range g.apart {
		a, b, two := strings.Cut(v, " / ")
		if !two {
			return spec, bad("apart", v, "write the two with a stroke between them, as \"probation / nursery\"")
		}
		spec.Apart = append(spec.Apart, rationalise.Apart{A: strings.TrimSpace(a), B: strings.TrimSpace(b)})
	}
	if g.residents != "" {
		share, ok := share(g.residents)
		if !ok {
			return spec, bad("residents", g.residents, "write a share between 0%% and 100%%, as 95%%")
		}
		spec.Residents = &rationalise.Reach{AtLeast: share, Minutes: g.minutes, Mode: g.mode}
	} else if c.Flags().Changed("minutes") || c.Flags().Changed("mode") {
		if spec.Residents == nil {
			spec.Residents = &rationalise.Reach{}
		}
		spec.Residents.Minutes, spec.Residents.Mode = g.minutes, g.mode
	}
	if g.travel != 0 {
		if g.travel < 0 || !model.Finite(g.travel) {
			return spec, bad("travel", fmt.Sprint(g.travel), "it must be above 0")
		}
		spec.AccessKM = g.travel
	}
	if err := g.buildings(p, &spec, bad); err != nil {
		return spec, err
	}
	for flag, v := range map[string]float64{"year": float64(g.year), "spread": float64(g.spread), "farthest": g.farthest} {
		if c.Flags().Changed(flag) && v <= 0 {
			return spec, bad(flag, fmt.Sprint(v), "it must be above 0")
		}
	}
	if g.year != 0 {
		spec.Year = g.year
	}
	if g.spread != 0 {
		spec.Spread = g.spread
	}
	if g.farthest != 0 {
		spec.MaxKM = g.farthest
	}
	return spec, nil
}

// buildings reads what is said of single buildings, owners and measures.
func (g *goals) buildings(p *model.Project, spec *rationalise.Spec, bad func(flag, value, format string, args ...any) error) error {
	for _, v := range g.keep {
		id, err := assetNamed(p, v)
		if err != nil {
			return bad("keep", v, "there is no such building")
		}
		spec.Keep = append(spec.Keep, id)
	}
	for _, v := range g.decide {
		name, decision, two := strings.Cut(v, "=")
		id, err := assetNamed(p, strings.TrimSpace(name))
		if !two || err != nil {
			return bad("decide", v, "write a building and its decision, as \"Sale Town Hall=sell\"")
		}
		if spec.Locked == nil {
			spec.Locked = map[model.AssetID]string{}
		}
		spec.Locked[id] = strings.TrimSpace(decision)
	}
	kinds := map[string]bool{}
	for i := range p.Assets {
		for _, l := range p.Assets[i].Locks {
			kinds[strings.ToLower(l.Kind)] = true
		}
	}
	for _, v := range g.letGo {
		if !kinds[strings.ToLower(v)] {
			return bad("may-let-go", v, "no building is protected in that way")
		}
		spec.LetGo = append(spec.LetGo, v)
	}
	for _, v := range g.owners {
		found := false
		for _, o := range p.Organisations {
			if string(o.ID) == v || strings.EqualFold(o.Name, v) {
				if spec.Organisers == nil {
					spec.Organisers = map[model.OrganisationID]bool{}
				}
				spec.Organisers[o.ID], found = true, true
			}
		}
		if !found {
			return bad("owner", v, "there is no such organisation")
		}
	}
	switch {
	case len(g.measures) == 1 && g.measures[0] == "none":
		spec.Measures = nil
	case len(g.measures) > 0:
		for _, m := range g.measures {
			if !slices.ContainsFunc(action.Measures(), func(x action.Measure) bool { return x.Key == m }) {
				return bad("measures", m, "there is no such measure; show parameters lists them")
			}
		}
		spec.Measures = g.measures
	case spec.Measures == nil && g.defaults != nil:
		spec.Measures = g.defaults
	case spec.Measures == nil && len(g.carbon) > 0: // a limit on emissions can hardly be kept by moving alone
		spec.Measures = usualMeasures
	}
	return nil
}

// usualMeasures are the retrofits offered where nobody names any.
var usualMeasures = []string{"insulation", "bms", "led", "heatpump"}

// build makes the problem; what is wrong with a limit is said of its flag.
func (g *goals) build(p *model.Project, spec rationalise.Spec) (*rationalise.Problem, error) {
	b, err := rationalise.Build(p, spec)
	var field *model.FieldError
	if g.spec != "" || !errors.As(err, &field) {
		return b, err
	}
	name, _, _ := strings.Cut(field.Field, "[")
	flag, ok := map[string]string{"capital": "--capital", "carbon": "--carbon", "carbon_cut": "--carbon", "counts": "--at-least or --at-most", "apart": "--apart", "residents": "--residents", "spread": "--spread", "locked": "--decide", "year": "--year"}[name]
	if !ok {
		return b, err
	}
	return nil, usage{fmt.Errorf("%s: %s", flag, sentenceOf(err))}
}

// sentenceOf is what an error about a field says.
func sentenceOf(err error) string {
	var field *model.FieldError
	if errors.As(err, &field) {
		return field.Sentence
	}
	return err.Error()
}

// limitOf reads 14m or 2028=14m.
func (g *goals) limitOf(text string, p *model.Project, spec *rationalise.Spec) error {
	if spec.Capital == nil {
		spec.Capital = map[int]float64{}
	}
	year, amount, dated := strings.Cut(text, "=")
	if !dated {
		v, ok := sum(text)
		if !ok {
			return errors.New("write an amount, as 14m, or a year and an amount, as 2028=14m")
		}
		for y := p.BaseYear; y <= p.LastYear(); y++ {
			spec.Capital[y] = v
		}
		return nil
	}
	y, err := strconv.Atoi(year)
	v, ok := sum(amount)
	if err != nil || !ok {
		return errors.New("write a year and an amount, as 2028=14m")
	}
	spec.Capital[y] = v
	return nil
}

// emissions reads 2035=2500 or 2035=-45%.
func emissions(text string, spec *rationalise.Spec) error {
	year, amount, _ := strings.Cut(text, "=")
	y, err := strconv.Atoi(year)
	cut := strings.HasPrefix(amount, "-") || strings.HasPrefix(amount, "−")
	if cut {
		v, ok := share(strings.TrimLeft(amount, "-−"))
		if err != nil || !ok || !strings.HasSuffix(amount, "%") {
			return errors.New("write a year and a cut from the first year, as 2035=-45%")
		}
		if spec.CarbonCut == nil {
			spec.CarbonCut = map[int]float64{}
		}
		spec.CarbonCut[y] = v
		return nil
	}
	v, ok := sum(amount)
	if err != nil || !ok {
		return errors.New("write a year and tonnes, as 2035=2500, or a year and a cut, as 2035=-45%")
	}
	if spec.Carbon == nil {
		spec.Carbon = map[int]float64{}
	}
	spec.Carbon[y] = v
	return nil
}

// sum reads 2000000, £2m or 500k.
func sum(t string) (float64, bool) {
	t = strings.ToLower(strings.NewReplacer("£", "", ",", "", " ", "").Replace(t))
	by := 1.0
	if s, ok := strings.CutSuffix(t, "m"); ok {
		t, by = s, 1e6
	} else if s, ok := strings.CutSuffix(t, "k"); ok {
		t, by = s, 1e3
	}
	x, err := strconv.ParseFloat(t, 64)
	return x * by, err == nil && x >= 0 && model.Finite(x)
}

// share reads 95% or 0.95.
func share(t string) (float64, bool) {
	s, per := strings.CutSuffix(strings.TrimSpace(t), "%")
	x, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if per {
		x /= 100
	}
	return x, err == nil && x >= 0 && x <= 1
}
