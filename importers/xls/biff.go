package xls

import (
	"encoding/binary"
	"errors"
	"math"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// The records of a BIFF stream that matter here, from Microsoft's [MS-XLS].
const (
	recFormula    = 0x0006
	recEOF        = 0x000A
	recDateMode   = 0x0022
	recFilePass   = 0x002F
	recContinue   = 0x003C
	recBoundSheet = 0x0085
	recMulRK      = 0x00BD
	recRString    = 0x00D6
	recXF         = 0x00E0
	recMergeCells = 0x00E5
	recSST        = 0x00FC
	recLabelSST   = 0x00FD
	recNumber     = 0x0203
	recLabel      = 0x0204
	recBoolErr    = 0x0205
	recString     = 0x0207
	recRK         = 0x027E
	recFormat     = 0x041E
	recBOF        = 0x0809
)

var errCut = errors.New("the stream ends within a record")

// record is one record of the stream.
type record struct {
	id   uint16
	data []byte
	next int // offset of the record after it
}

func recordAt(stream []byte, at int) (record, error) {
	if at < 0 || at+4 > len(stream) {
		return record{}, errCut
	}
	id := binary.LittleEndian.Uint16(stream[at:])
	n := int(binary.LittleEndian.Uint16(stream[at+2:]))
	if at+4+n > len(stream) {
		return record{}, errCut
	}
	return record{id, stream[at+4 : at+4+n], at + 4 + n}, nil
}

func u16(b []byte, at int) int {
	if at+2 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b[at:]))
}

func u32(b []byte, at int) uint32 {
	if at+4 > len(b) {
		return 0
	}
	return binary.LittleEndian.Uint32(b[at:])
}

func f64(b []byte, at int) float64 {
	if at+8 > len(b) {
		return 0
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(b[at:]))
}

// rk unpacks a number of 30 bits: an integer or the upper part of a double, either of them perhaps in hundredths.
func rk(v uint32) float64 {
	var x float64
	if v&2 != 0 {
		x = float64(int32(v) >> 2) // the sign is kept
	} else {
		x = math.Float64frombits(uint64(v&^3) << 32)
	}
	if v&1 != 0 {
		x /= 100
	}
	return x
}

// characters decodes n characters: two bytes each, or one where the upper byte of all is nought.
func characters(b []byte, n int, wide bool) string {
	if !wide {
		n = min(n, len(b))
		r := make([]rune, n)
		for i, c := range b[:n] {
			r[i] = rune(c)
		}
		return string(r)
	}
	n = min(n, len(b)/2)
	u := make([]uint16, n)
	for i := range u {
		u[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(u))
}

// text reads a string whose length stands before it in two bytes. In the older BIFF5 there is no flag and one byte a character.
func text(b []byte, old bool) string {
	n := u16(b, 0)
	if len(b) < 3 {
		return ""
	}
	if old {
		s, err := charmap.Windows1252.NewDecoder().Bytes(b[2:min(len(b), 2+n)])
		if err != nil {
			return ""
		}
		return string(s)
	}
	flags, at := b[2], 3
	if flags&8 != 0 {
		at += 2
	}
	if flags&4 != 0 {
		at += 4
	}
	if at > len(b) {
		return ""
	}
	return characters(b[at:], n, flags&1 != 0)
}

// segments reads across the pieces of a record that goes on in others.
type segments struct {
	list [][]byte
	i    int
	at   int
}

func (s *segments) done() bool {
	for s.i < len(s.list) && s.at >= len(s.list[s.i]) {
		s.i, s.at = s.i+1, 0
	}
	return s.i >= len(s.list)
}

func (s *segments) byte() (byte, bool) {
	if s.done() {
		return 0, false
	}
	b := s.list[s.i][s.at]
	s.at++
	return b, true
}

func (s *segments) number(bytes int) (v uint32, ok bool) {
	for i := range bytes {
		b, ok := s.byte()
		if !ok {
			return 0, false
		}
		v |= uint32(b) << (8 * i)
	}
	return v, true
}

func (s *segments) skip(n int) {
	for n > 0 && !s.done() {
		k := min(n, len(s.list[s.i])-s.at)
		s.at += k
		n -= k
	}
}

// string reads one entry of the table of shared strings. Where its characters go on in the next piece, that begins with a flag of
// its own.
func (s *segments) string() (string, bool) {
	n, ok := s.number(2)
	if !ok {
		return "", false
	}
	flags, ok := s.byte()
	if !ok {
		return "", false
	}
	var runs, ext uint32
	if flags&8 != 0 {
		runs, _ = s.number(2)
	}
	if flags&4 != 0 {
		ext, _ = s.number(4)
	}
	wide := flags&1 != 0
	var u []uint16
	for left := int(n); left > 0; {
		if s.i < len(s.list) && s.at >= len(s.list[s.i]) {
			s.i, s.at = s.i+1, 0
			if s.i >= len(s.list) {
				return "", false
			}
			f, ok := s.byte()
			if !ok {
				return "", false
			}
			wide = f&1 != 0
			continue
		}
		if s.i >= len(s.list) {
			return "", false
		}
		b := s.list[s.i][s.at:]
		if !wide {
			k := min(left, len(b))
			for _, c := range b[:k] {
				u = append(u, uint16(c))
			}
			s.at, left = s.at+k, left-k
			continue
		}
		k := min(left, len(b)/2)
		if k == 0 {
			s.at = len(s.list[s.i]) // half a character: damaged; go on with the next piece
			continue
		}
		for i := range k {
			u = append(u, binary.LittleEndian.Uint16(b[2*i:]))
		}
		s.at, left = s.at+2*k, left-k
	}
	s.skip(int(runs)*4 + int(ext))
	return string(utf16.Decode(u)), true
}
