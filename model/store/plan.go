package store

import (
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/planting-the-flag/flagstone/model"
)

// state is a project and where each thing of it stands. The project in it is
// never changed; the maps are, after a commit.
type state struct {
	project *model.Project
	numbers map[Kind]map[string]int64 // key → number
	order   map[Kind][]int64          // numbers in the order of the list
	decided int64                     // highest number a decision ever had
}

func newState(p *model.Project) *state {
	s := &state{project: p, numbers: map[Kind]map[string]int64{}, order: map[Kind][]int64{}}
	for _, c := range collections {
		s.numbers[c.kind()] = map[string]int64{}
	}
	return s
}

// thing is the item under a key, or nil.
func (s *state) thing(c collection, key string) (no int64, item any) {
	no, ok := s.numbers[c.kind()][key]
	if !ok {
		return 0, nil
	}
	pos, _ := slices.BinarySearch(s.order[c.kind()], no)
	return no, c.at(s.project, pos)
}

// plan gathers what a command changes, in normal form, one change a thing.
type plan struct {
	state   *state
	options *Options
	changes map[Kind]map[string]*change
	made    map[Kind][]*change // the same, in the order in which they were begun
	last    map[Kind]int64     // highest number given out
}

func newPlan(s *state, o *Options) *plan {
	return &plan{state: s, options: o, changes: map[Kind]map[string]*change{}, made: map[Kind][]*change{}, last: map[Kind]int64{}}
}

// change is the change of a thing, begun when there is none yet.
func (p *plan) change(c collection, key string) *change {
	k := c.kind()
	if p.changes[k] == nil {
		p.changes[k] = map[string]*change{}
	}
	x := p.changes[k][key]
	if x == nil {
		x = &change{of: c, key: key}
		x.no, x.before = p.state.thing(c, key)
		x.after = x.before
		p.changes[k][key] = x
		p.made[k] = append(p.made[k], x)
	}
	return x
}

// nextNo gives out the number after the last thing of a kind.
func (p *plan) nextNo(k Kind) int64 {
	if order := p.state.order[k]; len(order) > 0 && p.last[k] < order[len(order)-1] {
		p.last[k] = order[len(order)-1]
	}
	if k == KindDecision { // a paper may have been printed of one that was taken back
		p.last[k] = max(p.last[k], p.state.decided)
	}
	p.last[k]++
	return p.last[k]
}

// put adds or replaces a thing.
func put[T any](p *plan, l *list[T], item *T) error {
	own, err := l.copy(item)
	if err != nil {
		return err
	}
	take(p, l, own)
	return nil
}

// take notes a value that is the plan's own.
func take[T any](p *plan, l *list[T], own *T) {
	x := p.change(l, l.key(0, own))
	if x.no == 0 {
		x.no = p.nextNo(l.of)
	}
	x.after = own
}

// putAll adds or replaces things. They are copied and checked on all processors; the first that is refused is told.
func putAll[T any](p *plan, l *list[T], items []T) error {
	const run = 256
	type own struct {
		items []*T
		err   error
	}
	if p.changes[l.of] == nil {
		p.changes[l.of] = make(map[string]*change, len(items))
	}
	runs := make([]own, (len(items)+run-1)/run)
	sideBySide(len(runs), func(i int) {
		for k := i * run; k < min((i+1)*run, len(items)); k++ {
			c, err := l.copy(&items[k])
			if err != nil {
				runs[i].err = err
				return
			}
			runs[i].items = append(runs[i].items, c)
		}
	})
	for _, r := range runs {
		for _, c := range r.items {
			take(p, l, c)
		}
		if r.err != nil {
			return r.err
		}
	}
	return nil
}

// sideBySide does n things on all processors.
func sideBySide(n int, do func(i int)) {
	workers := min(n, runtime.GOMAXPROCS(0))
	if workers < 2 {
		for i := range n {
			do(i)
		}
		return
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	wg.Wait()
}

// addFinding adds one at the end: findings have no key of their own.
func (p *plan) addFinding(f *model.Finding) error {
	own, err := findings.copy(f)
	if err != nil {
		return err
	}
	no := p.nextNo(KindFinding)
	x := p.change(findings, findings.key(no, own))
	x.no, x.after = no, own
	return nil
}

// remove takes a thing away; it must be there.
func remove[T any](p *plan, l *list[T], key, shown string) error {
	x := p.change(l, key)
	if x.after == nil {
		return model.NotFound(string(l.of), shown)
	}
	x.after = nil
	return nil
}

// find gives the number of a thing in the project as it will be.
func (p *plan) find(k Kind, key string) (int64, bool) {
	if x := p.changes[k][key]; x != nil {
		return x.no, x.after != nil
	}
	if no, ok := p.state.numbers[k][key]; ok {
		return no, true
	}
	if k == KindOrganisation {
		no, ok := outsiders[model.OrganisationID(key)]
		return no, ok
	}
	return 0, false
}

// now gives a thing in the project as it will be, or nil.
func now[T any](p *plan, l *list[T], key string) *T {
	var item any
	if x := p.changes[l.of][key]; x != nil {
		item = x.after
	} else {
		_, item = p.state.thing(l, key)
	}
	if item == nil {
		return nil
	}
	return item.(*T)
}

// net drops changes that change nothing and returns the rest by kind, in order
// of number.
func (p *plan) net() map[Kind][]*change {
	out := map[Kind][]*change{}
	for k, made := range p.made {
		for _, x := range made {
			if x.before == nil && x.after == nil || x.before != nil && x.after != nil && (x.before == x.after || x.of.equal(x.before, x.after)) {
				continue
			}
			out[k] = append(out[k], x)
		}
		slices.SortFunc(out[k], func(a, b *change) int { return int(a.no - b.no) })
	}
	return out
}

// after builds the project as it will be, and the order of the lists touched.
func (s *state) after(changes map[Kind][]*change) (*model.Project, map[Kind][]int64) {
	next := *s.project
	order := map[Kind][]int64{}
	for _, c := range collections {
		if xs := changes[c.kind()]; len(xs) > 0 {
			order[c.kind()] = c.apply(&next, s.order[c.kind()], xs)
		}
	}
	return &next, order
}

// move makes the state the one after the changes.
func (s *state) move(next *model.Project, order map[Kind][]int64, changes map[Kind][]*change) {
	s.project = next
	for k, o := range order {
		s.order[k] = o
	}
	for k, xs := range changes {
		if len(xs) > len(s.numbers[k]) { // room at once, not step by step
			numbers := make(map[string]int64, len(s.numbers[k])+len(xs))
			maps.Copy(numbers, s.numbers[k])
			s.numbers[k] = numbers
		}
		for _, x := range xs {
			if x.after == nil {
				delete(s.numbers[k], x.key)
			} else {
				s.numbers[k][x.key] = x.no
			}
			if k == KindDecision {
				s.decided = max(s.decided, x.no)
			}
		}
	}
}
