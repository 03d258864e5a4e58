package shell

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// extension ends the name of a project file.
const extension = ".flagstone"

// readable are the endings of files that can be imported.
var readable = []string{".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".geojson", ".json", ".zip"}

// adopt opens a workspace in a job and puts it on the desk; sheets that came
// with it are looked at then.
func (w *Window) adopt(doing string, sheets []string, open func(context.Context, *jobs.Progress) (app.Workspace, error)) {
	w.desk.Run(doing, func(ctx context.Context, p *jobs.Progress) (func(), error) {
		ws, err := open(ctx, p)
		if err != nil {
			return nil, err
		}
		snap := app.NewSnapshot(ws.Project())
		return func() {
			w.desk.Adopt(ws, snap)
			if path := ws.Path(); path != "" {
				w.settings.SetFolder(filepath.Dir(path))
				f := session.RecentFile{Path: path, Name: snap.Name, When: w.p.Now().Format(time.RFC3339)}
				if err := w.p.Recent.Add(f); err != nil {
					w.desk.Tell(app.Explain(words.T("The list of recent projects could not be saved"), err))
				}
			}
			if why := ws.ReadOnly(); why != "" {
				w.desk.Tell(app.Message{Text: why, Bad: true})
			}
			if len(sheets) > 0 {
				w.p.Post(func() { w.preview(sheets) }) // after every place has heard of the project
			}
		}, nil
	})
}

// isOpen says whether a project file is the one on the desk: opening it again
// would find it locked by ourselves.
func (w *Window) isOpen(path string) bool {
	ws := w.desk.Workspace()
	if ws == nil || path == "" {
		return false
	}
	a, err1 := os.Stat(ws.Path())
	b, err2 := os.Stat(path)
	return err1 == nil && err2 == nil && os.SameFile(a, b)
}

// OpenPath opens a project file.
func (w *Window) OpenPath(path string) { w.openWith(path, nil) }

// openWith opens a project file and then looks at the files that came with it.
func (w *Window) openWith(path string, sheets []string) {
	if w.isOpen(path) {
		w.desk.Tell(app.Message{Text: words.F("%s is open already.", filepath.Base(path))})
		if len(sheets) > 0 {
			w.preview(sheets)
		}
		return
	}
	w.adopt(words.F("Opening %s", filepath.Base(path)), sheets, func(ctx context.Context, p *jobs.Progress) (app.Workspace, error) {
		return w.p.Library.Open(ctx, path, p)
	})
}

// demonstration opens the demonstration place, making it first when it is not
// there yet.
func (w *Window) demonstration() {
	path := w.p.DemoFile
	if w.isOpen(path) {
		w.desk.Tell(app.Message{Text: words.T("The demonstration place is open already.")})
		return
	}
	w.adopt(words.T("Opening the demonstration place"), nil, func(ctx context.Context, p *jobs.Progress) (app.Workspace, error) {
		if _, err := os.Stat(path); err == nil && path != "" {
			return w.p.Library.Open(ctx, path, p)
		}
		return w.p.Library.Demonstration(ctx, path, p)
	})
}

// Demonstration opens the demonstration place.
func (w *Window) Demonstration() { w.demonstration() }

// Drop takes files that were dropped on the window or named on the command
// line: a project is opened, anything else is looked at for import.
func (w *Window) Drop(paths []string) {
	var sheets []string
	project := ""
	for _, p := range paths {
		if strings.EqualFold(filepath.Ext(p), extension) {
			project = p
			continue
		}
		sheets = append(sheets, p)
	}
	if project != "" {
		w.openWith(project, sheets)
		return
	}
	if len(sheets) == 0 {
		return
	}
	if w.desk.Workspace() == nil {
		w.newFor(sheets)
		return
	}
	w.preview(sheets)
}

// newFor makes a project beside the first file, so that the files can be
// looked at. A name that is taken gets a number.
func (w *Window) newFor(paths []string) {
	base := filepath.Clean(paths[0])
	if st, err := os.Stat(base); err != nil || !st.IsDir() {
		base = strings.TrimSuffix(base, filepath.Ext(base))
	}
	path := base + extension
	for n := 2; ; n++ {
		if _, err := os.Stat(path); err != nil {
			break
		}
		path = base + " " + itoa(n) + extension
	}
	name := filepath.Base(base)
	w.adopt(words.T("Making a project"), paths, func(ctx context.Context, p *jobs.Progress) (app.Workspace, error) {
		for _, f := range paths {
			if w.p.Library.OurBook(f) {
				return nil, model.Invalid("workbook", words.F("%s was written from a project. Open that project first, then drop the workbook on it", filepath.Base(f)))
			}
		}
		return w.p.Library.New(ctx, path, name, p)
	})
}

// preview reads files in a job and shows what would happen.
func (w *Window) preview(paths []string) {
	ws := w.desk.Workspace()
	if ws == nil {
		return
	}
	if why := ws.ReadOnly(); why != "" {
		w.desk.Tell(app.Message{Text: why, Bad: true})
		return
	}
	w.desk.Run(format.Counted(len(paths), "Reading %s file", "Reading %s files"), func(ctx context.Context, p *jobs.Progress) (func(), error) {
		for _, path := range paths {
			r, err := ws.Returned(ctx, path)
			if err != nil {
				return nil, err
			}
			if r != nil {
				return func() { w.showReturned(ws, r, len(paths)) }, nil
			}
		}
		v, err := ws.Preview(ctx, paths, p)
		if err != nil {
			return nil, err
		}
		return func() {
			if w.desk.Workspace() == ws {
				w.settings.SetFolder(filepath.Dir(paths[0]))
				w.importing.Show(v)
				w.GoTo(importPlace)
			}
		}, nil
	})
}

// showReturned shows what a workbook that came back would change.
func (w *Window) showReturned(ws app.Workspace, r *app.Returned, files int) {
	if w.desk.Workspace() != ws {
		return
	}
	w.returned.Show(r)
	w.GoTo(returnedPlace)
	if files > 1 {
		w.desk.Tell(app.Message{Text: words.T("A workbook that came back is looked at by itself: drop the other files again afterwards.")})
	}
}

// take carries out the chosen changes of a returned workbook.
func (w *Window) take(r *app.Returned, ids []int) {
	w.leaveImport()
	var refused []string
	w.desk.Change(words.T("Taking the changes in"), func(ctx context.Context, ws app.Workspace, _ *jobs.Progress) (err error) {
		refused, err = ws.Take(ctx, r, ids)
		return err
	}, func() {
		n := len(ids) - len(refused)
		m := app.Message{Text: format.Counted(n, "%s change from %s taken in. Undo takes them back.", "%s changes from %s taken in. Undo takes them back.", r.File)}
		if len(refused) > 0 {
			m.Text += format.Counted(len(refused), " %s change could not be taken in.", " %s changes could not be taken in.")
			m.Detail, m.Bad = strings.Join(refused, "\n"), true
		}
		w.desk.Tell(m)
	})
}

func (w *Window) leaveImport() {
	back := w.previous
	if back == "" || back == importPlace {
		back = w.places[0].id
	}
	w.current = nil
	w.GoTo(back)
}

// commit carries a previewed import out.
func (w *Window) commit(v *app.Preview) {
	w.leaveImport()
	before := len(w.desk.Snapshot().Assets)
	w.desk.Change(words.T("Bringing it in"), func(ctx context.Context, ws app.Workspace, p *jobs.Progress) error {
		return ws.Commit(ctx, v, p)
	}, func() {
		n := len(w.desk.Snapshot().Assets) - before
		text := words.T("The import is done. Undo takes it back.")
		if n > 0 {
			text = format.Counted(n, "%s asset came in. Undo takes them back.", "%s assets came in. Undo takes them back.")
		}
		w.desk.Tell(app.Message{Text: text})
	})
}

// place a file dialog where the user last was.
func (w *Window) prepare(d *dialog.FileDialog, endings []string) {
	if endings != nil {
		d.SetFilter(storage.NewExtensionFileFilter(endings))
	}
	if f := w.settings.Folder(); f != "" {
		if l, err := storage.ListerForURI(storage.NewFileURI(f)); err == nil {
			d.SetLocation(l)
		}
	}
	d.SetView(dialog.ListView) // names of files are long, and told apart by their ends
	z := w.win.Canvas().Size()
	d.Resize(fyne.NewSize(min(900, z.Width-80), min(620, z.Height-80)))
	w.p.Post(func() { // after the key that asked for it
		d.Show()
		c := w.win.Canvas()
		c.FocusNext() // the places to look in
		c.FocusNext() // the files: arrows go through them, Space chooses
	})
}

func (w *Window) openDialog() {
	w.prepare(dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err == nil && r != nil {
			path := r.URI().Path()
			_ = r.Close()
			w.Drop([]string{path})
		}
	}, w.win), []string{extension})
}

// askWhich asks for a file to read.
func (w *Window) askWhich(endings []string, then func(path string)) {
	w.prepare(dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err == nil && r != nil {
			path := r.URI().Path()
			_ = r.Close()
			then(path)
		}
	}, w.win), endings)
}

// saveTemplate writes a blank portfolio to fill in.
func (w *Window) saveTemplate() {
	ws := w.desk.Workspace()
	if ws == nil {
		return
	}
	for _, k := range ws.Exports() {
		if k.ID == "template" {
			w.askWhere(words.T("Portfolio to fill in"), k.Extension, func(path string) { w.Export(k, app.Export{Kind: k.ID, Path: path}) })
		}
	}
}

func (w *Window) importDialog() {
	if w.desk.Workspace() == nil {
		w.newProject()
		return
	}
	w.prepare(dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err == nil && r != nil {
			path := r.URI().Path()
			_ = r.Close()
			w.preview([]string{path})
		}
	}, w.win), readable)
}

// askWhere asks for a file to write.
func (w *Window) askWhere(name, ending string, then func(path string)) {
	w.ask(question{title: words.T("Where to"), verb: words.T("Write"), name: name, ending: ending}, then)
}

func (w *Window) newProject() {
	w.ask(question{title: words.T("New project"), verb: words.T("Make the project"), name: words.T("New project"), ending: extension, keep: true}, func(path string) {
		name := strings.TrimSuffix(filepath.Base(path), extension)
		w.adopt(words.F("Making %s", name), nil, func(ctx context.Context, p *jobs.Progress) (app.Workspace, error) {
			return w.p.Library.New(ctx, path, name, p)
		})
	})
}

func (w *Window) saveAs() {
	ws := w.desk.Workspace()
	if ws == nil {
		return
	}
	w.ask(question{title: words.T("Save a copy and go on in it"), verb: words.T("Save the copy"), name: words.F("%s copy", fileName(w.desk.Snapshot().Name)), ending: extension, keep: true}, func(path string) {
		w.desk.Run(words.T("Saving a copy"), func(ctx context.Context, _ *jobs.Progress) (func(), error) {
			if err := ws.SaveAs(ctx, path); err != nil {
				return nil, err
			}
			return func() {
				w.desk.Tell(app.Message{Text: words.F("Saved as %s. You are working in that file now.", path)})
			}, nil
		})
	})
}

// exportDialog asks where to and writes.
func (w *Window) exportDialog(k app.ExportKind, e app.Export) {
	name := fileName(w.desk.Snapshot().Name) + " " + strings.ToLower(k.Title)
	w.ask(question{title: words.F("Write the %s", strings.ToLower(k.Title)), verb: words.T("Write"), name: name, ending: k.Extension}, func(path string) {
		e.Path = path
		w.Export(k, e)
	})
}

// Export writes one file in a job.
func (w *Window) Export(k app.ExportKind, e app.Export) {
	ws := w.desk.Workspace()
	w.settings.SetFolder(filepath.Dir(e.Path))
	w.desk.Run(words.F("Writing the %s", strings.ToLower(k.Title)), func(ctx context.Context, p *jobs.Progress) (func(), error) {
		if err := ws.Export(ctx, e, p); err != nil {
			return nil, err
		}
		return func() { w.desk.Tell(app.Message{Text: words.F("%s written: %s", k.Title, e.Path), File: e.Path}) }, nil
	})
}
