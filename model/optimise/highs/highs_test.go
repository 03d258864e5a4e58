package highs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/planting-the-flag/flagstone/assets"
)

// kept is the folder in which the tests keep what is compiled, which takes seconds.
var kept string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		var err error
		if kept, err = os.MkdirTemp("", "highs"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(kept)
		return m.Run()
	}())
}

var loaded = sync.OnceValues(func() (*Engine, error) { return Load(context.Background(), kept) })

// engine loads HiGHS, or skips the test where the build did not fetch it.
func engine(t testing.TB) *Engine {
	t.Helper()
	e, err := loaded()
	if errors.Is(err, ErrAbsent) {
		t.Skip("HiGHS is not here: make highs")
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

var inf = math.Inf(1)

// wyndor is the Wyndor Glass problem of Hillier and Lieberman, Introduction to
// Operations Research, chapter 3: the best is (2, 6) with a profit of 36, and the
// shadow prices of the three plants are 0, 3/2 and 1.
func wyndor() *Model {
	m := &Model{}
	a, b := m.Column(-3, 0, inf, false), m.Column(-5, 0, inf, false)
	m.Row(-inf, 4, []int32{a}, []float64{1})
	m.Row(-inf, 12, []int32{b}, []float64{2})
	m.Row(-inf, 18, []int32{a, b}, []float64{3, 2})
	m.Integer = nil
	return m
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-6 }

func TestLinearProgrammeOfATextbook(t *testing.T) {
	r, err := engine(t).Solve(context.Background(), wyndor(), inf, Options{})
	if err != nil {
		t.Fatal(err)
	}
	x, v := r.Best()
	_, price := r.Duals()
	if r.Status() != Optimal || !near(v, -36) || !near(x[0], 2) || !near(x[1], 6) || !near(r.Bound(), -36) {
		t.Errorf("status %v, x %v, value %v, bound %v", r.Status(), x, v, r.Bound())
	}
	for j, want := range []float64{0, -1.5, -1} {
		if !near(price[j], want) {
			t.Errorf("price of plant %d is %v, want %v", j+1, price[j], want)
		}
	}
}

// TestWholeNumbers solves a problem by hand: carpentry a+2b ≤ 7, a ≤ 4, whole;
// 30a+50b is greatest at a=3, b=2 (190; a=4 leaves b=1: 170), 195 at a=4, b=1½.
func TestWholeNumbers(t *testing.T) {
	m := &Model{}
	a, b := m.Column(-30, 0, 4, true), m.Column(-50, 0, inf, true)
	m.Row(-inf, 7, []int32{a, b}, []float64{1, 2})
	r, err := engine(t).Solve(context.Background(), m, inf, Options{Start: []float64{4, 1}})
	if err != nil {
		t.Fatal(err)
	}
	if x, v := r.Best(); r.Status() != Optimal || !near(v, -190) || !near(x[0], 3) || !near(x[1], 2) || !near(r.Bound(), -190) {
		t.Errorf("status %v, x %v, value %v, bound %v", r.Status(), x, v, r.Bound())
	}
}

func TestNoSolutionAndNoLimit(t *testing.T) {
	for _, whole := range []bool{false, true} {
		m := &Model{}
		a := m.Column(1, 0, 1, whole)
		m.Row(2, inf, []int32{a}, []float64{1})
		r, err := engine(t).Solve(context.Background(), m, inf, Options{})
		if err != nil || r.Status() != Infeasible {
			t.Errorf("whole %v: status %v, %v; no solution exists", whole, r.Status(), err)
		}
		m = &Model{}
		m.Row(0, inf, []int32{m.Column(-1, 0, inf, whole)}, []float64{1})
		if r, err = engine(t).Solve(context.Background(), m, inf, Options{}); err != nil || r.Status() != Unbounded {
			t.Errorf("whole %v: status %v, %v; there is no limit", whole, r.Status(), err)
		}
	}
}

func TestModelsThatMakeNoSense(t *testing.T) {
	e := engine(t)
	for name, m := range map[string]*Model{
		"no columns":      {},
		"missing bounds":  {Cost: []float64{1}},
		"unknown column":  {Cost: []float64{1}, Lower: []float64{0}, Upper: []float64{1}, RowLower: []float64{0}, RowUpper: []float64{1}, Start: []int32{0, 1}, Index: []int32{1}, Value: []float64{1}},
		"not a number":    {Cost: []float64{math.NaN()}, Lower: []float64{0}, Upper: []float64{1}},
		"rows too short":  {Cost: []float64{1}, Lower: []float64{0}, Upper: []float64{1}, RowLower: []float64{0}},
		"starts that run": {Cost: []float64{1}, Lower: []float64{0}, Upper: []float64{1}, RowLower: []float64{0}, RowUpper: []float64{1}, Start: []int32{0, 9}},
	} {
		if _, err := e.Start(context.Background(), m, Options{}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := e.Start(context.Background(), wyndor(), Options{Set: map[string]any{"no_such_option": 1}}); err == nil {
		t.Error("an option that does not exist was accepted")
	}
}

// knotty is a market-split problem (Cornuéjols and Dawande 1998), which takes
// branch and bound long for its size.
func knotty() *Model {
	m := &Model{}
	const n, rows = 40, 5
	draw := uint64(7)
	for range n {
		m.Column(0, 0, 1, true)
	}
	for range rows {
		var index []int32
		var value []float64
		sum := 0.0
		for j := range int32(n) {
			draw = draw*6364136223846793005 + 1442695040888963407
			index, value = append(index, j), append(value, float64(draw>>33%100))
			sum += value[j]
		}
		over, under := m.Column(1, 0, inf, false), m.Column(1, 0, inf, false)
		index, value = append(index, over, under), append(value, -1, 1)
		m.Row(math.Floor(sum/2), math.Floor(sum/2), index, value)
	}
	return m
}

func TestWorkIsTheSameEveryTime(t *testing.T) {
	type moment struct{ bound, value, clock float64 }
	once := func() (list []moment) {
		r, err := engine(t).Start(context.Background(), knotty(), Options{Seed: 3})
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		for range 6 {
			done, err := r.Go(context.Background(), 0.02)
			if err != nil {
				t.Fatal(err)
			}
			_, v := r.Best()
			list = append(list, moment{r.Bound(), v, r.Clock()})
			if done {
				break
			}
		}
		return list
	}
	a, b := once(), once()
	if len(a) < 3 || !reflect.DeepEqual(a, b) {
		t.Errorf("two runs differ, or ended too soon to tell:\n%v\n%v", a, b)
	}
}

func TestCancelEndsARunAtOnce(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	r, err := engine(t).Start(ctx, knotty(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(100*time.Millisecond, cancel)
	if done, err := r.Go(ctx, inf); !done || !errors.Is(err, context.Canceled) {
		t.Errorf("ended %v, %v", done, err)
	}
	if x, _ := r.Best(); x != nil || r.Status() != Stopped {
		t.Errorf("a run given up still answers: %v %v", r.Status(), x)
	}
	r.Close()
}

func TestHaltGivesUp(t *testing.T) {
	asked := 0
	var mu sync.Mutex
	r, err := engine(t).Start(context.Background(), knotty(), Options{Halt: func() bool {
		mu.Lock()
		defer mu.Unlock()
		asked++
		return asked > 500
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if done, _ := r.Go(context.Background(), inf); !done || r.Status() != Stopped {
		t.Errorf("ended %v, status %v", done, r.Status())
	}
}

func TestABetterSolutionIsTaken(t *testing.T) {
	r, err := engine(t).Start(context.Background(), knotty(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := r.Go(context.Background(), 0.001); err != nil {
		t.Fatal(err)
	}
	r.Offer([]float64{1, 2})
	if _, err := r.Go(context.Background(), 0.01); err != nil {
		t.Errorf("an offer of the wrong length ended the run: %v", err)
	}
}

func TestAbsentWhereItIsNotBuiltIn(t *testing.T) {
	for name, files := range map[string]fstest.MapFS{
		"nothing":  {},
		"no names": {"highs/highs.wasm.gz": {Data: []byte("x")}},
	} {
		if _, _, err := embedded(files); !errors.Is(err, ErrAbsent) {
			t.Errorf("%s: %v", name, err)
		}
	}
	bad := fstest.MapFS{"highs/highs.wasm.gz": {Data: []byte("x")}, "highs/highs.names": {Data: []byte("import a b")}}
	if _, _, err := embedded(bad); err == nil || errors.Is(err, ErrAbsent) {
		t.Errorf("a damaged module: %v", err)
	}
	if compiles("linux", "riscv64") || compiles("js", "wasm") || !compiles(runtime.GOOS, "amd64") {
		t.Error("which machines have a compiler is mistaken")
	}
}

func TestCompilationIsKept(t *testing.T) {
	engine(t)
	compiled := func() (names []string) {
		err := filepath.WalkDir(kept, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				info, err := d.Info()
				if err != nil {
					return err
				}
				names = append(names, fmt.Sprint(path, info.Size(), info.ModTime()))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	before := compiled()
	e, err := Load(context.Background(), kept)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if after := compiled(); len(before) == 0 || !slices.Equal(before, after) {
		t.Errorf("what was compiled is not what was kept: %v, %v", before, after)
	}
}

func BenchmarkLoad(b *testing.B) {
	if _, _, err := embedded(assets.HiGHS); err != nil {
		b.Skip("HiGHS is not here: make highs")
	}
	dir := b.TempDir()
	for _, name := range []string{"first", "kept"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				e, err := Load(context.Background(), dir)
				if err != nil {
					b.Fatal(err)
				}
				_ = e.Close()
			}
		})
	}
}
