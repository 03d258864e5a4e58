package optimise

import (
	"sync"
	"sync/atomic"
)

// crew has two workers open nodes of one tree at a time, each taking its next one
// as soon as it is done with the last. Which of them comes first is told by the
// work each has done, never by the clock on the wall: a worker has its turn only
// when the other has done more work than itself, so that whatever the other does
// next comes later by that measure too (deterministic logical time, Olszewski,
// Ansel and Amarasinghe 2009). Both processors are kept busy, and the order is the
// same on every machine.
type crew struct {
	t     *tree
	quota int64
	mu    sync.Mutex
	moved sync.Cond       // on mu: a clock or a state has changed
	clock [2]atomic.Int64 // work done
	state [2]int
	eager atomic.Bool // somebody waits for the other's clock
}

// States of a worker.
const (
	working = iota
	idle    // nothing to take until the other is done with its node
	gone
)

// labour works until each worker has done its quota or the tree is empty, and
// returns the work of the one that did more.
func (t *tree) labour(quota int64) int64 {
	w := &crew{t: t, quota: quota}
	w.moved.L = &w.mu
	t.works = [2]int64{}
	for _, d := range t.duals {
		d.told = w.tell
	}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		w.run(1)
	}()
	w.run(0)
	wg.Wait()
	return max(w.clock[0].Load(), w.clock[1].Load())
}

// tell makes known how much work a worker has done.
func (w *crew) tell(d *dual) {
	w.clock[w.t.worker(d)].Store(*d.work)
	if w.eager.Load() {
		w.mu.Lock()
		w.moved.Broadcast()
		w.mu.Unlock()
	}
}

// run is one worker.
func (w *crew) run(n int) {
	d := w.t.duals[n]
	var kids []*node
	var plan *found
	for {
		w.mu.Lock()
		w.await(n)
		w.t.take(n, kids, plan)
		w.wake(1 - n)
		next := w.next(n)
		ceiling := w.t.ceiling
		w.moved.Broadcast()
		w.mu.Unlock()
		if next == nil {
			return
		}
		kids, plan = w.t.expand(d, next, ceiling)
	}
}

// await waits for a worker's turn.
func (w *crew) await(n int) {
	for !w.turn(n) {
		w.eager.Store(true) // before looking once more, so that no change is missed
		if w.turn(n) {
			break
		}
		w.moved.Wait()
	}
	w.eager.Store(false)
}

func (w *crew) turn(n int) bool {
	mine, other := w.clock[n].Load(), w.clock[1-n].Load()
	return w.state[1-n] != working || mine < other || mine == other && n == 0
}

// wake sets the other worker on when it is idle and there is something to do, from
// the time at which it could learn of that.
func (w *crew) wake(other int) {
	if w.state[other] != idle || w.t.done() {
		return
	}
	now := max(w.clock[other].Load(), w.clock[1-other].Load())
	w.clock[other].Store(now)
	w.t.works[other] = now
	w.state[other] = working
}

// next is what a worker takes in its turn; nil when it is done. With nothing to
// take it waits for what the other makes of its node.
func (w *crew) next(n int) *node {
	d := w.t.duals[n]
	for w.clock[n].Load() < w.quota && (d.halt == nil || !d.halt()) {
		if x := w.t.next(n); x != nil {
			w.t.works[n]++ // a node that is impossible at once takes no other work
			w.clock[n].Store(w.t.works[n])
			return x
		}
		if w.state[1-n] != working {
			break
		}
		w.state[n] = idle
		w.moved.Broadcast()
		for w.state[n] == idle && w.state[1-n] == working {
			w.moved.Wait()
		}
		if w.state[n] == idle {
			break
		}
		w.await(n)
	}
	w.state[n] = gone
	return nil
}
