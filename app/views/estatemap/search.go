package estatemap

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
)

// mostFinds is how many finds are listed under the search.
const mostFinds = 8

// find is a thing on the map that can be found by a few letters.
type find struct {
	name, sub string
	hay       string // lower-cased
	id        string // of the asset, or code of the area
	kind      app.Kind
	bound     orb.Bound
}

// findsOf lists what can be found in a scene. It may run in any goroutine.
func findsOf(s *app.Snapshot, sn *Scene) []find {
	out := make([]find, 0, len(sn.Dots))
	for i := range sn.Dots {
		d := &sn.Dots[i]
		a := s.Asset(d.ID)
		if a == nil {
			continue
		}
		out = append(out, find{name: format.Name(a.Name), sub: a.Postcode, hay: strings.ToLower(a.Name + " " + a.Postcode + " " + strings.ReplaceAll(a.Postcode, " ", "") + " " + a.Address + " " + a.Reference + " " + a.UPRN),
			id: string(d.ID), kind: app.OneAsset, bound: orb.Bound{Min: d.At, Max: d.At}})
	}
	for k := range sn.Layers {
		l := &sn.Layers[k]
		word := words.T(layerWords[l.Name])
		for i := range l.Areas {
			a := &l.Areas[i]
			out = append(out, find{name: a.Name, sub: word, hay: strings.ToLower(a.Name + " " + a.Code), id: a.Code, kind: app.OnePopulation, bound: a.Bound})
		}
	}
	return out
}

// search finds by every word; names that begin with what was typed come first.
func search(all []find, typed string) []find {
	q := strings.ToLower(strings.TrimSpace(typed))
	tokens := strings.Fields(q)
	if len(tokens) == 0 {
		return nil
	}
	var first, rest []find
next:
	for i := range all {
		for _, w := range tokens {
			if !strings.Contains(all[i].hay, w) {
				continue next
			}
		}
		if strings.HasPrefix(all[i].hay, q) {
			first = append(first, all[i])
		} else if len(rest) < mostFinds {
			rest = append(rest, all[i])
		}
		if len(first) >= mostFinds {
			break
		}
	}
	out := append(first, rest...)
	return out[:min(len(out), mostFinds)]
}

// searcher is the line of search with its finds.
type searcher struct {
	v     *View
	entry *widgets.Entry
	list  *fyne.Container
	all   []find
	shown []find
	at    int
	gen   int
	eager bool // Enter came before the finds
}

func newSearcher(v *View) *searcher {
	s := &searcher{v: v, list: container.New(layout.NewCustomPaddedVBoxLayout(0))}
	s.entry = widgets.NewEntry(words.T("Find a place"), func(string) { s.ask() })
	s.entry.OnKey = s.key
	s.list.Hide()
	return s
}

// ask looks off the UI goroutine.
func (s *searcher) ask() {
	s.gen++
	gen, typed, all := s.gen, s.entry.Text, s.all
	go func() {
		out := search(all, typed)
		s.v.desk.Post(func() {
			if gen != s.gen {
				return
			}
			s.shown, s.at = out, 0
			if s.eager {
				s.eager = false
				s.take(0)
				return
			}
			s.show()
		})
	}()
}

func (s *searcher) show() {
	s.list.RemoveAll()
	if strings.TrimSpace(s.entry.Text) == "" {
		s.list.Hide()
		s.v.over.Refresh()
		return
	}
	rows := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for i, f := range s.shown {
		b := widgets.NewButton(format.Short(f.name, 40), f.sub, nil, func() { s.take(i) }).Quiet()
		b.Alignment = widget.ButtonAlignLeading
		if i == s.at {
			b.Importance = widget.HighImportance
		}
		rows.Add(b)
	}
	if len(s.shown) == 0 {
		rows.Add(plainRow(words.T("Nothing on the map has these words."), false))
	}
	s.list.Add(framed(widgets.Inset(4, 4, rows)))
	s.list.Show()
	s.v.over.Refresh()
}

func (s *searcher) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyDown, fyne.KeyUp:
		if n := len(s.shown); n > 0 {
			by := 1
			if k.Name == fyne.KeyUp {
				by = n - 1
			}
			s.at = (s.at + by) % n
			s.show()
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		if len(s.shown) > 0 {
			s.take(s.at)
		} else if s.entry.Text != "" {
			s.eager = true
			s.ask()
		}
	case fyne.KeyEscape:
		s.leave()
	default:
		return false
	}
	return true
}

// take goes to a find and selects it.
func (s *searcher) take(i int) {
	if i >= len(s.shown) {
		s.show()
		return
	}
	f := s.shown[i]
	s.leave()
	m := s.v.canvas
	z := m.Size()
	w, h := f.bound.Max[0]-f.bound.Min[0], f.bound.Max[1]-f.bound.Min[1]
	zoom := max(m.cam.Zoom, 0.12) // near enough to see the streets around it
	if w > 0 && h > 0 {
		zoom = min(maxZoom, float64(z.Width-160)/w, float64(z.Height-160)/h)
	}
	m.cam = Camera{Centre: f.bound.Center(), Zoom: max(minZoom, zoom)}
	m.moved()
	s.v.desk.Select(f.kind, f.id)
}

// leave puts the finds away and gives the keys to the map.
func (s *searcher) leave() {
	s.gen++
	s.shown = slices.Clip(s.shown[:0:0])
	s.entry.SetText("")
	s.gen++
	s.list.RemoveAll()
	s.list.Hide()
	if c := fyne.CurrentApp().Driver().CanvasForObject(s.v.canvas); c != nil {
		c.Focus(s.v.canvas)
	}
}
