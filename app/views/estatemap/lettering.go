package estatemap

import (
	"image"
	"image/color"
	"sync"

	"fyne.io/fyne/v2/theme"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// The fonts of the window, read once.
var fonts = sync.OnceValue(func() (out [2]*sfnt.Font) {
	for i, r := range []interface{ Content() []byte }{theme.DefaultTextFont(), theme.DefaultTextBoldFont()} {
		if f, err := opentype.Parse(r.Content()); err == nil {
			out[i] = f
		}
	}
	return out
})

// lettering writes on pictures in the window's own type. It is used by one
// goroutine at a time.
type lettering struct {
	faces map[faceKey]font.Face
	words map[wordKey]*sprite
}

type faceKey struct {
	px   float64
	bold bool
}

type wordKey struct {
	faceKey
	text      string
	ink, halo color.NRGBA
}

func newLettering() *lettering {
	return &lettering{faces: map[faceKey]font.Face{}, words: map[wordKey]*sprite{}}
}

func (l *lettering) face(k faceKey) font.Face {
	f, ok := l.faces[k]
	if !ok {
		src := fonts()[0]
		if k.bold {
			src = fonts()[1]
		}
		if src != nil {
			f, _ = opentype.NewFace(src, &opentype.FaceOptions{Size: k.px, DPI: 72, Hinting: font.HintingNone})
		}
		l.faces[k] = f
	}
	return f
}

// word is a text as a picture, with a halo that sets it off from the map. Its
// middle is the middle of the text.
func (l *lettering) word(text string, px float64, bold bool, ink, halo color.NRGBA) *sprite {
	k := wordKey{faceKey{px, bold}, text, ink, halo}
	if s, ok := l.words[k]; ok {
		return s
	}
	f := l.face(k.faceKey)
	if f == nil {
		return &sprite{img: image.NewRGBA(image.Rect(0, 0, 1, 1))}
	}
	m := f.Metrics()
	w, h := font.MeasureString(f, text).Ceil(), (m.Ascent + m.Descent).Ceil()
	pad := 0
	if halo.A > 0 {
		pad = max(2, int(px/6))
	}
	s := &sprite{img: image.NewRGBA(image.Rect(0, 0, w+2*pad+1, h+2*pad+1))}
	s.halfX, s.halfY = s.img.Rect.Dx()/2, s.img.Rect.Dy()/2
	d := font.Drawer{Dst: s.img, Face: f}
	write := func(x, y int, c color.NRGBA) {
		d.Src = image.NewUniform(c)
		d.Dot = fixed.Point26_6{X: fixed.I(pad + x), Y: fixed.I(pad+y) + m.Ascent}
		d.DrawString(text)
	}
	if pad > 0 {
		for y := -pad + 1; y < pad; y++ {
			for x := -pad + 1; x < pad; x++ {
				if x*x+y*y < pad*pad {
					write(x, y, halo)
				}
			}
		}
	}
	write(0, 0, ink)
	if len(l.words) > 2000 {
		clear(l.words)
	}
	l.words[k] = s
	return s
}
