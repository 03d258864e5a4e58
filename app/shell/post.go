package shell

import (
	"log/slog"
	"sync"
	"time"

	"github.com/planting-the-flag/flagstone/app/jobs"
)

// turn is how long work is done between two chances to paint and to take keys.
const turn = frame / 2

// poster hands work to the UI goroutine in its order. The toolkit does one
// piece of posted work for each frame it paints; where painting is slow, as
// without a graphics card, pieces would pile up faster than they are done. So
// they wait here, and each turn does as many as fit. There is a turn before
// each frame too: what is ready is in the frame and not in one after it.
type poster struct {
	post func(func())
	done func(time.Duration) // told how long each piece took
	now  func() time.Time

	mu      sync.Mutex
	waiting []func()
	asked   bool // a turn is on its way
}

func (p *poster) add(f func()) {
	p.mu.Lock()
	p.waiting = append(p.waiting, f)
	ask := !p.asked
	p.asked = true
	p.mu.Unlock()
	if ask {
		p.post(p.turn)
	}
}

// turn does what waits until the turn is over, and asks for another one when
// something is left.
func (p *poster) turn() {
	if !p.do() {
		p.post(p.turn)
	}
}

// do does what waits until a turn is over and says whether that was everything.
func (p *poster) do() bool {
	begin := p.now()
	for at := begin; ; {
		p.mu.Lock()
		if len(p.waiting) == 0 {
			p.waiting, p.asked = nil, false
			p.mu.Unlock()
			return true
		}
		f := p.waiting[0]
		p.waiting[0] = nil
		p.waiting = p.waiting[1:]
		p.mu.Unlock()
		f()
		end := p.now()
		p.done(end.Sub(at))
		if at = end; end.Sub(begin) >= turn {
			return false
		}
	}
}

// measured notes how long one piece of work held the window up.
func (w *Window) measured(d time.Duration) {
	w.slowest = max(w.slowest, d)
	if d > frame {
		w.slow++
		slog.Debug("work held the window up", "for", d)
	}
}

// latestJobs shows how jobs stand, the latest only: reports that come faster
// than they can be shown are left out.
func (w *Window) latestJobs() func([]jobs.Status) {
	var mu sync.Mutex
	var latest []jobs.Status
	waiting := false
	return func(st []jobs.Status) {
		mu.Lock()
		defer mu.Unlock()
		latest = st
		if waiting {
			return
		}
		waiting = true
		w.p.Post(func() {
			mu.Lock()
			now := latest
			waiting = false
			mu.Unlock()
			w.status.jobs(now)
		})
	}
}
