// Package glossary holds what each term on the screens means, in one place: a
// screen asks for a term and shows what it gets as a tip.
//
// It knows words only, in the language of the user.
package glossary

import (
	"slices"

	"github.com/planting-the-flag/flagstone/app/words"
)

// terms are written as whole sentences that a councillor would follow.
var terms = map[string]string{
	"NPSV":               words.Later("Net present social value (NPSV): what the plan is worth to everybody, all benefits less all costs against the baseline, discounted to today."),
	"NPV":                words.Later("Net present value (NPV) to the public purse: what public bodies receive less what they pay against the baseline, discounted to today."),
	"BCR":                words.Later("Benefit-cost ratio (BCR): benefits for each £ of net public cost. There is none when nothing is spent on balance."),
	"baseline":           words.Later("The scenario that every change is measured against, business as usual unless you choose another."),
	"scenario":           words.Later("A set of dated actions over the estate as it is."),
	"payback":            words.Later("The first financial year from which the public purse is better off for good."),
	"footprint":          words.Later("Greenhouse gases of the whole estate in a year, as tonnes of carbon dioxide equivalent (tCO₂e), with the yearly conversion factors."),
	"change in carbon":   words.Later("Against the baseline, with long-run marginal factors: what one unit more or less really changes. A saving is negative."),
	"value of carbon":    words.Later("What the change in emissions is worth at the central carbon values of the Green Book, before discounting."),
	"service level":      words.Later("The chance that everybody who comes in on the busiest weekday finds a desk. A higher chance needs more desks."),
	"sharing ratio":      words.Later("How many people there are for each desk."),
	"floor area":         words.Later("Gross internal area (GIA): everything inside the outer walls, in square metres."),
	"running cost":       words.Later("What it costs to run in a year: maintenance, cleaning, rates, rent, reception, energy and the like. Accountants call it revenue or opex."),
	"backlog":            words.Later("What it would cost to bring the building back to a sound condition (condition B)."),
	"condition":          words.Later("A good, B satisfactory, C poor, D bad: the usual grades of a condition survey."),
	"energy rating":      words.Later("Display energy certificate or energy performance certificate, A best to G worst."),
	"tenure":             words.Later("How it is held: freehold is owned, leasehold is rented for a term."),
	"UPRN":               words.Later("Unique Property Reference Number: the national number of the address."),
	"FTE":                words.Later("Full-time equivalent staff: two people who work half time are one."),
	"desks":              words.Later("Desks fit for use."),
	"desks in use":       words.Later("Desks of the teams there now."),
	"visits":             words.Later("Visits of residents in a year."),
	"evidence":           words.Later("How sure the figure is: measured, stated, benchmark, estimated or placeholder. The last three are marked ≈."),
	"modelled":           words.Later("A figure marked ≈ was not measured or stated by anybody: it comes from a benchmark or an estimate."),
	"fitness":            words.Later("How good the building is, from 0 for the worst of its peers to 100 for the best: condition, running cost, energy, suitability."),
	"need":               words.Later("How much the building is needed, from 0 for the least of its peers to 100 for the most: use of space, residents within reach, size."),
	"stability":          words.Later("Share of other weightings under which the answer stays the same. Below 70 % decide by judgement."),
	"capital cost":       words.Later("Spending on works and moves, in the prices of the project, not discounted, with optimism bias."),
	"receipts":           words.Later("What sales bring in, in the prices of the project, not discounted."),
	"optimism bias":      words.Later("An allowance for costs turning out higher than first thought, by kind of project."),
	"price base":         words.Later("The calendar year in whose prices money is written."),
	"financial year":     words.Later("April to March: 2027/28 begins in April 2027."),
	"finding":            words.Later("Something wrong, missing or surprising in the data, with the cell it was seen in."),
	"problem":            words.Later("A problem keeps a figure out of the results; a warning is worth a look; a note is only told."),
	"assumption":         words.Later("A number that results rest on, with its source. You may put your own in its place, with the reason."),
	"group":              words.Later("The part of the method that uses it."),
	"dated":              words.Later("The date of the source."),
	"public edition":     words.Later("Without values, receipts and other figures that are commercially sensitive. It can be published."),
	"exempt edition":     words.Later("With every figure. For members and officers only."),
	"lock":               words.Later("A locked scenario cannot be changed until somebody unlocks it."),
	"freeze":             words.Later("Keeps everything as it is now as a numbered decision, sealed with a hash that is printed on its papers."),
	"share here":         words.Later("How much of the team sits in this building."),
	"electricity":        words.Later("Electricity of the whole estate in the year, in kilowatt-hours (kWh)."),
	"other fuel":         words.Later("Gas, oil, district heat and biomass of the whole estate in the year, in kilowatt-hours (kWh)."),
	"stream":             words.Later("One effect of one decision: how much, when, driven by what, from which source. Every total is a sum of streams."),
	"equivalent annual":  words.Later("The value to society as an equal amount every year."),
	"conflict":           words.Later("What keeps the action from being carried out as it stands; its effect is then not counted."),
	"year of an action":  words.Later("The financial year in which it takes effect."),
	"use":                words.Later("What the building is mainly used for."),
	"organisation":       words.Later("The body that holds it."),
	"kind of team":       words.Later("What sort of team or public service it is."),
	"cell":               words.Later("The sheet, row and column of the file in which it was seen."),
	"parameter set":      words.Later("The dated set of official figures (discount rates, carbon values, factors) that results rest on."),
	"residents in reach": words.Later("Residents of the small areas from which the building can be reached."),
}

// Tip says what a term means. It panics for a term that is not in the glossary,
// which is a programmer's mistake.
func Tip(term string) string {
	t, ok := terms[term]
	if !ok {
		panic("glossary: no term " + term)
	}
	return words.T(t)
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
