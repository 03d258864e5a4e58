package model_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
)

// Figures do what a map does, and are written as one.
func TestFiguresAreAMap(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var l model.Figures[model.Cost]
		var m map[model.Cost]model.Figure
		for range r.IntN(20) {
			k := model.Costs[r.IntN(len(model.Costs))]
			if r.IntN(3) == 0 {
				l.Delete(k)
				delete(m, k)
				continue
			}
			f := model.Figure{Value: float64(r.IntN(100)) / 7, Grade: model.Grades[r.IntN(len(model.Grades))], Source: "a <b> & \u2028 \"c\""}
			before, was := l, l.Get(k)
			l.Set(k, f)
			if before.Get(k) != was {
				t.Fatal("a list was changed in place")
			}
			if m == nil {
				m = map[model.Cost]model.Figure{}
			}
			m[k] = f
		}
		if got := maps.Collect(l.All()); len(l) != len(m) || len(m) > 0 && !maps.Equal(got, m) {
			t.Fatalf("%v is not %v", got, m)
		}
		for _, k := range model.Costs {
			f, ok := l.Lookup(k)
			if g, has := m[k]; f != g || ok != has || l.Get(k) != g {
				t.Fatalf("%q: %v %v is not %v %v", k, f, ok, g, has)
			}
		}
		for _, escape := range []bool{true, false} {
			text := func(v any) []byte {
				var b bytes.Buffer
				e := json.NewEncoder(&b)
				e.SetEscapeHTML(escape)
				if err := e.Encode(v); err != nil {
					t.Fatal(err)
				}
				return b.Bytes()
			}
			got, want := text(struct{ Costs model.Figures[model.Cost] }{l}), text(struct{ Costs map[model.Cost]model.Figure }{m})
			if !bytes.Equal(got, want) {
				t.Fatalf("%s is not %s", got, want)
			}
			var back struct{ Costs model.Figures[model.Cost] }
			if err := json.Unmarshal(got, &back); err != nil || !reflect.DeepEqual(back.Costs, l) {
				t.Fatalf("%s read back is %v, %v", got, back, err)
			}
		}
	}
}
