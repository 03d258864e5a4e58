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
