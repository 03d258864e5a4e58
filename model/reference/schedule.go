package reference

import (
	"fmt"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

// Band is a discount rate that holds from one year of the appraisal up to the
// year before the next band begins.
type Band struct {
	From int     // year of the appraisal, 0 = the base year
	Rate float64 // real, a year, as a fraction
}

// Schedule is a declining discount rate.
type Schedule struct {
	ID     string
	Name   string
	Bands  []Band
	Source string
	Note   string
}

// Names of the schedules. The proposed one is the June 2026 review.
var scheduleNames = map[string]string{
	"standard": "Social time preference rate, standard",
	"health":   "Health and risk-to-life effects only",
	"reduced":  "Reduced rates: pure time preference removed",
	"proposed": "June 2026 review (proposed, not adopted)",
}

// readSchedules makes a schedule of every series "stpr_NAME" whose items are
// bands of years, and the proposed one from its first band.
func readSchedules(t *table) ([]Schedule, error) {
	var out []Schedule
	for series, rows := range t.bySeries {
		id, ok := strings.CutPrefix(series, "stpr_")
		if !ok || !strings.HasPrefix(rows[0].Item, "years ") {
			continue
		}
		s := Schedule{ID: id, Name: scheduleNames[id], Source: rows[0].Source, Note: rows[0].Note}
		if s.Name == "" {
			s.Name = id
		}
		for _, r := range rows {
			from, ok := r.YearNumber()
			if !ok || !r.Numeric {
				return nil, model.Invalid("schedule", fmt.Sprintf("discount schedule %s: the band %q has no year or rate", id, r.Item))
			}
			s.Bands = append(s.Bands, Band{From: from, Rate: percent(r.Value)})
		}
		if err := s.check(); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	if p := t.find("stpr_proposed_not_in_force", "standard, first band, recommended"); p != nil {
		for _, s := range out {
			if s.ID != "standard" {
				continue
			}
			prop := Schedule{ID: "proposed", Name: scheduleNames["proposed"], Source: p.Source, Bands: append([]Band(nil), s.Bands...),
				Note: "The review's first band; its later bands are not in the reference, so the adopted bands stand in from year 31."}
			prop.Bands[0].Rate = percent(p.Value)
			out = append(out, prop)
			break
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out, nil
}

func (s *Schedule) check() error {
	sort.Slice(s.Bands, func(i, j int) bool { return s.Bands[i].From < s.Bands[j].From })
	if len(s.Bands) == 0 || s.Bands[0].From != 0 {
		return model.Invalid("schedule", fmt.Sprintf("discount schedule %s does not begin at year 0", s.ID))
	}
	for _, b := range s.Bands {
		if !model.Finite(b.Rate) || b.Rate <= -1 {
			return model.Invalid("discount rate", fmt.Sprintf("discount schedule %s: the rate from year %d is %g; it must be above -100 %%", s.ID, b.From, b.Rate))
		}
	}
	return nil
}

// FlatSchedule is a single rate for every year, for a check against a paper
// that used one.
func FlatSchedule(rate float64) (Schedule, error) {
	s := Schedule{ID: "flat", Name: fmt.Sprintf("%g %% throughout", rate*100), Bands: []Band{{0, rate}}, Source: "set by the user"}
	return s, s.check()
}

// Rate is the rate of one year of the appraisal.
func (s *Schedule) Rate(year int) (float64, error) {
	if year < 0 {
		return 0, model.Invalid("year", fmt.Sprintf("year %d is before the appraisal begins", year))
	}
	r := s.Bands[0].Rate
	for _, b := range s.Bands {
		if b.From > year {
			break
		}
		r = b.Rate
	}
	return r, nil
}

// Factors returns the discount factor of each of the first n years of the
// appraisal. Year 0 is 1; after it DF_t = Π_{k=1..t} 1/(1+r_k), where a band's
// rate applies inside that band only (Green Book 2026 chapter 6; the same
// factors are tabulated in the department's discount-factor table).
func (s *Schedule) Factors(n int) ([]float64, error) {
	if n < 1 {
		return nil, model.Invalid("years", fmt.Sprintf("discount factors for %d years; there must be at least one", n))
	}
	out := make([]float64, n)
	out[0] = 1
	for t := 1; t < n; t++ {
		r, err := s.Rate(t)
		if err != nil {
			return nil, err
		}
		out[t] = out[t-1] / (1 + r)
	}
	return out, nil
}

// Schedules lists the discount schedules of the set.
func (s *Set) Schedules() []Schedule { return append([]Schedule(nil), s.schedules...) }

// ScheduleByID returns a schedule; the empty name means the set's own.
func (s *Set) ScheduleByID(id string) (*Schedule, error) {
	if id == "" {
		id = s.Schedule
	}
	for i := range s.schedules {
		if s.schedules[i].ID == id {
			return &s.schedules[i], nil
		}
	}
	return nil, model.NotFound("discount schedule", id)
}

// DiscountFactors returns the factor of each of the first years of the
// appraisal under a schedule; the empty name means the set's own.
func (s *Set) DiscountFactors(schedule string, years int) ([]float64, error) {
	sc, err := s.ScheduleByID(schedule)
	if err != nil {
		return nil, err
	}
	return sc.Factors(years)
}

// percent turns a printed percentage into a fraction. Dividing leaves 2.57 % a
// bit away from 0.0257 in the last binary digit; that is the published value
// as far as anybody can tell.
func percent(v float64) float64 { return v / 100 }
