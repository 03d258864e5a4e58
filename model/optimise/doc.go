// Package optimise finds a plan for an estate and says how far that plan can
// be from the best one.
//
// It knows one problem: every building takes one action, every service sits in
// one building, and capacity, capital, carbon, travel, must-not-share rules,
// locks and counting rules hold. It answers with a plan, a proven lower bound
// and what, if anything, the plan breaks. Actions and moves both take capital and
// change emissions. Subpackage siting answers the
// narrower question of where to put hubs.
//
// It refuses to know where the numbers came from: no projects, scenarios,
// streams, files, clocks or screens. Time is a function handed in by the
// caller, randomness is a seeded generator, and the order of work depends on
// neither, so a run stopped after a given amount of work is the same run on
// every machine.
//
// How it works, with the sources in the files themselves:
//
//   - problem.go, read.go: the problem and its JSON form, refused with the
//     name of the field that is wrong;
//   - check.go: an independent re-check of any plan in whole pence, kilograms
//     and person-metres; nothing leaves Solve without passing through it;
//   - core.go, sessions.go, moves.go, presolve.go: the compact form the engine
//     works on, with what sessions and moves take, and what can be ruled out at
//     once;
//   - knapsack.go, pack.go, evaluate.go, hard.go, lagrange.go: the bound, one
//     exact knapsack per building and one tight limit kept exact;
//   - programme.go, cuts.go: the problem as a mixed-integer programme, and
//     inequalities over several buildings that HiGHS (package highs) finds in
//     it, priced in the bound; without HiGHS everything else is the same;
//   - fix.go, branch.go, split.go: proof by branch and bound on that bound;
//   - state.go, construct.go, search.go: plans by construction and annealing;
//   - neighbourhood.go, large.go: better plans by freeing a part of one and
//     solving that part with the same branch and bound;
//   - walk.go, pool.go: two walkers that better plan after plan, and the pool of
//     plans they cross;
//   - solve.go, phases.go, share.go: the order of work, which depends on the work
//     done and what it brought, never on the clock;
//   - nearest.go, force.go, frontier.go: what to do when nothing is feasible,
//     why a plan decides as it does, and at what price.
package optimise
