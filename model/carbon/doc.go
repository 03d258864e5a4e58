// Package carbon turns energy and works into greenhouse gas: footprints by
// scope and year, the change a decision makes, ratings, target pathways and the
// year in which a building falls behind them.
//
// It knows four sets of electricity factors and keeps them apart by type, so
// that the wrong one does not compile: conversion factors for a footprint,
// long-run marginal factors for a change in consumption, the fixed factors of
// display energy certificates, and those of energy performance certificates. It
// refuses to know money, where factors come from and how results are shown.
package carbon
