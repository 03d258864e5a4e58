package workspace

import (
	"context"
	"os"
	"path/filepath"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/intake"
	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/model"
)

// AlikeAssets are the buildings that one may be the same as.
func (w *Workspace) AlikeAssets(id model.AssetID) []app.Alike {
	p := w.s.Project()
	if a := p.Asset(id); a != nil {
		return alikes(p, a)
	}
	return nil
}

// MergedAssets are the buildings that can be taken out of one again.
func (w *Workspace) MergedAssets(id model.AssetID) []app.Alike {
	a := w.s.Project().Asset(id)
	if a == nil {
		return nil
	}
	var out []app.Alike
	for _, gone := range importers.Merged(a) {
		out = append(out, app.Alike{Asset: gone, Name: importers.MergedName(a, gone)})
	}
	return out
}

// MergeAssets makes one building of two.
func (w *Workspace) MergeAssets(ctx context.Context, keep, gone model.AssetID) error {
	b, _, err := intake.Merge(w.s.Project(), keep, gone)
	if err != nil {
		return err
	}
	return w.do(ctx, b.Name, b.Why, b.Commands...)
}

// SplitAsset takes a merge back.
func (w *Workspace) SplitAsset(ctx context.Context, kept, gone model.AssetID) error {
	b, _, err := intake.Split(w.s.Project(), kept, gone)
	if err != nil {
		return err
	}
	return w.do(ctx, b.Name, b.Why, b.Commands...)
}

// SaveFindings writes what is wrong with the files of a preview.
func (w *Workspace) SaveFindings(ctx context.Context, v *app.Preview, path string) error {
	x, err := planOf(v)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".flagstone-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = intake.SaveFindings(f, path, x.reading)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// Layouts are the saved mappings of the user; nil when there is nowhere to keep them.
func (w *Workspace) Layouts() app.Layouts {
	if w.shelf == "" {
		return nil
	}
	return &layouts{w}
}

type layouts struct{ w *Workspace }

func (l *layouts) List() ([]app.Layout, error) {
	all, err := l.w.shelf.List()
	var out []app.Layout
	for _, k := range all {
		x := app.Layout{Name: k.Name, Saved: k.Saved, Kind: string(k.Mappings[0].Kind)}
		for _, m := range k.Mappings {
			x.Columns += len(m.Columns)
		}
		out = append(out, x)
	}
	return out, err
}

func (l *layouts) Keep(v *app.Preview, name string) error {
	x, err := planOf(v)
	if err != nil {
		return err
	}
	var list []*mapping.Mapping
	for _, m := range x.reading.Mappings() {
		list = append(list, m.Confirmed()) // keeping a layout confirms its units, once
	}
	return l.w.shelf.Save(name, l.w.now().Format("2006-01-02"), list...)
}

func (l *layouts) Rename(from, to string) error         { return l.w.shelf.Rename(from, to) }
func (l *layouts) Forget(name string) error             { return l.w.shelf.Forget(name) }
func (l *layouts) SaveTo(name, path string) error       { return l.w.shelf.Export(name, path) }
func (l *layouts) LoadFrom(path string) (string, error) { return l.w.shelf.Import(path) }
