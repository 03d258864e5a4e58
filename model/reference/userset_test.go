package reference_test

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/reference"
)

func TestASetWrittenOutAndReadBackIsTheSame(t *testing.T) {
	s := load(t, reference.DefaultID)
	var file bytes.Buffer
	if err := reference.WriteCSV(&file, s.Rows("")); err != nil {
		t.Fatal(err)
	}
	rows, err := reference.ReadCSV("mine.csv", &file)
	if err != nil {
		t.Fatal(err)
	}
	mine, err := reference.New(reference.Info{ID: "mine", Name: "Mine", Issued: "2026-11-24", Currency: "GBP", FiscalYearStartMonth: 4, Schedule: "standard"}, rows)
	if err != nil {
		t.Fatal(err)
	}
	changes, err := reference.Diff(s, mine, 2026, 60)
	if err != nil || len(changes) != 0 {
		t.Errorf("%d changes, %v: %+v", len(changes), err, changes)
	}
}

func TestDiffNamesWhatAUserChanged(t *testing.T) {
	s := load(t, reference.DefaultID)
	rows := s.Rows("")
	for i := range rows {
		if rows[i].Series == "pwlb_rate_default" && strings.HasPrefix(rows[i].Item, "25-year") {
			rows[i].Value, rows[i].Text = 5.12, "5.12"
		}
		if rows[i].Series == "desnz_carbon_value_central" && rows[i].Year == "2040" {
			rows[i].Value *= 2
		}
	}
	mine, err := reference.New(reference.Info{ID: "mine", Currency: "GBP", FiscalYearStartMonth: 4, Schedule: "reduced"}, rows)
	if err != nil {
		t.Fatal(err)
	}
	changes, err := reference.Diff(s, mine, 2026, 40)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]reference.Change{}
	for _, c := range changes {
		if _, first := got[c.Key]; !first {
			got[c.Key] = c
		}
	}
	if len(got) != 3 || got["pwlb.rate.25"].To != 0.0512 || got["carbon.central"].Year != 2040 || got["discount"].From != 0.035 || got["discount"].To != 0.03 {
		t.Errorf("changes: %+v", changes)
	}
}

func TestAForeignSetCarriesItsOwnCurrencyAndYear(t *testing.T) {
	rows := []reference.Row{{Series: "hmt_gdp_deflator", Item: "x", Year: "2025", Text: "100", Value: 100, Numeric: true},
		{Series: "stpr_flat", Item: "years 0+", Year: "0", Text: "4", Value: 4, Numeric: true}}
	s, err := reference.New(reference.Info{ID: "de", Name: "Elsewhere", Currency: "EUR", FiscalYearStartMonth: 1, Schedule: "flat"}, rows)
	if err != nil {
		t.Fatal(err)
	}
	if s.PriceBase != 2025 || s.Currency != "EUR" {
		t.Errorf("got %+v", s.Info)
	}
	if f, err := s.DiscountFactors("", 3); err != nil || math.Abs(f[2]-1/1.04/1.04) > 1e-12 {
		t.Errorf("factors %v, %v", f, err)
	}
	if _, err := s.Assumption("works.light"); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("a figure it does not have: %v", err)
	}
	paths, err := s.Paths(2026, 5)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := paths["footprint.gas"]; ok {
		t.Error("it has a factor nobody gave it")
	}
	for name, info := range map[string]reference.Info{"no identifier": {Currency: "EUR", FiscalYearStartMonth: 1}, "month 13": {ID: "x", Currency: "EUR", FiscalYearStartMonth: 13}, "no currency": {ID: "x", FiscalYearStartMonth: 1}} {
		if _, err := reference.New(info, rows); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFiguresGivenByKeyTakeThePlaceOfTheTables(t *testing.T) {
	s := load(t, reference.DefaultID)
	rows := append(s.Rows(""),
		reference.Row{Series: "assumption.works.light", Item: "Light works, our framework", Year: "2026", Value: 700, Numeric: true, Text: "700", Unit: "£/m²", PriceBase: "2019", Source: "tender", Confidence: "one copy", Note: "last year's tenders"},
		reference.Row{Series: "assumption.parking.charge", Item: "Parking", Year: "2026", Value: 2, Numeric: true, Text: "2", Unit: "£/hour", PriceBase: "2024", Source: "us", Confidence: "one copy"},
		reference.Row{Series: "path.footprint.gas", Item: "Gas with hydrogen", Year: "2026", Value: 0.18, Numeric: true, Unit: "kgCO2e/kWh", PriceBase: "n/a", Source: "network", Confidence: "one copy"},
		reference.Row{Series: "path.footprint.gas", Item: "Gas with hydrogen", Year: "2027", Value: 0.15, Numeric: true, Unit: "kgCO2e/kWh", PriceBase: "n/a", Source: "network", Confidence: "one copy"})
	mine, err := reference.New(reference.Info{ID: "mine", Name: "Mine", Currency: "GBP", FiscalYearStartMonth: 4, Schedule: "standard"}, rows)
	if err != nil {
		t.Fatal(err)
	}
	a, err := mine.Assumption("works.light")
	if err != nil || math.Abs(a.Value-700*1.2329164) > 0.001 || a.Reason == "" || a.Group != "Works costs" {
		t.Errorf("works.light: %+v, %v", a, err)
	}
	if p, err := mine.Assumption("parking.charge"); err != nil || p.Value != 2 {
		t.Errorf("a new key: %+v, %v", p, err)
	}
	paths, err := mine.Paths(2026, 5)
	if err != nil {
		t.Fatal(err)
	}
	if p := paths["footprint.gas"]; p.Values[0] != 0.18 || p.Values[4] != 0.15 || !strings.Contains(p.Note, "held after") {
		t.Errorf("gas: %+v", p)
	}
	if _, err := mine.Paths(2025, 5); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("a year before the given path: %v", err)
	}
	if fuels, err := mine.Fuels(2026, 5); err != nil || len(fuels) != 5 {
		t.Errorf("fuels: %v, %v", fuels, err)
	}
}

func TestABadTableIsNamedWithItsLine(t *testing.T) {
	head := "series,item,year,value,unit,price_base,source,source_url,licence,confidence,note\n"
	for name, file := range map[string]string{"other header": "a,b,c,d,e,f,g,h,i,j,k\n", "infinite": head + "s,i,2025,Inf,,,,,,,\n", "no series": head + ",i,2025,1,,,,,,,\n", "short row": head + "s,i\n"} {
		_, err := reference.ReadCSV("mine.csv", strings.NewReader(file))
		if err == nil || !strings.Contains(err.Error(), "mine.csv") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheNearestYearIsTakenOnlyWhenAccepted(t *testing.T) {
	s := load(t, reference.DefaultID)
	if _, err := s.Paths(2024, 3); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("2024: %v", err)
	}
	p, err := s.AcceptNearest().Paths(2024, 3)
	if err != nil {
		t.Fatal(err)
	}
	m := p["marginal.electricity"]
	if m.Values[0] != m.Values[1] || !strings.Contains(m.Note, "2024 takes the value of 2025") {
		t.Errorf("got %+v", m)
	}
}

func TestStampDuty(t *testing.T) {
	s := load(t, reference.DefaultID)
	for price, want := range map[float64]float64{0: 0, 150000: 0, 250000: 2000, 275000: 3250, 1e6: 39500} {
		if got, err := s.SDLTFreehold(price); err != nil || math.Abs(got-want) > 1e-9 {
			t.Errorf("£%g: got %g, %v", price, got, err)
		}
	}
	if got, _ := s.SDLTLease(6e6); math.Abs(got-(48500+20000)) > 1e-9 {
		t.Errorf("lease: %g", got)
	}
	if _, err := s.SDLTFreehold(-1); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("negative price: %v", err)
	}
}

func TestHoursRaiseABenchmark(t *testing.T) {
	b, err := load(t, reference.DefaultID).Benchmark(1)
	if err != nil {
		t.Fatal(err)
	}
	if e, h := b.Adjusted(0); e != 95 || h != 120 {
		t.Errorf("reference hours: %g, %g", e, h)
	}
	if e, h := b.Adjusted(8760); math.Abs(e-95*2.07) > 1e-9 || math.Abs(h-120*1.44) > 1e-9 {
		t.Errorf("all hours: %g, %g", e, h)
	}
	if y := b.Yardstick(0, 4042, 0.55); math.Abs(y.Heat-120*1.55) > 1e-9 {
		t.Errorf("twice as cold: %g", y.Heat)
	}
}

// The pathway files are not shipped; they are read from beside the checkout
// when they are there.
func TestPathwayFilesLoad(t *testing.T) {
	rows, err := reference.ReadCSV("crrem_uk_pathways.csv", bytes.NewReader(shared(t, "reference/load-only/crrem_uk_pathways.csv")))
	if err != nil {
		t.Fatal(err)
	}
	list, err := reference.Pathways(rows)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		if p.Key == "crrem_uk_carbon_1.5C.office" {
			if p.At(2024) != 35.689 || p.Start != 2020 || len(p.Values) != 31 {
				t.Errorf("office: %+v", p)
			}
			return
		}
	}
	t.Error("no office pathway")
}

func TestAPathwayWithAGapIsRefused(t *testing.T) {
	r := func(year string) reference.Row {
		return reference.Row{Series: "p", Item: "Office", Year: year, Value: 1, Numeric: true}
	}
	_, err := reference.Pathways([]reference.Row{r("2026"), r("2028")})
	var m *reference.MissingYear
	if !errors.As(err, &m) || m.Year != 2027 {
		t.Errorf("got %v", err)
	}
}

// shared opens a file of the shared reference material, or skips the test when
// this checkout has none beside it.
func shared(t *testing.T, name string) []byte {
	t.Helper()
	var tried []string
	if dir := os.Getenv("FLAGSTONE_SHARED"); dir != "" {
		tried = append(tried, filepath.Join(dir, name))
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for up := filepath.Dir(dir); up != dir; dir, up = up, filepath.Dir(up) {
		tried = append(tried, filepath.Join(dir, "shared", name))
	}
	for _, path := range append(tried, filepath.Join(dir, "shared", name)) {
		if b, err := os.ReadFile(path); err == nil {
			return b
		}
	}
	t.Skipf("shared/%s is not beside this checkout: set FLAGSTONE_SHARED to the folder that holds it", name)
	return nil
}
