package rationalise_test

import (
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model/rationalise"
)

// TestALeaseIsOfferedToBeLeftWhenItCanEnd: at the break while notice can still
// be served from the base year on, otherwise at the expiry.
func TestALeaseIsOfferedToBeLeftWhenItCanEnd(t *testing.T) {
	for notice, want := range map[int]string{6: "leave in 2029/30", 60: "leave in 2034/35"} {
		p := estate(5)
		p.Assets[3].Tenure.Expiry, p.Assets[3].Tenure.NoticeMonths = "2034-06-23", notice
		b, err := rationalise.Build(p, rationalise.Spec{Year: 2028})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for i, x := range b.Buildings {
			if x.ID == "a3" {
				for _, a := range b.Actions[i] {
					names = append(names, a.Name)
				}
			}
		}
		if got := strings.Join(names, ", "); !strings.Contains(got, want) {
			t.Errorf("with %d months of notice: %s", notice, got)
		}
	}
}
