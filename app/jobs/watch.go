package jobs

import (
	"bytes"
	"cmp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

// Held is what kept the window from answering: every callback counts, pointer
// and key handlers, layout and painting as well as posted work.
type Held struct {
	Where string        // functions of ours that ran, one a package from the outermost to the innermost, or what the toolkit did
	Times int           // how often it was longer than the limit
	Worst time.Duration // the longest
}

// Watcher asks the UI goroutine for an answer again and again and keeps note of
// what ran whenever it came late. It costs a short stop of every goroutine each
// time that happens, so it is for measuring, not for every day.
type Watcher struct {
	post  func(func())
	limit time.Duration
	now   func() time.Time
	quit  chan struct{}

	mu   sync.Mutex
	held map[string]*Held
}

// Pauses of a watcher.
const (
	watchEvery  = 4 * time.Millisecond // between two questions
	sampleAfter = 3 * time.Millisecond // from the first look at what is late to the second; then twice as long each time, so that looking does not slow what is looked at
)

// Watch begins to watch the goroutine that post runs functions on. Longer than
// limit is late.
func Watch(post func(func()), limit time.Duration, now func() time.Time) *Watcher {
	w := &Watcher{post: post, limit: limit, now: now, quit: make(chan struct{}), held: map[string]*Held{}}
	go w.run()
	return w
}

// Stop ends watching.
func (w *Watcher) Stop() { close(w.quit) }

// Worst lists what held the window up, the longest first, n at most.
func (w *Watcher) Worst(n int) []Held {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := make([]Held, 0, len(w.held))
	for _, h := range w.held {
		out = append(out, *h)
	}
	slices.SortFunc(out, func(a, b Held) int {
		return cmp.Or(cmp.Compare(b.Worst, a.Worst), cmp.Compare(a.Where, b.Where))
	})
	return out[:min(n, len(out))]
}

func (w *Watcher) run() {
	header := make(chan []byte, 1)
	w.post(func() { // which goroutine it is
		b := make([]byte, 64)
		b = b[:runtime.Stack(b, false)]
		head, _, _ := bytes.Cut(b, []byte(" ["))
		header <- append(head, " ["...)
	})
	var ui []byte
	select {
	case ui = <-header:
	case <-w.quit:
		return
	}
	stacks := make([]byte, 1<<18)
	for {
		answered := make(chan struct{})
		sent := w.now()
		w.post(func() { close(answered) })
		late := time.NewTimer(w.limit)
		seen, again := map[string]int{}, sampleAfter
	waiting:
		for {
			select {
			case <-w.quit:
				late.Stop()
				return
			case <-answered:
				break waiting
			case <-late.C:
				seen[where(stacks[:runtime.Stack(stacks, true)], ui)]++
				late.Reset(again)
				again *= 2
			}
		}
		late.Stop()
		if d := w.now().Sub(sent); len(seen) > 0 {
			w.note(seen, d)
		}
		time.Sleep(watchEvery)
	}
}

// note books a late answer to what was seen most.
func (w *Watcher) note(seen map[string]int, d time.Duration) {
	most := ""
	for name, n := range seen {
		if n > seen[most] || n == seen[most] && name < most {
			most = name
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	h := w.held[most]
	if h == nil {
		h = &Held{Where: most}
		w.held[most] = h
	}
	h.Times++
	h.Worst = max(h.Worst, d)
}

// ours begins the names of our own functions.
const ours = "github.com/planting-the-flag/flagstone/"

// where names what a goroutine does, out of a listing of all of them: our
// outermost and innermost function, or the part of the toolkit.
func where(stacks, header []byte) string {
	at := bytes.Index(stacks, header)
	if at < 0 {
		return "not known"
	}
	one, _, _ := bytes.Cut(stacks[at:], []byte("\n\n"))
	var through []string // from the innermost to the outermost
	toolkit, deepest := "waiting", ""
	for _, line := range strings.Split(string(one), "\n")[1:] {
		if strings.HasPrefix(line, "\t") {
			continue
		}
		name := line
		if i := strings.LastIndexByte(name, '('); i > 0 {
			name = name[:i]
		}
		if deepest == "" && !strings.HasPrefix(name, "runtime.") {
			deepest = name[strings.LastIndexByte(name, '/')+1:]
		}
		switch {
		case strings.HasPrefix(name, ours) && !strings.Contains(name, "app/jobs.(*Watcher)") && !slices.ContainsFunc(carriers, func(s string) bool { return strings.Contains(name, s) }):
			through = append(through, strings.TrimPrefix(name, ours))
		case strings.Contains(name, "drawSingleFrame"):
			toolkit = "painting"
		case strings.Contains(name, "EnsureMinSize"):
			toolkit = "laying out"
		case strings.Contains(name, "pollEvents"):
			toolkit = "events"
		}
	}
	if len(through) == 0 {
		return toolkit + ": " + deepest
	}
	said, last := toolkit+": "+through[len(through)-1], len(through)-1
	for i := last - 1; i > 0; i-- { // where another package begins
		if packageOf(through[i]) != packageOf(through[last]) {
			said, last = said+" > "+through[i], i
		}
	}
	if last > 0 {
		said += " > " + through[0]
	}
	return said
}

// carriers are our functions that only hand work on.
var carriers = []string{"(*poster).", "(*frames).", "shell.framesOf", "main.eachFrame", "app.(*Desk)"}

// packageOf is the package of a function.
func packageOf(name string) string {
	slash := strings.LastIndexByte(name, '/') + 1
	p, _, _ := strings.Cut(name[slash:], ".")
	return name[:slash] + p
}
