package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Check is a tick on a card that Escape puts away.
type Check struct {
	widget.Check
	leave func()
}

// NewCheck makes a tick.
func NewCheck(label string, changed func(bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = label, changed
	c.ExtendBaseWidget(c)
	return c
}

// Leaving makes Escape leave in another way.
func (c *Check) Leaving(leave func()) *Check {
	c.leave = leave
	return c
}

// TypedKey puts the card away at Escape.
func (c *Check) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape && dismiss(c, c.leave) {
		return
	}
	c.Check.TypedKey(k)
}

// Ticks are things of which any may be chosen, below one another, on a card
// that Escape puts away.
type Ticks struct {
	Object  *fyne.Container
	options []string
	checks  []*Check
	changed func(now []string)
	setting bool
}

// NewTicks makes ticks, none of them set; changed is told what is chosen, in the
// order of the options.
func NewTicks(options []string, changed func(now []string)) *Ticks {
	t := &Ticks{Object: container.NewVBox(), options: options, changed: changed}
	for _, o := range options {
		c := NewCheck(o, func(bool) {
			if !t.setting && t.changed != nil {
				t.changed(t.Selected())
			}
		})
		t.checks = append(t.checks, c)
		t.Object.Add(c)
	}
	return t
}

// Selected lists what is chosen, in the order of the options.
func (t *Ticks) Selected() []string {
	var out []string
	for i, c := range t.checks {
		if c.Checked {
			out = append(out, t.options[i])
		}
	}
	return out
}

// SetSelected chooses exactly these and tells nobody.
func (t *Ticks) SetSelected(now []string) {
	t.setting = true
	defer func() { t.setting = false }()
	for i, c := range t.checks {
		c.SetChecked(slices.Contains(now, t.options[i]))
	}
}
