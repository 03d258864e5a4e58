package store

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/planting-the-flag/flagstone/model"
)

// BoundaryKey names a boundary: a code is unique within its layer.
type BoundaryKey struct{ Layer, Code string }

func (k BoundaryKey) String() string { return k.Layer + keySeparator + k.Code }

var boundaries = &list[model.Boundary]{
	of:    KindBoundary,
	kept:  tables{root: "boundary"},
	key:   func(_ int64, b *model.Boundary) string { return BoundaryKey{b.Layer, b.Code}.String() },
	name:  func(b *model.Boundary) string { return quoted("boundary", b.Name, b.Code) },
	items: func(p *model.Project) []model.Boundary { return p.Boundaries },
	set:   func(p *model.Project, items []model.Boundary) { p.Boundaries = items },
	clone: func(b *model.Boundary) *model.Boundary {
		c := *b
		c.Polygons = nil
		for _, polygon := range b.Polygons {
			rings := make([][]model.LatLon, len(polygon))
			for i, ring := range polygon {
				rings[i] = append(make([]model.LatLon, 0, len(ring)+1), ring...)
			}
			c.Polygons = append(c.Polygons, rings)
		}
		return &c
	},
	tidy: tidyBoundary,
	put: func(w *writer, rows []row[model.Boundary]) error {
		in := w.upsert("boundary", "no", "layer", "code", "name", "rings")
		for _, r := range rows {
			in.add(r.no, r.item.Layer, r.item.Code, r.item.Name, geoJSON(r.item.Polygons))
			in.end()
		}
		return in.done()
	},
	get: func(r *loader) (order []int64, items []model.Boundary, err error) {
		d, err := r.query(`SELECT no, layer, code, name, rings FROM boundary ORDER BY no`)
		if err != nil {
			return nil, nil, err
		}
		for d.step() {
			order = append(order, d.int())
			b := model.Boundary{Layer: d.text(), Code: d.text(), Name: d.text()}
			if b.Polygons, d.err = polygons(d.text()); d.err != nil {
				d.err = fmt.Errorf("boundary %s: %w: %w", b.Code, ErrDamaged, d.err)
			}
			items = append(items, b)
		}
		return order, items, d.close()
	},
}

// tidyBoundary closes open rings and refuses what is not an area.
func tidyBoundary(b *model.Boundary) error {
	t := &tidier{what: "Boundary", name: b.Name, id: b.Code}
	id(t, "code", &b.Code)
	texts(&b.Name, &b.Layer)
	for _, polygon := range b.Polygons {
		if len(polygon) == 0 {
			t.refuse("rings", "one of its polygons has no ring")
		}
		for i, ring := range polygon {
			if len(ring) > 0 && ring[0] != ring[len(ring)-1] {
				ring = append(ring, ring[0])
				polygon[i] = ring
			}
			if len(ring) < 4 {
				t.refuse("rings", "one of its rings has fewer than three corners")
			}
			for j := range ring {
				t.within("latitude", &ring[j].Lat, -90, 90)
				t.within("longitude", &ring[j].Lon, -180, 180)
			}
		}
	}
	return t.err
}

// geoJSON writes polygons as a MultiPolygon with every digit that tells one
// float from the next.
func geoJSON(polygons [][][]model.LatLon) string {
	out := []byte(`{"type":"MultiPolygon","coordinates":[`)
	for i, polygon := range polygons {
		out = comma(out, i)
		out = append(out, '[')
		for j, ring := range polygon {
			out = comma(out, j)
			out = append(out, '[')
			for k, p := range ring {
				out = comma(out, k)
				out = append(out, '[')
				out = strconv.AppendFloat(out, p.Lon, 'g', -1, 64)
				out = append(out, ',')
				out = strconv.AppendFloat(out, p.Lat, 'g', -1, 64)
				out = append(out, ']')
			}
			out = append(out, ']')
		}
		out = append(out, ']')
	}
	return string(append(out, ']', '}'))
}

func comma(out []byte, i int) []byte {
	if i > 0 {
		return append(out, ',')
	}
	return out
}

func polygons(s string) ([][][]model.LatLon, error) {
	var g struct {
		Type        string
		Coordinates [][][][2]float64
	}
	if err := json.Unmarshal([]byte(s), &g); err != nil {
		return nil, err
	}
	if g.Type != "MultiPolygon" {
		return nil, fmt.Errorf("rings are a %q and not a MultiPolygon", g.Type)
	}
	var out [][][]model.LatLon
	for _, polygon := range g.Coordinates {
		rings := make([][]model.LatLon, len(polygon))
		for i, ring := range polygon {
			rings[i] = make([]model.LatLon, len(ring))
			for j, c := range ring {
				rings[i][j] = model.LatLon{Lat: c[1], Lon: c[0]}
			}
		}
		out = append(out, rings)
	}
	return out, nil
}
