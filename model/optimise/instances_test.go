package optimise

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
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
		if s := filepath.Join(dir, "shared", "solver"); exists(s) {
			return filepath.Join(dir, "shared")
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Skip("shared test data not found: set FLAGSTONE_SHARED or put a folder shared beside the checkout")
		}
		dir = up
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func readFile(t testing.TB, path string) *Problem {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Read(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func ratInstance(t testing.TB, name string) *Problem {
	t.Helper()
	if strings.Contains(name, "/") {
		return readFile(t, name)
	}
	return readFile(t, filepath.Join(shared(t), "solver", "instances", name+".json"))
}

// holmberg reads a single-source facility-location text file.
func holmberg(t testing.TB, name string) *Problem {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(shared(t), "solver", "instances", "holmberg", name))
	if err != nil {
		t.Fatal(err)
	}
	var v []float64
	for _, f := range strings.Fields(string(raw)) {
		x, err := strconv.ParseFloat(f, 64)
		if err != nil {
			t.Fatal(err)
		}
		v = append(v, x)
	}
	sites, customers := int(v[0]), int(v[1])
	v = v[2:]
	p := &Problem{Name: name}
	for j := range sites {
		p.Buildings = append(p.Buildings, Building{ID: fmt.Sprintf("b%d", j)})
		p.Actions = append(p.Actions, []Action{
			{Name: "OPEN", Cap: v[2*j], Cost: v[2*j+1], Tags: []string{"any"}}, {Name: "CLOSED"},
		})
	}
	v = v[2*sites:]
	for i := range customers {
		p.Services = append(p.Services, Service{ID: fmt.Sprintf("s%d", i), Class: "any", Demand: v[i]})
	}
	v = v[customers:]
	for i := range customers {
		for j := range sites {
			p.Arcs = append(p.Arcs, Arc{Service: i, Building: j, Cost: v[j*customers+i]})
		}
	}
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	return p
}

type optimum struct {
	name  string
	value float64
}

// optima reads the published optima of one set.
func optima(t testing.TB, set string) []optimum {
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
	var out []optimum
	for _, r := range rows {
		if strings.HasPrefix(r[0], set) {
			v, err := strconv.ParseFloat(r[3], 64)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, optimum{r[1], v})
		}
	}
	return out
}
