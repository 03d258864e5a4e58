// Package csvfile reads tables of text: comma, semicolon, tab, bar or dollar between the values, in UTF-8, UTF-16, Windows-1252 or
// ISO-8859-1, with any line ending.
//
// It has its own splitter because encoding/csv refuses lone carriage returns and stray quotation marks, and drops blank lines –
// and with them the row numbers that a spreadsheet program shows. What it reads is bounded by table.Limits, not by the file.
package csvfile

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Encoding names how the bytes stand for characters.
type Encoding string

// The encodings that are told apart. Windows1252 includes ISO-8859-1, whose printable characters are the same.
const (
	UTF8        Encoding = "UTF-8"
	UTF16LE     Encoding = "UTF-16 little-endian"
	UTF16BE     Encoding = "UTF-16 big-endian"
	Windows1252 Encoding = "Windows-1252"
)

// sniffEncoding looks at the beginning of the file.
func sniffEncoding(head []byte) Encoding {
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		return UTF8
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return UTF16LE
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return UTF16BE
	}
	// Without a mark: text of mostly western letters in UTF-16 has a NUL in nearly every other byte.
	var even, odd int
	n := min(len(head), 4096) &^ 1
	for i := 0; i < n; i += 2 {
		if head[i] == 0 {
			even++
		}
		if head[i+1] == 0 {
			odd++
		}
	}
	switch {
	case n >= 8 && odd > n*3/10 && even < n/20:
		return UTF16LE
	case n >= 8 && even > n*3/10 && odd < n/20:
		return UTF16BE
	}
	return UTF8
}

// decoder turns the file into UTF-8. A file that says nothing is read as UTF-8; each byte that is not is read as Windows-1252,
// so that one old row in a new file does not spoil either. Stray counts those bytes.
type decoder struct {
	r     io.Reader
	stray *strayCounter
}

func newDecoder(r io.Reader, e Encoding) *decoder {
	d := &decoder{stray: &strayCounter{}}
	switch e {
	case UTF16LE:
		d.r = transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case UTF16BE:
		d.r = transform.NewReader(r, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder())
	default:
		d.r = transform.NewReader(r, d.stray)
	}
	return d
}

// strayCounter is a transformer that passes UTF-8 and reads any other byte as Windows-1252.
type strayCounter struct {
	transform.NopResetter
	bytes   int
	started bool
}

// Transform implements transform.Transformer.
func (s *strayCounter) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	if !s.started {
		if len(src) < 3 && !atEOF {
			return 0, 0, transform.ErrShortSrc
		}
		s.started = true
		if bytes.HasPrefix(src, []byte{0xEF, 0xBB, 0xBF}) {
			nSrc = 3
		}
	}
	for nSrc < len(src) {
		// The common case first: a run of plain ASCII is copied whole.
		run := 0
		limit := min(len(src)-nSrc, len(dst)-nDst)
		for run < limit && src[nSrc+run] < utf8.RuneSelf {
			run++
		}
		if run > 0 {
			copy(dst[nDst:], src[nSrc:nSrc+run])
			nDst, nSrc = nDst+run, nSrc+run
			continue
		}
		if nDst+utf8.UTFMax > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		if !atEOF && !utf8.FullRune(src[nSrc:]) {
			return nDst, nSrc, transform.ErrShortSrc
		}
		r, size := utf8.DecodeRune(src[nSrc:])
		if r == utf8.RuneError && size == 1 {
			s.bytes++
			r = charmap.Windows1252.DecodeByte(src[nSrc])
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += size
	}
	return nDst, nSrc, nil
}
