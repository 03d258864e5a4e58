// Package geojson reads a collection of features as a table: one row a feature, one column a property, the geometry beside it.
package geojson

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/planting-the-flag/flagstone/importers/table"
)

const mostBytes = 512 << 20

// Looks says whether the beginning of a file is that of GeoJSON rather than of other JSON.
func Looks(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte{0xEF, 0xBB, 0xBF}), " \t\r\n")
	return len(head) > 0 && head[0] == '{' &&
		(bytes.Contains(head, []byte(`"FeatureCollection"`)) || bytes.Contains(head, []byte(`"Feature"`)) || bytes.Contains(head, []byte(`"coordinates"`)) || bytes.Contains(head, []byte(`"features"`)))
}

// Read reads a FeatureCollection feature by feature.
func Read(ctx context.Context, in table.Input) (*table.Table, error) {
	if in.Size > mostBytes {
		return nil, table.Fail(table.ErrTooLarge, fmt.Sprintf("%s is %d MB; the most is %d MB. Simplify its outlines, or cut it to your area.", in.Name, in.Size>>20, mostBytes>>20))
	}
	limits := in.Limits.WithDefaults()
	t := &table.Table{File: in.Name, Format: table.FormatGeoJSON, Headed: true}
	b := &builder{t: t, index: map[string]int{}, limits: limits, budget: table.NewBudget(limits)}
	dec := json.NewDecoder(io.NewSectionReader(in.R, 0, in.Size))
	dec.UseNumber()
	if err := b.document(ctx, in, dec); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if e, ok := err.(*table.Error); ok {
			return nil, e
		}
		return nil, table.Fail(table.ErrDamaged, fmt.Sprintf("%s is not whole GeoJSON: %v after feature %d. Export it again.", in.Name, err, len(b.rows)))
	}
	b.finish()
	if len(b.rows) == 0 {
		return nil, table.Fail(table.ErrEmpty, in.Name+" holds no features.")
	}
	return t, nil
}

type builder struct {
	t      *table.Table
	names  []string
	index  map[string]int
	rows   []table.Row
	points int
	limits table.Limits
	budget *table.Budget
	odd    int
}

// document walks the outer object without holding it whole.
func (b *builder) document(ctx context.Context, in table.Input, dec *json.Decoder) error {
	if tok, err := dec.Token(); err != nil || tok != json.Delim('{') {
		return fmt.Errorf("it does not begin with an object")
	}
	single := map[string]json.RawMessage{}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		if name != "features" {
			var raw json.RawMessage
			if err := dec.Decode(&raw); err != nil {
				return err
			}
			single[name] = raw
			continue
		}
		if tok, err := dec.Token(); err != nil || tok != json.Delim('[') {
			return fmt.Errorf("its features are not a list")
		}
		for dec.More() {
			if err := table.Check(ctx, len(b.rows)); err != nil {
				return err
			}
			if len(b.rows)%table.Every == 0 {
				in.Tell(len(b.rows))
			}
			var f feature
			if err := dec.Decode(&f); err != nil {
				return err
			}
			if err := b.add(in, &f); err != nil {
				return err
			}
		}
		if _, err := dec.Token(); err != nil {
			return err
		}
	}
	b.t.CRS = crsName(single["crs"])
	if _, ok := single["geometry"]; ok && len(b.rows) == 0 {
		f := feature{Properties: single["properties"], Geometry: single["geometry"], ID: single["id"]}
		return b.add(in, &f)
	}
	if _, ok := single["coordinates"]; ok && len(b.rows) == 0 {
		raw, err := json.Marshal(single)
		if err != nil {
			return err
		}
		return b.add(in, &feature{Geometry: raw})
	}
	return nil
}

type feature struct {
	ID         json.RawMessage `json:"id"`
	Properties json.RawMessage `json:"properties"`
	Geometry   json.RawMessage `json:"geometry"`
}

// add makes a row. A feature's number is its place in the file, the header counting as row 1.
func (b *builder) add(in table.Input, f *feature) error {
	row := table.Row{Number: len(b.rows) + 2}
	if len(f.ID) > 0 && string(f.ID) != "null" {
		b.set(&row, "id", scalar(f.ID))
	}
	if err := b.properties(&row, f.Properties); err != nil {
		return err
	}
	if len(f.Geometry) > 0 && string(f.Geometry) != "null" {
		var g geojson.Geometry
		if err := json.Unmarshal(f.Geometry, &g); err != nil || g.Geometry() == nil {
			b.odd++
			if b.odd <= 20 {
				b.t.Notes = append(b.t.Notes, table.Note{Row: row.Number, Column: -1, Message: "the geometry of this feature cannot be read", Remedy: "Export the layer again.", Problem: true})
			}
		} else {
			row.Shape = g.Geometry()
			b.points += countPoints(row.Shape)
		}
	}
	if b.points > b.limits.Geometries {
		return table.Fail(table.ErrTooLarge, fmt.Sprintf("%s draws more than %d million points. Simplify its outlines and import it again.", in.Name, b.limits.Geometries/1_000_000))
	}
	if err := b.budget.Take(in.Name, row.Number, row.Cells); err != nil {
		return err
	}
	b.rows = append(b.rows, row)
	return nil
}

// properties walks the object in its own order, so that columns stand as the author wrote them.
func (b *builder) properties(row *table.Row, raw json.RawMessage) error {
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	if tok, err := dec.Token(); err != nil || tok != json.Delim('{') {
		return nil
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return err
		}
		var v json.RawMessage
		if err := dec.Decode(&v); err != nil {
			return err
		}
		name, _ := key.(string)
		b.set(row, name, scalar(v))
	}
	return nil
}

func (b *builder) set(row *table.Row, name string, c table.Cell) {
	i, ok := b.index[name]
	if !ok {
		if len(b.names) >= b.limits.Columns {
			return
		}
		i = len(b.names)
		b.index[name] = i
		b.names = append(b.names, name)
	}
	if c.Kind == table.Blank {
		return
	}
	for len(row.Cells) <= i {
		row.Cells = append(row.Cells, table.Cell{})
	}
	c.Text = b.budget.Clip(b.t, row.Number, i, c.Text)
	row.Cells[i] = c
}

func scalar(raw json.RawMessage) table.Cell {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || string(raw) == "null" {
		return table.Cell{}
	}
	switch raw[0] {
	case '"':
		var s string
		if json.Unmarshal(raw, &s) != nil {
			return table.Cell{}
		}
		return table.Cell{Text: s, Kind: table.Text}
	case 't', 'f':
		return table.Cell{Text: string(raw), Kind: table.Bool}
	case '{', '[':
		return table.Cell{Text: string(raw), Kind: table.Text}
	}
	if _, err := strconv.ParseFloat(string(raw), 64); err != nil {
		return table.Cell{Text: string(raw), Kind: table.Text}
	}
	return table.Cell{Text: string(raw), Kind: table.Number}
}

func (b *builder) finish() {
	head := table.Row{Number: 1, Cells: make([]table.Cell, len(b.names))}
	for i, n := range b.names {
		head.Cells[i] = table.Cell{Text: n, Kind: table.Text}
	}
	b.t.Rows = append([]table.Row{head}, b.rows...)
}

func countPoints(g orb.Geometry) int {
	switch g := g.(type) {
	case orb.Point:
		return 1
	case orb.MultiPoint:
		return len(g)
	case orb.LineString:
		return len(g)
	case orb.Ring:
		return len(g)
	case orb.MultiLineString:
		return sumPoints(g)
	case orb.Polygon:
		return sumPoints(g)
	case orb.MultiPolygon:
		return sumPoints(g)
	case orb.Collection:
		return sumPoints(g)
	}
	return 0
}

func sumPoints[G orb.Geometry](parts []G) (n int) {
	for _, p := range parts {
		n += countPoints(p)
	}
	return n
}

func crsName(raw json.RawMessage) string {
	var c struct {
		Properties struct {
			Name string `json:"name"`
		} `json:"properties"`
	}
	if len(raw) == 0 || json.Unmarshal(raw, &c) != nil {
		return ""
	}
	return c.Properties.Name
}
