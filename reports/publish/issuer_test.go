package publish_test

import (
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/reports/publish"
)

// A paper goes out in the name of the body that a reader would expect, not of the one that happens to come first.
func TestIssuer(t *testing.T) {
	org := func(id, kind string) model.Organisation {
		return model.Organisation{ID: model.OrganisationID(id), Name: "Body " + id, Kind: kind}
	}
	assets := func(ids ...string) (out []model.Asset) {
		for _, id := range ids {
			out = append(out, model.Asset{Organisation: model.OrganisationID(id)})
		}
		return out
	}
	for want, p := range map[string]*model.Project{
		"":                          {},
		"Body a":                    {Organisations: []model.Organisation{org("a", "NHS")}},
		"Body b":                    {Organisations: []model.Organisation{org("a", "NHS"), org("b", "council")}, Assets: assets("a", "a", "a")},
		"Body c":                    {Organisations: []model.Organisation{org("a", "NHS"), org("c", "NHS")}, Assets: assets("a", "c", "c")},
		"The organisations of Brum": {Name: "Brum", Organisations: []model.Organisation{org("a", "council"), org("b", "council")}, Assets: assets("a", "b")},
		"Several organisations":     {Organisations: []model.Organisation{org("a", "NHS"), org("b", "NHS")}, Assets: assets("a", "b")},
	} {
		if got := publish.Issuer(p); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
