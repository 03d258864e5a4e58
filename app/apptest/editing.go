package apptest

import (
	"context"

	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/model"
)

// PlanEdits works out what texts come to; postcodes move nothing.
func (w *Workspace) PlanEdits(ctx context.Context, edits []session.Edit, source string) (*session.Edits, error) {
	return session.PlanEdits(w.Project(), edits, session.EditOptions{Source: source}), ctx.Err()
}

// PutAssets replaces assets in one step.
func (w *Workspace) PutAssets(_ context.Context, name string, assets []model.Asset) error {
	return w.change(name, func(p *model.Project) {
		by := make(map[model.AssetID]*model.Asset, len(assets))
		for i := range assets {
			by[assets[i].ID] = &assets[i]
		}
		for i := range p.Assets {
			if a := by[p.Assets[i].ID]; a != nil {
				p.Assets[i] = *a
			}
		}
	})
}
