package ledger

import (
	"github.com/planting-the-flag/flagstone/model"
)

// Matrix holds the flows of a list of streams: row i is stream i, column j the
// financial year BaseYear+j.
type Matrix struct {
	BaseYear int
	Years    int
	flows    []float64
}

// Expand computes every flow. It fails on the first stream that Check refuses.
func Expand(streams []Stream, c *Context) (*Matrix, error) {
	m := &Matrix{BaseYear: c.BaseYear, Years: c.Years, flows: make([]float64, len(streams)*c.Years)}
	e := NewExpander(c)
	for i := range streams {
		if err := streams[i].Check(c); err != nil {
			return nil, err
		}
		e.AddTo(m.Row(i), &streams[i], 1)
	}
	return m, nil
}

// Row is the flows of stream i, one a year.
func (m *Matrix) Row(i int) []float64 { return m.flows[i*m.Years : (i+1)*m.Years : (i+1)*m.Years] }

// Sum adds, year by year, the rows of the streams that keep accepts.
func Sum(streams []Stream, m *Matrix, keep func(*Stream) bool) []float64 {
	out := make([]float64, m.Years)
	for i := range streams {
		if keep(&streams[i]) {
			AddTo(out, m.Row(i), 1)
		}
	}
	return out
}

// SumBy adds rows into one total a key, year by year.
func SumBy[K comparable](streams []Stream, m *Matrix, key func(*Stream) (K, bool)) map[K][]float64 {
	out := map[K][]float64{}
	for i := range streams {
		k, ok := key(&streams[i])
		if !ok {
			continue
		}
		t := out[k]
		if t == nil {
			t = make([]float64, m.Years)
			out[k] = t
		}
		AddTo(t, m.Row(i), 1)
	}
	return out
}

// AddTo adds by × row to total, element by element.
func AddTo(total, row []float64, by float64) {
	for j, v := range row {
		total[j] += by * v
	}
}

// Total adds a row up, smallest parts first being unnecessary at the sizes of
// a public estate: the error stays far below a penny.
func Total(row []float64) float64 {
	t := 0.0
	for _, v := range row {
		t += v
	}
	return t
}

// IsMoney accepts money streams.
func IsMoney(s *Stream) bool { return s.Ledger == Money }

// IsEconomic accepts the streams of the economic view: money that is not a
// transfer within society.
func IsEconomic(s *Stream) bool { return s.Ledger == Money && !s.Transfer }

// IsCash accepts the streams of the cash view: money that somebody pays.
func IsCash(s *Stream) bool { return s.Ledger == Money && !s.Unpriced }

// EnergyBy returns the kWh streams of one fuel.
func EnergyBy(f model.Fuel) func(*Stream) bool {
	return func(s *Stream) bool { return s.Ledger == Carbon && s.Unit == "kWh" && s.Fuel == f }
}
