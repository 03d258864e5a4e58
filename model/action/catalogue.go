package action

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/planting-the-flag/flagstone/assets"
	"github.com/planting-the-flag/flagstone/model"
)

// Entry is one kind of action as the catalogue describes it.
type Entry struct {
	Kind    model.ActionKind `json:"kind"`
	Title   string           `json:"title"`
	Summary string           `json:"summary"`
	Values  []string         `json:"values"` // assumption keys that an action may set for itself
}

// Measure is one retrofit measure.
type Measure struct {
	Key    string `json:"key"`
	Label  string `json:"label"`
	Saves  string `json:"saves"`  // "heat", "electricity", "fuel switch", "generation"
	Cost   string `json:"cost"`   // assumption key of its unit cost
	Per    string `json:"per"`    // unit of that cost: m² of floor area, kW of heat plant, kWp of panels
	Saving string `json:"saving"` // assumption key of the share saved of the load that is left
	Life   int    `json:"life"`   // years until it is replaced
}

// Conversion is one change of use.
type Conversion struct {
	Use      model.Use `json:"use"`
	Label    string    `json:"label"`
	Cost     string    `json:"cost"`     // assumption key, £/m²
	Embodied string    `json:"embodied"` // assumption key, kgCO2e/m²
	New      string    `json:"new"`      // assumption key of building it anew, £/m²; empty where nobody would
	Planning string    `json:"planning"`
	Risk     string    `json:"risk"`
}

type catalogue struct {
	Assumptions []struct {
		Key, Label, Group, Unit, Source string
		Value                           float64
		Money                           bool
		Grade                           model.Grade
	} `json:"assumptions"`
	Measures    []Measure    `json:"measures"`
	Conversions []Conversion `json:"conversions"`
	Actions     []Entry      `json:"actions"`
}

// loaded parses the embedded catalogue once. A broken catalogue is a fault of
// the build, so it panics; a test reads it.
var loaded = sync.OnceValue(func() *catalogue {
	var c catalogue
	if err := json.Unmarshal(assets.Catalogue, &c); err != nil {
		panic(fmt.Sprintf("action catalogue: %v", err))
	}
	return &c
})

// Entries lists the kinds of action in the order of the catalogue.
func Entries() []Entry { return loaded().Actions }

// Measures lists the retrofit measures, fabric before plant.
func Measures() []Measure { return loaded().Measures }

// Conversions lists the changes of use.
func Conversions() []Conversion { return loaded().Conversions }

// EntryFor returns the catalogue's entry for a kind of action.
func EntryFor(kind model.ActionKind) (Entry, bool) {
	for _, e := range loaded().Actions {
		if e.Kind == kind {
			return e, true
		}
	}
	return Entry{}, false
}

func measure(key string) (Measure, bool) {
	for _, m := range loaded().Measures {
		if m.Key == key {
			return m, true
		}
	}
	return Measure{}, false
}

func conversion(use model.Use) (Conversion, bool) {
	for _, c := range loaded().Conversions {
		if c.Use == use {
			return c, true
		}
	}
	return Conversion{}, false
}

// Assumptions returns the catalogue's own assumptions. Its money figures have
// no dated source, so they are read as prices of the project's price base.
func Assumptions(priceBase int) []model.Assumption {
	c := loaded()
	out := make([]model.Assumption, len(c.Assumptions))
	for i, a := range c.Assumptions {
		out[i] = model.Assumption{Key: a.Key, Label: a.Label, Group: a.Group, Value: a.Value, Unit: a.Unit,
			Grade: a.Grade, Source: a.Source}
		if a.Money {
			out[i].PriceBase = priceBase
		}
		if a.Grade == model.Placeholder {
			out[i].Confidence = "unverified placeholder"
		}
	}
	return out
}

// lower writes a label inside a sentence.
func lower(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
