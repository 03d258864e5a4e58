package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Entry is a line of typing that hands on the keys it does not need.
type Entry struct {
	widget.Entry
	// OnKey sees keys first and says whether it used one.
	OnKey func(*fyne.KeyEvent) bool
	// OnOther sees shortcuts that are not about editing.
	OnOther func(fyne.Shortcut)
}

// NewEntry makes a line of typing.
func NewEntry(placeholder string, changed func(string)) *Entry {
	e := &Entry{}
	e.PlaceHolder, e.OnChanged = placeholder, changed
	e.ExtendBaseWidget(e)
	return e
}

// TypedKey offers the key to OnKey; Escape puts away the card that the entry
// lies on; any other key edits.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if e.OnKey != nil && e.OnKey(k) || k.Name == fyne.KeyEscape && dismiss(e, nil) {
		return
	}
	e.Entry.TypedKey(k)
}
