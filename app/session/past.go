package session

import (
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

// Past is one step that changed an asset.
type Past struct {
	When   string // ISO date and time, UTC
	Who    string
	Name   string // what was done, as read after "Undo"
	Why    string // the reason given; may be empty
	Back   bool   // the step was taken back
	Again  bool   // it was done again after that
	Fields []Differs
	Next   bool // Undo takes it back now
}

// Differs is a field of an asset that a step changed, in words.
type Differs struct{ Label, Before, After string }

// Past lists the steps that changed an asset, the newest first. It reads the
// file: call it from a job.
func (s *Session) Past(id model.AssetID) ([]Past, error) {
	rows, err := s.file.PastOf(id)
	if err != nil {
		return nil, err
	}
	fields := Fields(s.Project())
	out := make([]Past, 0, len(rows))
	for i := len(rows) - 1; i >= 0; i-- {
		r := &rows[i]
		out = append(out, Past{When: r.When, Who: r.Who, Name: r.What, Why: r.Why, Back: r.Deed == store.Undid, Again: r.Deed == store.Redid,
			Fields: differences(fields, r.Before, r.After), Next: r.Last && (r.Deed == store.Did || r.Deed == store.Redid)})
	}
	return out, nil
}

// differences are the fields in which two states of an asset differ; none where
// one of the two is not known.
func differences(fields []Field, a, b *model.Asset) (out []Differs) {
	if a == nil || b == nil {
		return nil
	}
	for i := range fields {
		f := &fields[i]
		if x, y := f.text(a), f.text(b); x != y {
			out = append(out, Differs{f.Label, f.shown(x), f.shown(y)})
		}
	}
	if a.Location != b.Location {
		out = append(out, Differs{words.T("Place on the map"), placed(a), placed(b)})
	}
	return out
}

// shown is the text of a field with its unit, as read.
func (f *Field) shown(text string) string {
	switch {
	case text == "":
		return format.NotKnown()
	case f.Unit == "":
		return text
	}
	if v, err := strconv.ParseFloat(text, 64); err == nil {
		_, decimals, _ := strings.Cut(text, ".")
		text = format.Number(v, len(decimals))
	}
	return text + " " + f.Unit
}

func placed(a *model.Asset) string {
	if !a.Located() {
		return format.NotKnown()
	}
	return words.T(string(a.Placed))
}
