package model

import (
	"bytes"
	"encoding/json"
	"iter"
	"slices"
	"strings"
)

// Entry is a figure and what it is of.
type Entry[K ~string] struct {
	Key K
	Figure
}

// Figures holds a few figures by cost or by fuel. It is a list in the order of its keys and not a map: an estate has a hundred
// thousand of them with two or three figures each, for which a map takes five times the room. Its zero value is empty.
//
// A list is never changed once made: Set and Delete make another. So a copy of an asset can be changed and the asset it was copied
// from stays as it was.
type Figures[K ~string] []Entry[K]

// FiguresOf makes figures of a map.
func FiguresOf[K ~string](m map[K]Figure) Figures[K] {
	if m == nil {
		return nil
	}
	out := make(Figures[K], 0, len(m))
	for k, f := range m {
		out = append(out, Entry[K]{k, f})
	}
	slices.SortFunc(out, func(a, b Entry[K]) int { return strings.Compare(string(a.Key), string(b.Key)) })
	return out
}

func (l Figures[K]) find(k K) (at int, ok bool) {
	for i := range l {
		if l[i].Key >= k {
			return i, l[i].Key == k
		}
	}
	return len(l), false
}

// Get is the figure of a key; not known when there is none.
func (l Figures[K]) Get(k K) Figure {
	f, _ := l.Lookup(k)
	return f
}

// Lookup is the figure of a key, and whether there is one.
func (l Figures[K]) Lookup(k K) (Figure, bool) {
	if at, ok := l.find(k); ok {
		return l[at].Figure, true
	}
	return Figure{}, false
}

// Set puts a figure in the place of that of its key, if there is one.
func (l *Figures[K]) Set(k K, f Figure) {
	at, ok := l.find(k)
	to := at
	if ok {
		to++
	}
	next := make(Figures[K], 0, len(*l)+1-(to-at))
	next = append(append(next, (*l)[:at]...), Entry[K]{k, f})
	*l = append(next, (*l)[to:]...)
}

// Delete takes the figure of a key away.
func (l *Figures[K]) Delete(k K) {
	if at, ok := l.find(k); ok {
		*l = append(append(make(Figures[K], 0, len(*l)-1), (*l)[:at]...), (*l)[at+1:]...)
	}
}

// All walks the figures in the order of their keys.
func (l Figures[K]) All() iter.Seq2[K, Figure] {
	return func(yield func(K, Figure) bool) {
		for i := range l {
			if !yield(l[i].Key, l[i].Figure) {
				return
			}
		}
	}
}

// MarshalJSON writes what a map would be written as.
func (l Figures[K]) MarshalJSON() ([]byte, error) {
	if l == nil {
		return []byte("null"), nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // who asked for this one to be written decides
	sep := byte('{')
	for i := range l {
		b.WriteByte(sep)
		sep = ','
		if err := e.Encode(string(l[i].Key)); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := e.Encode(&l[i].Figure); err != nil {
			return nil, err
		}
	}
	if len(l) == 0 {
		b.WriteByte('{')
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (l *Figures[K]) UnmarshalJSON(data []byte) error {
	var m map[K]Figure
	if err := json.Unmarshal(data, &m); err != nil {
		return err
	}
	*l = FiguresOf(m)
	return nil
}
