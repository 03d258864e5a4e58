package risk_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/risk"
)

func TestRangesByEvidenceGrade(t *testing.T) {
	c := compare(t, everything())
	m, err := risk.Default(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]risk.Driver{}
	for _, d := range m.Drivers {
		seen[d.Key] = d
		if d.Key == "" || d.Label == "" || d.Unit == "" {
			t.Errorf("a driver without a name or unit: %+v", d)
		}
		if err := d.Dist.Check(); err != nil {
			t.Errorf("%s: %v", d.Key, err)
		}
	}
	within(t, "a placeholder, low", seen["hub.fitout"].Dist.Low, 450*0.6, 1e-9)
	within(t, "a placeholder, high", seen["hub.fitout"].Dist.High, 450*1.6, 1e-9)
	within(t, "a benchmark, low", seen["works.optimism"].Dist.Low, 0.24*0.8, 1e-9)
	within(t, "a benchmark, high", seen["works.optimism"].Dist.High, 0.24*1.3, 1e-9)
	within(t, "a share stays a share", seen["sale.probability"].Dist.High, 1, 1e-9)
	within(t, "growth at nought moves all the same", seen["rates.growth"].Dist.High, 0.005, 1e-9)
	within(t, "growth may be negative", seen["rates.growth"].Dist.Low, -0.005, 1e-9)
	within(t, "values of buildings, mostly stated", seen["amount:sale receipt"].Dist.High, 1.1, 0.02)
	for _, k := range []string{"delay", "index:price", "index:carbon", "sale.months", "hub.area_factor"} {
		if _, ok := seen[k]; !ok {
			t.Errorf("%s does not move", k)
		}
	}
	if _, ok := seen["deflator.growth"]; ok {
		t.Error("inflation moves, though everything is real")
	}
}

func TestSpecsAreReadOrRefused(t *testing.T) {
	c := compare(t, everything())
	for spec, says := range map[string]string{
		`{}`: "",
		`{"drivers":[{"key":"hub.fitout","distribution":"pert","low":400,"mode":450,"high":700,"source":"surveyor"}]}`:                                     "",
		`{"drivers":[{"key":"hub.fitout","distribution":"triangular","low":0.9,"mode":1,"high":1.2,"relative":true}]}`:                                     "",
		`{"drivers":[{"key":"hub.move","distribution":"lognormal","median":1400,"sd_log":0.3},{"key":"delay","distribution":"uniform","low":0,"high":4}]}`: "",
		`{"drivers":[{"key":"index:price.gas","distribution":"normal","mean":0,"sd":0.5}]}`:                                                                "",
		`{"groups":[{"name":"all","keys":["retrofit.*"],"correlation":0.8}]}`:                                                                              "",
		`{"correlation":{"keys":["hub.fitout","hub.move"],"matrix":[[1,-0.5],[-0.5,1]]}}`:                                                                  "",
		``:        "cannot be read",
		`{"a":1}`: "unknown field",
		`{} {}`:   "after its end",
		`{"drivers":[{"key":"nothing","distribution":"fixed","value":1}]}`:                                                          "not found",
		`{"drivers":[{"key":"amount:moonshine","distribution":"fixed","value":1}]}`:                                                 "not found",
		`{"drivers":[{"key":"index:nothing","distribution":"fixed","value":1}]}`:                                                    "not found",
		`{"drivers":[{"key":"hub.fitout","distribution":"cauchy","value":1}]}`:                                                      "not a distribution",
		`{"drivers":[{"key":"hub.fitout","distribution":"uniform","low":1}]}`:                                                       "needs low, high",
		`{"drivers":[{"key":"hub.fitout","distribution":"uniform","low":1,"high":2,"sd":1}]}`:                                       "not sd",
		`{"drivers":[{"key":"hub.fitout","distribution":"uniform","low":2,"high":1}]}`:                                              "down to",
		`{"drivers":[{"key":"hub.fitout","distribution":"triangular","low":1,"mode":3,"high":2}]}`:                                  "between them",
		`{"drivers":[{"key":"sale.probability","distribution":"uniform","low":2,"high":3}]}`:                                        "can only be 0 to 1",
		`{"drivers":[{"key":"hub.fitout","distribution":"normal","mean":1,"sd":-1}]}`:                                               "negative",
		`{"drivers":[{"key":"hub.fitout","distribution":"fixed","value":1},{"key":"hub.fitout","distribution":"fixed","value":2}]}`: "two ranges",
		`{"drivers":[{"key":"hub.fitout","distribution":"fixed","value":1e300}]}`:                                                   "cannot be used",
		`{"groups":[{"name":"all","keys":["*"],"correlation":-0.5}]}`:                                                               "0 to 1",
		`{"correlation":{"keys":["hub.fitout"],"matrix":[[1,2],[2,1]]}}`:                                                            "rows for 1 keys",
		`{"correlation":{"keys":["hub.fitout","hub.move"],"matrix":[[1,0.5],[0.4,1]]}}`:                                             "both ways",
		`{"correlation":{"keys":["hub.fitout","hub.move","delay"],"matrix":[[1,0.9,-0.9],[0.9,1,0.9],[-0.9,0.9,1]]}}`:               "contradicts itself",
	} {
		m, err := risk.ParseSpec(context.Background(), []byte(spec), c)
		switch {
		case says == "" && err != nil:
			t.Errorf("%s: %v", spec, err)
		case says == "":
			run(t, c, m, risk.Options{Draws: 20, Seed: 1})
		case err == nil || !strings.Contains(err.Error(), says):
			t.Errorf("%s: %v; it should say %q", spec, err, says)
		case !errors.Is(err, model.ErrInvalid) && !errors.Is(err, model.ErrNotFound):
			t.Errorf("%s: %v is no error that a user can act on", spec, err)
		}
	}
}

func TestARangeWithoutEffectIsSaid(t *testing.T) {
	c := compare(t, everything())
	m := model1(t, c, `{"only":true,"drivers":[{"key":"works.new.school","distribution":"fixed","value":3000}]}`)
	r := run(t, c, m, risk.Options{Draws: 5})
	if len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "no effect") {
		t.Errorf("notes %q", r.Notes)
	}
}

// FuzzSpec: whatever is written is refused or can be run, and no figure is ever out of the ordinary.
func FuzzSpec(f *testing.F) {
	for _, s := range []string{`{}`, `{"only":true,"drivers":[{"key":"hub.fitout","distribution":"pert","low":400,"mode":450,"high":700}]}`,
		`{"drivers":[{"key":"delay","distribution":"lognormal","median":1,"sd_log":2}],"groups":[{"name":"x","keys":["*"],"correlation":1}]}`,
		`{"drivers":[{"key":"amount:energy","distribution":"normal","mean":1,"sd":3},{"key":"rates.growth","distribution":"uniform","low":-9,"high":9}]}`,
		`{"correlation":{"keys":["hub.fitout","hub.move"],"matrix":[[1,-1],[-1,1]]}}`, `{"drivers":[{"key":"clear.years","distribution":"uniform","low":0,"high":1e9}]}`} {
		f.Add(s)
	}
	c := compare(f, everything())
	f.Fuzz(func(t *testing.T, s string) {
		m, err := risk.ParseSpec(context.Background(), []byte(s), c)
		if err != nil {
			return
		}
		r, err := risk.Run(context.Background(), c, m, risk.Options{Draws: 20, Seed: 1, Workers: 1})
		if err != nil {
			if errors.Is(err, model.ErrConflict) {
				t.Errorf("%s: %v", s, err)
			}
			return
		}
		for _, o := range r.Options {
			for _, v := range []float64{o.NPSV.Mean, o.NPSV.SD, o.NPSV.P10, o.NPSV.P90, o.NPVPublic.P50, o.Open.P10, o.NPSV.Best, o.NPSV.QuantileError} {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Fatalf("%s: %+v", s, o.NPSV)
				}
			}
		}
	})
}
