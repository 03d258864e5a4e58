package risk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Spec is what people write about what could be otherwise.
type Spec struct {
	// Only keeps the ranges by evidence grade out, so that nothing but what is
	// written here could be otherwise.
	Only        bool         `json:"only,omitempty"`
	Drivers     []SpecDriver `json:"drivers,omitempty"`
	Groups      []SpecGroup  `json:"groups,omitempty"` // instead of the usual ones
	Correlation *SpecMatrix  `json:"correlation,omitempty"`
}

// SpecDriver is the range of an assumption, of "delay", of "index:price",
// "index:carbon" or "index:" and a path, or of "amount:" and a category.
type SpecDriver struct {
	Key          string   `json:"key"`
	Distribution Kind     `json:"distribution"`
	Low          *float64 `json:"low,omitempty"`
	Mode         *float64 `json:"mode,omitempty"`
	High         *float64 `json:"high,omitempty"`
	Mean         *float64 `json:"mean,omitempty"`
	SD           *float64 `json:"sd,omitempty"`
	Median       *float64 `json:"median,omitempty"`
	SDLog        *float64 `json:"sd_log,omitempty"`
	Value        *float64 `json:"value,omitempty"`
	Relative     bool     `json:"relative,omitempty"` // numbers are times the planned value
	Source       string   `json:"source,omitempty"`
}

// SpecGroup is drivers that move together.
type SpecGroup struct {
	Name        string   `json:"name"`
	Keys        []string `json:"keys"`
	Correlation float64  `json:"correlation"`
}

// SpecMatrix is a correlation matrix.
type SpecMatrix struct {
	Keys   []string    `json:"keys"`
	Matrix [][]float64 `json:"matrix"`
}

// ParseSpec reads what could be otherwise from JSON and lays it over the ranges by
// evidence grade of the comparison.
func ParseSpec(ctx context.Context, data []byte, c *appraisal.Comparison) (*Model, error) {
	var s Spec
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&s); err != nil {
		return nil, model.Invalid("spec", "the file of ranges cannot be read: "+problem(err))
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, model.Invalid("spec", "the file of ranges has something after its end")
	}
	return s.Model(ctx, c)
}

func problem(err error) string {
	var syn *json.SyntaxError
	var typ *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syn):
		return fmt.Sprintf("it is not valid JSON at character %d (%v)", syn.Offset, err)
	case errors.As(err, &typ):
		return fmt.Sprintf("%q should be a %s, not a %s", typ.Field, typ.Type, typ.Value)
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}

// Model lays the spec over the ranges by evidence grade.
func (s Spec) Model(ctx context.Context, c *appraisal.Comparison) (*Model, error) {
	m := &Model{Groups: defaultGroups()}
	if !s.Only {
		var err error
		if m, err = Default(ctx, c); err != nil {
			return nil, err
		}
	}
	at := map[string]int{}
	for i := range m.Drivers {
		at[m.Drivers[i].Key] = i
	}
	given := map[string]bool{}
	for _, sd := range s.Drivers {
		if given[sd.Key] {
			return nil, model.Invalid("drivers", fmt.Sprintf("%q has two ranges", sd.Key))
		}
		given[sd.Key] = true
		d, err := sd.driver(c)
		if err != nil {
			return nil, err
		}
		if i, ok := at[d.Key]; ok {
			d.growth, d.min, d.max = m.Drivers[i].growth, m.Drivers[i].min, m.Drivers[i].max
			if d.Grade == model.NotKnown {
				d.Grade = m.Drivers[i].Grade
			}
			m.Drivers[i] = d
		} else {
			m.Drivers = append(m.Drivers, d)
		}
	}
	if s.Groups != nil {
		m.Groups = nil
		for _, g := range s.Groups {
			m.Groups = append(m.Groups, Group(g))
		}
	}
	if s.Correlation != nil {
		m.Matrix = &Matrix{Keys: s.Correlation.Keys, Rows: s.Correlation.Matrix}
		for _, k := range m.Matrix.Keys {
			if _, err := named(c, k); err != nil {
				return nil, err
			}
		}
	}
	_, err := newCopula(m.Drivers, m.Groups, m.Matrix)
	return m, err
}

// named finds what a key stands for.
func named(c *appraisal.Comparison, key string) (Driver, error) {
	switch {
	case key == Delay:
		return Driver{Key: Delay, Label: "Slip of the whole plan", Unit: "years", max: maxDelay}, nil
	case key == AllPrices:
		return pathDriver(key, "Energy prices: low, central or high path"), nil
	case key == CarbonValue:
		return pathDriver(key, "Values of carbon: low, central or high"), nil
	case strings.HasPrefix(key, indexPrefix):
		p, ok := c.Paths[strings.TrimPrefix(key, indexPrefix)]
		if !ok {
			return Driver{}, model.NotFound("path", strings.TrimPrefix(key, indexPrefix))
		}
		return pathDriver(key, p.Label), nil
	case strings.HasPrefix(key, amountPrefix) && key != amountPrefix:
		for i := range c.Options {
			for k := range c.Options[i].Plan.Streams {
				if amountOf(&c.Options[i].Plan.Streams[k]) == key {
					return amountDriver(key), nil
				}
			}
		}
		return Driver{}, model.NotFound("amounts of the estate of the category", strings.TrimPrefix(key, amountPrefix))
	}
	d, ok := base(c, key, isGrowth(c, key))
	if !ok {
		return Driver{}, model.NotFound("assumption", key)
	}
	return d, nil
}

func isGrowth(c *appraisal.Comparison, key string) bool {
	for i := range c.Options {
		for k := range c.Options[i].Plan.Streams {
			if s := &c.Options[i].Plan.Streams[k]; s.Ledger != ledger.Space && s.Growth.Key == key {
				return true
			}
		}
	}
	return false
}

// driver turns a written range into a driver.
func (sd SpecDriver) driver(c *appraisal.Comparison) (Driver, error) {
	d, err := named(c, sd.Key)
	if err != nil {
		return d, err
	}
	need := map[Kind][]string{Fixed: {"value"}, Uniform: {"low", "high"}, Triangular: {"low", "mode", "high"}, PERT: {"low", "mode", "high"},
		Normal: {"mean", "sd"}, Lognormal: {"median", "sd_log"}}[sd.Distribution]
	if need == nil {
		return d, fmt.Errorf("%s: %w", sd.Key, Distribution{Kind: sd.Distribution}.Check())
	}
	have := map[string]*float64{"low": sd.Low, "mode": sd.Mode, "high": sd.High, "mean": sd.Mean, "sd": sd.SD, "median": sd.Median, "sd_log": sd.SDLog, "value": sd.Value}
	wanted := map[string]bool{}
	for _, n := range need {
		wanted[n] = true
		if have[n] == nil {
			return d, model.Invalid(sd.Key, fmt.Sprintf("the %s distribution of %q needs %s", sd.Distribution, sd.Key, strings.Join(need, ", ")))
		}
	}
	for _, n := range sorted(have) {
		if have[n] != nil && !wanted[n] {
			return d, model.Invalid(sd.Key, fmt.Sprintf("the %s distribution of %q takes %s, not %s", sd.Distribution, sd.Key, strings.Join(need, ", "), n))
		}
	}
	get := func(names ...string) float64 {
		for _, n := range names {
			if wanted[n] {
				return *have[n]
			}
		}
		return 0
	}
	d.Dist = Distribution{Kind: sd.Distribution, Low: get("low"), Mid: get("mode", "mean", "median", "value"), High: get("high"), Spread: get("sd", "sd_log")}
	if err := d.Dist.Check(); err != nil {
		return d, fmt.Errorf("%s: %w", sd.Key, err)
	}
	if sd.Relative {
		if sd.Distribution == Lognormal && d.Now <= 0 {
			return d, model.Invalid(sd.Key, fmt.Sprintf("%q is %g as planned, so a relative lognormal means nothing", sd.Key, d.Now))
		}
		d.Dist = d.Dist.scaled(d.Now)
		if err := d.Dist.Check(); err != nil {
			return d, fmt.Errorf("%s: %w", sd.Key, err)
		}
	}
	if lo, hi := d.Dist.Quantile(0.01), d.Dist.Quantile(0.99); hi < d.min || lo > d.max {
		return d, model.Invalid(sd.Key, fmt.Sprintf("the range of %q goes from about %g to %g, and it can only be %s", sd.Key, lo, hi, bounds(&d)))
	}
	d.Given = true
	return d, nil
}

func bounds(d *Driver) string {
	if d.max == math.MaxFloat64 {
		return fmt.Sprintf("%g or more", d.min)
	}
	return fmt.Sprintf("%g to %g", d.min, d.max)
}
