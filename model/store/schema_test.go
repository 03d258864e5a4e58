package store_test

import (
	"database/sql"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model/store"
)

var update = flag.Bool("update", false, "write SCHEMA.md anew")

// about says what each table and view holds; the columns say the rest.
var about = [][2]string{
	{"project", "The settings of the project, in its only row."},
	{"attribution", "What has to be said of the sources, wherever results are shown."},
	{"parameter_set", "The parameter sets this project was ever pinned to; one is pinned now."},
	{"organisation", "Bodies that own, occupy or pay. The rows with a negative `no` are residents, society and the market: they pay and gain but are not organisations of the place."},
	{"asset", "A building or a piece of land that somebody holds, with how it is held, what it costs and uses in a year, and the columns of its source that have no field, as a JSON object. The views `asset_cost`, `asset_energy`, `asset_extra`, `tenure` and `lease_event` give these one a row."},
	{"asset_part", "Shares of an asset's floor area with a use of their own."},
	{"asset_lock", "What forbids actions on an asset."},
	{"service", "Teams and public services that need space."},
	{"service_need", "Rooms a service needs, by type."},
	{"service_rule", "Services it may not share a building with, or must be near."},
	{"occupation", "Which service is in which asset from the start of the plan."},
	{"population_point", "Places where people live."},
	{"population_group", "How many of each group live there. Groups overlap and need not sum."},
	{"boundary", "Named areas drawn on the map."},
	{"scenario", "Sets of dated actions over the baseline estate."},
	{"action", "One dated decision about one asset."},
	{"action_value", "Values of an action that differ from the catalogue's default."},
	{"action_list", "The services an action moves, the assets it empties, and its retrofit measures, in order."},
	{"phase", "Parts of a phased development."},
	{"phase_value", "Values of a phase that differ from the default."},
	{"manual_stream", "Cash-flow rows that the user typed, pasted or imported."},
	{"manual_value", "Their values: real £ in pence, costs negative, one a year from the first."},
	{"assumption", "Numbers results rest on that override the parameter set, and the project's own."},
	{"finding", "What is wrong, missing or surprising in the data, with the cell it was seen in."},
	{"paper_part", "What the user changed in the sections of the business case."},
	{"decision", "Frozen, numbered versions of the project. A row is never updated."},
	{"audit", "Everything that was ever done. Rows are only added."},
	{"undo", "The undo journal. For Flagstone alone; other programs leave it be."},
	{"result", "Scenarios whose flows are in the file, and when they were computed."},
	{"flow_line", "Everything of a flow but its years."},
	{"flow", "The value of a line in a financial year."},
	{"v_asset", "One row an asset, in £ and not pence."},
	{"asset_cost", "Yearly running costs of an asset, by kind. Energy is held apart. Up to version 3 a table, like the next four."},
	{"asset_energy", "Energy an asset uses in a year, by fuel."},
	{"asset_extra", "Columns of the source file that have no field, kept as they were."},
	{"tenure", "How an asset is held. No row: not known."},
	{"lease_event", "Dated events of a lease: the next tenant's break, the expiry, the next rent review."},
	{"v_result", "Which scenarios have results, and whether the project has changed since."},
	{"v_money_flow", "£ by financial year: positive comes in to the payer, negative goes out."},
	{"v_carbon_flow", "kWh consumed and kgCO2e emitted, by financial year."},
	{"v_space", "Who sits where. Rows without a scenario are today's occupations in the base year; the others are results."},
}

const schemaHead = `# The tables of a project file

A project, ` + "`*.flagstone`" + `, is one SQLite 3 database. Any SQLite tool can read it; only Flagstone should write it, because
every change has to leave its row in ` + "`audit`" + `. Copy the file while it is closed, or use "Save a copy".

This page is checked against the program by a test; it is written anew by ` + "`go test ./model/store -run Schema -update`" + `.

* application_id is 0x464c4753 ("FLGS"); user_version is %d, the number of the schema. Journal mode DELETE; all tables STRICT.
* ` + "`no`" + ` is the place of a thing in its list and what other tables refer to. ` + "`id`" + ` is its name in the program.
* A figure is three columns: the value, ` + "`…_grade`" + ` and ` + "`…_source`" + `. The value is NULL when nothing is known. Grades: measured, stated,
  benchmark, estimated, placeholder; benchmark and worse are *modelled* and have to be called so wherever they are shown.
* Columns in ` + "`_pence`" + ` are whole pence; in ` + "`_m2`" + ` square metres gross internal. Ratios are REAL. Dates are ISO text. Years are
  financial years named by the calendar year they begin in.
* The market value of an asset (` + "`value_pence`, `value_exempt`" + `), and rows with ` + "`exempt`" + ` = 1, are not for publication.
`

func TestSchemaIsDescribed(t *testing.T) {
	f := newFile(t, minimal())
	path := f.Path()
	f.Close()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var b strings.Builder
	fmt.Fprintf(&b, schemaHead, store.Version())
	known := map[string]bool{}
	for _, x := range about {
		known[x[0]] = true
		if x[0] == "v_asset" {
			b.WriteString("\n# The views\n")
		}
		describe(t, db, &b, x[0], x[1])
	}
	rows, err := db.Query(`SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		if !known[name] {
			t.Errorf("%s has no description", name)
		}
	}
	if *update {
		if err := os.WriteFile("SCHEMA.md", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile("SCHEMA.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != b.String() {
		t.Error("SCHEMA.md is out of date: run go test ./model/store -run Schema -update")
	}
}

func describe(t *testing.T, db *sql.DB, b *strings.Builder, name, text string) {
	t.Helper()
	var def, kind string
	if err := db.QueryRow(`SELECT type, sql FROM sqlite_schema WHERE name = ?`, name).Scan(&kind, &def); err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	fmt.Fprintf(b, "\n## %s\n\n%s\n\n", name, text)
	refers := map[string]string{}
	fks := rowsOf(t, db, `SELECT "from", "table", "to" FROM pragma_foreign_key_list(?) ORDER BY id DESC, seq`, name)
	for _, r := range fks {
		refers[r[0]] = strings.TrimPrefix(refers[r[0]]+", ", ", ") + r[1] + "." + r[2]
	}
	cols := rowsOf(t, db, `SELECT name, type, "notnull" OR pk, pk FROM pragma_table_info(?) ORDER BY cid`, name)
	if kind == "view" {
		names := make([]string, len(cols))
		for i, c := range cols {
			names[i] = "`" + c[0] + "`"
		}
		fmt.Fprintf(b, "%s\n", strings.Join(names, ", "))
		return
	}
	b.WriteString("| column | type | | refers to | |\n|---|---|---|---|---|\n")
	for _, c := range cols {
		var marks []string
		if c[3] != "0" {
			marks = append(marks, "key")
		}
		if c[2] == "0" {
			marks = append(marks, "may be NULL")
		}
		note := ""
		if m := regexp.MustCompile(`(?m)^\s+` + c[0] + `\b.*?--\s*(.*)$`).FindStringSubmatch(def); m != nil {
			note = m[1]
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", c[0], c[1], strings.Join(marks, ", "), refers[c[0]], note)
	}
}

func rowsOf(t *testing.T, db *sql.DB, q, arg string) [][]string {
	t.Helper()
	rows, err := db.Query(q, arg)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	cols, _ := rows.Columns()
	var out [][]string
	for rows.Next() {
		r := make([]string, len(cols))
		dest := make([]any, len(cols))
		for i := range r {
			dest[i] = &r[i]
		}
		if err := rows.Scan(dest...); err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	return out
}

// The rules of the schema hold for tables that are added later, too.
func TestTablesAreStrictAndForeignKeysIndexed(t *testing.T) {
	f := newFile(t, minimal())
	f.Close()
	db, err := sql.Open("sqlite", "file:"+f.Path()+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, r := range rowsOf(t, db, `SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = ? AND name NOT LIKE 'sqlite%'`, "main") {
		if r[1] != "1" {
			t.Errorf("%s is not STRICT", r[0])
		}
		indexes := map[string]bool{}
		for _, x := range rowsOf(t, db, `SELECT group_concat(c.name, ' ') FROM pragma_index_list(?) i, pragma_index_info(i.name) c GROUP BY i.name`, r[0]) {
			indexes[x[0]] = true
		}
		for _, x := range rowsOf(t, db, `SELECT group_concat(name, ' ') FROM (SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk)`, r[0]) {
			indexes[x[0]] = true
		}
		for _, fk := range rowsOf(t, db, `SELECT group_concat("from", ' ') FROM pragma_foreign_key_list(?) GROUP BY id`, r[0]) {
			covered := false
			for i := range indexes {
				covered = covered || i == fk[0] || strings.HasPrefix(i, fk[0]+" ")
			}
			if !covered {
				t.Errorf("%s: no index begins with the foreign key (%s): %v", r[0], fk[0], indexes)
			}
		}
	}
	for _, q := range []string{"PRAGMA application_id", "PRAGMA user_version", "PRAGMA journal_mode"} {
		var v string
		if err := db.QueryRow(q).Scan(&v); err != nil {
			t.Fatal(err)
		}
		want := map[string]string{"PRAGMA application_id": "1179404115", "PRAGMA user_version": fmt.Sprint(store.Version()), "PRAGMA journal_mode": "delete"}[q]
		if v != want {
			t.Errorf("%s is %s, want %s", q, v, want)
		}
	}
}
