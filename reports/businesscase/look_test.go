package businesscase_test

import (
	"flag"
	"fmt"
	"os"
	"testing"

	"github.com/planting-the-flag/flagstone/reports/businesscase"
	"github.com/planting-the-flag/flagstone/reports/document"
)

var show = flag.String("show", "", "write the papers of a place of this many buildings as text to the standard output: 1, 6, 50")

func TestShow(t *testing.T) {
	if *show == "" {
		return
	}
	var n int
	fmt.Sscan(*show, &n)
	cmp := compare(t, place(n))
	for _, e := range []document.Edition{document.Public, document.Exempt} {
		fmt.Fprintln(os.Stdout, document.PlainText(build(t, cmp, options(e))))
		c, err := businesscase.CoverReport(cmp, options(e))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(os.Stdout, document.PlainText(c))
	}
}
