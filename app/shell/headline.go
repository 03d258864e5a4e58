package shell

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model/appraisal"
)

// headlines are the figures of the scenario being edited that are always in
// sight. LAST stands for the last year.
var headlines = []struct {
	figure, tip string
	text        func(r *appraisal.Result) string
}{
	{"npsv", words.Later("Net present social value (NPSV) against the baseline. Choose it to see what makes it"), func(r *appraisal.Result) string {
		return words.F("%s to society", format.Signed(format.Pounds(r.NPSV), r.NPSV))
	}},
	{"carbon_total", words.Later("Footprint of the estate over the period. Choose it to see what makes it"), func(r *appraisal.Result) string {
		return format.Whole(r.CarbonTotal) + " tCO₂e"
	}},
	{"area@LAST", words.Later("Floor area in use in the last year. Choose it to see what makes it"), func(r *appraisal.Result) string {
		if n := len(r.Area); n > 0 {
			return format.Whole(r.Area[n-1]) + " m²"
		}
		return ""
	}},
}

// Headline is what the scenario being edited comes to, in one line.
func Headline(d *app.Desk) string {
	sc := d.Scenario()
	if sc == nil {
		return ""
	}
	r := d.Result(sc.ID)
	if r == nil {
		if d.Computing() {
			return words.T("Working out…")
		}
		return ""
	}
	var parts []string
	for _, h := range headlines {
		if s := h.text(r); s != "" {
			parts = append(parts, s)
		}
	}
	if d.Computing() {
		parts = append(parts, words.T("updating…"))
	}
	return strings.Join(parts, "  ·  ")
}

func (t *topBar) showHeadline() {
	d := t.w.desk
	var r *appraisal.Result
	if sc := d.Scenario(); sc != nil {
		r = d.Result(sc.ID)
	}
	if s := d.Snapshot(); s != nil && len(s.Assets) == 0 {
		r = nil // of nothing, nothing is known; £0 would be a figure
	}
	for i, h := range headlines {
		b, s := t.headline[i], ""
		if r != nil {
			s = h.text(r)
			if c := d.Comparison(); h.figure == "npsv" && c != nil && c.Baseline == r.Scenario.ID {
				s = words.T("Baseline")
			}
		}
		if b.Text != s {
			b.SetText(s)
		}
	}
	said := ""
	switch {
	case d.Computing() && r == nil && d.Snapshot() != nil && len(d.Snapshot().Assets) > 0:
		said = words.T("Working out…")
	case d.Computing() && r != nil:
		said = words.T("updating…")
	}
	if t.computing.Text != said {
		t.computing.SetText(said)
	}
	t.row.Refresh()
}

// open opens a headline figure into what makes it.
func (t *topBar) open(i int) {
	d := t.w.desk
	sc, c := d.Scenario(), d.Comparison()
	if sc == nil || c == nil {
		return
	}
	d.Trace(sc.ID, strings.ReplaceAll(headlines[i].figure, "LAST", strconv.Itoa(c.BaseYear+c.Years-1)))
	t.w.showDetail()
}

// showDetail makes sure that the detail pane is in sight.
func (w *Window) showDetail() {
	switch {
	case w.narrow:
		w.onTop = true
	case !w.settings.DetailShown():
		w.settings.SetDetailShown(true)
	default:
		return
	}
	w.body.Refresh()
}

// asMany shows as many of the wanted objects in a row as there is room for, the
// first first; the others are hidden, so that no key reaches them.
type asMany struct{ wanted func(i int) bool }

func (asMany) MinSize(o []fyne.CanvasObject) fyne.Size {
	h := float32(0)
	for _, x := range o {
		h = max(h, x.MinSize().Height)
	}
	return fyne.NewSize(0, h)
}

func (l asMany) Layout(o []fyne.CanvasObject, z fyne.Size) {
	x, full := float32(0), false
	for i, c := range o {
		m := c.MinSize()
		if !l.wanted(i) || full || x+m.Width > z.Width {
			full = full || l.wanted(i)
			c.Hide()
			continue
		}
		c.Show()
		c.Resize(fyne.NewSize(m.Width, z.Height))
		c.Move(fyne.NewPos(x, 0))
		x += m.Width
	}
}
