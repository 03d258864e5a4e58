package ledger

import (
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
)

// Tally keeps totals of many groups of streams (one a building, say) and brings
// them up to date when one group changes. Groups are totalled in blocks of about
// the square root of their number: a change re-expands one block and adds the
// blocks up again. The result is the same to the last bit as totalling
// everything anew, so it cannot drift however often it is changed.
type Tally[K comparable] struct {
	c      Context
	e      *Expander
	key    func(*Stream) (K, bool)
	groups [][]Stream
	size   int
	blocks []map[K][]float64
	totals map[K][]float64
}

// NewTally totals the groups. The key says which total a stream belongs to.
func NewTally[K comparable](groups [][]Stream, c Context, key func(*Stream) (K, bool)) (*Tally[K], error) {
	t := &Tally[K]{c: c, key: key, groups: append([][]Stream(nil), groups...), size: max(1, int(math.Sqrt(float64(len(groups)))))}
	t.e = NewExpander(&t.c)
	t.blocks = make([]map[K][]float64, (len(groups)+t.size-1)/t.size)
	for b := range t.blocks {
		var err error
		if t.blocks[b], err = t.block(b, t.groups); err != nil {
			return nil, err
		}
	}
	t.add()
	return t, nil
}

// Replace puts other streams in the place of a group and brings the totals up
// to date. When a stream is refused the tally stays as it was.
func (t *Tally[K]) Replace(group int, streams []Stream) error {
	if group < 0 || group >= len(t.groups) {
		return model.Invalid("group", fmt.Sprintf("group %d of %d", group, len(t.groups)))
	}
	old := t.groups[group]
	t.groups[group] = streams
	b := group / t.size
	fresh, err := t.block(b, t.groups)
	if err != nil {
		t.groups[group] = old
		return err
	}
	t.blocks[b] = fresh
	t.add()
	return nil
}

// Totals is the present totals. They change with the next Replace.
func (t *Tally[K]) Totals() map[K][]float64 { return t.totals }

func (t *Tally[K]) block(b int, groups [][]Stream) (map[K][]float64, error) {
	out := map[K][]float64{}
	for g := b * t.size; g < min((b+1)*t.size, len(groups)); g++ {
		if err := totalInto(out, t.e, groups[g], t.key); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (t *Tally[K]) add() {
	t.totals = make(map[K][]float64, len(t.totals))
	for _, b := range t.blocks {
		for k, row := range b {
			sum := t.totals[k]
			if sum == nil {
				sum = make([]float64, t.c.Years)
				t.totals[k] = sum
			}
			AddTo(sum, row, 1)
		}
	}
}
