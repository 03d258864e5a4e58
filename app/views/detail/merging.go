package detail

import (
	"context"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/model"
)

// sameBuilding lets the user say that two buildings of the project are one, or
// that one is two.
func (v *View) sameBuilding(a *model.Asset) []widgets.Fact {
	ws := v.desk.Workspace()
	if ws == nil || ws.ReadOnly() != "" || v.OnAlike == nil {
		return nil
	}
	var f facts
	f.section(words.T("One building or two?"))
	id, name := a.ID, a.Name
	for k := range a.Extra {
		if !importers.MergeRecord(k) {
			continue
		}
		for _, x := range ws.MergedAssets(id) {
			f.link(words.T("Merged into this"), words.F("Split %s off again", x.Name), func() {
				v.desk.Change(words.F("Splitting %s off", x.Name), func(ctx context.Context, ws app.Workspace, _ *jobs.Progress) error {
					return ws.SplitAsset(ctx, id, x.Asset)
				},
					func() {
						v.desk.Tell(app.Message{Text: words.F("%s is a building of its own again. Undo takes that back.", x.Name)})
					})
			})
		}
		break
	}
	f.link(words.T("The same as another?"), words.T("Merge with…"), func() {
		list := ws.AlikeAssets(id)
		if len(list) == 0 {
			v.desk.Tell(app.Message{Text: words.F("No building here has a name like %s’s, or lies next door.", name)})
			return
		}
		v.OnAlike(words.F("Which building is the same as %s?", name), list, func(other model.AssetID) {
			v.desk.Change(words.T("Merging"), func(ctx context.Context, ws app.Workspace, _ *jobs.Progress) error {
				return ws.MergeAssets(ctx, id, other)
			},
				func() {
					v.desk.Tell(app.Message{Text: words.F("Two buildings became one: %s. Undo, or “Split”, takes that back.", name)})
				})
		})
	})
	return f
}
