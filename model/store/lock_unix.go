//go:build unix

package store

import (
	"errors"
	"os"
	"syscall"
)

var errHeld = errors.New("held")

// openLock opens and locks the file, or fails with errHeld.
func openLock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	if errors.Is(err, syscall.ENOTSUP) || errors.Is(err, syscall.ENOSYS) || errors.Is(err, syscall.ENOLCK) {
		// Some network drives have only this kind, which does not tell two
		// openings by one program apart.
		err = syscall.FcntlFlock(f.Fd(), syscall.F_SETLK, &syscall.Flock_t{Type: syscall.F_WRLCK})
		if errors.Is(err, syscall.EACCES) {
			err = syscall.EAGAIN
		}
	}
	if err == nil {
		return f, nil
	}
	f.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, errHeld
	}
	return nil, &os.PathError{Op: "lock", Path: path, Err: err}
}

// closeLock removes the file while it is still held, so that nobody else's is
// removed.
func closeLock(f *os.File, path string) {
	os.Remove(path)
	f.Close()
}
