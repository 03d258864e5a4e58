package optimise

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// Read reads a problem from JSON and validates it. Unknown fields are ignored,
// so a file may carry more than the engine needs. Errors name the field.
func Read(r io.Reader) (*Problem, error) {
	p := &Problem{}
	dec := json.NewDecoder(bufio.NewReaderSize(r, 1<<16))
	if err := open(dec, "problem", '{'); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for dec.More() {
		key, err := name(dec, "problem")
		if err != nil {
			return nil, err
		}
		if seen[key] {
			return nil, wrong(key, "appears twice")
		}
		seen[key] = true
		if err := p.readField(dec, key); err != nil {
			return nil, err
		}
	}
	if err := open(dec, "problem", '}'); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, wrong("problem", "something follows the end of the JSON object")
	}
	for _, key := range []string{"buildings", "services", "arcs", "actions"} {
		if !seen[key] {
			return nil, wrong(key, "is missing")
		}
	}
	if err := p.Validate(); err != nil {
		return nil, err
	}
	return p, nil
}

func (p *Problem) readField(dec *json.Decoder, key string) error {
	switch key {
	case "name":
		return value(dec, key, &p.Name)
	case "years":
		return value(dec, key, &p.Years)
	case "buildings":
		return list(dec, key, func(at string) error {
			var b struct {
				ID *string `json:"id"`
			}
			if err := value(dec, at, &b); err != nil {
				return err
			}
			if b.ID == nil {
				return wrong(at+".id", "is missing")
			}
			p.Buildings = append(p.Buildings, Building{ID: *b.ID})
			return nil
		})
	case "services":
		return list(dec, key, func(at string) error { return p.readService(dec, at) })
	case "arcs":
		return p.readArcs(dec)
	case "actions":
		return list(dec, key, func(at string) error {
			p.Actions = append(p.Actions, nil)
			i := len(p.Actions) - 1
			return list(dec, at, func(at string) error { return p.readAction(dec, i, at) })
		})
	case "locked":
		p.Locked = map[string]string{}
		return object(dec, key, func(id, at string) error {
			var action string
			if err := value(dec, at, &action); err != nil {
				return err
			}
			if old, ok := p.Locked[id]; ok && old != action {
				return wrong(at, "contradictory locks: %q and %q", old, action)
			}
			p.Locked[id] = action
			return nil
		})
	case "budget":
		p.Budget = map[int]float64{}
		return years(dec, key, p.Budget)
	case "carbon_target":
		p.CarbonTarget = map[int]float64{}
		return years(dec, key, p.CarbonTarget)
	case "access_limit":
		return value(dec, key, &p.AccessLimit)
	case "rules":
		return value(dec, key, &p.Rules)
	default:
		var skip json.RawMessage
		return value(dec, key, &skip)
	}
}

func (p *Problem) readService(dec *json.Decoder, at string) error {
	var s struct {
		ID       *string   `json:"id"`
		Class    string    `json:"cls"`
		Demand   *float64  `json:"d"`
		Pop      float64   `json:"pop"`
		Conflict string    `json:"conflict"`
		Sessions []float64 `json:"sessions"`
	}
	if err := value(dec, at, &s); err != nil {
		return err
	}
	if s.ID == nil {
		return wrong(at+".id", "is missing")
	}
	if s.Demand == nil {
		return wrong(at+".d", "is missing")
	}
	p.Services = append(p.Services, Service{ID: *s.ID, Class: s.Class, Demand: *s.Demand, Population: s.Pop, Conflict: s.Conflict, Sessions: s.Sessions})
	return nil
}

func (p *Problem) readAction(dec *json.Decoder, i int, at string) error {
	var a struct {
		Name     *string   `json:"a"`
		Cap      *float64  `json:"cap"`
		Cost     *float64  `json:"npc"`
		Capex    []float64 `json:"capex"`
		Carbon   []float64 `json:"carbon"`
		Tags     []string  `json:"tags"`
		Sessions []float64 `json:"session_cap"`
	}
	if err := value(dec, at, &a); err != nil {
		return err
	}
	switch {
	case a.Name == nil:
		return wrong(at+".a", "is missing")
	case a.Cap == nil:
		return wrong(at+".cap", "is missing")
	case a.Cost == nil:
		return wrong(at+".npc", "is missing")
	}
	p.Actions[i] = append(p.Actions[i], Action{
		Name: *a.Name, Cap: *a.Cap, Cost: *a.Cost, Capex: a.Capex, Carbon: a.Carbon, Tags: a.Tags, Sessions: a.Sessions,
	})
	return nil
}

// readArcs stores arcs up to MaxArcs and only counts the rest, so that a file
// with far too many is refused with its true count and without the memory.
func (p *Problem) readArcs(dec *json.Decoder) error {
	count := 0
	err := list(dec, "arcs", func(at string) error {
		count++
		if count > MaxArcs {
			var skip json.RawMessage
			return value(dec, at, &skip)
		}
		var a struct {
			Service  *int     `json:"s"`
			Building *int     `json:"b"`
			KM       float64  `json:"km"`
			Cost     *float64 `json:"cost"`

			Capex  map[int]float64 `json:"capex"`
			Carbon map[int]float64 `json:"carbon"`
		}
		if err := value(dec, at, &a); err != nil {
			return err
		}
		switch {
		case a.Service == nil:
			return wrong(at+".s", "is missing")
		case a.Building == nil:
			return wrong(at+".b", "is missing")
		case a.Cost == nil:
			return wrong(at+".cost", "is missing")
		}
		p.Arcs = append(p.Arcs, Arc{Service: *a.Service, Building: *a.Building, KM: a.KM, Cost: *a.Cost, Capex: a.Capex, Carbon: a.Carbon})
		return nil
	})
	if err == nil && count > MaxArcs {
		return wrong("arcs", "%d arcs; at most %d are accepted", count, MaxArcs)
	}
	return err
}

func years(dec *json.Decoder, key string, into map[int]float64) error {
	return object(dec, key, func(year, at string) error {
		t, err := strconv.Atoi(year)
		if err != nil {
			return wrong(key, "%q is not a year", year)
		}
		if _, ok := into[t]; ok {
			return wrong(at, "appears twice")
		}
		var v float64
		if err := value(dec, at, &v); err != nil {
			return err
		}
		into[t] = v
		return nil
	})
}

func value(dec *json.Decoder, at string, into any) error {
	err := dec.Decode(into)
	if err == nil {
		return nil
	}
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		if kind.Field != "" {
			at += "." + kind.Field
		}
		return wrong(at, "a JSON %s where %s is wanted", kind.Value, kind.Type)
	}
	return malformed(at, err)
}

func malformed(at string, err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return wrong(at, "the JSON ends too early")
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return wrong(at, "malformed JSON at byte %d: %v", syntax.Offset, syntax)
	}
	return fmt.Errorf("%w: %s: %w", ErrProblem, at, err)
}

func open(dec *json.Decoder, at string, want json.Delim) error {
	tok, err := dec.Token()
	if err != nil {
		return malformed(at, err)
	}
	if tok != want {
		return wrong(at, "%v where %v is wanted", tok, want)
	}
	return nil
}

func name(dec *json.Decoder, at string) (string, error) {
	tok, err := dec.Token()
	if err != nil {
		return "", malformed(at, err)
	}
	key, ok := tok.(string)
	if !ok {
		return "", wrong(at, "%v where a name is wanted", tok)
	}
	return key, nil
}

// list calls each for every element of a JSON list; null is an empty list.
func list(dec *json.Decoder, at string, each func(at string) error) error {
	tok, err := dec.Token()
	if err != nil {
		return malformed(at, err)
	}
	if tok == nil {
		return nil
	}
	if tok != json.Delim('[') {
		return wrong(at, "%v where a list is wanted", tok)
	}
	for i := 0; dec.More(); i++ {
		if err := each(at + "[" + strconv.Itoa(i) + "]"); err != nil {
			return err
		}
	}
	return open(dec, at, ']')
}

// object calls each for every member of a JSON object; null is an empty one.
func object(dec *json.Decoder, at string, each func(key, at string) error) error {
	tok, err := dec.Token()
	if err != nil {
		return malformed(at, err)
	}
	if tok == nil {
		return nil
	}
	if tok != json.Delim('{') {
		return wrong(at, "%v where an object is wanted", tok)
	}
	for dec.More() {
		key, err := name(dec, at)
		if err != nil {
			return err
		}
		if err := each(key, at+"."+key); err != nil {
			return err
		}
	}
	return open(dec, at, '}')
}
