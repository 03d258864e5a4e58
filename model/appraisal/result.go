// Package appraisal says what streams are worth: discounting, the economic
// view, the affordability view and the comparison of scenarios.
//
// It knows the Green Book's arithmetic. It refuses to know how a decision makes
// a stream (package action), where figures come from (package reference) and
// how results are shown.
package appraisal

import (
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Comparison is every scenario of a project appraised on the same footing. It
// is what screens, workbook and papers are made from.
type Comparison struct {
	Project   *model.Project
	Set       string // identifier of the parameter set
	SetName   string
	Vintage   string // ISO date of issue
	BaseYear  int
	Years     int
	PriceBase int
	Schedule  string    // "standard", "reduced", …
	Discount  []float64 // factor of each year, year 0 = 1
	Book      *model.Book
	Paths     map[string]model.Path
	Baseline  model.ScenarioID
	Options   []Result // in the project's order
	Notes     []string // what the reader must know: vintages, extrapolations, sensitivities added

	Reduced         []float64 // factors of the reduced-rate sensitivity; nil up to a horizon of 50 years
	ReducedSchedule string    // its name
	TaxBurden       float64   // uplift of net public cost in NPSV; 0 unless a historic edition was asked for
	CarbonCase      Case      // the carbon values in NPSV
	PriceCase       Case      // the energy price paths

	unknown map[model.ScenarioID]map[model.OrganisationID]bool // payers nobody declared
}

// Sensitivity is the same scenario's headline figures under another discount
// schedule.
type Sensitivity struct {
	Schedule  string
	NPSV      float64
	NPVPublic float64
	BCR       *float64
}

// Result is one scenario appraised. Changes are against the comparison's
// baseline; a fall in cost or a rise in benefit is positive.
type Result struct {
	Scenario model.Scenario
	Plan     *action.Plan
	Flows    *ledger.Matrix // row i belongs to Plan.Streams[i]

	NPSV             float64  // £, change: all of society, carbon at central values included
	NPSVLow          float64  // the same with low carbon values
	NPSVHigh         float64  // the same with high carbon values
	NPVPublic        float64  // £, change: flows paid or received by public bodies
	NetPresentCost   float64  // £, absolute: present cost of the estate to public bodies
	BCR              *float64 // present value of benefits over present net cost to the public purse; nil when that cost is not positive
	BCRNote          string   // what is in the ratio, or why there is none
	AnnualEquivalent float64  // £ a year, of NPSV
	PaybackYear      *int     // financial year in which cumulative public cash turns positive for good; nil for never
	Capex            float64  // £, undiscounted, real, uplifted; positive
	Receipts         float64  // £, undiscounted, real; positive
	RunningCostEnd   float64  // £ a year in the last appraised year, positive
	PVBenefits       float64  // £, change
	PVPublicCost     float64  // £, change; positive when the option costs the public purse more than the baseline

	Economic []float64 // £ by year, change, real, undiscounted, carbon included
	Cash     []float64 // £ by year, change, real: what public bodies pay and receive, transfers included

	CarbonByYear []float64                // tCO2e by year, footprint, absolute
	CarbonTotal  float64                  // tCO2e over the horizon, footprint, absolute
	CarbonChange []float64                // tCO2e by year, change in emissions with marginal factors; negative is a saving
	CarbonValue  []float64                // £ by year, undiscounted: value of that change at central carbon values, positive for a saving
	CostPerTonne *float64                 // £ of public cost per tonne saved, both undiscounted tonnes and present cost; nil when nothing is saved
	EnergyByFuel map[model.Fuel][]float64 // kWh by year, absolute

	Area     []float64 // m² in use by year
	People   []float64 // FTE housed by year
	DesksUse []float64 // desks in use by year

	ByCategory    map[ledger.Category][]float64      // £ by year, absolute, economic view
	ByBody        map[model.OrganisationID][]float64 // £ by year, change, cash view, by payer
	EvidenceShare map[model.Grade]float64            // share of the present value of all flows, by grade; sums to 1

	Reduced      *Sensitivity // under reduced rates; nil up to a horizon of 50 years
	PVCarbon     float64      // £, change: present value of CarbonValue, part of NPSV
	CarbonByPart CarbonParts  // the footprint by where it comes from
}

// CarbonParts splits a footprint. Its parts add to the whole, year by year.
type CarbonParts struct {
	Energy   map[model.Fuel][]float64 // tCO2e by year, losses on the way included
	Embodied []float64
	Travel   []float64
	Other    []float64
}
