package portfolio

import (
	"time"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/model"
)

// Mark shows every row and marks those of the assets, which were picked
// somewhere else.
func (v *View) Mark(ids []model.AssetID) {
	keys := make(map[string]bool, len(ids))
	for _, id := range ids {
		keys[string(id)] = true
	}
	v.pane.ClearFilters()
	v.whenSettled(func() {
		n := v.pane.Table.MarkKeys(keys)
		v.desk.Tell(app.Message{Text: format.Counted(n, "%s asset is marked in the table.", "%s assets are marked in the table.")})
	})
}

// whenSettled waits, without holding anything up, until the table has arranged
// its rows.
func (v *View) whenSettled(then func()) {
	if v.pane.Table.Settled() {
		then()
		return
	}
	go func() {
		time.Sleep(10 * time.Millisecond)
		v.desk.Post(func() { v.whenSettled(then) })
	}()
}
