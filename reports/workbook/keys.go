package workbook

import (
	"sort"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Keys of the paths that carbon is worked out with: the factors of a footprint,
// the marginal factors of a change and the value of a tonne.
const (
	prefixFootprint = "footprint"
	prefixMarginal  = "marginal"
	keyValueCentral = "carbon.central"
	keyValueLow     = "carbon.low"
	keyValueHigh    = "carbon.high"
)

// noneKey stands in the input cells of a stream that has no index or profile.
const noneKey = "none"

// valueOf returns a path's values over the appraised years; a path that the
// comparison lacks is 0 throughout.
func (b *builder) valueOf(key string) []float64 {
	out := make([]float64, b.years)
	p, ok := b.cmp.Paths[key]
	if !ok {
		return out
	}
	for j := range out {
		out[j] = p.At(b.cmp.BaseYear + j)
	}
	return out
}

// sortedPaths lists the keys of the comparison's paths.
func (b *builder) sortedPaths() []string {
	out := make([]string, 0, len(b.cmp.Paths))
	for k := range b.cmp.Paths {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

func footprintKey(f model.Fuel) string { return ledger.PathKey(prefixFootprint, f) }
func marginalKey(f model.Fuel) string  { return ledger.PathKey(prefixMarginal, f) }

// carbonKey is the path of carbon values that NPSV is worked out with.
func (b *builder) carbonKey() string {
	switch b.cmp.CarbonCase {
	case appraisal.Low:
		return keyValueLow
	case appraisal.High:
		return keyValueHigh
	}
	return keyValueCentral
}
