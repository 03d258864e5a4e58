package open_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/reports/businesscase"
	"github.com/planting-the-flag/flagstone/reports/document"
	"github.com/planting-the-flag/flagstone/reports/open"
)

func known(v float64, g model.Grade) model.Figure {
	return model.Figure{Value: v, Grade: g, Source: "test"}
}

func place() *model.Project {
	p := &model.Project{Name: "Middleton", BaseYear: 2026, Horizon: 10, PriceBase: 2024, ParameterSet: "greenbook-2026-02", Currency: "GBP", Attribution: []string{"Open Government Licence v3.0"}}
	p.Organisations = []model.Organisation{{ID: "council", Name: "Middleton Council", Public: true}}
	p.Assets = []model.Asset{
		{ID: "a", Organisation: "council", UPRN: "100012797623", Reference: "M1", Name: "=HYPERLINK(\"x\")", Address: "52-54 Greenwood Street, Middleton", Postcode: "WA14 1RZ", Location: model.LatLon{Lat: 53.386817, Lon: -2.352007}, Placed: model.PlaceStated, Use: model.UseOffice,
			Holding: "Buildings", Detail: "@home, line one\nline two", FloorArea: known(415.05, model.Stated), LandArea: known(0.25, model.Measured), Value: known(987654.32, model.Stated), EnergyRating: "E",
			Tenure: model.Tenure{Kind: model.Leasehold, Detail: "-", Dilapidations: known(76543, model.Stated)}, Costs: model.FiguresOf(map[model.Cost]model.Figure{model.CostRent: known(1000, model.Stated)}), Extra: map[string]string{"effective_date": "2023-09-29"}},
		{ID: "b", Organisation: "council", Name: "Library", Address: "High Street, Middleton", Postcode: "M33", Location: model.LatLon{Lat: 53.4, Lon: -2.3}, Placed: model.PlaceOutcode, Use: model.UseLibrary, FloorArea: known(600, model.Placeholder), Value: known(1, model.Stated), Tenure: model.Tenure{Kind: model.Freehold}},
		{ID: "c", Name: "Field, off the lane", Address: "Middleton"},
	}
	p.Scenarios = []model.Scenario{{ID: "x1", Name: "Business as usual", Kind: model.BusinessAsUsual}, {ID: "x2", Name: "Sell", Kind: model.Option, Actions: []model.Action{{ID: "x2.1", Kind: model.Sell, Asset: "b", Year: 2027}}}}
	return p
}

func TestRegister(t *testing.T) {
	var buf bytes.Buffer
	if err := open.Register(place(), &buf); err != nil {
		t.Fatal(err)
	}
	text := strings.TrimPrefix(buf.String(), "\ufeff")
	if len(text) == buf.Len() {
		t.Error("no byte order mark: spreadsheets will misread accents")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(rows[0], open.Columns) || len(rows) != 4 {
		t.Fatalf("%d rows, header %v", len(rows), rows[0])
	}
	want := [][]string{
		{"Middleton Council", "", "2023-09-29", "100012797623", "M1", "'=HYPERLINK(\"x\")", "52-54", "Greenwood Street", "Middleton", "WA14 1RZ", "WGS84", "-2.352007", "53.386817", "Leasehold", "'-", "'@home, line one line two", "Buildings", "415.05", "0.25", "E"},
		{"Middleton Council", "", "", "", "", "Library", "", "High Street", "Middleton", "M33", "", "", "", "Freehold", "", "", "", "", "", ""},
		{"", "", "", "", "", "Field, off the lane", "", "", "Middleton", "", "", "", "", "", "", "", "", "", "", ""},
	}
	for i, w := range want {
		if !reflect.DeepEqual(rows[i+1], w) {
			t.Errorf("row %d is %q, want %q", i+1, rows[i+1], w)
		}
	}
	for _, secret := range []string{"987654", "76543"} {
		if strings.Contains(text, secret) {
			t.Errorf("%s is exempt and in the register", secret)
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestAFullDiskIsSaid(t *testing.T) {
	if err := open.Register(place(), broken{}); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("register: %v", err)
	}
	if err := open.GeoJSON(place(), broken{}); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("geojson: %v", err)
	}
	cmp, err := outcome.Evaluate(place(), appraisal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := open.Charts(cmp, businesscase.Options{}, func(string, []byte) error { return io.ErrShortWrite }); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("charts: %v", err)
	}
}

func TestGeoJSON(t *testing.T) {
	var buf bytes.Buffer
	if err := open.GeoJSON(place(), &buf); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Type     string
		Features []struct {
			Type     string
			Geometry *struct {
				Type        string
				Coordinates []float64
			}
			Properties map[string]any
		}
	}
	if err := json.Unmarshal(buf.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Type != "FeatureCollection" || len(got.Features) != 3 {
		t.Fatalf("%+v", got)
	}
	a, c := got.Features[0], got.Features[2]
	if a.Geometry == nil || a.Geometry.Coordinates[0] != -2.352007 || a.Geometry.Coordinates[1] != 53.386817 {
		t.Errorf("geometry %+v, want longitude first", a.Geometry)
	}
	if c.Geometry != nil {
		t.Error("an asset without a place has a geometry")
	}
	if got.Features[1].Properties["floor_area_evidence"] != "placeholder" {
		t.Errorf("a placeholder does not say so: %v", got.Features[1].Properties)
	}
	for _, secret := range []string{"987654", "76543"} {
		if strings.Contains(buf.String(), secret) {
			t.Errorf("%s is exempt and in the GeoJSON", secret)
		}
	}
}

func TestCharts(t *testing.T) {
	cmp, err := outcome.Evaluate(place(), appraisal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	if err := open.Charts(cmp, businesscase.Options{Edition: document.Public}, func(name string, data []byte) error {
		if files[name] != nil {
			t.Errorf("%s twice", name)
		}
		files[name] = data
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, n := range []string{"estate-map.svg", "social-value.png", "public-cash.txt", "programme-1.svg"} {
		if len(files[n]) == 0 {
			t.Errorf("no %s", n)
		}
	}
	for name, data := range files {
		switch {
		case strings.HasSuffix(name, ".svg"):
			if err := xml.Unmarshal(data, new(any)); err != nil && !errors.Is(err, io.EOF) {
				t.Errorf("%s: %v", name, err)
			}
		case strings.HasSuffix(name, ".png"):
			if !bytes.HasPrefix(data, []byte("\x89PNG")) {
				t.Errorf("%s is not a PNG", name)
			}
		case strings.HasSuffix(name, ".txt"):
			if len(data) < 40 || strings.Contains(string(data), "NaN") {
				t.Errorf("%s: %q", name, data)
			}
		}
	}
}
