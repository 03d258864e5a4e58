package language_test

import (
	"go/ast"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// shows are functions whose direct arguments the user reads, and fields likewise.
var (
	shows  = regexp.MustCompile(`^(widgets?\.New\w+|fyne\.NewMenu(Item)?|dialog\.New\w+|.*\.(SetText|SetPlaceHolder|SetTitle|Add\w*Item)|app\.Explain|.*\.(Change|Run|Start|Stage))$`)
	fields = map[string]bool{"Label": true, "Tip": true, "Text": true, "Title": true, "Placeholder": true, "PlaceHolder": true, "Blank": true, "Hint": true, "Section": true,
		"Value": true, "Sentence": true, "How": true, "label": true, "tip": true, "hint": true, "title": true}
	prose = regexp.MustCompile(`[A-Za-z]{2,} |^[A-Z][a-z]+[a-z…?]*$|[a-z]{3,}`)
)

// plain are literals in such places that are the same in every language: names, units, examples, keys of keyboards.
var plain = map[string]bool{"Flagstone": true, "UPRN": true, " tCO₂e": true, " kWh": true, " MWh": true, "M33 7ZF": true, "https://tiles.example.org/{z}/{x}/{y}.png": true,
	".csv": true, ".xlsx": true, ".json": true, ".geojson": true, "%p %+v": true, "Ag": true}

// TestNothingIsShownUntranslated finds literals that a widget is made with, or a field that is shown is given, without going
// through package words. It does not see texts that are kept in a variable first.
func TestNothingIsShownUntranslated(t *testing.T) {
	set, files := sources(t, "app")
	for _, f := range files {
		at := filepath.ToSlash(set.Position(f.Pos()).Filename)
		if strings.Contains(at, "/apptest/") || strings.Contains(at, "/app/language/") || strings.Contains(at, "/app/words/") {
			continue
		}
		check := func(e ast.Expr) {
			for _, s := range bare(e) {
				if prose.MatchString(s) && !plain[s] {
					t.Errorf("%s: %q is shown and not put into the user's language", strings.TrimPrefix(set.Position(e.Pos()).String(), "../../"), s)
				}
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.CallExpr:
				if shows.MatchString(nameOf(x.Fun)) {
					for _, a := range x.Args {
						check(a)
					}
				}
			case *ast.KeyValueExpr:
				if k, ok := x.Key.(*ast.Ident); ok && fields[k.Name] {
					check(x.Value)
				}
			case *ast.AssignStmt:
				for i, l := range x.Lhs {
					if s, ok := l.(*ast.SelectorExpr); ok && fields[s.Sel.Name] && len(x.Rhs) == len(x.Lhs) {
						check(x.Rhs[i])
					}
				}
			}
			return true
		})
	}
}

// bare are the literals of an expression that make up its text directly: alone, in a sum, or as a pattern.
func bare(e ast.Expr) []string {
	switch x := e.(type) {
	case *ast.BasicLit:
		if s, ok := constant(x); ok {
			return []string{s}
		}
	case *ast.ParenExpr:
		return bare(x.X)
	case *ast.BinaryExpr:
		if x.Op == token.ADD {
			return append(bare(x.X), bare(x.Y)...)
		}
	case *ast.CallExpr:
		if nameOf(x.Fun) == "fmt.Sprintf" && len(x.Args) > 0 {
			return bare(x.Args[0])
		}
	}
	return nil
}
