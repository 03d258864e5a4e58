package mapping

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
)

// Parse reads a mapping file and checks it. There are two forms: the whole one, which Save writes, and the short one, which is
// quickly typed: {"kind": "assets", "name": "Site", "address": ["Line 1", "Line 2"], "electricity_kwh": "Elec day + Elec night"}.
// In the short form "header_row" and "sheet" may be given too.
func Parse(b []byte) (*Mapping, error) {
	all, err := ParseAll(b)
	if err != nil {
		return nil, err
	}
	if len(all) != 1 {
		return nil, fmt.Errorf("the file holds %d mappings where one is wanted", len(all))
	}
	return all[0], nil
}

// ParseAll reads a file of one mapping or of a list of them, one for each layout.
func ParseAll(b []byte) ([]*Mapping, error) {
	b = bytes.TrimPrefix(bytes.TrimSpace(b), []byte("\xEF\xBB\xBF"))
	if !bytes.HasPrefix(b, []byte("[")) {
		m, err := parseOne(b)
		if err != nil {
			return nil, err
		}
		return []*Mapping{m}, nil
	}
	var parts []json.RawMessage
	if err := json.Unmarshal(b, &parts); err != nil {
		return nil, notJSON(err)
	}
	if len(parts) == 0 {
		return nil, errors.New("the list of mappings is empty")
	}
	var out []*Mapping
	for i, p := range parts {
		m, err := parseOne(p)
		if err != nil {
			return nil, fmt.Errorf("mapping %d: %w", i+1, err)
		}
		out = append(out, m)
	}
	return out, nil
}

func notJSON(err error) error { return fmt.Errorf("the mapping is not JSON: %w", err) }

func parseOne(b []byte) (*Mapping, error) {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(b, &keys); err != nil {
		return nil, notJSON(err)
	}
	if _, whole := keys["columns"]; !whole {
		return short(keys)
	}
	m := &Mapping{}
	if err := json.Unmarshal(b, m); err != nil { // looks up units and fields too
		return nil, err
	}
	return m, m.sound()
}

// short reads the form {"field": "column"}.
func short(keys map[string]json.RawMessage) (*Mapping, error) {
	m := &Mapping{}
	fields := make([]string, 0, len(keys))
	for f := range keys {
		fields = append(fields, f)
	}
	sort.Strings(fields)
	for _, f := range fields {
		var text string
		var list []string
		switch raw := keys[f]; {
		case f == "header_row":
			if err := json.Unmarshal(raw, &m.HeaderRow); err != nil {
				return nil, fmt.Errorf("the mapping's header_row must be a number")
			}
			continue
		case json.Unmarshal(raw, &text) == nil:
			list = strings.Split(text, " + ")
		case json.Unmarshal(raw, &list) != nil:
			return nil, fmt.Errorf("the mapping gives the field %q neither a column nor a list of columns", f)
		}
		switch f {
		case "kind":
			m.Kind = Group(text)
			continue
		case "sheet":
			m.Sheet = text
			continue
		}
		for _, col := range list {
			m.Columns = append(m.Columns, Choice{Column: col, Role: Mapped, Field: FieldID(f)})
		}
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	return m, m.sound()
}

// groups are the kinds of table a mapping may name.
var groups = []Group{Anything, Assets, Services, Occupations, Population, Boundary, Energy, Manual}

// sound refuses a mapping that says nothing, or speaks of a kind of table that there is not.
func (m *Mapping) sound() error {
	if len(m.Columns) == 0 {
		return errors.New("the mapping names no column")
	}
	if !slices.Contains(groups, m.Kind) {
		return fmt.Errorf("the mapping's kind %q is not known", m.Kind)
	}
	return nil
}
