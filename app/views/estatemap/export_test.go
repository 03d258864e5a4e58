package estatemap

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/apptest"
	"github.com/planting-the-flag/flagstone/model/access"
)

func TestExportsHoldWhatIsShown(t *testing.T) {
	r := newRig(t, apptest.Project(60))
	r.v.mode = &access.Walk
	r.d.Select(app.OneAsset, "a1")
	r.v.setHeat("All residents")
	r.until("the density", func() bool { return r.v.heat != nil })
	r.v.setComparing(true)
	r.settle()
	dir := t.TempDir()
	for _, f := range Formats {
		path := filepath.Join(dir, "map"+f.Extension)
		r.v.Export(f, path)
		r.until(f.Title, func() bool { return strings.HasSuffix(r.d.Message().Text, path) })
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		switch f.Extension {
		case ".png":
			img, err := png.Decode(bytes.NewReader(b))
			if err != nil || img.Bounds().Dx() != (900+sheetSide)*dpi {
				t.Errorf("the picture: %v, %v", err, img.Bounds())
			}
		case ".svg":
			x := xml.NewDecoder(bytes.NewReader(b))
			paths := 0
			for {
				tok, err := x.Token()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatalf("the drawing: %v", err)
				}
				if e, ok := tok.(xml.StartElement); ok && e.Name.Local == "path" {
					paths++
				}
			}
			for _, want := range []string{"Testford", "After: Community hubs", "10 min", "Residents per km²", "Building 2", "▲ N", "On foot from Building 1"} {
				if !strings.Contains(string(b), want) {
					t.Errorf("the drawing lacks %q", want)
				}
			}
			if paths < len(r.v.canvas.Scene().Dots) {
				t.Errorf("%d paths", paths)
			}
		case ".geojson":
			var c struct{ Features []json.RawMessage }
			if err := json.Unmarshal(b, &c); err != nil || len(c.Features) != len(r.v.canvas.Scene().Dots) {
				t.Errorf("the data: %v, %d features", err, len(c.Features))
			}
		}
	}
	r.v.Export(Formats[0], filepath.Join(dir, "no such folder", "map.png"))
	r.until("the fault", func() bool { return r.d.Message().Bad })
	left, _ := os.ReadDir(dir)
	if len(left) != len(Formats) {
		t.Errorf("%d files are left", len(left))
	}
}
