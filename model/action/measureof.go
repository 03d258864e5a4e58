package action

import (
	"strings"

	"github.com/planting-the-flag/flagstone/model/ledger"
)

// MeasureOf is the key of the measure that a stream of a retrofit belongs to;
// empty when the stream is of no action. What a heat pump grows by for services
// that moved in belongs to the heat pump.
func MeasureOf(st *ledger.Stream) string {
	rest, ok := strings.CutPrefix(st.ID, string(st.Action)+"/")
	if st.Action == "" || !ok {
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	if strings.HasPrefix(name, "moved") {
		return "heatpump"
	}
	return name
}
