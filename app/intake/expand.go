package intake

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Endings of files that may hold a table. What is in a file decides how it is read; the ending only says which files of a folder are
// worth opening.
var Endings = []string{".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".geojson", ".json", ".zip"}

// mostExpanded is how many files a folder gives at most: more is a mistake of the hand.
const mostExpanded = 200

// Expand replaces folders by the files within them that may hold a table, in order of name. Hidden files, and those that
// spreadsheet programs make while a book is open, are left out.
func Expand(paths []string) []string {
	var out []string
	for _, p := range paths {
		if st, err := os.Stat(p); err != nil || !st.IsDir() {
			out = append(out, p)
			continue
		}
		found := 0
		_ = filepath.WalkDir(p, func(path string, d fs.DirEntry, err error) error {
			name := ""
			if d != nil {
				name = d.Name()
			}
			switch {
			case err != nil && d != nil && d.IsDir():
				return fs.SkipDir // a folder that may not be read gives nothing
			case err != nil:
				return nil
			case path != p && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || name == "__MACOSX"):
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			case !d.Type().IsRegular() || !slices.Contains(Endings, strings.ToLower(filepath.Ext(name))):
				return nil
			case found == mostExpanded:
				return fs.SkipAll
			}
			found++
			out = append(out, path)
			return nil
		})
	}
	return out
}

// LayoutsFolder is where the layouts that a user keeps are looked for by window and command alike; empty when the system has no
// place for settings.
func LayoutsFolder() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "flagstone", "mappings")
}
