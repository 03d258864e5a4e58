package mapping

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// Shelf is a folder in which a user keeps mappings under names, one file each.
type Shelf string

// Kept is what a shelf holds under one name: the mappings of one or several layouts that are met together.
type Kept struct {
	Name     string
	Saved    string // ISO date; empty when the file does not say
	File     string // base name
	Mappings []*Mapping
}

// List is everything on the shelf by name. Files that cannot be read do not keep the others out: what was wrong with them is the
// error.
func (s Shelf) List() ([]Kept, error) {
	files, err := os.ReadDir(string(s))
	if errors.Is(err, fs.ErrNotExist) || s == "" {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("the folder of saved layouts cannot be read: %w", err)
	}
	var out []Kept
	var wrong []error
	for _, f := range files {
		if f.IsDir() || !strings.EqualFold(filepath.Ext(f.Name()), ".json") {
			continue
		}
		b, err := os.ReadFile(filepath.Join(string(s), f.Name()))
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		list, err := ParseAll(b)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", f.Name(), err))
			continue
		}
		k := Kept{Name: firstOf(list[0].Name, strings.TrimSuffix(f.Name(), filepath.Ext(f.Name()))), Saved: list[0].Saved, File: f.Name(), Mappings: list}
		for _, m := range list {
			m.Name = k.Name
		}
		out = append(out, k)
	}
	sort.SliceStable(out, func(i, j int) bool { return strings.ToLower(out[i].Name) < strings.ToLower(out[j].Name) })
	return out, errors.Join(wrong...)
}

// find is what is kept under a name.
func (s Shelf) find(name string) (Kept, error) {
	all, err := s.List()
	for _, k := range all {
		if k.Name == name {
			return k, nil
		}
	}
	if err == nil {
		err = fmt.Errorf("no layout is saved under the name %q", name)
	}
	return Kept{}, err
}

// Save keeps mappings under a name, in place of what was kept under it; day is an ISO date, empty when it is not known.
func (s Shelf) Save(name, day string, list ...*Mapping) error {
	if s == "" {
		return errors.New("there is no folder to keep layouts in")
	}
	var dated []*Mapping
	for _, m := range list {
		c := *m
		c.Saved = day
		dated = append(dated, &c)
	}
	path, err := SaveProfile(string(s), name, dated...)
	if err != nil {
		return err
	}
	// The same name may have been kept in a file of another name.
	all, _ := s.List()
	for _, k := range all {
		if k.Name == name && k.File != filepath.Base(path) {
			if err := os.Remove(filepath.Join(string(s), k.File)); err != nil {
				return err
			}
		}
	}
	return nil
}

// Rename keeps under another name what was kept under one.
func (s Shelf) Rename(from, to string) error {
	k, err := s.find(from)
	if err != nil || from == to {
		return err
	}
	if _, err := s.find(to); err == nil {
		return fmt.Errorf("a layout is saved under the name %q already", to)
	}
	if err := s.Save(to, k.Saved, k.Mappings...); err != nil {
		return err
	}
	if k.File == profileFile(to) { // names that differ in signs only share a file
		return nil
	}
	return os.Remove(filepath.Join(string(s), k.File))
}

// Forget takes what is kept under a name off the shelf.
func (s Shelf) Forget(name string) error {
	k, err := s.find(name)
	if err != nil {
		return err
	}
	return os.Remove(filepath.Join(string(s), k.File))
}

// Export writes what is kept under a name to a file that another shelf, or the command, can take in.
func (s Shelf) Export(name, path string) error {
	k, err := s.find(name)
	if err != nil {
		return err
	}
	b, err := Encode(k.Mappings...)
	if err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o644)
}

// Import takes a file of mappings onto the shelf and says under which name; a mapping without a name is called as its file, and a
// name that is taken gets a number.
func (s Shelf) Import(path string) (string, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	list, err := ParseAll(b)
	if err != nil {
		return "", fmt.Errorf("%s is no saved layout: %w", filepath.Base(path), err)
	}
	for _, m := range list {
		if m.Signature == "" {
			return "", fmt.Errorf("%s does not say which layout it is for, so it could never be recognised; save it from an import of that layout", filepath.Base(path))
		}
	}
	base := firstOf(list[0].Name, strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)))
	name := base
	for n := 2; ; n++ {
		if _, err := s.find(name); err != nil {
			break
		}
		name = fmt.Sprintf("%s %d", base, n)
	}
	return name, s.Save(name, list[0].Saved, list...)
}
