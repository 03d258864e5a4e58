package check

import (
	"strings"
	"testing"
)

func TestMarksAreFollowed(t *testing.T) {
	for _, c := range []struct{ content, want string }{
		{"/P <</MCID 0>> BDC BT (\x00a) Tj ET EMC /Artifact BMC 0 0 1 1 re f EMC", ""},
		{"/P <</MCID 0>> BDC EMC /P <</MCID 1>> BDC EMC", ""},
		{"0 0 1 1 re f", "outside every mark"},
		{"BT (\x00a) Tj ET", "outside every mark"},
		{"/P <</MCID 0>> BDC", "left open"},
		{"EMC", "EMC without BDC"},
		{"/P <</MCID 0>> BDC /Artifact BMC EMC EMC", "inside marked content"},
		{"/P <</MCID 1>> BDC EMC", "not 0 to"},
		{"/P <</MCID 0>> BDC EMC /P <</MCID 0>> BDC EMC", "twice"},
		{"/P BMC EMC", "without an MCID"},
		{"(open", ""},
	} {
		got := strings.Join(readContent([]byte(c.content)).problems, "; ")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", c.content, got, c.want)
		}
	}
}
