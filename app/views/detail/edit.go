package detail

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// typed is the source of what a user typed.
const typed = "typed in Flagstone"

// field is one line of a form: what it shows and how its text gets into the
// thing. The text stays apart from the value until all of it is valid.
type field struct {
	label, hint string
	text        string
	options     []string                // a choice instead of typing
	check       func(text string) error // what is wrong with it, said while it is typed; may be nil
	set         func(text string) error
	entry       *widgets.Entry
	choice      *widget.Select
	wrong       *widget.Label
}

func (f *field) value() string {
	if f.choice != nil {
		return f.choice.Selected
	}
	return strings.TrimSpace(f.entry.Text)
}

// say shows what is wrong beside the field, or nothing.
func (f *field) say(err error) {
	if err == nil {
		f.wrong.Hide()
		return
	}
	text := err.Error()
	var fe *model.FieldError
	if errors.As(err, &fe) {
		text = app.Sentence(fe.Sentence)
	}
	f.wrong.SetText(text)
	f.wrong.Show()
}

// form shows fields in place of the facts, with Save and Cancel.
func (v *View) form(fields []*field, save func() error) {
	box := container.NewVBox()
	var first fyne.Focusable
	submit := func() {
		ok := true
		for _, f := range fields {
			f.say(nil)
			if f.value() == f.text {
				continue // not touched: keeps its source and grade
			}
			err := f.set(f.value())
			f.say(err)
			ok = ok && err == nil
		}
		if !ok {
			return
		}
		if err := save(); err != nil {
			if !errors.Is(err, model.ErrInvalid) { // what is not valid is said beside its field
				v.desk.Tell(app.Explain(words.T("Saving"), err))
			}
			return
		}
		v.endEdit()
	}
	for _, f := range fields {
		label := widget.NewLabel(f.label)
		label.Importance = widget.LowImportance
		f.wrong = widgets.NewCaption("")
		f.wrong.Importance = widget.DangerImportance
		f.wrong.Hide()
		var o fyne.CanvasObject
		if f.options != nil {
			f.choice = widget.NewSelect(f.options, nil)
			f.choice.Selected = f.text
			o = f.choice
		} else {
			f.entry = widgets.NewEntry(f.hint, nil)
			f.entry.Text = f.text
			f.entry.OnChanged = func(string) {
				if t := f.value(); f.check != nil && t != f.text {
					f.say(f.check(t))
				} else {
					f.say(nil)
				}
			}
			f.entry.OnSubmitted = func(string) { submit() }
			f.entry.OnKey = func(k *fyne.KeyEvent) bool {
				if k.Name == fyne.KeyEscape {
					v.endEdit()
					return true
				}
				return false
			}
			if first == nil {
				first = f.entry
			}
			o = f.entry
		}
		box.Add(container.NewVBox(container.New(layout.NewCustomPaddedVBoxLayout(0), label, o), f.wrong))
	}
	box.Add(container.NewHBox(layout.NewSpacer(), widgets.NewButton(words.T("Cancel"), words.T("Leave it as it was (Escape)"), nil, v.endEdit),
		widgets.NewButton(words.T("Save"), words.T("Save the changes; undo takes them back (Enter)"), nil, submit).Main()))
	v.editing = true
	v.actions.RemoveAll()
	v.scroll.Content = widgets.Inset(0, 4, box)
	v.scroll.Refresh()
	v.scroll.ScrollToTop()
	if c := fyne.CurrentApp().Driver().CanvasForObject(v.object); c != nil && first != nil {
		c.Focus(first)
	}
}

func (v *View) endEdit() {
	v.editing = false
	v.show()
	if c := fyne.CurrentApp().Driver().CanvasForObject(v.object); c != nil {
		c.Focus(v.facts) // the line that had the keys is gone, and would keep undo to itself
	}
}

// plain writes a figure for editing; empty when it is not known.
func plain(f model.Figure) string {
	if !f.Known() {
		return ""
	}
	return strconv.FormatFloat(f.Value, 'f', -1, 64)
}

// figureField edits a number. Empty makes it not known.
func figureField(label, unit string, at *model.Figure) *field {
	read := func(t string) (x float64, err error) {
		if t == "" {
			return 0, nil
		}
		x, err = strconv.ParseFloat(strings.NewReplacer(",", "", "£", "", " ", "").Replace(t), 64)
		if err != nil || !model.Finite(x) || x < 0 {
			return 0, model.Invalid(label, words.F("“%s” is not a number. Write digits only, or leave it empty for not known", t))
		}
		return x, nil
	}
	f := &field{label: label + ", " + unit, hint: format.NotKnown(), text: plain(*at)}
	f.check = func(t string) error { _, err := read(t); return err }
	f.set = func(t string) error {
		x, err := read(t)
		if err != nil {
			return err
		}
		*at = model.Figure{}
		if t != "" {
			*at = model.Figure{Value: x, Grade: model.Stated, Source: typed}
		}
		return nil
	}
	return f
}

func textField(label string, at *string, must bool) *field {
	check := func(t string) error {
		if must && t == "" {
			return model.Invalid(label, words.F("A %s is needed", strings.ToLower(label)))
		}
		return nil
	}
	return &field{label: label, text: *at, check: check, set: func(t string) error {
		err := check(t)
		if err == nil {
			*at = t
		}
		return err
	}}
}

// editAsset puts the form for an asset in place of its facts.
func (v *View) editAsset(id model.AssetID) {
	s := v.desk.Snapshot()
	old := s.Asset(id)
	if old == nil {
		return
	}
	a := *old
	var uses []string
	for _, u := range model.Uses {
		uses = append(uses, format.Word(string(u)))
	}
	use := &field{label: words.T("Use"), text: format.Word(string(a.Use)), options: uses, set: func(t string) error {
		for _, u := range model.Uses {
			if format.Word(string(u)) == t {
				a.Use = u
			}
		}
		return nil
	}}
	condition := &field{label: words.T("Condition"), text: a.Condition, options: []string{"", "A", "B", "C", "D"}, set: func(t string) error { a.Condition = t; return nil }}
	rating := &field{label: words.T("Energy rating"), text: a.EnergyRating, options: []string{"", "A", "B", "C", "D", "E", "F", "G"}, set: func(t string) error { a.EnergyRating = t; return nil }}
	if !contains(rating.options, a.EnergyRating) {
		rating.options = append(rating.options, a.EnergyRating)
	}
	if !contains(condition.options, a.Condition) {
		condition.options = append(condition.options, a.Condition)
	}
	fields := []*field{textField(words.T("Name"), &a.Name, true), use, textField(words.T("Address"), &a.Address, false),
		figureField(words.T("Floor area"), "m²", &a.FloorArea), condition, rating, figureField(words.T("Backlog of repairs"), "£", &a.Backlog), figureField(words.T("Market value"), "£", &a.Value),
		figureField(words.T("Desks"), words.T("fit for use"), &a.Desks)}
	costs, energy := make([]model.Figure, len(model.Costs)), make([]model.Figure, len(model.Fuels))
	for i, c := range model.Costs {
		costs[i] = a.Costs.Get(c)
		fields = append(fields, figureField(format.Word(string(c)), words.T("£ a year"), &costs[i]))
	}
	for i, c := range []model.Fuel{model.Electricity, model.Gas} {
		energy[i] = a.Energy.Get(c)
		fields = append(fields, figureField(format.Word(string(c)), words.T("kWh a year"), &energy[i]))
	}
	v.form(fields, func() error {
		for i, c := range model.Costs {
			putFigure(&a.Costs, c, costs[i])
		}
		for i, c := range []model.Fuel{model.Electricity, model.Gas} {
			putFigure(&a.Energy, c, energy[i])
		}
		v.desk.Change(words.T("Saving"), func(ctx context.Context, ws app.Workspace, _ *jobs.Progress) error {
			return ws.PutAsset(ctx, words.F("change to “%s”", a.Name), a)
		}, nil)
		return nil
	})
}

func putFigure[K ~string](l *model.Figures[K], k K, f model.Figure) {
	if f.Known() {
		l.Set(k, f)
	} else {
		l.Delete(k)
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// editAssumption asks for another value and the reason.
func (v *View) editAssumption(key string) {
	c := v.desk.Comparison()
	if c == nil || c.Book == nil {
		return
	}
	a, ok := c.Book.Get(key)
	if !ok {
		return
	}
	was := a.Value
	check := func(t string) error {
		if _, ok := format.ReadTyped(t, a.Unit); !ok {
			return model.Invalid("value", words.F("“%s” is not a number", t))
		}
		return nil
	}
	value := &field{label: words.F("Value, %s", format.Unit(a.Unit)), text: format.Typed(a.Value, a.Unit), check: check, set: func(t string) error {
		if err := check(t); err != nil {
			return err
		}
		a.Value, _ = format.ReadTyped(t, a.Unit)
		return nil
	}}
	source := &field{label: words.T("Source"), text: a.Source, set: func(t string) error { a.Source = t; return nil }}
	why := &field{label: words.T("Why is it changed?"), hint: words.T("The reason, as auditors will read it"), text: a.Reason, set: func(t string) error { a.Reason = t; return nil }}
	label := a.Label
	if label == "" {
		label = key
	}
	v.form([]*field{value, source, why}, func() error {
		if a.Value != was && a.Reason == "" {
			why.wrong.SetText(words.T("A changed value needs its reason."))
			why.wrong.Show()
			return model.Invalid("reason", words.T("A changed value needs its reason. Say in a few words why it was changed"))
		}
		if a.Value != was {
			a.Grade = model.Stated
		}
		v.desk.Change(words.T("Saving"), func(ctx context.Context, ws app.Workspace, _ *jobs.Progress) error {
			return ws.PutAssumption(ctx, words.F("“%s” to %s", label, format.WithUnit(a.Value, a.Unit)), a)
		}, nil)
		return nil
	})
}
