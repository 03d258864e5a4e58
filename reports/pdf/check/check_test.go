package check_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/reports/document"
	"github.com/planting-the-flag/flagstone/reports/pdf"
	"github.com/planting-the-flag/flagstone/reports/pdf/check"
)

func paper(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	_, err := pdf.Render(&document.Document{Title: "Title", Blocks: []document.Block{
		document.Heading{Level: 1, Text: "One"}, document.Heading{Level: 2, Text: "Two"},
		document.P(document.Link{S: "link", URL: "https://example.org"}, document.Footnote{Runs: []document.Inline{document.T("note")}}),
		document.List{Items: []document.ListItem{{Runs: []document.Inline{document.T("item")}}}},
		document.Table{Caption: "t", Columns: []document.Column{{Heading: "a", RowHeader: true}, {Heading: "b"}}, Groups: []document.Group{{Text: "both", Span: 2}}, Rows: []document.Row{document.R(document.CT("x"), document.CT("y"))}},
		document.Figure{Alt: "what it shows", Caption: "figure"},
	}}, &b)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Each fault keeps the length of the file, so that its offsets stay true.
func TestFaultsAreFound(t *testing.T) {
	good := paper(t)
	if p := check.Run(good); len(p) > 0 {
		t.Fatalf("the good file has problems: %v", p)
	}
	for _, c := range []struct{ rule, from, to string }{
		{"11-006", "/Lang (", "/Lanx ("},
		{"07-001", "/DisplayDocTitle true", "/DisplayDocTitlx true"},
		{"06", "/Marked true", "/Markex true"},
		{"06-001", "/Metadata ", "/Metadatx "},
		{"06-003", "/Title (\xfe\xff", "/Titlx (\xfe\xff"},
		{"06-003", "<dc:title>", "<dc:titlx>"},
		{"13-004", "/Alt (what", "/Alx (what"},
		{"13", "/BBox [", "/BBpx ["},
		{"14-003", "/S /H2 ", "/S /H3 "},
		{"14-002", "/S /H1 ", "/S /H2 "},
		{"15-003", "/Scope /Column", "/Scopx /Column"},
		{"15", "/ColSpan 2", "/ColSpan 3"},
		{"02-001", "/S /TD ", "/S /XX "},
		{"02-001", "/RoleMap <</Title /P ", "/RoleMap <</Title /Q "},
		{"09", "/S /LI ", "/S /TR "},
		{"19-003", "/ID (note1)", "/IE (note1)"},
		{"28-004", "/Contents (lin", "/Contentx (lin"},
		{"28-009", "/Tabs /S", "/Tabs /R"},
		{"28-010", "/StructParent 1 ", "/StructParent 9 "},
		{"28-011", "/Type /OBJR", "/Type /OBJX"},
		{"31-009", "/FontFile2", "/FontFile9"},
		{"31-027", "/ToUnicode", "/ToUnicodx"},
		{"01-005", "/ParentTree ", "/ParentTrex "},
		{"01-005", "/StructParents 0", "/StructParentx 0"},
	} {
		if len(c.from) != len(c.to) {
			t.Fatalf("%q and %q differ in length", c.from, c.to)
		}
		if !bytes.Contains(good, []byte(c.from)) {
			t.Errorf("%q is not in the file", c.from)
			continue
		}
		found := false
		for _, p := range check.Run(bytes.ReplaceAll(good, []byte(c.from), []byte(c.to))) {
			found = found || strings.HasPrefix(p.Rule, c.rule)
		}
		if !found {
			t.Errorf("%q for %q breaks %s unseen", c.to, c.from, c.rule)
		}
	}
}

func FuzzRun(f *testing.F) {
	f.Add([]byte("xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1 /Root 1 0 R /Prev 0>>\nstartxref\n0\n%%EOF"), 0, byte(0))
	f.Fuzz(func(t *testing.T, b []byte, at int, v byte) {
		check.Run(b)
		check.Leaks(b, "x")
	})
}

func TestDamagedFilesDoNotPanic(t *testing.T) {
	good := paper(t)
	for i := 0; i < len(good); i += 997 {
		check.Run(good[:i])
		bad := append([]byte{}, good...)
		for k := i; k < min(i+40, len(bad)); k++ {
			bad[k] ^= 0x15
		}
		check.Run(bad)
	}
}
