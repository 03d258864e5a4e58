package main

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"text/tabwriter"
)

// pounds is money in JSON: two decimals, and never NaN or infinite.
type pounds float64

// MarshalJSON writes the amount with two decimals.
func (p pounds) MarshalJSON() ([]byte, error) {
	v := float64(p)
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil, fmt.Errorf("an amount is not a number")
	}
	if v = math.Round(v*100) / 100; v == 0 {
		v = 0 // no minus nought
	}
	return strconv.AppendFloat(nil, v, 'f', 2, 64), nil
}

func poundsOf(vs []float64) []pounds {
	out := make([]pounds, len(vs))
	for i, v := range vs {
		out[i] = pounds(v)
	}
	return out
}

// figures is a row of plain numbers in JSON, to six decimals.
func figuresOf(vs []float64) []float64 {
	out := make([]float64, len(vs))
	for i, v := range vs {
		out[i] = math.Round(v*1e6) / 1e6
	}
	return out
}

// answer writes v as JSON.
func (t *tool) answer(v any) error {
	enc := json.NewEncoder(t.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// table writes rows of text in columns.
func (t *tool) table(header []string, rows [][]string) error {
	w := tabwriter.NewWriter(t.out, 0, 4, 2, ' ', 0)
	line := func(cells []string) {
		for i, c := range cells {
			if i > 0 {
				fmt.Fprint(w, "\t")
			}
			fmt.Fprint(w, c)
		}
		fmt.Fprintln(w)
	}
	line(header)
	for _, r := range rows {
		line(r)
	}
	return w.Flush()
}
