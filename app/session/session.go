package session

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

// Selection is what the user is looking at. Empty fields select nothing.
type Selection struct {
	Assets   []model.AssetID // in the order in which they were picked
	Service  model.ServiceID
	Scenario model.ScenarioID
	Decision int
}

// Session is one open project and those who watch it. It may be used from any
// goroutine; listeners are called on the goroutine that made the change, after
// it is done, and may call the session.
type Session struct {
	file *store.File
	kept atomic.Pointer[kept]

	mu        sync.Mutex
	selection Selection
	names     undoNames
	changes   int   // since opened or settled
	failed    error // of the disk's, until a change succeeds
	listeners listeners
}

type undoNames struct{ undo, redo string }

// Open opens a project file.
func Open(path string, o store.Options) (*Session, error) {
	s := &Session{}
	return s.start(o, func(o store.Options) (*store.File, error) { return store.Open(path, o) })
}

// Create makes a project file and opens it.
func Create(path string, p *model.Project, o store.Options) (*Session, error) {
	s := &Session{}
	return s.start(o, func(o store.Options) (*store.File, error) { return store.Create(path, p, o) })
}

func (s *Session) start(o store.Options, open func(store.Options) (*store.File, error)) (*Session, error) {
	outer := o.OnChange
	o.OnChange = func(c store.Change) {
		if outer != nil {
			outer(c)
		}
		s.changed(c)
	}
	f, err := open(o)
	if err != nil {
		return nil, err
	}
	s.file = f
	s.look()
	s.readNames()
	return s, nil
}

// File is the project file underneath.
func (s *Session) File() *store.File { return s.file }

// Project is the project as it now is. Do not change it; ask again after a
// change.
func (s *Session) Project() *model.Project { return s.file.Project() }

// Path is where the project is kept. It answers while a change is being saved.
func (s *Session) Path() string { return s.kept.Load().path }

// Access says whether the project can be changed, and if not, why. It answers
// while a change is being saved.
func (s *Session) Access() store.Access { return s.kept.Load().access }

// kept is where and how a project is kept, which only SaveAs changes.
type kept struct {
	path   string
	access store.Access
}

func (s *Session) look() { s.kept.Store(&kept{s.file.Path(), s.file.Access()}) }

// Close gives the project up. Everything was saved when it was done.
func (s *Session) Close() error { return s.file.Close() }

// Do makes one change. Its name is what the user did, as read after "Undo":
// "dispose of Sale Town Hall". Several commands are one change.
func (s *Session) Do(name string, commands ...store.Command) error {
	return s.DoBecause(name, "", commands...)
}

// DoBecause is Do with the reason the user gave, for the audit.
func (s *Session) DoBecause(name, why string, commands ...store.Command) error {
	return s.note(s.file.Do(store.Batch{Name: name, Why: why, Commands: commands}))
}

// Refresh reads the project again when somebody else has changed it; see
// [store.File.Reload]. A window does so when it comes to the front.
func (s *Session) Refresh() (changed bool, err error) { return s.file.Reload() }

// SaveCopy writes the project to another file and goes on with this one.
func (s *Session) SaveCopy(path string) error { return s.file.SaveCopy(path) }

// Undo takes the last change back.
func (s *Session) Undo() error { return s.note(s.file.Undo()) }

// Redo does the last change that was taken back again.
func (s *Session) Redo() error { return s.note(s.file.Redo()) }

// UndoLabel is the text of the menu entry: "Undo dispose of Sale Town Hall",
// and whether there is anything to undo.
func (s *Session) UndoLabel() (label string, can bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return labelled(words.T("Undo"), s.names.undo)
}

// RedoLabel is the text of the menu entry, and whether there is anything to
// redo.
func (s *Session) RedoLabel() (label string, can bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return labelled(words.T("Redo"), s.names.redo)
}

func labelled(verb, name string) (string, bool) {
	if name == "" {
		return verb, false
	}
	return verb + " " + name, true
}

// readNames finds what can be undone and redone.
func (s *Session) readNames() {
	entries, err := s.file.History()
	var n undoNames
	if err == nil && !s.Access().ReadOnly {
		for _, e := range entries {
			if !e.Undone {
				n.undo = e.Name
			} else if n.redo == "" {
				n.redo = e.Name
			}
		}
	}
	s.mu.Lock()
	s.names = n
	s.mu.Unlock()
}

// SaveAs goes on in another file.
func (s *Session) SaveAs(path string) error {
	if err := s.file.SaveAs(path); err != nil {
		return err // the project goes on where it was, and is saved there
	}
	s.look()
	s.readNames()
	s.note(nil)
	s.tell(func(l *listeners) []func() {
		return calls(l.moved, path)
	})
	return nil
}

// Selection is what is selected now.
func (s *Session) Selection() Selection {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.selection
	c.Assets = slices.Clone(c.Assets)
	return c
}

// Select changes the selection and tells those who watch it, if it is another.
func (s *Session) Select(sel Selection) {
	sel.Assets = slices.Clone(sel.Assets)
	s.mu.Lock()
	same := slices.Equal(sel.Assets, s.selection.Assets) && sel.Service == s.selection.Service &&
		sel.Scenario == s.selection.Scenario && sel.Decision == s.selection.Decision
	s.selection = sel
	s.mu.Unlock()
	if !same {
		s.tell(func(l *listeners) []func() { return calls(l.selected, sel) })
	}
}
