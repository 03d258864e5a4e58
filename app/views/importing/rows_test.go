package importing_test

import "testing"

// TestTeamsAndAreasGoToTheirRows makes sure that a line about a team or an area leads to its row in the file.
func TestTeamsAndAreasGoToTheirRows(t *testing.T) {
	r := newRig(t)
	for text, want := range map[string][]int{
		"Team,Building code,FTE\nPlanning,T1,5\nTax,T2,3\n":                     {2, 3},
		"area_code,area_name,persons\nE01000001,One,1500\nE01000002,Two,1600\n": {2, 3},
	} {
		r.open(r.file("rows.csv", text))
		lines := r.v.Preview().Files[0].Lines
		if len(lines) != len(want) {
			t.Fatalf("%d lines", len(lines))
		}
		for i, l := range lines {
			if l.Row != want[i] || l.File != "rows.csv" {
				t.Errorf("%s leads to row %d of %q", l.Name, l.Row, l.File)
			}
		}
	}
}
