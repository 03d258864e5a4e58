package language_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/language"
)

// enough is the share of texts that a language must have to be offered.
const enough = 0.95

// toolkit are the words of the toolkit's own controls (its lang/translations/base.en.json).
var toolkit = strings.Split("Advanced|Cancel|Confirm|Copy|Create Folder|Cut|Enter filename|Error|Favourites|File|Folder|New Folder|No|OK|Open|Paste|Quit|Redo|Save|Select all|"+
	"Show Hidden Files|Undo|Yes|file.name|file.parent|friday|friday.short|monday|monday.short|saturday|saturday.short|sunday|sunday.short|thursday|thursday.short|"+
	"tuesday|tuesday.short|wednesday|wednesday.short|"+
	"January|February|March|April|May|June|July|August|September|October|November|December", "|") // and the months of package time

// keyOf says which arguments of a function are texts to be put into a language.
var keyOf = map[string][]int{"words.T": {0}, "words.F": {0}, "words.Later": {0}, "words.N": {1, 2},
	"format.Count": {1, 2}, "format.Counted": {1, 2}, "Count": {1, 2}, "Counted": {1, 2}}

// sources parses the Go files below folders of the module, without tests.
func sources(t *testing.T, folders ...string) (*token.FileSet, []*ast.File) {
	t.Helper()
	set := token.NewFileSet()
	var out []*ast.File
	for _, dir := range folders {
		err := filepath.WalkDir(filepath.Join("..", "..", filepath.FromSlash(dir)), func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(set, p, nil, 0)
			out = append(out, f)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return set, out
}

func nameOf(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return nameOf(x.X) + "." + x.Sel.Name
	}
	return ""
}

// constant is the text of a literal, or of literals added up.
func constant(e ast.Expr) (string, bool) {
	switch x := e.(type) {
	case *ast.BasicLit:
		if x.Kind == token.STRING {
			s, err := strconv.Unquote(x.Value)
			return s, err == nil
		}
	case *ast.ParenExpr:
		return constant(x.X)
	case *ast.BinaryExpr:
		a, ok := constant(x.X)
		b, too := constant(x.Y)
		return a + b, x.Op == token.ADD && ok && too
	}
	return "", false
}

// keys are the texts that the window says, with a place where each is said.
func keys(t *testing.T) map[string]string {
	t.Helper()
	set, files := sources(t, "app", "cmd/flagstone")
	out := map[string]string{format.Missing: "app/format"}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			c, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			for _, i := range keyOf[nameOf(c.Fun)] {
				if i < len(c.Args) {
					if s, ok := constant(c.Args[i]); ok && s != "" {
						out[s] = set.Position(c.Pos()).String()
					}
				}
			}
			return true
		})
	}
	if len(out) < 1000 {
		t.Fatalf("only %d texts were found in the window's code", len(out))
	}
	return out
}

// beneath are texts of the lower layers, which are fixed there and put into the language where they are shown: kinds of building
// and action, costs and fuels, parts of a figure, terms of the catalogue, sentences of importers.
func beneath(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	_, files := sources(t, "model", "importers", "reports", "app")
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				if s, ok := constant(e); ok {
					out[s], out[format.Capital(s)] = true, true
				}
			}
			return true
		})
	}
	for _, s := range catalogue(t) {
		out[s] = true
	}
	for _, s := range toolkit {
		out[s] = true
	}
	return out
}

func TestTheWindowSpeaksEveryOfferedLanguage(t *testing.T) {
	used := keys(t)
	for _, l := range language.Offered {
		if l.Tag == language.English {
			continue
		}
		texts, err := language.Messages(l.Tag)
		if err != nil {
			t.Fatal(err)
		}
		var missing []string
		for k, at := range used {
			if _, ok := texts[k]; !ok {
				missing = append(missing, strconv.Quote(k)+" ("+strings.TrimPrefix(filepath.ToSlash(at), "../../")+")")
			}
		}
		sort.Strings(missing)
		share := 1 - float64(len(missing))/float64(len(used))
		t.Logf("%s: %d of %d texts of the window, %.1f %%", l.Tag, len(used)-len(missing), len(used), 100*share)
		if share < enough {
			t.Errorf("%s is not complete enough to be offered; missing:\n%s", l.Tag, strings.Join(missing, "\n"))
		}
	}
}

func TestNoTextIsTranslatedThatNobodySays(t *testing.T) {
	used, fixed := keys(t), beneath(t)
	for _, l := range language.Offered[1:] {
		texts, err := language.Messages(l.Tag)
		if err != nil {
			t.Fatal(err)
		}
		for k := range texts {
			what, of, two := strings.Cut(k, ": ") // a figure of the catalogue, and of what
			if _, ok := used[k]; !ok && !fixed[k] && !(two && fixed[what] && fixed[of]) {
				t.Errorf("%s: %q is said nowhere", l.Tag, k)
			}
		}
	}
}

var verb = regexp.MustCompile(`%(?:\[(\d+)\])?([-+#0]*\d*(?:\.\d+)?)([a-zA-Z%])`)

// verbs are the verbs of a pattern by the argument that each takes.
func verbs(pattern string) map[int]string {
	out, next := map[int]string{}, 1
	for _, m := range verb.FindAllStringSubmatch(pattern, -1) {
		if m[3] == "%" {
			continue
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		out[next] = m[2] + m[3]
		next++
	}
	return out
}

func TestPatternsTakeTheSameArguments(t *testing.T) {
	for _, l := range language.Offered[1:] {
		texts, err := language.Messages(l.Tag)
		if err != nil {
			t.Fatal(err)
		}
		used := keys(t)
		for k, v := range texts {
			if _, ok := used[k]; !ok {
				continue
			}
			a, b := verbs(k), verbs(v)
			if len(a) != len(b) {
				t.Errorf("%s: %q takes %d arguments, %q takes %d", l.Tag, k, len(a), v, len(b))
				continue
			}
			for i, x := range a {
				if b[i] != x {
					t.Errorf("%s: argument %d of %q is written as %%%s, of %q as %%%s", l.Tag, i, k, x, v, b[i])
				}
			}
			for _, edge := range []string{" ", "\n"} { // texts that are added to others
				if strings.HasPrefix(k, edge) != strings.HasPrefix(v, edge) || strings.HasSuffix(k, edge) != strings.HasSuffix(v, edge) {
					t.Errorf("%s: %q and %q differ in the space at an end", l.Tag, k, v)
				}
			}
		}
	}
}
