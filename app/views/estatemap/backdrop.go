package estatemap

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/views/estatemap/tiles"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// cacheFolder is where tiles are kept: the user's own folder for what can be
// fetched again. Empty, and nothing is kept, where the system has none.
func cacheFolder() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "flagstone", "tiles")
}

// useBackdrop takes up the background map of the settings. It fetches nothing
// while it is off.
func (v *View) useBackdrop() error {
	on, address, credit := v.settings.Background()
	v.stopTiles()
	v.backdrop, v.backdropOn = nil, false
	if !on || address == "" {
		return nil
	}
	m, err := tiles.New(tiles.Params{Source: tiles.Source{Template: address, Credit: credit}, Dir: v.tileDir, Client: &http.Client{}, Now: time.Now})
	if err != nil {
		return err
	}
	v.backdrop, v.backdropOn = m, true
	return nil
}

func (v *View) stopTiles() {
	if v.tilesStop != nil {
		v.tilesStop()
		v.tilesStop = nil
	}
	v.tilesBusy = false
	v.tilesGen++
}

// mostTiles is how many tiles are asked for at once.
const mostTiles = 120

// wanted are the tiles that the camera sees.
func (v *View) wanted() []geo.Tile {
	cam, z := v.canvas.Camera(), v.canvas.Size()
	if cam.Zoom <= 0 || z.Width < 2 {
		return nil
	}
	zoom := BackdropZoom(v.backdrop, cam.Zoom)
	w, h := float64(z.Width), float64(z.Height)
	a, b := geo.TileAt(cam.ToWorld(0, 0, w, h), zoom), geo.TileAt(cam.ToWorld(w, h, w, h), zoom)
	var out []geo.Tile
	for y := a.Y; y <= b.Y; y++ {
		for x := a.X; x <= b.X; x++ {
			if out = append(out, geo.Tile{Z: zoom, X: x, Y: y}); len(out) >= mostTiles {
				return out
			}
		}
	}
	return out
}

// fetchTiles gets what is missing in a job; the map is painted anew as tiles
// come, a few times a second at most. Moving on while tiles are on their way
// asks again when those have come.
func (v *View) fetchTiles() {
	if !v.backdropOn || v.backdrop == nil || v.tilesBusy {
		return
	}
	missing := v.backdrop.Missing(v.wanted())
	if len(missing) == 0 {
		return
	}
	v.tilesBusy = true
	gen, m := v.tilesGen, v.backdrop
	last := time.Now()
	post := func(f func()) {
		v.desk.Post(func() {
			if gen == v.tilesGen {
				f()
			}
		})
	}
	v.tilesStop = v.desk.Jobs.Start(words.T("Fetching the background map"), func(ctx context.Context, p *jobs.Progress) error {
		p.SetTotal(len(missing))
		came := make(chan struct{}, len(missing))
		ended := make(chan error, 1)
		go func() { ended <- m.Fetch(ctx, missing, func() { p.Add(1); came <- struct{}{} }) }()
		for {
			select {
			case <-came:
				if now := time.Now(); now.Sub(last) > 250*time.Millisecond {
					last = now
					post(v.canvas.Repaint)
				}
			case err := <-ended:
				stopped := ctx.Err() != nil
				post(func() {
					v.tilesBusy = false
					v.canvas.Repaint()
					v.showCredit()
					if err != nil {
						v.desk.Tell(app.Message{Text: app.Sentence(err.Error()), Bad: true})
					} else if !stopped {
						v.fetchTiles() // for where the map has been moved to meanwhile
					}
				})
				return nil // told already, and no fault of ours
			}
		}
	})
}

// showCredit names the owner of the background map on it, or says why it does
// not come.
func (v *View) showCredit() {
	s := v.credit()
	if v.backdropOn && v.backdrop.Problem() != "" {
		s = words.F("No background map: %s", v.backdrop.Problem())
	}
	v.creditText.SetText(s)
	if s == "" {
		v.creditBox.Hide()
	} else {
		v.creditBox.Show()
	}
}
