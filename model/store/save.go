package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// SaveAs writes the project to another file and goes on there: later changes
// are of the new file, and the old one is given up. It refuses to replace a
// file unless the options allow it. A failure leaves everything as it was. A
// project that is open for reading only becomes one that can be changed.
func (f *File) SaveAs(path string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.usable("save"); err != nil {
		return err
	}
	return explain("save", path, f.saveAs(path))
}

func (f *File) saveAs(path string) error {
	if same(path, f.path) && !f.access.ReadOnly {
		return nil // every change is saved already
	}
	if err := f.options.complete(); err != nil {
		return err
	}
	o := f.options
	o.ReadOnly = false
	l, err := f.export(path, &o)
	if err != nil {
		return err
	}
	next, err := open(path, o, l)
	if err != nil {
		l.release()
		return err
	}
	f.conn.Close()
	f.lock.release()
	f.path, f.options, f.conn, f.lock, f.access, f.state, f.seen = path, o, next.conn, next.lock, next.access, next.state, next.seen
	f.value.Store(f.state.project)
	return nil
}

// SaveCopy writes the project to another file and goes on with this one.
func (f *File) SaveCopy(path string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.usable("save"); err != nil {
		return err
	}
	if same(path, f.path) {
		return conflict("save", "A copy cannot take the place of the project itself.", "Give the copy another name.")
	}
	o := f.options
	if o.Now == nil { // a copy changes nothing, so there may be no clock
		return explain("save", path, o.complete())
	}
	l, err := f.export(path, &o)
	l.release()
	return explain("save", path, err)
}

// export writes a copy while it holds the lock of the name it goes to.
func (f *File) export(path string, o *Options) (*lock, error) {
	if err := free(path, o); err != nil {
		return nil, err
	}
	l, err := acquire(path, o)
	if err != nil {
		return nil, held("save", path, err)
	}
	if err := beside(path, func(temp string) error { return vacuumInto(f.conn, temp) }); err != nil {
		l.release()
		return nil, err
	}
	return l, nil
}

func same(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

// copyInto makes a compact copy of a file under a name that is free.
func copyInto(c *connection, path string) error {
	return beside(path, func(temp string) error { return vacuumInto(c, temp) })
}

func vacuumInto(c *connection, path string) error { return c.exec("VACUUM INTO ?", path) }

// beside has fill write a file under a temporary name in the folder of path,
// puts it safely on the disk and only then gives it its name.
func beside(path string, fill func(temp string) error) (err error) {
	dir := filepath.Dir(path)
	if info, err := os.Stat(dir); err != nil {
		return err
	} else if !info.IsDir() {
		return &fs.PathError{Op: "open", Path: path, Err: syscall.ENOTDIR}
	}
	t, err := os.CreateTemp(dir, ".~flagstone-*")
	if err != nil {
		return err
	}
	temp := t.Name()
	defer func() {
		if err != nil {
			os.Remove(temp)
			os.Remove(temp + "-journal")
		}
	}()
	if err := t.Close(); err != nil {
		return err
	}
	if err := fill(temp); err != nil {
		return err
	}
	if err := syncFile(temp); err != nil {
		return err
	}
	mode := fs.FileMode(0o644)
	if there, err := os.Stat(path); err == nil {
		mode = there.Mode().Perm()
	}
	if err := os.Chmod(temp, mode); err != nil {
		return err
	}
	// A journal that a crash left beside the file to be replaced would be rolled
	// back into the new one.
	for _, left := range []string{"-journal", "-wal", "-shm"} {
		if err := os.Remove(path + left); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	if runtime.GOOS != "windows" { // where a folder cannot be synced
		if err := syncFile(dir); err != nil {
			return err
		}
	}
	return nil
}

func syncFile(path string) error {
	flag := os.O_RDWR
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		flag = os.O_RDONLY
	}
	f, err := os.OpenFile(path, flag, 0)
	if err != nil {
		return err
	}
	err = f.Sync()
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}
