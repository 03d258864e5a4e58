package widgets

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// ticksOn are the ticks of the card in front, by their words.
func ticksOn(c fyne.Canvas) map[string]*Check {
	out := map[string]*Check{}
	if top, ok := c.Overlays().Top().(*widget.PopUp); ok {
		for _, o := range test.LaidOutObjects(top.Content) {
			if k, ok := o.(*Check); ok {
				out[k.Text] = k
			}
		}
	}
	return out
}

// Any of the values ticked passes, and the filters of other columns still hold.
func TestSeveralValuesOfOneColumn(t *testing.T) {
	test.NewTempApp(t)
	posted := make(chan func(), 256)
	tb := NewDataTable(columnsOfRow(), func(r *row) string { return r.id }, func(f func()) { posted <- f })
	p := NewTablePane(tb, "row", "rows", []string{"ward"})
	w := test.NewTempWindow(t, p.Object())
	w.Resize(fyne.NewSize(700, 500))
	rows := manyRows(100)
	tb.SetRows(rows)
	settle(t, tb, posted)
	wards := map[string]int{}
	for i := range rows {
		wards[rows[i].ward]++
	}
	choose := p.terms[0].object.(*fyne.Container)
	var v *ValueChooser
	for _, o := range test.LaidOutObjects(choose) {
		if x, ok := o.(*ValueChooser); ok {
			v = x
		}
	}
	if v == nil || v.Text != "Ward: any" || p.terms[0].drop.Visible() {
		t.Fatalf("the filter begins as %+v", v)
	}
	v.OnTapped()
	ticks := ticksOn(w.Canvas())
	if len(ticks) != len(wards) {
		t.Fatalf("%d values can be ticked, there are %d", len(ticks), len(wards))
	}
	want, n := []string{rows[1].ward, rows[2].ward}, 0
	for name, k := range ticks {
		if slices.Contains(want, strings.TrimSpace(name[:strings.LastIndex(name, "(")])) {
			test.Tap(k)
			n++
		}
	}
	settle(t, tb, posted)
	if n != 2 || v.Text != "Ward: 2 chosen" {
		t.Fatalf("%d ticked, the button says %q", n, v.Text)
	}
	if shown, _ := tb.Count(); shown != wards[want[0]]+wards[want[1]] {
		t.Fatalf("%d rows pass, wanted %d", shown, wards[want[0]]+wards[want[1]])
	}
	view := p.View()
	p.ClearFilters()
	settle(t, tb, posted)
	if shown, all := tb.Count(); shown != all || v.Text != "Ward: any" {
		t.Fatalf("%d of %d after clearing, %q", shown, all, v.Text)
	}
	p.ShowView(view)
	settle(t, tb, posted)
	if shown, _ := tb.Count(); shown != wards[want[0]]+wards[want[1]] || v.Text != "Ward: 2 chosen" {
		t.Fatalf("the view shows %d, %q", shown, v.Text)
	}
	p.Search.SetText("building 4")
	settle(t, tb, posted)
	left := 0
	for i := range rows {
		if slices.Contains(want, rows[i].ward) && strings.Contains(rows[i].name, "4") {
			left++
		}
	}
	if shown, _ := tb.Count(); shown != left || left == 0 {
		t.Fatalf("%d rows pass both, wanted %d", shown, left)
	}
}
