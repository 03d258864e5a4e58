package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func travelRows(t *testing.T, path string) [][]string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestTravelTimes: a row for each of the 139 areas and each library, on foot at
// 4.8 km/h over 1.3 times the straight line; read back they say what access is,
// and a library that takes an hour longer to reach is further for everybody.
func TestTravelTimes(t *testing.T) {
	project, dir := place(t), t.TempDir()
	file := filepath.Join(dir, "times.csv")
	ask(t, context.Background(), "travel", project, "--kind", "library", "-o", file)
	rows := travelRows(t, file)
	if strings.Join(rows[0], ",") != strings.Join(travelHead, ",") || len(rows) < 2 || (len(rows)-1)%139 != 0 {
		t.Fatalf("%d rows under %v", len(rows)-1, rows[0])
	}
	for _, r := range rows[1:] {
		metres, err1 := strconv.ParseFloat(r[8], 64)
		minutes, err2 := strconv.ParseFloat(r[9], 64)
		if err1 != nil || err2 != nil || math.Abs(minutes-metres/1000*1.3/4.8*60) > 0.06 || !strings.Contains(r[6], "library") {
			t.Fatalf("%v", r)
		}
	}
	straight := ask(t, context.Background(), "travel", project, "--kind", "library", "--times", file)
	if !strings.Contains(straight, "library") || !strings.Contains(straight, "Ways guessed") {
		t.Errorf("%s", straight)
	}
	for _, r := range rows[1:] {
		v, _ := strconv.ParseFloat(r[9], 64)
		r[9] = strconv.FormatFloat(v+60, 'f', 1, 64)
	}
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if slow := ask(t, context.Background(), "travel", project, "--kind", "library", "--times", file, "--json"); !strings.Contains(slow, `"within_before": 0`) || !strings.Contains(slow, `"straight_lines": 0`) {
		t.Errorf("%s", slow)
	}
}

func TestTravelTimesThatCannotBeRead(t *testing.T) {
	project := place(t)
	for content, says := range map[string]string{
		"area,minutes\nE1,4\n":                  `no column "building"`,
		"area,building,minutes\nE1,x,4\n":       "there is no area",
		"area,building,minutes\nE1,x,a while\n": "not a number of minutes",
	} {
		var out, errs bytes.Buffer
		if code := run(context.Background(), []string{"travel", project, "--times", written(t, "t.csv", content)}, &out, &errs); code != 1 || !strings.Contains(errs.String(), says) {
			t.Errorf("exit %d: %s, not %q", code, errs.String(), says)
		}
	}
	var out, errs bytes.Buffer
	if code := run(context.Background(), []string{"travel", project, "--mode", "balloon"}, &out, &errs); code != 2 {
		t.Errorf("exit %d: %s", code, errs.String())
	}
}
