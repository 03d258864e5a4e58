package app

import (
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/naming"
)

// Snapshot is a project with the look-ups that screens need, made once off the
// UI goroutine and never changed.
type Snapshot struct {
	*model.Project
	assets      map[model.AssetID]*model.Asset
	services    map[model.ServiceID]*model.Service
	orgs        map[model.OrganisationID]*model.Organisation
	occupations map[model.AssetID][]*model.Occupation
	findings    map[model.AssetID][]*model.Finding
}

// NewSnapshot indexes a project.
func NewSnapshot(p *model.Project) *Snapshot {
	s := &Snapshot{
		Project:     p,
		assets:      make(map[model.AssetID]*model.Asset, len(p.Assets)),
		services:    make(map[model.ServiceID]*model.Service, len(p.Services)),
		orgs:        make(map[model.OrganisationID]*model.Organisation, len(p.Organisations)),
		occupations: map[model.AssetID][]*model.Occupation{},
		findings:    map[model.AssetID][]*model.Finding{},
	}
	for i := range p.Assets {
		s.assets[p.Assets[i].ID] = &p.Assets[i]
	}
	for i := range p.Services {
		s.services[p.Services[i].ID] = &p.Services[i]
	}
	for i := range p.Organisations {
		s.orgs[p.Organisations[i].ID] = &p.Organisations[i]
	}
	for i := range p.Occupations {
		o := &p.Occupations[i]
		s.occupations[o.Asset] = append(s.occupations[o.Asset], o)
	}
	for i := range p.Findings {
		f := &p.Findings[i]
		if f.Asset != "" {
			s.findings[f.Asset] = append(s.findings[f.Asset], f)
		}
	}
	return s
}

// Asset returns the asset, or nil.
func (s *Snapshot) Asset(id model.AssetID) *model.Asset { return s.assets[id] }

// Service returns the service, or nil.
func (s *Snapshot) Service(id model.ServiceID) *model.Service { return s.services[id] }

// AssetName is the asset's name as it is shown, or its identifier when it is
// not in the project.
func (s *Snapshot) AssetName(id model.AssetID) string {
	if a := s.assets[id]; a != nil {
		return format.Name(a.Name)
	}
	return string(id)
}

// Says is what a finding says, with the name of its building as it is shown.
func (s *Snapshot) Says(f *model.Finding) string {
	if a := s.assets[f.Asset]; a != nil {
		return Sentence(naming.In(f.Message, a.Name))
	}
	return Sentence(f.Message)
}

// ServiceName is the service's name, or its identifier.
func (s *Snapshot) ServiceName(id model.ServiceID) string {
	if v := s.services[id]; v != nil {
		return v.Name
	}
	return string(id)
}

// OrganisationName is the body's name in words, also for those that are not
// organisations of the place.
func (s *Snapshot) OrganisationName(id model.OrganisationID) string {
	if o := s.orgs[id]; o != nil {
		return format.Name(o.Name)
	}
	switch id {
	case "":
		return words.T("not known")
	case model.Residents:
		return words.T("Residents")
	case model.Society:
		return words.T("Society")
	case model.Market:
		return words.T("The market")
	}
	return string(id)
}

// OrganisationKind is the kind of body, empty when not known.
func (s *Snapshot) OrganisationKind(id model.OrganisationID) string {
	if o := s.orgs[id]; o != nil {
		return o.Kind
	}
	return ""
}

// OccupationsOf are the services in an asset at the start of the plan.
func (s *Snapshot) OccupationsOf(id model.AssetID) []*model.Occupation { return s.occupations[id] }

// FindingsOf are the findings about an asset.
func (s *Snapshot) FindingsOf(id model.AssetID) []*model.Finding { return s.findings[id] }
