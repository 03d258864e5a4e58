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
	assets := map[model.AssetID]int{}
	for i := range p.Assets {
		assets[p.Assets[i].ID] = i
	}
	for _, a := range c.Assets {
		if i, ok := assets[a.Asset.ID]; ok {
			p.Assets[i] = a.Asset
			continue
		}
		assets[a.Asset.ID] = len(p.Assets)
		p.Assets = append(p.Assets, a.Asset)
	}
	services := map[model.ServiceID]int{}
	for i := range p.Services {
		services[p.Services[i].ID] = i
	}
	for _, s := range c.Services {
		if i, ok := services[s.Service.ID]; ok {
			p.Services[i] = s.Service
			continue
		}
		services[s.Service.ID] = len(p.Services)
		p.Services = append(p.Services, s.Service)
	}
	type seat struct {
		s model.ServiceID
		a model.AssetID
	}
	seats := map[seat]int{}
	for i, o := range p.Occupations {
		seats[seat{o.Service, o.Asset}] = i
	}
	for _, o := range c.Occupations {
		k := seat{o.Service, o.Asset}
		if i, ok := seats[k]; ok {
			p.Occupations[i] = o
			continue
		}
		seats[k] = len(p.Occupations)
		p.Occupations = append(p.Occupations, o)
	}
	points := map[string]int{}
	for i := range p.Population {
		points[p.Population[i].Code] = i
	}
	for _, q := range c.Population {
		if i, ok := points[q.Point.Code]; ok {
			p.Population[i] = q.Point
			continue
		}
		points[q.Point.Code] = len(p.Population)
		p.Population = append(p.Population, q.Point)
	}
	type line struct{ layer, code string }
	bounds := map[line]int{}
	for i := range p.Boundaries {
		bounds[line{p.Boundaries[i].Layer, p.Boundaries[i].Code}] = i
	}
	for _, b := range c.Boundaries {
		k := line{b.Boundary.Layer, b.Boundary.Code}
		if i, ok := bounds[k]; ok {
			p.Boundaries[i] = b.Boundary
			continue
		}
		bounds[k] = len(p.Boundaries)
		p.Boundaries = append(p.Boundaries, b.Boundary)
	}
}
