package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/planting-the-flag/flagstone/model"
)

// Holder is who has a project open for writing.
type Holder struct {
	Who   string
	Host  string
	PID   int
	Since string // ISO date and time, UTC
}

// has says that somebody has a file: "Anna on PC-7 has had it open since
// 2026-04-01 09:00 UTC".
func (h *Holder) has() string {
	s := whoever(h.Who)
	if h.Host != "" {
		s += " on " + h.Host
	}
	if since, err := time.Parse(time.RFC3339, h.Since); err == nil {
		return s + " has had it open since " + since.UTC().Format("2006-01-02 15:04") + " UTC"
	}
	return s + " has it open"
}

// whoever stands for a user without a name.
func whoever(who string) string {
	if who == "" {
		return "somebody"
	}
	return who
}

// heldError is the failure to get a lock that somebody holds.
type heldError struct{ by Holder }

func (e *heldError) Error() string { return "in use: " + e.by.has() }

// lock keeps other programs from writing a project. It is a small file beside
// the project that says who has it, held with a lock of the operating system's,
// which ends with the program however that ends: a file left behind by a crash
// is simply taken over.
type lock struct {
	path string
	file *os.File
}

// lockPath is ".~name.flagstone.lock" beside the project.
func lockPath(path string) string {
	return filepath.Join(filepath.Dir(path), ".~"+filepath.Base(path)+".lock")
}

// acquire takes the lock of a project. It fails with a heldError when somebody
// has it and with an error of the file system when it cannot be had at all.
func acquire(path string, o *Options) (*lock, error) {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real // one lock for a file, whatever it is called by
	}
	p := lockPath(path)
	for try := 0; try < 20; try++ {
		file, err := openLock(p)
		if errors.Is(err, errHeld) {
			return nil, &heldError{readHolder(p)}
		}
		if err != nil {
			return nil, err
		}
		// Whoever had it may have removed the file between our opening and locking
		// it: then we hold a lock on nothing.
		mine, err1 := file.Stat()
		there, err2 := os.Stat(p)
		if err1 != nil || err2 != nil || !os.SameFile(mine, there) {
			file.Close()
			continue
		}
		h, err := json.Marshal(Holder{Who: o.Who, Host: o.host(), PID: os.Getpid(), Since: o.stamp()})
		if err == nil {
			err = file.Truncate(0)
		}
		if err == nil {
			_, err = file.WriteAt(append(h, '\n'), 0)
		}
		if err != nil {
			closeLock(file, p)
			return nil, err
		}
		return &lock{path: p, file: file}, nil
	}
	return nil, fmt.Errorf("lock %s: cannot be held", p)
}

func readHolder(p string) Holder {
	var h Holder
	b, err := os.ReadFile(p)
	if err == nil {
		_ = json.Unmarshal(b, &h) // somebody, then
	}
	return h
}

// release gives the lock up. A nil lock has nothing to give up.
func (l *lock) release() {
	if l == nil || l.file == nil {
		return
	}
	closeLock(l.file, l.path)
	l.file = nil
}

// shut says why a project can only be read.
func shut(path string, err error) Access {
	a := Access{ReadOnly: true}
	name := filepath.Base(path)
	var h *heldError
	if errors.As(err, &h) {
		a.Holder = &h.by
		a.Sentence = fmt.Sprintf("%s is open for reading only: %s.", name, h.by.has())
		return a
	}
	if errors.Is(err, syscall.ENOSPC) || code(err) == codeFull {
		a.Sentence = fmt.Sprintf("%s is open for reading only: there is no room left on its disk.", name)
		return a
	}
	a.Sentence = fmt.Sprintf("%s is open for reading only: it, or the folder it is in, cannot be written to.", name)
	return a
}

// held turns a failure to lock into an error for something that has to write.
func held(op, path string, err error) error {
	var h *heldError
	if errors.As(err, &h) {
		return &Error{Op: op, Path: path, Reason: model.ErrReadOnly, Cause: err,
			Sentence: fmt.Sprintf("%s cannot be replaced: %s.", filepath.Base(path), h.by.has()),
			Next:     "Ask them to close it, or choose another name."}
	}
	return err
}
