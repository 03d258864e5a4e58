package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/importers/demo"
	"github.com/planting-the-flag/flagstone/model/store"
)

func TestRisk(t *testing.T) {
	dir := t.TempDir()
	p, err := demo.Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "a.flagstone")
	f, err := store.Create(file, p, store.Options{Now: time.Now, Who: "test"})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	ask := func(args ...string) (string, string, int) {
		var out, errs bytes.Buffer
		code := run(context.Background(), append([]string{"risk", file}, args...), &out, &errs)
		return out.String(), errs.String(), code
	}
	option := p.Scenarios[len(p.Scenarios)-1].Name
	out, errs, code := ask("--scenario", option, "--draws", "500", "--seed", "3", "--json")
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	var a struct {
		Scenario  string
		Draws     int
		Scenarios []struct {
			Name                         string
			Planned, P10, P50, P90, Mean float64
			ChanceBest                   float64            `json:"chance_best"`
			ChanceNegative               float64            `json:"chance_negative"`
			Error                        map[string]float64 `json:"convergence_error"`
			Tornado                      []struct{ Key string }
		}
		Tornado []struct {
			Key   string
			Swing float64
		}
	}
	if err := json.Unmarshal([]byte(out), &a); err != nil {
		t.Fatal(err)
	}
	if a.Scenario != option || a.Draws != 500 || len(a.Scenarios) != len(p.Scenarios) || len(a.Tornado) < 20 {
		t.Errorf("%s, %d draws, %d scenarios, %d drivers", a.Scenario, a.Draws, len(a.Scenarios), len(a.Tornado))
	}
	best := 0.0
	for _, s := range a.Scenarios {
		best += s.ChanceBest
		if !(s.P10 <= s.P50 && s.P50 <= s.P90) || s.Error["mean"] < 0 {
			t.Errorf("%+v", s)
		}
	}
	if best < 0.999 || best > 1.001 {
		t.Errorf("chances of being best add up to %g", best)
	}
	if again, _, _ := ask("--scenario", option, "--draws", "500", "--seed", "3", "--json"); again != out {
		t.Error("the same seed gives another answer")
	}
	if text, _, code := ask("--draws", "200"); code != 0 || !strings.Contains(text, "Chance of being best") || !strings.Contains(text, option) {
		t.Errorf("exit %d: %s", code, text)
	}
	spec := filepath.Join(dir, "ranges.json")
	if err := os.WriteFile(spec, []byte(`{"only":true,"drivers":[{"key":"delay","distribution":"uniform","low":0,"high":3}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, errs, code := ask("--draws", "50", "--spec", spec); code != 0 || !strings.Contains(text, "Slip of the whole plan") {
		t.Errorf("exit %d: %s%s", code, text, errs)
	}
	for want, args := range map[int][][]string{2: {{"--draws", "0"}, {"--draws", "many"}}, 1: {{"--scenario", "nobody's"}, {"--spec", filepath.Join(dir, "none.json")}}} {
		for _, x := range args {
			if _, errs, code := ask(x...); code != want || errs == "" {
				t.Errorf("%v: exit %d, %q", x, code, errs)
			}
		}
	}
}
