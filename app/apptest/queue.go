package apptest

import (
	"sync"
	"testing"
	"time"
)

// Queue stands for the goroutine of the window in tests: what is posted to it
// runs when the test drains it.
type Queue struct {
	mu   sync.Mutex
	todo []func()
}

// patience is how long a test waits for what must come. A starved machine is no
// reason to fail.
const patience = 3 * time.Minute

// Post adds work; it may be called from any goroutine.
func (q *Queue) Post(f func()) {
	q.mu.Lock()
	q.todo = append(q.todo, f)
	q.mu.Unlock()
}

// Drain runs what was posted, and what that posts.
func (q *Queue) Drain() {
	for {
		q.mu.Lock()
		todo := q.todo
		q.todo = nil
		q.mu.Unlock()
		if len(todo) == 0 {
			return
		}
		for _, f := range todo {
			f()
		}
	}
}

// Empty says whether nothing waits.
func (q *Queue) Empty() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.todo) == 0
}

// Until drains until something holds, and fails the test when it never does;
// told, which may be nil, says what else is known then.
func (q *Queue) Until(t testing.TB, what string, ok func() bool, told func() any) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		q.Drain()
		if ok() {
			return
		}
	}
	if told != nil {
		t.Fatalf("waited too long for: %s; %+v", what, told())
	}
	t.Fatalf("waited too long for: %s", what)
}
