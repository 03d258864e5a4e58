package portfolio

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// Where numbers say that they come from.
const (
	typed  = "typed in Flagstone"
	pasted = "pasted into Flagstone"
)

// workedOut says what to change instead of a column that cannot be typed into.
var workedOut = map[string]string{
	"running":   words.Later("The running cost adds up rent, rates, maintenance, cleaning, reception and other costs: change one of those (Columns, Money)."),
	"energy":    words.Later("All energy adds up the fuels: change one of those."),
	"intensity": words.Later("Energy for each m² follows from energy and floor area: change one of those."),
	"services":  words.Later("Teams are moved in the place Space."),
	"quality":   words.Later("How much is known follows from the other columns."),
	"event":     words.Later("The next event follows from break, review and end of the lease: change one of those (Columns, Lease)."),
	"doubts":    words.Later("Findings go when what they are about is mended."),
	"planned":   words.Later("What is planned is changed in the place Scenarios."),
	"placed":    words.Later("An asset is placed by its postcode or by coordinates that are imported: change the postcode."),
}

// can says whether the project can be changed, and tells the user when not.
func (v *View) can() bool {
	ws := v.desk.Workspace()
	if ws == nil {
		return false
	}
	if why := ws.ReadOnly(); why != "" {
		v.desk.Tell(app.Message{Text: why, Bad: true})
		return false
	}
	return true
}

// edit opens one cell.
func (v *View) edit(key, col string) (widgets.CellEdit, bool) {
	if v.pane.Table.Marked() > 1 { // one cell of many: all of them
		v.strip.ask(col)
		return widgets.CellEdit{}, false
	}
	if !v.can() {
		return widgets.CellEdit{}, false
	}
	snap := v.desk.Snapshot()
	a := snap.Asset(model.AssetID(key))
	f := session.FieldByID(session.Fields(snap.Project), col)
	if a == nil || f == nil {
		if why := workedOut[col]; why != "" {
			v.desk.Tell(app.Message{Text: why})
		}
		return widgets.CellEdit{}, false
	}
	text := f.Text(a)
	if col == "name" {
		text = format.Name(text)
	}
	return widgets.CellEdit{Text: text, Hint: f.Hint, List: f.List, Set: func(t string) string {
		edits := []session.Edit{{Asset: a.ID, Field: col, Text: t}}
		e := session.PlanEdits(snap.Project, edits, session.EditOptions{Source: typed})
		if len(e.Refused) > 0 {
			return e.Refused[0].Sentence
		}
		if e.Cells > 0 {
			v.change(edits, typed)
		}
		return ""
	}}, true
}

// change makes edits as one step.
func (v *View) change(edits []session.Edit, source string) {
	v.desk.Change(words.T("Saving"), func(ctx context.Context, ws app.Workspace, _ *jobs.Progress) error {
		e, err := ws.PlanEdits(ctx, edits, source)
		if err != nil || e.Cells == 0 {
			return err
		}
		return ws.PutAssets(ctx, e.Name(source == pasted), e.Assets)
	}, nil)
}

// plan works out what edits come to and shows it before anything happens.
func (v *View) plan(what string, edits func(p *model.Project) session.Pasted, source string) {
	if !v.can() {
		return
	}
	ws := v.desk.Workspace()
	v.desk.Run(what, func(ctx context.Context, _ *jobs.Progress) (func(), error) {
		laid := edits(ws.Project())
		e, err := ws.PlanEdits(ctx, laid.Edits, source)
		if err != nil {
			return nil, err
		}
		e.Refused = append(laid.Refused, e.Refused...)
		return func() {
			if v.desk.Workspace() == ws {
				v.strip.preview(laid, e, source)
			}
		}, nil
	})
}

// Paste lays a clipboard over the table and shows what would change.
func (v *View) Paste(text string) {
	t := v.pane.Table
	heading := func(id string) session.Heading {
		for i := range v.cols {
			if v.cols[i].ID == id {
				return session.Heading{ID: id, Label: v.cols[i].Label}
			}
		}
		return session.Heading{ID: id}
	}
	sheet := &session.Sheet{Marked: keys(t.MarkedRows()), From: keys(t.RowsFrom()), Block: len(t.Block())}
	for _, id := range t.ColumnsFrom() {
		sheet.Columns = append(sheet.Columns, heading(id))
	}
	for i := range v.cols {
		sheet.All = append(sheet.All, heading(v.cols[i].ID))
	}
	v.plan(words.T("Looking at what is pasted"), func(p *model.Project) session.Pasted { return sheet.Lay(p, session.ParseCells(text)) }, pasted)
}

// clear makes the marked cells not known.
func (v *View) clear() {
	ids, cols := keys(v.pane.Table.MarkedRows()), v.pane.Table.Block()
	if len(cols) == 1 && workedOut[cols[0]] != "" {
		v.desk.Tell(app.Message{Text: words.T(workedOut[cols[0]])})
		return
	}
	v.plan(words.T("Looking at what would be emptied"), func(*model.Project) session.Pasted {
		var out session.Pasted
		for _, c := range cols {
			out.Edits = append(out.Edits, session.EditsOf(ids, c, "")...)
		}
		return out
	}, typed)
}

func keys(rows []*Row) []model.AssetID {
	out := make([]model.AssetID, len(rows))
	for i, r := range rows {
		out[i] = r.ID
	}
	return out
}

// rowMenu is what can be done with the marked rows.
func (v *View) rowMenu() []*fyne.MenuItem {
	t := v.pane.Table
	var items []*fyne.MenuItem
	if n := t.Marked(); n > 1 {
		items = append(items, fyne.NewMenuItem(format.Counted(n, "Set a value of %s asset… (F2)", "Set a value of %s assets… (F2)"), func() { v.strip.ask(t.Column()) }))
	} else if n == 1 {
		items = append(items, fyne.NewMenuItem(words.T("Change this cell (F2)"), func() { t.BeginEdit() }))
	}
	items = append(items, fyne.NewMenuItem(words.T("Make not known (Delete)"), v.clear))
	if id := t.Chosen(); id != "" {
		items = append(items, fyne.NewMenuItem(words.T("Show on map (Enter)"), func() { t.OnOpened(id) }))
	}
	return append(items, fyne.NewMenuItemSeparator())
}
