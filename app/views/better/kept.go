package better

import (
	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/words"
)

// whyKept says why a plan may let nothing go: what is not on record, and what
// to bring.
func whyKept(s *app.Snapshot) []string {
	buildings, free, priced := 0, 0, 0
	for i := range s.Assets {
		a := &s.Assets[i]
		if !a.Use.Built() || !a.FloorArea.Known() {
			continue
		}
		buildings++
		if len(s.OccupationsOf(a.ID)) == 0 && !a.SaidEmpty() {
			free++
		}
		if a.Value.Known() {
			priced++
		}
	}
	var out []string
	if free > 0 {
		out = append(out, words.F("Nothing is let go. Of %s buildings, %s may not be, because nobody is recorded as working there and nobody says that they are empty: drop a spreadsheet that says who works where.",
			format.Whole(float64(buildings)), format.Whole(float64(free))))
	}
	if buildings > 0 && priced == 0 {
		out = append(out, words.T("No building has a known value, so a sale would bring in nothing: drop a spreadsheet with market values."))
	}
	return out
}
