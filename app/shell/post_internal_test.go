package shell

import (
	"testing"
	"time"
)

func TestWorkIsDoneInOrderAndInTurns(t *testing.T) {
	var toolkit []func()
	clock := time.Unix(0, 0)
	var took []time.Duration
	p := &poster{post: func(f func()) { toolkit = append(toolkit, f) }, done: func(d time.Duration) { took = append(took, d) }, now: func() time.Time { return clock }}
	var order []int
	for i := range 10 {
		p.add(func() {
			clock = clock.Add(3 * time.Millisecond)
			order = append(order, i)
			if i == 2 {
				p.add(func() { order = append(order, 100) })
			}
		})
	}
	turns := 0
	for len(toolkit) > 0 {
		f := toolkit[0]
		toolkit = toolkit[1:]
		before := clock
		f()
		turns++
		if d := clock.Sub(before); d > turn+3*time.Millisecond {
			t.Errorf("a turn took %v", d)
		}
	}
	if len(order) != 11 || order[10] != 100 || order[0] != 0 || order[9] != 9 {
		t.Errorf("done in the order %v", order)
	}
	if turns != 4 || len(took) != 11 || took[0] != 3*time.Millisecond {
		t.Errorf("%d turns, times %v", turns, took)
	}
	p.add(func() {})
	if len(toolkit) != 1 {
		t.Error("after everything was done new work asks for no turn")
	}
}
