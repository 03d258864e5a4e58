package settings

// Keys of the map.
const (
	keyBackdropOn     = "map.background.on"
	keyBackdropAt     = "map.background.address"
	keyBackdropCredit = "map.background.credit"
	keyMapNames       = "map.names"
	keyMapKey         = "map.key.shown"
)

// Background is the background map that the user entered: whether it is shown,
// the address of its tiles and what its owner wants to be named with. It is off
// until the user switches it on.
func (s *Settings) Background() (on bool, address, credit string) {
	return s.p.Bool(keyBackdropOn), s.p.String(keyBackdropAt), s.p.String(keyBackdropCredit)
}

// SetBackground remembers it.
func (s *Settings) SetBackground(on bool, address, credit string) {
	s.p.SetBool(keyBackdropOn, on)
	s.p.SetString(keyBackdropAt, address)
	s.p.SetString(keyBackdropCredit, credit)
}

// MapNames says whether the map writes names beside marks.
func (s *Settings) MapNames() bool { return s.p.BoolWithFallback(keyMapNames, true) }

// SetMapNames remembers it.
func (s *Settings) SetMapNames(on bool) { s.p.SetBool(keyMapNames, on) }

// MapKey says whether the key of the map is open.
func (s *Settings) MapKey() bool { return s.p.BoolWithFallback(keyMapKey, true) }

// SetMapKey remembers it.
func (s *Settings) SetMapKey(open bool) { s.p.SetBool(keyMapKey, open) }
