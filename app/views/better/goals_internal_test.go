package better

import (
	"reflect"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/apptest"
	"github.com/planting-the-flag/flagstone/model/rationalise"
)

// TestPanelSaysWhatIsAsked sets the panel as somebody would and reads it.
func TestPanelSaysWhatIsAsked(t *testing.T) {
	test.NewTempApp(t)
	p := apptest.Project(12)
	s := &app.Snapshot{Project: p}
	var told []string
	g := newGoals(func(m app.Message) { told = append(told, m.Text) })
	g.fresh(s)
	g.spread.SetSelectedIndex(2)
	g.capital.SetText("2m; 2029=3m")
	g.carbon.SetText("−45%")
	g.by.SetSelectedIndex(4)
	g.addCarbon()
	g.carbon.SetText("2500")
	g.reach.SetValue(90)
	g.side.SetSelectedIndex(1)
	g.many.SetSelected("3")
	g.what.SetSelected("closures")
	g.per.SetSelected("a year")
	g.addCount()
	g.addCount() // twice is once
	spec, err := g.read(s)
	if err != nil {
		t.Fatal(err)
	}
	if spec.Spread != 3 || spec.Capital[2029] != 3e6 || spec.Capital[p.BaseYear] != 2e6 || spec.CarbonCut[p.BaseYear+4] != 0.45 || spec.Carbon[p.BaseYear+4] != 2500 {
		t.Errorf("%+v", spec)
	}
	if len(spec.Counts) != 1 || spec.Counts[0].String() != "at most 3 closures a year" {
		t.Errorf("%v", spec.Counts)
	}
	if !reflect.DeepEqual(spec.Residents, &rationalise.Reach{AtLeast: 0.9, Minutes: 20, Mode: "foot"}) {
		t.Errorf("%+v", spec.Residents)
	}
	if len(g.rules) != 2 || !strings.Contains(g.rules[0].text, "at least 45.0% below") {
		t.Errorf("%v", g.rules)
	}
	for field, text := range map[string]string{"capital": "much", "carbon": "a lot"} {
		g.capital.SetText("")
		g.carbon.SetText("")
		map[string]func(string){"capital": g.capital.SetText, "carbon": g.carbon.SetText}[field](text)
		if _, err := g.read(s); err == nil || !strings.Contains(err.Error(), "“"+text+"”") {
			t.Errorf("%s: %v", field, err)
		}
	}
	if w := g.object.MinSize().Width; w > 300 {
		t.Errorf("the panel is %v wide and has 300", w)
	}
}

func TestAPlanWithADecisionTurned(t *testing.T) {
	w := &rationalise.Why{Decision: "sell", Forced: "keep", NPSV: 412000, Low: 400000, High: 520000, Carbon: -61, Capital: 20000}
	if got, want := Turned(w), "The plan is to sell. To keep instead would cost £412k, take £20.0k more capital and emit 61 t less. Neither plan is proven best, so the cost lies between £400k and £520k."; got != want {
		t.Errorf("%q", got)
	}
	w.NPSV = -5000
	if got := Turned(w); !strings.Contains(got, "turned out better by £5") {
		t.Errorf("%q", got)
	}
}
