package app

import "slices"

// listener is somebody who wants to hear of events.
type listener struct {
	events  uint // one bit each
	do      func()
	inSight func() bool // nil for always
	missed  bool        // something happened while it was out of sight
	told    int         // when it was told last
}

func (l *listener) hears(e Event) bool { return l.events&(1<<e) != 0 }

// On calls f on the UI goroutine whenever e happens, until the returned
// function is called.
func (d *Desk) On(e Event, f func()) (stop func()) { return d.OnAny(f, e) }

// OnAny calls f on the UI goroutine whenever one of the events happens, once for
// several that happen together, until the returned function is called.
func (d *Desk) OnAny(f func(), events ...Event) (stop func()) {
	l := &listener{do: f, inSight: d.inSight}
	for _, e := range events {
		l.events |= 1 << e
	}
	d.listeners = append(d.listeners, l)
	return func() {
		d.listeners = slices.DeleteFunc(slices.Clone(d.listeners), func(x *listener) bool { return x == l })
	}
}

// InSight builds something that is not always to be seen, such as a place: who
// begins to listen meanwhile is told of events only while it is in sight, and of
// those that it missed by CatchUp.
func (d *Desk) InSight(inSight func() bool, build func()) {
	d.inSight = inSight
	defer func() { d.inSight = nil }()
	build()
}

// CatchUp tells those that have come into sight what they missed, each in a
// piece of work of its own.
func (d *Desk) CatchUp() {
	ws := d.ws
	for _, l := range d.listeners {
		if l.missed && l.inSight() {
			d.Post(func() {
				if l.missed && d.ws == ws && l.inSight() {
					l.missed = false
					l.do()
				}
			})
		}
	}
}

// tell tells one listener, or notes that it missed something. That another
// project is open, or none, is heard at once, also out of sight.
func (d *Desk) tell(l *listener, e Event) {
	if l.inSight != nil && e != WorkspaceChanged && d.ws != nil && !l.inSight() {
		l.missed = true
		return
	}
	l.missed = false
	l.do()
}

func (d *Desk) fire(events ...Event) {
	d.told++
	now := d.told
	for _, e := range events {
		for _, l := range d.listeners {
			if l.hears(e) && l.told != now {
				l.told = now
				d.tell(l, e)
			}
		}
	}
}

// fireInTurn tells each listener in a piece of work of its own, so that a
// project that fills every place at once never holds the window up for long. A
// listener of a project that was left meanwhile is not told.
func (d *Desk) fireInTurn(events ...Event) {
	ws := d.ws
	d.told++
	for _, e := range events {
		for _, l := range d.listeners {
			if l.hears(e) && l.told != d.told {
				l.told = d.told
				d.Post(func() {
					if d.ws == ws {
						d.tell(l, e)
					}
				})
			}
		}
	}
}
