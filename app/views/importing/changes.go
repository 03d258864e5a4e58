package importing

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// lineRow is a line of a preview, ready for display.
type lineRow struct {
	id string
	l  *app.ImportLine
}

// changesPage lists, status by status, what becomes of the rows of a file.
type changesPage struct {
	v      *View
	groups []*widgets.Button
	sum    *widget.Label
	status string
	table  *widgets.DataTable[lineRow]
	detail *rowDetail
	f      *app.FilePreview
	object fyne.CanvasObject
}

var statuses = []struct{ id, label, tip string }{
	{app.LineNew, words.Later("New"), words.Later("Rows that make something that was not here")},
	{app.LineChanged, words.Later("Changed"), words.Later("Rows about what is here already that change it")},
	{app.LineUnchanged, words.Later("Unchanged"), words.Later("Rows that say what is known")},
	{app.LineMerged, words.Later("Merged"), words.Later("Rows that became part of what another row of the file made")},
	{app.LineRejected, words.Later("Need you"), words.Later("Rows that cannot be used as they stand")},
}

func newChanges(v *View) *changesPage {
	p := &changesPage{v: v, sum: widget.NewLabel(""), detail: newRowDetail(v)}
	type c = widgets.Column[lineRow]
	p.table = widgets.NewDataTable([]c{
		{ID: "name", Label: words.T("Name"), Width: 290, Text: func(r *lineRow) string { return format.Name(r.l.Name) }},
		{ID: "row", Label: words.T("Row"), Width: 58, Numeric: true, Text: func(r *lineRow) string { return rowText(r.l.Row) }, Figure: func(r *lineRow) model.Figure { return rowFigure(r.l.Row) }},
		{ID: "note", Label: words.T("Details"), Width: 220, Grow: true, Text: func(r *lineRow) string { return r.l.Note }},
	}, func(r *lineRow) string { return r.id }, v.desk.Post)
	p.table.OnSelected = func(id string) {
		if i, err := strconv.Atoi(id); err == nil && p.f != nil && i < len(p.f.Lines) {
			p.detail.line(&p.f.Lines[i])
		}
	}
	p.table.CellTip = func(r *lineRow, col string) string {
		if col == "note" {
			return r.l.Note
		}
		return ""
	}
	row := container.NewHBox()
	for _, s := range statuses {
		b := widgets.NewButton(words.T(s.label), words.T(s.tip), nil, func() { p.choose(s.id) })
		p.groups = append(p.groups, b)
		row.Add(b)
	}
	p.sum.Importance, p.sum.Truncation = widget.LowImportance, fyne.TextTruncateEllipsis
	p.object = container.NewBorder(widgets.Inset(4, 12, container.NewBorder(nil, nil, row, nil, p.sum)), nil, nil, nil, widgets.Beside(0.6, p.table, p.detail.object))
	return p
}

func rowText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func rowFigure(n int) model.Figure {
	if n == 0 {
		return model.Figure{}
	}
	return model.Figure{Value: float64(n), Grade: model.Stated}
}

// certain is the score from which a match needs nobody's word: the owner's own
// reference, or a UPRN with the same name.
const certain = 0.97

// unsure says whether the user had better say which building a row is.
func unsure(l *app.ImportLine) bool {
	return !l.Decided && l.Match != nil && (l.Kept || l.Match.Score < certain)
}

// begin forgets which group was looked at.
func (p *changesPage) begin() {
	p.status = ""
	p.table.Choose("")
}

func (p *changesPage) choose(status string) {
	p.status = status
	p.table.Choose("")
	if p.f != nil {
		p.show(p.f)
	}
}

func count(f *app.FilePreview, status string) int {
	switch status {
	case app.LineNew:
		return f.New
	case app.LineChanged:
		return f.Changed
	case app.LineUnchanged:
		return f.Unchanged
	case app.LineMerged:
		return f.Merged
	}
	return f.Rejected
}

// show lists the rows of the group looked at; of a file just opened, those that
// need the user most.
func (p *changesPage) show(f *app.FilePreview) {
	if p.f != nil && p.f.Path != f.Path {
		p.begin()
	}
	p.f = f
	if p.status == "" || count(f, p.status) == 0 {
		p.status = app.LineNew
		for _, s := range []string{app.LineChanged, app.LineNew, app.LineRejected, app.LineUnchanged, app.LineMerged} {
			if count(f, s) > 0 {
				p.status = s
				break
			}
		}
	}
	for i, s := range statuses {
		b, n := p.groups[i], count(f, s.id)
		b.Importance = widget.LowImportance
		if s.id == p.status {
			b.Importance = widget.MediumImportance
		}
		b.SetText(words.T(s.label) + " " + format.Whole(float64(n)))
		if n == 0 {
			b.Disable()
		} else {
			b.Enable()
		}
	}
	var rows, settled []lineRow
	still, all := false, 0
	for i := range f.Lines {
		l := &f.Lines[i]
		u := unsure(l)
		if u {
			all++
		}
		if l.Status != p.status {
			continue
		}
		id := strconv.Itoa(i)
		still = still || id == p.table.Chosen()
		if u { // what waits for the user's word comes first
			rows = append(rows, lineRow{id, l})
		} else {
			settled = append(settled, lineRow{id, l})
		}
	}
	said := words.F("= %s read", format.Count(f.Rows, "row", "rows"))
	if all > 0 {
		said += words.F(". %s to confirm, listed first", format.Count(all, "match", "matches"))
	}
	p.sum.SetText(said)
	rows = append(rows, settled...)
	p.table.Placeholder = words.T("No rows of this kind.")
	p.table.SetRows(rows)
	if i, err := strconv.Atoi(p.table.Chosen()); err == nil && still {
		p.detail.line(&f.Lines[i])
		return
	}
	p.table.Choose("")
	if len(rows) == 0 {
		p.detail.clear("")
		return
	}
	p.table.Choose(rows[0].id)
	p.detail.line(rows[0].l)
}
