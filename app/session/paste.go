package session

import (
	"slices"
	"strings"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// Sheet is the table that cells are pasted into, as it is shown.
type Sheet struct {
	Marked  []model.AssetID // the marked rows in order
	From    []model.AssetID // the rows from the first marked one downward
	Columns []Heading       // from the first column of the marked cells rightward
	Block   int             // how many columns are marked, 1 or more
	All     []Heading       // every column there is
}

// Heading is a column of a table: the identifier of its field and what stands
// above it.
type Heading struct{ ID, Label string }

// Pasted is a clipboard laid over a table.
type Pasted struct {
	Edits   []Edit
	How     string // in a sentence: by which rule cells found their places
	Refused []Refusal
}

// ParseCells reads cells as spreadsheets put them on the clipboard: lines of
// tabs, and quotes around what holds either.
func ParseCells(text string) [][]string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	var rows [][]string
	var row []string
	var cell strings.Builder
	quoted, start := false, true
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quoted && c == '"' && i+1 < len(text) && text[i+1] == '"':
			cell.WriteByte('"')
			i++
		case quoted && c == '"':
			quoted = false
		case quoted:
			cell.WriteByte(c)
		case c == '"' && start && closes(text[i+1:]):
			quoted, start = true, false
		case c == '\t' || c == '\n':
			row = append(row, strings.TrimSpace(strings.ReplaceAll(cell.String(), "\n", " ")))
			cell.Reset()
			start = true
			if c == '\n' {
				rows, row = append(rows, row), nil
			}
		default:
			cell.WriteByte(c)
			start = false
		}
	}
	if cell.Len() > 0 || len(row) > 0 {
		rows = append(rows, append(row, strings.TrimSpace(cell.String())))
	}
	for len(rows) > 1 && strings.Join(rows[len(rows)-1], "") == "" {
		rows = rows[:len(rows)-1]
	}
	return rows
}

// closes says whether a quote is ended before a cell ends: an inch mark is not.
func closes(rest string) bool {
	for i := 0; i < len(rest); i++ {
		if rest[i] != '"' {
			continue
		}
		if i+1 < len(rest) && rest[i+1] == '"' {
			i++
			continue
		}
		return i+1 == len(rest) || rest[i+1] == '\t' || rest[i+1] == '\n'
	}
	return false
}

// Lay finds the place of every cell. A first line that repeats headings names
// the columns, and then rows are found by UPRN, reference or name, whichever is
// there; without it cells go from the first marked one rightward and down, and
// one value or one line goes into every marked row.
func (s *Sheet) Lay(p *model.Project, cells [][]string) Pasted {
	fields := Fields(p)
	if len(cells) == 0 || len(cells) == 1 && len(cells[0]) == 1 && cells[0][0] == "" {
		return Pasted{How: words.T("There are no cells on the clipboard. Copy some in a spreadsheet first.")}
	}
	if cols, ok := s.headings(cells); ok {
		return s.layByHeadings(p, fields, cols, cells[1:])
	}
	return s.layFromMarked(fields, cells)
}

// headings reads the first line as the labels of columns, if that is what it is.
func (s *Sheet) headings(cells [][]string) ([]Heading, bool) {
	if len(cells) < 2 {
		return nil, false
	}
	cols := make([]Heading, len(cells[0]))
	found, filled := 0, 0
	for i, c := range cells[0] {
		if c == "" {
			continue
		}
		filled++
		for _, h := range s.All {
			if strings.EqualFold(h.Label, c) || strings.EqualFold(h.ID, c) {
				cols[i] = h
				found++
				break
			}
		}
	}
	return cols, found > 0 && found*2 > filled
}

// identities are the fields that tell one asset from another, the surest first.
var identities = []struct {
	field, word string
	of          func(*model.Asset) string
}{
	{"uprn", "UPRN", func(a *model.Asset) string { return a.UPRN }},
	{"reference", words.Later("reference"), func(a *model.Asset) string { return a.Reference }},
	{"name", words.Later("name"), func(a *model.Asset) string { return a.Name }},
}

func (s *Sheet) layByHeadings(p *model.Project, fields []Field, cols []Heading, cells [][]string) Pasted {
	out := Pasted{}
	key, by := -1, 0
	for i, id := range identities {
		at := slices.IndexFunc(cols, func(h Heading) bool { return h.ID == id.field })
		if at >= 0 && key < 0 && anyIn(cells, at) {
			key, by = at, i
		}
	}
	var rows map[string][]model.AssetID
	switch {
	case key >= 0:
		rows = make(map[string][]model.AssetID, len(p.Assets))
		for i := range p.Assets {
			k := strings.ToLower(identities[by].of(&p.Assets[i]))
			rows[k] = append(rows[k], p.Assets[i].ID)
		}
		out.How = words.F("Columns are found by their headings and rows by %s, wherever they are.", words.T(identities[by].word))
	default:
		out.How = words.T("Columns are found by their headings; rows go down from the first marked one.")
	}
	for n, line := range cells {
		var id model.AssetID
		switch {
		case key >= 0:
			k := ""
			if key < len(line) {
				k = line[key]
			}
			switch found := rows[strings.ToLower(strings.TrimLeft(k, ifUPRN(by)))]; {
			case k == "":
				continue
			case len(found) == 0:
				out.Refused = append(out.Refused, Refusal{Asset: short(k), Sentence: words.F("There is no asset with this %s.", words.T(identities[by].word))})
				continue
			case len(found) > 1:
				out.Refused = append(out.Refused, Refusal{Asset: short(k), Sentence: words.F("More than one asset has this %s; copy the reference with it.", words.T(identities[by].word))})
				continue
			default:
				id = found[0]
			}
		case n < len(s.From):
			id = s.From[n]
		default:
			out.Refused = append(out.Refused, below(len(cells)-n))
			return out.leftOut(fields, cols)
		}
		for i, c := range line {
			if i != key && i < len(cols) && FieldByID(fields, cols[i].ID) != nil {
				out.Edits = append(out.Edits, Edit{id, cols[i].ID, c})
			}
		}
	}
	return out.leftOut(fields, cols)
}

func ifUPRN(identity int) string {
	if identities[identity].field == "uprn" {
		return "0 "
	}
	return ""
}

func anyIn(cells [][]string, at int) bool {
	return slices.ContainsFunc(cells, func(line []string) bool { return at < len(line) && line[at] != "" })
}

// leftOut names the columns that cannot be typed into.
func (p Pasted) leftOut(fields []Field, cols []Heading) Pasted {
	var names []string
	for _, h := range cols {
		if h.ID != "" && FieldByID(fields, h.ID) == nil && !slices.Contains(names, h.Label) {
			names = append(names, h.Label)
		}
	}
	switch {
	case len(names) == 1:
		p.How += words.F(" %s is worked out and stays as it is.", names[0])
	case len(names) > 1:
		p.How += words.F(" %s and %s are worked out and stay as they are.", strings.Join(names[:len(names)-1], ", "), names[len(names)-1])
	}
	return p
}

func below(n int) Refusal {
	return Refusal{Asset: format.Counted(n, "%s line of the clipboard", "%s lines of the clipboard"), Sentence: words.T("There is no row left below.")}
}

func (s *Sheet) layFromMarked(fields []Field, cells [][]string) Pasted {
	out := Pasted{}
	wide := 0
	for _, line := range cells {
		wide = max(wide, len(line))
	}
	rows, cols := s.From, s.Columns
	switch single := wide == 1 && len(cells) == 1; {
	case len(s.Marked) == 0:
		return Pasted{How: words.T("Choose the cell to paste into first.")}
	case len(cells) == 1 && len(s.Marked) > 1:
		rows = s.Marked
		cells = slices.Repeat(cells, len(rows))
		if single {
			cells = repeatAcross(cells, min(s.Block, len(cols)))
			out.How = words.T("The value goes into every marked row.")
		} else {
			out.How = words.T("The line goes into every marked row.")
		}
	case single:
		cells = repeatAcross(cells, min(s.Block, len(cols)))
	case len(s.Marked) == len(cells):
		rows = s.Marked
		out.How = words.T("The lines go into the marked rows in order.")
	default:
		out.How = words.T("Cells go right and down from the first marked one.")
	}
	if n := len(cells) - len(rows); n > 0 {
		out.Refused = append(out.Refused, below(n))
		cells = cells[:len(rows)]
	}
	over := 0
	used := map[string]bool{}
	var heads []Heading
	for r, line := range cells {
		for i, c := range line {
			switch {
			case i >= len(cols):
				over = max(over, i-len(cols)+1)
				continue
			case !used[cols[i].ID]:
				used[cols[i].ID] = true
				heads = append(heads, cols[i])
			}
			if FieldByID(fields, cols[i].ID) != nil {
				out.Edits = append(out.Edits, Edit{rows[r], cols[i].ID, c})
			}
		}
	}
	if over > 0 {
		out.Refused = append(out.Refused, Refusal{Asset: format.Counted(over, "%s column of the clipboard", "%s columns of the clipboard"), Sentence: words.T("There is no column left to the right.")})
	}
	return out.leftOut(fields, heads)
}

// repeatAcross makes lines of one cell as wide as a block.
func repeatAcross(cells [][]string, n int) [][]string {
	out := make([][]string, len(cells))
	for i, line := range cells {
		out[i] = slices.Repeat(line, max(1, n))
	}
	return out
}
