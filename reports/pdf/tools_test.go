package pdf_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/reports/document"
)

// The tools of others see what we mean. Where they are not installed the checks of reports/pdf/check stand alone.
func TestOtherReadersAgree(t *testing.T) {
	file := filepath.Join(t.TempDir(), "sample.pdf")
	data, _ := render(t, sampleFor(document.Public, 6))
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	run := func(tool string, args ...string) string {
		path, err := exec.LookPath(tool)
		if err != nil {
			t.Logf("%s is not installed", tool)
			return ""
		}
		out, err := exec.Command(path, args...).CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%s", tool, err, out)
		}
		return string(out)
	}
	want := func(tool, out string, parts ...string) {
		for _, p := range parts {
			if out != "" && !strings.Contains(out, p) {
				t.Errorf("%s does not say %q:\n%.2000s", tool, p, out)
			}
		}
	}
	want("qpdf", run("qpdf", "--check", file), "No syntax or stream encoding errors")
	want("pdfinfo", run("pdfinfo", file), "Tagged:          yes", "PDF version:     1.7", "Metadata Stream: yes")
	want("pdfinfo -struct-text", run("pdfinfo", "-struct-text", file), "H1 (block)", "H2 (block)", "H3 (block)", "TOCI", "Table", "/Scope /Column", "/Scope /Row", "Figure", "Note <note1>", "LBody", "tCO₂e", "8,412 m²")
	if fonts := run("pdffonts", file); fonts != "" {
		for _, l := range strings.Split(strings.TrimSpace(fonts), "\n")[2:] {
			if f := strings.Fields(l); len(f) < 8 || f[len(f)-5] != "yes" || f[len(f)-3] != "yes" {
				t.Errorf("font is not embedded with ToUnicode: %s", l)
			}
		}
	}
	if text := run("pdftotext", "-layout", file, "-"); text != "" {
		want("pdftotext", text, "tCO₂e", "m²", "−£45.2k", "Page 3 of ", "žluťoučký", "Жуков")
	}
}
