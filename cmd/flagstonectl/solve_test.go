package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/importers/demo"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/store"
)

var placed = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "place")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	p, err := demo.Build(context.Background())
	if err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "a.flagstone")
	f, err := store.Create(file, p, store.Options{Now: time.Now, Who: "test"})
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})

// place is a project file of the demonstration place.
func place(t *testing.T) string {
	t.Helper()
	raw, err := placed()
	if err != nil {
		t.Fatal(err)
	}
	return written(t, "a.flagstone", string(raw))
}

func written(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func ask(t *testing.T, ctx context.Context, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(ctx, args, &out, &errs); code != 0 {
		t.Fatalf("%v: exit %d: %s", args, code, errs.String())
	}
	return out.String()
}

// wide is a problem that takes a while: services that fit their buildings badly.
func wide(t *testing.T, n int) string {
	t.Helper()
	p := optimise.Problem{Name: "wide", CarbonTarget: map[int]float64{1: 40 * float64(n)}, Budget: map[int]float64{0: 9 * float64(n)}}
	draw := uint64(12345)
	next := func(m uint64) float64 {
		draw = draw*6364136223846793005 + 1442695040888963407
		return float64(draw >> 33 % m)
	}
	for i := range n {
		p.Buildings = append(p.Buildings, optimise.Building{ID: "b" + string(rune('a'+i%26)) + strings.Repeat("x", i/26)})
		p.Actions = append(p.Actions, []optimise.Action{
			{Name: "KEEP", Cap: 90 + next(50), Cost: 300 + next(400), Carbon: []float64{0, 60 + next(40)}, Tags: []string{"d"}},
			{Name: "WORKS", Cap: 110 + next(70), Cost: 350 + next(500), Capex: []float64{20 + next(30)}, Carbon: []float64{0, 20 + next(30)}, Tags: []string{"d"}},
			{Name: "SELL", Cost: -next(200), Carbon: []float64{0, 0}},
		})
		for k := range 3 {
			s := 3*i + k
			p.Services = append(p.Services, optimise.Service{ID: p.Buildings[i].ID + string(rune('0'+k)), Class: "d", Demand: 11 + next(29), Population: 10 + next(90)})
			for j := range min(n, 12) {
				b := (i + j*(1+2*k)) % n
				if n%(1+2*k) != 0 || j*(1+2*k) < n {
					p.Arcs = append(p.Arcs, optimise.Arc{Service: s, Building: b, KM: float64(j), Cost: float64(j)*3 + next(20), Capex: map[int]float64{0: float64(j)}})
				}
			}
		}
	}
	raw, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return written(t, "wide.json", string(raw))
}

func TestSameRunTwiceGivesTheSameJSON(t *testing.T) {
	problem, project := wide(t, 30), place(t)
	spec := written(t, "spec.json", `{"measures":["insulation","led","heatpump"],"capital":{"2028":10000000},"carbon":{"2040":4000}}`)
	site := written(t, "site.json", `{"objective":"p-median","candidates":["a","b","c"],"demands":[{"id":"1","weight":2},{"id":"2","weight":1}],"distance":[[1,5,9],[7,2,3]],"p":1}`)
	for _, args := range [][]string{
		{"solve", problem, "--work", "60000", "--explain", "ba"},
		{"solve", problem, "--work", "60000", "--time", "1m"},
		{"optimise", project, "--spec", spec, "--work", "300000", "--json", "--explain", "Altrincham Town Hall"},
		{"frontier", project, "--axis", "capital", "--work", "400000", "--points", "3", "--json"},
		{"hubs", project, "--work", "100000", "--json"},
		{"site", site, "--work", "100000"},
	} {
		a, b := ask(t, context.Background(), args...), ask(t, context.Background(), args...)
		if a != b {
			t.Errorf("%v: two runs differ:\n%s\n%s", args, a, b)
		}
		if strings.Contains(a, "wall_s") {
			t.Errorf("%v: the time is in an answer that is to repeat", args)
		}
	}
	if a := ask(t, context.Background(), "solve", problem, "--time", "100ms"); !strings.Contains(a, `"wall_s"`) {
		t.Error("a run limited by time does not say how long it took")
	}
}

func TestCancelKeepsThePlan(t *testing.T) {
	var out, errs bytes.Buffer
	stop := func(wait time.Duration, args ...string) {
		t.Helper()
		out.Reset()
		errs.Reset()
		ctx, cancel := context.WithCancel(context.Background())
		var at time.Time
		timer := time.AfterFunc(wait, func() { at = time.Now(); cancel() })
		defer timer.Stop()
		code := run(ctx, args, &out, &errs)
		late := time.Since(at)
		if code != 0 || ctx.Err() == nil {
			t.Fatalf("%v: exit %d, cancelled %v: %s", args, code, ctx.Err(), errs.String())
		}
		t.Logf("%s stopped %d ms after the cancel", args[0], late.Milliseconds())
		if late > 500*time.Millisecond {
			t.Errorf("%v: stopped %v after the cancel", args, late)
		}
	}
	stop(1500*time.Millisecond, "solve", wide(t, 200))
	var r optimise.Result
	if err := json.Unmarshal(out.Bytes(), &r); err != nil || r.Status != optimise.StatusFeasible || len(r.Actions) != 200 {
		t.Errorf("%v: %s with %d buildings", err, r.Status, len(r.Actions))
	}
}

func TestNoPlanWithinTheLimits(t *testing.T) {
	small := `{"buildings":[{"id":"b"}],"services":[{"id":"s","cls":"d","d":5}],"arcs":[{"s":0,"b":0,"km":0,"cost":1}],
		"actions":[[{"a":"KEEP","cap":9,"npc":3,"carbon":[4],"tags":["d"]},{"a":"SELL","cap":0,"npc":0}]],"carbon_target":{"0":1}}`
	var r struct {
		Status     string
		Plan       map[string]string
		Violations []optimise.Violation
		Relax      string `json:"relax_first"`
		Proven     bool   `json:"proven_infeasible"`
	}
	if err := json.Unmarshal([]byte(ask(t, context.Background(), "solve", written(t, "p.json", small), "--work", "10000")), &r); err != nil {
		t.Fatal(err)
	}
	if r.Status != "infeasible" || !r.Proven || r.Plan["b"] != "KEEP" || len(r.Violations) != 1 || r.Violations[0].Over != 3 || !strings.HasPrefix(r.Relax, "carbon year 0 by 3") {
		t.Errorf("%+v", r)
	}
	var out, errs bytes.Buffer
	bad := written(t, "bad.json", strings.Replace(small, `"cap":9`, `"cap":-9`, 1))
	if code := run(context.Background(), []string{"solve", bad}, &out, &errs); code != 1 || !strings.Contains(errs.String(), "actions[0][0].cap") || strings.Contains(errs.String(), "went wrong") {
		t.Errorf("exit %d: %s", code, errs.String())
	}
	project := place(t)
	spec := written(t, "spec.json", `{"capital":{"2028":1000000},"carbon":{"2035":500}}`)
	text := ask(t, context.Background(), "optimise", project, "--spec", spec, "--work", "200000", "--save-as", "Nearest")
	for _, want := range []string{"No plan keeps every limit; that is proven", "Breaks: emissions in 2035/36", "over the limit of 500.0 t by", "Relax first:"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if list := ask(t, context.Background(), "show", project, "scenarios"); !strings.Contains(list, "Nearest") {
		t.Errorf("the nearest plan was not saved:\n%s", list)
	}
}

func TestExplainByName(t *testing.T) {
	project := place(t)
	text := ask(t, context.Background(), "optimise", project, "--work", "2000000", "--explain", "Altrincham Town Hall")
	t.Log(text)
	for _, want := range []string{"Altrincham Town Hall: the plan is to", "instead would lose £", "--work "} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the answer", want)
		}
	}
}
