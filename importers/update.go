package importers

import (
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

// rule says which of two values wins when both are known.
type rule uint8

const (
	fillOnly rule = iota // what is there stays unless the other is of better grade, or of the same and newer; both are kept
	replace              // the file wins: it is a newer edition of the same register; better evidence still stays
	blanks               // only blanks are filled, and the rest is forgotten
)

// authority decides the rule: a register that names the asset by its owner's reference, or by the owner's own UPRN, speaks for it; any
// other list only adds.
func (in *intake) authority(old, a *model.Asset) rule {
	if owner(old) == owner(a) && (a.Reference != "" && strings.EqualFold(a.Reference, old.Reference) || a.UPRN != "" && a.UPRN == old.UPRN && a.Reference == old.Reference) {
		return replace
	}
	if owner(old) == owner(a) && old.Reference == "" && a.Reference == "" && plainName(old.Name) == plainName(a.Name) {
		return replace
	}
	return fillOnly
}

// update lays a over old and lists what changed. A blank in a never erases what is known, and a figure of better evidence is never
// replaced by one of worse. Where both are evidence and differ, one is chosen and the other kept in Extra: those are the conflicts.
func update(old, a *model.Asset, by rule) ([]FieldChange, []conflict) {
	u := &updater{by: by, newer: isNewer(a, old), dates: [2]string{dated(old), dated(a)}, before: old.Extra}
	u.text("uprn", &old.UPRN, a.UPRN)
	u.text("reference", &old.Reference, a.Reference)
	if !madeUp(a) || madeUp(old) {
		u.text("name", &old.Name, a.Name)
	}
	if !strings.HasPrefix(strings.ToLower(old.Address), strings.ToLower(a.Address)) { // a shorter way to say the same changes nothing
		u.text("address", &old.Address, a.Address)
	}
	u.text("postcode", &old.Postcode, a.Postcode)
	if a.Located() && (!old.Located() || better(a.Placed, old.Placed) || by == replace && !better(old.Placed, a.Placed) && moved(old.Location, a.Location)) {
		u.changed("location", where(old), where(a), "")
		old.Location, old.Placed = a.Location, a.Placed
	}
	u.text("small area", &old.Area, a.Area)
	u.text("ward", &old.Ward, a.Ward)
	if a.Use != "" && a.Use != model.UseOther && (old.Use == "" || old.Use == model.UseOther || by == replace && old.Use != a.Use && statedUse(a)) {
		u.changed("use", string(old.Use), string(a.Use), "")
		old.Use = a.Use
	} else if old.Use == "" {
		old.Use = a.Use
	}
	u.text("holding", &old.Holding, a.Holding)
	u.text("detail", &old.Detail, a.Detail)
	u.figure("floor area", &old.FloorArea, a.FloorArea)
	u.figure("floor area not used", &old.Unused, a.Unused)
	u.figure("land area", &old.LandArea, a.LandArea)
	u.text("energy rating", &old.EnergyRating, a.EnergyRating)
	u.text("condition", &old.Condition, a.Condition)
	old.Costs = updated(u, model.Costs, old.Costs, a.Costs)
	old.Energy = updated(u, model.Fuels, old.Energy, a.Energy)
	u.figure("income", &old.Income, a.Income)
	u.figure("backlog", &old.Backlog, a.Backlog)
	u.figure("value", &old.Value, a.Value)
	u.figure("desks", &old.Desks, a.Desks)
	u.figure("capacity", &old.Capacity, a.Capacity)
	if was, now := old.Tenure.Kind, a.Tenure.Kind; by == fillOnly && was != "" && now != "" && was != now {
		u.disagree(conflict{field: "tenure", kept: string(was), other: string(now)})
	}
	tenure := string(old.Tenure.Kind)
	u.text("tenure", &tenure, string(a.Tenure.Kind))
	old.Tenure.Kind = model.TenureKind(tenure)
	u.text("tenure detail", &old.Tenure.Detail, a.Tenure.Detail)
	u.text("landlord", &old.Tenure.Landlord, a.Tenure.Landlord)
	u.text("lease break", &old.Tenure.Break, a.Tenure.Break)
	u.text("lease expiry", &old.Tenure.Expiry, a.Tenure.Expiry)
	u.text("rent review", &old.Tenure.Review, a.Tenure.Review)
	if a.Tenure.NoticeMonths != 0 && (old.Tenure.NoticeMonths == 0 || by == replace) && old.Tenure.NoticeMonths != a.Tenure.NoticeMonths {
		u.changed("notice", fmt.Sprint(old.Tenure.NoticeMonths), fmt.Sprint(a.Tenure.NoticeMonths), "")
		old.Tenure.NoticeMonths = a.Tenure.NoticeMonths
	}
	if a.Tenure.LetOut && !old.Tenure.LetOut {
		u.changed("let out", "no", "yes", "")
		old.Tenure.LetOut = true
	}
	old.Extra = u.extra(old.Extra, a.Extra)
	for _, n := range u.notes {
		old.Extra = u.note(old.Extra, n.Field, n.New)
	}
	return u.list, u.conflicts
}

type updater struct {
	by        rule
	newer     bool
	dates     [2]string         // of the figures that are there and of the others
	before    map[string]string // Extra as it was
	list      []FieldChange
	notes     []FieldChange // other values to be kept in Extra
	conflicts []conflict
}

func (u *updater) changed(field, old, now, source string) {
	u.list = append(u.list, FieldChange{field, old, now, source})
}

// statedUse says whether the file says what the asset is for, in a column of its
// own or in its detail. A use read from a name alone never replaces one that is
// there.
func statedUse(a *model.Asset) bool {
	if a.Extra["use"] != "" {
		return true
	}
	u, ok := ClassifyUse(a.Detail)
	return ok && u == a.Use
}

func (u *updater) text(field string, old *string, now string) {
	if now == "" || now == *old || (*old != "" && (u.by != replace || strings.EqualFold(*old, now))) {
		return
	}
	u.changed(field, *old, now, "")
	*old = now
}

func (u *updater) figure(field string, old *model.Figure, now model.Figure) {
	if !now.Known() {
		return
	}
	if old.Known() && same(old.Value, now.Value) && (!old.Grade.Modelled() || now.Grade.Modelled()) {
		return
	}
	if firm(*old) && firm(now) && u.by != blanks {
		if !u.chooses(old, now, field) {
			return
		}
	} else if firm(*old) && (u.by != replace || !firm(now)) {
		return
	}
	before := ""
	if old.Known() {
		before = trimFloat(old.Value)
		if old.Grade.Modelled() && !now.Grade.Modelled() {
			before += fmt.Sprintf(" (%s)", old.Grade) // somebody knows now what was only reckoned
		}
	}
	u.changed(field, before, trimFloat(now.Value), now.Source)
	*old = now
}

// same allows for what a spreadsheet program loses in writing a number out.
func same(a, b float64) bool {
	return a == b || math.Abs(a-b) <= 1e-9*math.Max(math.Abs(a), math.Abs(b))
}

func trimFloat(v float64) string {
	if math.Abs(v) < 1e11 {
		v = math.Round(v*1e4) / 1e4
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// updated are the figures of an asset with those of a row, of the kinds listed, in the order of the list.
func updated[K ~string](u *updater, kinds []K, old, now model.Figures[K]) model.Figures[K] {
	for _, k := range kinds {
		if f, ok := now.Lookup(k); ok {
			g := old.Get(k)
			u.figure(string(k), &g, f)
			old.Set(k, g)
		}
	}
	return old
}

func (u *updater) extra(old, now map[string]string) map[string]string {
	if len(now) == 0 {
		return old
	}
	out := make(map[string]string, len(old)+len(now))
	for k, s := range old {
		out[k] = s
	}
	keys := make([]string, 0, len(now))
	for k := range now {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		switch {
		case strings.HasPrefix(k, otherValue):
			for _, v := range strings.Split(now[k], otherJoin) {
				out = u.note(out, k, v)
			}
		case MergeRecord(k):
			out[k] = now[k]
		default:
			s := out[k]
			u.text(k, &s, now[k])
			out[k] = s
		}
	}
	return out
}

// better says whether one way of placing is more exact than another.
func better(a, b model.PlaceMethod) bool { return precision(a) < precision(b) }

func precision(m model.PlaceMethod) int {
	switch m {
	case model.PlaceStated, model.PlaceGrid, model.PlaceGeometry:
		return 0
	case model.PlaceUnit:
		return 1
	case model.PlaceSector:
		return 2
	case model.PlaceOutcode:
		return 3
	}
	return 4
}

// moved says whether two places differ by more than the rounding of six decimals.
func moved(a, b model.LatLon) bool {
	return math.Abs(a.Lat-b.Lat) > 2e-6 || math.Abs(a.Lon-b.Lon) > 2e-6
}

func where(a *model.Asset) string {
	if !a.Located() {
		return ""
	}
	return fmt.Sprintf("%.5f, %.5f (%s)", a.Location.Lat, a.Location.Lon, a.Placed)
}
