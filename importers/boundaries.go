package importers

import (
	"fmt"
	"reflect"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/layout"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// boundaries reads features as areas drawn on the map.
func (r *run) boundaries(b *layout.Block, m *mapping.Mapping) error {
	c := r.columns(b, m)
	seen := map[string]bool{}
	code, _ := c.first(mapping.AreaCode)
	name, _ := c.first(mapping.AreaName)
	layers := map[string]int{}
	for i := range b.Rows {
		if err := table.Check(r.ctx, i); err != nil {
			return err
		}
		row := b.Rows[i]
		id := c.text(row, mapping.AreaCode)
		label := c.text(row, mapping.AreaName)
		if code.Confidence > 0 && id != "" && seen[layerOf(id, b.Table.File)+id] {
			id += "/" + fmt.Sprint(row.Number)
		}
		var rings [][][]model.LatLon
		for _, poly := range polygons(row.Shape) {
			ok, err := geo.CheckPolygon(poly)
			if err != nil {
				r.say(model.Warning, b, row.Number, mapping.Choice{Column: "geometry"}, label, fmt.Sprintf("part of %s was left out: %v", firstNonEmpty(label, id), err), "Export the layer again.", "")
				continue
			}
			var p [][]model.LatLon
			for _, ring := range ok {
				line := make([]model.LatLon, len(ring))
				for j, pt := range ring {
					line[j] = model.LatLon(geo.FromPoint(pt))
				}
				p = append(p, line)
			}
			rings = append(rings, p)
		}
		if len(rings) == 0 {
			r.reject(b, row.Number, name, label, "the feature draws no area", "Export the layer again.")
			continue
		}
		if id == "" {
			id = slug(label)
		}
		if id == "" {
			id = fmt.Sprintf("%s-%d", slug(b.Table.File), row.Number)
		}
		layer := layerOf(id, b.Table.File)
		for n := 2; seen[layer+id]; n++ {
			id = fmt.Sprintf("%s-%d", strings.TrimSuffix(id, fmt.Sprintf("-%d", n-1)), n)
		}
		seen[layer+id] = true
		layers[layer]++
		r.boundary(model.Boundary{Code: id, Name: firstNonEmpty(label, id), Layer: layer, Polygons: rings})
	}
	names := make([]string, 0, len(layers))
	for l, n := range layers {
		names = append(names, fmt.Sprintf("%s (%d)", l, n))
	}
	sort.Strings(names)
	if len(names) > 0 {
		r.res.Findings = append(r.res.Findings, model.Finding{Severity: model.Note, File: b.Table.File, Message: "the areas were drawn as the layer " + strings.Join(names, ", ")})
	}
	return nil
}

func (r *run) boundary(n model.Boundary) {
	status := New
	if r.opt.Existing != nil {
		for i := range r.opt.Existing.Boundaries {
			old := &r.opt.Existing.Boundaries[i]
			if old.Layer == n.Layer && old.Code == n.Code {
				status = Updated
				if reflect.DeepEqual(old.Polygons, n.Polygons) && old.Name == n.Name {
					status = Unchanged
				}
			}
		}
	}
	switch status {
	case New:
		r.res.Counts.Imported++
	case Updated:
		r.res.Counts.Updated++
	default:
		r.res.Counts.Unchanged++
	}
	r.res.Changes.Boundaries = append(r.res.Changes.Boundaries, BoundaryChange{status, n})
}

// layerOf names the layer a boundary belongs to by the form of its code, else by the file.
func layerOf(code, file string) string {
	if len(code) == 9 {
		switch code[:3] {
		case "E00", "W00", "S00", "N00":
			return "output area"
		case "E01", "W01", "S01", "N20", "95A":
			return "lsoa"
		case "E02", "W02", "S02":
			return "msoa"
		case "E05", "W05", "S13", "N08":
			return "ward"
		case "E06", "E07", "E08", "E09", "W06", "S12", "N09":
			return "district"
		case "E10":
			return "county"
		case "E12":
			return "region"
		}
	}
	stem := strings.ToLower(file)
	if i := strings.LastIndexByte(stem, '/'); i >= 0 {
		stem = stem[i+1:]
	}
	if i := strings.LastIndexByte(stem, '.'); i > 0 {
		stem = stem[:i]
	}
	stem = strings.ReplaceAll(stem, "_", " ")
	switch stem {
	case "localities":
		return "locality"
	case "wards":
		return "ward"
	}
	return stem
}
