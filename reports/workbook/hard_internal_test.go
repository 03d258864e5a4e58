package workbook

import (
	"bytes"
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
)

func TestAPublicBookDependsOnNothingExempt(t *testing.T) {
	one := newSample(t, 7, 6, 15, 2, 0.5)
	two := newSample(t, 7, 6, 15, 2, 0.5)
	exempt := 0
	for _, plan := range two.plans {
		for i := range plan.Streams {
			if plan.Streams[i].Exempt {
				plan.Streams[i].Quantity *= 3
				exempt++
			}
		}
	}
	if exempt == 0 {
		t.Fatal("no exempt stream in the sample")
	}
	a, b := write(t, one.compare(t), Public), write(t, two.compare(t), Public)
	if !bytes.Equal(a, b) {
		t.Error("the public book changes with exempt amounts, so it tells of them")
	}
	book := reopen(t, a)
	said := false
	if err := book.each("Cover", func(_ int, cells []readCell) error {
		for _, c := range cells {
			said = said || strings.Contains(c.v, "commercially sensitive streams")
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if !said {
		t.Error("the public book does not say what it leaves out")
	}
	again := recalculate(t, a)
	sameValues(t, book, again)
	if !overall(t, again) {
		t.Error("the overall check of the public book is not TRUE")
	}
}

func TestNamesThatMeanSomethingToASpreadsheet(t *testing.T) {
	s := newSample(t, 8, 6, 10, 4, 0.5)
	nasty := []string{"=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", strings.Repeat("Long name ", 30), "🏢 Hub “quoted” 'single'", "مركز المجتمع \u202eabc", "*?~", "Business as usual", "tab\there\x01"}
	for i := range s.project.Assets {
		s.project.Assets[i].Name = nasty[i%len(nasty)]
	}
	for i := range s.project.Organisations {
		s.project.Organisations[i].Name = nasty[(i+3)%len(nasty)]
	}
	s.project.Scenarios[0].Name = nasty[0]
	for i := 1; i < len(s.project.Scenarios); i++ {
		s.project.Scenarios[i].Name = nasty[i+3]
	}
	for _, p := range s.plans {
		for i := range p.Streams {
			if p.Streams[i].Category != "floor area" {
				p.Streams[i].Label = nasty[i%len(nasty)]
			}
			if p.Streams[i].Category == "maintenance" || p.Streams[i].Category == "cleaning" {
				p.Streams[i].Category = "<>Odd *category?"
			}
		}
	}
	book := write(t, s.compare(t), Exempt)
	again := recalculate(t, book)
	sameValues(t, reopen(t, book), again)
	if !overall(t, again) {
		t.Error("the overall check is not TRUE")
	}
	for _, n := range reopen(t, book).sheets {
		if len([]rune(n)) > maxSheetName || strings.ContainsAny(n, `[]:*?/\`) {
			t.Errorf("sheet name %q is not legal", n)
		}
	}
}

func TestATextThatACellWouldCutIsRefused(t *testing.T) {
	s := newSample(t, 9, 2, 5, 1, 0.5)
	s.project.Findings = append(s.project.Findings, model.Finding{Message: strings.Repeat("x", 40000)})
	err := Write(context.Background(), s.compare(t), &bytes.Buffer{}, Options{})
	if !errors.Is(err, model.ErrInvalid) {
		t.Errorf("a text of 40,000 characters gave %v", err)
	}
}

func TestNoOptions(t *testing.T) {
	s := newSample(t, 10, 3, 10, 0, 0)
	book := write(t, s.compare(t), Exempt)
	again := recalculate(t, book)
	sameValues(t, reopen(t, book), again)
	if !overall(t, again) {
		t.Error("the overall check is not TRUE")
	}
}

func TestStreamsSpillOntoASecondSheet(t *testing.T) {
	c := newSample(t, 11, 10, 10, 2, 0.5).compare(t)
	var buf bytes.Buffer
	if err := Write(context.Background(), c, &buf, Options{Created: when, RowLimit: 60}); err != nil {
		t.Fatal(err)
	}
	book := reopen(t, buf.Bytes())
	if !strings.Contains(strings.Join(book.sheets, "|"), "Streams 2") {
		t.Fatalf("sheets are %v", book.sheets)
	}
	again := recalculate(t, buf.Bytes())
	sameValues(t, book, again)
	if !overall(t, again) {
		t.Error("the overall check is not TRUE")
	}
}

func TestWritingStopsWhenToldTo(t *testing.T) {
	c := newSample(t, 12, 40, 30, 2, 0.5).compare(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Write(ctx, c, &bytes.Buffer{}, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled export gave %v", err)
	}
}

func TestAtItsSwitchingValueAnAssumptionLeavesNothing(t *testing.T) {
	s := newSample(t, 41, 8, 30, 1, 0.5)
	c := s.compare(t)
	book := write(t, c, Exempt)
	row, switching := 0, 0.0
	if err := reopen(t, book).each("Sensitivity", func(r int, cells []readCell) error {
		if len(cells) > 6 && cells[1].v == "hub.cost" {
			row = r
			switching, _ = cells[6].number()
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if row == 0 || switching == 0 {
		t.Fatal("no switching value of hub.cost on the sheet")
	}
	changed := setNumber(t, book, "Assumptions", rowOfKey(t, reopen(t, book), "hub.cost"), asValue, switching)
	if got := result(t, recalculate(t, changed), "npsv", 1); math.Abs(got) > 0.01 {
		t.Errorf("at its switching value of %g the NPSV is %.4f, want 0", switching, got)
	}
}

func TestAComparisonWithoutScenariosIsStillABook(t *testing.T) {
	c := *newSample(t, 42, 2, 10, 1, 0.5).compare(t)
	c.Options = nil
	book := write(t, &c, Exempt)
	again := recalculate(t, book)
	sameValues(t, reopen(t, book), again)
	if !overall(t, again) {
		t.Error("the overall check is not TRUE")
	}
}
