package importing

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/naming"
)

type findingRow struct {
	id   string
	f    *model.Finding
	says string
}

// says is what a finding of a file says, with the name of its building as it
// is shown everywhere.
func says(f *app.FilePreview, x *model.Finding) string {
	for i := range f.Lines {
		if l := &f.Lines[i]; l.Row == x.Row && x.Row > 0 {
			return app.Sentence(naming.In(x.Message, l.Name))
		}
	}
	return app.Sentence(x.Message)
}

// findingsPage lists what is wrong or surprising in a file.
type findingsPage struct {
	v      *View
	table  *widgets.DataTable[findingRow]
	detail *rowDetail
	f      *app.FilePreview
	save   *widgets.Button
	object fyne.CanvasObject
}

func severity(s model.Severity) string {
	switch s {
	case model.Problem:
		return words.T("Problem")
	case model.Warning:
		return words.T("Check")
	}
	return words.T("Note")
}

func newFindings(v *View) *findingsPage {
	p := &findingsPage{v: v, detail: newRowDetail(v)}
	type c = widgets.Column[findingRow]
	p.table = widgets.NewDataTable([]c{
		{ID: "what", Label: words.T("What"), Width: 320, Grow: true, Text: func(r *findingRow) string { return r.says }},
		{ID: "kind", Label: words.T("Kind"), Width: 76, Choices: true, Text: func(r *findingRow) string { return severity(r.f.Severity) }},
		{ID: "row", Label: words.T("Row"), Width: 58, Numeric: true, Text: func(r *findingRow) string { return rowText(r.f.Row) }, Figure: func(r *findingRow) model.Figure { return rowFigure(r.f.Row) }},
		{ID: "column", Label: words.T("Column"), Width: 110, Text: func(r *findingRow) string { return r.f.Column }},
	}, func(r *findingRow) string { return r.id }, v.desk.Post)
	p.table.Placeholder = words.T("Nothing to look at: every row that was read could be used.")
	p.table.OnSelected = func(id string) {
		if i, err := strconv.Atoi(id); err == nil && p.f != nil && i < len(p.f.Findings) {
			p.detail.finding(p.f, &p.f.Findings[i])
		}
	}
	p.save = widgets.NewButton(words.T("Save as a spreadsheet…"), words.T("To send back to the owner of the file: every finding with its cell, and room for a correction"), theme.DocumentSaveIcon(), p.export)
	pane := widgets.NewTablePane(p.table, words.Later("finding"), words.Later("findings"), nil, p.save)
	p.object = widgets.Beside(0.62, pane.Object(), p.detail.object)
	return p
}

func (p *findingsPage) show(f *app.FilePreview) {
	if p.f != f {
		p.table.Choose("")
		p.detail.clear("")
		if len(f.Findings) > 0 {
			p.table.Choose("0")
			p.detail.finding(f, &f.Findings[0])
		}
	}
	p.f = f
	rows := make([]findingRow, len(f.Findings))
	names := map[int]string{} // by row
	if len(rows) > 0 {
		for i := range f.Lines {
			names[f.Lines[i].Row] = f.Lines[i].Name
		}
	}
	for i := range f.Findings {
		x := &f.Findings[i]
		rows[i] = findingRow{strconv.Itoa(i), x, app.Sentence(naming.In(x.Message, names[x.Row]))}
	}
	p.table.SetRows(rows)
	if len(rows) == 0 {
		p.save.Disable()
	} else {
		p.save.Enable()
	}
}

// export writes the findings of all the files of the preview.
func (p *findingsPage) export() {
	v := p.v
	ws, preview := v.desk.Workspace(), v.preview
	if ws == nil || preview == nil {
		return
	}
	name := words.T("Findings")
	if len(preview.Files) == 1 {
		f := preview.Files[0].File
		name = words.F("%s findings", strings.TrimSuffix(f, filepath.Ext(f)))
	}
	v.actions.Save(name, ".xlsx", func(path string) {
		v.desk.Run(words.T("Writing the findings"), func(ctx context.Context, _ *jobs.Progress) (func(), error) {
			if err := ws.SaveFindings(ctx, preview, path); err != nil {
				return nil, err
			}
			return func() { v.desk.Tell(app.Message{Text: words.F("Findings written: %s", path), File: path}) }, nil
		})
	})
}
