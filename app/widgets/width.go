package widgets

import "fyne.io/fyne/v2"

// face is a size and weight of the letters.
type face struct {
	size       float32
	bold, mono bool
}

// letters are the widths of single letters of a face; 0 is not measured yet.
type letters struct {
	common [0x180]float32 // Latin letters, figures and punctuation
	rest   map[rune]float32
	height float32 // of a line
}

// faces remembers how wide letters are, and odd how wide texts are that are more
// than their letters in a row: measuring shapes a text, which is slow, and a
// screen has hundreds of texts. Only the UI goroutine uses them.
var (
	faces = map[face]*letters{}
	odd   = map[oddText]float32{}
)

type oddText struct {
	text string
	face face
}

// mostOdd is how many odd texts are remembered.
const mostOdd = 20_000

// TextWidth is how wide a text is drawn: the sum of its letters, which is a
// little more than its width where pairs of letters move together.
func TextWidth(s string, size float32, style fyne.TextStyle) float32 {
	f, l := lettersOf(size, style)
	w := float32(0)
	for _, r := range s {
		switch {
		case r < 0x180:
			if l.common[r] == 0 {
				l.common[r] = fyne.MeasureText(string(r), size, style).Width
			}
			w += l.common[r]
		case standsAlone(r):
			x, ok := l.rest[r]
			if !ok {
				x = fyne.MeasureText(string(r), size, style).Width
				l.rest[r] = x
			}
			w += x
		default:
			return oddWidth(s, f, style)
		}
	}
	return w
}

func lettersOf(size float32, style fyne.TextStyle) (face, *letters) {
	f := face{size, style.Bold, style.Monospace}
	l := faces[f]
	if l == nil {
		l = &letters{rest: map[rune]float32{}, height: fyne.MeasureText("Ag", size, style).Height}
		faces[f] = l
	}
	return f, l
}

// textHeight is how high a line of text is.
func textHeight(size float32, style fyne.TextStyle) float32 {
	_, l := lettersOf(size, style)
	return l.height
}

// standsAlone says whether a letter beyond the Latin ones is as wide in a text as
// by itself: Latin with marks, dashes and quotation marks, currencies. Signs may
// come from another font and take the space beside them with them.
func standsAlone(r rune) bool {
	return r < 0x250 || r >= 0x1E00 && r < 0x1F00 || r >= 0x2010 && r < 0x2028 || r >= 0x20A0 && r < 0x20D0
}

func oddWidth(s string, f face, style fyne.TextStyle) float32 {
	k := oddText{s, f}
	w, ok := odd[k]
	if !ok {
		w = fyne.MeasureText(s, f.size, style).Width
		if len(odd) >= mostOdd {
			clear(odd)
		}
		odd[k] = w
	}
	return w
}
