package rationalise

import (
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/optimise"
)

// Spec says what may be decided and within which limits.
type Spec struct {
	Year       int                           `json:"year"`       // in which services move and buildings close; base year + 2 when 0
	MaxKM      float64                       `json:"max_km"`     // farthest a service may move; 3 when 0
	Nearest    int                           `json:"nearest"`    // places offered to each service besides its own; 12 when 0
	Measures   []string                      `json:"measures"`   // retrofit offered to buildings kept; none when empty
	Capital    map[int]float64               `json:"capital"`    // £ limit by financial year
	Carbon     map[int]float64               `json:"carbon"`     // tCO2e limit by financial year
	AccessKM   float64                       `json:"access_km"`  // limit on visits × km moved; none when 0
	Keep       []model.AssetID               `json:"keep"`       // never closed
	Locked     map[model.AssetID]string      `json:"locked"`     // decision forced, by name
	Rules      []optimise.Rule               `json:"rules"`      // at most, at least, in the solver's own terms
	Spread     int                           `json:"spread"`     // years, from Year, over which closures and works may be spread; 1 when 0
	CarbonCut  map[int]float64               `json:"carbon_cut"` // limit by financial year as a share cut from the first year's emissions, 0–1
	Counts     []Count                       `json:"counts"`     // at most, at least, of buildings decided in one way
	Apart      []Apart                       `json:"apart"`      // must not share a building
	Residents  *Reach                        `json:"residents"`  // who must keep a public building within reach
	LetGo      []string                      `json:"may_let_go"` // kinds of lock ("listed") that do not keep a building from being let go
	Only       map[model.AssetID]bool        `json:"-"`          // buildings considered; all when nil
	Organisers map[model.OrganisationID]bool `json:"-"`          // whose buildings may close; all when nil
}
