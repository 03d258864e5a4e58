package challenge

import (
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model/challenge"
)

func TestBuildingsOfWhichOneAxisIsKnownStandInARowFromWorstToBest(t *testing.T) {
	rows := []Row{{ID: "b", quadrant: challenge.Unknown, hasFitness: true, y: 0.9}, {ID: "none", quadrant: challenge.Unknown}, {ID: "a", quadrant: challenge.Unknown, hasFitness: true, y: 0.1}}
	got, alone := spread(rows)
	if alone != onlyFitness || len(got) != 2 || got[0].ID != "a" || got[1].ID != "b" {
		t.Fatalf("%v %+v", alone, got)
	}
	if got[0].x >= got[1].x || got[0].y != 0.1 || got[1].y != 0.9 {
		t.Errorf("places %v %v, %v %v", got[0].x, got[0].y, got[1].x, got[1].y)
	}
	if rows[0].x != 0 {
		t.Error("the rows of the table were changed")
	}
	rows[0].quadrant = challenge.RetainIt
	if got, alone = spread(rows); alone != bothAxes || len(got) != 3 {
		t.Errorf("with a whole score: %v, %d rows", alone, len(got))
	}
}

func TestWhatIsMissingOfHalfTheBuildingsIsSaid(t *testing.T) {
	s := missing([]Row{{hasFitness: true}, {hasFitness: true, hasNeed: true}})
	if !strings.Contains(s, "1 of 2") || strings.Contains(s, "How good") {
		t.Errorf("%q", s)
	}
	if s := missing([]Row{{hasFitness: true, hasNeed: true}}); s != "" {
		t.Errorf("nothing is missing: %q", s)
	}
	if s := missing(nil); s != "" {
		t.Errorf("no building: %q", s)
	}
}
