package widgets

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/planting-the-flag/flagstone/model"
)

type row struct {
	id, name, ward, shown string
	area                  model.Figure
}

func columnsOfRow() []Column[row] {
	return []Column[row]{
		{ID: "name", Label: "Name", Width: 160, Text: func(r *row) string { return r.name }},
		{ID: "area", Label: "Area", Width: 90, Numeric: true, Total: Sum, Text: func(r *row) string { return r.shown }, Figure: func(r *row) model.Figure { return r.area }},
		{ID: "ward", Label: "Ward", Width: 90, Choices: true, Text: func(r *row) string { return r.ward }},
	}
}

func manyRows(n int) []row {
	out := make([]row, n)
	for i := range out {
		out[i] = row{id: fmt.Sprint(i), name: fmt.Sprintf("Building %d in Ward %d", i, i%19), area: model.Figure{Value: float64((i * 7919) % 10007), Grade: model.Stated}}
		out[i].ward, out[i].shown = wardOf(i), fmt.Sprint(out[i].area.Value)
		if i%11 == 0 {
			out[i].area, out[i].shown = model.Figure{}, ""
		}
	}
	return out
}

func ids(rows []row, order []int32) string {
	s := ""
	for _, i := range order {
		s += rows[i].id + " "
	}
	return s
}

func TestSortKeepsUnknownLastBothWays(t *testing.T) {
	rows := []row{{id: "a", area: model.Figure{Value: 5, Grade: model.Stated}}, {id: "b"}, {id: "c", area: model.Figure{Value: 9, Grade: model.Stated}}}
	cols := columnsOfRow()
	x := newIndex(rows, cols)
	if got := ids(rows, x.arrange(request{sorts: []Sort{{"area", false}}}).order); got != "a c b " {
		t.Errorf("upward: %s", got)
	}
	if got := ids(rows, x.arrange(request{sorts: []Sort{{"area", true}}}).order); got != "c a b " {
		t.Errorf("downward: %s", got)
	}
}

func TestRangesReadAsPeopleTypeThem(t *testing.T) {
	known := func(v float64) model.Figure { return model.Figure{Value: v, Grade: model.Stated} }
	for _, c := range []struct {
		text string
		f    model.Figure
		want bool
	}{
		{"> 1000", known(1001), true}, {"> 1000", known(1000), false}, {"> 1000", model.Figure{}, false},
		{"<=1.2k", known(1200), true}, {"£1m-£2m", known(1.5e6), true}, {"10 to 20", known(21), false},
		{"not known", model.Figure{}, true}, {"known", model.Figure{}, false}, {"= 7", known(7), true},
		{"modelled", model.Figure{Value: 1, Grade: model.Benchmark}, true},
	} {
		ok := ParseRange(c.text)
		if ok == nil || ok(c.f) != c.want {
			t.Errorf("%q of %+v is not %v", c.text, c.f, c.want)
		}
	}
	if ParseRange("town hall") != nil {
		t.Error("words were taken for a range")
	}
}

func TestSearchWantsEveryWord(t *testing.T) {
	rows := manyRows(100)
	cols := columnsOfRow()
	a := newIndex(rows, cols).arrange(request{filter: Filter{Search: "ward building 42"}})
	if got := ids(rows, a.order); got != "42 " {
		t.Errorf("found %s", got)
	}
}

// settle waits for the arrangement asked for last.
func settle[R any](t *testing.T, tb *DataTable[R], posted chan func()) {
	t.Helper()
	for !tb.Settled() {
		select {
		case f := <-posted:
			f()
		case <-time.After(10 * time.Second):
			t.Fatal("the table did not settle")
		}
	}
}

func TestAnOldArrangementNeverReplacesANewerOne(t *testing.T) {
	test.NewTempApp(t)
	posted := make(chan func(), 8)
	tb := NewDataTable(columnsOfRow(), func(r *row) string { return r.id }, func(f func()) { posted <- f })
	tb.SetRows(manyRows(50))
	first := <-posted
	tb.SetRows(manyRows(70))
	second := <-posted
	second()
	first()
	if n, _ := tb.Count(); n != 70 {
		t.Errorf("%d rows", n)
	}
}

func TestKeysMoveTheSelectionAndKeepItInSight(t *testing.T) {
	test.NewTempApp(t)
	posted := make(chan func(), 8)
	tb := NewDataTable(columnsOfRow(), func(r *row) string { return r.id }, func(f func()) { posted <- f })
	w := test.NewTempWindow(t, tb)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, headerHeight+10*rowHeight))
	tb.SetRows(manyRows(1000))
	settle(t, tb, posted)
	var got string
	tb.OnSelected = func(id string) { got = id }
	key := func(k fyne.KeyName) { tb.TypedKey(&fyne.KeyEvent{Name: k}) }
	key(fyne.KeyDown)
	key(fyne.KeyDown)
	if got != "1" {
		t.Errorf("two steps down select %q", got)
	}
	key(fyne.KeyEnd)
	if got != "999" || tb.y <= 0 {
		t.Errorf("End selects %q at %g", got, tb.y)
	}
	key(fyne.KeyHome)
	if got != "0" || tb.y != 0 {
		t.Errorf("Home selects %q at %g", got, tb.y)
	}
	key(fyne.KeyPageDown)
	if got != "9" {
		t.Errorf("Page Down selects %q", got)
	}
	tb.SortBy("area", true)
	settle(t, tb, posted)
	if tb.Chosen() != "9" || tb.Key(tb.Row(tb.at)) != "9" {
		t.Error("the selection did not follow its row through the sort")
	}
}

func TestOneTapOnAHeaderSorts(t *testing.T) {
	test.NewTempApp(t)
	posted := make(chan func(), 8)
	tb := NewDataTable(columnsOfRow(), func(r *row) string { return r.id }, func(f func()) { posted <- f })
	w := test.NewTempWindow(t, tb)
	w.Resize(fyne.NewSize(400, 300))
	tb.SetRows(manyRows(30))
	settle(t, tb, posted)
	tb.Tapped(&fyne.PointEvent{Position: fyne.NewPos(200, 10)})
	settle(t, tb, posted)
	if id, desc := tb.Sorting(); id != "area" || !desc {
		t.Errorf("sorted by %q, down %v", id, desc)
	}
}
