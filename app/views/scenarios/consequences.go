package scenarios

import (
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/model/outcome"
)

// Consequences says the five consequences of an action in words.
func Consequences(s *app.Snapshot, c *outcome.Consequences) []widgets.Fact {
	var f []widgets.Fact
	add := func(label, value, tip string) { f = append(f, widgets.Fact{Label: label, Value: value, Tip: tip}) }
	section := func(t string) { f = append(f, widgets.Fact{Section: t}) }

	if len(c.Risk) > 0 && len(c.People) == 0 && c.Money.NPSV == 0 {
		f = append(f, widgets.Fact{Value: "It cannot be done as it stands, so nothing changes: " + c.Risk[0].Message, Prose: true, Warn: true})
	}
	section("1. People and desks")
	if len(c.People) == 0 {
		add("Nobody moves", "", "")
	}
	for _, b := range c.People {
		v := format.Signed(format.Number(b.FTE, 1), b.FTE) + " staff, " + format.Signed(format.Whole(b.Desks), b.Desks) + " desks"
		tip := ""
		if b.Capacity.Known() {
			tip = fmt.Sprintf("%s of %s desks in use afterwards", format.Whole(b.DesksIn), format.Whole(b.Capacity.Value))
		}
		add(s.AssetName(b.Asset), v, tip)
	}
	section("2. Money")
	add("Value to society", format.Signed(format.Pounds(c.Money.NPSV), c.Money.NPSV), format.ExactPounds(c.Money.NPSV)+" net present social value")
	add("Value to the public purse", format.Signed(format.Pounds(c.Money.NPVPublic), c.Money.NPVPublic), format.ExactPounds(c.Money.NPVPublic))
	add("In "+format.Year(c.Year), format.Signed(format.Pounds(c.Money.OneOff), c.Money.OneOff), "Cash of public bodies in the year it takes effect")
	add("A year after that", format.Signed(format.Pounds(c.Money.Yearly), c.Money.Yearly), "Cash of public bodies in the year after")
	section("3. Energy and carbon, a year")
	if len(c.Energy) == 0 {
		add("No change", "", "")
	}
	for _, b := range c.Energy {
		add(s.AssetName(b.Asset), format.Signed(format.Whole(b.KWh), b.KWh)+" kWh, "+format.Signed(format.Number(b.Tonnes, 1), b.Tonnes)+" t", "Footprint of the first full year")
	}
	if math.Abs(c.Travel) >= 1 {
		add("Travel of residents and staff", format.Signed(format.Number(c.Travel/1000, 1), c.Travel)+" t", "")
	}
	section("4. Residents' access")
	if len(c.Access) == 0 {
		add("No service moves further from residents", "", "")
	}
	for _, a := range c.Access {
		add(format.Capital(a.Service), accessWords(a.PeopleBetter, a.PeopleWorse), "")
	}
	section("5. Risk")
	if len(c.Risk) == 0 {
		add("Nothing stands in the way", "", "")
	}
	for _, r := range c.Risk {
		f = append(f, widgets.Fact{Value: r.Message, Prose: true, Warn: true})
	}
	return f
}

func accessWords(better, worse float64) string {
	switch {
	case better > 0 && worse > 0:
		return format.Whole(better) + " nearer, " + format.Whole(worse) + " further"
	case worse > 0:
		return format.Whole(worse) + " residents further"
	}
	return format.Whole(better) + " residents nearer"
}
