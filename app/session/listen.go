package session

import (
	"slices"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

// Changed says that the project is another one, and what differs.
type Changed struct {
	Project *model.Project
	Name    string     // what was done: "dispose of Sale Town Hall"
	Deed    store.Deed // done, undone, redone, read again, or results stored
	Kinds   map[store.Kind][]string
}

// Touches reports whether things of any of the kinds differ. A listener that
// shows only some of them ignores the rest.
func (c Changed) Touches(kinds ...store.Kind) bool {
	for _, k := range kinds {
		if len(c.Kinds[k]) > 0 {
			return true
		}
	}
	return false
}

// AffectsResults reports whether figures computed from the project may differ.
func (c Changed) AffectsResults() bool {
	return c.Touches(store.KindSettings, store.KindOrganisation, store.KindAsset, store.KindService, store.KindOccupation,
		store.KindPopulation, store.KindScenario, store.KindAssumption)
}

// listener is one who watches. Its pointer tells it from others.
type listener[T any] struct{ call func(T) }

type listeners struct {
	projects []*listener[Changed]
	selected []*listener[Selection]
	moved    []*listener[string]
	status   []*listener[Status]
}

// calls binds a value to everybody who watches.
func calls[T any](to []*listener[T], v T) []func() {
	out := make([]func(), len(to))
	for i, l := range to {
		out[i] = func() { l.call(v) }
	}
	return out
}

// tell calls listeners without holding the session, so that they may use it.
func (s *Session) tell(which func(*listeners) []func()) {
	s.mu.Lock()
	todo := which(&s.listeners)
	s.mu.Unlock()
	for _, f := range todo {
		f()
	}
}

// add enters a listener in one of the lists and gives the function that takes
// it out again.
func add[T any](s *Session, list *[]*listener[T], f func(T)) (cancel func()) {
	l := &listener[T]{f}
	s.mu.Lock()
	*list = append(slices.Clip(*list), l)
	s.mu.Unlock()
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		*list = slices.DeleteFunc(slices.Clone(*list), func(x *listener[T]) bool { return x == l })
	}
}

// OnProject calls f after every change of the project.
func (s *Session) OnProject(f func(Changed)) (cancel func()) { return add(s, &s.listeners.projects, f) }

// OnSelection calls f when another thing is selected.
func (s *Session) OnSelection(f func(Selection)) (cancel func()) {
	return add(s, &s.listeners.selected, f)
}

// OnMoved calls f with the new path when the project goes on in another file.
func (s *Session) OnMoved(f func(path string)) (cancel func()) { return add(s, &s.listeners.moved, f) }

// OnStatus calls f when what [Session.Status] says may have changed.
func (s *Session) OnStatus(f func(Status)) (cancel func()) { return add(s, &s.listeners.status, f) }

// changed follows a change of the file: it drops from the selection what is
// gone, renews the names of undo and redo, and tells everybody.
func (s *Session) changed(c store.Change) {
	p := s.file.Project()
	s.readNames()
	s.Select(stillThere(p, s.Selection()))
	s.mu.Lock()
	if c.Deed != store.Result && c.Deed != store.Reread {
		s.changes++
	}
	s.mu.Unlock()
	s.tell(func(l *listeners) []func() {
		return calls(l.projects, Changed{Project: p, Name: c.Name, Deed: c.Deed, Kinds: c.Kinds})
	})
}

func stillThere(p *model.Project, sel Selection) Selection {
	sel.Assets = slices.DeleteFunc(sel.Assets, func(id model.AssetID) bool { return p.Asset(id) == nil })
	if p.Service(sel.Service) == nil {
		sel.Service = ""
	}
	if !slices.ContainsFunc(p.Scenarios, func(x model.Scenario) bool { return x.ID == sel.Scenario }) {
		sel.Scenario = ""
	}
	if !slices.ContainsFunc(p.Decisions, func(x model.Decision) bool { return x.Number == sel.Decision }) {
		sel.Decision = 0
	}
	return sel
}
