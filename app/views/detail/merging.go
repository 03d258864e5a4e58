package detail

import (
	"context"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/widgets"
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
	f.section("One building or two?")
	id, name := a.ID, a.Name
	for k := range a.Extra {
		if !importers.MergeRecord(k) {
			continue
		}
		for _, x := range ws.MergedAssets(id) {
			f.link("Merged into this", "Split "+x.Name+" off again", func() {
				v.desk.Change("Splitting "+x.Name+" off", func(ctx context.Context, ws app.Workspace, _ *jobs.Progress) error {
					return ws.SplitAsset(ctx, id, x.Asset)
				},
					func() {
						v.desk.Tell(app.Message{Text: x.Name + " is a building of its own again. Undo takes that back."})
					})
			})
		}
		break
	}
	f.link("The same as another?", "Merge with…", func() {
		list := ws.AlikeAssets(id)
		if len(list) == 0 {
			v.desk.Tell(app.Message{Text: "No building here has a name like " + name + "’s, or lies next door."})
			return
		}
		v.OnAlike("Which building is the same as "+name+"?", list, func(other model.AssetID) {
			v.desk.Change("Merging", func(ctx context.Context, ws app.Workspace, _ *jobs.Progress) error {
				return ws.MergeAssets(ctx, id, other)
			},
				func() {
					v.desk.Tell(app.Message{Text: "Two buildings became one: " + name + ". Undo, or “Split”, takes that back."})
				})
		})
	})
	return f
}
