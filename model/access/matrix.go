package access

import (
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
)

// Trip is one row of a user's travel-time table.
type Trip struct {
	Area    string // code of the population point
	Asset   model.AssetID
	Minutes float64
}

// Matrix is travel times from areas to buildings, measured or modelled by
// somebody who knows the roads and timetables. It stands in for straight lines.
type Matrix struct {
	Name string // what the times are of: "by bus, Tuesday 10:00"
	row  map[string]int
	col  map[model.AssetID]int
	min  []float64 // NaN where not given
}

// NewMatrix makes a matrix of rows and holds it to the project: an area or a
// building that the project does not have, a time that is none, and a pair given
// twice with different times are refused, with the row's number.
func NewMatrix(p *model.Project, name string, trips []Trip) (*Matrix, error) {
	m := &Matrix{Name: name, row: map[string]int{}, col: map[model.AssetID]int{}}
	areas := make(map[string]bool, len(p.Population))
	for i := range p.Population {
		areas[p.Population[i].Code] = true
	}
	assets := make(map[model.AssetID]bool, len(p.Assets))
	for i := range p.Assets {
		assets[p.Assets[i].ID] = true
	}
	for i, t := range trips {
		switch {
		case !areas[t.Area]:
			return nil, model.Invalid("area", fmt.Sprintf("travel times, row %d: there is no area %q in the project", i+1, t.Area))
		case !assets[t.Asset]:
			return nil, model.Invalid("building", fmt.Sprintf("travel times, row %d: there is no building %q in the project", i+1, t.Asset))
		case !model.Finite(t.Minutes) || t.Minutes < 0:
			return nil, model.Invalid("minutes", fmt.Sprintf("travel times, row %d: %g is not a number of minutes", i+1, t.Minutes))
		}
		if _, ok := m.row[t.Area]; !ok {
			m.row[t.Area] = len(m.row)
		}
		if _, ok := m.col[t.Asset]; !ok {
			m.col[t.Asset] = len(m.col)
		}
	}
	if len(trips) == 0 {
		return nil, model.Invalid("travel times", "the table of travel times has no rows")
	}
	m.min = make([]float64, len(m.row)*len(m.col))
	for i := range m.min {
		m.min[i] = math.NaN()
	}
	for i, t := range trips {
		at := &m.min[m.row[t.Area]*len(m.col)+m.col[t.Asset]]
		if !math.IsNaN(*at) && *at != t.Minutes {
			return nil, model.Invalid("minutes", fmt.Sprintf("travel times, row %d: %s to %s is given twice, as %g and %g minutes", i+1, t.Area, t.Asset, *at, t.Minutes))
		}
		*at = t.Minutes
	}
	return m, nil
}

// minutes is the time from each place to the nearest of the sites, and how many
// ways had to be taken in a straight line though there is a matrix. Without a
// matrix all are.
func (m *Matrix) minutes(places []model.LatLon, people []*model.PopulationPoint, to []place, mode Mode) ([]float64, int) {
	at := make([]model.LatLon, len(to))
	for i := range to {
		at[i] = to[i].at
	}
	if m == nil {
		out, _ := Nearest(places, at)
		for i := range out {
			out[i] = mode.Minutes(out[i])
		}
		return out, 0
	}
	guessed := 0
	out := make([]float64, len(places))
	for i, pt := range people {
		out[i] = math.Inf(1)
		r, known := m.row[pt.Code]
		var lack []model.LatLon
		for k := range to {
			c, ok := m.col[to[k].asset]
			if known && ok {
				if v := m.min[r*len(m.col)+c]; !math.IsNaN(v) {
					out[i] = math.Min(out[i], v)
					continue
				}
			}
			lack = append(lack, at[k])
		}
		if len(lack) > 0 {
			guessed += len(lack)
			d, _ := Nearest(places[i:i+1], lack)
			out[i] = math.Min(out[i], mode.Minutes(d[0]))
		}
	}
	return out, guessed
}
