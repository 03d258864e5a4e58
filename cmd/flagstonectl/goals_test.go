package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestALimitThatCannotBeReadNamesItsFlag(t *testing.T) {
	project := place(t)
	for _, x := range [][]string{
		{"--capital", "2028=lots"}, {"--capital", "2199=1m"}, {"--carbon", "2035"}, {"--carbon", "2035=-145%"}, {"--at-least", "some hubs"}, {"--at-least", "1 hub in Atlantis"}, {"--at-most", "2 moons"},
		{"--apart", "nursery"}, {"--apart", "nobody / nothing"}, {"--residents", "many"}, {"--keep", "Nowhere"}, {"--decide", "Altrincham Town Hall=paint"}, {"--may-let-go", "haunted"}, {"--owner", "Nobody"},
		{"--measures", "magic"}, {"--spread", "40"}, {"--picture", "plan.doc"},
	} {
		var out, errs bytes.Buffer
		if code := run(context.Background(), append([]string{"optimise", project, "--work", "1000"}, x...), &out, &errs); code != 2 || !strings.Contains(errs.String(), x[0]) {
			t.Errorf("%v: exit %d: %s", x, code, errs.String())
		}
	}
}

func TestAPointOfTheFrontierIsSavedAndDrawn(t *testing.T) {
	project := place(t)
	picture := filepath.Join(t.TempDir(), "f.svg")
	text := ask(t, context.Background(), "frontier", project, "--axis", "capital", "--points", "3", "--work", "400000", "--save", "2=Middle way", "--picture", picture)
	if !strings.Contains(text, "Value against capital in 2028/29") || !strings.Contains(text, "£1m more is worth") {
		t.Errorf("%s", text)
	}
	if raw, err := os.ReadFile(picture); err != nil || !bytes.Contains(raw, []byte("<svg")) || !bytes.Contains(raw, []byte("not yet ruled out")) {
		t.Errorf("%v: %.80s", err, raw)
	}
	if list := ask(t, context.Background(), "show", project, "scenarios"); !strings.Contains(list, "Middle way") {
		t.Errorf("%s", list)
	}
}

func TestProgressIsWrittenAsJSONLines(t *testing.T) {
	var out, errs bytes.Buffer
	picture := filepath.Join(t.TempDir(), "c.svg")
	if code := run(context.Background(), []string{"solve", wide(t, 30), "--work", "60000", "--progress", "--picture", picture}, &out, &errs); code != 0 {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	lines := strings.Split(strings.TrimSpace(errs.String()), "\n")
	for _, l := range lines {
		var p struct {
			Stage string
			Work  int64
			At    *float64 `json:"at_s"`
		}
		if err := json.Unmarshal([]byte(l), &p); err != nil || p.Work == 0 || p.At != nil {
			t.Fatalf("%v: %s", err, l)
		}
	}
	if _, err := os.Stat(picture); err != nil || len(lines) < 3 {
		t.Errorf("%v, %d lines", err, len(lines))
	}
}
