package importing

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
)

// columnsPage says what each column of a table means, and lets the user change
// it.
type columnsPage struct {
	v        *View
	f        *app.FilePreview
	table    int // of the file, shown
	which    *widget.Select
	whichBox *fyne.Container
	said     *widget.Label
	confirm  *widgets.Button
	remember *widgets.Button
	list     *widget.List
	search   *widgets.Entry
	only     *widget.Select
	order    []int // the columns shown
	bar      *fyne.Container
	fields   []app.FieldChoice
	options  []string
	object   fyne.CanvasObject
}

// What a column can be besides a field.
func keepWords() string   { return words.T("Keep as it is") }
func ignoreWords() string { return words.T("Ignore") }

// Widths of the parts of a line.
const (
	headerPart = 236
	fieldPart  = 212
	unitPart   = 128
)

func newColumns(v *View) *columnsPage {
	p := &columnsPage{v: v, said: widgets.NewProse("")}
	p.which = widget.NewSelect(nil, func(string) {
		if i := p.which.SelectedIndex(); i >= 0 && p.f != nil {
			for n := range p.f.Tables {
				if len(p.f.Tables[n].Columns) == 0 {
					continue
				}
				if i == 0 && n != p.table {
					p.table = n
					p.show(p.f)
					return
				}
				i--
			}
		}
	})
	p.whichBox = container.NewBorder(nil, nil, widget.NewLabel(words.T("Table")), nil, p.which)
	p.confirm = widgets.NewButton(words.T("The units are right"), words.T("Take the units that were assumed for those meant; they are not asked again for this layout once it is remembered"), theme.ConfirmIcon(), func() {
		if t := p.shown(); t != nil {
			p.v.Choose(app.ImportChoice{Table: &app.TableChoice{File: t.File, Sheet: t.Sheet, Row: t.Row, Take: t.Taken, Units: true}})
		}
	})
	p.remember = widgets.NewButton(words.T("Remember this layout…"), words.T("Keep under a name what the columns mean, so that the same layout is read the same way next time"), theme.DocumentSaveIcon(), func() { p.v.rememberLayout() })
	p.list = widget.NewList(func() int { return len(p.order) }, p.line, p.fill)
	p.search = widgets.NewEntry(words.T("Search columns"), func(string) { p.arrange() })
	p.search.Icon = theme.SearchIcon()
	p.only = widget.NewSelect(showing(), func(string) { p.arrange() })
	p.only.Selected = showing()[0]
	p.bar = container.NewBorder(nil, nil, nil, widgets.Wide(200, p.only), p.search)
	p.list.OnSelected = func(i widget.ListItemID) { p.list.Unselect(i) }
	right := container.NewHBox(p.confirm, p.remember)
	head := container.NewVBox(p.whichBox, container.NewBorder(nil, nil, nil, container.NewCenter(right), p.said), p.bar)
	p.object = container.NewBorder(widgets.Inset(4, 16, head), nil, nil, nil, widgets.Inset(0, 8, p.list))
	return p
}

// shown is the table on the page.
func (p *columnsPage) shown() *app.TablePreview {
	if p.f == nil || p.table >= len(p.f.Tables) {
		return nil
	}
	return &p.f.Tables[p.table]
}

func (p *columnsPage) show(f *app.FilePreview) {
	if p.f == nil || p.f.Path != f.Path || p.table >= len(f.Tables) || len(f.Tables[p.table].Columns) == 0 {
		p.table = 0
		for i := range f.Tables { // the first that is taken, else the first that could be
			if f.Tables[i].Taken {
				p.table = i
				break
			}
			if len(f.Tables[i].Columns) > 0 && len(f.Tables[p.table].Columns) == 0 {
				p.table = i
			}
		}
	}
	p.f = f
	p.which.Options = nil
	for i := range f.Tables {
		if t := &f.Tables[i]; len(t.Columns) > 0 {
			s := fmt.Sprintf("%d: %s, %s", len(p.which.Options)+1, TableTitle(t), format.Count(t.Rows, "row", "rows"))
			if !t.Taken {
				s += words.T(" (left out)")
			}
			p.which.Options = append(p.which.Options, s)
			if i == p.table {
				p.which.Selected = s
			}
		}
	}
	p.which.Refresh()
	p.whichBox.Hidden = len(p.which.Options) < 2
	t := p.shown()
	ws := p.v.desk.Workspace()
	if t == nil || ws == nil {
		return
	}
	kind := t.Kind
	if kind == "" {
		kind = "assets"
	}
	p.fields = ws.Fields(kind)
	p.options = []string{keepWords(), ignoreWords()}
	for _, x := range p.fields {
		p.options = append(p.options, x.Title)
	}
	used, kept, ignored, assumed, unknown := 0, 0, 0, 0, 0
	for i := range t.Columns {
		switch c := &t.Columns[i]; {
		case c.Role == "mapped":
			used++
			if c.Unit == "" && c.Assumed == "?" {
				unknown++
			} else if c.Unit == "" && c.Assumed != "" && len(c.Units) > 0 {
				assumed++
			}
		case c.Role == "ignored":
			ignored++
		default:
			kept++
		}
	}
	s := words.F("%s: %d used", format.Count(len(t.Columns), "column", "columns"), used)
	if kept > 0 {
		s += words.F(", %d kept as they are with each %s", kept, thing(kind, 1))
	}
	if ignored > 0 {
		s += words.F(", %d ignored", ignored)
	}
	s += "."
	if assumed > 0 {
		s += format.Counted(assumed, " %s unit is assumed: please check.", " %s units are assumed: please check.")
	}
	if unknown > 0 {
		s += format.Counted(unknown, " %s column needs a unit before it can be used.", " %s columns need a unit before it can be used.")
	}
	p.said.SetText(s)
	p.confirm.Hidden = assumed == 0
	p.remember.Hidden = ws.Layouts() == nil || !t.Taken
	p.remember.Importance = widget.MediumImportance
	if p.v.preview.Edited {
		p.remember.Importance = widget.WarningImportance
	}
	p.remember.Refresh()
	p.bar.Hidden = len(t.Columns) <= fewColumns
	p.arrange()
}

// fewColumns are seen at a glance: no search is needed.
const fewColumns = 12

// showing are the ways to narrow the columns.
func showing() []string {
	return []string{words.T("All columns"), words.T("Used"), words.T("Kept as they are"), words.T("Ignored"), words.T("To check")}
}

// toCheck says whether the user had better look at a column.
func toCheck(c *app.ColumnPreview) bool {
	return c.Role == "mapped" && (c.Confidence < 0.7 || c.Unit == "" && c.Assumed != "" && len(c.Units) > 0)
}

// arrange narrows the columns to those asked for.
func (p *columnsPage) arrange() {
	p.order = p.order[:0]
	t := p.shown()
	if t == nil {
		return
	}
	words, only := strings.Fields(strings.ToLower(p.search.Text)), p.only.SelectedIndex()
	if p.bar.Hidden {
		words, only = nil, 0
	}
next:
	for i := range t.Columns {
		c := &t.Columns[i]
		if only == 1 && c.Role != "mapped" || only == 2 && c.Role != "extra" || only == 3 && c.Role != "ignored" || only == 4 && !toCheck(c) {
			continue
		}
		for _, w := range words {
			if !strings.Contains(strings.ToLower(c.Header+" "+c.Title), w) {
				continue next
			}
		}
		p.order = append(p.order, i)
	}
	p.list.Refresh()
}

// has says whether a cell's column is on the page of its file.
func (p *columnsPage) has(at app.Cell) bool {
	_, _, ok := p.find(at)
	return ok
}

// find is the table and the column of a cell.
func (p *columnsPage) find(at app.Cell) (table, column int, ok bool) {
	f := p.v.shown()
	if f == nil {
		return 0, 0, false
	}
	for i := range f.Tables {
		t := &f.Tables[i]
		if t.File != at.File || t.Sheet != at.Sheet || at.Row > 0 && at.Row < t.Row {
			continue
		}
		for k := range t.Columns {
			if t.Columns[k].Header == at.Column {
				return i, k, true
			}
		}
	}
	return 0, 0, false
}

// reveal brings the column of a cell into sight.
func (p *columnsPage) reveal(at app.Cell) {
	table, column, ok := p.find(at)
	if !ok {
		return
	}
	p.table = table
	p.search.SetText("")
	p.only.SetSelectedIndex(0)
	p.show(p.v.shown())
	p.list.ScrollTo(column)
}

func (p *columnsPage) line() fyne.CanvasObject {
	head, sample := widget.NewLabel(""), widget.NewLabel("")
	head.TextStyle.Bold, head.Truncation = true, fyne.TextTruncateEllipsis
	sample.SizeName, sample.Importance, sample.Truncation = theme.SizeNameCaptionText, widget.LowImportance, fyne.TextTruncateEllipsis
	left := container.New(layout.NewCustomPaddedVBoxLayout(-10), head, sample)
	reason := widget.NewLabel("")
	reason.SizeName, reason.Importance, reason.Wrapping, reason.Truncation = theme.SizeNameCaptionText, widget.LowImportance, fyne.TextWrapWord, fyne.TextTruncateEllipsis
	field, unit := widget.NewSelect(nil, nil), widget.NewSelect(nil, nil)
	middle := container.NewHBox(widgets.Wide(headerPart, left), container.NewCenter(widgets.Wide(fieldPart, field)), container.NewCenter(widgets.Wide(unitPart, unit)))
	return container.NewBorder(nil, nil, middle, nil, widgets.AtLeast(80, 44, reason))
}

// assumedMark stands after a unit that nobody stated.
func assumedMark() string { return words.T(" (assumed)") }

func (p *columnsPage) fill(i widget.ListItemID, o fyne.CanvasObject) {
	t := p.shown()
	if t == nil || i >= len(p.order) || p.order[i] >= len(t.Columns) {
		return
	}
	c, row := &t.Columns[p.order[i]], o.(*fyne.Container)
	reason := row.Objects[0].(*fyne.Container).Objects[0].(*widget.Label)
	parts := row.Objects[1].(*fyne.Container).Objects
	left := parts[0].(*fyne.Container).Objects[0].(*fyne.Container)
	field := inner(parts[1]).(*widget.Select)
	unit := inner(parts[2]).(*widget.Select)
	left.Objects[0].(*widget.Label).SetText(c.Letter + "  " + strings.Join(strings.Fields(c.Header), " "))
	sample := words.T("holds nothing")
	if len(c.Samples) > 0 {
		sample = strings.Join(strings.Fields(strings.Join(c.Samples, " · ")), " ")
	}
	left.Objects[1].(*widget.Label).SetText(sample)
	field.OnChanged, unit.OnChanged = nil, nil
	field.Options = p.options
	switch c.Role {
	case "mapped":
		field.Selected = c.Title
	case "ignored":
		field.Selected = ignoreWords()
	default:
		field.Selected = keepWords()
	}
	field.Refresh()
	say := func(role, id, u string) {
		p.v.Choose(app.ImportChoice{Column: &app.ColumnChoice{File: t.File, Sheet: t.Sheet, Row: t.Row, Index: c.Index, Role: role, Field: id, Unit: u}})
	}
	field.OnChanged = func(chosen string) {
		switch {
		case chosen == keepWords() && c.Role != "extra":
			say("extra", "", "")
		case chosen == ignoreWords() && c.Role != "ignored":
			say("ignored", "", "")
		default:
			for _, x := range p.fields {
				if x.Title == chosen && (c.Role != "mapped" || x.ID != c.Field) {
					say("mapped", x.ID, c.Unit)
				}
			}
		}
	}
	unit.Hidden = c.Role != "mapped" || len(c.Units) == 0
	if !unit.Hidden {
		options := append([]string(nil), c.Units...)
		at := c.Unit
		switch {
		case c.Unit != "":
			options = with(options, c.Unit)
		case c.Assumed != "" && c.Assumed != "?":
			at = c.Assumed + assumedMark()
			options = append([]string{at}, options...)
		}
		unit.PlaceHolder = words.T("Which unit?")
		unit.Options, unit.Selected = options, at
		unit.Refresh()
		unit.OnChanged = func(chosen string) {
			if chosen != at && !strings.HasSuffix(chosen, assumedMark()) {
				say("mapped", c.Field, chosen)
			}
		}
	}
	why := c.Reason
	if s := sure(c.Confidence); s != "" && c.Role == "mapped" && why != "you chose it" {
		why = s + ": " + words.T(why)
	}
	reason.SetText(format.Capital(words.T(why)))
}

// inner is the object within the centred fixed-width box of a line.
func inner(o fyne.CanvasObject) fyne.CanvasObject {
	return o.(*fyne.Container).Objects[0].(*fyne.Container).Objects[0]
}

func with(list []string, s string) []string {
	for _, x := range list {
		if x == s {
			return list
		}
	}
	return append([]string{s}, list...)
}
