// Package model holds the words of asset rationalisation as types: project,
// organisation, asset, part, tenure, service, occupation, population point,
// scenario, action, assumption, finding, decision.
//
// It knows what the words mean, which values are legal and how a thing is
// named. It refuses to know where things are stored, read from, computed or
// shown: it does no input or output, holds no clock and no randomness, and
// imports nothing outside the standard library.
//
// Years are financial years named by the calendar year they begin in: 2026 is
// 2026/27. Money is in pounds of the project's price base unless a field says
// otherwise; areas are m² gross internal unless a field says otherwise.
package model
