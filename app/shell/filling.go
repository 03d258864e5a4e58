package shell

import (
	"context"
	"sort"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/gaps"
	"github.com/planting-the-flag/flagstone/model/outcome"
)

// filling is what could stand where nobody has measured or stated a figure.
type filling struct {
	proposals     *gaps.Proposals
	assets        []model.Asset // as they would be
	before, after gaps.Quality
}

// fillGaps looks for gaps that like buildings or benchmarks can fill, and shows them before anything is changed.
func (w *Window) fillGaps() {
	ws := w.desk.Workspace()
	if ws == nil {
		return
	}
	w.desk.Run(words.T("Looking for gaps"), func(ctx context.Context, _ *jobs.Progress) (func(), error) {
		f, err := findGaps(ws.Project())
		if err != nil {
			return nil, err
		}
		return func() {
			if w.desk.Workspace() == ws {
				w.showFilling(f)
			}
		}, nil
	})
}

func findGaps(p *model.Project) (*filling, error) {
	set, err := outcome.Set(p, "")
	if err != nil {
		return nil, err
	}
	f := &filling{proposals: gaps.Find(p, set, outcome.Book(p, set)), before: gaps.QualityOfAll(p.Assets)}
	f.assets = f.proposals.Apply(p, nil)
	f.after = gaps.QualityWith(p, f.assets)
	return f, nil
}

// lines say what would be filled, field by field, and what would not and why.
func (f *filling) lines() (filled, left []string) {
	for _, c := range f.proposals.ByGrade() {
		filled = append(filled, words.F("%s: %s, marked %s", format.Word(string(c.Field)), words.N(c.Figures, "%d figure", "%d figures"), words.T(string(c.Grade))))
	}
	lefts := append([]gaps.Left(nil), f.proposals.Left...)
	sort.SliceStable(lefts, func(i, j int) bool { return len(lefts[i].Assets) > len(lefts[j].Assets) })
	for _, l := range lefts[:min(len(lefts), mostLeft)] {
		left = append(left, words.F("%s of %s: %s", format.Word(string(l.Field)), words.N(len(l.Assets), "%d building", "%d buildings"), l.Why))
	}
	return filled, left
}

// mostLeft is how many reasons are shown; the rest are alike.
const mostLeft = 4

func (w *Window) showFilling(f *filling) {
	c := w.win.Canvas()
	var pop *widget.PopUp
	leave := func() { pop.Hide() }
	n := len(f.proposals.Fill)
	filled, left := f.lines()
	body := container.NewVBox(widgets.NewSub(words.T("Fill the gaps")))
	cancel := widgets.NewButton(words.T("Cancel"), words.T("Close without changes (Escape)"), nil, leave)
	buttons := container.NewHBox(layout.NewSpacer(), cancel)
	focus := fyne.Focusable(cancel)
	if n == 0 {
		body.Add(widgets.NewCaption(words.T("Nothing can be filled: every figure is known, or too few like buildings state it.")))
	} else {
		body.Add(widgets.NewCaption(words.F("%s of %s can be taken from like buildings here or from published benchmarks. Each is marked as modelled wherever it appears, and a stated figure replaces it when one comes. What is known of the portfolio rises from %s to %s of 100.",
			words.N(n, "%d figure", "%d figures"), words.N(len(f.assets), "%d building", "%d buildings"), format.Whole(100*f.before.Score), format.Whole(100*f.after.Score))))
		body.Add(widgets.NewProse(strings.Join(filled, "\n")))
		do := func() {
			pop.Hide()
			name := words.N(n, "filling of %d gap", "filling of %d gaps")
			w.desk.Change(words.T("Filling gaps"), func(ctx context.Context, ws app.Workspace, _ *jobs.Progress) error {
				return ws.PutAssets(ctx, name, f.assets)
			}, func() {
				w.desk.Tell(app.Message{Text: words.N(n, "%d figure was filled and is marked as modelled.", "%d figures were filled and are marked as modelled.")})
			})
		}
		main := widgets.NewButton(words.N(n, "Fill %d figure", "Fill %d figures"), words.T("As one step, which can be undone"), nil, do).Main()
		buttons.Add(main)
		focus = main
	}
	if len(left) > 0 {
		body.Add(widgets.NewCaption(words.T("Not filled:")))
		body.Add(widgets.NewProse(strings.Join(left, "\n")))
	}
	body.Add(buttons)
	pop = widget.NewPopUp(widgets.Inset(8, 12, widgets.Wide(560, body)), c)
	pop.ShowAtPosition(fyne.NewPos(max(8, (c.Size().Width-pop.MinSize().Width)/2), 80))
	c.Focus(focus)
}
