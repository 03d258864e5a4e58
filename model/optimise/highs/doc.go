// Package highs solves linear and mixed-integer programmes with HiGHS
// (https://highs.dev, MIT licence), which it runs as WebAssembly inside this
// program (package wazero): no C compiler, no other process.
//
// It knows nothing of estates. A Model goes in, a Run comes back that can be let
// go on for some work, asked for its bound and best solution, given a better
// solution, and stopped at any time. Work is counted on a clock that ticks when
// HiGHS looks at it and never on a real one, so the same run gives the same
// answers on every machine.
//
//   - module.go: the embedded module, compiled once, its compilation kept in a
//     folder when the caller names one;
//   - host.go: what the module asks of its surroundings: a clock, room to grow,
//     a place to write; no files, no network, no random numbers;
//   - callback.go: how HiGHS reports bounds and solutions while it runs;
//   - run.go, solve.go: runs.
//
// Where the build did not fetch HiGHS (see assets/highs), or the machine is not
// one that wazero compiles for, Load returns ErrAbsent.
package highs
