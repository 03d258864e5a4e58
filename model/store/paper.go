package store

import "github.com/planting-the-flag/flagstone/model"

var papers = &list[model.PaperPart]{
	of:    KindPaper,
	kept:  tables{root: "paper_part"},
	key:   func(_ int64, s *model.PaperPart) string { return s.Section },
	name:  func(s *model.PaperPart) string { return quoted("part of the paper", s.Title, s.Section) },
	items: func(p *model.Project) []model.PaperPart { return p.Papers },
	set:   func(p *model.Project, items []model.PaperPart) { p.Papers = items },
	clone: func(s *model.PaperPart) *model.PaperPart { c := *s; return &c },
	tidy: func(s *model.PaperPart) error {
		t := &tidier{what: "Part of the paper", name: s.Title, id: s.Section}
		id(t, "section", &s.Section)
		texts(&s.Title, &s.Words, &s.At)
		return t.err
	},
	put: func(w *writer, rows []row[model.PaperPart]) error {
		in := w.upsert("paper_part", "no", "section", "left_out", "title", "words", "at")
		for _, r := range rows {
			s := r.item
			in.add(r.no, s.Section)
			in.yes(s.LeftOut)
			in.text(s.Title, s.Words, s.At)
			in.end()
		}
		return in.done()
	},
	get: func(r *loader) (order []int64, items []model.PaperPart, err error) {
		d, err := r.query(`SELECT no, section, left_out, title, words, at FROM paper_part ORDER BY no`)
		if err != nil {
			return nil, nil, err
		}
		for d.step() {
			order = append(order, d.int())
			items = append(items, model.PaperPart{Section: d.text(), LeftOut: d.yes(), Title: d.text(), Words: d.text(), At: d.text()})
		}
		return order, items, d.close()
	},
}
