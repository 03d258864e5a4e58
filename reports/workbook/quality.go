package workbook

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/gaps"
)

// buildQuality says how sure the figures are and what is wrong with the data.
func (b *builder) buildQuality() error {
	s := newSheet("Data quality")
	b.add(s, "How sure the figures are, what is modelled, findings in the data")
	s.put(1, 1, txt(stTitle, "Data quality"))
	s.put(2, 1, txt(stSubtitle, "How much of each scenario rests on which evidence, and what was found in the data."))
	for c, w := range map[int]float64{1: 30, 2: 30, 3: 24, 4: 18, 5: 18, 6: 80, 7: 60} {
		s.widths[c] = w
	}
	s.frozen, s.titles = [2]int{0, 1}, 2
	r := 4
	b.section(s, r, "Discounted size of the money streams by evidence grade, £ (flows in and out both counted as they are)", 7)
	r++
	s.heads(r, 1, "Evidence grade")
	for i, sc := range b.scenarios {
		s.put(r, 2+i, txt(stHeadRight, sc.label))
	}
	r++
	r = b.gradeRows(s, r)
	if p := b.cmp.Project; p != nil {
		if p.ModelledNote != "" {
			r++
			b.section(s, r, "How modelled figures were made", 7)
			s.wrapped(r+1, 6, p.ModelledNote)
			r += 2
		}
		r = b.knownRows(s, r+1, p)
		r++
		b.section(s, r, "Conflicts: actions that a scenario states and that could not be carried out as they stand", 7)
		r++
		n := 0
		for _, sc := range b.scenarios {
			for _, c := range sc.res.Plan.Conflicts {
				s.row(r, 1, txt(stText, sc.label), txt(stText, b.asset(c.Asset)), txt(stText, c.Kind), txt(stText, string(c.Action)))
				s.wrapped(r, 6, c.Message)
				r++
				n++
			}
		}
		if n == 0 {
			s.put(r, 1, txt(stNote, "None."))
			r++
		}
		r++
		b.section(s, r, fmt.Sprintf("Findings in the data: %d", len(p.Findings)), 7)
		r++
		r = b.findings(s, r, p.Findings)
		if len(p.Attribution) > 0 {
			r++
			b.section(s, r, "Sources and licences", 7)
			r++
			for _, a := range p.Attribution {
				s.wrapped(r, 6, a)
				r++
			}
		}
	}
	return nil
}

// knownRows scores how much is known, field by field, of all assets and of those that each scenario decides on.
func (b *builder) knownRows(s *sheet, r int, p *model.Project) int {
	b.section(s, r, "How much is known, 0 to 1: of all assets, and of those that each scenario decides on", 7)
	r++
	s.heads(r, 1, "Field", "All assets")
	scores := []gaps.Quality{gaps.QualityOfAll(p.Assets)}
	for i, sc := range b.scenarios {
		q, _ := gaps.QualityOfDecision(p, &sc.res.Scenario)
		scores = append(scores, q)
		s.put(r, 3+i, txt(stHeadRight, sc.label))
	}
	for _, f := range append(gaps.Fields(), "") {
		r++
		label := f
		if f == "" {
			label = "all, weighed by what an appraisal needs"
		}
		s.put(r, 1, txt(stLabel, label))
		for i, q := range scores {
			v, asked := q.Fields[f]
			if f == "" {
				v, asked = q.Score, len(q.Fields) > 0
			}
			if asked {
				s.put(r, 2+i, num(stRatio, v))
			}
		}
	}
	s.put(r+1, 1, txt(stNote, "A measured figure counts 1, a stated one 0.9, a benchmark 0.4, a modelled one 0.3, a placeholder 0.1; land is not asked for what only buildings have."))
	return r + 2
}

// gradeRows adds up, by grade, the present value of the positive and the
// negative streams apart, so that one does not hide the other.
func (b *builder) gradeRows(s *sheet, r int) int {
	first := r
	totals := make([]float64, len(b.scenarios))
	for _, g := range append(append([]model.Grade(nil), model.Grades...), model.NotKnown) {
		s.put(r, 1, txt(stLabel, gradeName(g)))
		for i, sc := range b.scenarios {
			v := 0.0
			for _, bl := range []*block{b.common, sc.own} {
				for k, st := range bl.streams {
					if isEconomic(st) && st.Grade == g {
						x := dot(bl.flows[k], b.discount.v)
						v += max(x, -x)
					}
				}
			}
			totals[i] += v
			l := b.lay
			blocks := []*block{b.common, sc.own}
			conds := []where{{l.economic, "1"}, {l.grade, colAbs(r, 1)}}
			f := b.sumOf(blocks, l.present, false, append(conds, where{l.present, `">0"`})...) + "-(" + b.sumOf(blocks, l.present, false, append(conds, where{l.present, `"<0"`})...) + ")"
			s.put(r, 2+i, calc(stCalc, f, v))
		}
		r++
	}
	s.put(r, 1, txt(stOutLabel, "All economic money streams"))
	for i := range b.scenarios {
		s.put(r, 2+i, calc(stOut, fmt.Sprintf("SUM(%s:%s)", a1(first, 2+i), a1(r-1, 2+i)), totals[i]))
	}
	r++
	s.put(r, 1, txt(stLabel, "Share measured or stated"))
	for i := range b.scenarios {
		v := 0.0
		if totals[i] != 0 {
			v = (s.at(first, 2+i).n + s.at(first+1, 2+i).n) / totals[i]
		}
		s.put(r, 2+i, calc(stCalcPct, fmt.Sprintf("IF(%[1]s=0,0,(%[2]s+%[3]s)/%[1]s)", a1(r-1, 2+i), a1(first, 2+i), a1(first+1, 2+i)), v))
	}
	return r + 1
}

func (b *builder) findings(s *sheet, r int, all []model.Finding) int {
	if len(all) == 0 {
		s.put(r, 1, txt(stNote, "None."))
		return r + 1
	}
	heads := []string{"Severity", "File", "Sheet", "Row and column", "Value", "What is wrong", "What to do"}
	s.heads(r, 1, heads...)
	first := r
	r++
	for _, f := range all {
		value := f.Value
		if b.opt.Edition == Public { // a value quoted from a register may itself be sensitive
			value = ""
		}
		where := f.Column
		if f.Row > 0 {
			where = fmt.Sprintf("%d %s", f.Row, f.Column)
		}
		s.row(r, 1, txt(stText, string(f.Severity)), txt(stText, f.File), txt(stText, f.Sheet), txt(stText, where), txt(stText, value))
		s.wrapped(r, 6, f.Message)
		s.wrapped(r, 7, f.Remedy)
		r++
	}
	s.tables = append(s.tables, table{name: "Findings", row: first, col: 1, rows: r - first - 1, cols: 7, heads: heads})
	return r
}

// buildChangeLog lists what differs from the parameter set, the decisions made,
// and leaves lines for whoever changes the book.
func (b *builder) buildChangeLog() error {
	s := newSheet("Change log")
	b.add(s, "Changed assumptions, decisions, and lines for your own changes")
	s.put(1, 1, txt(stTitle, "Change log"))
	s.put(2, 1, txt(stSubtitle, "What was changed from the parameter set, and by whom. Write your own changes below: they are read back with the book."))
	for c, w := range map[int]float64{1: 34, 2: 44, 3: 18, 4: 24, 5: 24, 6: 60} {
		s.widths[c] = w
	}
	s.frozen, s.titles = [2]int{0, 1}, 2
	r := 4
	b.section(s, r, "Assumptions the project changed or added", 6)
	r++
	s.heads(r, 1, "Key", "Assumption", "Value", "Owner", "Date", "Why")
	r++
	n := 0
	if p := b.cmp.Project; p != nil {
		for _, a := range p.Assumptions {
			if a.Exempt && b.opt.Edition == Public {
				continue
			}
			v := num(stCalcAny, a.Value)
			if name, ok := b.nameOf[a.Key]; ok && b.valueBy[a.Key] == a.Value {
				v = calc(stCalcAny, name, a.Value)
			}
			s.row(r, 1, txt(stText, a.Key), txt(stText, a.Label), v, txt(stText, a.Owner), txt(stText, a.Date), txt(stText, fallback(a.Reason, a.Source)))
			r++
			n++
		}
	}
	if n == 0 {
		s.put(r, 1, txt(stNote, "None."))
		r++
	}
	r++
	b.section(s, r, "Decisions frozen", 6)
	r++
	n = 0
	if p := b.cmp.Project; p != nil {
		for _, d := range p.Decisions {
			s.row(r, 1, txt(stText, fmt.Sprintf("%d %s", d.Number, d.Name)), txt(stText, d.Hash), txt(stText, ""), txt(stText, d.Who), txt(stText, d.When))
			r++
			n++
		}
	}
	if n == 0 {
		s.put(r, 1, txt(stNote, "None."))
		r++
	}
	r++
	b.section(s, r, "Your changes", 6)
	r++
	s.heads(r, 1, "Cell or key", "What was changed", "Date", "Who", "Was", "Why")
	for i := range 12 {
		for c := 1; c <= 6; c++ {
			s.put(r+1+i, c, blank(stInputText))
		}
	}
	return nil
}
