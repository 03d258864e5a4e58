package proof_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model/rationalise/proof"
)

func TestEvidenceIsReadBack(t *testing.T) {
	for _, e := range []proof.Evidence{
		{NPSV: 55219003.12, Bound: 55779977.5, Work: 1000001, Seed: 1},
		{NPSV: -1234.5, Bound: 0, Seed: 18446744073709551615},
		{NPSV: 999.99, Bound: 1000, Work: 7, Seed: 2, Trade: &proof.Trade{What: "carbon in 2055/56, t", Points: []proof.Point{{1900.25, 1899.5, 1e6, 2e6}, {-3, -3.5, -12345678.91, 0}}}},
	} {
		for _, words := range []string{"", "Found by the optimiser. Limits: capital at most £14,000,000 in 2028/29."} {
			text := e.On(words)
			got, rest, ok := proof.Read(text + " Somebody added this.")
			if !ok || !reflect.DeepEqual(got, e) {
				t.Errorf("%q is read back as %+v", text, got)
			}
			if rest != strings.TrimSpace(words+" Somebody added this.") {
				t.Errorf("the rest is %q", rest)
			}
			if again := e.On(text); again != text {
				t.Errorf("twice: %q", again)
			}
		}
	}
	if _, rest, ok := proof.Read("Proven when it was found: worth a lot."); ok || rest != "Proven when it was found: worth a lot." {
		t.Error("read what is no evidence")
	}
}

func TestProvenOnlyAtOneInTenThousand(t *testing.T) {
	for _, x := range []struct {
		e    proof.Evidence
		best bool
	}{{proof.Evidence{NPSV: 1e6, Bound: 1e6 + 100}, true}, {proof.Evidence{NPSV: 1e6, Bound: 1e6 + 101}, false}, {proof.Evidence{NPSV: 0, Bound: 0.5}, true}, {proof.Evidence{NPSV: -50, Bound: 500}, false}} {
		if x.e.Best() != x.best {
			t.Errorf("%+v", x.e)
		}
	}
}
