package reference

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
)

// Status says what standing a parameter set has.
type Status string

// The standings of a set.
const (
	InForce    Status = "in force"
	Superseded Status = "superseded"
	Sensitive  Status = "sensitivity test"
	Proposed   Status = "proposed, not adopted"
	UserMade   Status = "made by the user"
)

// Info describes a parameter set without its tables.
type Info struct {
	ID                   string
	Name                 string
	Issued               string // ISO date, or year and month where the day is not known
	Status               Status
	Currency             string // ISO 4217
	FiscalYearStartMonth int    // 1 = January, 4 = April
	Schedule             string // the schedule used unless another is asked for
	SensitivityPast      int    // horizon in years past which the edition itself asks for the reduced schedule; 0 when it does not
	METB                 float64
	Note                 string
}

// Set is a parameter set: tables of sourced values, discount schedules and a
// price base in which every amount of money is given.
type Set struct {
	Info
	PriceBase int // calendar year; the latest outturn year of the deflator unless changed with At

	table     *table
	schedules []Schedule
	inflation float64 // growth of the deflator after its last outturn year
	outturn   []yearRow
	nearest   bool // a year without a value takes the nearest one
}

// DefaultID is the set a new project pins.
const DefaultID = "greenbook-2026-02"

// catalogue is the shipped sets, oldest first. Editions differ in schedule, in
// the sensitivity they ask for and in the tax-burden uplift; the tables of
// figures beneath are the latest compiled and are shared, so that a difference
// between two editions is a difference of method and not of prices.
var catalogue = []Info{
	{ID: "greenbook-2022", Name: "HM Treasury Green Book, 2022 edition", Issued: "2022-11", Status: Superseded,
		Schedule: "standard", METB: 0.20,
		Note: "Superseded on 5 February 2026. Carries a 20 % marginal-excess-tax-burden uplift for historic comparison; it is never applied unless asked for."},
	{ID: "greenbook-2026-02", Name: "HM Treasury Green Book, February 2026", Issued: "2026-02-05", Status: InForce,
		Schedule: "standard", SensitivityPast: 50,
		Note: "Discount rates unchanged from 2022; asks for a sensitivity at reduced rates past 50 years; no marginal-excess-tax-burden uplift; no pass mark for the benefit-cost ratio. Optimism-bias figures not seen to change."},
	{ID: "greenbook-2026-02-reduced", Name: "HM Treasury Green Book, February 2026, reduced rates", Issued: "2026-02-05", Status: Sensitive,
		Schedule: "reduced",
		Note:     "The sensitivity of the February 2026 edition: half a percentage point of pure time preference removed (3.00/2.57/2.14/1.71/1.29/0.86 %)."},
	{ID: "review-2026-06", Name: "Independent review of the discount rate, June 2026", Issued: "2026-06-30", Status: Proposed,
		Schedule: "proposed",
		Note:     "Recommends 3.0 % in the first band and a flatter decline; not adopted at 15 August 2026. The review's later bands are not in the reference: the adopted bands stand in from year 31 (3.0/2.5/2.0/1.5/1.0 %)."},
}

// List describes every shipped set, oldest first.
func List() []Info {
	out := make([]Info, len(catalogue))
	for i, c := range catalogue {
		out[i] = c.filled()
	}
	return out
}

func (i Info) filled() Info {
	if i.Currency == "" {
		i.Currency = "GBP"
	}
	if i.FiscalYearStartMonth == 0 {
		i.FiscalYearStartMonth = 4
	}
	return i
}

// Load returns a shipped set.
func Load(id string) (*Set, error) {
	t, err := tables()
	if err != nil {
		return nil, err
	}
	for _, c := range catalogue {
		if c.ID == id {
			return newSet(c.filled(), t)
		}
	}
	return nil, model.NotFound("parameter set", id)
}

// New makes a set from a user's own rows, in the layout of the shipped tables.
// What the rows lack, the set lacks: asking for it is an error that names it.
func New(info Info, rows []Row) (*Set, error) {
	if info.ID == "" {
		return nil, model.Invalid("parameter set", "a parameter set needs an identifier")
	}
	if info.FiscalYearStartMonth < 1 || info.FiscalYearStartMonth > 12 {
		return nil, model.Invalid("financial year", fmt.Sprintf("the financial year begins in month %d; it must be 1 to 12", info.FiscalYearStartMonth))
	}
	if len(info.Currency) != 3 {
		return nil, model.Invalid("currency", fmt.Sprintf("the currency is %q; it must be three letters, like GBP", info.Currency))
	}
	if info.Status == "" {
		info.Status = UserMade
	}
	return newSet(info, newTable(rows))
}

func newSet(info Info, t *table) (*Set, error) {
	s := &Set{Info: info, table: t, outturn: t.years(deflatorSeries, "")}
	if len(s.outturn) == 0 {
		s.outturn = t.years(deflatorPlain, "")
	}
	if r := t.find(projectDefault, deflatorGrowth); r != nil {
		s.inflation = r.Value / 100
	}
	base, err := s.lastOutturn()
	if err != nil {
		return nil, err
	}
	s.PriceBase = base
	if s.schedules, err = readSchedules(t); err != nil {
		return nil, err
	}
	if _, err := s.ScheduleByID(info.Schedule); err != nil {
		return nil, err
	}
	return s, nil
}

// At returns the same set with money in the prices of another calendar year.
func (s *Set) At(priceBase int) (*Set, error) {
	if priceBase == 0 || priceBase == s.PriceBase {
		return s, nil
	}
	if _, err := s.Deflator(s.PriceBase, priceBase); err != nil {
		return nil, err
	}
	c := *s
	c.PriceBase = priceBase
	return &c, nil
}

// WithInflation returns the same set with another growth of the deflator after
// its last outturn year, as a fraction a year.
func (s *Set) WithInflation(rate float64) (*Set, error) {
	if !model.Finite(rate) || rate <= -1 || rate > 1 {
		return nil, model.Invalid("inflation", fmt.Sprintf("inflation is %g; it must be a fraction between -1 and 1", rate))
	}
	c := *s
	c.inflation = rate
	return &c, nil
}

// AcceptNearest returns the same set, in which a year without a value takes the
// nearest year's. Every path so filled says so in its note. The deflator is
// never filled.
func (s *Set) AcceptNearest() *Set {
	c := *s
	c.nearest = true
	return &c
}

// Inflation is the growth of the deflator after its last outturn year.
func (s *Set) Inflation() float64 { return s.inflation }

// Rows returns every row of a series, or every row of the set when the series
// is empty.
func (s *Set) Rows(series string) []Row {
	if series == "" {
		return append([]Row(nil), s.table.rows...)
	}
	var out []Row
	for _, r := range s.table.bySeries[series] {
		out = append(out, *r)
	}
	return out
}
