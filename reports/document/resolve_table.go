package document

func (r *resolver) table(t Table) Table {
	t.Caption, t.Source = Clean(t.Caption), Clean(t.Source)
	if !t.Continues || r.tables == 0 {
		t.Continues = false
		r.tables++
	}
	t.number = r.tables
	t.ID = r.id(t.ID, t.Label())
	n := len(t.Columns)
	for _, row := range t.Rows {
		w := 0
		for _, c := range row.Cells {
			w += max(c.Span, 1)
		}
		n = max(n, w)
	}
	cols := make([]Column, n)
	copy(cols, t.Columns)
	for i := range cols {
		cols[i].Heading, cols[i].Unit = Clean(cols[i].Heading), Clean(cols[i].Unit)
		if cols[i].Weight <= 0 {
			cols[i].Weight = 1
		}
	}
	t.Columns = cols
	t.Groups = r.groups(t.Groups, n)
	notes := make([]string, len(t.Notes))
	for i, s := range t.Notes {
		notes[i] = Clean(s)
	}
	t.Notes = notes
	rows := make([]Row, 0, len(t.Rows))
	for _, row := range t.Rows {
		rows = append(rows, r.row(row, n, len(notes)))
	}
	if len(rows) == 0 && n > 0 {
		rows = []Row{{Cells: []Cell{{Runs: []Inline{Text{S: "No entries", Italic: true}}, Span: n}}}}
	}
	t.Rows = rows
	return t
}

func (r *resolver) groups(in []Group, n int) []Group {
	if len(in) == 0 || n == 0 {
		return nil
	}
	var out []Group
	at := 0
	for _, g := range in {
		g.Span = min(max(g.Span, 1), n-at)
		if g.Span <= 0 {
			break
		}
		g.Text = Clean(g.Text)
		out, at = append(out, g), at+g.Span
	}
	if at < n {
		out = append(out, Group{Span: n - at})
	}
	return out
}

func (r *resolver) row(row Row, n, notes int) Row {
	cells := make([]Cell, 0, n)
	at := 0
	for _, c := range row.Cells {
		c.Span = min(max(c.Span, 1), n-at)
		if row.Kind == Subhead && len(row.Cells) == 1 {
			c.Span = n - at
		}
		c.Runs = r.runs(c.Runs)
		if c.NoteRef < 0 || c.NoteRef > notes {
			c.NoteRef = 0
		}
		cells, at = append(cells, c), at+c.Span
	}
	for ; at < n; at++ {
		cells = append(cells, Cell{Span: 1})
	}
	row.Cells = cells
	return row
}
