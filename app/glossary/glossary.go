// Package glossary holds what each term on the screens means, in one place: a
// screen asks for a term and shows what it gets as a tip.
//
// It knows words only; it imports nothing of the program.
package glossary

import "slices"

// terms are written as whole sentences that a councillor would follow.
var terms = map[string]string{
	"NPSV":               "Net present social value (NPSV): what the plan is worth to everybody, all benefits less all costs against the baseline, discounted to today.",
	"NPV":                "Net present value (NPV) to the public purse: what public bodies receive less what they pay against the baseline, discounted to today.",
	"BCR":                "Benefit-cost ratio (BCR): benefits for each £ of net public cost. There is none when nothing is spent on balance.",
	"baseline":           "The scenario that every change is measured against, business as usual unless you choose another.",
	"scenario":           "A set of dated actions over the estate as it is.",
	"payback":            "The first financial year from which the public purse is better off for good.",
	"footprint":          "Greenhouse gases of the whole estate in a year, as tonnes of carbon dioxide equivalent (tCO₂e), with the yearly conversion factors.",
	"change in carbon":   "Against the baseline, with long-run marginal factors: what one unit more or less really changes. A saving is negative.",
	"value of carbon":    "What the change in emissions is worth at the central carbon values of the Green Book, before discounting.",
	"service level":      "The chance that everybody who comes in on the busiest weekday finds a desk. A higher chance needs more desks.",
	"sharing ratio":      "How many people there are for each desk.",
	"floor area":         "Gross internal area (GIA): everything inside the outer walls, in square metres.",
	"running cost":       "What it costs to run in a year: maintenance, cleaning, rates, rent, reception, energy and the like. Accountants call it revenue or opex.",
	"backlog":            "What it would cost to bring the building back to a sound condition (condition B).",
	"condition":          "A good, B satisfactory, C poor, D bad: the usual grades of a condition survey.",
	"energy rating":      "Display energy certificate or energy performance certificate, A best to G worst.",
	"tenure":             "How it is held: freehold is owned, leasehold is rented for a term.",
	"UPRN":               "Unique Property Reference Number: the national number of the address.",
	"FTE":                "Full-time equivalent staff: two people who work half time are one.",
	"desks":              "Desks fit for use.",
	"desks in use":       "Desks of the teams there now.",
	"visits":             "Visits of residents in a year.",
	"evidence":           "How sure the figure is: measured, stated, benchmark, estimated or placeholder. The last three are marked ≈.",
	"modelled":           "A figure marked ≈ was not measured or stated by anybody: it comes from a benchmark or an estimate.",
	"fitness":            "How good the building is, from 0 for the worst of its peers to 100 for the best: condition, running cost, energy, suitability.",
	"need":               "How much the building is needed, from 0 for the least of its peers to 100 for the most: use of space, residents within reach, size.",
	"stability":          "Share of other weightings under which the answer stays the same. Below 70 % decide by judgement.",
	"capital cost":       "Spending on works and moves, in the prices of the project, not discounted, with optimism bias.",
	"receipts":           "What sales bring in, in the prices of the project, not discounted.",
	"optimism bias":      "An allowance for costs turning out higher than first thought, by kind of project.",
	"price base":         "The calendar year in whose prices money is written.",
	"financial year":     "April to March: 2027/28 begins in April 2027.",
	"finding":            "Something wrong, missing or surprising in the data, with the cell it was seen in.",
	"problem":            "A problem keeps a figure out of the results; a warning is worth a look; a note is only told.",
	"assumption":         "A number that results rest on, with its source. You may put your own in its place, with the reason.",
	"group":              "The part of the method that uses it.",
	"dated":              "The date of the source.",
	"public edition":     "Without values, receipts and other figures that are commercially sensitive. It can be published.",
	"exempt edition":     "With every figure. For members and officers only.",
	"lock":               "A locked scenario cannot be changed until somebody unlocks it.",
	"freeze":             "Keeps everything as it is now as a numbered decision, sealed with a hash that is printed on its papers.",
	"share here":         "How much of the team sits in this building.",
	"electricity":        "Electricity of the whole estate in the year, in kilowatt-hours (kWh).",
	"other fuel":         "Gas, oil, district heat and biomass of the whole estate in the year, in kilowatt-hours (kWh).",
	"stream":             "One effect of one decision: how much, when, driven by what, from which source. Every total is a sum of streams.",
	"equivalent annual":  "The value to society as an equal amount every year.",
	"conflict":           "What keeps the action from being carried out as it stands; its effect is then not counted.",
	"year of an action":  "The financial year in which it takes effect.",
	"use":                "What the building is mainly used for.",
	"organisation":       "The body that holds it.",
	"kind of team":       "What sort of team or public service it is.",
	"cell":               "The sheet, row and column of the file in which it was seen.",
	"parameter set":      "The dated set of official figures (discount rates, carbon values, factors) that results rest on.",
	"residents in reach": "Residents of the small areas from which the building can be reached.",
}

// Tip says what a term means. It panics for a term that is not in the glossary,
// which is a programmer's mistake.
func Tip(term string) string {
	t, ok := terms[term]
	if !ok {
		panic("glossary: no term " + term)
	}
	return t
}

// Terms lists every term, in order.
func Terms() []string {
	out := make([]string, 0, len(terms))
	for t := range terms {
		out = append(out, t)
	}
	slices.Sort(out)
	return out
}
