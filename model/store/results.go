package store

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/planting-the-flag/flagstone/model"
)

// FlowRow is one value of one year of one stream of a scenario.
type FlowRow struct {
	Scenario model.ScenarioID
	Ledger   string // "money", "carbon" or "space"
	Asset    model.AssetID
	Action   model.ActionID
	Category string
	Label    string
	Payer    model.OrganisationID
	Unit     string
	Year     int
	Value    float64 // in Unit; £ for money
}

// StoreResults puts the flows of scenarios into the file, in place of those
// that are there of the same scenarios, for readers with other tools: views
// v_money_flow, v_carbon_flow and v_space. It is not a change of the project:
// it leaves no audit row and cannot be taken back. Rows that differ in nothing
// but their value are added up.
func (f *File) StoreResults(flows map[model.ScenarioID][]FlowRow) error {
	err := f.storeResults(flows)
	if err == nil && f.options.OnChange != nil {
		f.options.OnChange(Change{Name: "results", Deed: Result})
	}
	return err
}

func (f *File) storeResults(flows map[model.ScenarioID][]FlowRow) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.writable("keep results in"); err != nil {
		return err
	}
	type set struct {
		no   int64
		rows []FlowRow
	}
	var sets []set
	for id, rows := range flows {
		no, ok := f.state.numbers[KindScenario][string(id)]
		if !ok {
			return model.NotFound("scenario", string(id))
		}
		rows = slices.Clone(rows)
		for i := range rows {
			if err := rows[i].tidy(id); err != nil {
				return err
			}
		}
		slices.SortStableFunc(rows, func(a, b FlowRow) int { return cmp.Or(a.line().compare(b.line()), cmp.Compare(a.Year, b.Year)) })
		sets = append(sets, set{no, rows})
	}
	slices.SortFunc(sets, func(a, b set) int { return cmp.Compare(a.no, b.no) })
	err := f.conn.transact(forWriting, func() error {
		for _, s := range sets {
			if err := f.conn.exec(`DELETE FROM result WHERE scenario = ?`, s.no); err != nil {
				return err
			}
			const add = `INSERT INTO result (scenario, at, audit) VALUES (?, ?, (SELECT max(no) FROM audit))`
			if err := f.conn.exec(add, s.no, f.options.stamp()); err != nil {
				return err
			}
			if err := f.conn.putFlows(s.no, s.rows); err != nil {
				return err
			}
		}
		return nil
	})
	return explain("keep results in", f.path, err)
}

func (c *connection) putFlows(scenario int64, rows []FlowRow) error {
	var no int64
	if err := c.one(&no, `SELECT coalesce(max(no), 0) FROM flow_line`); err != nil {
		return err
	}
	w := &writer{conn: c.Conn}
	lines := w.into("flow_line", "no", "scenario", "ledger", "asset", "action", "category", "label", "payer", "unit")
	flow := w.into("flow", "line", "year", "value")
	for i := 0; i < len(rows); {
		l := rows[i].line()
		no++
		lines.add(no, scenario)
		lines.text(l[:]...)
		lines.end()
		for i < len(rows) && rows[i].line() == l {
			year, sum := rows[i].Year, 0.0
			for ; i < len(rows) && rows[i].line() == l && rows[i].Year == year; i++ {
				sum += rows[i].Value
			}
			flow.add(no, int64(year), sum)
			flow.end()
		}
	}
	return finish(lines, flow)
}

// line is what a row has in common with those of other years, in the order of
// the columns.
func (r *FlowRow) line() line {
	return line{r.Ledger, string(r.Asset), string(r.Action), r.Category, r.Label, string(r.Payer), r.Unit}
}

type line [7]string

func (l line) compare(m line) int { return slices.Compare(l[:], m[:]) }

func (r *FlowRow) tidy(of model.ScenarioID) error {
	t := &tidier{what: fmt.Sprintf("Result %q of scenario %q", r.Label, of)}
	if r.Scenario != "" && r.Scenario != of {
		t.refuse("scenario", "it belongs to the scenario %q", r.Scenario)
	}
	switch r.Ledger {
	case "money", "carbon", "space":
	default:
		t.refuse("ledger", "there is no ledger %q", r.Ledger)
	}
	texts(&r.Category, &r.Label, &r.Unit)
	text(&r.Asset)
	text(&r.Action)
	text(&r.Payer)
	t.number("value in "+model.FinancialYear(r.Year), &r.Value)
	return t.err
}

// ResultState says of a scenario's results whether they are still those of the
// project.
type ResultState struct {
	Scenario  model.ScenarioID
	When      string
	OutOfDate bool
	Lines     int
}

// Results lists the scenarios that have results in the file.
func (f *File) Results() ([]ResultState, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.usable("read"); err != nil {
		return nil, err
	}
	d, err := query(f.conn.Conn, `SELECT scenario, at, out_of_date, lines FROM v_result ORDER BY scenario`)
	if err != nil {
		return nil, explain("read", f.path, err)
	}
	var out []ResultState
	for d.step() {
		out = append(out, ResultState{Scenario: model.ScenarioID(d.text()), When: d.text(), OutOfDate: d.yes(), Lines: int(d.int())})
	}
	return out, explain("read", f.path, d.close())
}

// Flows reads the results of a scenario back, in order of line and year.
func (f *File) Flows(scenario model.ScenarioID) ([]FlowRow, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.usable("read"); err != nil {
		return nil, err
	}
	d, err := query(f.conn.Conn, `SELECT l.ledger, l.asset, l.action, l.category, l.label, l.payer, l.unit, f.year, f.value
		FROM flow_line l JOIN flow f ON f.line = l.no JOIN scenario s ON s.no = l.scenario WHERE s.id = ? ORDER BY l.no, f.year`, string(scenario))
	if err != nil {
		return nil, explain("read", f.path, err)
	}
	var out []FlowRow
	for d.step() {
		out = append(out, FlowRow{Scenario: scenario, Ledger: d.text(), Asset: model.AssetID(d.text()), Action: model.ActionID(d.text()),
			Category: d.text(), Label: d.text(), Payer: model.OrganisationID(d.text()), Unit: d.text(), Year: int(d.int()), Value: d.number()})
	}
	return out, explain("read", f.path, d.close())
}
