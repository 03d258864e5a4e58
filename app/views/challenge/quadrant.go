package challenge

import (
	"cmp"
	"image"
	"image/draw"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/image/vector"

	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model/challenge"
)

// Quadrant is the picture of all buildings by need and fitness; a tap selects
// one.
type Quadrant struct {
	widget.BaseWidget
	post     func(func())
	onChosen func(id string)
	rows     []Row
	chosen   string
	img      *canvas.Image
	gen      int
	drawn    fyne.Size
	lastTip  string
	alone    axis // the only axis of which anything is known, if so
}

// axis is one direction of the picture.
type axis int

const (
	bothAxes axis = iota
	onlyFitness
	onlyNeed
)

// margins of the picture, in Fyne units: room for the axis words.
const (
	marginLeft, marginBottom = 22, 20
	dotRadius                = 4.5
)

// NewQuadrant makes an empty picture.
func NewQuadrant(post func(func()), chosen func(string)) *Quadrant {
	q := &Quadrant{post: post, onChosen: chosen, img: canvas.NewImageFromImage(image.NewRGBA(image.Rect(0, 0, 1, 1)))}
	q.img.FillMode, q.img.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleFastest
	q.ExtendBaseWidget(q)
	return q
}

// Set shows buildings as spread puts them.
func (q *Quadrant) Set(rows []Row, alone axis) {
	q.rows, q.alone = rows, alone
	q.paint()
	q.Refresh()
}

// spread puts buildings in a row from the worst to the best where only one axis
// is known of any: a picture with one question open says more than an empty one.
func spread(rows []Row) ([]Row, axis) {
	good, need := 0, 0
	for i := range rows {
		if rows[i].quadrant != challenge.Unknown {
			return rows, bothAxes
		}
		if rows[i].hasFitness {
			good++
		}
		if rows[i].hasNeed {
			need++
		}
	}
	if good == 0 && need == 0 {
		return rows, bothAxes
	}
	out, a := slices.Clone(rows), onlyFitness
	if need > good {
		a = onlyNeed
	}
	out = slices.DeleteFunc(out, func(r Row) bool { return a == onlyFitness && !r.hasFitness || a == onlyNeed && !r.hasNeed })
	slices.SortStableFunc(out, func(x, y Row) int {
		if a == onlyFitness {
			return cmp.Compare(x.y, y.y)
		}
		return cmp.Compare(x.x, y.x)
	})
	for i := range out {
		at := (float64(i) + 0.5) / float64(len(out))
		if a == onlyFitness {
			out[i].x = at
		} else {
			out[i].y = 1 - at
		}
	}
	return out, a
}

// Choose marks a building.
func (q *Quadrant) Choose(id string) {
	if q.chosen != id {
		q.chosen = id
		q.paint()
	}
}

// Restyle redraws after a change of theme.
func (q *Quadrant) Restyle() { q.paint(); q.Refresh() }

// at is where a building is, in Fyne units.
func (q *Quadrant) at(r *Row, z fyne.Size) (x, y float64) {
	w, h := float64(z.Width)-marginLeft-8, float64(z.Height)-marginBottom-8
	return marginLeft + 4 + r.x*(w-8), 4 + (1-r.y)*(h-8) + 4
}

func (q *Quadrant) near(p fyne.Position) *Row {
	var best *Row
	by := 10.0
	for i := range q.rows {
		if q.rows[i].quadrant == challenge.Unknown && q.alone == bothAxes {
			continue
		}
		x, y := q.at(&q.rows[i], q.Size())
		if d := math.Hypot(x-float64(p.X), y-float64(p.Y)); d < by {
			best, by = &q.rows[i], d
		}
	}
	return best
}

// Tapped selects the building under the pointer.
func (q *Quadrant) Tapped(e *fyne.PointEvent) {
	if r := q.near(e.Position); r != nil {
		q.onChosen(string(r.ID))
	}
}

// MouseIn follows the pointer.
func (q *Quadrant) MouseIn(e *desktop.MouseEvent) { q.MouseMoved(e) }

// MouseMoved names the building under the pointer.
func (q *Quadrant) MouseMoved(e *desktop.MouseEvent) {
	tip := ""
	if r := q.near(e.Position); r != nil {
		tip = words.F("%s\n%s\nGood %s, needed %s of 100", r.Name, r.Question, r.fitness, r.need)
	}
	if tip != q.lastTip {
		q.lastTip = tip
		widgets.ShowTip(q, tip, e.AbsolutePosition)
	}
}

// MouseOut hides the name.
func (q *Quadrant) MouseOut() { q.lastTip = ""; widgets.HideTip(q) }

func (q *Quadrant) paint() {
	z := q.Size()
	if z.Width < 60 || z.Height < 60 {
		return
	}
	q.gen++
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(q); c != nil {
		scale = c.Scale()
	}
	gen, rows, chosen, alone, k := q.gen, q.rows, q.chosen, q.alone, float64(scale)
	marks := map[challenge.Quadrant]look.Mark{}
	for _, x := range []challenge.Quadrant{challenge.RetainIt, challenge.InvestIn, challenge.Repurpose, challenge.Release, challenge.Unknown} {
		marks[x] = mark(x)
	}
	halo, accent, ground, line := look.Colour(look.Panel), look.Colour(look.Accent), look.Colour(look.Stripe), look.Colour(theme.ColorNameSeparator)
	go func() {
		w, h := int(float64(z.Width)*k), int(float64(z.Height)*k)
		img := image.NewRGBA(image.Rect(0, 0, w, h))
		box := image.Rect(int(marginLeft*k), int(4*k), w-int(4*k), h-int(marginBottom*k))
		draw.Draw(img, box, image.NewUniform(ground), image.Point{}, draw.Src)
		mid := image.Pt((box.Min.X+box.Max.X)/2, (box.Min.Y+box.Max.Y)/2)
		t := max(1, int(k))
		if alone != onlyFitness {
			draw.Draw(img, image.Rect(mid.X, box.Min.Y, mid.X+t, box.Max.Y), image.NewUniform(line), image.Point{}, draw.Src)
		}
		if alone != onlyNeed {
			draw.Draw(img, image.Rect(box.Min.X, mid.Y, box.Max.X, mid.Y+t), image.NewUniform(line), image.Point{}, draw.Src)
		}
		ras := vector.NewRasterizer(32, 32)
		put := func(r *Row, strong bool) {
			x, y := q.at(r, z)
			x, y = x*k, y*k
			m := marks[r.quadrant]
			half := int((dotRadius + 8) * k)
			at := image.Rect(int(x)-half, int(y)-half, int(x)+half, int(y)+half)
			stamp := func(s look.Shape, rad float64, c image.Image) {
				ras.Reset(2*half, 2*half)
				look.Outline(ras, s, x-float64(at.Min.X), y-float64(at.Min.Y), rad)
				ras.Draw(img, at, c, image.Point{})
			}
			if strong {
				stamp(look.Circle, (dotRadius+5)*k, image.NewUniform(accent))
				stamp(look.Circle, (dotRadius+3)*k, image.NewUniform(halo))
			}
			stamp(m.Shape, (dotRadius+1)*k, image.NewUniform(halo))
			stamp(m.Shape, dotRadius*k, image.NewUniform(m.Colour))
		}
		var last *Row
		for i := range rows {
			r := &rows[i]
			if r.quadrant == challenge.Unknown && alone == bothAxes {
				continue
			}
			if string(r.ID) == chosen {
				last = r
				continue
			}
			put(r, false)
		}
		if last != nil {
			put(last, true)
		}
		q.post(func() {
			if gen == q.gen {
				q.drawn = z
				q.img.Image = img
				q.img.Refresh()
			}
		})
	}()
}

// CreateRenderer draws picture and words.
func (q *Quadrant) CreateRenderer() fyne.WidgetRenderer {
	r := &quadrantRenderer{q: q}
	for range 6 {
		r.words = append(r.words, canvas.NewText("", nil))
	}
	r.dress()
	return r
}

type quadrantRenderer struct {
	q     *Quadrant
	words []*canvas.Text
}

func (r *quadrantRenderer) Destroy()           {}
func (r *quadrantRenderer) MinSize() fyne.Size { return fyne.NewSize(160, 100) }
func (r *quadrantRenderer) Objects() []fyne.CanvasObject {
	o := []fyne.CanvasObject{r.q.img}
	for _, w := range r.words {
		o = append(o, w)
	}
	return o
}

func (r *quadrantRenderer) dress() {
	text := []string{words.T("Good, not needed: another use"), words.T("Good and needed: keep"), words.T("Neither: let go"), words.T("Needed, not good: invest"), words.T("more needed →"), words.T("better ↑")}
	if r.q.Size().Width < 460 {
		text[0], text[1], text[2], text[3] = words.T("Another use"), words.T("Keep"), words.T("Let go"), words.T("Invest")
	}
	switch r.q.alone {
	case onlyFitness:
		text[0], text[1], text[2], text[3], text[4] = words.T("Good"), "", words.T("Not good"), "", words.T("from worst to best; how needed is not known →")
	case onlyNeed:
		text[0], text[1], text[2], text[3], text[5] = words.T("Not needed"), words.T("Needed"), "", "", words.T("from least to most needed; how good is not known ↓")
	}
	for i, w := range r.words {
		w.Text, w.TextSize, w.Color = text[i], look.Caption, look.Colour(look.Muted)
		w.TextStyle.Bold = i < 4
		w.Resize(w.MinSize())
	}
}

func (r *quadrantRenderer) Refresh() {
	r.dress()
	r.Layout(r.q.Size()) // words of another length stand elsewhere
	for _, w := range r.words {
		w.Refresh()
	}
	canvas.Refresh(r.q)
}

func (r *quadrantRenderer) Layout(z fyne.Size) {
	r.q.img.Resize(z)
	r.dress()
	right, bottom := z.Width-10, z.Height-marginBottom
	r.words[0].Move(fyne.NewPos(marginLeft+6, 8))
	r.words[1].Move(fyne.NewPos(right-r.words[1].MinSize().Width, 8))
	r.words[2].Move(fyne.NewPos(marginLeft+6, bottom-18))
	r.words[3].Move(fyne.NewPos(right-r.words[3].MinSize().Width, bottom-18))
	r.words[4].Move(fyne.NewPos(right-r.words[4].MinSize().Width, bottom+2))
	r.words[5].Move(fyne.NewPos(marginLeft, bottom+2))
	if z != r.q.drawn {
		r.q.paint()
	}
}
