package workbook

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// packer is the zip archive of the book. It passes on every part that the
// library made, except that the cells of a sheet are put into the sheet's part
// as it goes by: so a sheet of any length costs no memory.
type packer struct {
	zip   *zip.Writer
	cells map[string]func(*rowWriter) error // part → its rows
	ids   []int
	refs  []string // range of table 1, 2, …
}

func newPacker(w io.Writer, ids []int, cells map[string]func(*rowWriter) error, refs []string) *packer {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, 2) })
	return &packer{zip: z, cells: cells, ids: ids, refs: refs}
}

// Create begins a part.
func (p *packer) Create(name string) (io.Writer, error) {
	w, err := p.zip.Create(name)
	if err != nil {
		return nil, err
	}
	if rows, ok := p.cells[name]; ok {
		return &sheetPart{w: w, rows: rows, ids: p.ids}, nil
	}
	if n, ok := strings.CutPrefix(name, "xl/tables/table"); ok {
		if i, err := strconv.Atoi(strings.TrimSuffix(n, ".xml")); err == nil && i >= 1 && i <= len(p.refs) {
			return movedTable{w, p.refs[i-1]}, nil
		}
	}
	if name == "[Content_Types].xml" {
		return sortedTypes{w}, nil
	}
	return w, nil
}

// AddFS is part of the library's interface; nothing here uses it.
func (p *packer) AddFS(fsys fs.FS) error { return p.zip.AddFS(fsys) }

// Close ends the archive.
func (p *packer) Close() error { return p.zip.Close() }

// sheetPart receives a sheet without its cells, in one piece, and writes it
// with them.
type sheetPart struct {
	w    io.Writer
	rows func(*rowWriter) error
	ids  []int
}

var (
	openData  = []byte("<sheetData")
	closeData = []byte("</sheetData>")
)

func (p *sheetPart) Write(part []byte) (int, error) {
	start := bytes.Index(part, openData)
	if start < 0 {
		return p.w.Write(part)
	}
	tail := part[start:]
	if end := bytes.Index(tail, closeData); end >= 0 {
		tail = tail[end+len(closeData):]
	} else {
		tail = tail[bytes.IndexByte(tail, '>')+1:]
	}
	buf := bufio.NewWriterSize(p.w, 1<<16)
	buf.Write(part[:start])
	buf.WriteString("<sheetData>")
	if err := p.rows(&rowWriter{w: buf, ids: p.ids}); err != nil {
		return 0, err
	}
	buf.WriteString("</sheetData>")
	buf.Write(tail)
	return len(part), buf.Flush()
}

// sortedTypes puts the default content types in order: the library writes them
// in the order of a map, which is another every time.
type sortedTypes struct{ w io.Writer }

var defaultType = regexp.MustCompile(`<Default [^>]*></Default>`)

func (t sortedTypes) Write(part []byte) (int, error) {
	var all [][]byte
	for _, d := range defaultType.FindAll(part, -1) {
		all = append(all, bytes.Clone(d))
	}
	slices.SortFunc(all, bytes.Compare)
	i := -1
	out := defaultType.ReplaceAllFunc(part, func([]byte) []byte { i++; return all[i] })
	if _, err := t.w.Write(out); err != nil {
		return 0, err
	}
	return len(part), nil
}

// movedTable gives a table its true range.
type movedTable struct {
	w   io.Writer
	ref string
}

var tableRange = regexp.MustCompile(`ref="[^"]*"`)

func (t movedTable) Write(part []byte) (int, error) {
	if _, err := t.w.Write(tableRange.ReplaceAll(part, []byte(`ref="`+t.ref+`"`))); err != nil {
		return 0, err
	}
	return len(part), nil
}
