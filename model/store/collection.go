package store

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"sort"

	"github.com/planting-the-flag/flagstone/model"
)

// Kind names a kind of thing that commands change: what a listener is told and
// what an undo image is of.
type Kind string

// The kinds, in the order in which they are written.
const (
	KindSettings     Kind = "settings"
	KindOrganisation Kind = "organisation"
	KindAsset        Kind = "asset"
	KindService      Kind = "service"
	KindOccupation   Kind = "occupation"
	KindPopulation   Kind = "population"
	KindBoundary     Kind = "boundary"
	KindScenario     Kind = "scenario"
	KindAssumption   Kind = "assumption"
	KindFinding      Kind = "finding"
	KindDecision     Kind = "decision"
	KindPaper        Kind = "paper"
)

// row is one thing with its place in its list.
type row[T any] struct {
	no   int64
	item *T
}

// change is one thing before and after a command: nil where it is not there.
// Both point to the collection's type.
type change struct {
	of            collection
	key           string
	no            int64
	before, after any
}

// collection is a kind of thing, with its type erased.
type collection interface {
	kind() Kind
	keyOf(no int64, item any) string
	title(item any) string
	equal(a, b any) bool
	decode(data []byte) (any, error)
	at(p *model.Project, pos int) any
	len(p *model.Project) int
	apply(p *model.Project, order []int64, changes []*change) []int64
	write(w *writer, changes []*change) error
	load(r *loader) (order []int64, err error)
	describe() tables
}

// tables says where a kind is kept: the table with one row a thing, and the
// tables that hold its details, most dependent first.
type tables struct {
	root    string
	details []detail
}

type detail struct{ table, column string }

// list is a collection of one type.
type list[T any] struct {
	of    Kind
	kept  tables
	key   func(no int64, item *T) string
	name  func(item *T) string
	items func(p *model.Project) []T
	set   func(p *model.Project, items []T)
	tidy  func(item *T) error // makes a deep copy's values legal or refuses them
	clone func(item *T) *T
	put   func(w *writer, rows []row[T]) error
	get   func(r *loader) (order []int64, items []T, err error)
}

func (l *list[T]) kind() Kind                       { return l.of }
func (l *list[T]) describe() tables                 { return l.kept }
func (l *list[T]) keyOf(no int64, item any) string  { return l.key(no, item.(*T)) }
func (l *list[T]) title(item any) string            { return l.name(item.(*T)) }
func (l *list[T]) equal(a, b any) bool              { return reflect.DeepEqual(a, b) }
func (l *list[T]) len(p *model.Project) int         { return len(l.items(p)) }
func (l *list[T]) at(p *model.Project, pos int) any { return &l.items(p)[pos] }

func (l *list[T]) decode(data []byte) (any, error) {
	item := new(T)
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(item); err != nil {
		return nil, err
	}
	return item, l.tidy(item) // an earlier version may have kept more than there is to say
}

// copy makes a value of its own out of a caller's, checked and in normal form.
func (l *list[T]) copy(item *T) (*T, error) {
	c := l.clone(item)
	return c, l.tidy(c)
}

// apply gives p a new list with the changes in it and returns its order. The
// list p had, and order, are left as they were.
func (l *list[T]) apply(p *model.Project, order []int64, changes []*change) []int64 {
	old := l.items(p)
	sort.Slice(changes, func(i, j int) bool { return changes[i].no < changes[j].no })
	items := make([]T, 0, len(old)+len(changes))
	nos := make([]int64, 0, len(old)+len(changes))
	pos := 0
	for _, c := range changes {
		next, found := slices.BinarySearch(order[pos:], c.no)
		next += pos
		items = append(items, old[pos:next]...)
		nos = append(nos, order[pos:next]...)
		if found {
			next++
		}
		pos = next
		if c.after != nil {
			items = append(items, *c.after.(*T))
			nos = append(nos, c.no)
		}
	}
	items = append(items, old[pos:]...)
	nos = append(nos, order[pos:]...)
	if len(items) == 0 {
		items = nil
	}
	l.set(p, items)
	return nos
}

func (l *list[T]) write(w *writer, changes []*change) error {
	var rows []row[T]
	for _, c := range changes {
		if c.after != nil {
			rows = append(rows, row[T]{c.no, c.after.(*T)})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return l.put(w, rows)
}

func (l *list[T]) load(r *loader) ([]int64, error) {
	order, items, err := l.get(r)
	if err != nil {
		return nil, err
	}
	l.set(r.project, items)
	return order, nil
}

// collections in the order in which they are written and loaded: what is
// referred to comes before what refers to it.
var collections = []collection{settings, organisations, assets, services, occupations, population, boundaries,
	scenarios, assumptions, findings, decisions, papers}

func collectionOf(k Kind) collection {
	for _, c := range collections {
		if c.kind() == k {
			return c
		}
	}
	return nil
}
