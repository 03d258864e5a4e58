package tiles

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/planting-the-flag/flagstone/model/geo"
)

// disk keeps tiles in a folder, at most so many bytes of them: those not used
// for longest go first. What it cannot write it does without.
type disk struct {
	dir   string // empty for none
	limit int64
	now   func() time.Time

	mu    sync.Mutex
	known bool // used was counted
	used  int64
}

// place is the file of a tile. The address itself is not in the path: it may
// hold a key that belongs to the user.
func (d *disk) place(template string, t geo.Tile) string {
	h := sha256.Sum256([]byte(template))
	n := strconv.Itoa
	return filepath.Join(d.dir, hex.EncodeToString(h[:8]), n(t.Z), n(t.X), n(t.Y))
}

// get reads a tile and says how long ago it was fetched.
func (d *disk) get(template string, t geo.Tile) (data []byte, age time.Duration, ok bool) {
	if d.dir == "" {
		return nil, 0, false
	}
	path := d.place(template, t)
	info, err := os.Stat(path)
	if err != nil || info.Size() > mostBytes {
		return nil, 0, false
	}
	data, err = os.ReadFile(path)
	if err != nil {
		return nil, 0, false
	}
	return data, d.now().Sub(info.ModTime()), true
}

// put keeps a tile. It is written under another name first, so that a tile is
// there whole or not at all.
func (d *disk) put(template string, t geo.Tile, data []byte) {
	if d.dir == "" || int64(len(data)) > d.limit {
		return
	}
	path := d.place(template, t)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(path), "new-*")
	if err != nil {
		return
	}
	_, err = f.Write(data)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Chtimes(f.Name(), d.now(), d.now())
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.used += int64(len(data))
	if !d.known || d.used > d.limit {
		d.trim()
	}
}

// drop takes a tile out.
func (d *disk) drop(template string, t geo.Tile) {
	if d.dir != "" {
		_ = os.Remove(d.place(template, t))
	}
}

// trim counts what there is and, above the limit, makes room down to four
// fifths of it.
func (d *disk) trim() {
	type file struct {
		path string
		size int64
		at   time.Time
	}
	var all []file
	d.used, d.known = 0, true
	_ = filepath.WalkDir(d.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return nil // what cannot be read is not counted
		}
		if info, err := e.Info(); err == nil {
			all = append(all, file{path, info.Size(), info.ModTime()})
			d.used += info.Size()
		}
		return nil
	})
	if d.used <= d.limit {
		return
	}
	slices.SortFunc(all, func(a, b file) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.path, b.path)) })
	for _, f := range all {
		if d.used <= d.limit/5*4 {
			return
		}
		if os.Remove(f.path) == nil {
			d.used -= f.size
		}
	}
}

// size is how many bytes are kept.
func (d *disk) size() int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.known && d.dir != "" {
		d.trim()
	}
	return d.used
}

// clear removes everything that was kept.
func (d *disk) clear() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.used, d.known = 0, true
	if d.dir == "" {
		return nil
	}
	return os.RemoveAll(d.dir)
}
