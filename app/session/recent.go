package session

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// MaxRecent is how many files the list of recent files holds.
const MaxRecent = 12

// Recent is the list of files opened lately, kept as recent.json in a folder
// for settings. A list that cannot be read is an empty one: it is a comfort and
// never a reason to fail.
type Recent struct {
	mu   sync.Mutex
	path string
	list []RecentFile
}

// RecentFile is a project that was open.
type RecentFile struct {
	Path string `json:"path"`
	Name string `json:"name"` // of the project
	When string `json:"when"` // ISO date and time at which it was last opened
}

// OpenRecent reads the list that is kept in the folder, which need not exist
// yet.
func OpenRecent(folder string) *Recent {
	r := &Recent{path: filepath.Join(folder, "recent.json")}
	if b, err := os.ReadFile(r.path); err == nil {
		if json.Unmarshal(b, &r.list) != nil {
			r.list = nil
		}
	}
	r.list = slices.DeleteFunc(r.list, func(f RecentFile) bool { return f.Path == "" })
	r.list = r.list[:min(len(r.list), MaxRecent)]
	return r
}

// List gives the files, latest first, with those that are gone left out.
func (r *Recent) List() []RecentFile {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(r.list), func(f RecentFile) bool {
		_, err := os.Stat(f.Path)
		return errors.Is(err, fs.ErrNotExist)
	})
}

// Add puts a file at the head of the list and saves it.
func (r *Recent) Add(f RecentFile) error {
	if abs, err := filepath.Abs(f.Path); err == nil {
		f.Path = abs
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = slices.DeleteFunc(r.list, func(x RecentFile) bool { return x.Path == f.Path })
	r.list = slices.Insert(r.list, 0, f)
	r.list = r.list[:min(len(r.list), MaxRecent)]
	return r.save()
}

// Forget takes a file out of the list and saves it.
func (r *Recent) Forget(path string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = slices.DeleteFunc(r.list, func(x RecentFile) bool { return x.Path == path })
	return r.save()
}

// save writes the list under another name first, so that a crash leaves the
// old one.
func (r *Recent) save() error {
	b, err := json.MarshalIndent(r.list, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(r.path), 0o755); err != nil {
		return err
	}
	temp := r.path + ".new"
	if err := os.WriteFile(temp, append(b, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(temp, r.path)
}
