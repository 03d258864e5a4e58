package space

import (
	"fmt"
	"sort"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/glossary"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// Row is one service in one building, ready for display.
type Row struct {
	service                                          model.ServiceID
	asset                                            model.AssetID
	ID, Service, Kind, Building, Organisation, Share string
	Staff, Desks, Area, Visits                       model.Figure
}

func whole(f model.Figure) string { return format.Figure(f, format.Whole) }

// newTeams is the table of who is where at the start of the plan.
func newTeams(d *app.Desk) *widgets.DataTable[Row] {
	type c = widgets.Column[Row]
	t := widgets.NewDataTable([]c{
		{ID: "service", Label: words.T("Team or service"), Width: 210, Grow: true, Text: func(r *Row) string { return r.Service }},
		{ID: "building", Label: words.T("Building"), Width: 190, Text: func(r *Row) string { return r.Building }},
		{ID: "staff", Label: words.T("Staff"), Width: 76, Numeric: true, Tip: glossary.Tip("FTE"), Text: func(r *Row) string {
			return format.Figure(r.Staff, func(v float64) string { return format.Number(v, 1) })
		}, Figure: func(r *Row) model.Figure { return r.Staff }},
		{ID: "desks", Label: words.T("Desks"), Width: 86, Numeric: true, Tip: glossary.Tip("desks in use"), Text: func(r *Row) string { return whole(r.Desks) }, Figure: func(r *Row) model.Figure { return r.Desks }},
		{ID: "kind", Label: words.T("Kind"), Width: 130, Choices: true, Tip: glossary.Tip("kind of team"), Text: func(r *Row) string { return r.Kind }},
		{ID: "organisation", Label: words.T("Organisation"), Width: 150, Choices: true, Tip: glossary.Tip("organisation"), Text: func(r *Row) string { return r.Organisation }},
		{ID: "area", Label: words.T("Floor area m²"), Width: 110, Numeric: true, Tip: glossary.Tip("floor area"), Text: func(r *Row) string { return whole(r.Area) }, Figure: func(r *Row) model.Figure { return r.Area }},
		{ID: "visits", Label: words.T("Visits a year"), Width: 104, Numeric: true, Tip: glossary.Tip("visits"), Text: func(r *Row) string { return whole(r.Visits) }, Figure: func(r *Row) model.Figure { return r.Visits }},
		{ID: "share", Label: words.T("Share here"), Width: 84, Numeric: true, Tip: glossary.Tip("share here"), Text: func(r *Row) string { return r.Share }},
	}, func(r *Row) string { return r.ID }, d.Post)
	t.Placeholder = words.T("No teams or services yet. Drop a spreadsheet that says who works where.")
	t.CellTip = func(r *Row, col string) string {
		for id, f := range map[string]model.Figure{"staff": r.Staff, "desks": r.Desks, "area": r.Area, "visits": r.Visits} {
			if id == col {
				return format.Evidence(f.Grade, f.Source)
			}
		}
		return ""
	}
	return t
}

func teamRows(s *app.Snapshot) []Row {
	if s == nil {
		return nil
	}
	out := make([]Row, 0, len(s.Occupations))
	for i := range s.Occupations {
		o := &s.Occupations[i]
		r := Row{service: o.Service, asset: o.Asset, ID: fmt.Sprintf("%s\n%s", o.Service, o.Asset), Service: s.ServiceName(o.Service), Building: s.AssetName(o.Asset),
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

// Building is one building that teams can be moved to, ready for display.
type Building struct {
	ID, Name, Organisation string
	Teams                  int
	In, Desks              model.Figure
}

// newBuildings is the table of buildings that teams can be dropped on.
func newBuildings(d *app.Desk) *widgets.DataTable[Building] {
	type c = widgets.Column[Building]
	t := widgets.NewDataTable([]c{
		{ID: "name", Label: words.T("Building: drop here"), Width: 134, Grow: true, Text: func(r *Building) string { return r.Name }},
		{ID: "in", Label: words.T("In use"), Width: 76, Numeric: true, Tip: glossary.Tip("desks in use"), Text: func(r *Building) string { return whole(r.In) }, Figure: func(r *Building) model.Figure { return r.In }},
		{ID: "desks", Label: words.T("Desks"), Width: 104, Numeric: true, Tip: glossary.Tip("desks"), Text: func(r *Building) string { return whole(r.Desks) }, Figure: func(r *Building) model.Figure { return r.Desks }},
	}, func(r *Building) string { return r.ID }, d.Post)
	t.Placeholder = words.T("No buildings yet.")
	t.CellTip = func(r *Building, col string) string {
		if col == "desks" {
			return format.Evidence(r.Desks.Grade, r.Desks.Source)
		}
		return ""
	}
	return t
}

// buildingRows lists the buildings with a floor area or a team, those with desks
// first.
func buildingRows(s *app.Snapshot) []Building {
	if s == nil {
		return nil
	}
	var out []Building
	for i := range s.Assets {
		a := &s.Assets[i]
		teams := s.OccupationsOf(a.ID)
		if !a.FloorArea.Known() && len(teams) == 0 {
			continue
		}
		b := Building{ID: string(a.ID), Name: format.Name(a.Name), Organisation: s.OrganisationName(a.Organisation), Teams: len(teams), Desks: a.Desks}
		for _, o := range teams {
			if o.Desks.Known() {
				b.In.Value += o.Desks.Value
				b.In.Grade = o.Desks.Grade
			}
		}
		out = append(out, b)
	}
	sort.SliceStable(out, func(i, j int) bool {
		if a, b := out[i].Teams > 0, out[j].Teams > 0; a != b {
			return a
		}
		return out[i].Desks.Known() && (!out[j].Desks.Known() || out[i].Desks.Value > out[j].Desks.Value)
	})
	return out
}
