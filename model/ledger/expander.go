package ledger

import "math"

// Expander computes rows fast by sharing what streams have in common. Streams
// that grow alike and follow the same path have the same shape, so a row is an
// amount times a shape that is computed once. Flow stays the definition; a test
// holds the two together.
type Expander struct {
	c      *Context
	shapes map[shapeKey][]float64
	last   shapeKey  // most streams follow the one before them
	lastOf []float64 // shape of last
	buffer []float64
}

// shapeKey is what streams of one shape share.
type shapeKey struct {
	index  string
	growth float64
}

// NewExpander prepares to expand streams in a context. It must not be shared
// between goroutines.
func NewExpander(c *Context) *Expander {
	return &Expander{c: c, shapes: map[shapeKey][]float64{}, buffer: make([]float64, c.Years)}
}

// shape is growth × path for every year; nil stands for 1 throughout.
func (e *Expander) shape(s *Stream) []float64 {
	k := shapeKey{s.Index, s.Growth.Factor()}
	if k == (shapeKey{}) {
		return nil
	}
	if e.lastOf != nil && k == e.last {
		return e.lastOf
	}
	w, ok := e.shapes[k]
	if !ok {
		w = make([]float64, e.c.Years)
		var p = e.c.Paths[k.index]
		for j := range w {
			w[j] = 1
			if k.growth != 0 {
				w[j] = math.Pow(1+k.growth, float64(j))
			}
			if k.index != "" {
				w[j] *= p.At(e.c.BaseYear + j)
			}
		}
		e.shapes[k] = w
	}
	e.last, e.lastOf = k, w
	return w
}

// Row writes the flows of a stream, one a year. The stream must have passed
// Check.
func (e *Expander) Row(row []float64, s *Stream) {
	clear(row)
	e.AddTo(row, s, 1)
}

// AddTo adds by × the flows of a stream to a total without storing them. The
// stream must have passed Check.
func (e *Expander) AddTo(total []float64, s *Stream, by float64) {
	base := e.c.BaseYear
	from, to := max(s.First-base, 0), min(s.Last-base, e.c.Years-1)
	if from > to {
		return
	}
	amount := by * s.Amount() * (1 + s.Uplift.Factor())
	w := e.shape(s)
	if s.Profile.Every > 1 || s.Profile.Ramp > 1 || s.Profile.Shares != nil {
		e.addProfiled(total, s, amount, w, from, to)
		return
	}
	if s.FirstMissed != 0 && s.First == base+from {
		total[from] += amount * weight(w, from) * s.edge(s.First)
		from++
	}
	if s.LastMissed != 0 && s.Last == base+to && to >= from {
		total[to] += amount * weight(w, to) * s.edge(s.Last)
		to--
	}
	if from > to {
		return
	}
	t := total[from : to+1]
	if w == nil {
		for j := range t {
			t[j] += amount
		}
		return
	}
	w = w[from : to+1][:len(t)]
	for j, x := range w {
		t[j] += amount * x
	}
}

// addProfiled is AddTo for streams that recur, ramp or have a share a year.
func (e *Expander) addProfiled(total []float64, s *Stream, amount float64, w []float64, from, to int) {
	base := e.c.BaseYear
	step := 1
	if s.Profile.Every > 1 {
		step = s.Profile.Every
		if over := (base + from - s.First) % step; over != 0 {
			from += step - over
		}
	}
	for j := from; j <= to; j += step {
		k := base + j - s.First
		v := amount * weight(w, j) * s.edge(base+j)
		if k+1 < s.Profile.Ramp {
			v *= float64(k+1) / float64(s.Profile.Ramp)
		}
		if s.Profile.Shares != nil {
			if k >= len(s.Profile.Shares) {
				break
			}
			v *= s.Profile.Shares[k]
		}
		total[j] += v
	}
}

// edge is the share of a year in which the stream runs.
func (s *Stream) edge(year int) float64 {
	v := 1.0
	if year == s.First {
		v *= 1 - s.FirstMissed
	}
	if year == s.Last {
		v *= 1 - s.LastMissed
	}
	return v
}

func weight(w []float64, j int) float64 {
	if w == nil {
		return 1
	}
	return w[j]
}

// TotalBy expands streams and adds them into one total a key, year by year,
// without storing the flows. It gives what SumBy gives over Expand.
func TotalBy[K comparable](streams []Stream, c *Context, key func(*Stream) (K, bool)) (map[K][]float64, error) {
	e := NewExpander(c)
	out := map[K][]float64{}
	if err := totalInto(out, e, streams, key); err != nil {
		return nil, err
	}
	return out, nil
}

func totalInto[K comparable](out map[K][]float64, e *Expander, streams []Stream, key func(*Stream) (K, bool)) error {
	for i := range streams {
		s := &streams[i]
		if err := s.Check(e.c); err != nil {
			return err
		}
		k, ok := key(s)
		if !ok {
			continue
		}
		t := out[k]
		if t == nil {
			t = make([]float64, e.c.Years)
			out[k] = t
		}
		e.AddTo(t, s, 1)
	}
	return nil
}
