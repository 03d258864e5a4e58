package papers

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/pages"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
)

// preview shows the pages of a paper. They are laid out in a job and painted
// one at a time as they come into sight.
type preview struct {
	desk    *app.Desk
	list    *widget.List
	says    *widget.Label
	object  fyne.CanvasObject
	pages   []*pages.Page
	painted map[int]image.Image
	order   []int // of painting, oldest first
	gen     int
	width   float32
	cancel  context.CancelFunc
	asked   string // what the pages show or will show
}

// mostPainted is how many pages are kept as pictures.
const mostPainted = 8

// pageEdge is the space around a page.
const pageEdge = 12

func newPreview(d *app.Desk) *preview {
	v := &preview{desk: d, says: widget.NewLabel(""), painted: map[int]image.Image{}}
	v.says.Importance, v.says.Truncation = widget.LowImportance, fyne.TextTruncateEllipsis
	v.list = widget.NewList(func() int { return len(v.pages) }, func() fyne.CanvasObject {
		img := canvas.NewImageFromImage(image.NewRGBA(image.Rect(0, 0, 1, 1)))
		img.FillMode, img.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleFastest
		return container.New(widgets.Margin(pageEdge/2, pageEdge), img)
	}, func(i widget.ListItemID, o fyne.CanvasObject) {
		v.show(i, o.(*fyne.Container).Objects[0].(*canvas.Image))
	})
	v.list.HideSeparators = true
	v.list.OnSelected = func(i widget.ListItemID) { v.list.Unselect(i) }
	v.object = container.NewBorder(widgets.Inset(4, 8, v.says), nil, nil, nil, widgets.Ground(look.Chrome, container.New(&pageHeights{v}, v.list)))
	return v
}

// clear shows nothing.
func (v *preview) clear(says string) {
	if v.cancel != nil {
		v.cancel()
		v.cancel = nil
	}
	v.gen++
	v.pages, v.asked = nil, ""
	v.forget()
	v.says.SetText(says)
	v.list.Refresh()
}

func (v *preview) forget() {
	v.painted, v.order = map[int]image.Image{}, nil
}

// make lays out the paper that an export would write; key says what it rests
// on, so that nothing is made twice.
func (v *preview) make(key string, e app.Export) {
	ws := v.desk.Workspace()
	if ws == nil || key == v.asked {
		return
	}
	if v.cancel != nil {
		v.cancel()
	}
	v.gen++
	v.asked = key
	gen := v.gen
	v.says.SetText(words.T("Writing the pages…"))
	v.cancel = v.desk.Jobs.Start(words.T("Writing the preview"), func(ctx context.Context, _ *jobs.Progress) error {
		doc, err := ws.Paper(ctx, e)
		var laid []*pages.Page
		if err == nil && doc != nil {
			laid = pages.Lay(doc)
		}
		v.desk.Post(func() {
			switch {
			case gen != v.gen:
			case err != nil:
				v.clear(app.Explain(words.T("The pages could not be written"), err).Text)
			default:
				v.cancel, v.pages, v.width = nil, laid, 0
				v.forget()
				v.says.SetText(format.Counted(len(laid), "%s page. A page may end a little sooner or later in the PDF.", "%s pages. A page may end a little sooner or later in the PDF."))
				v.object.Refresh()
				v.list.Refresh()
			}
		})
		return err
	})
}

// show puts a page into a line of the list, painting it first when needed.
func (v *preview) show(i int, img *canvas.Image) {
	if i >= len(v.pages) {
		return
	}
	if pic, ok := v.painted[i]; ok {
		if img.Image != pic {
			img.Image = pic
			img.Refresh()
		}
		return
	}
	img.Image = blank
	img.Refresh()
	v.painted[i] = blank
	page, gen := v.pages[i], v.gen
	k := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(v.list); c != nil {
		k = c.Scale()
	}
	scale := float64((v.list.Size().Width-2*pageEdge)*k) / page.W
	if scale <= 0.05 {
		delete(v.painted, i)
		return
	}
	go func() {
		pic := page.Image(scale)
		v.desk.Post(func() {
			if gen != v.gen {
				return
			}
			v.painted[i] = pic
			v.order = append(v.order, i)
			if len(v.order) > mostPainted {
				delete(v.painted, v.order[0])
				v.order = v.order[1:]
			}
			v.list.RefreshItem(i)
		})
	}()
}

// blank stands where a page is being painted.
var blank image.Image = func() image.Image {
	img := image.NewRGBA(image.Rect(0, 0, 8, 11))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	return img
}()

// pageHeights makes each line of the list as high as its page.
type pageHeights struct{ v *preview }

func (h *pageHeights) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 120) }

func (h *pageHeights) Layout(o []fyne.CanvasObject, z fyne.Size) {
	v := h.v
	o[0].Resize(z)
	if z.Width == v.width || len(v.pages) == 0 {
		return
	}
	v.width = z.Width
	v.forget()
	pad := theme.Padding()
	for i, p := range v.pages {
		v.list.SetItemHeight(i, (z.Width-2*pageEdge)*float32(p.H/p.W)+pageEdge-pad)
	}
}
