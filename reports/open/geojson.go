package open

import (
	"encoding/json"
	"fmt"
	"io"
	"math"

	"github.com/planting-the-flag/flagstone/model"
)

type collection struct {
	Type     string    `json:"type"`
	Name     string    `json:"name"`
	Notes    []string  `json:"attribution,omitempty"`
	Features []feature `json:"features"`
}

type feature struct {
	Type       string     `json:"type"`
	ID         string     `json:"id"`
	Geometry   *point     `json:"geometry"`
	Properties properties `json:"properties"`
}

type point struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"`
}

type properties struct {
	Name         string   `json:"name"`
	Organisation string   `json:"organisation,omitempty"`
	Reference    string   `json:"reference,omitempty"`
	UPRN         string   `json:"uprn,omitempty"`
	Use          string   `json:"use,omitempty"`
	Address      string   `json:"address,omitempty"`
	Postcode     string   `json:"postcode,omitempty"`
	Ward         string   `json:"ward,omitempty"`
	Tenure       string   `json:"tenure,omitempty"`
	Holding      string   `json:"holding,omitempty"`
	Rating       string   `json:"energy_rating,omitempty"`
	FloorArea    *float64 `json:"floor_area_m2,omitempty"`
	FloorGrade   string   `json:"floor_area_evidence,omitempty"`
	LandArea     *float64 `json:"land_area_ha,omitempty"`
	LandGrade    string   `json:"land_area_evidence,omitempty"`
	Placed       string   `json:"placed_by,omitempty"`
}

// GeoJSON writes every asset as a feature; one without a place has no geometry. Modelled figures say so beside them.
func GeoJSON(p *model.Project, w io.Writer) error {
	c := collection{Type: "FeatureCollection", Name: p.Name, Notes: p.Attribution, Features: make([]feature, 0, len(p.Assets))}
	for i := range p.Assets {
		a := &p.Assets[i]
		f := feature{Type: "Feature", ID: string(a.ID), Properties: properties{Name: a.Name, Reference: a.Reference, UPRN: a.UPRN, Use: string(a.Use), Address: a.Address, Postcode: a.Postcode,
			Ward: a.Ward, Tenure: string(a.Tenure.Kind), Holding: a.Holding, Rating: a.EnergyRating, Placed: string(a.Placed)}}
		if o := p.Organisation(a.Organisation); o != nil {
			f.Properties.Organisation = o.Name
		}
		if a.Located() && model.Finite(a.Location.Lat) && model.Finite(a.Location.Lon) {
			f.Geometry = &point{"Point", [2]float64{degrees(a.Location.Lon), degrees(a.Location.Lat)}}
		}
		f.Properties.FloorArea, f.Properties.FloorGrade = figure(a.FloorArea)
		f.Properties.LandArea, f.Properties.LandGrade = figure(a.LandArea)
		c.Features = append(c.Features, f)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(c); err != nil {
		return fmt.Errorf("writing GeoJSON: %w", err)
	}
	return nil
}

// degrees rounds to seven decimals, about a centimetre.
func degrees(v float64) float64 { return math.Round(v*1e7) / 1e7 }

func figure(f model.Figure) (*float64, string) {
	if !f.Known() || !model.Finite(f.Value) {
		return nil, ""
	}
	grade := string(f.Grade)
	if f.Grade == model.Estimated {
		grade = "modelled"
	}
	v := f.Value
	return &v, grade
}
