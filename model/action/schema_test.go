package action_test

import (
	"encoding/json"
	"io/fs"
	"slices"
	"testing"

	"github.com/planting-the-flag/flagstone/assets"
	"github.com/planting-the-flag/flagstone/model/action"
)

// TestSchemaKnowsTheCatalogue holds the JSON schema of scenario files to the
// catalogue, and asks for an example of every kind of action and every value
// that the catalogue says an action may set.
func TestSchemaKnowsTheCatalogue(t *testing.T) {
	data, err := fs.ReadFile(assets.Examples, "catalogue/scenario.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	type enum struct {
		Enum  []string `json:"enum"`
		Items struct {
			Enum []string `json:"enum"`
		} `json:"items"`
	}
	var schema struct {
		Defs struct {
			Action struct {
				Properties struct {
					Kind     enum `json:"kind"`
					Measures enum `json:"measures"`
					NewUse   enum `json:"new_use"`
				} `json:"properties"`
			} `json:"action"`
		} `json:"$defs"`
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	var kinds, measures, uses []string
	for _, e := range action.Entries() {
		kinds = append(kinds, string(e.Kind))
	}
	for _, m := range action.Measures() {
		measures = append(measures, m.Key)
	}
	for _, c := range action.Conversions() {
		uses = append(uses, string(c.Use))
	}
	pr := schema.Defs.Action.Properties
	for what, pair := range map[string][2][]string{"kinds": {pr.Kind.Enum, kinds}, "measures": {pr.Measures.Items.Enum, measures}, "uses": {pr.NewUse.Enum, uses}} {
		slices.Sort(pair[0])
		slices.Sort(pair[1])
		if !slices.Equal(pair[0], pair[1]) {
			t.Errorf("%s: schema %v, catalogue %v", what, pair[0], pair[1])
		}
	}
	shown := map[string]bool{}
	files, _ := fs.Glob(assets.Examples, "catalogue/examples/*.json")
	for _, f := range files {
		data, err := fs.ReadFile(assets.Examples, f)
		if err != nil {
			t.Fatal(err)
		}
		var s action.Spec
		if err := json.Unmarshal(data, &s); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		for _, a := range s.Actions {
			shown[a.Kind] = true
		}
	}
	bk := book(t, place())
	for _, e := range action.Entries() {
		if !shown[string(e.Kind)] {
			t.Errorf("no example shows %s", e.Kind)
		}
		for _, v := range e.Values {
			if _, ok := bk.Get(v); !ok {
				t.Errorf("%s may set %s, which is not in the assumption book", e.Kind, v)
			}
		}
	}
}
