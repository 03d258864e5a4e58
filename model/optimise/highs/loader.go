package highs

import (
	"context"
	"sync"
	"time"
)

// Loader is an engine that is loaded when it is first wanted, once.
type Loader struct {
	cache string
	begin sync.Once
	done  chan struct{}
	e     *Engine
	err   error
}

// NewLoader loads nothing yet; cache is as for Load.
func NewLoader(cache string) *Loader { return &Loader{cache: cache, done: make(chan struct{})} }

// Begin starts loading in the background, so that a later Wait is short.
func (l *Loader) Begin() {
	l.begin.Do(func() {
		go func() {
			defer close(l.done)
			l.e, l.err = Load(context.Background(), l.cache)
		}()
	})
}

// Wait returns the engine once it is loaded. It ends early with an error when
// halt says so or ctx is done; loading then goes on. A nil loader has no engine.
func (l *Loader) Wait(ctx context.Context, halt func() bool) (*Engine, error) {
	if l == nil {
		return nil, ErrAbsent
	}
	l.Begin()
	look := time.NewTicker(haltDelay)
	defer look.Stop()
	for {
		select {
		case <-l.done:
			return l.e, l.err
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-look.C:
			if halt != nil && halt() {
				return nil, errQuit
			}
		}
	}
}
