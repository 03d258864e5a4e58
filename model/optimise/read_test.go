package optimise

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
)

const small = `{"name":"small","years":2,
"buildings":[{"id":"b0","kind":"office"},{"id":"b1"}],
"services":[{"id":"s0","cls":"office","d":10,"pop":5,"conflict":"A"},{"id":"s1","cls":"office","d":8,"pop":3,"conflict":"B"}],
"arcs":[{"s":0,"b":0,"km":0,"cost":0},{"s":0,"b":1,"km":2,"cost":1.5},{"s":1,"b":1,"km":0,"cost":0},{"s":1,"b":0,"km":2,"cost":1}],
"actions":[[{"a":"KEEP","cap":30,"npc":100.001,"capex":[0,0],"carbon":[5,5],"tags":["office"]},{"a":"DISPOSE","cap":0,"npc":-20,"capex":[2,0],"carbon":[5,0],"tags":[]}],
[{"a":"KEEP","cap":20,"npc":80,"capex":[0,0],"carbon":[4,4],"tags":["office"]},{"a":"DISPOSE","cap":0,"npc":-10,"capex":[1,0],"carbon":[4,0],"tags":[]}]],
"locked":{"b1":"KEEP"},"budget":{"0":3},"carbon_target":{"1":9},"access_limit":40}`

func TestReadTakesAProblem(t *testing.T) {
	p, err := Read(strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Buildings) != 2 || p.Actions[0][0].Cost != 100.001 || p.Budget[0] != 3 || *p.AccessLimit != 40 || p.Locked["b1"] != "KEEP" {
		t.Errorf("%+v", p)
	}
	raw, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Read(bytes.NewReader(raw))
	if err != nil || !reflect.DeepEqual(p, again) {
		t.Errorf("written and read again: %v, %+v", err, again)
	}
}

func TestReadNamesTheFieldThatIsWrong(t *testing.T) {
	for _, c := range []struct{ old, new, field string }{
		{`{"name"`, `"name"`, "problem"},
		{`"access_limit":40}`, `"access_limit":40`, "ends too early"},
		{`"access_limit":40}`, `"access_limit":40} x`, "follows"},
		{`"access_limit":40`, `"access_limit":"far"`, "access_limit"},
		{`"d":8`, `"d":-8`, "services[1].d"},
		{`"d":8`, `"d":"8"`, "services[1].d"},
		{`"d":8,`, ``, "services[1].d"},
		{`"d":8`, `"d":1000`, "services[1]"},
		{`"d":8`, `"d":8,"sessions":[1,-1]`, "services[1].sessions[1]"},
		{`"cap":20`, `"cap":20,"session_cap":[-3]`, "actions[1][0].session_cap[0]"},
		{`"cap":20`, `"cap":-20`, "actions[1][0].cap"},
		{`"cap":20,`, ``, "actions[1][0].cap"},
		{`"npc":80`, `"npc":1e300`, "actions[1][0].npc"},
		{`"npc":80,`, ``, "actions[1][0].npc"},
		{`{"s":0,"b":1,"km":2,"cost":1.5}`, `{"s":0,"b":7,"km":2,"cost":1.5}`, "arcs[1].b"},
		{`{"s":0,"b":1,"km":2,"cost":1.5}`, `{"s":0,"b":0,"km":2,"cost":1.5}`, "arcs[1]"},
		{`"km":2,"cost":1.5`, `"km":-2,"cost":1.5`, "arcs[1].km"},
		{`,"cost":1.5`, ``, "arcs[1].cost"},
		{`"conflict":"B"`, `"conflict":"C"`, "services[1].conflict"},
		{`{"s":1,"b":1,"km":0,"cost":0},{"s":1,"b":0,"km":2,"cost":1}`, `{"s":0,"b":1,"km":2,"cost":1.5}`, "arcs[2]"},
		{`{"s":1,"b":1,"km":0,"cost":0},{"s":1,"b":0,"km":2,"cost":1}]`, `]`, "JSON"},
		{`"locked":{"b1":"KEEP"}`, `"locked":{"b1":"KEEP","b1":"DISPOSE"}`, "contradictory locks"},
		{`"locked":{"b1":"KEEP"}`, `"locked":{"b9":"KEEP"}`, "b9"},
		{`"locked":{"b1":"KEEP"}`, `"locked":{"b1":"SELL"}`, "locked.b1"},
		{`"budget":{"0":3}`, `"budget":{"next":3}`, "budget"},
		{`"id":"b1"`, `"id":"b0"`, "buildings[1].id"},
		{`{"id":"b0","kind":"office"},{"id":"b1"}`, ``, "zero candidates"},
		{`"arcs":`, `"arks":`, "arcs"},
	} {
		text := strings.Replace(small, c.old, c.new, 1)
		if text == small {
			t.Fatalf("%q does not occur", c.old)
		}
		_, err := Read(strings.NewReader(text))
		if !errors.Is(err, ErrProblem) || !strings.Contains(err.Error(), c.field) {
			t.Errorf("%s: error %q does not say %q", c.new, err, c.field)
		}
	}
}

func TestServiceWithoutAnArcIsNamed(t *testing.T) {
	text := strings.Replace(small, `,{"s":1,"b":1,"km":0,"cost":0},{"s":1,"b":0,"km":2,"cost":1}`, ``, 1)
	_, err := Read(strings.NewReader(text))
	if err == nil || !strings.Contains(err.Error(), `"s1" has no place`) {
		t.Errorf("error %v", err)
	}
}

// manyArcs writes a problem with n arcs without holding it in memory.
func manyArcs(n int) io.Reader {
	r, w := io.Pipe()
	go func() {
		fmt.Fprint(w, `{"buildings":[{"id":"b"}],"services":[{"id":"s","d":1}],"actions":[[{"a":"KEEP","cap":1,"npc":0}]],"arcs":[`)
		chunk := bytes.Repeat([]byte(`{"s":0,"b":0,"cost":1},`), 1000)
		for range n/1000 - 1 {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
		if _, err := w.Write(chunk[:len(chunk)-1]); err != nil {
			return
		}
		fmt.Fprint(w, `]}`)
		w.Close()
	}()
	return r
}

func TestTooManyArcsAreRefusedWithTheirCount(t *testing.T) {
	n := MaxArcs + 50_000
	_, err := Read(manyArcs(n))
	if !errors.Is(err, ErrProblem) || !strings.Contains(err.Error(), fmt.Sprint(n)) {
		t.Errorf("error %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(`{"buildings":[],"services":null,"arcs":[[]],"actions":{}}`))
	f.Add([]byte(`{"locked":{"a":1}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := Read(bytes.NewReader(raw))
		if err != nil {
			if !errors.Is(err, ErrProblem) {
				t.Fatalf("error of no kind: %v", err)
			}
			return
		}
		if len(p.Services)*len(p.Buildings) > 200 {
			return
		}
		c := compile(p)
		if d := c.full(); c.propagate(d) {
			var work int64
			dual := newDual(c, &work)
			dual.start()
			dual.run(d, c.worst(), steps{most: 5, factor: 1, least: 0.1, patience: 3})
		}
	})
}
