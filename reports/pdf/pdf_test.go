package pdf_test

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/planting-the-flag/flagstone/reports/document"
	"github.com/planting-the-flag/flagstone/reports/pdf"
)

var keep = flag.String("keep", "", "write the sample paper to this file")

func render(t testing.TB, d *document.Document) ([]byte, pdf.Report) {
	t.Helper()
	var b bytes.Buffer
	r, err := pdf.Render(d, &b)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), r
}

func TestSample(t *testing.T) {
	data, r := render(t, sample())
	t.Logf("%d pages, %d bytes, lost %s, warnings %q, problems %v", r.Pages, len(data), r.Lost(), r.Warnings, r.Problems)
	if *keep != "" {
		if err := os.WriteFile(*keep, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
