package mapping

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"unicode"
)

// Encode writes mappings as Parse and ParseAll read them: one as it is, several as a list.
func Encode(list ...*Mapping) ([]byte, error) {
	var v any = list
	if len(list) == 1 {
		v = list[0]
	}
	b, err := json.MarshalIndent(v, "", "  ")
	return append(b, '\n'), err
}

// Profiles reads the named mappings saved in folders, one file or list of mappings each, in order of folder and name. A folder
// that is not there holds none. Files that cannot be read do not keep the others out: what was wrong with them is the error.
func Profiles(folders ...string) ([]*Mapping, error) {
	var out []*Mapping
	var wrong []error
	for _, dir := range folders {
		files, err := os.ReadDir(dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			wrong = append(wrong, fmt.Errorf("the folder of mappings %s cannot be read: %w", dir, err))
		}
		for _, f := range files {
			if f.IsDir() || !strings.EqualFold(filepath.Ext(f.Name()), ".json") {
				continue
			}
			b, err := os.ReadFile(filepath.Join(dir, f.Name()))
			if err != nil {
				wrong = append(wrong, err)
				continue
			}
			list, err := ParseAll(b)
			if err != nil {
				wrong = append(wrong, fmt.Errorf("%s: %w", f.Name(), err))
				continue
			}
			name := strings.TrimSuffix(f.Name(), filepath.Ext(f.Name()))
			for _, m := range list {
				m.Name = firstOf(m.Name, name)
				out = append(out, m)
			}
		}
	}
	return out, errors.Join(wrong...)
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// SaveProfile keeps mappings under a name in a folder, which it makes where needed, and says where. A profile of the same name is
// replaced.
func SaveProfile(dir, name string, list ...*Mapping) (string, error) {
	file := profileFile(name)
	if file == "" || len(list) == 0 {
		return "", fmt.Errorf("a saved mapping needs a name with letters or digits, and a table that was taken")
	}
	var named []*Mapping
	for _, m := range list {
		c := *m
		c.Name, c.Columns = name, append([]Choice(nil), m.Columns...)
		named = append(named, &c)
	}
	sort.SliceStable(named, func(i, j int) bool { return named[i].Signature < named[j].Signature })
	b, err := Encode(named...)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("the folder for mappings cannot be made: %w", err)
	}
	path := filepath.Join(dir, file)
	if err := os.WriteFile(path, b, 0o644); err != nil {
		return "", fmt.Errorf("the mapping cannot be saved: %w", err)
	}
	return path, nil
}

// profileFile is a name as a file's: letters, digits and dashes.
func profileFile(name string) string {
	s := strings.Join(strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), "-")
	if s == "" {
		return ""
	}
	if r := []rune(s); len(r) > 80 {
		s = string(r[:80])
	}
	return s + ".json"
}
