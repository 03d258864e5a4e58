package siting

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// shared finds the folder of shared test data, or skips the test.
func shared(t testing.TB) string {
	t.Helper()
	if dir := os.Getenv("FLAGSTONE_SHARED"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "shared", "solver")); err == nil {
			return filepath.Join(dir, "shared")
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Skip("shared test data not found: set FLAGSTONE_SHARED or put a folder shared beside the checkout")
		}
		dir = up
	}
}

// pmed reads an OR-Library p-median file.
func pmed(t testing.TB, name string) *Problem {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(shared(t), "solver", "instances", "pmed", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	var v []int
	for _, f := range strings.Fields(string(raw)) {
		x, err := strconv.Atoi(f)
		if err != nil {
			t.Fatal(err)
		}
		v = append(v, x)
	}
	n := v[0]
	p := &Problem{Objective: PMedian, P: v[2], Distance: make([][]float64, n)}
	for i := range n {
		p.Candidates = append(p.Candidates, fmt.Sprint(i+1))
		p.Demands = append(p.Demands, Demand{ID: fmt.Sprint(i + 1), Weight: 1})
		p.Distance[i] = make([]float64, n)
		for j := range n {
			if i != j {
				p.Distance[i][j] = math.Inf(1)
			}
		}
	}
	for e := range v[1] {
		i, j, c := v[3+3*e]-1, v[4+3*e]-1, float64(v[5+3*e])
		p.Distance[i][j], p.Distance[j][i] = c, c
	}
	for k := range n {
		for i := range n {
			for j := range n {
				p.Distance[i][j] = min(p.Distance[i][j], p.Distance[i][k]+p.Distance[k][j])
			}
		}
	}
	return p
}

func published(t testing.TB) map[string]float64 {
	t.Helper()
	f, err := os.Open(filepath.Join(shared(t), "solver", "OPTIMA.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]float64{}
	for _, r := range rows {
		if strings.HasPrefix(r[0], "p-median") {
			if out[r[1]], err = strconv.ParseFloat(r[3], 64); err != nil {
				t.Fatal(err)
			}
		}
	}
	return out
}

func within(d time.Duration) Options {
	start := time.Now()
	return Options{Time: d, Clock: func() time.Duration { return time.Since(start) }}
}

func TestSmallMediansAreProven(t *testing.T) {
	want := published(t)
	for _, name := range []string{"pmed1", "pmed2", "pmed3", "pmed4", "pmed5", "pmed11"} {
		res, err := Solve(context.Background(), pmed(t, name), within(30*time.Second))
		if err != nil {
			t.Fatal(err)
		}
		if res.Status != "optimal" || res.Objective != want[name] {
			t.Errorf("%s: %s %v, published %v, bound %v", name, res.Status, res.Objective, want[name], res.Bound)
		}
	}
}

func BenchmarkMedian(b *testing.B) {
	want := published(b)
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for k := range want {
			if !yield(k) {
				return
			}
		}
	}) {
		b.Run(name, func(b *testing.B) {
			p := pmed(b, name)
			for b.Loop() {
				res, err := Solve(context.Background(), p, within(60*time.Second))
				if err != nil {
					b.Fatal(err)
				}
				if res.Status != "optimal" || res.Objective != want[name] {
					b.Errorf("%s %v, published %v, bound %v", res.Status, res.Objective, want[name], res.Bound)
				}
				b.ReportMetric(res.Objective, "cost")
				b.ReportMetric(res.Bound, "bound")
				b.ReportMetric(want[name], "published")
			}
		})
	}
}

// random makes a small problem with everything in it.
func random(rng *rand.Rand, objective string) *Problem {
	m, n := 3+rng.IntN(5), 3+rng.IntN(8)
	p := &Problem{Objective: objective, P: 1 + rng.IntN(3), Radius: float64(20 + rng.IntN(50))}
	for c := range m {
		p.Candidates = append(p.Candidates, fmt.Sprint("c", c))
	}
	for d := range n {
		p.Demands = append(p.Demands, Demand{ID: fmt.Sprint("d", d), Weight: float64(1 + rng.IntN(9))})
		row := make([]float64, m)
		for c := range row {
			row[c] = float64(rng.IntN(100))
		}
		p.Distance = append(p.Distance, row)
	}
	if rng.IntN(3) == 0 {
		p.Required = []string{p.Candidates[0]}
	}
	if rng.IntN(3) == 0 {
		p.Excluded = []string{p.Candidates[m-1]}
	}
	return p
}

// brute tries every choice and returns the best objective and how many reach it.
func brute(p *Problem) (best float64, ways int) {
	best = math.Inf(1)
	sign := 1.0
	if p.Objective == MCLP {
		sign = -1
	}
	for set := range 1 << len(p.Candidates) {
		ok, n := true, 0
		for c, id := range p.Candidates {
			in := set>>c&1 == 1
			if in {
				n++
			}
			ok = ok && !(in && slices.Contains(p.Excluded, id)) && !(!in && slices.Contains(p.Required, id))
		}
		if !ok || p.Objective != LSCP && n != p.P {
			continue
		}
		v := 0.0
		for d, dem := range p.Demands {
			near, any := math.Inf(1), false
			for c, id := range p.Candidates {
				if set>>c&1 == 1 {
					near = min(near, p.Distance[d][c])
				}
				any = any || p.Distance[d][c] <= p.Radius && !slices.Contains(p.Excluded, id)
			}
			switch p.Objective {
			case PMedian:
				v += dem.Weight * near
			case MCLP:
				if near <= p.Radius {
					v += dem.Weight
				}
			case PCentre:
				v = max(v, near)
			case LSCP:
				if any && !(near <= p.Radius) {
					v = math.Inf(1)
				}
			}
		}
		if p.Objective == LSCP {
			v += float64(n)
		}
		switch {
		case sign*v < best:
			best, ways = sign*v, 1
		case sign*v == best:
			ways++
		}
	}
	return sign * best, ways
}

func TestSitingAgreesWithBruteForce(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	for n := range 400 {
		p := random(rng, []string{PMedian, MCLP, LSCP, PCentre}[n%4])
		if p.Validate() != nil {
			continue
		}
		want, ways := brute(p)
		res, err := Solve(context.Background(), p, Options{WorkLimit: 1 << 40})
		if err != nil {
			t.Fatal(err)
		}
		if res.Status == "infeasible" {
			if p.Objective != LSCP || len(res.Uncoverable) != len(p.Demands) {
				t.Errorf("problem %d (%s): infeasible, brute force %v", n, p.Objective, want)
			}
			continue
		}
		if res.Status != "optimal" || math.Abs(res.Objective-want) > 1e-9 {
			t.Errorf("problem %d (%s): %s %v, brute force %v", n, p.Objective, res.Status, res.Objective, want)
		}
		if p.Objective == PMedian && res.TiesComplete && len(res.Ties) < maxTies && len(res.Ties) != ways-1 {
			t.Errorf("problem %d (%s): %d ties, brute force %d", n, p.Objective, len(res.Ties), ways-1)
		}
	}
}

func TestCapacitiesHold(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	for n := range 40 {
		p := random(rng, []string{PMedian, MCLP, LSCP, PCentre}[n%4])
		if p.Validate() != nil {
			continue
		}
		free, err := Solve(context.Background(), p, Options{WorkLimit: 1 << 40})
		if err != nil {
			t.Fatal(err)
		}
		for range p.Candidates {
			p.Capacity = append(p.Capacity, float64(12+rng.IntN(40)))
		}
		res, err := Solve(context.Background(), p, Options{WorkLimit: 60_000})
		if err != nil {
			t.Fatal(err)
		}
		if res.Status == "infeasible" {
			continue
		}
		load := map[string]float64{}
		for d, c := range res.Assignment {
			k := slices.IndexFunc(p.Demands, func(x Demand) bool { return x.ID == d })
			load[c] += p.Demands[k].Weight
		}
		for c, id := range p.Candidates {
			if load[id] > p.Capacity[c] {
				t.Errorf("problem %d (%s): %s serves %v of %v", n, p.Objective, id, load[id], p.Capacity[c])
			}
		}
		if worse := res.Objective < free.Objective-1e-6; p.Objective != MCLP && worse || p.Objective == MCLP && res.Objective > free.Objective+1e-6 {
			t.Errorf("problem %d (%s): %v with capacities, %v without", n, p.Objective, res.Objective, free.Objective)
		}
	}
}

func TestDemandOutOfReachIsNamed(t *testing.T) {
	p, err := Read(strings.NewReader(`{"objective":"lscp","candidates":["a","b"],"demands":[{"id":"x"},{"id":"y"},{"id":"z"}],
		"distance":[[100,9000],[9000,null],[200,300]],"radius":5000}`))
	if err != nil {
		t.Fatal(err)
	}
	res, err := Solve(context.Background(), p, Options{WorkLimit: 1e6})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(res.Uncoverable, []string{"y"}) || !slices.Equal(res.Open, []string{"a"}) || res.Status != "optimal" {
		t.Errorf("%+v", res)
	}
}

func TestBadProblemsNameTheField(t *testing.T) {
	for _, c := range []struct{ json, field string }{
		{`{"objective":"best"}`, "objective"},
		{`{"objective":"lscp","candidates":[]}`, "candidates"},
		{`{"objective":"lscp","candidates":["a"],"demands":[{"id":"x"}],"distance":[[1,2]],"radius":1}`, "distance[0]"},
		{`{"objective":"p-median","candidates":["a"],"demands":[{"id":"x"}],"distance":[[1]],"p":2}`, "p:"},
		{`{"objective":"p-median","candidates":["a"],"demands":[{"id":"x","weight":-1}],"distance":[[1]],"p":1}`, "demands[0].weight"},
		{`{"objective":"p-median","candidates":["a"],"demands":[{"id":"x"}],"distance":[[-4]],"p":1}`, "distance[0][0]"},
		{`{"objective":"p-median","candidates":["a"],"demands":[{"id":"x"}],"distance":[["near"]],"p":1}`, "distance"},
		{`{"objective":"p-median","candidates":["a","b"],"demands":[{"id":"x"}],"distance":[[1,1]],"p":1,"required":["a"],"excluded":["a"]}`, "required"},
		{`{"objective":`, "JSON"},
	} {
		_, err := Read(strings.NewReader(c.json))
		if !errors.Is(err, ErrProblem) || !strings.Contains(err.Error(), c.field) {
			t.Errorf("%s: %v does not name %s", c.json, err, c.field)
		}
	}
}
