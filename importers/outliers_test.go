package importers_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
)

func TestFiguresThatStandOutAreSaidWithTheLikelyCause(t *testing.T) {
	var b strings.Builder
	b.WriteString("Ref,Name,Use,GIA (m2),Electricity (kWh),Rates (£)\n")
	for i := range 12 {
		area, kwh, rates := 1000+100*i, (1000+100*i)*(90+i), (1000+100*i)*40
		switch i {
		case 3:
			area = area * 10764 / 1000 // square feet called square metres
		case 7:
			kwh /= 1000 // MWh called kWh
		case 9:
			rates *= 12
		}
		fmt.Fprintf(&b, "L%d,Library %d,Library,%d,%d,%d\n", i, i, area, kwh, rates)
	}
	res := readText(t, "libraries.csv", b.String(), importers.Options{Organisation: "Sale Council"})
	for _, want := range []struct{ name, remedy string }{{"electricity of Library 3 ", "square feet"}, {"electricity of Library 7 ", "thousands"}, {"business rates of Library 9 ", "month"}} {
		found := false
		for _, f := range res.Findings {
			if strings.HasPrefix(f.Message, want.name) && strings.Contains(f.Remedy, want.remedy) && f.Row > 0 && f.Asset != "" {
				found = true
			}
		}
		if !found {
			t.Errorf("nothing says that %s stands out because of %s", want.name, want.remedy)
		}
	}
	n := 0
	for _, f := range res.Findings {
		if strings.Contains(f.Message, "the median of") {
			n++
		}
	}
	if n != 4 { // the area of library 3 throws off both its rates
		t.Errorf("%d figures stand out, want 4", n)
	}
}
