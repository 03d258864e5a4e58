package importers

import (
	"sync"

	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/units"
	"github.com/planting-the-flag/flagstone/model"
)

// Rows are read side by side, but what is said of them is said in their order, so that the outcome is always the same. Until a row's
// turn comes its remarks stand in a book.

// remark is one thing to be said of a cell, or, when about is not nil, all that was said when a column's unit was found.
type remark struct {
	row                    int // number of the row on the sheet; 0 for the column
	severity               model.Severity
	choice                 mapping.Choice
	value, message, remedy string
	asset                  model.AssetID
	about                  *unitFound
}

// book holds remarks in the order in which they were made.
type book struct{ remarks []remark }

// say says something of a cell, now or when its row's turn comes.
func (c *columns) say(sev model.Severity, row int, ch mapping.Choice, value, message, remedy string, asset model.AssetID) {
	if c.book == nil {
		c.r.say(sev, c.b, row, ch, value, message, remedy, asset)
		return
	}
	c.book.remarks = append(c.book.remarks, remark{row: row, severity: sev, choice: ch, value: value, message: message, remedy: remedy, asset: asset})
}

// tell says what stands in a book.
func (c *columns) tell(list []remark) {
	for i := range list {
		m := &list[i]
		if m.about == nil {
			c.r.say(m.severity, c.b, m.row, m.choice, m.value, m.message, m.remedy, m.asset)
		} else if !m.about.told {
			m.about.told = true
			c.tell(m.about.remarks)
		}
	}
}

// found is what is found out about columns when the first row needs it, and shared by all who read rows.
type found struct {
	sync.Mutex
	order map[int]units.DateOrder
	unit  map[int]*unitFound
}

// unitFound is the unit taken for a column that states none, and what is to be said of that.
type unitFound struct {
	unit    *units.Unit
	remarks []remark
	told    bool // only looked at where rows take their turn
}

// assumeOnce finds the unit of a column that states none.
func (c *columns) assumeOnce(ch mapping.Choice, dim units.Dimension) *units.Unit {
	f := c.find(ch, dim)
	switch {
	case len(f.remarks) == 0:
	case c.book == nil:
		c.tell([]remark{{about: f}})
	default:
		c.book.remarks = append(c.book.remarks, remark{about: f})
	}
	return f.unit
}

func (c *columns) find(ch mapping.Choice, dim units.Dimension) *unitFound {
	c.found.Lock()
	defer c.found.Unlock()
	f, ok := c.found.unit[ch.Index]
	if !ok {
		finder := *c
		finder.book = &book{}
		u := finder.assume(ch, dim)
		c.assumed(ch, u)
		f = &unitFound{unit: &u, remarks: finder.book.remarks}
		c.found.unit[ch.Index] = f
	}
	return f
}

// take settles the unit of a column.
func (c *columns) take(column int, u *units.Unit) {
	for len(c.unit) <= column {
		c.unit = append(c.unit, nil)
	}
	c.unit[column] = u
}

// orderOf finds which of day and month stands first in a column of dates.
func (c *columns) orderOf(column int) units.DateOrder {
	c.found.Lock()
	defer c.found.Unlock()
	order, ok := c.found.order[column]
	if !ok {
		var sample []string
		for i := range c.b.Rows {
			sample = append(sample, c.b.Rows[i].At(column).Text)
			if i > 5000 {
				break
			}
		}
		order = units.OrderOf(sample)
		c.found.order[column] = order
	}
	return order
}
