package shell

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

func itoa(n int) string { return strconv.Itoa(n) }

// topBar names the project and the scenario being edited, and holds undo, redo
// and search.
type topBar struct {
	w          *Window
	name       *widget.Label
	scenario   *widget.Select
	headline   []*widgets.Button // each opens into what makes it
	computing  *widget.Label
	row, bar   *fyne.Container
	undo, redo *widgets.Button
	search     *widgets.Button
	ids        []model.ScenarioID
	filling    bool
	object     fyne.CanvasObject
}

func newTopBar(w *Window) *topBar {
	t := &topBar{w: w, name: widget.NewLabel(""), computing: widget.NewLabel("")}
	t.name.TextStyle.Bold, t.name.Truncation = true, fyne.TextTruncateEllipsis
	t.name.SizeName = theme.SizeNameSubHeadingText
	t.computing.Importance = widget.LowImportance
	var line []fyne.CanvasObject
	for i, h := range headlines {
		b := widgets.NewButton("", words.T(h.tip), nil, nil).Quiet()
		b.OnTapped = func() { t.open(i) }
		t.headline = append(t.headline, b)
		line = append(line, b)
	}
	t.scenario = widget.NewSelect(nil, func(string) {
		if i := t.scenario.SelectedIndex(); !t.filling && i >= 0 && i < len(t.ids) {
			w.desk.SetScenario(t.ids[i])
			w.desk.Select(app.OneScenario, string(t.ids[i]))
		}
	})
	t.undo = widgets.NewButton(words.T("Undo"), words.T("Nothing to undo"), theme.ContentUndoIcon(), w.undo).Quiet()
	t.redo = widgets.NewButton("", words.T("Nothing to do again"), theme.ContentRedoIcon(), w.redo).Quiet()
	t.search = widgets.NewButton(words.T("Search"), words.T("Find assets, teams, scenarios, assumptions and commands (Ctrl+K)"), theme.SearchIcon(), func() { w.palette.open() })
	right := container.NewHBox(t.undo, t.redo, t.search)
	t.row = container.New(asMany{func(i int) bool {
		if i < len(t.headline) {
			return t.headline[i].Text != ""
		}
		return t.computing.Text != ""
	}}, append(line, t.computing)...)
	t.bar = container.New(barLayout{t.name}, widgets.Wide(180, t.name), widgets.Wide(190, t.scenario), t.row, right)
	t.object = widgets.Ground(look.Chrome, container.New(layout.NewCustomPaddedVBoxLayout(0), widgets.Inset(4, 8, t.bar), widget.NewSeparator()))
	w.desk.OnAny(t.show, app.WorkspaceChanged, app.ProjectChanged, app.ScenarioChanged, app.ResultsChanged)
	return t
}

// longestStep is how much of a step's name the undo button shows.
const longestStep = 26

func short(s string) string {
	if r := []rune(s); len(r) > longestStep {
		return string(r[:longestStep-1]) + "…"
	}
	return s
}

func (t *topBar) show() {
	d := t.w.desk
	s, ws := d.Snapshot(), d.Workspace()
	if s == nil || ws == nil {
		return
	}
	if t.name.Text != s.Name {
		t.name.SetText(s.Name)
		t.bar.Refresh()
	}
	t.fillScenarios(s)
	t.showHeadline()
	undo, redo := ws.UndoName(), ws.RedoName()
	label := words.T("Undo")
	if undo != "" {
		label = words.F("Undo %s", short(undo))
		t.undo.SetTip(words.F("Undo %s (Ctrl+Z)", undo))
		t.undo.Enable()
	} else {
		t.undo.SetTip(words.T("Nothing to undo (Ctrl+Z)"))
		t.undo.Disable()
	}
	if t.undo.Text != label {
		t.undo.SetText(label)
	}
	if redo != "" {
		t.redo.SetTip(words.F("Redo %s (Ctrl+Shift+Z)", redo))
		t.redo.Enable()
	} else {
		t.redo.SetTip(words.T("Nothing to do again (Ctrl+Shift+Z)"))
		t.redo.Disable()
	}
}

func (t *topBar) fillScenarios(s *app.Snapshot) {
	t.filling = true
	defer func() { t.filling = false }()
	t.ids = t.ids[:0]
	names := make([]string, 0, len(s.Scenarios))
	at := -1
	for i := range s.Scenarios {
		t.ids = append(t.ids, s.Scenarios[i].ID)
		names = append(names, s.Scenarios[i].Name)
		if sc := t.w.desk.Scenario(); sc != nil && sc.ID == s.Scenarios[i].ID {
			at = i
		}
	}
	if !slices.Equal(t.scenario.Options, names) {
		t.scenario.SetOptions(names)
	}
	switch {
	case at < 0:
		t.scenario.ClearSelected()
	case t.scenario.SelectedIndex() != at || t.scenario.Selected != names[at]:
		t.scenario.SetSelectedIndex(at)
	}
}

// barLayout puts the name of the project, the scenario, its figures and the
// buttons in a row. Where there is little room the name goes first: the title
// of the window has it.
type barLayout struct{ name *widget.Label }

const barGap = 4

// longestTitle is how much room the name of the project may take at most.
const longestTitle = 300

func (barLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	z := fyne.NewSize(2*barGap, 0)
	for i, x := range o {
		m := x.MinSize()
		z.Height = max(z.Height, m.Height)
		if i == 1 || i == 3 {
			z.Width += m.Width
		}
	}
	return z
}

// wanted is the room that the whole name takes.
func (l barLayout) wanted() float32 {
	return fyne.MeasureText(l.name.Text, theme.Size(l.name.SizeName), l.name.TextStyle).Width + 2*theme.InnerPadding() + barGap
}

func (l barLayout) Layout(o []fyne.CanvasObject, z fyne.Size) {
	x, right := float32(0), o[3].MinSize().Width
	put := func(c fyne.CanvasObject, width float32) {
		c.Resize(fyne.NewSize(width, z.Height))
		c.Move(fyne.NewPos(x, 0))
		x += width + barGap
	}
	if name := o[0].MinSize().Width; z.Width > name+o[1].MinSize().Width+right+240 {
		o[0].Show()
		put(o[0], min(l.wanted(), max(name, min(longestTitle, z.Width-o[1].MinSize().Width-right-320))))
	} else {
		o[0].Hide()
	}
	put(o[1], o[1].MinSize().Width)
	put(o[2], max(0, z.Width-x-right-barGap))
	put(o[3], right)
}
