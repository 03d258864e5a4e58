package estatemap

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"testing"
)

// The standard library is the judge: every pixel may differ by the rounding of
// one step.
func TestAMarkIsStampedAsItWouldBeDrawn(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 7))
	random := func(w, h int, alpha func() uint8) *image.RGBA {
		img := image.NewRGBA(image.Rect(0, 0, w, h))
		for i := 0; i < len(img.Pix); i += 4 {
			a := alpha()
			for k := range 3 {
				img.Pix[i+k] = uint8(rng.IntN(int(a) + 1))
			}
			img.Pix[i+3] = a
		}
		return img
	}
	for range 200 {
		ground := random(24, 18, func() uint8 { return 255 })
		mark := &sprite{img: random(1+rng.IntN(12), 1+rng.IntN(12), func() uint8 { return []uint8{0, 0, uint8(rng.IntN(256)), 255, 255}[rng.IntN(5)] })}
		mark.halfX, mark.halfY = mark.img.Rect.Dx()/2, mark.img.Rect.Dy()/2
		clip := image.Rect(rng.IntN(6), rng.IntN(6), 18+rng.IntN(6), 12+rng.IntN(6))
		x, y := rng.IntN(30)-3, rng.IntN(24)-3
		want := image.NewRGBA(ground.Rect)
		copy(want.Pix, ground.Pix)
		at := image.Pt(x-mark.halfX, y-mark.halfY)
		draw.Draw(want, mark.img.Rect.Add(at).Intersect(clip), mark.img, mark.img.Rect.Add(at).Intersect(clip).Min.Sub(at), draw.Over)
		p := &painter{img: ground, clip: clip}
		p.stamp(mark, float64(x), float64(y))
		for i := range want.Pix {
			if d := int(want.Pix[i]) - int(ground.Pix[i]); d < -1 || d > 1 {
				t.Fatalf("byte %d is %d, drawn %d (mark %v at %d, %d, clip %v)", i, ground.Pix[i], want.Pix[i], mark.img.Rect, x, y, clip)
			}
		}
	}
}

func TestACrowdIsStampedInItsOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 11))
	const w, h = 120, 150
	var marks []stamped
	for range 900 {
		img := image.NewRGBA(image.Rect(0, 0, 2+rng.IntN(40), 2+rng.IntN(40)))
		a := []uint8{255, 120}[rng.IntN(2)]
		draw.Draw(img, img.Rect.Inset(rng.IntN(2)), image.NewUniform(color.NRGBA{uint8(rng.IntN(256)), uint8(rng.IntN(256)), uint8(rng.IntN(256)), a}), image.Point{}, draw.Src)
		marks = append(marks, stamped{&sprite{img: img, halfX: img.Rect.Dx() / 2, halfY: img.Rect.Dy() / 2}, rng.Float64()*(w+60) - 30, rng.Float64()*(h+60) - 30})
	}
	clip := image.Rect(10, 7, w-5, h-9)
	one := &painter{img: image.NewRGBA(image.Rect(0, 0, w, h)), clip: clip}
	for _, m := range marks {
		one.stamp(m.s, m.x, m.y)
	}
	all := &painter{Painter: NewPainter(), img: image.NewRGBA(image.Rect(0, 0, w, h)), clip: clip, w: w, h: h}
	all.stampAll(marks)
	if !bytes.Equal(one.img.Pix, all.img.Pix) {
		t.Error("marks in bands are not what they are one by one")
	}
}
