package scenarios

import (
	"math"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model/outcome"
)

// Consequences says the five consequences of an action in words.
func Consequences(s *app.Snapshot, c *outcome.Consequences) []widgets.Fact {
	var f []widgets.Fact
	add := func(label, value, tip string) { f = append(f, widgets.Fact{Label: label, Value: value, Tip: tip}) }
	section := func(t string) { f = append(f, widgets.Fact{Section: t}) }

	if len(c.Risk) > 0 && len(c.People) == 0 && c.Money.NPSV == 0 {
		f = append(f, widgets.Fact{Value: words.F("It cannot be done as it stands, so nothing changes: %s", c.Risk[0].Message), Prose: true, Warn: true})
	}
	section(words.T("1. People and desks"))
	if len(c.People) == 0 {
		add(words.T("Nobody moves"), "", "")
	}
	for _, b := range c.People {
		v := words.F("%s staff, %s desks", format.Signed(format.Number(b.FTE, 1), b.FTE), format.Signed(format.Whole(b.Desks), b.Desks))
		tip := ""
		if b.Capacity.Known() {
			tip = words.F("%s of %s desks in use afterwards", format.Whole(b.DesksIn), format.Whole(b.Capacity.Value))
		}
		add(s.AssetName(b.Asset), v, tip)
	}
	section(words.T("2. Money"))
	add(words.T("Value to society"), format.Signed(format.Pounds(c.Money.NPSV), c.Money.NPSV), words.F("%s net present social value", format.ExactPounds(c.Money.NPSV)))
	add(words.T("Value to the public purse"), format.Signed(format.Pounds(c.Money.NPVPublic), c.Money.NPVPublic), format.ExactPounds(c.Money.NPVPublic))
	add(words.F("In %s", format.Year(c.Year)), format.Signed(format.Pounds(c.Money.OneOff), c.Money.OneOff), words.T("Cash of public bodies in the year it takes effect"))
	add(words.T("A year after that"), format.Signed(format.Pounds(c.Money.Yearly), c.Money.Yearly), words.T("Cash of public bodies in the year after"))
	section(words.T("3. Energy and carbon, a year"))
	if len(c.Energy) == 0 {
		add(words.T("No change"), "", "")
	}
	for _, b := range c.Energy {
		add(s.AssetName(b.Asset), format.Signed(format.Whole(b.KWh), b.KWh)+" kWh, "+format.Signed(format.Number(b.Tonnes, 1), b.Tonnes)+" t", words.T("Footprint of the first full year"))
	}
	if math.Abs(c.Travel) >= 1 {
		add(words.T("Travel of residents and staff"), format.Signed(format.Number(c.Travel/1000, 1), c.Travel)+" t", "")
	}
	section(words.T("4. Residents' access"))
	if len(c.Access) == 0 {
		add(words.T("No service moves further from residents"), "", "")
	}
	for _, a := range c.Access {
		add(format.Capital(a.Service), accessWords(a.PeopleBetter, a.PeopleWorse), "")
	}
	section(words.T("5. Risk"))
	if len(c.Risk) == 0 {
		add(words.T("Nothing stands in the way"), "", "")
	}
	for _, r := range c.Risk {
		f = append(f, widgets.Fact{Value: r.Message, Prose: true, Warn: true})
	}
	return f
}

func accessWords(better, worse float64) string {
	switch {
	case better > 0 && worse > 0:
		return words.F("%s nearer, %s further", format.Whole(better), format.Whole(worse))
	case worse > 0:
		return words.F("%s residents further", format.Whole(worse))
	}
	return words.F("%s residents nearer", format.Whole(better))
}
