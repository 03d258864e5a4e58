// Package reference holds dated, versioned parameter sets: discount rates,
// carbon values, conversion factors, prices, deflators, optimism bias, energy
// benchmarks, lending and tax rules. Each value keeps its unit, price base,
// source and confidence.
//
// It knows what the reference tables say and the few rules by which a gap may
// be filled, each of which is named where it is used. It refuses to guess: a
// year without a value is an error that names the year and the nearest one
// there is. It knows nothing of projects, streams or discounted totals.
//
// Nothing here is tied to the United Kingdom or to sterling: a set carries its
// currency, its financial year and its tables. Only the sets shipped with
// Flagstone are British.
package reference
