// Package ledger is the one place where money, energy, carbon and space come
// into being: it expands streams into yearly flows and totals them.
//
// It knows what a stream is and the one formula that expands it. It refuses to
// know why a stream exists (package action), what a total is worth (package
// appraisal) and where anything is stored. It is pure: the same streams give
// the same flows in the same order.
package ledger

import (
	"fmt"
	"math"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

// Kind says which of the three ledgers a stream belongs to.
type Kind uint8

// The three ledgers. Space streams hold people, desks and m².
const (
	Money Kind = iota
	Carbon
	Space
)

func (k Kind) String() string { return [...]string{"money", "carbon", "space"}[k] }

// Category groups streams in tables and charts.
type Category string

// Money categories. Carbon streams use CatEnergy, CatEmbodied and CatTravel;
// space streams CatPeople, CatDesks and CatArea.
const (
	CatRent        Category = "rent"
	CatRates       Category = "business rates"
	CatMaintenance Category = "maintenance"
	CatCleaning    Category = "cleaning"
	CatReception   Category = "reception"
	CatOther       Category = "other running"
	CatEnergy      Category = "energy"
	CatBacklog     Category = "backlog"
	CatLifecycle   Category = "lifecycle replacement"
	CatWorks       Category = "works"
	CatFitOut      Category = "fit-out, ICT and moves"
	CatShared      Category = "shared running costs" // what organisations under one roof pay each other
	CatDouble      Category = "double running"
	CatHolding     Category = "vacant holding"
	CatDilaps      Category = "dilapidations"
	CatSaleCost    Category = "costs of sale"
	CatReceipt     Category = "sale receipt"
	CatIncome      Category = "income"
	CatBenefit     Category = "benefit to society"
	CatManual      Category = "typed or pasted"
	CatEmbodied    Category = "embodied carbon"
	CatTravel      Category = "travel"
	CatPeople      Category = "people"
	CatDesks       Category = "desks"
	CatArea        Category = "floor area"
)

// Term is one factor of a stream's amount, uplift or growth: the value under an
// assumption key, or a plain number when Key is empty. With Complement it
// stands for one minus the value (the load that a measure leaves).
type Term struct {
	Key        string
	Value      float64
	Complement bool
}

// Factor is the number the term stands for.
func (t Term) Factor() float64 {
	if t.Complement {
		return 1 - t.Value
	}
	return t.Value
}

// Profile is the shape of a stream between its first and last year.
type Profile struct {
	Every  int       // recurs every n years from First; 0 and 1 mean every year
	Ramp   int       // rises in equal steps to the full amount in this many years; 0 and 1 mean at once
	Shares []float64 // multiplies the year First+i by Shares[i]; years past the end take 0; nil means 1 throughout
}

// Stream is one effect of one decision. Money is £ in the project's price base,
// positive when it comes in to the payer's side (income, receipt, benefit) and
// negative when it goes out. Energy is kWh consumed, carbon kgCO2e emitted, both
// positive. Space is people, desks or m².
type Stream struct {
	ID          string // unique within a plan and stable: "a12/maintenance", "x3/works"
	Ledger      Kind
	Asset       model.AssetID
	Action      model.ActionID // empty for what exists without a decision
	Service     model.ServiceID
	Category    Category
	Label       string
	Payer       model.OrganisationID
	Beneficiary model.OrganisationID

	Quantity     float64 // how many of QuantityUnit a year (or once); carries the sign
	QuantityUnit string  // "m²", "kWh", "£", …
	Rates        []Term  // amount = Quantity × all rates; at most MaxRates
	Unit         string  // unit of the flow: "£", "kWh", "kgCO2e", "FTE", "desks", "m²"
	PriceBase    int     // calendar year of prices of a money stream

	First, Last int     // financial years, both included; Once is First == Last
	FirstMissed float64 // share of the first year in which the stream does not yet run, 0–1
	LastMissed  float64 // share of the last year in which it no longer runs, 0–1
	Profile     Profile
	Growth      Term   // real growth a year from the base year of the appraisal, as a fraction
	Index       string // key of the path that multiplies each year; empty for none
	Uplift      Term   // optimism bias, as a fraction

	Fuel     model.Fuel // energy streams
	Benefit  bool       // a benefit to society rather than a cost, saving or receipt of the payer
	Transfer bool       // moves money within society: in the cash view, not in the economic one
	Unpriced bool       // valued for society but nobody pays cash: in the economic view only
	Capital  bool       // capital rather than revenue spending
	Exempt   bool       // commercially sensitive: absent from public editions

	Grade  model.Grade
	Source string
}

// Amount is Quantity times every rate: the flow of a full year before growth,
// index and uplift.
func (s *Stream) Amount() float64 {
	a := s.Quantity
	for _, t := range s.Rates {
		a *= t.Factor()
	}
	return a
}

// MaxRates is how many rate terms a stream may have: enough for a price and a
// chain of five retrofit measures on the remaining load. The workbook has as many
// columns.
const MaxRates = 6

// Check reports the first thing that makes the stream unfit to expand.
func (s *Stream) Check(c *Context) error {
	bad := func(what string, v any) error {
		return model.Invalid(what, fmt.Sprintf("stream %s (%s): %s is %v", s.ID, s.Label, what, v))
	}
	switch {
	case len(s.Rates) > MaxRates:
		return bad("number of rates", len(s.Rates))
	case !model.Finite(s.Amount()):
		return bad("amount", s.Amount())
	case s.Last < s.First:
		return bad("last year", fmt.Sprintf("%d, before its first year %d", s.Last, s.First))
	case s.FirstMissed < 0 || s.FirstMissed > 1 || s.LastMissed < 0 || s.LastMissed > 1:
		return bad("part year", fmt.Sprintf("%g and %g", s.FirstMissed, s.LastMissed))
	case !model.Finite(s.Growth.Factor()) || s.Growth.Factor() <= -1:
		return bad("growth", s.Growth.Factor())
	case !model.Finite(s.Uplift.Factor()) || s.Uplift.Factor() < -1:
		return bad("uplift", s.Uplift.Factor())
	case s.Profile.Every < 0 || s.Profile.Ramp < 0:
		return bad("profile", s.Profile)
	case s.Ledger == Money && s.PriceBase != c.PriceBase:
		return bad("price base", fmt.Sprintf("%d where the project is in %d prices", s.PriceBase, c.PriceBase))
	}
	for _, v := range s.Profile.Shares {
		if !model.Finite(v) {
			return bad("profile share", v)
		}
	}
	if s.Index != "" {
		p, ok := c.Paths[s.Index]
		if !ok {
			return bad("index", s.Index+", which the parameter set does not have")
		}
		if p.Start > c.BaseYear || p.Start+len(p.Values) < c.BaseYear+c.Years {
			return bad("index", fmt.Sprintf("%s, which covers %d to %d", s.Index, p.Start, p.Start+len(p.Values)-1))
		}
	}
	return nil
}

// Context is what expansion needs besides the streams.
type Context struct {
	BaseYear  int
	Years     int
	PriceBase int
	Paths     map[string]model.Path
}

// Flow is the value of the stream in one financial year. It is the definition;
// Expand computes the same numbers a row at a time. The workbook's formula
// repeats it term by term.
func (s *Stream) Flow(c *Context, year int) float64 {
	if year < s.First || year > s.Last {
		return 0
	}
	k := year - s.First
	if e := s.Profile.Every; e > 1 && k%e != 0 {
		return 0
	}
	v := s.Amount() * (1 + s.Uplift.Factor())
	if g := s.Growth.Factor(); g != 0 {
		v *= math.Pow(1+g, float64(year-c.BaseYear))
	}
	if r := s.Profile.Ramp; r > 1 && k+1 < r {
		v *= float64(k+1) / float64(r)
	}
	if sh := s.Profile.Shares; sh != nil {
		if k >= len(sh) {
			return 0
		}
		v *= sh[k]
	}
	if s.Index != "" {
		p := c.Paths[s.Index]
		v *= p.At(year)
	}
	if year == s.First {
		v *= 1 - s.FirstMissed
	}
	if year == s.Last {
		v *= 1 - s.LastMissed
	}
	return v
}

// PathKey names a figure of one fuel: "price" and district heat make
// "price.district_heat".
func PathKey(prefix string, f model.Fuel) string {
	return prefix + "." + strings.ReplaceAll(string(f), " ", "_")
}
