package intake

import (
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

// Merge makes one building of two, as one step. What comes back besides says what changed in the one that stays.
func Merge(p *model.Project, keep, gone model.AssetID) (store.Batch, *importers.Reshaped, error) {
	r, err := importers.Merge(p, keep, gone)
	if err != nil {
		return store.Batch{}, nil, err
	}
	return reshape(words.F("merging of %s into %s", name(p, gone), name(p, keep)), r), r, nil
}

// Split takes a merge back, as one step: the building that went comes back as it was.
func Split(p *model.Project, kept, gone model.AssetID) (store.Batch, *importers.Reshaped, error) {
	r, err := importers.Split(p, kept, gone)
	if err != nil {
		return store.Batch{}, nil, err
	}
	what := string(gone)
	for i := range r.Assets {
		if r.Assets[i].ID == gone && r.Assets[i].Name != "" {
			what = r.Assets[i].Name
		}
	}
	return reshape(words.F("splitting of %s from %s", what, name(p, kept)), r), r, nil
}

func name(p *model.Project, id model.AssetID) string {
	if a := p.Asset(id); a != nil && a.Name != "" {
		return a.Name
	}
	return string(id)
}

// reshape puts what a merge or a split changes in the order in which the project file takes it.
func reshape(name string, r *importers.Reshaped) store.Batch {
	b := store.Batch{Name: name, Commands: []store.Command{store.PutAssets{Assets: r.Assets}}}
	var gone []store.OccupationKey
	for _, o := range r.Vacated {
		gone = append(gone, store.OccupationKey{Service: o.Service, Asset: o.Asset, Part: o.Part})
	}
	if len(gone) > 0 {
		b.Commands = append(b.Commands, store.RemoveOccupations{Keys: gone})
	}
	if len(r.Occupations) > 0 {
		b.Commands = append(b.Commands, store.PutOccupations{Occupations: r.Occupations})
	}
	if len(r.Files) > 0 {
		b.Commands = append(b.Commands, store.PutFindings{Replace: r.Files, Findings: r.Findings})
	}
	if len(r.Removed) > 0 {
		b.Commands = append(b.Commands, store.RemoveAssets{IDs: r.Removed})
	}
	return b
}
