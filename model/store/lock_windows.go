package store

import (
	"errors"
	"os"
	"syscall"
)

var errHeld = errors.New("held")

const errorSharingViolation = syscall.Errno(32)

// openLock opens the file so that nobody else can open it for writing, or fails
// with errHeld. Windows gives the file up when the program ends.
func openLock(path string) (*os.File, error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	h, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, syscall.FILE_SHARE_READ, nil,
		syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if errors.Is(err, errorSharingViolation) {
		return nil, errHeld
	}
	if err != nil {
		return nil, &os.PathError{Op: "lock", Path: path, Err: err}
	}
	return os.NewFile(uintptr(h), path), nil
}

// closeLock gives the file up first: Windows does not remove an open file.
func closeLock(f *os.File, path string) {
	f.Close()
	os.Remove(path)
}
