package risk

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/planting-the-flag/flagstone/model"
)

// Group is a set of drivers that move together: any two of them have this
// correlation (of the normal scores behind them), through one factor that all
// share. Keys may end in * for every key that begins so.
type Group struct {
	Name        string
	Keys        []string
	Correlation float64 // 0 to 1
}

// Matrix is a correlation matrix given for some drivers, in the order of Keys.
type Matrix struct {
	Keys []string
	Rows [][]float64
}

// matches says whether a key is meant by a pattern.
func matches(pattern, key string) bool {
	if p, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(key, p)
	}
	return pattern == key
}

// copula turns independent normal scores into the wanted ones.
type copula struct {
	factor  []int     // shared factor of each driver, −1 for none
	load    []float64 // its weight; the driver's own part has the rest
	factors int
	at      []int       // drivers of the matrix
	lower   [][]float64 // Cholesky factor of the matrix
}

// newCopula checks the groups and the matrix. A driver is in one of them at most;
// the first group that names it counts.
func newCopula(drivers []Driver, groups []Group, m *Matrix) (*copula, error) {
	c := &copula{factor: make([]int, len(drivers)), load: make([]float64, len(drivers)), factors: len(groups)}
	for i := range c.factor {
		c.factor[i] = -1
	}
	inMatrix := map[string]int{}
	if m != nil {
		for i, k := range m.Keys {
			if _, twice := inMatrix[k]; twice {
				return nil, model.Invalid("correlation", fmt.Sprintf("%s is in the correlation matrix twice", k))
			}
			inMatrix[k] = i
		}
		if err := m.check(); err != nil {
			return nil, err
		}
	}
	for gi, g := range groups {
		if !(g.Correlation >= 0 && g.Correlation <= 1) {
			return nil, model.Invalid("correlation", fmt.Sprintf("the group %q has the correlation %g; it must be 0 to 1 (use a matrix for negative ones)", g.Name, g.Correlation))
		}
		for i := range drivers {
			if _, taken := inMatrix[drivers[i].Key]; taken || c.factor[i] >= 0 {
				continue
			}
			for _, p := range g.Keys {
				if matches(p, drivers[i].Key) {
					c.factor[i], c.load[i] = gi, math.Sqrt(g.Correlation)
				}
			}
		}
	}
	if m == nil {
		return c, nil
	}
	return c, c.cholesky(drivers, m)
}

func (m *Matrix) check() error {
	n := len(m.Keys)
	bad := func(f string, a ...any) error {
		return model.Invalid("correlation", "the correlation matrix "+fmt.Sprintf(f, a...))
	}
	if len(m.Rows) != n {
		return bad("has %d rows for %d keys", len(m.Rows), n)
	}
	for i, r := range m.Rows {
		if len(r) != n {
			return bad("has %d columns in row %d for %d keys", len(r), i+1, n)
		}
	}
	for i, r := range m.Rows {
		for j, v := range r {
			switch {
			case !(v >= -1 && v <= 1):
				return bad("holds %g; correlations are −1 to 1", v)
			case i == j && v != 1:
				return bad("has %g on its diagonal, which must be 1", v)
			case math.Abs(v-m.Rows[j][i]) > 1e-12:
				return bad("is not the same both ways for %s and %s", m.Keys[i], m.Keys[j])
			}
		}
	}
	return nil
}

// cholesky factors the part of the matrix whose drivers are in play.
func (c *copula) cholesky(drivers []Driver, m *Matrix) error {
	var rows []int
	for i, k := range m.Keys {
		for d := range drivers {
			if drivers[d].Key == k {
				c.at, rows = append(c.at, d), append(rows, i)
			}
		}
	}
	n := len(c.at)
	if n == 0 {
		return nil
	}
	sym := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			sym.SetSym(i, j, m.Rows[rows[i]][rows[j]])
		}
	}
	var ch mat.Cholesky
	if !ch.Factorize(sym) {
		return model.Invalid("correlation", "the correlation matrix contradicts itself: no set of numbers can be correlated in this way. Bring the largest correlations nearer to 0")
	}
	var l mat.TriDense
	ch.LTo(&l)
	c.lower = make([][]float64, n)
	for i := range c.lower {
		c.lower[i] = make([]float64, i+1)
		for j := range c.lower[i] {
			c.lower[i][j] = l.At(i, j)
		}
	}
	return nil
}

// draw fills u with a chance between 0 and 1 for every driver. It takes the same
// count of random numbers in every draw.
func (c *copula) draw(rnd *rand.Rand, u, shared []float64) {
	for i := range shared[:c.factors] {
		shared[i] = rnd.NormFloat64()
	}
	for i := range u {
		u[i] = rnd.NormFloat64()
	}
	for i, f := range c.factor {
		if f >= 0 {
			u[i] = c.load[i]*shared[f] + math.Sqrt(1-c.load[i]*c.load[i])*u[i]
		}
	}
	for i := len(c.at) - 1; i >= 0; i-- { // from the last: row i needs the scores before it as they were
		v := 0.0
		for j, w := range c.lower[i] {
			v += w * u[c.at[j]]
		}
		u[c.at[i]] = v
	}
	for i, z := range u {
		u[i] = min(max(distuv.UnitNormal.CDF(z), 1e-12), 1-1e-12)
	}
}
