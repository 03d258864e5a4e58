// Package settings keeps what the window remembers of a user: theme, scale,
// size, folder, table columns, where it was left. Nothing else calls
// Preferences, and no data of a project is ever kept here.
package settings

import (
	"strings"

	"fyne.io/fyne/v2"
)

// Keys, defaults and bounds.
const (
	keyTheme  = "theme"
	keyScale  = "scale"
	keyWidth  = "window.width"
	keyHeight = "window.height"
	keyPlace  = "place"
	keyFolder = "folder"
	keyDetail = "detail.shown"
	keyTour   = "tour.shown"
	keyLeft   = "left" // project, scenario and selection when the window was closed
	keyCrash  = "crash.told"
	keySpeech = "language"

	MinWidth, MinHeight         = 1024, 700
	DefaultWidth, DefaultHeight = 1366, 768
	MinScale, MaxScale          = 0.75, 2.0
)

// Themes that can be chosen.
const (
	ThemeSystem   = "system"
	ThemeLight    = "light"
	ThemeDark     = "dark"
	ThemeContrast = "high contrast"
)

// Settings reads and writes the preferences of the application.
type Settings struct {
	p     fyne.Preferences
	later later
}

// New wraps the preferences.
func New(p fyne.Preferences) *Settings { return &Settings{p: p} }

// Theme is the chosen look.
func (s *Settings) Theme() string { return s.p.StringWithFallback(keyTheme, ThemeSystem) }

// SetTheme chooses the look.
func (s *Settings) SetTheme(t string) { s.p.SetString(keyTheme, t) }

// Language is the tag of the language that the window speaks.
func (s *Settings) Language() string { return s.p.StringWithFallback(keySpeech, "en") }

// SetLanguage chooses the language for the next start.
func (s *Settings) SetLanguage(tag string) { s.p.SetString(keySpeech, tag) }

// Scale is the size of everything, 1 for normal.
func (s *Settings) Scale() float64 {
	return min(MaxScale, max(MinScale, s.p.FloatWithFallback(keyScale, 1)))
}

// SetScale chooses the size of everything.
func (s *Settings) SetScale(v float64) { s.p.SetFloat(keyScale, min(MaxScale, max(MinScale, v))) }

// WindowSize is the size to open the window with, in units of its scale.
func (s *Settings) WindowSize() fyne.Size {
	k := max(1, s.Scale())
	return fyne.NewSize(
		float32(max(MinWidth/k, s.p.FloatWithFallback(keyWidth, DefaultWidth/k))),
		float32(max(MinHeight/k, s.p.FloatWithFallback(keyHeight, DefaultHeight/k))))
}

// SetWindowSize remembers the size of the window.
func (s *Settings) SetWindowSize(z fyne.Size) {
	s.p.SetFloat(keyWidth, float64(z.Width))
	s.p.SetFloat(keyHeight, float64(z.Height))
}

// Place is the place shown last.
func (s *Settings) Place() string { return s.p.String(keyPlace) }

// SetPlace remembers the place shown.
func (s *Settings) SetPlace(p string) { s.p.SetString(keyPlace, p) }

// Folder is where a file was last opened or saved.
func (s *Settings) Folder() string { return s.text(keyFolder) }

// SetFolder remembers the folder.
func (s *Settings) SetFolder(f string) { s.setLater(keyFolder, f) }

// DetailShown says whether the detail pane is open.
func (s *Settings) DetailShown() bool { return s.p.BoolWithFallback(keyDetail, true) }

// SetDetailShown remembers whether the detail pane is open.
func (s *Settings) SetDetailShown(on bool) { s.p.SetBool(keyDetail, on) }

// TourShown says whether the user was shown around.
func (s *Settings) TourShown() bool { return s.p.Bool(keyTour) }

// SetTourShown remembers that the user was shown around.
func (s *Settings) SetTourShown(on bool) { s.p.SetBool(keyTour, on) }

// Share is where the rule of a divided place stands, if the user moved it.
func (s *Settings) Share(name string) (share float32, ok bool) {
	v := s.p.Float("share." + name)
	return float32(v), v > 0
}

// SetShare remembers where a rule stands.
func (s *Settings) SetShare(name string, share float32) { s.p.SetFloat("share."+name, float64(share)) }

// Left is what was being looked at when the window was closed: the project
// file, the scenario, and kind and identifier of what was selected.
type Left struct{ Path, Scenario, Kind, ID string }

// Left is what was being looked at; its zero value when nothing is remembered.
func (s *Settings) Left() Left {
	v := s.p.StringListWithFallback(keyLeft, nil)
	if len(v) != 4 {
		return Left{}
	}
	return Left{v[0], v[1], v[2], v[3]}
}

// SetLeft remembers what is being looked at.
func (s *Settings) SetLeft(l Left) {
	s.p.SetStringList(keyLeft, []string{l.Path, l.Scenario, l.Kind, l.ID})
}

// CrashTold is the last report of a crash that the user was told of.
func (s *Settings) CrashTold() string { return s.p.String(keyCrash) }

// SetCrashTold remembers that the user was told.
func (s *Settings) SetCrashTold(name string) { s.p.SetString(keyCrash, name) }

// HiddenColumns are the columns of a table that the user put away.
func (s *Settings) HiddenColumns(table string) (ids []string, set bool) {
	v := s.p.String("columns." + table)
	if v == "" {
		return nil, false
	}
	return strings.Fields(v[1:]), true
}

// SetHiddenColumns remembers them. The leading mark tells "none hidden" from
// "never chosen".
func (s *Settings) SetHiddenColumns(table string, ids []string) {
	s.p.SetString("columns."+table, "-"+strings.Join(ids, " "))
}
