// Package demo builds the demonstration project, Trafford, from the open data
// that ships with the program: it imports the published files as a user would,
// then models what nobody publishes.
//
// It knows the place and the modelling rule. It refuses to pass a modelled
// figure off as a real one: every figure it makes has the grade estimated,
// benchmark or placeholder and says how it was made. NHS sites keep the costs
// and energy of their own returns.
package demo

// Rule is the modelling rule in words, printed wherever modelled figures are.
const Rule = "Nobody publishes running costs, energy use, teams and desks of Trafford's council and partner buildings. " +
	"They are modelled here to show the method and must not be read as facts about any building. " +
	"Uses are read from names; floor areas given for a whole site are counted once; missing areas of partner premises are typical sizes by use. " +
	"Energy is floor area times the CIBSE TM46 typical benchmark of the use. Maintenance, cleaning, business rates and other running costs are £ per m² by use, " +
	"placeholders. Backlog is the reference table's cost of returning to condition B, with condition inferred from the energy rating. " +
	"Desks and staff follow floor area by use; libraries are where the council's list of libraries has them; opening sessions are typical by use. Market values are £ per m² placeholders. Lease dates of partner premises are assumed. " +
	"NHS sites in the estates returns keep their stated areas, costs, energy and backlog."
