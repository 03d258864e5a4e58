package face_test

import (
	"math"
	"testing"

	"github.com/planting-the-flag/flagstone/reports/chart/face"
)

func TestWhatPapersNeedIsThere(t *testing.T) {
	for _, r := range "£€−–—•·’“”…²³₂½≤≥≈→ᵇᵐᵉᵖ□žŵŷÉΩЖ\u00a0" {
		if !face.Has(r) {
			t.Errorf("%c (%U) is missing", r, r)
		}
	}
	for _, r := range "🏛漢שא\n\x00" {
		if face.Has(r) {
			t.Errorf("%U should not be offered", r)
		}
	}
}

func TestCoverReplacesAndTells(t *testing.T) {
	var lost []rune
	if got := face.Cover("Hall 🏛 漢", func(r rune) { lost = append(lost, r) }); got != "Hall □ □" || len(lost) != 2 {
		t.Errorf("%q, lost %q", got, string(lost))
	}
}

func TestFiguresAreTabular(t *testing.T) {
	for _, st := range []face.Style{{}, {Bold: true}, {Italic: true}, {Bold: true, Italic: true}} {
		for _, d := range "123456789" {
			if math.Abs(face.Width(string(d), 10, st)-face.Width("0", 10, st)) > 1e-6 {
				t.Errorf("%c differs in width", d)
			}
		}
	}
}

func TestPiecesAddUp(t *testing.T) {
	s, w, text := "412 tCO₂e and H₂O", 0.0, ""
	for _, p := range face.Pieces(s) {
		w += face.Width(p.Text, 9, face.Style{})
		text += p.Text
	}
	if text != s || math.Abs(w-face.Width(s, 9, face.Style{})) > 1e-4 {
		t.Errorf("%q, %v", text, w)
	}
}
