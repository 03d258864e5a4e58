package better

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/rationalise"
)

// goals is the panel in which somebody says what may change and within which
// limits, as sentences with choices in them.
type goals struct {
	far      *widget.Slider
	farWords *widget.Label
	year     *widget.Select
	spread   *widget.Select
	retrofit *widget.Check
	listed   *widget.Check
	capital  *widgets.Entry
	carbon   *widgets.Entry
	by       *widget.Select // year of the carbon limit
	reach    *widget.Slider
	reached  *widget.Label
	minutes  *widget.Select
	mode     *widget.Select

	side  *widget.Select // at least, at most
	many  *widget.Select
	what  *widget.Select
	per   *widget.Select
	one   *widget.Select // kept apart
	other *widget.Select
	list  *fyne.Container
	rules []rule

	first  int      // base year
	kinds  []string // of protection
	object fyne.CanvasObject
	tell   func(app.Message)
}

// rule is one sentence of the list and what it does to the limits.
type rule struct {
	text string
	put  func(*rationalise.Spec)
}

// Choices of the panel.
var (
	spreads  = []string{words.Later("in that year"), words.Later("over 2 years"), words.Later("over 3 years"), words.Later("over 4 years"), words.Later("over 5 years")}
	sides    = []string{words.Later("At least"), words.Later("At most")}
	pers     = []string{words.Later("in all"), words.Later("in each ward"), words.Later("a year"), words.Later("of each organisation")}
	perKeys  = []string{"", rationalise.PerWard, rationalise.PerYear, rationalise.PerOrganisation}
	minuteNo = []string{"10", "15", "20", "30", "45"}
	modes    = []string{words.Later("on foot"), words.Later("by bus"), words.Later("by car")}
	modeKeys = []string{"foot", "bus", "car"}
)

func newGoals(tell func(app.Message)) *goals {
	g := &goals{tell: tell, list: container.NewVBox()}
	g.farWords = widgets.NewProse("")
	g.far = widget.NewSlider(0.5, 10)
	g.far.Step, g.far.Value = 0.5, 3
	g.far.OnChanged = func(x float64) { g.farWords.SetText(words.F("A team may move at most %s km.", format.Number(x, 1))) }
	g.far.OnChanged(3)
	g.year, g.spread, g.by = widget.NewSelect(nil, nil), widget.NewSelect(words.All(spreads), nil), widget.NewSelect(nil, nil)
	g.spread.Selected = words.T(spreads[0])
	g.retrofit = widget.NewCheck(words.T("Buildings that stay may be retrofitted"), nil)
	g.retrofit.Checked = true
	g.listed = widget.NewCheck("", nil)
	g.capital = widgets.NewEntry(words.T("2m, or 2028=14m; 2029=3m"), nil)
	g.carbon = widgets.NewEntry(words.T("2500, or −45%"), nil)
	g.reached = widgets.NewProse("")
	g.reach = widget.NewSlider(0, 100)
	g.minutes, g.mode = widget.NewSelect(minuteNo, nil), widget.NewSelect(words.All(modes), nil)
	g.minutes.Selected, g.mode.Selected = "20", words.T(modes[0])
	say := func() {
		if g.reach.Value == 0 {
			g.reached.SetText(words.T("No limit on how many residents keep a public building near."))
			return
		}
		g.reached.SetText(words.F("At least %.0f%% of residents keep a public building within %s minutes %s.", g.reach.Value, g.minutes.Selected, g.mode.Selected))
	}
	g.reach.OnChanged = func(float64) { say() }
	g.minutes.OnChanged, g.mode.OnChanged = func(string) { say() }, func(string) { say() }
	say()
	var numbers, whats []string
	for i := range 31 {
		numbers = append(numbers, strconv.Itoa(i))
	}
	for _, w := range rationalise.CountWords {
		whats = append(whats, w.Many)
	}
	g.side, g.many, g.what, g.per = widget.NewSelect(words.All(sides), nil), widget.NewSelect(numbers, nil), widget.NewSelect(words.All(whats), nil), widget.NewSelect(words.All(pers), nil)
	g.side.Selected, g.many.Selected, g.what.Selected, g.per.Selected = words.T(sides[0]), "1", words.T(whats[0]), words.T(pers[1])
	g.one, g.other = widget.NewSelect(nil, nil), widget.NewSelect(nil, nil)
	g.one.PlaceHolder, g.other.PlaceHolder = words.T("A kind of service"), words.T("Another, or the same")
	count := widgets.NewButton(words.T("Add rule"), words.T("Add this rule to the list"), theme.ContentAddIcon(), g.addCount)
	apart := widgets.NewButton(words.T("Keep apart"), words.T("These may not share a building"), theme.ContentAddIcon(), g.addApart)
	milestone := widgets.NewButton(words.T("Add"), words.T("Add this limit to the list, and then another for another year"), theme.ContentAddIcon(), g.addCarbon)

	field := func(label string, o fyne.CanvasObject) fyne.CanvasObject {
		return container.NewVBox(widget.NewLabel(label), o)
	}
	pair := func(o ...fyne.CanvasObject) fyne.CanvasObject { return container.New(columns{}, o...) }
	g.object = container.NewVBox(
		widgets.NewSub(words.T("What may change")), g.farWords, g.far, field(words.T("Moves and closures happen in"), pair(g.year, g.spread)), g.retrofit, g.listed,
		widgets.NewSub(words.T("Money and carbon")), field(words.T("Spend at most, in any one year, £"), g.capital),
		field(words.T("Emit at most, t, or a cut from the first year"), container.NewVBox(g.carbon, pair(g.by, milestone))),
		widgets.NewSub(words.T("Residents")), g.reached, g.reach, pair(g.minutes, g.mode),
		widgets.NewSub(words.T("Rules")), g.list, pair(g.side, g.many), pair(g.what, g.per), count, pair(g.one), pair(g.other), apart)
	return g
}

// columns shares the width out evenly whatever its objects ask for: choosers
// would be as wide as the longest of their choices.
type columns struct{}

const columnGap = 4

func (columns) MinSize(o []fyne.CanvasObject) fyne.Size {
	z := fyne.NewSize(100, 0)
	for _, x := range o {
		z.Height = max(z.Height, x.MinSize().Height)
	}
	return z
}

func (columns) Layout(o []fyne.CanvasObject, z fyne.Size) {
	w := (z.Width - columnGap*float32(len(o)-1)) / float32(len(o))
	for i, x := range o {
		x.Move(fyne.NewPos(float32(i)*(w+columnGap), 0))
		x.Resize(fyne.NewSize(w, z.Height))
	}
}

// fresh makes the panel fit a project.
func (g *goals) fresh(s *app.Snapshot) {
	g.rules, g.kinds = nil, nil
	g.first = s.BaseYear
	var years, all []string
	for y := s.BaseYear; y <= s.LastYear(); y++ {
		if all = append(all, model.FinancialYear(y)); y <= s.BaseYear+10 {
			years = all
		}
	}
	g.year.SetOptions(years)
	g.year.SetSelectedIndex(min(2, len(years)-1))
	g.by.SetOptions(all)
	g.by.SetSelectedIndex(len(all) - 1)
	kinds := map[string]int{}
	for i := range s.Assets {
		for _, l := range s.Assets[i].Locks {
			kinds[l.Kind]++
		}
	}
	var listed []string
	for k, n := range kinds {
		g.kinds = append(g.kinds, k)
		listed = append(listed, format.Count(n, words.F("%s building", words.T(k)), words.F("%s buildings", words.T(k))))
	}
	sort.Strings(g.kinds)
	sort.Strings(listed)
	g.listed.Hidden = len(g.kinds) == 0
	g.listed.Checked = false
	g.listed.SetText(words.F("May be let go: %s", strings.Join(listed, ", ")))
	var services []string
	for i := range s.Services {
		if k := s.Services[i].Kind; k != "" {
			services = append(services, k)
		}
	}
	for _, o := range s.Organisations {
		services = append(services, o.Name)
	}
	slices.Sort(services)
	services = slices.Compact(services)
	for _, x := range []*widget.Select{g.one, g.other} {
		x.SetOptions(services)
		x.ClearSelected()
	}
	g.relist()
}

// relist shows the rules with a button each to take them out.
func (g *goals) relist() {
	g.list.RemoveAll()
	for i, r := range g.rules {
		out := widgets.NewButton("", words.T("Take this rule out"), theme.CancelIcon(), func() {
			g.rules = slices.Delete(g.rules, i, i+1)
			g.relist()
		}).Quiet()
		g.list.Add(container.NewBorder(nil, nil, nil, out, widgets.NewProse(r.text)))
	}
	if len(g.rules) == 0 {
		g.list.Add(widgets.NewCaption(words.T("None yet. A rule is kept by every plan.")))
	}
	g.list.Refresh()
}

func (g *goals) add(r rule) {
	if !slices.ContainsFunc(g.rules, func(x rule) bool { return x.text == r.text }) {
		g.rules = append(g.rules, r)
	}
	g.relist()
}

func (g *goals) addCount() {
	n, err := strconv.Atoi(g.many.Selected)
	if err != nil || g.what.SelectedIndex() < 0 {
		return
	}
	c := rationalise.Count{What: rationalise.CountWords[g.what.SelectedIndex()].Key, Per: perKeys[max(0, g.per.SelectedIndex())]}
	if g.side.SelectedIndex() == 1 {
		c.AtMost = &n
	} else {
		c.AtLeast = &n
	}
	g.add(rule{format.Capital(c.String()) + ".", func(s *rationalise.Spec) { s.Counts = append(s.Counts, c) }})
}

func (g *goals) addApart() {
	a := rationalise.Apart{A: g.one.Selected, B: g.other.Selected}
	if a.A == "" || a.B == "" {
		g.tell(app.Message{Text: words.T("Choose which two must not share a building.")})
		return
	}
	g.add(rule{format.Capital(a.String()) + ".", func(s *rationalise.Spec) { s.Apart = append(s.Apart, a) }})
}

func (g *goals) addCarbon() {
	r, err := g.emissions()
	if err != nil {
		g.tell(app.Explain(words.T("Limits"), err))
		return
	}
	if r == nil {
		g.tell(app.Message{Text: words.T("Write how many tonnes may be emitted in that year, as 2500, or a cut, as −45%.")})
		return
	}
	g.carbon.SetText("")
	g.add(*r)
}

// emissions is the limit written in the field; nil when it is empty.
func (g *goals) emissions() (*rule, error) {
	t := strings.TrimSpace(g.carbon.Text)
	if t == "" {
		return nil, nil
	}
	year := g.first + max(0, g.by.SelectedIndex())
	when := model.FinancialYear(year)
	if cut, ok := strings.CutSuffix(strings.TrimLeft(t, "-−"), "%"); ok {
		x, good := amount(cut)
		if !good || x > 100 {
			return nil, model.Invalid("carbon", words.F("“%s” is not a cut. Write −45%% for emissions 45%% below those of the first year", t))
		}
		return &rule{words.F("Emissions in %s are at least %s%% below those of %s.", when, format.Number(x, 1), model.FinancialYear(g.first)), func(s *rationalise.Spec) {
			if s.CarbonCut == nil {
				s.CarbonCut = map[int]float64{}
			}
			s.CarbonCut[year] = x / 100
		}}, nil
	}
	x, ok := amount(t)
	if !ok {
		return nil, model.Invalid("carbon", words.F("“%s” is not a number of tonnes. Write 2500, or −45%% for a cut, or leave it empty", t))
	}
	return &rule{words.F("Emissions in %s are at most %s t.", when, format.Whole(x)), func(s *rationalise.Spec) {
		if s.Carbon == nil {
			s.Carbon = map[int]float64{}
		}
		s.Carbon[year] = x
	}}, nil
}

// read is what the panel says; the error is a sentence.
func (g *goals) read(s *app.Snapshot) (rationalise.Spec, error) {
	spec := rationalise.Spec{Year: s.BaseYear + max(0, g.year.SelectedIndex()), Spread: 1 + max(0, g.spread.SelectedIndex()), MaxKM: g.far.Value}
	if g.retrofit.Checked {
		for _, m := range action.Measures() {
			spec.Measures = append(spec.Measures, m.Key)
		}
	}
	if g.listed.Checked {
		spec.LetGo = g.kinds
	}
	if t := strings.TrimSpace(g.capital.Text); t != "" {
		limits, err := money(t, s.BaseYear, s.LastYear())
		if err != nil {
			return spec, err
		}
		spec.Capital = limits
	}
	r, err := g.emissions()
	if err != nil {
		return spec, err
	}
	if r != nil {
		r.put(&spec)
	}
	if g.reach.Value > 0 {
		m, _ := strconv.ParseFloat(g.minutes.Selected, 64)
		spec.Residents = &rationalise.Reach{AtLeast: g.reach.Value / 100, Minutes: m, Mode: modeKeys[max(0, g.mode.SelectedIndex())]}
	}
	for _, r := range g.rules {
		r.put(&spec)
	}
	return spec, nil
}

// money reads 2m, for every year, or 2028=14m; 2029=3m.
func money(text string, first, last int) (map[int]float64, error) {
	out := map[int]float64{}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' }) {
		year, value, dated := strings.Cut(part, "=")
		if !dated {
			year, value = "", part
		}
		x, ok := amount(value)
		y, err := strconv.Atoi(strings.TrimSpace(year))
		if !ok || dated && err != nil {
			return nil, model.Invalid("capital", words.F("“%s” is not an amount of money. Write 2000000, 2m or 500k, or 2028=14m for one year, or leave it empty", strings.TrimSpace(part)))
		}
		if dated {
			out[y] = x
			continue
		}
		for y := first; y <= last; y++ {
			if _, set := out[y]; !set {
				out[y] = x
			}
		}
	}
	return out, nil
}

// amount reads 2000000, £2m, 500k.
func amount(t string) (float64, bool) {
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
