package importers

import (
	"strings"

	"github.com/planting-the-flag/flagstone/importers/layout"
	"github.com/planting-the-flag/flagstone/importers/mapping"
)

// nearly finds the saved layout that a table is a later edition of: every column that the layout uses is there, nine in ten of its
// columns are, and seven in ten of the table's are the layout's. A few columns more or fewer, as from one year to the next, do not
// make another layout. Layouts of fewer than five columns say too little for that.
func (r *run) nearly(b *layout.Block, kind mapping.Group) *mapping.Mapping {
	const least = 5
	have := map[string]bool{}
	for _, c := range b.Columns {
		have[headerKey(c.Name)] = true
	}
	for _, p := range r.opt.Profiles {
		if p.Signature == "" || p.Kind == "" || len(p.Columns) < least || kind != "" && kind != p.Kind {
			continue
		}
		found, used := 0, true
		for _, c := range p.Columns {
			if have[headerKey(c.Column)] {
				found++
			} else if c.Role == mapping.Mapped {
				used = false
				break
			}
		}
		if used && found*10 >= len(p.Columns)*9 && found*10 >= len(b.Columns)*7 {
			return p
		}
	}
	return nil
}

func headerKey(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// extended lays a saved layout over a table and takes the columns that it does not speak of as the general rules suggest.
func extended(p *mapping.Mapping, look *mapping.Looked, hints mapping.Hints) *mapping.Mapping {
	m, _ := p.Apply(look.Block)
	suggested := look.Suggest(p.Kind, hints)
	spoken := map[string]bool{}
	for _, c := range p.Columns {
		spoken[headerKey(c.Column)] = true
	}
	for i := range m.Columns {
		c := &m.Columns[i]
		if spoken[headerKey(c.Column)] {
			continue
		}
		for _, s := range suggested.Columns {
			if s.Index == c.Index && s.Role == mapping.Mapped && !m.Has(s.Field) {
				*c = s
				c.Reason = "new in this edition of the layout; " + s.Reason
			}
		}
	}
	return m
}
