package detail

import (
	"context"
	"time"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// past is what was done to the asset on show, read off the UI goroutine.
type past struct {
	of    model.AssetID
	in    *app.Snapshot // as of which state of the project
	steps []session.Past
}

// mostSteps is how many steps the pane lists; the file keeps all of them.
const mostSteps = 12

// pastFacts lists who changed an asset, from what to what, the newest first. It
// asks for the list when it has not got it, and is asked again when that is
// there.
func (v *View) pastFacts(s *app.Snapshot, a *model.Asset, f *facts) {
	if v.past.of != a.ID || v.past.in != s {
		ws, id := v.desk.Workspace(), a.ID
		var old []session.Past
		if v.past.of == id {
			old = v.past.steps // stay in sight until the new ones are there
		}
		v.past = past{of: id, in: s, steps: old}
		if ws == nil {
			return
		}
		go func() {
			steps, err := ws.Past(context.Background(), id)
			v.desk.Post(func() {
				if err == nil && v.past.of == id && v.past.in == s {
					v.past.steps = steps
					v.show()
				}
			})
		}()
	}
	if len(v.past.steps) == 0 {
		return
	}
	f.section(words.T("What was changed"))
	for i := range v.past.steps {
		if i == mostSteps {
			f.prose(words.F("And %d more; the file keeps every one.", len(v.past.steps)-i))
			break
		}
		stepFacts(&v.past.steps[i], f)
	}
}

func stepFacts(p *session.Past, f *facts) {
	what := format.Capital(p.Name)
	switch {
	case p.Back:
		what = words.F("Taken back: %s", p.Name)
	case p.Again:
		what = words.F("Done again: %s", p.Name)
	}
	*f = append(*f, widgets.Fact{Value: what, Prose: true, Tip: p.Why}, widgets.Fact{Label: words.F("%s by %s", moment(p.When), p.Who)})
	for _, d := range p.Fields {
		*f = append(*f, widgets.Fact{Label: d.Label, Value: d.Before + " → " + d.After, Level: 1})
	}
	if p.Why != "" {
		f.prose(words.F("Reason: %s", p.Why))
	}
	if p.Next {
		f.prose(words.T("Undo takes this back (Ctrl+Z)."))
	}
}

// moment writes an ISO time in UTC as the date and time here.
func moment(iso string) string {
	t, err := time.Parse(time.RFC3339, iso)
	if err != nil {
		return iso
	}
	t = t.Local()
	return format.Date(t.Format("2006-01-02")) + ", " + t.Format("15:04")
}
