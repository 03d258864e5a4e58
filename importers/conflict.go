package importers

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/model"
)

// otherValue begins the key in Extra under which a value that was not chosen is kept, with its grade, source and date:
// "other value of floor area". Several stand apart by otherJoin.
const (
	otherValue = "other value of "
	otherJoin  = "; also "
)

// conflict is a field of which two sources say different things. The stated rule chooses the better grade, then the newer where both
// are dated, then what is there.
type conflict struct {
	field       string
	kept, other string // as text
	from        string // source of the kept value
	here        bool   // the file at hand says the kept value
	why         string
}

func firm(f model.Figure) bool { return f.Known() && !f.Grade.Modelled() }

// chooses says whether a firm figure gives way to another, and notes the one that loses.
func (u *updater) chooses(old *model.Figure, now model.Figure, field string) bool {
	if noted := u.before[otherValue+field]; noted != "" && slices.Contains(strings.Split(noted, otherJoin), lost(trimFloat(now.Value), string(now.Grade), now.Source, u.dates[1])) {
		return false // it lost before, in the same edition
	}
	worse := old.Grade.Rank() < now.Grade.Rank()
	if u.by == replace && !worse {
		return true // the owner's newer edition is no contradiction
	}
	take, why := false, ""
	switch {
	case worse:
		why = fmt.Sprintf("it is %s, the other only %s", old.Grade, now.Grade)
	case old.Grade != now.Grade:
		take, why = true, fmt.Sprintf("it is %s, the other only %s", now.Grade, old.Grade)
	case u.newer:
		take, why = true, "it is newer"
	}
	if math.Abs(old.Value-now.Value) <= 0.01*math.Max(math.Abs(old.Value), math.Abs(now.Value)) {
		return take && old.Grade != now.Grade // as good as the same: the better evidence, and nothing to decide
	}
	kept, other, date := *old, now, u.dates[1]
	if take {
		kept, other, date = now, *old, u.dates[0]
	}
	u.disagree(conflict{field: field, kept: trimFloat(kept.Value), other: trimFloat(other.Value), from: kept.Source, here: take, why: why},
		string(other.Grade), other.Source, date)
	return take
}

// disagree notes a conflict and what is to be kept of the value that lost.
func (u *updater) disagree(c conflict, evidence ...string) {
	u.conflicts = append(u.conflicts, c)
	u.notes = append(u.notes, FieldChange{Field: otherValue + c.field, New: lost(c.other, evidence...)})
}

// lost writes a value that was not chosen with what is known of it.
func lost(value string, evidence ...string) string {
	about := make([]string, 0, len(evidence))
	for _, e := range evidence {
		if e != "" {
			about = append(about, e)
		}
	}
	if len(about) == 0 {
		return value
	}
	return value + " (" + strings.Join(about, ", ") + ")"
}

// note keeps a value that was not chosen, once. The map is changed only if it is this update's own: it is copied first.
func (u *updater) note(extra map[string]string, key, text string) map[string]string {
	old := extra[key]
	for _, have := range strings.Split(old, otherJoin) {
		if have == text {
			return extra
		}
	}
	out := make(map[string]string, len(extra)+1)
	for k, v := range extra {
		out[k] = v
	}
	out[key] = text
	if old != "" {
		out[key] = old + otherJoin + text
	}
	u.changed(key, old, out[key], "")
	return out
}

// dated is the date or year that the source states for an asset's figures, empty when it states none.
func dated(a *model.Asset) string {
	return firstNonEmpty(a.Extra[string(mapping.EffectiveDate)], a.Extra[string(mapping.Year)])
}

// isNewer says whether the figures of a are of a later year than those of b, as far as both say.
func isNewer(a, b *model.Asset) bool {
	x, y := yearOf(dated(a)), yearOf(dated(b))
	return x > y && y > 0
}

// yearOf finds the year in a date: "2024", "2023/24", "31/03/2024", "2024-03-31"; 0 when there is none.
func yearOf(s string) int {
	for i := 0; i+4 <= len(s); i++ {
		if i > 0 && digit(s[i-1]) || i+4 < len(s) && digit(s[i+4]) {
			continue
		}
		y := 0
		for _, c := range []byte(s[i : i+4]) {
			if !digit(c) {
				y = -1
				break
			}
			y = y*10 + int(c-'0')
		}
		if y >= 1900 && y <= 2200 {
			return y
		}
	}
	return 0
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// conflictFields are the columns that findings about conflicts point to.
var conflictFields = map[string]mapping.FieldID{"floor area": mapping.FloorArea, "floor area not used": mapping.Unused, "land area": mapping.LandArea, "backlog": mapping.BacklogAll, "value": mapping.Value, "tenure": mapping.TenureKind, "income": mapping.Income,
	"desks": mapping.Desks, "capacity": mapping.Capacity}

func init() {
	for _, k := range costFields {
		conflictFields[string(k.cost)] = k.field
	}
	for _, k := range fuelFields {
		conflictFields[string(k.fuel)] = k.field
	}
}

// conflicts says where a row contradicts what is there, and which was taken.
func (in *intake) conflicts(row table.Row, old *model.Asset, list []conflict) {
	for _, c := range list {
		ch, _ := in.c.first(conflictFields[c.field])
		here, there := c.other, c.kept
		from, verdict := firstNonEmpty(c.from, "what is there"), "the latter was kept"
		if c.here {
			here, there, from, verdict = c.kept, c.other, "what is there", "the former was taken"
		}
		if c.why != "" {
			verdict += ": " + c.why
		}
		in.r.say(model.Warning, in.c.b, row.Number, ch, here, fmt.Sprintf("%s of %s is %s here and %s in %s; %s", c.field, named(old), here, there, from, verdict),
			"Decide which is right; the other is kept with the building.", old.ID)
	}
}
