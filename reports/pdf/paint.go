package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"github.com/jung-kurt/gofpdf"
	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/chart/face"
)

// painter writes pages through gofpdf and remembers what is set, so that nothing is set twice.
type painter struct {
	pdf    *gofpdf.Fpdf
	page   int
	mcid   int
	open   *node // the slot whose sequence is open
	opened bool  // a sequence is open: of a slot, or an artifact when open is nil
	font   string
	text   chart.RGB
	images map[string]bool
}

const family = "liberationsans"

// paint writes all pages.
func paint(l *layout) ([]byte, error) {
	size := gofpdf.SizeType{Wd: a4W, Ht: a4H}
	f := gofpdf.NewCustom(&gofpdf.InitType{OrientationStr: "P", UnitStr: "pt", Size: size})
	f.SetAutoPageBreak(false, 0)
	f.SetMargins(0, 0, 0)
	f.SetCatalogSort(true)
	f.SetCompression(true)
	when := l.doc.Created.UTC() // the zero time would make gofpdf ask the clock
	if when.IsZero() {
		when = epoch
	}
	f.SetCreationDate(when)
	f.SetModificationDate(when)
	f.SetProducer("Flagstone", true)
	f.SetCreator("Flagstone", true)
	f.SetTitle(l.cover(l.doc.Title), true)
	if l.doc.Author != "" {
		f.SetAuthor(l.doc.Author, true)
	}
	if l.doc.Subject != "" {
		f.SetSubject(l.doc.Subject, true)
	}
	for _, s := range []face.Style{{}, {Bold: true}, {Italic: true}, {Bold: true, Italic: true}} {
		f.AddUTF8FontFromBytes(family, styleKey(s), face.TTF(s))
	}
	q := &painter{pdf: f, images: map[string]bool{}}
	for i, p := range l.pages {
		f.AddPageFormat("P", gofpdf.SizeType{Wd: p.w, Ht: p.h})
		q.page, q.mcid, q.font = i, 0, ""
		f.SetLineJoinStyle("round")
		f.SetTextColor(int(ink.R), int(ink.G), int(ink.B))
		q.text = ink
		for _, it := range p.back {
			q.item(it)
		}
		for _, it := range p.items {
			q.item(it)
		}
		q.end()
		if err := f.Error(); err != nil {
			return nil, fmt.Errorf("page %d: %w", i+1, err)
		}
	}
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func styleKey(s face.Style) string {
	k := ""
	if s.Bold {
		k += "B"
	}
	if s.Italic {
		k += "I"
	}
	return k
}

// begin opens the sequence of a slot, or of an artifact, unless it is open already.
func (q *painter) begin(slot *node) {
	if q.opened && q.open == slot {
		return
	}
	q.end()
	q.open, q.opened = slot, true
	if slot == nil {
		q.pdf.RawWriteStr("/Artifact BMC")
		return
	}
	q.pdf.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC", slot.parent.role, q.mcid))
	slot.marks = append(slot.marks, mark{q.page, q.mcid})
	q.mcid++
}

func (q *painter) end() {
	if q.opened {
		q.pdf.RawWriteStr("EMC")
	}
	q.opened, q.open = false, nil
}

func (q *painter) item(it item) {
	q.begin(it.slot)
	if it.draw != nil {
		it.draw(q)
		return
	}
	st := chart.TextStyle{Size: it.size, Bold: it.style.Bold, Italic: it.style.Italic, Colour: it.colour}
	text := it.text
	if it.late != nil {
		text, st.Anchor = it.late(), chart.End
	}
	q.words(it.x, it.y, text, st)
}

func (q *painter) words(x, y float64, s string, st chart.TextStyle) {
	if s == "" {
		return
	}
	style := face.Style{Bold: st.Bold, Italic: st.Italic}
	switch st.Anchor {
	case chart.Middle:
		x -= face.Width(s, st.Size, style) / 2
	case chart.End:
		x -= face.Width(s, st.Size, style)
	}
	if key := fmt.Sprintf("%s %.2f", styleKey(style), st.Size); key != q.font {
		q.pdf.SetFont(family, styleKey(style), st.Size)
		q.font = key
	}
	if st.Colour != q.text {
		q.pdf.SetTextColor(int(st.Colour.R), int(st.Colour.G), int(st.Colour.B))
		q.text = st.Colour
	}
	for _, p := range face.Pieces(s) {
		q.pdf.Text(x+p.Shift*st.Size, y, p.Text)
		x += face.Width(p.Text, st.Size, style)
	}
}

func (q *painter) fillColour(c chart.RGB) { q.pdf.SetFillColor(int(c.R), int(c.G), int(c.B)) }

func (q *painter) stroke(st chart.Stroke) {
	q.pdf.SetDrawColor(int(st.Colour.R), int(st.Colour.G), int(st.Colour.B))
	q.pdf.SetLineWidth(st.Width)
	q.pdf.SetDashPattern(append([]float64{}, st.Dash...), 0)
}

func (q *painter) rect(x0, y0, x1, y1 float64, c chart.RGB) {
	q.fillColour(c)
	q.pdf.Rect(x0, y0, x1-x0, y1-y0, "F")
}

func (q *painter) line(x0, y0, x1, y1, w float64, c chart.RGB) {
	q.stroke(chart.Stroke{Colour: c, Width: w})
	q.pdf.Line(x0, y0, x1, y1)
}

// dots is the leader of a table of contents.
func (q *painter) dots(x0, y, x1 float64, c chart.RGB) {
	if x1 > x0+4 {
		q.stroke(chart.Stroke{Colour: c, Width: 0.8, Dash: []float64{0.8, 3}})
		q.pdf.Line(x0, y, x1, y)
		q.pdf.SetDashPattern(nil, 0)
	}
}

// image places a picture. It is redrawn as plain opaque pixels first: gofpdf refuses some PNG files that every viewer shows.
func (q *painter) image(name, _ string, data []byte, x, y, w, h float64) {
	if !q.images[name] {
		src, _, err := image.Decode(bytes.NewReader(data))
		if err != nil { // only its head was readable
			q.rect(x, y, x+w, y+h, tint)
			return
		}
		flat := image.NewRGBA(image.Rect(0, 0, src.Bounds().Dx(), src.Bounds().Dy()))
		draw.Draw(flat, flat.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
		draw.Draw(flat, flat.Bounds(), src, src.Bounds().Min, draw.Over)
		var b bytes.Buffer
		if err := png.Encode(&b, flat); err != nil {
			q.rect(x, y, x+w, y+h, tint)
			return
		}
		q.pdf.RegisterImageOptionsReader(name, gofpdf.ImageOptions{ImageType: "PNG"}, &b)
		q.images[name] = true
	}
	q.pdf.ImageOptions(name, x, y, w, h, false, gofpdf.ImageOptions{ImageType: "PNG"}, 0, "")
}
