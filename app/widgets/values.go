package widgets

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/words"
)

// ValueChooser is a button that says which values of a column pass a filter and opens
// a card to tick them. No value ticked lets all pass.
type ValueChooser struct {
	Button
	label   string
	blank   string // what no value is called
	offered []Choice
	chosen  []string
	words   string // in force instead of values
	changed func([]string)
	fitted  float32
}

func newValueChooser(label string, changed func([]string)) *ValueChooser {
	v := &ValueChooser{label: label, changed: changed}
	v.Icon, v.IconPlacement, v.Alignment = theme.MenuDropDownIcon(), widget.ButtonIconTrailingText, widget.ButtonAlignLeading
	v.OnTapped = v.open
	v.ExtendBaseWidget(v)
	v.say()
	return v
}

// offer tells the values there are.
func (v *ValueChooser) offer(all []Choice, blank string) {
	v.blank = blank
	if !slices.Equal(all, v.offered) {
		v.offered = slices.Clone(all)
		v.say()
	}
}

// show tells which values are ticked, or the words that are looked for.
func (v *ValueChooser) show(chosen []string, words string) {
	v.chosen, v.words = chosen, words
	v.say()
}

func (v *ValueChooser) name(value string) string {
	if value == "" {
		return v.blank
	}
	return value
}

// say puts what passes on the button, and all of it in the tip.
func (v *ValueChooser) say() {
	what := words.T("any")
	tip := words.T("Choose one value or several")
	switch {
	case v.words != "":
		what = "“" + v.words + "”"
	case len(v.chosen) == 1:
		what = v.name(v.chosen[0])
	case len(v.chosen) > 1:
		what = words.F("%d chosen", len(v.chosen))
		names := make([]string, len(v.chosen))
		for i, c := range v.chosen {
			names[i] = v.name(c)
		}
		tip = strings.Join(names, "\n")
	}
	text := v.label + ": " + what
	if v.fitted > 0 {
		cut := false
		if text, cut = Fit(text, v.fitted-40, look.Body, fyne.TextStyle{Bold: true}); cut && len(v.chosen) < 2 {
			tip = v.label + ": " + what
		}
	}
	v.SetTip(tip)
	if v.Text != text {
		v.SetText(text)
	}
}

// MinSize leaves the width to who places the button: its words are cut.
func (v *ValueChooser) MinSize() fyne.Size {
	v.ExtendBaseWidget(v)
	return fyne.NewSize(60, v.Button.MinSize().Height)
}

// Resize fits the words.
func (v *ValueChooser) Resize(z fyne.Size) {
	v.Button.Resize(z)
	if v.fitted != z.Width {
		v.fitted = z.Width
		v.say()
	}
}

// open shows the card.
func (v *ValueChooser) open() {
	c := fyne.CurrentApp().Driver().CanvasForObject(v)
	if c == nil {
		return
	}
	var ticks []*Check
	quiet := false
	rows := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for _, o := range v.offered {
		t := NewCheck(v.name(o.Value)+" ("+format.Whole(float64(o.Count))+")", nil)
		t.Checked = slices.Contains(v.chosen, o.Value)
		t.OnChanged = func(on bool) {
			if quiet {
				return
			}
			v.words = ""
			if on {
				v.chosen = append(v.chosen, o.Value)
			} else {
				v.chosen = slices.DeleteFunc(slices.Clone(v.chosen), func(x string) bool { return x == o.Value })
			}
			v.say()
			v.changed(slices.Clone(v.chosen))
		}
		ticks = append(ticks, t)
		rows.Add(t)
	}
	var card *widget.PopUp
	every := NewButton(words.T("Any"), words.T("Let every value pass"), nil, func() {
		quiet = true
		for _, t := range ticks {
			t.SetChecked(false)
		}
		quiet = false
		v.show(nil, "")
		v.changed(nil)
	}).Quiet()
	done := NewButton(words.T("Done"), words.T("Close the list (Escape)"), nil, func() { card.Hide() })
	list := container.NewVScroll(rows)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(v).AddXY(0, v.Size().Height)
	room := c.Size().Height - at.Y - 64
	list.SetMinSize(fyne.NewSize(min(max(rows.MinSize().Width, 180), 420), max(min(rows.MinSize().Height, 340, room), 60)))
	card = widget.NewPopUp(container.NewBorder(nil, container.NewHBox(every, layout.NewSpacer(), done), nil, nil, list), c)
	card.ShowAtPosition(at)
	if len(ticks) > 0 {
		c.Focus(ticks[0])
	}
}
