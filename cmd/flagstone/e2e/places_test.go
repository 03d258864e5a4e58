//go:build e2e

package e2e

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

// onFile is the project as it is on the disk now, and its audit; the window may
// have it open.
func onFile(t *testing.T, path string) (*model.Project, []store.Record) {
	t.Helper()
	f, err := store.Open(path, store.Options{Now: time.Now, Who: "a test", ReadOnly: true})
	if err != nil {
		t.Fatalf("opening %s: %v", path, err)
	}
	defer f.Close()
	audit, err := f.Audit()
	if err != nil {
		t.Fatal(err)
	}
	return f.Project(), audit
}

// scenarioOnFile is a scenario of the project on the disk.
func scenarioOnFile(t *testing.T, path, name string) model.Scenario {
	t.Helper()
	p, _ := onFile(t, path)
	for _, s := range p.Scenarios {
		if s.Name == name {
			return s
		}
	}
	t.Fatalf("no scenario %q on the file", name)
	return model.Scenario{}
}

// writeTable writes a spreadsheet as text and returns its path.
func writeTable(t *testing.T, dir, name string, rows [][]string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := csv.NewWriter(f)
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// copied brings a file to the folder of a test: projects are made beside them.
func copied(t *testing.T, dir string, paths ...string) []string {
	t.Helper()
	var out []string
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, filepath.Base(p))
		if err := os.WriteFile(to, b, 0o600); err != nil {
			t.Fatal(err)
		}
		out = append(out, to)
	}
	return out
}

// trafford is the register of the council with the lists of its partners, the
// people, and two sheets of the kind that an officer keeps: what buildings cost,
// and who works where. Nobody publishes those two: they are the figures that
// the demonstration place models.
func trafford(t *testing.T, dir string) (drops [][]string) {
	t.Helper()
	const data = "../../../assets/demo/"
	register := copied(t, dir, data+"land_and_buildings.csv", data+"libraries.csv", data+"nhs_estates_returns_trafford.csv", data+"general_practices.csv",
		data+"jobcentre_plus.csv", data+"gm_probation_offices.csv", data+"fire_stations.geojson")
	people := copied(t, dir, data+"lsoa.geojson", data+"lsoa_population_mid2024.csv")
	demo := filepath.Join(dir, "demo")
	ctl(t, nil, "demo", demo)
	p, _ := onFile(t, filepath.Join(demo, "trafford.flagstone"))
	byID := map[model.AssetID]*model.Asset{}
	costs := [][]string{{"Owner", "Asset code", "Property name", "Maintenance £", "Cleaning £", "Business rates £", "Electricity kWh", "Gas kWh", "Market value £"}}
	number := func(f model.Figure) string {
		if !f.Known() {
			return ""
		}
		return fmt.Sprintf("%.0f", f.Value)
	}
	for i := range p.Assets {
		a := &p.Assets[i]
		byID[a.ID] = a
		if strings.HasPrefix(a.Reference, "TMBC") && a.Costs.Get(model.CostMaintenance).Known() {
			costs = append(costs, []string{"Trafford Council", a.Reference, a.Name, number(a.Costs.Get(model.CostMaintenance)), number(a.Costs.Get(model.CostCleaning)), number(a.Costs.Get(model.CostRates)),
				number(a.Energy.Get(model.Electricity)), number(a.Energy.Get(model.Gas)), number(a.Value)})
		}
	}
	teams := [][]string{{"Team", "Organisation", "Building", "FTE", "Desks", "Floor area m²"}}
	for _, o := range p.Occupations {
		a := byID[o.Asset]
		if a == nil || !strings.HasPrefix(a.Reference, "TMBC") {
			continue
		}
		for i := range p.Services {
			if p.Services[i].ID == o.Service {
				teams = append(teams, []string{p.Services[i].Name, "Trafford Council", a.Reference, number(p.Services[i].FTE), number(o.Desks), number(o.Area)})
			}
		}
	}
	return [][]string{register, people, {writeTable(t, dir, "what buildings cost.csv", costs)}, {writeTable(t, dir, "who works where.csv", teams)}}
}

// made is a register of n buildings and a list of teams, with names of a length.
// The same seed gives the same place.
func made(t *testing.T, dir string, n, teams, length int) (drops [][]string) {
	t.Helper()
	rng := rand.New(rand.NewPCG(9, 16))
	long := func(s string) string {
		for len(s) < length {
			s += " and the rooms, halls, yards and stores that belong to it"
		}
		if length > 0 {
			s = strings.TrimSpace(s[:length])
		}
		return s
	}
	uses := []string{"Office", "Library", "Community centre", "Depot", "Clinic", "Nursery"}
	register := [][]string{{"Organisation", "Asset code", "Property name", "Use", "Postcode", "Latitude", "Longitude", "Tenure", "Gross internal floor area (m²)",
		"Maintenance £", "Cleaning £", "Electricity kWh", "Gas kWh", "Backlog £", "Market value £"}}
	who := [][]string{{"Team", "Organisation", "Building", "FTE", "Desks", "Floor area m²"}}
	for i := range n {
		area := 150 + rng.IntN(4000)
		code := fmt.Sprintf("P%05d", i+1)
		register = append(register, []string{long("Testford Council"), code, long(fmt.Sprintf("%05d %s house", i+1, uses[i%len(uses)])), uses[i%len(uses)], fmt.Sprintf("M33 %d%c%c", i%9+1, 'A'+rune(i/26%20), 'A'+rune(i%20)),
			fmt.Sprintf("%.6f", 53.38+0.1*rng.Float64()), fmt.Sprintf("%.6f", -2.40+0.16*rng.Float64()), "Freehold", fmt.Sprint(area),
			fmt.Sprint(area * (15 + rng.IntN(30))), fmt.Sprint(area * (8 + rng.IntN(9))), fmt.Sprint(area * (40 + rng.IntN(60))), fmt.Sprint(area * (80 + rng.IntN(90))),
			fmt.Sprint(area * rng.IntN(300)), fmt.Sprint(area * (600 + rng.IntN(900)))})
		if i < teams {
			fte := 4 + rng.IntN(30)
			who = append(who, []string{long(fmt.Sprintf("Team %03d", i+1)), long("Testford Council"), code, fmt.Sprint(fte), fmt.Sprint(fte), fmt.Sprint(fte * 10)})
		}
	}
	return [][]string{{writeTable(t, dir, "register.csv", register)}, {writeTable(t, dir, "who works where.csv", who)}}
}
