package importers

import (
	"github.com/planting-the-flag/flagstone/model"
)

// Status says what would become of a thing.
type Status string

// What would become of a thing.
const (
	New       Status = "new"
	Updated   Status = "updated"
	Unchanged Status = "unchanged"
)

// ChangeSet is everything an import would change, as whole values. Committing it is one command of the caller's.
type ChangeSet struct {
	Organisations []model.Organisation // new ones only
	Assets        []AssetChange
	Services      []ServiceChange
	Occupations   []model.Occupation // new, or in place of the one with the same service and asset
	Population    []PointChange
	Boundaries    []BoundaryChange
	Manual        []model.ManualStream // for the scenario the caller chooses
}

// AssetChange is one asset as it would be.
type AssetChange struct {
	Status Status
	Asset  model.Asset
	Rows   []int // rows of the file that made it
	Table  int   // and the table they stand in, as an index into the tables of the result
	Fields []FieldChange
	Match  *Match // how it was recognised, when it was there already
	Maybe  *Match // which one that was there it may be, when it was kept apart
}

// ServiceChange is one service as it would be.
type ServiceChange struct {
	Status  Status
	Service model.Service
	Fields  []FieldChange
	Rows    []int // rows of the file that speak of it
	Table   int   // and the table they stand in, as an index into the tables of the result
}

// PointChange is one population point as it would be.
type PointChange struct {
	Status Status
	Point  model.PopulationPoint
	Row    int // first row of the file that speaks of it; 0 when only a boundary placed it
	Table  int // and the table it stands in, as an index into the tables of the result
}

// BoundaryChange is one boundary as it would be.
type BoundaryChange struct {
	Status   Status
	Boundary model.Boundary
}

// FieldChange is one field of a thing that changes.
type FieldChange struct {
	Field  string `json:"field"`
	Old    string `json:"old"`
	New    string `json:"new"`
	Source string `json:"source"`
}

// Match says why a row was taken for an asset that was there already.
type Match struct {
	Asset   model.AssetID `json:"asset"`
	Score   float64       `json:"score"`
	Reasons []string      `json:"reasons"`

	merged bool // by the reference or number of a building that was merged into it
}

// Empty says whether nothing would change.
func (c *ChangeSet) Empty() bool {
	for _, a := range c.Assets {
		if a.Status != Unchanged {
			return false
		}
	}
	for _, s := range c.Services {
		if s.Status != Unchanged {
			return false
		}
	}
	for _, p := range c.Population {
		if p.Status != Unchanged {
			return false
		}
	}
	for _, b := range c.Boundaries {
		if b.Status != Unchanged {
			return false
		}
	}
	return len(c.Occupations) == 0 && len(c.Manual) == 0 && len(c.Organisations) == 0
}

// Apply makes the changes to a project in memory. Manual streams are left to the caller, who knows the scenario.
func (c *ChangeSet) Apply(p *model.Project) {
	have := map[model.OrganisationID]bool{}
	for _, o := range p.Organisations {
		have[o.ID] = true
	}
	for _, o := range c.Organisations {
		if !have[o.ID] {
			have[o.ID] = true
			p.Organisations = append(p.Organisations, o)
		}
	}
	p.Assets = joined(p.Assets, c.Assets, func(x *AssetChange) *model.Asset { return &x.Asset }, func(a *model.Asset) model.AssetID { return a.ID })
	p.Services = joined(p.Services, c.Services, func(x *ServiceChange) *model.Service { return &x.Service }, func(s *model.Service) model.ServiceID { return s.ID })
	type seat struct {
		s model.ServiceID
		a model.AssetID
	}
	p.Occupations = joined(p.Occupations, c.Occupations, func(x *model.Occupation) *model.Occupation { return x }, func(o *model.Occupation) seat { return seat{o.Service, o.Asset} })
	p.Population = joined(p.Population, c.Population, func(x *PointChange) *model.PopulationPoint { return &x.Point }, func(q *model.PopulationPoint) string { return q.Code })
	type line struct{ layer, code string }
	p.Boundaries = joined(p.Boundaries, c.Boundaries, func(x *BoundaryChange) *model.Boundary { return &x.Boundary }, func(b *model.Boundary) line { return line{b.Layer, b.Code} })
}

// joined is a list with what changes bring: each thing in the place of that of its key, else at the end.
func joined[T, C any, K comparable](list []T, changes []C, thing func(*C) *T, key func(*T) K) []T {
	if len(changes) == 0 {
		return list
	}
	if len(list) == 0 {
		list = make([]T, 0, len(changes))
	}
	at := make(map[K]int, len(list)+len(changes))
	for i := range list {
		at[key(&list[i])] = i
	}
	for i := range changes {
		t := thing(&changes[i])
		k := key(t)
		if old, ok := at[k]; ok {
			list[old] = *t
			continue
		}
		at[k] = len(list)
		list = append(list, *t)
	}
	return list
}
