package ledger

import (
	"math"

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
	for i := range streams {
		if err := streams[i].Check(c); err != nil {
			return nil, err
		}
		streams[i].expandInto(m.Row(i), c)
	}
	return m, nil
}

// Row is the flows of stream i, one a year.
func (m *Matrix) Row(i int) []float64 { return m.flows[i*m.Years : (i+1)*m.Years : (i+1)*m.Years] }

// expandInto writes the flows of s into row, doing once a row what Flow does
// once a cell.
func (s *Stream) expandInto(row []float64, c *Context) {
	clear(row)
	from, to := max(s.First, c.BaseYear), min(s.Last, c.BaseYear+c.Years-1)
	if from > to {
		return
	}
	amount := s.Amount() * (1 + s.Uplift.Factor())
	step := 1
	if s.Profile.Every > 1 {
		step = s.Profile.Every
		if over := (from - s.First) % step; over != 0 {
			from += step - over
		}
	}
	growth, factor, perStep := 1+s.Growth.Factor(), 1.0, 1.0
	if growth != 1 {
		factor, perStep = math.Pow(growth, float64(from-c.BaseYear)), math.Pow(growth, float64(step))
	}
	var path []float64
	pathStart := 0
	if s.Index != "" {
		p := c.Paths[s.Index]
		path, pathStart = p.Values, p.Start
	}
	for y := from; y <= to; y += step {
		v := amount * factor
		factor *= perStep
		k := y - s.First
		if k+1 < s.Profile.Ramp {
			v *= float64(k+1) / float64(s.Profile.Ramp)
		}
		if s.Profile.Shares != nil {
			if k >= len(s.Profile.Shares) {
				break
			}
			v *= s.Profile.Shares[k]
		}
		if path != nil {
			v *= path[y-pathStart]
		}
		row[y-c.BaseYear] = v
	}
	if i := s.First - c.BaseYear; i >= 0 && i < c.Years {
		row[i] *= 1 - s.FirstMissed
	}
	if i := s.Last - c.BaseYear; i >= 0 && i < c.Years {
		row[i] *= 1 - s.LastMissed
	}
}

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
