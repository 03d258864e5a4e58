package xlsx

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// tags cuts a stream of XML into tags and the text between them. It is fed in pieces of any size, holds no more than one tag and the
// text that is wanted, and knows just enough of XML for what spreadsheet programs write: elements, attributes, the five named
// entities and character numbers, CDATA. A document type – where entities are declared – is noticed and nothing of it is used.
type tags struct {
	open    func(name, tag []byte, empty bool) error
	close   func(name []byte) error
	text    []byte // what stood between tags since want was set
	want    bool
	doctype bool

	tag   []byte
	inTag bool
	long  bool // the tag is longer than any that matters
	cdata bool
	over  bool // text was longer than is kept
}

const (
	maxTag  = 4096
	maxText = 1 << 20 // of one cell; clipped to a cell's length later
)

// Write implements io.Writer.
func (s *tags) Write(p []byte) (int, error) {
	n := len(p)
	for len(p) > 0 {
		if !s.inTag {
			i := bytes.IndexByte(p, '<')
			body := p
			if i >= 0 {
				body = p[:i]
			}
			s.keep(body)
			if i < 0 {
				return n, nil
			}
			p = p[i+1:]
			s.inTag, s.long, s.cdata, s.tag = true, false, false, s.tag[:0]
			continue
		}
		i := bytes.IndexByte(p, '>')
		end := i
		if i < 0 {
			end = len(p)
		}
		if most := maxTag; len(s.tag)+end > most && !s.cdata && !(bytes.HasPrefix(s.tag, cdataOpen) && len(s.tag)+end < maxText) {
			s.long = true
		} else if !s.long && len(s.tag)+end <= maxText {
			s.tag = append(s.tag, p[:end]...)
		}
		if i < 0 {
			return n, nil
		}
		p = p[i+1:]
		if bytes.HasPrefix(s.tag, cdataOpen) && !bytes.HasSuffix(s.tag, []byte("]]")) && len(s.tag) < maxText {
			s.cdata = true
			s.tag = append(s.tag, '>')
			continue
		}
		s.inTag = false
		if s.long {
			continue
		}
		if err := s.handle(s.tag); err != nil {
			return 0, err
		}
	}
	return n, nil
}

var cdataOpen = []byte("![CDATA[")

func (s *tags) keep(b []byte) {
	if !s.want || len(b) == 0 {
		return
	}
	if len(s.text)+len(b) > maxText {
		s.over = true
		return
	}
	s.text = append(s.text, b...)
}

func (s *tags) handle(tag []byte) error {
	if len(tag) == 0 {
		return nil
	}
	switch tag[0] {
	case '!':
		if bytes.HasPrefix(tag, cdataOpen) {
			body := bytes.TrimSuffix(tag[len(cdataOpen):], []byte("]]"))
			s.keep([]byte(strings.ReplaceAll(strings.ReplaceAll(string(body), "&", "&amp;"), "<", "&lt;")))
		} else if bytes.HasPrefix(tag, []byte("!DOCTYPE")) || bytes.HasPrefix(tag, []byte("!ENTITY")) {
			s.doctype = true
		}
		return nil
	case '?':
		return nil
	case '/':
		return s.close(local(tag[1:]))
	}
	return s.open(local(tag), tag, tag[len(tag)-1] == '/')
}

// local is the name of an element without its prefix.
func local(tag []byte) []byte {
	for i, c := range tag {
		switch c {
		case ' ', '\t', '\r', '\n', '/':
			return tag[:i]
		case ':':
			return local(tag[i+1:])
		}
	}
	return tag
}

// begin starts to keep text.
func (s *tags) begin() { s.want, s.text, s.over = true, s.text[:0], false }

// end gives the text kept, decoded.
func (s *tags) end() string {
	s.want = false
	return decode(s.text)
}

// decode replaces entities, and the _x000D_ form in which Excel writes characters that XML forbids.
func decode(b []byte) string {
	if bytes.IndexByte(b, '&') < 0 && bytes.IndexByte(b, '\r') < 0 && !bytes.Contains(b, []byte("_x")) {
		return string(b)
	}
	var out strings.Builder
	out.Grow(len(b))
	for i := 0; i < len(b); {
		switch {
		case b[i] == '&':
			j := bytes.IndexByte(b[i:min(len(b), i+12)], ';')
			if j < 0 {
				out.WriteByte('&')
				i++
				continue
			}
			if r, ok := entity(string(b[i+1 : i+j])); ok {
				out.WriteRune(r)
			} else {
				out.Write(b[i : i+j+1])
			}
			i += j + 1
		case b[i] == '\r':
			if i+1 < len(b) && b[i+1] == '\n' {
				i++
				continue
			}
			out.WriteByte('\n')
			i++
		case b[i] == '_' && i+7 <= len(b) && b[i+1] == 'x' && b[i+6] == '_':
			v, err := strconv.ParseUint(string(b[i+2:i+6]), 16, 32)
			if err != nil {
				out.WriteByte('_')
				i++
				continue
			}
			if v != 0 {
				out.WriteRune(rune(v))
			}
			i += 7
		default:
			out.WriteByte(b[i])
			i++
		}
	}
	return out.String()
}

func entity(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) > 1 && name[0] == '#' {
		base, digits := 10, name[1:]
		if digits[0] == 'x' || digits[0] == 'X' {
			base, digits = 16, digits[1:]
		}
		v, err := strconv.ParseUint(digits, base, 32)
		if err == nil && v > 0 && v <= utf8.MaxRune && utf8.ValidRune(rune(v)) {
			return rune(v), true
		}
	}
	return 0, false
}

// attribute finds the value of an attribute within a tag.
func attribute(tag []byte, name string) []byte {
	for i := len(name); i < len(tag); i++ {
		if tag[i] != '=' || i+1 >= len(tag) || string(tag[i-len(name):i]) != name {
			continue
		}
		if c := tag[max(0, i-len(name)-1)]; i > len(name) && c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			continue
		}
		rest := tag[i+1:]
		if len(rest) < 2 || rest[0] != '"' && rest[0] != '\'' {
			return nil
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return nil
		}
		return rest[1 : 1+end]
	}
	return nil
}
