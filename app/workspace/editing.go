package workspace

import (
	"context"

	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/importers/postcodes"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
	"github.com/planting-the-flag/flagstone/model/store"
)

// PlanEdits works out what texts in fields of assets come to. An asset that
// stands on the map by its postcode moves with it.
func (w *Workspace) PlanEdits(ctx context.Context, edits []session.Edit, source string) (*session.Edits, error) {
	gaz, err := postcodes.Gazetteer()
	if err != nil {
		return nil, err
	}
	e := session.PlanEdits(w.s.Project(), edits, session.EditOptions{Source: source, Place: func(code string) (model.LatLon, model.PlaceMethod, bool) {
		p, ok := geo.ParsePostcode(code)
		if !ok {
			return model.LatLon{}, model.PlaceUnknown, false
		}
		found, ok := gaz.Find(p)
		return model.LatLon(found.Place), placedBy[found.Precision], ok
	}})
	return e, ctx.Err()
}

var placedBy = map[geo.Precision]model.PlaceMethod{geo.ByUnit: model.PlaceUnit, geo.BySector: model.PlaceSector, geo.ByDistrict: model.PlaceOutcode}

// Past lists the steps that changed an asset, the newest first.
func (w *Workspace) Past(ctx context.Context, id model.AssetID) ([]session.Past, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return w.s.Past(id)
}

// PutAssets replaces assets in one step.
func (w *Workspace) PutAssets(ctx context.Context, name string, assets []model.Asset) error {
	return w.do(ctx, name, "", store.PutAssets{Assets: assets})
}
