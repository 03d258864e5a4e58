package workbook

import (
	"bufio"
	"strconv"
	"strings"
)

// rowWriter writes the cells of one sheet as SpreadsheetML, row by row. Formula
// and value go out together, which the library's own setters cannot do, and
// a formula that is the same in every cell of a block is written once and shared.
type rowWriter struct {
	w      *bufio.Writer
	ids    []int // style → id in the book's style sheet
	row    int
	shared int
	buf    []byte
	cols   []string // names of the columns, made once
	err    error
}

func (w *rowWriter) name(c int) string {
	for len(w.cols) <= c {
		w.cols = append(w.cols, columnName(len(w.cols)))
	}
	return w.cols[c]
}

func (w *rowWriter) begin(r int, height float64) {
	w.row = r
	w.buf = append(w.buf[:0], `<row r="`...)
	w.buf = strconv.AppendInt(w.buf, int64(r), 10)
	if height > 0 {
		w.buf = append(w.buf, `" customHeight="1" ht="`...)
		w.buf = strconv.AppendFloat(w.buf, height, 'f', -1, 64)
	}
	w.buf = append(w.buf, `">`...)
}

func (w *rowWriter) end() {
	w.buf = append(w.buf, `</row>`...)
	if _, err := w.w.Write(w.buf); err != nil && w.err == nil {
		w.err = err
	}
}

// open begins a cell; typ is its type attribute, empty for numbers.
func (w *rowWriter) open(c int, st style, typ string) {
	w.buf = append(w.buf, `<c r="`...)
	w.buf = append(w.buf, w.name(c)...)
	w.buf = strconv.AppendInt(w.buf, int64(w.row), 10)
	if id := w.ids[st]; id > 0 {
		w.buf = append(w.buf, `" s="`...)
		w.buf = strconv.AppendInt(w.buf, int64(id), 10)
	}
	if typ != "" {
		w.buf = append(w.buf, `" t="`...)
		w.buf = append(w.buf, typ...)
	}
	w.buf = append(w.buf, `">`...)
}

func (w *rowWriter) formula(f string) {
	if f != "" {
		w.buf = append(w.buf, `<f>`...)
		w.buf = appendEscaped(w.buf, f)
		w.buf = append(w.buf, `</f>`...)
	}
}

func (w *rowWriter) value(v float64) {
	w.buf = append(w.buf, `<v>`...)
	if v == 0 {
		v = 0 // never minus nothing
	}
	w.buf = strconv.AppendFloat(w.buf, v, 'g', -1, 64)
	w.buf = append(w.buf, `</v></c>`...)
}

func (w *rowWriter) num(c int, st style, f string, v float64) {
	w.open(c, st, "")
	w.formula(f)
	w.value(v)
}

// master opens a shared formula over the range ref and returns its number.
func (w *rowWriter) master(c int, st style, f, ref string, v float64) int {
	w.open(c, st, "")
	w.buf = append(w.buf, `<f t="shared" ref="`...)
	w.buf = append(w.buf, ref...)
	w.buf = append(w.buf, `" si="`...)
	w.buf = strconv.AppendInt(w.buf, int64(w.shared), 10)
	w.buf = append(w.buf, `">`...)
	w.buf = appendEscaped(w.buf, f)
	w.buf = append(w.buf, `</f>`...)
	w.value(v)
	w.shared++
	return w.shared - 1
}

// follower is another cell of a shared formula.
func (w *rowWriter) follower(c int, st style, si int, v float64) {
	w.open(c, st, "")
	w.buf = append(w.buf, `<f t="shared" si="`...)
	w.buf = strconv.AppendInt(w.buf, int64(si), 10)
	w.buf = append(w.buf, `"/>`...)
	w.value(v)
}

func (w *rowWriter) str(c int, st style, f, s string) {
	if f != "" {
		w.open(c, st, "str")
		w.formula(f)
		w.buf = append(w.buf, `<v>`...)
		w.buf = appendEscaped(w.buf, clean(s))
		w.buf = append(w.buf, `</v></c>`...)
		return
	}
	w.open(c, st, "inlineStr")
	w.buf = append(w.buf, `<is><t xml:space="preserve">`...)
	w.buf = appendEscaped(w.buf, clean(s))
	w.buf = append(w.buf, `</t></is></c>`...)
}

func (w *rowWriter) cell(c int, x cell) {
	switch x.kind {
	case number:
		w.num(c, x.style, x.f, x.n)
	case words:
		w.str(c, x.style, x.f, x.s)
	case truth:
		w.open(c, x.style, "b")
		w.formula(x.f)
		w.value(x.n)
	case empty:
		if x.style != stNone {
			w.open(c, x.style, "")
			w.buf = append(w.buf[:len(w.buf)-1], `/>`...)
		}
	}
}

// rows writes the grid of a small sheet.
func (s *sheet) rows(w *rowWriter) error {
	for i, row := range s.grid {
		if len(row) == 0 {
			continue
		}
		w.begin(i+1, s.heights[i+1])
		for j, x := range row {
			w.cell(j+1, x)
		}
		w.end()
	}
	return w.err
}

const escaped = "&<>\"\r"

func appendEscaped(b []byte, s string) []byte {
	for {
		i := strings.IndexAny(s, escaped)
		if i < 0 {
			return append(b, s...)
		}
		b = append(b, s[:i]...)
		switch s[i] {
		case '&':
			b = append(b, "&amp;"...)
		case '<':
			b = append(b, "&lt;"...)
		case '>':
			b = append(b, "&gt;"...)
		case '"':
			b = append(b, "&quot;"...)
		case '\r':
			b = append(b, "&#13;"...)
		}
		s = s[i+1:]
	}
}
