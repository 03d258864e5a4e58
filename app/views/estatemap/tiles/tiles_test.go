package tiles_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/app/views/estatemap/tiles"
	"github.com/planting-the-flag/flagstone/model/geo"
)

var today = time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)

// picture is a tile that tells which it is by its colour.
func picture(w, h int, c color.NRGBA) []byte {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		img.SetNRGBA(i%w, i/w, c)
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img)
	return b.Bytes()
}

// server answers like a tile server does and counts.
type server struct {
	*httptest.Server
	asked  atomic.Int64
	most   atomic.Int64 // at the same time
	at     atomic.Int64
	mu     sync.Mutex
	paths  []string
	agents []string
	now    http.HandlerFunc
}

// answer is what the server does from now on; requests of a fetch that was given up may still be coming in.
func (s *server) answer(f http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = f
}

func newServer(t *testing.T, answer func(w http.ResponseWriter, r *http.Request)) *server {
	s := &server{now: answer}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		n := s.at.Add(1)
		defer s.at.Add(-1)
		for m := s.most.Load(); n > m && !s.most.CompareAndSwap(m, n); m = s.most.Load() {
		}
		s.mu.Lock()
		s.paths, s.agents = append(s.paths, r.URL.Path), append(s.agents, r.UserAgent())
		answer := s.now
		s.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func good(w http.ResponseWriter, _ *http.Request) {
	_, _ = w.Write(picture(256, 256, color.NRGBA{10, 120, 30, 255}))
}

func newMap(t *testing.T, s *server, dir string, now func() time.Time) *tiles.Map {
	t.Helper()
	m, err := tiles.New(tiles.Params{Source: tiles.Source{Template: s.URL + "/t/{z}/{x}/{y}.png"}, Dir: dir, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func always() time.Time { return today }

var some = []geo.Tile{{Z: 12, X: 2020, Y: 1328}, {Z: 12, X: 2021, Y: 1328}, {Z: 12, X: 2020, Y: 1329}, {Z: 12, X: 2021, Y: 1329}, {Z: 12, X: 2022, Y: 1329}, {Z: 12, X: 2022, Y: 1328}}

func TestNothingIsFetchedUntilAsked(t *testing.T) {
	s := newServer(t, good)
	m := newMap(t, s, t.TempDir(), always)
	if m.Peek(some[0]) != nil || len(m.Missing(some)) != len(some) || m.Kept() != 0 {
		t.Error("a new map is not empty")
	}
	if n := s.asked.Load(); n != 0 {
		t.Errorf("the server was asked %d times", n)
	}
}

func TestTilesComeOnceAndStay(t *testing.T) {
	s := newServer(t, good)
	dir := t.TempDir()
	m := newMap(t, s, dir, always)
	var done atomic.Int64
	if err := m.Fetch(t.Context(), some, func() { done.Add(1) }); err != nil {
		t.Fatal(err)
	}
	img := m.Peek(some[0])
	if img == nil || done.Load() != 6 || m.Count() != 6 || len(m.Missing(some)) != 0 {
		t.Fatalf("%d done, %d came, missing %v", done.Load(), m.Count(), m.Missing(some))
	}
	if r, g, _, _ := img.At(3, 3).RGBA(); r>>8 != 10 || g>>8 != 120 {
		t.Errorf("the colour is %d, %d", r>>8, g>>8)
	}
	if n := s.most.Load(); n > 2 {
		t.Errorf("%d connections at the same time", n)
	}
	slices.Sort(s.paths) // two connections race each other
	if len(s.paths) != 6 || s.paths[0] != "/t/12/2020/1328.png" || s.paths[5] != "/t/12/2022/1329.png" {
		t.Errorf("asked for %v", s.paths)
	}
	if !strings.HasPrefix(s.agents[0], "Flagstone") {
		t.Errorf("we call ourselves %q", s.agents[0])
	}
	// Another run has them on disk and asks nobody.
	asked := s.asked.Load()
	again := newMap(t, s, dir, func() time.Time { return today.AddDate(0, 0, 20) })
	if err := again.Fetch(t.Context(), some, nil); err != nil || again.Peek(some[5]) == nil {
		t.Errorf("from disk: %v", err)
	}
	if s.asked.Load() != asked {
		t.Errorf("the server was asked %d times more", s.asked.Load()-asked)
	}
	if again.Kept() == 0 {
		t.Error("nothing is counted on disk")
	}
	if err := again.Forget(); err != nil || again.Kept() != 0 {
		t.Errorf("forgetting: %v, %d bytes left", err, again.Kept())
	}
}

func TestAnOldTileIsFetchedAgainButBetterThanNone(t *testing.T) {
	s := newServer(t, good)
	dir := t.TempDir()
	if err := newMap(t, s, dir, always).Fetch(t.Context(), some[:1], nil); err != nil {
		t.Fatal(err)
	}
	s.answer(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	late := newMap(t, s, dir, func() time.Time { return today.AddDate(0, 2, 0) })
	if err := late.Fetch(t.Context(), some[:1], nil); err != nil || late.Peek(some[0]) == nil {
		t.Errorf("an old tile is not shown: %v", err)
	}
	if s.asked.Load() != 2 {
		t.Errorf("the server was asked %d times", s.asked.Load())
	}
}

func TestFaultsAreSentencesAndAreNotRepeatedAtOnce(t *testing.T) {
	html, huge := []byte("<html>Sign in to the guest network</html>"), picture(4000, 4000, color.NRGBA{A: 255}) // made once: slow
	cases := []struct {
		name, says string
		answer     func(w http.ResponseWriter, r *http.Request)
	}{
		{"fault", "fault (500)", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }},
		{"no key", "key", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) }},
		{"too many", "slow down", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(429) }},
		{"not there", "no tiles here", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) }},
		{"a web page", "not a PNG", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(html) }},
		{"nothing", "not a PNG", func(http.ResponseWriter, *http.Request) {}},
		{"not square", "300 × 200", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(picture(300, 200, color.NRGBA{A: 255})) }},
		{"huge", "4000 × 4000", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(huge) }},
		{"cut off", "damaged", func(w http.ResponseWriter, _ *http.Request) {
			b := picture(256, 256, color.NRGBA{200, 3, 3, 255})
			_, _ = w.Write(b[:len(b)/2])
		}},
		{"endless", "2 MB", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 3<<20)) }},
		{"in circles", "without end", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t, c.answer)
			now := today
			m := newMap(t, s, t.TempDir(), func() time.Time { return now })
			err := m.Fetch(t.Context(), some, nil)
			if err == nil || !strings.Contains(err.Error(), c.says) || m.Problem() != err.Error() {
				t.Fatalf("says %v, problem %q", err, m.Problem())
			}
			if m.Peek(some[0]) != nil || m.Kept() != 0 {
				t.Error("something wrong was kept")
			}
			if left := m.Missing(some); len(left) != 0 {
				t.Errorf("%d tiles would be asked for again at once", len(left))
			}
			now = now.Add(2 * time.Minute)
			s.answer(good)
			if left := m.Missing(some); len(left) != len(some) {
				t.Errorf("after a while %d of %d are asked for again", len(left), len(some))
			}
			if err := m.Fetch(t.Context(), some, nil); err != nil || m.Problem() != "" {
				t.Errorf("when the server is well again: %v, %q", err, m.Problem())
			}
		})
	}
}

func TestAServerThatFailsIsLeftAloneEarly(t *testing.T) {
	s := newServer(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) })
	var many []geo.Tile
	for i := range 200 {
		many = append(many, geo.Tile{Z: 14, X: 8000 + i, Y: 5300})
	}
	if err := newMap(t, s, "", always).Fetch(t.Context(), many, nil); err == nil {
		t.Fatal("no error")
	}
	if n := s.asked.Load(); n > 8 {
		t.Errorf("the failing server was asked %d times", n)
	}
}

func TestASlowServerIsStoppedByTheUser(t *testing.T) {
	release := make(chan struct{})
	s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	})
	defer close(release)
	ctx, stop := context.WithCancel(t.Context())
	m := newMap(t, s, t.TempDir(), always)
	ended := make(chan error, 1)
	go func() { ended <- m.Fetch(ctx, some, nil) }()
	for s.asked.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("stopping is no fault, but: %v", err)
	}
	if len(m.Missing(some)) != len(some) {
		t.Error("what was stopped counts as failed")
	}
}

func TestNobodyThere(t *testing.T) {
	s := newServer(t, good)
	m := newMap(t, s, "", always)
	s.Close()
	if err := m.Fetch(t.Context(), some[:1], nil); err == nil || !strings.Contains(err.Error(), "cannot be reached") {
		t.Errorf("says %v", err)
	}
}

func TestTheDiskKeepsToItsLimitOldestFirst(t *testing.T) {
	s := newServer(t, good)
	dir := t.TempDir()
	one := int64(len(picture(256, 256, color.NRGBA{10, 120, 30, 255})))
	now := today
	m, err := tiles.New(tiles.Params{Source: tiles.Source{Template: s.URL + "/{z}/{x}/{y}"}, Dir: dir, Limit: 10*one + one/2, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 25 {
		now = now.Add(time.Minute)
		if err := m.Fetch(t.Context(), []geo.Tile{{Z: 14, X: 8000 + i, Y: 5300}}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if k := m.Kept(); k > 10*one+one/2 || k < 6*one {
		t.Errorf("%d bytes are kept, the limit is %d", k, 10*one)
	}
	var names []string
	_ = filepath.Walk(dir, func(p string, i os.FileInfo, _ error) error {
		if !i.IsDir() {
			names = append(names, filepath.Base(filepath.Dir(p)))
		}
		return nil
	})
	if got := strings.Join(names, " "); !strings.Contains(got, "8024") || strings.Contains(got, "8000 ") {
		t.Errorf("kept: %s", got)
	}
	if strings.Contains(strings.Join(names, ""), "127.0.0.1") {
		t.Error("the address is in the name of a file")
	}
}

func TestADamagedFileOnDiskIsFetchedAnew(t *testing.T) {
	s := newServer(t, good)
	dir := t.TempDir()
	if err := newMap(t, s, dir, always).Fetch(t.Context(), some[:1], nil); err != nil {
		t.Fatal(err)
	}
	_ = filepath.Walk(dir, func(p string, i os.FileInfo, _ error) error {
		if !i.IsDir() {
			if err := os.WriteFile(p, []byte("rubbish"), 0o600); err != nil {
				t.Fatal(err)
			}
			return os.Chtimes(p, today, today)
		}
		return nil
	})
	m := newMap(t, s, dir, always)
	if err := m.Fetch(t.Context(), some[:1], nil); err != nil || m.Peek(some[0]) == nil || s.asked.Load() != 2 {
		t.Errorf("%v after asking %d times", err, s.asked.Load())
	}
}

func TestAddresses(t *testing.T) {
	for in, says := range map[string]string{
		"": "Type the address", "tiles.example.org/{z}/{x}/{y}": "not a web address", "file:///etc/{z}/{x}/{y}": "not a web address", "ftp://a.b/{z}/{x}/{y}": "must begin with",
		"https://a.b/{z}/{x}.png": "must have {z}, {x} and {y}", "https://{s}.a.b/{z}/{x}/{y}.png": "Only {z}", "https://a.b/{z}/{x}/{y}.png?key=1": "", "http://localhost:8/{z}/{x}/{-y}": "",
	} {
		err := tiles.Source{Template: in}.Check()
		if got := fmt.Sprint(err); says == "" && err != nil || says != "" && !strings.Contains(got, says) {
			t.Errorf("%q: %v", in, err)
		}
	}
	// Rows counted from the south: TMS 12/2020/2767 is XYZ 12/2020/1328.
	if got := (tiles.Source{Template: "http://a/{z}/{x}/{-y}"}).URL(geo.Tile{Z: 12, X: 2020, Y: 1328}); got != "http://a/12/2020/2767" {
		t.Errorf("from the south: %s", got)
	}
}
