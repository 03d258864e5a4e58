package check

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
)

// The values of a PDF: nil, bool, float64, name, str, array, dict, ref, *stream.
type (
	name  string
	str   string
	array []any
	dict  map[name]any
	ref   int
)

type stream struct {
	dict
	raw []byte
}

// scanner reads PDF syntax.
type scanner struct {
	b []byte
	i int
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelim(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

func (s *scanner) skip() {
	for s.i < len(s.b) {
		switch c := s.b[s.i]; {
		case isSpace(c):
			s.i++
		case c == '%':
			for s.i < len(s.b) && s.b[s.i] != '\n' && s.b[s.i] != '\r' {
				s.i++
			}
		default:
			return
		}
	}
}

func (s *scanner) has(t string) bool { return bytes.HasPrefix(s.b[min(s.i, len(s.b)):], []byte(t)) }

type operator string

var errEnd = errors.New("end")

// value reads one value, or an operator.
func (s *scanner) value() (any, error) {
	s.skip()
	if s.i >= len(s.b) {
		return nil, errEnd
	}
	switch c := s.b[s.i]; {
	case s.has("<<"):
		return s.dict()
	case c == '<':
		return s.hex()
	case c == '(':
		return s.literal()
	case c == '[':
		return s.array()
	case c == '/':
		s.i++
		return s.name(), nil
	case isDelim(c):
		return nil, fmt.Errorf("unexpected %q at %d", c, s.i)
	}
	w := s.word()
	if f, err := strconv.ParseFloat(w, 64); err == nil {
		return s.maybeRef(f), nil
	}
	switch w {
	case "true", "false":
		return w == "true", nil
	case "null":
		return nil, nil
	}
	return operator(w), nil
}

func (s *scanner) word() string {
	from := s.i
	for s.i < len(s.b) && !isSpace(s.b[s.i]) && !isDelim(s.b[s.i]) {
		s.i++
	}
	return string(s.b[from:s.i])
}

func (s *scanner) name() name {
	w := s.word()
	if !bytes.ContainsRune([]byte(w), '#') {
		return name(w)
	}
	var out []byte
	for i := 0; i < len(w); i++ {
		if w[i] == '#' && i+2 < len(w) {
			if v, err := strconv.ParseUint(w[i+1:i+3], 16, 8); err == nil {
				out = append(out, byte(v))
				i += 2
				continue
			}
		}
		out = append(out, w[i])
	}
	return name(out)
}

// maybeRef reads "n 0 R" after a number.
func (s *scanner) maybeRef(f float64) any {
	if f != float64(int(f)) || f < 0 {
		return f
	}
	at := s.i
	s.skip()
	if s.word() == "0" {
		s.skip()
		if s.has("R") && (s.i+1 >= len(s.b) || isSpace(s.b[s.i+1]) || isDelim(s.b[s.i+1])) {
			s.i++
			return ref(int(f))
		}
	}
	s.i = at
	return f
}

func (s *scanner) dict() (any, error) {
	s.i += 2
	d := dict{}
	for {
		s.skip()
		if s.has(">>") {
			s.i += 2
			return d, nil
		}
		k, err := s.value()
		if err != nil {
			return nil, err
		}
		n, ok := k.(name)
		if !ok {
			return nil, fmt.Errorf("a key that is no name at %d", s.i)
		}
		s.skip()
		if s.has(">>") {
			return nil, fmt.Errorf("a key without a value at %d", s.i)
		}
		v, err := s.value()
		if err != nil {
			return nil, err
		}
		d[n] = v
	}
}

func (s *scanner) array() (any, error) {
	s.i++
	a := array{}
	for {
		s.skip()
		if s.has("]") {
			s.i++
			return a, nil
		}
		v, err := s.value()
		if err != nil {
			return nil, err
		}
		a = append(a, v)
	}
}

func (s *scanner) hex() (any, error) {
	end := bytes.IndexByte(s.b[s.i:], '>')
	if end < 0 {
		return nil, errEnd
	}
	digits := make([]byte, 0, end)
	for _, c := range s.b[s.i+1 : s.i+end] {
		if !isSpace(c) {
			digits = append(digits, c)
		}
	}
	s.i += end + 1
	if len(digits)%2 == 1 {
		digits = append(digits, '0')
	}
	out := make([]byte, len(digits)/2)
	_, err := hex.Decode(out, digits)
	return str(out), err
}

func (s *scanner) literal() (any, error) {
	var out []byte
	depth := 0
	for ; s.i < len(s.b); s.i++ {
		c := s.b[s.i]
		switch c {
		case '(':
			depth++
			if depth > 1 {
				out = append(out, c)
			}
		case ')':
			if depth--; depth == 0 {
				s.i++
				return str(out), nil
			}
			out = append(out, c)
		case '\\':
			if s.i++; s.i >= len(s.b) {
				return nil, errEnd
			}
			out = s.escape(out)
		default:
			out = append(out, c)
		}
	}
	return nil, errEnd
}

func (s *scanner) escape(out []byte) []byte {
	c := s.b[s.i]
	if k := bytes.IndexByte([]byte("nrtbf"), c); k >= 0 {
		return append(out, "\n\r\t\b\f"[k])
	}
	if c < '0' || c > '7' {
		return append(out, c)
	}
	v := 0
	for n := 0; n < 3 && s.i < len(s.b) && s.b[s.i] >= '0' && s.b[s.i] <= '7'; n++ {
		v = v*8 + int(s.b[s.i]-'0')
		s.i++
	}
	s.i--
	return append(out, byte(v))
}
