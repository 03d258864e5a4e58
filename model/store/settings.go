package store

import (
	"slices"

	"github.com/planting-the-flag/flagstone/model"
)

// Settings are the fields of a project that are not lists of things.
type Settings struct {
	Name         string
	BaseYear     int
	Horizon      int
	PriceBase    int
	ParameterSet string
	Currency     string
	ModelledNote string
	Attribution  []string
}

// SettingsOf takes the settings out of a project.
func SettingsOf(p *model.Project) Settings {
	return Settings{p.Name, p.BaseYear, p.Horizon, p.PriceBase, p.ParameterSet, p.Currency, p.ModelledNote, p.Attribution}
}

func (s *Settings) give(p *model.Project) {
	p.Name, p.BaseYear, p.Horizon, p.PriceBase = s.Name, s.BaseYear, s.Horizon, s.PriceBase
	p.ParameterSet, p.Currency, p.ModelledNote, p.Attribution = s.ParameterSet, s.Currency, s.ModelledNote, s.Attribution
}

const settingsKey = "project"

var settings = &list[Settings]{
	of:   KindSettings,
	kept: tables{root: "project", details: []detail{{"attribution", "project"}}},
	key:  func(int64, *Settings) string { return settingsKey },
	name: func(s *Settings) string { return quoted("settings of", s.Name, "") },
	items: func(p *model.Project) []Settings {
		return []Settings{SettingsOf(p)}
	},
	set: func(p *model.Project, items []Settings) {
		if len(items) == 1 {
			items[0].give(p)
		}
	},
	clone: func(s *Settings) *Settings {
		c := *s
		c.Attribution = some(slices.Clone(s.Attribution))
		return &c
	},
	tidy: func(s *Settings) error {
		texts(&s.Name, &s.ParameterSet, &s.Currency, &s.ModelledNote)
		for i := range s.Attribution {
			text(&s.Attribution[i])
		}
		p := model.Project{}
		s.give(&p)
		return p.Validate()
	},
	put: putSettings,
	get: getSettings,
}

func putSettings(w *writer, rows []row[Settings]) error {
	in := w.upsert("project", "no", "name", "base_year", "horizon", "price_base", "parameter_set", "currency", "modelled_note")
	sources := w.into("attribution", "project", "ord", "text")
	for _, r := range rows {
		s := r.item
		if _, err := w.conn.ExecContext(background, `UPDATE parameter_set SET pinned = 0`); err != nil {
			return err
		}
		var set any
		if s.ParameterSet != "" {
			set = s.ParameterSet
			const pin = `INSERT INTO parameter_set (id, pinned) VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET pinned = 1`
			if _, err := w.conn.ExecContext(background, pin, set); err != nil {
				return err
			}
		}
		in.add(r.no)
		in.text(s.Name)
		in.int(s.BaseYear)
		in.int(s.Horizon)
		in.int(s.PriceBase)
		in.add(set)
		in.text(s.Currency, s.ModelledNote)
		in.end()
		for i, a := range s.Attribution {
			sources.add(r.no, int64(i), a)
			sources.end()
		}
	}
	return finish(in, sources)
}

func getSettings(r *loader) (order []int64, items []Settings, err error) {
	d, err := r.query(`SELECT no, name, base_year, horizon, price_base, parameter_set, currency, modelled_note FROM project ORDER BY no`)
	if err != nil {
		return nil, nil, err
	}
	for d.step() {
		order = append(order, d.int())
		items = append(items, Settings{Name: d.text(), BaseYear: int(d.int()), Horizon: int(d.int()), PriceBase: int(d.int()),
			ParameterSet: d.text(), Currency: d.text(), ModelledNote: d.text()})
	}
	if err := d.close(); err != nil {
		return nil, nil, err
	}
	return order, items, follow(r, order, items, `SELECT project, text FROM attribution ORDER BY project, ord`,
		func(s *Settings, d *reader) { s.Attribution = append(s.Attribution, d.text()) })
}
