package tiles

import (
	"bytes"
	"context"
	"errors"
	"image"
	_ "image/jpeg" // tiles are pictures of these kinds
	_ "image/png"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// Limits. Servers of maps ask for few connections at a time and for tiles to be
// kept at least a week.
const (
	mostBytes  = 2 << 20          // of one tile
	mostPixels = 1024             // along a side
	atOnce     = 2                // connections
	patience   = 15 * time.Second // for one tile
	fresh      = 30 * 24 * time.Hour
	pause      = time.Minute // before a tile that failed is asked for again
	inMemory   = 192         // decoded tiles
	givesUp    = 4           // failures one after the other that end a fetch
	DiskLimit  = 200 << 20   // bytes kept on disk
	userAgent  = "Flagstone/1 (desktop map; tiles kept on disk)"
	mostHops   = 3
)

// Params is what a Map needs.
type Params struct {
	Source Source
	Dir    string // where tiles are kept; empty for nowhere
	Limit  int64  // bytes on disk; DiskLimit when 0
	Client *http.Client
	Now    func() time.Time
}

// Map has the tiles of one source. It may be used from any goroutine.
type Map struct {
	source Source
	disk   disk
	client *http.Client
	now    func() time.Time

	mu      sync.Mutex
	images  map[geo.Tile]*kept
	tick    int
	failed  map[geo.Tile]time.Time
	problem string
	count   int // pictures that came so far
}

type kept struct {
	img  image.Image
	used int
}

// New makes the map of a source; it fetches nothing.
func New(p Params) (*Map, error) {
	if err := p.Source.Check(); err != nil {
		return nil, err
	}
	m := &Map{source: p.Source, now: p.Now, images: map[geo.Tile]*kept{}, failed: map[geo.Tile]time.Time{}}
	m.disk = disk{dir: p.Dir, limit: p.Limit, now: p.Now}
	if m.disk.limit == 0 {
		m.disk.limit = DiskLimit
	}
	c := http.Client{}
	if p.Client != nil {
		c = *p.Client
	}
	c.CheckRedirect = func(r *http.Request, via []*http.Request) error {
		if len(via) > mostHops {
			return Refused(words.T("The map's server sends from one address to the next without end."))
		}
		if via[0].URL.Scheme == "https" && r.URL.Scheme != "https" {
			return Refused(words.T("The map's server leads to an address that is not secure."))
		}
		return nil
	}
	m.client = &c
	return m, nil
}

// Source is where the tiles come from.
func (m *Map) Source() Source { return m.source }

// Zooms is the range of zooms.
func (m *Map) Zooms() (least, most int) { return 0, m.source.most() }

// Peek returns the picture of a tile if it is in memory.
func (m *Map) Peek(t geo.Tile) image.Image {
	m.mu.Lock()
	defer m.mu.Unlock()
	if k := m.images[t]; k != nil {
		m.tick++
		k.used = m.tick
		return k.img
	}
	return nil
}

// Count grows with every picture that comes.
func (m *Map) Count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.count
}

// Problem says in a sentence why tiles are missing; empty when none are.
func (m *Map) Problem() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.problem
}

// Missing are those of the tiles that are not in memory and did not fail a
// moment ago.
func (m *Map) Missing(want []geo.Tile) []geo.Tile {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []geo.Tile
	for _, t := range want {
		if at, bad := m.failed[t]; m.images[t] == nil && t.Valid() && (!bad || m.now().Sub(at) >= pause) {
			out = append(out, t)
		}
	}
	return out
}

// Kept is how many bytes of tiles are on disk.
func (m *Map) Kept() int64 { return m.disk.size() }

// Forget removes what is kept on disk.
func (m *Map) Forget() error { return m.disk.clear() }

// Fetch gets tiles from disk or else from the server, few at a time, and calls
// done after each, from any goroutine. It ends early when the server fails
// again and again. The error is a sentence; what came until then is kept.
func (m *Map) Fetch(ctx context.Context, want []geo.Tile, done func()) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	next := make(chan geo.Tile, len(want))
	for _, t := range want {
		next <- t
	}
	close(next)
	var wait sync.WaitGroup
	var mu sync.Mutex
	var last error
	inARow := 0
	for range min(atOnce, len(want)) {
		wait.Go(func() {
			for t := range next {
				if ctx.Err() != nil {
					return
				}
				err := m.one(ctx, t)
				if ctx.Err() != nil {
					return
				}
				mu.Lock()
				if err != nil {
					last = err
					if inARow++; inARow >= givesUp {
						stop()
					}
				} else {
					inARow = 0
				}
				mu.Unlock()
				if done != nil {
					done()
				}
			}
		})
	}
	wait.Wait()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.problem = ""
	if last != nil {
		m.problem = sentence(last)
		if inARow >= givesUp { // leave the server alone for a while
			for _, t := range want {
				if m.images[t] == nil {
					m.failed[t] = m.now()
				}
			}
		}
		return Refused(m.problem)
	}
	return nil
}

// one gets one tile: from disk when it is there and fresh, else from the
// server, and when that fails from disk whatever its age.
func (m *Map) one(ctx context.Context, t geo.Tile) error {
	old, age, have := m.disk.get(m.source.Template, t)
	if have && age < fresh {
		if img, err := decode(old); err == nil {
			m.keep(t, img)
			return nil
		}
		m.disk.drop(m.source.Template, t)
		have = false
	}
	data, err := m.load(ctx, t)
	if err == nil {
		var img image.Image
		if img, err = decode(data); err == nil {
			m.keep(t, img)
			m.disk.put(m.source.Template, t, data)
			return nil
		}
	}
	if have {
		if img, e := decode(old); e == nil {
			m.keep(t, img)
			return nil
		}
	}
	if ctx.Err() == nil {
		m.mu.Lock()
		if len(m.failed) > 10_000 {
			clear(m.failed)
		}
		m.failed[t] = m.now()
		m.mu.Unlock()
	}
	return err
}

func (m *Map) keep(t geo.Tile, img image.Image) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.tick++
	m.count++
	delete(m.failed, t)
	m.images[t] = &kept{img, m.tick}
	for len(m.images) > inMemory {
		oldest, at := t, m.tick+1
		for q, k := range m.images {
			if k.used < at {
				oldest, at = q, k.used
			}
		}
		delete(m.images, oldest)
	}
}

// load asks the server.
func (m *Map) load(ctx context.Context, t geo.Tile) ([]byte, error) {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, m.source.URL(t), nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("User-Agent", userAgent)
	r.Header.Set("Accept", "image/png, image/jpeg")
	res, err := m.client.Do(r)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	switch {
	case res.StatusCode == http.StatusOK:
	case res.StatusCode == http.StatusUnauthorized, res.StatusCode == http.StatusForbidden:
		return nil, Refused(words.T("The map's server does not let us in. Check the key in its address."))
	case res.StatusCode == http.StatusTooManyRequests:
		return nil, Refused(words.T("The map's server asks us to slow down. It is asked again in a minute."))
	case res.StatusCode == http.StatusNotFound:
		return nil, Refused(words.T("The map's server has no tiles here. Check its address."))
	default:
		return nil, Refused(words.F("The map's server answers with a fault (%d).", res.StatusCode))
	}
	data, err := io.ReadAll(io.LimitReader(res.Body, mostBytes+1))
	if err != nil {
		return nil, err
	}
	if len(data) > mostBytes {
		return nil, Refused(words.T("The map's server sends tiles larger than 2 MB."))
	}
	return data, nil
}

// decode reads a picture, after a look at its size: a small file can hold a
// picture that would fill the memory.
func decode(data []byte) (image.Image, error) {
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, Refused(words.T("The map's server sends something that is not a PNG or JPEG picture. Check its address."))
	}
	if c.Width != c.Height || c.Width < 64 || c.Width > mostPixels {
		return nil, Refused(words.F("The map's server sends pictures of %d × %d pixels; tiles are squares of 64 to %d.", c.Width, c.Height, mostPixels))
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, Refused(words.T("The map's server sends a picture that is damaged."))
	}
	return img, nil
}

// sentence tells a fault of the network in words.
func sentence(err error) string {
	var r Refused
	var dns *net.DNSError
	switch {
	case errors.As(err, &r):
		return string(r)
	case errors.Is(err, context.DeadlineExceeded):
		return words.T("The map's server is too slow: a tile did not come within 15 seconds.")
	case errors.As(err, &dns):
		return words.T("The map's server cannot be found. Check its address and whether this computer is online.")
	}
	return words.T("The map's server cannot be reached. Check its address and whether this computer is online.")
}
