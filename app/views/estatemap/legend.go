package estatemap

import (
	"image"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
)

// framed puts a panel with an edge behind an overlay on the map.
func framed(o fyne.CanvasObject) fyne.CanvasObject {
	edge := canvas.NewRectangle(color.Transparent)
	edge.StrokeColor, edge.StrokeWidth, edge.CornerRadius = look.Colour(theme.ColorNameSeparator), 1, 3
	return container.NewStack(widgets.Ground(look.Panel, edge), o)
}

// legendLine is one line of the key.
type legendLine struct {
	Title string // of a part; nothing else is set then
	Mark  image.Image
	Text  string
	Count int  // behind the text when Counted
	Class int  // whose marks a tap hides; −1 for none
	Ramp  bool // the steps of the residents' density
}

const markPixels = 32

// lines are what the key says, in order. They are also what a picture of the
// map is exported with.
func (v *View) lines(sn *Scene, st *Style) []legendLine {
	var out []legendLine
	say := func(s string) { out = append(out, legendLine{Text: s, Class: -1}) }
	title := func(s string) { out = append(out, legendLine{Title: s, Class: -1}) }
	if c := st.Compared; c != nil {
		title(words.F("After: %s", format.Short(c.Name, 28)))
		for _, f := range []fate{closes, receives, changes} {
			if c.Count[f] > 0 {
				out = append(out, legendLine{Mark: fateImage(f, markPixels), Text: words.T(fateWords[f]), Count: c.Count[f], Class: -1})
			}
		}
		if len(c.Moves) > 0 {
			out = append(out, legendLine{Mark: arrowImage(markPixels), Text: words.T("Services move"), Count: len(c.Moves), Class: -1})
		}
		if c.Count[closes]+c.Count[receives]+c.Count[changes] == 0 {
			say(words.T("Nothing on the map changes."))
		}
	}
	name := words.T(string(v.by))
	if sn.Ordered != nil {
		name += unitWords(sn.Ordered)
	}
	title(name)
	for i, n := range sn.Classes {
		if n != "" && sn.Counts[i] > 0 {
			out = append(out, legendLine{Mark: markImage(st, i, markPixels), Text: n, Count: sn.Counts[i], Class: i})
		}
	}
	size := words.F("Size: %s", lower(words.T(sn.Size.Name)))
	if len(sn.Dots) > 0 {
		size += words.F(", up to %s%s", sn.Size.Text(sn.Largest), words.T(sn.Size.Unit))
	}
	say(size)
	say(words.T("Hollow: not known"))
	if st.Grouped {
		say(words.T("Number: assets close together"))
	}
	if h := st.Heated; h != nil {
		who := words.T("Residents")
		if h.Group != "" {
			who = format.Word(h.Group)
		}
		title(words.F("%s per km²", who))
		out = append(out, legendLine{Ramp: true, Class: -1})
	}
	if r := st.Rings; r != nil {
		title(words.F("%s from %s", format.Word(r.Mode.Name), format.Short(r.From, 22)))
		for _, l := range r.Lines {
			s := l.Label
			if len(sn.People) > 0 {
				s += words.F(": %s residents", format.Whole(l.People))
			}
			say(s)
		}
		say(words.T("An estimate: straight lines, with a detour"))
	}
	if c := st.Catch; c != nil {
		title(words.F("Nearest %s: %s", lower(words.T(string(c.Use))), format.Short(c.Of, 20)))
		say(format.Counted(len(c.Codes), "%[2]s residents in %[1]s area", "%[2]s residents in %[1]s areas", format.Whole(c.People)))
		say(format.Count(c.Others, words.F("other %s", lower(words.T(string(c.Use)))), words.T("others of this use")))
	}
	if len(st.Overlays) > 0 {
		title(words.T("Your layers"))
		for _, o := range st.Overlays {
			if !o.Hidden {
				out = append(out, legendLine{Mark: swatch(o.colour(), markPixels), Text: o.Name, Count: o.Shapes, Class: -1})
			}
		}
	}
	return out
}

func unitWords(m *Measure) string {
	if u := m.Unit; u != "" && !strings.HasSuffix(m.Name, strings.TrimPrefix(u, " ")) {
		return "," + words.T(u)
	}
	return ""
}

func lower(s string) string {
	if len(s) > 1 && s[1] >= 'a' && s[1] <= 'z' {
		return string(s[0]|0x20) + s[1:]
	}
	return s
}

// showLegend builds the key anew.
func (v *View) showLegend() {
	v.legend.RemoveAll()
	defer v.over.Refresh() // the key is larger or smaller now
	sn := v.canvas.Scene()
	if sn == nil {
		return
	}
	toggle := widgets.NewButton(words.T("Key"), words.T("Open or close the key"), theme.MenuDropDownIcon(), nil).Quiet()
	toggle.IconPlacement = widget.ButtonIconTrailingText
	open := v.settings.MapKey()
	if !open {
		toggle.Icon = theme.MenuDropUpIcon()
	}
	toggle.OnTapped = func() {
		v.settings.SetMapKey(!open)
		v.showLegend()
		v.canvas.Repaint() // names may go where the key was
	}
	head := container.NewHBox(toggle)
	note := format.Count(len(sn.Dots), "asset", "assets")
	if sn.Missing > 0 {
		note += words.F(", %s could not be placed", format.Whole(float64(sn.Missing)))
	}
	if !open {
		v.legend.Add(framed(head))
		return
	}
	st := v.style()
	rows := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for _, l := range v.lines(sn, &st) {
		rows.Add(v.legendObject(sn, &st, l))
	}
	rows.Add(plainRow(note, false))
	body := container.New(legendBox{v.canvas}, container.NewVScroll(widgets.Inset(2, 8, rows)))
	v.legend.Add(framed(container.NewBorder(head, nil, nil, nil, body)))
}

func (v *View) legendObject(sn *Scene, st *Style, l legendLine) fyne.CanvasObject {
	switch {
	case l.Title != "":
		return plainRow(l.Title, true)
	case l.Ramp:
		return newRamp(st.Heated, st.Heat)
	case l.Mark == nil:
		return plainRow(l.Text, false)
	}
	if l.Class >= 0 {
		return newLegendRow(l.Mark, l.Text, l.Count, v.hiddenClasses[l.Class], func(hidden bool) {
			v.hiddenClasses[l.Class] = hidden
			v.canvas.Repaint()
		})
	}
	img := canvas.NewImageFromImage(l.Mark)
	img.SetMinSize(fyne.NewSize(16, 16))
	return container.New(layout.NewCustomPaddedHBoxLayout(6), container.NewCenter(img), plainRow(format.Short(l.Text, 28)+"  "+format.Whole(float64(l.Count)), false))
}

// plainRow is a line of small text that wraps nowhere.
func plainRow(s string, bold bool) fyne.CanvasObject {
	l := widgets.NewCaption(s)
	l.Wrapping = fyne.TextWrapOff
	if bold {
		l.Importance, l.TextStyle.Bold = widget.MediumImportance, true
	}
	return container.New(tight{}, l)
}

// tight takes the padding off a label's sides.
type tight struct{}

func (tight) MinSize(o []fyne.CanvasObject) fyne.Size {
	z := o[0].MinSize()
	return fyne.NewSize(z.Width-8, z.Height-8)
}

func (tight) Layout(o []fyne.CanvasObject, z fyne.Size) {
	o[0].Move(fyne.NewPos(-6, -4))
	o[0].Resize(fyne.NewSize(z.Width+10, z.Height+8))
}

// legendBox keeps the key within two thirds of the map; the rest scrolls.
type legendBox struct{ m *Canvas }

func (b legendBox) MinSize(o []fyne.CanvasObject) fyne.Size {
	z := o[0].(*container.Scroll).Content.MinSize()
	most := max(120, b.m.Size().Height*0.62)
	w := z.Width
	if z.Height > most {
		w += 12
	}
	return fyne.NewSize(min(w, 300), min(z.Height, most))
}

func (b legendBox) Layout(o []fyne.CanvasObject, z fyne.Size) { o[0].Resize(z) }

// within gives what lies on the map all of the map's room and asks for none: a
// small map is not made larger by its key.
type within struct{}

func (within) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (within) Layout(o []fyne.CanvasObject, z fyne.Size) { o[0].Resize(z) }

// ramp is the steps of the density of residents with their limits.
type ramp struct {
	widget.BaseWidget
	h *HeatMap
	c []color.NRGBA
}

func newRamp(h *HeatMap, c []color.NRGBA) *ramp {
	r := &ramp{h: h, c: c}
	r.ExtendBaseWidget(r)
	return r
}

const rampStep = 44

// CreateRenderer draws a block and a number for each step.
func (r *ramp) CreateRenderer() fyne.WidgetRenderer {
	o := container.NewWithoutLayout()
	for i, c := range r.c {
		b := canvas.NewRectangle(c)
		b.StrokeColor, b.StrokeWidth = look.Colour(theme.ColorNameSeparator), 1
		b.Move(fyne.NewPos(float32(i)*rampStep, 2))
		b.Resize(fyne.NewSize(rampStep, 12))
		t := canvas.NewText(format.Whole(r.h.Breaks[i]), look.Colour(theme.ColorNameForeground))
		t.TextSize = look.Caption
		t.Move(fyne.NewPos(float32(i)*rampStep, 15))
		o.Add(b)
		o.Add(t)
	}
	return &rampRenderer{o}
}

type rampRenderer struct{ o *fyne.Container }

func (r *rampRenderer) Destroy()                     {}
func (r *rampRenderer) Layout(z fyne.Size)           { r.o.Resize(z) }
func (r *rampRenderer) MinSize() fyne.Size           { return fyne.NewSize(5*rampStep, 32) }
func (r *rampRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.o} }
func (r *rampRenderer) Refresh()                     { r.o.Refresh() }

// markImage draws the mark of a class as the map does.
func markImage(st *Style, class, px int) image.Image {
	s := *st
	s.Scale = float64(px) / 16
	p := &painter{Painter: NewPainter(), st: &s}
	return centreOf(p.newSprite(spriteKey{class: class, radius: int(5 * 2 * s.Scale), known: true}), px)
}

// fateImage draws a mark as a plan leaves it.
func fateImage(f fate, px int) image.Image {
	st := baseStyle(false)
	st.Scale = float64(px) / 24
	st.Marks = []look.Mark{{Shape: look.Circle, Colour: st.Muted}}
	p := &painter{Painter: NewPainter(), st: &st}
	return centreOf(p.newSprite(spriteKey{radius: int(6 * 2 * st.Scale), known: true, fate: f}), px)
}

// arrowImage draws the arrow of a move.
func arrowImage(px int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, px, px))
	b := newBrush(img, img.Rect)
	u := float64(px) / 16
	b.piece(1*u, 8*u, 10*u, 8*u, 1, 0, 0.9*u)
	b.point(15*u, 8*u)
	b.point(8.5*u, 12.5*u)
	b.point(8.5*u, 3.5*u)
	b.close()
	b.flush(look.Colour(theme.ColorNameForeground))
	return img
}

// swatch is a block of a layer's colour.
func swatch(c color.NRGBA, px int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, px, px))
	b := newBrush(img, img.Rect)
	e := float64(px) / 8
	for _, k := range []struct {
		in    float64
		alpha uint8
	}{{e, 0xff}, {1.8 * e, 0}} {
		f, t := k.in, float64(px)-k.in
		b.point(f, f)
		b.point(t, f)
		b.point(t, t)
		b.point(f, t)
		b.close()
		if k.alpha > 0 {
			b.flush(c)
		} else {
			h := look.Colour(look.Panel)
			h.A = 0xb0
			b.flush(h)
		}
	}
	return img
}

// credit is what must be named on the map when a background map is shown.
func (v *View) credit() string {
	if b := v.backdrop; b != nil && v.backdropOn {
		return b.Source().Credit
	}
	return ""
}
