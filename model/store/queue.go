package store

import (
	"database/sql/driver"
	"sync"
)

// manyChanges is from how many changes on the values of the next rows are made ready while those before them are written.
const manyChanges = 2000

// queue runs the statements of a large change one after the other on a goroutine of its own, while their values are made ready.
// After the first failure it runs no more; whoever waits is told.
type queue struct {
	work chan batch
	busy sync.WaitGroup
	mu   sync.Mutex
	err  error
	free map[*inserter][][]driver.NamedValue // room for values that may be used again
}

// batch is the rows of one statement.
type batch struct {
	in   *inserter
	args []driver.NamedValue // what the statement does not hold itself
	rows int
	text string
}

func startQueue() *queue {
	q := &queue{work: make(chan batch, 4), free: map[*inserter][][]driver.NamedValue{}}
	go func() {
		for b := range q.work {
			q.run(b)
		}
	}()
	return q
}

func (q *queue) run(b batch) {
	defer q.busy.Done()
	if q.failed() == nil {
		err := b.in.run(b)
		q.mu.Lock()
		defer q.mu.Unlock()
		if q.err == nil {
			q.err = err
		}
		q.free[b.in] = append(q.free[b.in], b.args)
	}
}

// add takes rows and gives room for the next ones.
func (q *queue) add(b batch) []driver.NamedValue {
	q.busy.Add(1)
	q.work <- b
	q.mu.Lock()
	defer q.mu.Unlock()
	if list := q.free[b.in]; len(list) > 0 {
		room := list[len(list)-1]
		q.free[b.in] = list[:len(list)-1]
		return room
	}
	return nil
}

func (q *queue) failed() error {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.err
}

// wait returns when all that was added is written, with the first failure.
func (q *queue) wait() error {
	q.busy.Wait()
	return q.failed()
}

// stop ends the goroutine when all is written.
func (q *queue) stop() {
	q.busy.Wait()
	close(q.work)
}
