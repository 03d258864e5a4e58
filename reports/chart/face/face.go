// Package face knows the one type family of charts and papers: the four Liberation Sans faces, which characters they have and how
// wide each is. Every layout measures here, so that pixels, vectors and pages agree on where a line ends.
//
// It refuses to know how text is drawn.
package face

import (
	"sync"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansbolditalic"
	"codeberg.org/go-fonts/liberation/liberationsansitalic"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Style picks a face.
type Style struct{ Bold, Italic bool }

// Missing stands for characters that the faces do not have.
const Missing = '□'

type loaded struct {
	font *sfnt.Font
	ttf  []byte
	low  [0x2300]float32 // width of a rune in ems; −1 when the face lacks it
}

var (
	once  sync.Once
	faces [4]*loaded
)

func load() {
	for i, ttf := range [][]byte{liberationsansregular.TTF, liberationsansbold.TTF, liberationsansitalic.TTF, liberationsansbolditalic.TTF} {
		f, err := sfnt.Parse(ttf)
		if err != nil {
			panic("face: embedded font does not parse: " + err.Error()) // the font is compiled in
		}
		l := &loaded{font: f, ttf: ttf}
		var b sfnt.Buffer
		for r := range l.low {
			l.low[r] = l.measure(&b, rune(r))
			if lowered(rune(r)) && l.low[r] > 0 {
				l.low[r] -= 2 * Tuck
			}
		}
		faces[i] = l
	}
}

// Tuck is by how much, in ems, the lowered digits (the ₂ of CO₂e) stand closer to their neighbours than the font says: it gives
// them the width of a full digit. Whoever draws must shift them left by it.
const Tuck = 0.09

func lowered(r rune) bool { return r >= '₀' && r <= '₉' }

// Piece is part of a text that is drawn in one go, Shift ems from where its width puts it.
type Piece struct {
	Text  string
	Shift float64
}

// Pieces cuts a text at its lowered digits. Most texts are one piece.
func Pieces(s string) []Piece {
	var out []Piece
	from := 0
	for i, r := range s {
		if lowered(r) {
			if from < i {
				out = append(out, Piece{s[from:i], 0})
			}
			from = i + len(string(r))
			out = append(out, Piece{s[i:from], -Tuck})
		}
	}
	if from < len(s) {
		out = append(out, Piece{s[from:], 0})
	}
	return out
}

func (l *loaded) measure(b *sfnt.Buffer, r rune) float32 {
	g, err := l.font.GlyphIndex(b, r)
	if err != nil || g == 0 {
		return -1
	}
	em := fixed.I(int(l.font.UnitsPerEm()))
	a, err := l.font.GlyphAdvance(b, g, em, font.HintingNone)
	if err != nil {
		return -1
	}
	return float32(a) / float32(em)
}

func get(s Style) *loaded {
	once.Do(load)
	i := 0
	if s.Bold {
		i++
	}
	if s.Italic {
		i += 2
	}
	return faces[i]
}

// TTF is the font file of a face.
func TTF(s Style) []byte { return get(s).ttf }

// Font is the parsed face.
func Font(s Style) *sfnt.Font { return get(s).font }

func (l *loaded) width(r rune) float32 {
	if r >= 0 && int(r) < len(l.low) {
		return l.low[r]
	}
	if r > 0xFFFF {
		return -1
	}
	var b sfnt.Buffer
	return l.measure(&b, r)
}

// Has says whether all four faces have the character and it can be written (charts and papers stop at U+FFFF).
func Has(r rune) bool {
	if r < 0x20 || r > 0xFFFF || rightToLeft(r) {
		return false
	}
	once.Do(load)
	for _, l := range faces {
		if l.width(r) < 0 {
			return false
		}
	}
	return true
}

// rightToLeft scripts have glyphs here but nobody to order and join them: wrong letters would be worse than none.
func rightToLeft(r rune) bool {
	return r >= 0x0590 && r <= 0x08FF || r >= 0xFB1D && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFF
}

// Cover replaces the characters that the faces lack by Missing, telling each to lost when it is not nil.
func Cover(s string, lost func(rune)) string {
	clean := true
	for _, r := range s {
		if (r < 0x20 || r > 0x7E) && !Has(r) {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	out := make([]rune, 0, len(s))
	for _, r := range s {
		if !Has(r) {
			if lost != nil {
				lost(r)
			}
			r = Missing
		}
		out = append(out, r)
	}
	return string(out)
}

// Width is the width of covered text at a size, in the unit of the size.
func Width(s string, size float64, st Style) float64 {
	l := get(st)
	var w float32
	for _, r := range s {
		a := l.width(r)
		if a < 0 {
			a = l.width(Missing)
		}
		w += a
	}
	return float64(w) * size
}
