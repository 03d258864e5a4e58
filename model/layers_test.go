package model_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const module = "github.com/planting-the-flag/flagstone/"

type listed struct {
	ImportPath string
	Dir        string
	Imports    []string
	Deps       []string
	GoFiles    []string
}

// packages lists every package of the module with its imports.
func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps=false", "-tags", "ci,migrated_fynedo", "-json=ImportPath,Dir,Imports,Deps,GoFiles", module+"...")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		p.ImportPath = strings.TrimPrefix(p.ImportPath, module)
		all = append(all, p)
	}
	if len(all) < 5 {
		t.Fatalf("only %d packages listed", len(all))
	}
	return all
}

func under(path string, tops ...string) bool {
	for _, top := range tops {
		if path == top || strings.HasPrefix(path, top+"/") {
			return true
		}
	}
	return false
}

// TestLayers enforces the import rules: data flows file → importers → model →
// reports → file, the window is on top, and each outside library has one home.
func TestLayers(t *testing.T) {
	homes := []struct {
		lib  string
		only []string
	}{
		{"fyne.io/fyne/v2", []string{"app", "cmd/flagstone"}},
		{"database/sql", []string{"model/store"}},
		{"modernc.org/sqlite", []string{"model/store"}},
		{"github.com/jung-kurt/gofpdf", []string{"reports/pdf"}},
		{"github.com/xuri/excelize/v2", []string{"reports/workbook", "importers"}},
		{"github.com/tetratelabs/wazero", []string{"model/optimise"}},
	}
	for _, p := range packages(t) {
		for _, imp := range p.Imports {
			own := strings.TrimPrefix(imp, module)
			isOwn := own != imp
			for _, h := range homes {
				if under(imp, h.lib) && !under(p.ImportPath, h.only...) {
					t.Errorf("%s imports %s, which only %v may", p.ImportPath, imp, h.only)
				}
			}
			if !isOwn {
				if p.ImportPath == "model" && strings.Contains(strings.Split(imp, "/")[0], ".") {
					t.Errorf("model imports %s: the words of the design import the standard library only", imp)
				}
				continue
			}
			forbidden := map[string][]string{
				"model":     {"importers", "reports", "app", "cmd"},
				"importers": {"reports", "app", "cmd", "model/store"},
				"reports":   {"importers", "app", "cmd", "model/store"},
				"app":       {"cmd"},
				"assets":    {"model", "importers", "reports", "app", "cmd"},
			}
			for layer, not := range forbidden {
				if under(p.ImportPath, layer) && under(own, not...) {
					t.Errorf("%s imports %s: %s must not know it", p.ImportPath, own, layer)
				}
			}
		}
		if under(p.ImportPath, "app/session", "app/jobs", "cmd/flagstonectl") {
			for _, dep := range p.Deps {
				if under(dep, "fyne.io/fyne/v2") {
					t.Errorf("%s reaches %s: it must work without a window", p.ImportPath, dep)
				}
			}
		}
	}
}

// TestNoHiddenInputs keeps clocks and randomness out of everything below the
// front ends, and raw coordinate pairs out of everything but model/geo.
func TestNoHiddenInputs(t *testing.T) {
	for _, p := range packages(t) {
		if under(p.ImportPath, "app", "cmd") {
			continue
		}
		for _, f := range p.GoFiles {
			path := filepath.Join(p.Dir, f)
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, path, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch x := n.(type) {
				case *ast.SelectorExpr:
					pkg, ok := x.X.(*ast.Ident)
					if ok && pkg.Name == "time" && (x.Sel.Name == "Now" || x.Sel.Name == "Since") {
						t.Errorf("%s: %s reads the clock; time is a parameter", fset.Position(x.Pos()), "time."+x.Sel.Name)
					}
				case *ast.ImportSpec:
					if x.Path.Value == `"math/rand"` || x.Path.Value == `"crypto/rand"` {
						t.Errorf("%s imports %s; randomness is a seeded parameter", fset.Position(x.Pos()), x.Path.Value)
					}
				case *ast.CompositeLit:
					sel, ok := x.Type.(*ast.SelectorExpr)
					if !ok || sel.Sel.Name != "Point" || under(p.ImportPath, "model/geo") {
						return true
					}
					if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "orb" && len(x.Elts) == 2 {
						t.Errorf("%s: orb.Point{a, b} outside model/geo; longitude comes first and is easily swapped", fset.Position(x.Pos()))
					}
				}
				return true
			})
		}
	}
}
