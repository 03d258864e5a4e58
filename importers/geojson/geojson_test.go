package geojson_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/planting-the-flag/flagstone/importers/geojson"
	"github.com/planting-the-flag/flagstone/importers/table"
)

func read(t testing.TB, s string) (*table.Table, error) {
	t.Helper()
	return geojson.Read(context.Background(), table.Input{Name: "a.geojson", R: strings.NewReader(s), Size: int64(len(s))})
}

func TestAFeatureIsARow(t *testing.T) {
	tab, err := read(t, `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"features":[
		{"type":"Feature","id":7,"properties":{"name":"Hall","floors":2,"listed":true,"note":null},"geometry":{"type":"Point","coordinates":[-2.3,53.4]}},
		{"type":"Feature","properties":{"name":"Park","colour":"green"},"geometry":{"type":"Polygon","coordinates":[[[0,50],[1,50],[1,51],[0,50]]]}},
		{"type":"Feature","properties":null,"geometry":null}]}`)
	if err != nil {
		t.Fatal(err)
	}
	var head []string
	for _, c := range tab.Rows[0].Cells {
		head = append(head, c.Text)
	}
	if strings.Join(head, ",") != "id,name,floors,listed,note,colour" || len(tab.Rows) != 4 || !tab.Headed || tab.CRS == "" {
		t.Errorf("header %v, %d rows, %q", head, len(tab.Rows), tab.CRS)
	}
	if p, ok := tab.Rows[1].Shape.(orb.Point); !ok || p != (orb.Point{-2.3, 53.4}) || tab.Rows[1].At(3).Kind != table.Bool || tab.Rows[1].At(4).Kind != table.Blank {
		t.Errorf("first row %+v", tab.Rows[1])
	}
	if _, ok := tab.Rows[2].Shape.(orb.Polygon); !ok || tab.Rows[3].Shape != nil {
		t.Errorf("shapes %T, %T", tab.Rows[2].Shape, tab.Rows[3].Shape)
	}
}

func TestASingleFeatureOrGeometry(t *testing.T) {
	for _, s := range []string{
		`{"type":"Feature","properties":{"name":"Hall"},"geometry":{"type":"Point","coordinates":[-2.3,53.4]}}`,
		`{"type":"Point","coordinates":[-2.3,53.4]}`,
	} {
		tab, err := read(t, s)
		if err != nil || len(tab.Rows) != 2 || tab.Rows[1].Shape == nil {
			t.Errorf("%s: %v", s, err)
		}
	}
}

func TestBadFeatures(t *testing.T) {
	if _, err := read(t, `{"type":"FeatureCollection","features":[]}`); !errors.Is(err, table.ErrEmpty) {
		t.Errorf("no features: %v", err)
	}
	if _, err := read(t, `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":null}`); !errors.Is(err, table.ErrDamaged) {
		t.Errorf("cut off: %v", err)
	}
	tab, err := read(t, `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"a"},"geometry":{"type":"Blob","coordinates":[1]}}]}`)
	if err != nil || len(tab.Notes) != 1 || !tab.Notes[0].Problem {
		t.Errorf("a geometry of no known kind: %v, %+v", err, tab)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1},"geometry":{"type":"MultiPolygon","coordinates":[[[[0,50],[1,50],[1,51],[0,50]]]]}}]}`)
	f.Add(`{"type":"GeometryCollection","geometries":[]}`)
	f.Fuzz(func(t *testing.T, s string) {
		in := table.Input{Name: "f", R: strings.NewReader(s), Size: int64(len(s)), Limits: table.Limits{Cells: 50000, Geometries: 10000}}
		if tab, err := geojson.Read(context.Background(), in); err == nil && len(tab.Rows) < 2 {
			t.Fatal("no rows and no error")
		}
	})
}
