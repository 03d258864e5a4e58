package language_test

import (
	"encoding/json"
	"testing"

	"github.com/planting-the-flag/flagstone/assets"
)

// catalogue are all texts of the action catalogue: its labels are shown in the user's language.
func catalogue(t *testing.T) []string {
	t.Helper()
	var all any
	if err := json.Unmarshal(assets.Catalogue, &all); err != nil {
		t.Fatal(err)
	}
	var out []string
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			out = append(out, v)
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			for k, x := range v {
				out = append(out, k)
				walk(x)
			}
		}
	}
	walk(all)
	return out
}
