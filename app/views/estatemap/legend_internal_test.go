package estatemap

import (
	"image"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/planting-the-flag/flagstone/app/look"
)

// The toolkit takes the rows of a picture to follow one another without a gap.
func TestMarksOfTheKeyArePicturesOfTheirOwn(t *testing.T) {
	test.NewTempApp(t)
	st := baseStyle(false)
	for name, img := range map[string]image.Image{"class": markImage(&st, 0, markPixels), "as it stays": fateImage(stays, markPixels), "arrow": arrowImage(markPixels),
		"any": MarkImage(look.Marks()[0], st.Halo, markPixels)} {
		m, ok := img.(*image.RGBA)
		if !ok || m.Rect != image.Rect(0, 0, markPixels, markPixels) || m.Stride != 4*markPixels {
			t.Errorf("%s: %v", name, img.Bounds())
			continue
		}
		if _, _, _, a := m.At(markPixels/2, markPixels/2).RGBA(); a == 0 {
			t.Errorf("%s: nothing in the middle", name)
		}
	}
}
