package mapping_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/importers/mapping"
)

func TestTheShortFormOfAMapping(t *testing.T) {
	m, err := mapping.Parse([]byte(`{"kind":"assets","header_row":3,"name":"Site","address":["Line 1","Line 2"],"electricity_kwh":"Day + Night"}`))
	if err != nil {
		t.Fatal(err)
	}
	if m.Kind != mapping.Assets || m.HeaderRow != 3 || len(m.Of(mapping.Address)) != 2 || len(m.Of(mapping.ElectricityUse)) != 2 || !m.Has(mapping.Name) {
		t.Errorf("%+v", m)
	}
	for text, says := range map[string]string{
		`{}`: "names no column", `{"name":7}`: "neither a column nor a list", `{"colour":"C"}`: "colour", `[]`: "empty", `[{"name":"A"},{"kind":"ships","name":"B"}]`: "mapping 2", `{"name":"A"`: "not JSON",
		`{"kind":"assets","columns":[]}`: "names no column", `{"header_row":"x","name":"A"}`: "header_row",
	} {
		if _, err := mapping.ParseAll([]byte(text)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want something about %q", text, err, says)
		}
	}
}

func TestProfilesAreKeptAndFound(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mappings")
	if list, err := mapping.Profiles(dir); err != nil || len(list) != 0 {
		t.Fatalf("a folder that is not there: %v, %v", list, err)
	}
	one, err := mapping.Parse([]byte(`{"kind":"assets","columns":[{"column":"Size","field":"floor_area","unit":"sq ft"}],"signature":"abc"}`))
	if err != nil {
		t.Fatal(err)
	}
	path, err := mapping.SaveProfile(dir, "Estates list / 2024", one)
	if err != nil || filepath.Base(path) != "Estates-list-2024.json" {
		t.Fatalf("%s, %v", path, err)
	}
	if _, err := mapping.SaveProfile(dir, "Two", one, &mapping.Mapping{Kind: mapping.Services, Signature: "b", Columns: []mapping.Choice{{Column: "Team", Role: mapping.Mapped, Field: mapping.ServiceName}}}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "broken.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := mapping.Profiles(dir)
	if err == nil || !strings.Contains(err.Error(), "broken.json") {
		t.Errorf("the broken one is not mentioned: %v", err)
	}
	if len(list) != 3 || list[0].Name != "Estates list / 2024" || list[0].Signature != "abc" || list[0].Columns[0].In.Symbol != "sq ft" || list[1].Signature != "abc" {
		t.Errorf("%d profiles: %+v", len(list), list)
	}
	for _, name := range []string{"", " / ", "../.."} {
		if _, err := mapping.SaveProfile(dir, name, one); err == nil {
			t.Errorf("the name %q was taken", name)
		}
	}
}
