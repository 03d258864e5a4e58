package session

import (
	"errors"

	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

// Status is what a title or status bar says about the project's file. Every
// change is saved when it is made, so a project is "not saved" only after a
// change that the disk refused.
type Status struct {
	Saved    bool
	ReadOnly bool
	Changes  int    // made, undone or redone since the project was opened or [Session.Settle] was called
	Sentence string // "Saved.", why it can only be read, or why the last change was not saved
}

// Status says how the project's file stands.
func (s *Session) Status() Status {
	access := s.Access()
	s.mu.Lock()
	defer s.mu.Unlock()
	st := Status{Saved: s.failed == nil, ReadOnly: access.ReadOnly, Changes: s.changes}
	switch {
	case s.failed != nil:
		st.Sentence = Sentence(s.failed)
	case access.ReadOnly:
		st.Sentence = access.Sentence
	case s.changes == 0:
		st.Sentence = words.T("Saved.")
	case s.changes == 1:
		st.Sentence = words.T("Saved, with 1 change since it was opened.")
	default:
		st.Sentence = words.F("Saved, with %d changes since it was opened.", s.changes)
	}
	return st
}

// Settle begins to count changes anew: after a decision was frozen or papers
// were made of what there is.
func (s *Session) Settle() {
	s.mu.Lock()
	s.changes = 0
	s.mu.Unlock()
	s.report()
}

// note keeps a refusal of the disk's until a change succeeds. Refusals of what
// was asked for are the asker's business and leave the file saved.
func (s *Session) note(err error) error {
	var file *store.Error
	asked := errors.Is(err, store.ErrNothing) || errors.Is(err, model.ErrConflict) || errors.Is(err, store.ErrClosed) ||
		errors.Is(err, model.ErrReadOnly) && s.Access().ReadOnly
	s.mu.Lock()
	switch {
	case err == nil:
		s.failed = nil
	case errors.As(err, &file) && !asked:
		s.failed = err
	}
	s.mu.Unlock()
	s.report()
	return err
}

func (s *Session) report() {
	st := s.Status()
	s.tell(func(l *listeners) []func() { return calls(l.status, st) })
}
