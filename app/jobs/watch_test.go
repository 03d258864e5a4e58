package jobs_test

import (
	"strings"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/app/jobs"
)

// busyHandler stands for a callback that takes too long.
//
//go:noinline
func busyHandler() { <-time.After(40 * time.Millisecond) }

func TestAWatcherNamesWhatHeldTheWindowUp(t *testing.T) {
	work, over := make(chan func(), 64), make(chan struct{})
	defer close(over)
	go func() { // the UI goroutine
		for {
			select {
			case f := <-work:
				f()
			case <-over:
				return
			}
		}
	}()
	w := jobs.Watch(func(f func()) { work <- f }, 5*time.Millisecond, time.Now)
	defer w.Stop()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); {
		work <- busyHandler // again and again: the first may run before the watcher knows where to look
		time.Sleep(10 * time.Millisecond)
		for _, h := range w.Worst(10) {
			if strings.Contains(h.Where, "busyHandler") {
				if h.Times < 1 || h.Worst < 5*time.Millisecond {
					t.Errorf("noted as %+v", h)
				}
				return
			}
		}
	}
	t.Errorf("noted: %+v", w.Worst(10))
}
