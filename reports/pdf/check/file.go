package check

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
	"strconv"
	"unicode/utf16"
)

// File is a parsed PDF.
type File struct {
	data    []byte
	offsets map[ref]int
	cache   map[ref]any
	trailer dict
}

// Open reads the cross-reference sections of a file, newest first.
func Open(data []byte) (*File, error) {
	f := &File{data: data, offsets: map[ref]int{}, cache: map[ref]any{}}
	k := bytes.LastIndex(data, []byte("startxref"))
	if k < 0 {
		return nil, errors.New("no startxref")
	}
	s := &scanner{data, k + len("startxref")}
	at, err := s.value()
	for seen := 0; ; seen++ {
		n, ok := at.(float64)
		if err != nil || !ok || seen > 16 || !(n >= 0 && n < float64(len(data))) { // held as it is: an int would wrap
			return nil, errors.New("a cross-reference section is not where it should be")
		}
		t, e := f.section(int(n))
		if e != nil {
			return nil, e
		}
		if f.trailer == nil {
			f.trailer = t
		}
		if at = t["Prev"]; at == nil {
			return f, nil
		}
	}
}

func (f *File) section(at int) (dict, error) {
	s := &scanner{f.data, at}
	if s.skip(); s.word() != "xref" {
		return nil, errors.New("no cross-reference table: object streams are not read here")
	}
	for {
		s.skip()
		if s.has("trailer") {
			s.i += len("trailer")
			v, err := s.value()
			d, ok := v.(dict)
			if err != nil || !ok {
				return nil, errors.New("no trailer")
			}
			return d, nil
		}
		from, err1 := strconv.Atoi(s.word())
		s.skip()
		n, err2 := strconv.Atoi(s.word())
		if err1 != nil || err2 != nil {
			return nil, errors.New("a broken cross-reference section")
		}
		for i := range n {
			s.skip()
			off, err := strconv.Atoi(s.word())
			s.skip()
			s.word()
			s.skip()
			kind := s.word()
			if err != nil {
				return nil, errors.New("a broken cross-reference entry")
			}
			if _, newer := f.offsets[ref(from+i)]; !newer && kind == "n" {
				f.offsets[ref(from+i)] = off
			}
		}
	}
}

// get follows references.
func (f *File) get(v any) any {
	for range 8 {
		r, ok := v.(ref)
		if !ok {
			return v
		}
		if c, ok := f.cache[r]; ok {
			v = c
			continue
		}
		c := f.read(r)
		f.cache[r] = c
		v = c
	}
	return nil
}

func (f *File) read(r ref) any {
	at, ok := f.offsets[r]
	if !ok || at >= len(f.data) {
		return nil
	}
	s := &scanner{f.data, at}
	s.skip()
	if s.word() != strconv.Itoa(int(r)) {
		return nil
	}
	s.skip()
	s.word()
	s.skip()
	if s.word() != "obj" {
		return nil
	}
	v, err := s.value()
	if err != nil {
		return nil
	}
	d, ok := v.(dict)
	if s.skip(); !ok || !s.has("stream") {
		return v
	}
	s.i += len("stream")
	if s.has("\r") {
		s.i++
	}
	if s.has("\n") {
		s.i++
	}
	n, ok := f.get(d["Length"]).(float64)
	if !ok || !(n >= 0 && n <= float64(len(f.data)-s.i)) {
		return v
	}
	return &stream{d, f.data[s.i : s.i+int(n)]}
}

func (f *File) dict(v any) dict {
	switch d := f.get(v).(type) {
	case dict:
		return d
	case *stream:
		return d.dict
	}
	return nil
}

func (f *File) array(v any) array {
	a, _ := f.get(v).(array)
	return a
}

func (f *File) bytes(v any) []byte {
	s, ok := f.get(v).(*stream)
	if !ok {
		return nil
	}
	if s.dict["Filter"] != name("FlateDecode") {
		return s.raw
	}
	z, err := zlib.NewReader(bytes.NewReader(s.raw))
	if err != nil {
		return nil
	}
	defer z.Close()
	out, err := io.ReadAll(z)
	if err != nil {
		return nil
	}
	return out
}

// words decodes a text string: UTF-16 with a mark, else as it stands.
func words(v any) string {
	s, _ := v.(str)
	if len(s) >= 2 && s[0] == 0xFE && s[1] == 0xFF {
		return utf16BE(string(s[2:]))
	}
	return string(s)
}

func utf16BE(s string) string {
	u := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		u = append(u, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(u))
}
