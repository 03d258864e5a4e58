package reference

import (
	"fmt"
	"math"
	"strconv"

	"github.com/planting-the-flag/flagstone/model"
)

// Series and items of the deflator. Another vintage (2022 = 100) is in the
// tables and is never mixed with this one: they disagree by a percent.
const (
	deflatorSeries = "hmt_gdp_deflator"
	deflatorPlain  = "gdp_deflator" // as a set that is not British calls it
	projectDefault = "project_default"
	deflatorGrowth = "GDP deflator growth after the last outturn year"
)

// lastOutturn is the latest year of the deflator.
func (s *Set) lastOutturn() (int, error) {
	rows := s.outturn
	if len(rows) == 0 {
		return 0, model.NotFound("reference series", deflatorSeries)
	}
	return rows[len(rows)-1].year, nil
}

// index is the deflator of a calendar year; projected says that it lies past
// the last outturn and was grown at the set's inflation.
func (s *Set) index(year int) (v float64, projected bool, err error) {
	rows := s.outturn
	if len(rows) == 0 {
		return 0, false, model.NotFound("reference series", deflatorSeries)
	}
	last := rows[len(rows)-1]
	if year > last.year {
		return last.row.Value * math.Pow(1+s.inflation, float64(year-last.year)), true, nil
	}
	for _, r := range rows {
		if r.year == year {
			return r.row.Value, false, nil
		}
	}
	return 0, false, missing("the GDP deflator", year, rows)
}

// Deflator is the factor that restates money of one calendar year's prices in
// another's: index_to / index_from.
func (s *Set) Deflator(from, to int) (float64, error) {
	f, _, err := s.deflator(from, to)
	return f, err
}

func (s *Set) deflator(from, to int) (factor float64, projected bool, err error) {
	if from == to {
		return 1, false, nil
	}
	a, pa, err := s.index(from)
	if err != nil {
		return 0, false, err
	}
	b, pb, err := s.index(to)
	if err != nil {
		return 0, false, err
	}
	return b / a, pa || pb, nil
}

// Rebase restates money in the set's price base.
func (s *Set) Rebase(value float64, from int) (float64, error) {
	f, err := s.Deflator(from, s.PriceBase)
	return value * f, err
}

// deflatorPath is general inflation: 1 in the price base, by financial year
// taken as the calendar year it begins in.
func (s *Set) deflatorPath(base, years int) (model.Path, error) {
	p := model.Path{Key: "deflator", Label: "General inflation", Unit: fmt.Sprintf("%d = 1", s.PriceBase), Start: base,
		Values: make([]float64, years), Grade: model.Benchmark}
	projectedFrom := 0
	for i := range p.Values {
		f, projected, err := s.deflator(s.PriceBase, base+i)
		if err != nil {
			return p, err
		}
		p.Values[i] = f
		if projected && projectedFrom == 0 {
			projectedFrom = base + i
		}
	}
	p.Source = cite(s.outturn[len(s.outturn)-1].row)
	if projectedFrom > 0 {
		p.Grade = model.Placeholder
		p.Note = fmt.Sprintf("outturn to %d; from %d projected at %s %% a year, a placeholder for the deflator forecast", projectedFrom-1, projectedFrom,
			strconv.FormatFloat(s.inflation*100, 'g', 4, 64))
		if projectedFrom == base {
			last, _ := s.lastOutturn()
			p.Note = fmt.Sprintf("projected from %d at %s %% a year, a placeholder for the deflator forecast", last,
				strconv.FormatFloat(s.inflation*100, 'g', 4, 64))
		}
	}
	return p, nil
}

// cite writes the source of a row for the page.
func cite(r *Row) string {
	if r.URL == "" {
		return r.Source
	}
	return r.Source + " <" + r.URL + ">"
}
