// Package pdf knows how a paper looks on A4 and how it is written as a tagged PDF: measure, pages, tables that break between rows,
// footnotes, bookmarks, links, and a structure tree in reading order, so that a screen reader, a search and a copy all get what
// the eye gets. It is the only place that uses gofpdf.
//
// It refuses to know what the paper is about. It never writes a date, a name or a figure that the Document does not hold: the same
// Document gives the same bytes.
//
// A file is made in three steps. Layout puts lines, rows and drawings on pages and builds the structure beside them. Painting
// writes the pages through gofpdf, every mark inside a tagged sequence or an artifact. Finishing appends an incremental update
// with what gofpdf cannot write: structure tree, parent tree, link annotations, bookmarks, page labels, metadata.
package pdf

import (
	"bytes"
	"fmt"
	"io"
	"sort"
	"strings"
	"sync"

	"github.com/planting-the-flag/flagstone/reports/document"
	"github.com/planting-the-flag/flagstone/reports/pdf/check"
)

// Report says what came out and what did not come out as written.
type Report struct {
	Pages int
	// Replaced counts the characters that no face has, printed as □.
	Replaced map[rune]int
	// Warnings are sentences about pictures that could not be read and links that lead nowhere.
	Warnings []string
	// Problems are the machine-checkable PDF/UA-1 conditions that the file does not meet; the file claims PDF/UA only when there
	// are none.
	Problems []check.Problem
}

// Lost lists the replaced characters for a sentence, most frequent first.
func (r Report) Lost() string {
	rs := make([]rune, 0, len(r.Replaced))
	for c := range r.Replaced {
		rs = append(rs, c)
	}
	sort.Slice(rs, func(i, j int) bool {
		if a, b := r.Replaced[rs[i]], r.Replaced[rs[j]]; a != b {
			return a > b
		}
		return rs[i] < rs[j]
	})
	parts := make([]string, len(rs))
	for i, c := range rs {
		parts[i] = fmt.Sprintf("%U × %d", c, r.Replaced[c])
	}
	return strings.Join(parts, ", ")
}

// gofpdf registers fonts through state that two documents at a time would share.
var oneAtATime sync.Mutex

// Render writes the paper as a tagged PDF.
func Render(doc *document.Document, w io.Writer) (Report, error) {
	l := newLayout(document.Resolve(doc))
	l.run()
	report := Report{Pages: len(l.pages), Replaced: l.lost, Warnings: l.warnings}
	raw, err := func() ([]byte, error) {
		oneAtATime.Lock()
		defer oneAtATime.Unlock()
		return paint(l)
	}()
	if err != nil {
		return report, fmt.Errorf("pdf: painting %q: %w", doc.Title, err)
	}
	out, err := finish(raw, l, true)
	if err != nil {
		return report, fmt.Errorf("pdf: finishing %q: %w", doc.Title, err)
	}
	if report.Problems = check.Run(out); len(report.Problems) > 0 {
		if out, err = finish(raw, l, false); err != nil {
			return report, fmt.Errorf("pdf: finishing %q: %w", doc.Title, err)
		}
	}
	_, err = io.Copy(w, bytes.NewReader(out))
	return report, err
}
