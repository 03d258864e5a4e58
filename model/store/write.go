package store

import (
	"strings"
)

// apply writes changes inside the open transaction. Everything that goes is
// taken out first, so that what comes may use its names.
func (c *connection) apply(changes map[Kind][]*change, find func(Kind, string) (int64, bool)) error {
	for i := len(collections) - 1; i >= 0; i-- {
		of := collections[i]
		if err := c.erase(of.describe(), changes[of.kind()]); err != nil {
			return err
		}
	}
	w := &writer{conn: c.Conn, find: find}
	n := 0
	for _, list := range changes {
		n += len(list)
	}
	if n >= manyChanges {
		w.queue = startQueue()
		defer w.queue.stop()
	}
	for _, of := range collections {
		if err := of.write(w, changes[of.kind()]); err != nil {
			return err
		}
	}
	return nil
}

// erase deletes the details of things that are replaced and all of things that
// are removed.
func (c *connection) erase(t tables, changes []*change) error {
	var replaced, removed []any
	for _, x := range changes {
		if x.before == nil {
			continue
		}
		replaced = append(replaced, x.no)
		if x.after == nil {
			removed = append(removed, x.no)
		}
	}
	for _, d := range t.details {
		if err := c.delete(d.table, d.column, replaced); err != nil {
			return err
		}
	}
	return c.delete(t.root, "no", removed)
}

func (c *connection) delete(table, column string, nos []any) error {
	const chunk = 500
	for len(nos) > 0 {
		n := min(chunk, len(nos))
		q := "DELETE FROM " + table + " WHERE " + column + " IN (" + strings.TrimSuffix(strings.Repeat("?,", n), ",") + ")"
		if err := c.exec(q, nos[:n]...); err != nil {
			return err
		}
		nos = nos[n:]
	}
	return nil
}
