package ledger_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

var categories = []ledger.Category{ledger.CatRent, ledger.CatRates, ledger.CatMaintenance, ledger.CatCleaning, ledger.CatEnergy, ledger.CatBacklog,
	ledger.CatLifecycle, ledger.CatWorks, ledger.CatHolding, ledger.CatReceipt, ledger.CatIncome, ledger.CatOther}

func context(years int) *ledger.Context {
	path := model.Path{Key: "price.gas", Start: 2026, Values: make([]float64, years)}
	for i := range path.Values {
		path.Values[i] = math.Pow(0.983, float64(i))
	}
	return &ledger.Context{BaseYear: 2026, Years: years, PriceBase: 2024, Paths: map[string]model.Path{"price.gas": path}}
}

// randomStream draws a stream with every feature at some time, from years well
// before the horizon to well after.
func randomStream(r *rand.Rand, i, years int) ledger.Stream {
	s := ledger.Stream{ID: fmt.Sprint("s", i), Ledger: ledger.Money, Category: categories[r.IntN(len(categories))], PriceBase: 2024,
		Quantity: r.Float64()*2e5 - 1e5, QuantityUnit: "£", Unit: "£", First: 2016 + r.IntN(years+20)}
	s.Last = s.First + r.IntN(years+10)
	if r.IntN(3) == 0 {
		s.Rates = []ledger.Term{{Value: r.Float64() * 2}, {Value: r.Float64(), Complement: true}}
	}
	if r.IntN(3) == 0 {
		s.Growth = ledger.Term{Value: r.Float64()*0.08 - 0.03}
	}
	if r.IntN(3) == 0 {
		s.Index = "price.gas"
	}
	if r.IntN(4) == 0 {
		s.Uplift = ledger.Term{Value: r.Float64() * 0.5}
	}
	if r.IntN(4) == 0 {
		s.FirstMissed, s.LastMissed = r.Float64(), r.Float64()
	}
	switch r.IntN(6) {
	case 0:
		s.Profile.Every = 1 + r.IntN(15)
	case 1:
		s.Profile.Ramp = 1 + r.IntN(8)
	case 2:
		s.Profile.Shares = make([]float64, 1+r.IntN(10))
		for j := range s.Profile.Shares {
			s.Profile.Shares[j] = r.Float64()
		}
	}
	return s
}

func randomStreams(seed uint64, n, years int) []ledger.Stream {
	r := rand.New(rand.NewPCG(seed, 1))
	out := make([]ledger.Stream, n)
	for i := range out {
		out[i] = randomStream(r, i, years)
	}
	return out
}

func close(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(1, math.Abs(b)) }

func TestExpandComputesFlow(t *testing.T) {
	const years = 40
	c := context(years)
	streams := randomStreams(7, 5000, years)
	m, err := ledger.Expand(streams, c)
	if err != nil {
		t.Fatal(err)
	}
	for i := range streams {
		for j, got := range m.Row(i) {
			if want := streams[i].Flow(c, 2026+j); !close(got, want) {
				t.Fatalf("%+v in %d: expanded %g, flow %g", streams[i], 2026+j, got, want)
			}
		}
	}
}

func byCategory(s *ledger.Stream) (ledger.Category, bool) { return s.Category, true }

func sameTotals(t *testing.T, what string, got, want map[ledger.Category][]float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d totals, want %d", what, len(got), len(want))
	}
	for k, row := range want {
		for j := range row {
			if !close(got[k][j], row[j]) {
				t.Fatalf("%s: %s in year %d is %.9f, want %.9f", what, k, j, got[k][j], row[j])
			}
		}
	}
}

func TestTotallingWithoutStoringGivesTheSameTotals(t *testing.T) {
	c := context(60)
	streams := randomStreams(11, 2000, 60)
	m, err := ledger.Expand(streams, c)
	if err != nil {
		t.Fatal(err)
	}
	got, err := ledger.TotalBy(streams, c, byCategory)
	if err != nil {
		t.Fatal(err)
	}
	sameTotals(t, "TotalBy", got, ledger.SumBy(streams, m, byCategory))
}

func TestPermutingStreamsChangesNothing(t *testing.T) {
	c := context(60)
	streams := randomStreams(13, 2000, 60)
	want, err := ledger.TotalBy(streams, c, byCategory)
	if err != nil {
		t.Fatal(err)
	}
	rand.New(rand.NewPCG(3, 3)).Shuffle(len(streams), func(i, j int) { streams[i], streams[j] = streams[j], streams[i] })
	got, err := ledger.TotalBy(streams, c, byCategory)
	if err != nil {
		t.Fatal(err)
	}
	sameTotals(t, "shuffled", got, want)
}

func TestSplittingAStreamInTwoSumsTheSame(t *testing.T) {
	c := context(60)
	streams := randomStreams(17, 1000, 60)
	want, err := ledger.TotalBy(streams, c, byCategory)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(5, 5))
	var split []ledger.Stream
	for i, s := range streams {
		a, b := s, s
		switch {
		case i%2 == 0: // by amount
			x := r.Float64()
			a.Quantity, b.Quantity = s.Quantity*x, s.Quantity*(1-x)
		case s.Last > s.First && s.Profile.Every <= 1 && s.Profile.Ramp <= 1 && s.Profile.Shares == nil: // by year
			cut := s.First + r.IntN(s.Last-s.First)
			a.Last, a.LastMissed = cut, 0
			b.First, b.FirstMissed = cut+1, 0
		default:
			b.Quantity = 0
		}
		split = append(split, a, b)
	}
	got, err := ledger.TotalBy(split, c, byCategory)
	if err != nil {
		t.Fatal(err)
	}
	sameTotals(t, "split", got, want)
}

func TestATallyAfterChangesIsTheTallyMadeAnew(t *testing.T) {
	c := context(60)
	groups := make([][]ledger.Stream, 137)
	for g := range groups {
		groups[g] = randomStreams(uint64(100+g), 12, 60)
	}
	tally, err := ledger.NewTally(groups, *c, byCategory)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 200 {
		g := (n * 31) % len(groups)
		groups[g] = randomStreams(uint64(5000+n), 12, 60)
		if err := tally.Replace(g, groups[g]); err != nil {
			t.Fatal(err)
		}
	}
	fresh, err := ledger.NewTally(groups, *c, byCategory)
	if err != nil {
		t.Fatal(err)
	}
	for k, row := range fresh.Totals() {
		for j := range row {
			if tally.Totals()[k][j] != row[j] {
				t.Fatalf("%s in year %d: %v after changes, %v made anew", k, j, tally.Totals()[k][j], row[j])
			}
		}
	}
	bad := []ledger.Stream{{ID: "bad", Quantity: math.NaN(), PriceBase: 2024}}
	if err := tally.Replace(3, bad); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("a stream that is not a number: %v", err)
	}
	if err := tally.Replace(500, nil); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("a group that is not there: %v", err)
	}
}

func TestBadStreamsAreNamed(t *testing.T) {
	c := context(30)
	good := ledger.Stream{ID: "a1/rent", Label: "Rent", PriceBase: 2024, Quantity: -1, First: 2026, Last: 2030}
	for name, c2 := range map[string]struct {
		change func(*ledger.Stream)
		says   string
	}{
		"not a number":        {func(s *ledger.Stream) { s.Quantity = math.NaN() }, "NaN"},
		"infinite":            {func(s *ledger.Stream) { s.Quantity = math.Inf(1) }, "Inf"},
		"ends before":         {func(s *ledger.Stream) { s.Last = 2020 }, "before"},
		"shrinks by all":      {func(s *ledger.Stream) { s.Growth.Value = -1 }, "growth"},
		"uplift below -100 %": {func(s *ledger.Stream) { s.Uplift.Value = -1.5 }, "uplift"},
		"another price base":  {func(s *ledger.Stream) { s.PriceBase = 2019 }, "2019"},
		"unknown path":        {func(s *ledger.Stream) { s.Index = "price.coal" }, "price.coal"},
		"part year over 1":    {func(s *ledger.Stream) { s.FirstMissed = 1.2 }, "part year"},
		"too many rates":      {func(s *ledger.Stream) { s.Rates = make([]ledger.Term, ledger.MaxRates+1) }, "rates"},
		"share not a number":  {func(s *ledger.Stream) { s.Profile.Shares = []float64{math.NaN()} }, "share"},
	} {
		s := good
		c2.change(&s)
		_, err := ledger.Expand([]ledger.Stream{good, s}, c)
		if !errors.Is(err, model.ErrInvalid) || !strings.Contains(err.Error(), c2.says) || !strings.Contains(err.Error(), "a1/rent") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestPastedCashFlowsKeepTheirPriceBase(t *testing.T) {
	half := func(int, int) (float64, error) { return 0.5, nil }
	s, err := ledger.FromManual(model.ManualStream{Label: "x", First: 2026, Values: []float64{10, 0, -4}, PriceBase: 2019}, "m1", 2024, half)
	if err != nil {
		t.Fatal(err)
	}
	m, err := ledger.Expand([]ledger.Stream{s}, context(5))
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(m.Row(0)); got != "[5 0 -2 0 0]" {
		t.Errorf("got %s", got)
	}
	if _, err := ledger.FromManual(model.ManualStream{Label: "x", First: 2026, Values: []float64{1, math.NaN()}}, "m", 2024, half); err == nil || !strings.Contains(err.Error(), "2027/28") {
		t.Errorf("got %v", err)
	}
	if _, err := ledger.FromManual(model.ManualStream{Label: "empty"}, "m", 2024, half); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("got %v", err)
	}
}
