package importers

import "github.com/planting-the-flag/flagstone/importers/mapping"

// fieldTable finds the columns of a field. It is asked some seventy times a row, mostly for fields that the table does not have,
// and answers those faster than a map.
type fieldTable struct {
	slots   [256]uint8 // 1-based entry at which the chain of a hash begins; 0 when there is none
	entries []fieldColumns
}

type fieldColumns struct {
	field   mapping.FieldID
	columns []mapping.Choice
	next    uint8
}

func fieldHash(f mapping.FieldID) uint8 {
	n := len(f)
	if n == 0 {
		return 0
	}
	return f[0]*31 ^ f[n-1]*7 ^ f[n/2]*3 ^ uint8(n)*17
}

func (t *fieldTable) get(f mapping.FieldID) []mapping.Choice {
	for i := t.slots[fieldHash(f)]; i != 0; i = t.entries[i-1].next {
		if e := &t.entries[i-1]; e.field == f {
			return e.columns
		}
	}
	return nil
}

// one is the first column of a field, nil when there is none.
func (t *fieldTable) one(f mapping.FieldID) *mapping.Choice {
	if l := t.get(f); len(l) > 0 {
		return &l[0]
	}
	return nil
}

func (t *fieldTable) add(ch mapping.Choice) {
	h := fieldHash(ch.Field)
	for i := t.slots[h]; i != 0; i = t.entries[i-1].next {
		if e := &t.entries[i-1]; e.field == ch.Field {
			e.columns = append(e.columns, ch)
			return
		}
	}
	// There are fewer fields than a byte counts.
	t.entries = append(t.entries, fieldColumns{ch.Field, []mapping.Choice{ch}, t.slots[h]})
	t.slots[h] = uint8(len(t.entries))
}
