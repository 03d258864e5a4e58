// Package importing shows what an import would do, in words, before it is
// done: one click to do it, one to leave everything as it is.
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
)

// View is the preview of an import.
type View struct {
	box      *fyne.Container
	object   fyne.CanvasObject
	preview  *app.Preview
	accept   *widgets.Button
	onAccept func(*app.Preview)
	onLeave  func()
}

// New makes the place; accept carries the import out, leave goes back.
func New(accept func(*app.Preview), leave func()) *View {
	v := &View{box: container.NewVBox(), onAccept: accept, onLeave: leave}
	v.accept = widgets.NewButton("Bring it in", "Do what is said above; undo takes it back", theme.ConfirmIcon(), func() { v.onAccept(v.preview) }).Main()
	cancel := widgets.NewButton("Leave it out", "Change nothing (Escape)", nil, func() { v.onLeave() })
	foot := container.NewVBox(widget.NewSeparator(), widgets.Inset(8, 12, container.NewHBox(layout.NewSpacer(), cancel, v.accept)))
	v.object = container.NewBorder(nil, foot, nil, nil, container.NewVScroll(widgets.Inset(12, 20, v.box)))
	return v
}

// Object is what the shell shows.
func (v *View) Object() fyne.CanvasObject { return v.object }

// Focus is where keys go: Enter or Space brings the files in.
func (v *View) Focus() fyne.Focusable { return v.accept }

// Preview is what is shown.
func (v *View) Preview() *app.Preview { return v.preview }

// Leave goes back without importing.
func (v *View) Leave() { v.onLeave() }

// Show puts a preview on the screen.
func (v *View) Show(p *app.Preview) {
	v.preview = p
	v.box.RemoveAll()
	v.box.Add(widgets.NewHeading("Before anything is changed"))
	useful := 0
	for i := range p.Files {
		f := &p.Files[i]
		useful += f.New + f.Merged
		v.box.Add(fileCard(f))
	}
	v.accept.SetText(acceptWords(p))
	if useful == 0 {
		v.accept.Disable()
	} else {
		v.accept.Enable()
	}
	v.box.Refresh()
}

func acceptWords(p *app.Preview) string {
	n := 0
	for _, f := range p.Files {
		n += f.New
	}
	if n == 0 {
		return "Bring it in"
	}
	return "Bring in " + format.Whole(float64(n)) + " new"
}

// thing is what the rows of a kind of sheet are called.
func thing(kind string, n int) string {
	words := map[string][2]string{
		"assets": {"asset", "assets"}, "services": {"team or service", "teams and services"}, "occupations": {"occupation", "occupations"},
		"population": {"small area", "small areas"}, "boundary": {"boundary", "boundaries"}, "energy": {"energy record", "energy records"},
		"manual-streams": {"cash flow", "cash flows"},
	}
	w, ok := words[kind]
	if !ok {
		w = [2]string{"row", "rows"}
	}
	if n == 1 {
		return w[0]
	}
	return w[1]
}

// Sentence says what would happen to one sheet: "608 rows: 571 new assets, 31
// already here, 6 need you."
func Sentence(f *app.FilePreview) string {
	if f.Problem != "" {
		return f.Problem
	}
	var parts []string
	if f.New > 0 {
		parts = append(parts, format.Whole(float64(f.New))+" new "+thing(f.Kind, f.New))
	}
	if f.Merged > 0 {
		parts = append(parts, format.Whole(float64(f.Merged))+" already here, brought up to date")
	}
	if f.Duplicates > 0 {
		parts = append(parts, format.Whole(float64(f.Duplicates))+" the same as another row")
	}
	if f.Rejected > 0 {
		verb := "need you"
		if f.Rejected == 1 {
			verb = "needs you"
		}
		parts = append(parts, format.Whole(float64(f.Rejected))+" "+verb)
	}
	if len(parts) == 0 {
		parts = append(parts, "nothing to bring in")
	}
	return format.Count(f.Rows, "row", "rows") + ": " + strings.Join(parts, ", ") + "."
}

// fieldWords writes the name of a field as people read it.
func fieldWords(field string) string {
	return format.Capital(strings.NewReplacer("_kwh", " kWh", "_", " ", "uprn", "UPRN").Replace(field))
}

// mostFindings is how many findings a card lists; all of them are kept with the
// project.
const mostFindings = 12

func fileCard(f *app.FilePreview) fyne.CanvasObject {
	name := f.File
	if f.Sheet != "" && !strings.HasPrefix(f.File, f.Sheet) {
		name += ", sheet " + f.Sheet
	}
	box := container.NewVBox(widgets.NewSub(name), widgets.NewProse(Sentence(f)))
	facts := widgets.NewFacts()
	var list []widgets.Fact
	if len(f.Mapping) > 0 {
		list = append(list, widgets.Fact{Section: "How the columns are read"})
		for _, m := range f.Mapping {
			list = append(list, widgets.Fact{Label: m.Column, Value: fieldWords(m.Field)})
		}
	}
	if len(f.Ignored) > 0 {
		list = append(list, widgets.Fact{Label: "Kept as they are, not used", Value: strings.Join(f.Ignored, ", "), Prose: true})
	}
	if len(f.Findings) > 0 {
		list = append(list, widgets.Fact{Section: format.Count(len(f.Findings), "thing to look at", "things to look at")})
		for i, x := range f.Findings {
			if i == mostFindings {
				list = append(list, widgets.Fact{Value: fmt.Sprintf("And %s more. All are listed under Findings once the file is in.", format.Whole(float64(len(f.Findings)-mostFindings))), Prose: true})
				break
			}
			where := x.Column
			if x.Row > 0 {
				where = "Row " + format.Whole(float64(x.Row)) + ", " + x.Column
			}
			list = append(list, widgets.Fact{Label: strings.Trim(where, ", "), Value: strings.TrimSpace(app.Sentence(x.Message) + " " + app.Sentence(x.Remedy)), Prose: true, Warn: x.Severity == "problem"})
		}
	}
	facts.Set(list)
	box.Add(facts)
	box.Add(widget.NewSeparator())
	return box
}
