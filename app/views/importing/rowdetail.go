package importing

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// rowDetail tells everything about one row of a file: what becomes of it and
// why, what the user can say about it, and the row itself as it stands there.
type rowDetail struct {
	v       *View
	title   *widget.Label
	where   *widget.Label
	facts   *widgets.Facts
	buttons *fyne.Container
	source  *sheet
	about   *widget.Label
	box     *fyne.Container
	object  fyne.CanvasObject
}

func newRowDetail(v *View) *rowDetail {
	d := &rowDetail{v: v, title: widgets.NewSub(""), where: widgets.NewCaption(""), facts: widgets.NewFacts(), buttons: container.NewVBox(), source: newSheet(), about: widgets.NewCaption("")}
	d.title.Wrapping = fyne.TextWrapWord
	d.box = container.NewVBox(d.title, d.where, d.facts, d.buttons, d.about, d.source.where)
	d.object = container.NewVScroll(widgets.Inset(4, 8, d.box))
	d.clear("")
	return d
}

func (d *rowDetail) clear(say string) {
	d.title.SetText("")
	d.title.Hide()
	d.where.SetText(say)
	d.facts.Set(nil)
	d.buttons.RemoveAll()
	d.about.Hide()
	d.source.where.Hide()
	d.box.Refresh()
}

// put shows a title, facts, buttons and the row in the file.
func (d *rowDetail) put(title string, at app.Cell, facts []widgets.Fact, buttons []fyne.CanvasObject) {
	d.title.SetText(title)
	d.title.Hidden = title == ""
	d.where.SetText(cellWords(at))
	d.facts.Set(facts)
	d.buttons.Objects = buttons
	d.buttons.Refresh()
	var rows *app.SourceRows
	if ws := d.v.desk.Workspace(); ws != nil && at.Row > 0 {
		rows = ws.SourceRows(d.v.preview, at)
	}
	d.about.Hide()
	d.source.where.Hide()
	if rows != nil {
		d.about.Show()
		d.source.where.Show()
		s := words.F("Row %d as it stands in the file", at.Row)
		if rows.Column >= 0 && rows.Column < len(rows.Letters) {
			s += words.F("; cell %s%d is framed", rows.Letters[rows.Column], at.Row)
		}
		d.about.SetText(s + ".")
		d.source.Set(rows)
	}
	d.box.Refresh()
}

// line shows what becomes of a row.
func (d *rowDetail) line(l *app.ImportLine) {
	var f []widgets.Fact
	if l.Note != "" && (len(l.Fields) == 0 || l.Kept) {
		f = append(f, widgets.Fact{Value: app.Sentence(l.Note), Prose: true, Warn: l.Status == app.LineRejected})
	}
	if m := l.Match; m != nil {
		label := words.T("The same building as")
		if l.Kept {
			label = words.T("May be the same building as")
		}
		f = append(f, widgets.Fact{Label: label, Value: format.Name(m.Name), Prose: true})
		if m.Where != "" {
			f = append(f, widgets.Fact{Label: words.T("There"), Value: m.Where, Prose: true})
		}
		f = append(f, widgets.Fact{Label: words.T("How sure"), Value: fmt.Sprintf("%.0f %%: %s", 100*m.Score, strings.Join(m.Reasons, ", ")), Prose: true})
	}
	if len(l.Fields) > 0 {
		f = append(f, widgets.Fact{Section: format.Count(len(l.Fields), "field changes", "fields change")})
		for _, x := range l.Fields {
			old := x.Old
			if old == "" {
				old = format.NotKnown()
			}
			f = append(f, widgets.Fact{Label: format.Word(x.Field), Value: old + " → " + x.New, Prose: true})
		}
	}
	d.put(format.Name(l.Name), l.Cell, f, d.choices(l))
}

// choices are what the user can say about which building a row is.
func (d *rowDetail) choices(l *app.ImportLine) []fyne.CanvasObject {
	if l.Row == 0 || l.Status == app.LineRejected || d.v.shown() == nil || d.v.shown().Kind != "assets" {
		return nil
	}
	say := func(c app.RowChoice) func() {
		c.Cell = app.Cell{File: l.File, Sheet: l.Sheet, Row: l.Row}
		return func() { d.v.Choose(app.ImportChoice{Row: &c}) }
	}
	var out []fyne.CanvasObject
	switch {
	case l.Kept && l.Match != nil:
		out = append(out, widgets.NewButton(words.T("They are one building"), words.F("Bring the row into %s", format.Name(l.Match.Name)), nil, say(app.RowChoice{Asset: l.Match.Asset})))
	case l.Match != nil:
		if unsure(l) {
			out = append(out, widgets.NewButton(words.T("Yes, one building"), words.F("Confirm it: the row belongs to %s", format.Name(l.Match.Name)), nil, say(app.RowChoice{Asset: l.Match.Asset})))
		}
		out = append(out, widgets.NewButton(words.T("These are two buildings"), words.T("Make a building of its own of the row"), nil, say(app.RowChoice{Apart: true})))
	case l.Status == app.LineMerged && !l.Decided:
		out = append(out, widgets.NewButton(words.T("These are two buildings"), words.T("Make a building of its own of the row"), nil, say(app.RowChoice{Apart: true})))
	}
	if l.Status != app.LineMerged {
		out = append(out, widgets.NewButton(words.T("Merge with another…"), words.T("Choose the building that the row is about"), nil, func() { d.v.chooseBuilding(l) }))
	}
	if l.Decided {
		out = append(out, widgets.NewButton(words.T("Take my choice back"), words.T("Let the match be found again"), nil, say(app.RowChoice{})).Quiet())
	}
	return out
}

// finding shows what is wrong with a cell.
func (d *rowDetail) finding(of *app.FilePreview, x *model.Finding) {
	f := []widgets.Fact{{Value: says(of, x), Prose: true, Warn: x.Severity == model.Problem}}
	if x.Remedy != "" {
		f = append(f, widgets.Fact{Label: words.T("What to do"), Value: app.Sentence(x.Remedy), Prose: true})
	}
	if x.Value != "" {
		f = append(f, widgets.Fact{Label: words.T("It says"), Value: x.Value, Prose: true})
	}
	var buttons []fyne.CanvasObject
	at := app.Cell{File: x.File, Sheet: x.Sheet, Row: x.Row, Column: x.Column}
	switch {
	case x.Column != "" && d.v.columns.has(at):
		buttons = append(buttons, widgets.NewButton(words.T("Go to this column"), words.T("See what the column is taken for, and change its field or unit"), nil, func() { d.v.showColumn(at) }))
	case d.v.shown() != nil && strings.Contains(x.Message, "whose they are"):
		buttons = append(buttons, widgets.NewButton(words.T("Say whose they are…"), words.T("Name the organisation for the rows that do not"), nil, d.v.askOwner))
	}
	d.put("", at, f, buttons)
}

// chooseBuilding asks which building a row is about.
func (v *View) chooseBuilding(l *app.ImportLine) {
	ws := v.desk.Workspace()
	if ws == nil {
		return
	}
	list := ws.Candidates(v.preview, l.Cell)
	if l.Match != nil && !l.Kept { // what it was taken for already is no other
		list = slices.DeleteFunc(list, func(x app.Alike) bool { return x.Asset == l.Match.Asset })
	}
	if len(list) == 0 {
		dialog.ShowInformation(words.T("Merge with another"), words.F("No building that is here already, or comes in an earlier file, is like %s.", format.Name(l.Name)), v.win)
		return
	}
	ChooseAlike(v.win, words.F("Which building is %s?", format.Name(l.Name)), words.T("Merge"), list, func(id model.AssetID) {
		v.Choose(app.ImportChoice{Row: &app.RowChoice{Cell: app.Cell{File: l.File, Sheet: l.Sheet, Row: l.Row}, Asset: id}})
	})
}

// ChooseAlike asks for one of several buildings, each told with how like it is
// and why; nothing happens until the button with the verb.
func ChooseAlike(win fyne.Window, title, verb string, list []app.Alike, then func(model.AssetID)) {
	at := -1
	var d *dialog.CustomDialog
	do := widget.NewButtonWithIcon(verb, theme.ConfirmIcon(), func() {
		if at >= 0 {
			d.Hide()
			then(list[at].Asset)
		}
	})
	do.Importance = widget.HighImportance
	do.Disable()
	l := newChooser(func() int { return len(list) },
		func() fyne.CanvasObject {
			name, why := widget.NewLabel(""), widget.NewLabel("")
			name.TextStyle.Bold, name.Truncation = true, fyne.TextTruncateEllipsis
			why.Importance, why.Truncation = widget.LowImportance, fyne.TextTruncateEllipsis
			return container.NewVBox(name, why)
		},
		func(i widget.ListItemID, o fyne.CanvasObject) {
			if i >= len(list) {
				return
			}
			x, box := &list[i], o.(*fyne.Container)
			name := format.Name(x.Name)
			if x.Where != "" {
				name += ", " + x.Where
			}
			box.Objects[0].(*widget.Label).SetText(name)
			box.Objects[1].(*widget.Label).SetText(fmt.Sprintf("%.0f %%: %s", 100*x.Score, strings.Join(x.Reasons, ", ")))
		})
	l.OnSelected = func(i widget.ListItemID) {
		at = i
		do.Enable()
	}
	l.leave, l.enter = func() { d.Hide() }, func() { do.OnTapped() }
	d = dialog.NewCustomWithoutButtons(title, l, win)
	d.SetButtons([]fyne.CanvasObject{widget.NewButton(words.T("Cancel"), func() { d.Hide() }), do})
	z := win.Canvas().Size()
	d.Resize(fyne.NewSize(min(640, z.Width-80), min(460, z.Height-80)))
	d.Show()
	win.Canvas().Focus(l)
}

// chooser is a list that Escape leaves and Enter decides.
type chooser struct {
	widget.List
	leave, enter func()
}

func newChooser(length func() int, create func() fyne.CanvasObject, update func(widget.ListItemID, fyne.CanvasObject)) *chooser {
	c := &chooser{}
	c.Length, c.CreateItem, c.UpdateItem = length, create, update
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey leaves, decides or moves.
func (c *chooser) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyEscape:
		c.leave()
	case fyne.KeyReturn, fyne.KeyEnter:
		c.enter()
	default:
		c.List.TypedKey(k)
	}
}
