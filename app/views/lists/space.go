package lists

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/model"
)

// SpaceRow is one service in one building, ready for display.
type SpaceRow struct {
	ID, Service, Kind, Building, Organisation, Share string
	Staff, Desks, Area, Visits                       model.Figure
}

func whole(f model.Figure) string { return format.Figure(f, format.Whole) }

// NewSpace lists who is where at the start of the plan.
func NewSpace(d *app.Desk) *View[SpaceRow] {
	type c = widgets.Column[SpaceRow]
	t := widgets.NewDataTable([]c{
		{ID: "service", Label: "Team or service", Width: 240, Grow: true, Text: func(r *SpaceRow) string { return r.Service }},
		{ID: "building", Label: "Building", Width: 220, Text: func(r *SpaceRow) string { return r.Building }},
		{ID: "kind", Label: "Kind", Width: 130, Choices: true, Text: func(r *SpaceRow) string { return r.Kind }},
		{ID: "organisation", Label: "Organisation", Width: 150, Choices: true, Text: func(r *SpaceRow) string { return r.Organisation }},
		{ID: "staff", Label: "Staff", Width: 76, Numeric: true, Tip: "Full-time equivalent staff of the service in this building", Text: func(r *SpaceRow) string {
			return format.Figure(r.Staff, func(v float64) string { return format.Number(v, 1) })
		}, Figure: func(r *SpaceRow) model.Figure { return r.Staff }},
		{ID: "desks", Label: "Desks", Width: 86, Numeric: true, Text: func(r *SpaceRow) string { return whole(r.Desks) }, Figure: func(r *SpaceRow) model.Figure { return r.Desks }},
		{ID: "area", Label: "Floor area m²", Width: 110, Numeric: true, Tip: "Gross internal area it takes", Text: func(r *SpaceRow) string { return whole(r.Area) }, Figure: func(r *SpaceRow) model.Figure { return r.Area }},
		{ID: "visits", Label: "Visits a year", Width: 104, Numeric: true, Text: func(r *SpaceRow) string { return whole(r.Visits) }, Figure: func(r *SpaceRow) model.Figure { return r.Visits }},
		{ID: "share", Label: "Share here", Width: 84, Numeric: true, Text: func(r *SpaceRow) string { return r.Share }},
	}, func(r *SpaceRow) string { return r.ID }, d.Post)
	t.Placeholder = "No teams or services yet. Drop a spreadsheet that says who works where."
	t.CellTip = func(r *SpaceRow, col string) string {
		for id, f := range map[string]model.Figure{"staff": r.Staff, "desks": r.Desks, "area": r.Area, "visits": r.Visits} {
			if id == col {
				return format.Evidence(f.Grade, f.Source)
			}
		}
		return ""
	}
	v := newView(d, t, "team in a building", "teams in buildings", []string{"kind", "organisation"}, app.OneService, []app.Event{app.ProjectChanged}, func() func() []SpaceRow {
		s := d.Snapshot()
		return func() []SpaceRow { return spaceRows(s) }
	})
	t.OnSelected = func(id string) { d.Select(app.OneService, serviceOf(id)) }
	return v
}

// serviceOf takes the service out of a row's key, which names the building too
// because a service may be in several.
func serviceOf(id string) string {
	for i := range id {
		if id[i] == '\n' {
			return id[:i]
		}
	}
	return id
}

func spaceRows(s *app.Snapshot) []SpaceRow {
	if s == nil {
		return nil
	}
	out := make([]SpaceRow, 0, len(s.Occupations))
	for i := range s.Occupations {
		o := &s.Occupations[i]
		r := SpaceRow{ID: fmt.Sprintf("%s\n%s", o.Service, o.Asset), Service: s.ServiceName(o.Service), Building: s.AssetName(o.Asset),
			Desks: o.Desks, Area: o.Area, Share: format.Percent(o.Share)}
		if x := s.Service(o.Service); x != nil {
			r.Kind, r.Organisation, r.Visits = format.Capital(x.Kind), s.OrganisationName(x.Organisation), x.Visits
			r.Staff = x.FTE
			r.Staff.Value *= o.Share
		}
		out = append(out, r)
	}
	return out
}
