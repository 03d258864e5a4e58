package importers

import (
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

// apartRecord begins the key in Extra under which a building keeps that somebody said that it is not the same as another, much alike:
// "kept apart from <identifier>". One of the two has it; it holds for both until they are merged.
const apartRecord = "kept apart from "

// MergeRecord says whether a key of an asset's Extra holds the record of a merge, or of two that are not to be taken for one, which is
// for programs and not for people.
func MergeRecord(key string) bool {
	return strings.HasPrefix(key, mergedRecord) || strings.HasPrefix(key, apartRecord)
}

// Apart says whether somebody said that two assets are two buildings.
func Apart(a, b *model.Asset) bool {
	_, x := a.Extra[apartRecord+string(b.ID)]
	_, y := b.Extra[apartRecord+string(a.ID)]
	return x || y
}

// part notes that an asset is not the same as another. Its map is copied: others may hold it.
func part(a *model.Asset, from model.AssetID, why string) {
	if from == "" || from == a.ID {
		return
	}
	extra := make(map[string]string, len(a.Extra)+1)
	for k, v := range a.Extra {
		extra[k] = v
	}
	extra[apartRecord+string(from)] = why
	a.Extra = extra
}

// pair is two assets that are there and not to be taken for one.
type pair struct {
	a, b *model.Asset
	used bool // by two rows of the file at hand
}

// parted gathers the pairs once all assets are known.
func (x *index) parted() {
	at := map[model.AssetID]*model.Asset{}
	for _, a := range x.assets {
		for k := range a.Extra {
			if strings.HasPrefix(k, apartRecord) {
				at[a.ID] = a
			}
		}
	}
	if len(at) == 0 {
		return
	}
	for _, b := range x.assets {
		for _, a := range at {
			if _, ok := a.Extra[apartRecord+string(b.ID)]; ok {
				x.pairs = append(x.pairs, &pair{a: b, b: a})
			}
		}
	}
}

// closeness counts what two records say alike, to choose between buildings that a row could be equally well.
func closeness(a, b *model.Asset) float64 {
	c := 3 * similar(a.Name, b.Name)
	add := func(same bool, n float64) {
		if same {
			c += n
		}
	}
	add(strings.EqualFold(a.Name, b.Name), 2)
	add(owner(a) == owner(b), 2)
	add(a.Reference != "" && strings.EqualFold(a.Reference, b.Reference), 4)
	add(a.UPRN != "" && a.UPRN == b.UPRN, 2)
	add(a.Postcode != "" && a.Postcode == b.Postcode, 1)
	add(a.Address != "" && strings.EqualFold(a.Address, b.Address), 2)
	add(a.Detail != "" && a.Detail == b.Detail, 1)
	add(a.Holding != "" && a.Holding == b.Holding, 0.5)
	add(a.Tenure.Kind != "" && a.Tenure.Kind == b.Tenure.Kind, 0.5)
	for _, f := range [][2]model.Figure{{a.FloorArea, b.FloorArea}, {a.LandArea, b.LandArea}, {a.Value, b.Value}, {a.Desks, b.Desks}} {
		add(f[0].Known() && f[1].Known() && same(f[0].Value, f[1].Value), 1)
	}
	return c
}

// keptApart finds, for two rows that look like one, the two buildings of which somebody said that they are two; nil when there are none.
func (in *intake) keptApart(earlier, a *model.Asset) *pair {
	for _, p := range in.r.idx.pairs {
		if p.used {
			continue
		}
		for _, two := range [][2]*model.Asset{{p.a, p.b}, {p.b, p.a}} {
			if sure(earlier, two[0]) && sure(a, two[1]) && closeness(earlier, two[0]) >= closeness(earlier, two[1]) && closeness(a, two[1]) >= closeness(a, two[0]) {
				return p
			}
		}
	}
	return nil
}

func sure(a, b *model.Asset) bool { return Compare(a, b).Score >= sureMatch }

// otherOf is, of the buildings that are not to be taken for one that an earlier row is about, the one that a row is about.
func (r *run) otherOf(old *model.Asset, a *model.Asset) (*model.Asset, *Match) {
	for _, p := range r.idx.pairs {
		other := p.b
		switch old.ID {
		case p.a.ID:
		case p.b.ID:
			other = p.a
		default:
			continue
		}
		if _, taken := r.idx.touched[other.ID]; taken {
			continue
		}
		if m := Compare(a, other); m.Score >= sureMatch && closeness(a, other) >= closeness(a, old) {
			m.Reasons = append(m.Reasons, "you said that it is not "+named(old))
			return other, &m
		}
	}
	return nil, nil
}
