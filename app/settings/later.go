package settings

import "sync"

// later writes values beside the window's goroutine: the toolkit writes all
// preferences to the disk, and waits for it, at every change.
type later struct {
	mu      sync.Mutex
	waiting map[string]string
	busy    bool
	idle    *sync.Cond
}

// setLater remembers a text soon; asked for, it is there at once.
func (s *Settings) setLater(key, value string) {
	l := &s.later
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.waiting == nil {
		l.waiting, l.idle = map[string]string{}, sync.NewCond(&l.mu)
	}
	l.waiting[key] = value
	if !l.busy {
		l.busy = true
		go s.write()
	}
}

// write writes what waits until nothing does.
func (s *Settings) write() {
	l := &s.later
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.waiting) > 0 {
		var key, value string
		for key, value = range l.waiting {
			break
		}
		l.mu.Unlock()
		s.p.SetString(key, value)
		l.mu.Lock()
		if l.waiting[key] == value { // not another by now
			delete(l.waiting, key)
		}
	}
	l.busy = false
	l.idle.Broadcast()
}

// text is a remembered text, also one that still waits to be written.
func (s *Settings) text(key string) string {
	s.later.mu.Lock()
	v, ok := s.later.waiting[key]
	s.later.mu.Unlock()
	if ok {
		return v
	}
	return s.p.String(key)
}

// Flush waits until everything is written.
func (s *Settings) Flush() {
	l := &s.later
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.busy {
		l.idle.Wait()
	}
}
