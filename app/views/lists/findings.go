// Package lists holds the places that are one table each: findings,
// assumptions, who is where.
package lists

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/glossary"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// View is a place that is one table.
type View[R any] struct {
	desk  *app.Desk
	pane  *widgets.TablePane[R]
	stack *fyne.Container
	gen   int
	// reload makes the rows again, off the UI goroutine.
	reload func()
}

// Object is what the shell shows.
func (v *View[R]) Object() fyne.CanvasObject { return v.stack }

// Focus is where keys go.
func (v *View[R]) Focus() fyne.Focusable { return v.pane.Table }

// Find is where Ctrl+F goes.
func (v *View[R]) Find() fyne.Focusable { return v.pane.Search }

// Shown is how many rows are shown and how many there are.
func (v *View[R]) Shown() (shown, all int) { return v.pane.Table.Count() }

// newView makes a place around a table; rows is called off the UI goroutine.
func newView[R any](d *app.Desk, t *widgets.DataTable[R], one, many string, filters []string, kind app.Kind, on []app.Event, rows func() func() []R) *View[R] {
	v := &View[R]{desk: d, pane: widgets.NewTablePane(t, one, many, filters)}
	v.stack = container.NewStack(v.pane.Object())
	t.OnSelected = func(id string) { d.Select(kind, id) }
	v.reload = func() {
		v.gen++
		gen, work := v.gen, rows()
		go func() {
			out := work()
			d.Post(func() {
				if gen == v.gen {
					t.SetRows(out)
				}
			})
		}()
	}
	d.OnAny(v.reload, on...)
	d.On(app.SelectionChanged, func() {
		if s := d.Selection(); s.Kind == kind {
			t.Choose(s.ID)
		} else {
			t.Choose("")
		}
	})
	return v
}

// FindingRow is one finding, ready for display.
type FindingRow struct {
	ID, Message, Severity, Where, Value, About, File string
	Row                                              model.Figure
}

// NewFindings lists what is wrong, missing or surprising in the data.
func NewFindings(d *app.Desk) *View[FindingRow] {
	type c = widgets.Column[FindingRow]
	t := widgets.NewDataTable([]c{
		{ID: "message", Label: words.T("What"), Width: 580, Grow: true, Tip: glossary.Tip("finding"), Text: func(r *FindingRow) string { return r.Message }},
		{ID: "severity", Label: words.T("Kind"), Width: 80, Choices: true, Tip: glossary.Tip("problem"), Text: func(r *FindingRow) string { return r.Severity }},
		{ID: "about", Label: words.T("About"), Width: 180, Text: func(r *FindingRow) string { return r.About }},
		{ID: "file", Label: words.T("File"), Width: 190, Choices: true, Text: func(r *FindingRow) string { return r.File }},
		{ID: "row", Label: words.T("Row"), Width: 70, Numeric: true, Text: func(r *FindingRow) string {
			if !r.Row.Known() {
				return ""
			}
			return format.Whole(r.Row.Value)
		}, Figure: func(r *FindingRow) model.Figure { return r.Row }},
		{ID: "column", Label: words.T("Column"), Width: 120, Tip: glossary.Tip("cell"), Text: func(r *FindingRow) string { return r.Where }},
		{ID: "value", Label: words.T("Value"), Width: 140, Text: func(r *FindingRow) string { return r.Value }},
	}, func(r *FindingRow) string { return r.ID }, d.Post)
	t.Placeholder = words.T("Nothing to look at: every row that was read could be used.")
	return newView(d, t, words.Later("finding"), words.Later("findings"), []string{"severity", "file"}, app.OneFinding, []app.Event{app.ProjectChanged}, func() func() []FindingRow {
		s := d.Snapshot()
		return func() []FindingRow { return findingRows(s) }
	})
}

func findingRows(s *app.Snapshot) []FindingRow {
	if s == nil {
		return nil
	}
	out := make([]FindingRow, len(s.Findings))
	for i := range s.Findings {
		f := &s.Findings[i]
		out[i] = FindingRow{ID: strconv.Itoa(i), Message: s.Says(f), Severity: format.Word(string(f.Severity)), Where: f.Column, Value: f.Value, File: f.File}
		if f.Sheet != "" && f.Sheet != f.File {
			out[i].File += ", " + f.Sheet
		}
		if f.Row > 0 {
			out[i].Row = model.Figure{Value: float64(f.Row), Grade: model.Stated}
		}
		if f.Asset != "" {
			out[i].About = s.AssetName(f.Asset)
		}
	}
	return out
}
