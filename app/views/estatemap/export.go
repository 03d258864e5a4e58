package estatemap

import (
	"bufio"
	"bytes"
	"context"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/reports/open"
)

// Format is a kind of file the map is kept as.
type Format struct{ Title, Extension string }

// Formats are what the map can be kept as.
var Formats = []Format{
	{words.Later("Picture (PNG)"), ".png"}, {words.Later("Drawing (SVG)"), ".svg"}, {words.Later("Assets as data (GeoJSON)"), ".geojson"},
}

// exportMenu offers the formats under a button.
func (v *View) exportMenu(at fyne.CanvasObject) {
	var items []*fyne.MenuItem
	for _, f := range Formats {
		items = append(items, fyne.NewMenuItem(words.T(f.Title)+"…", func() { v.askWhere(f) }))
	}
	d := fyne.CurrentApp().Driver()
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), d.CanvasForObject(at), d.AbsolutePositionForObject(at).AddXY(0, at.Size().Height))
}

func (v *View) askWhere(f Format) {
	w, snap := v.window(), v.desk.Snapshot()
	if w == nil || snap == nil || v.canvas.Scene() == nil {
		return
	}
	d := dialog.NewFileSave(func(out fyne.URIWriteCloser, err error) {
		if err != nil || out == nil {
			return
		}
		path := out.URI().Path()
		_ = out.Close()
		if !strings.EqualFold(filepath.Ext(path), f.Extension) {
			_ = os.Remove(path) // made by the dialog, empty
			path += f.Extension
		}
		v.Export(f, path)
	}, w)
	d.SetFileName(words.F("%s map%s", fileName(snap.Name), f.Extension))
	if u, err := storage.ListerForURI(storage.NewFileURI(v.settings.Folder())); err == nil && v.settings.Folder() != "" {
		d.SetLocation(u)
	}
	d.SetConfirmText(words.T("Export"))
	d.Resize(fyne.NewSize(860, 560))
	d.Show()
}

// fileName leaves out what file systems do not allow.
func fileName(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < 32 || strings.ContainsRune(`/\:*?"<>|`, r) {
			return -1
		}
		return r
	}, s))
}

// sheet is everything that a map on paper says, read on the UI goroutine so
// that a job can draw it.
type sheet struct {
	sn            *Scene
	cam           Camera // pixels of a map metre at scale 1
	size          fyne.Size
	st            Style
	title, under  string
	lines         []legendLine
	notes         []string
	barWide       float32
	barLabel      string
	snap          *app.Snapshot
	only          map[model.AssetID]bool // for data: what was picked, or what is in sight
	before, after string
}

func (v *View) sheet() *sheet {
	snap, sn := v.desk.Snapshot(), v.canvas.Scene()
	s := &sheet{sn: sn, cam: v.canvas.Camera(), size: v.canvas.Size(), st: v.style(), snap: snap, title: snap.Name, barWide: v.bar.width, barLabel: v.bar.label}
	s.lines = v.lines(sn, &s.st)
	s.under = words.F("Colour: %s · size: %s", lower(words.T(string(v.by))), lower(words.T(sn.Size.Name)))
	if c := s.st.Compared; c != nil {
		s.before, s.after = words.T("Before"), words.F("After: %s", c.Name)
		s.under = c.Name + ": " + c.Words()
	}
	if sn.Size.Exempt || sn.Ordered != nil && sn.Ordered.Exempt {
		s.notes = append(s.notes, words.T("Shows exempt information: not for publication."))
	}
	if snap.ModelledNote != "" {
		s.notes = append(s.notes, words.T("Some figures are modelled; see the project."))
	}
	if c := v.credit(); c != "" {
		s.notes = append(s.notes, words.F("Background: %s", c))
	}
	s.notes = append(s.notes, snap.Attribution...)
	s.only = map[model.AssetID]bool{}
	for i := range sn.Dots {
		d := &sn.Dots[i]
		p := v.canvas.ScreenOf(d.At)
		inSight := p.X >= 0 && p.Y >= 0 && p.X <= s.size.Width && p.Y <= s.size.Height
		if len(v.picked) > 0 && v.picked[d.ID] || len(v.picked) == 0 && inSight && !v.hiddenClasses[d.Class] {
			s.only[d.ID] = true
		}
	}
	return s
}

// Export keeps the map as it is shown, in a job.
func (v *View) Export(f Format, path string) {
	s := v.sheet()
	v.settings.SetFolder(filepath.Dir(path))
	v.desk.Run(words.T("Writing the map"), func(ctx context.Context, _ *jobs.Progress) (func(), error) {
		if err := writeWhole(path, func(w io.Writer) error {
			switch f.Extension {
			case ".svg":
				return s.drawing(w)
			case ".geojson":
				return s.data(w)
			}
			return s.picture(w)
		}); err != nil {
			return nil, err
		}
		return func() { v.desk.Tell(app.Message{Text: words.F("Map written: %s", path), File: path}) }, ctx.Err()
	})
}

// writeWhole writes beside the file first, so that it is there whole or as it
// was.
func writeWhole(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".map-*")
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(f, 1<<16)
	err = write(b)
	if err == nil {
		err = b.Flush()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// data writes the assets that were picked, or else those in sight.
func (s *sheet) data(w io.Writer) error {
	p := *s.snap.Project
	p.Assets = nil
	for i := range s.snap.Assets {
		if s.only[s.snap.Assets[i].ID] {
			p.Assets = append(p.Assets, s.snap.Assets[i])
		}
	}
	return open.GeoJSON(&p, w)
}

// Layout of a sheet, in units of the window.
const (
	sheetHead = 52
	sheetSide = 268
	sheetFoot = 18 // a line of notes
	sheetPad  = 14
)

// dpi is how many pixels of an exported picture a unit takes.
const dpi = 2

// picture writes the sheet as a PNG at twice the size on screen.
func (s *sheet) picture(w io.Writer) error {
	img := s.paint()
	e := png.Encoder{CompressionLevel: png.BestSpeed}
	return e.Encode(w, img)
}

func (s *sheet) paint() *image.RGBA {
	mw, mh := int(s.size.Width), int(s.size.Height)
	foot := s.foot()
	keyHigh := s.keyHeight()
	high := max(mh, keyHigh)
	img := image.NewRGBA(image.Rect(0, 0, (mw+sheetSide)*dpi, (sheetHead+high+foot)*dpi))
	s.st.Scale = dpi
	p := &painter{Painter: NewPainter(), img: img, clip: img.Rect, st: &s.st, sn: s.sn, brush: newBrush(img, img.Rect)}
	p.box(0, 0, float64(mw+sheetSide), float64(sheetHead+high+foot), s.st.Halo)
	pic := NewPainter().Paint(nil, s.sn, Camera{Centre: s.cam.Centre, Zoom: s.cam.Zoom * dpi}, s.st, mw*dpi, mh*dpi)
	p.stamp(&sprite{img: pic}, 0, sheetHead*dpi)
	s.dress(p)
	return img
}

// box fills a rectangle given in units.
func (p *painter) box(x, y, w, h float64, c colour) {
	p.brush.point(x*dpi, y*dpi)
	p.brush.point((x+w)*dpi, y*dpi)
	p.brush.point((x+w)*dpi, (y+h)*dpi)
	p.brush.point(x*dpi, (y+h)*dpi)
	p.brush.close()
	p.brush.flush(c)
}

// say writes text with its left edge and its middle at a place in units.
func (p *painter) say(text string, x, y, size float64, bold bool, ink colour) {
	w := p.letters.word(text, size*dpi, bold, ink, colour{})
	p.stamp(w, x*dpi+float64(w.halfX), y*dpi)
}

// encoded is a picture as the body of a data address.
func encoded(img image.Image) []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, img) // a buffer takes everything
	return b.Bytes()
}
