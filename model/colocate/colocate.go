// Package colocate says who could move where, and what breaks: for a service
// and a building it lists every rule and limit that the move would run into.
//
// It knows the estate under a plan in one year. It refuses to know money and
// carbon: those come from pricing the move as an action.
package colocate

import (
	"fmt"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/access"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/geo"
	"github.com/planting-the-flag/flagstone/model/space"
)

// Break is one thing that stands in the way.
type Break struct {
	Kind    string // "room", "desks and rooms by session", "rooms of a type", "class", "must not share", "must be near", "distance", "opening hours", "accessibility", "lease", "closed"
	Hard    bool   // forbids the move; otherwise it is a warning
	Message string
}

// Candidate is a building that a service might go to.
type Candidate struct {
	Asset   model.AssetID
	Metres  float64 // straight line from where it is now; −1 when either is not on the map
	Spare   float64 // m² free at the busiest session it needs; −1 when the floor area is not known
	Breaks  []Break
	Minutes float64 // on foot between the two; −1 when not known
}

// Works reports whether nothing forbids the move.
func (c *Candidate) Works() bool {
	for _, b := range c.Breaks {
		if b.Hard {
			return false
		}
	}
	return true
}

// Limits are the rules of the place.
type Limits struct {
	MaxMetres float64 // farther than this is a warning; 0 means no limit
	MinLease  int     // years that the receiving lease must still run; 0 means no rule
}

// Where lists the buildings that a service could move to in a year under a
// plan: those that work first, nearest first, then the others with what breaks.
func Where(p *model.Project, plan *action.Plan, id model.ServiceID, year int, lim Limits) ([]Candidate, error) {
	s := p.Service(id)
	if s == nil {
		return nil, model.NotFound("service", string(id))
	}
	seats := plan.Seats(p, year)
	week := space.Timetable(seats)
	here, at := map[model.AssetID][]model.ServiceID{}, model.AssetID("")
	needs := map[model.AssetID][]space.Need{}
	var me space.Seat
	for _, q := range seats {
		here[q.Asset] = append(here[q.Asset], q.Service)
		if o := p.Service(q.Service); o != nil && len(o.Needs) > 0 {
			needs[q.Asset] = append(needs[q.Asset], action.Needs(o, q))
		}
		if q.Service == id {
			at, me = q.Asset, q
		}
	}
	closed := map[model.AssetID]int{}
	for _, c := range plan.Closures {
		closed[c.Asset] = c.Closed
	}
	from := p.Asset(at)
	var out []Candidate
	for i := range p.Assets {
		a := &p.Assets[i]
		if a.ID == at || !a.Use.Built() {
			continue
		}
		c := Candidate{Asset: a.ID, Metres: -1, Minutes: -1, Spare: -1}
		if y, ok := closed[a.ID]; ok && y <= year {
			c.Breaks = append(c.Breaks, Break{"closed", true, fmt.Sprintf("%s closes in %s", a.Name, model.FinancialYear(y))})
		}
		room(&c, a, week[a.ID], me)
		rooms(&c, a, append(append([]space.Need(nil), needs[a.ID]...), action.Needs(s, me)))
		doors(&c, a, s)
		neighbours(&c, p, s, here[a.ID])
		if from != nil && from.Located() && a.Located() {
			c.Metres = geo.Distance(geo.LatLon(from.Location), geo.LatLon(a.Location))
			c.Minutes = access.Walk.Minutes(c.Metres)
			if lim.MaxMetres > 0 && c.Metres > lim.MaxMetres {
				c.Breaks = append(c.Breaks, Break{"distance", false, fmt.Sprintf("%s is %.1f km away", a.Name, c.Metres/1000)})
			}
		}
		lease(&c, a, year, lim)
		out = append(out, c)
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := &out[i], &out[j]
		if a.Works() != b.Works() {
			return a.Works()
		}
		if len(a.Breaks) != len(b.Breaks) {
			return len(a.Breaks) < len(b.Breaks)
		}
		return a.Metres >= 0 && (b.Metres < 0 || a.Metres < b.Metres)
	})
	return out, nil
}

// room checks desks and floor area session by session.
func room(c *Candidate, a *model.Asset, w *space.Week, me space.Seat) {
	desks, area := -1.0, -1.0
	if a.Desks.Known() {
		desks = a.Desks.Value
	}
	if a.FloorArea.Known() {
		area = a.FloorArea.Value
		c.Spare = area
		if w != nil {
			c.Spare -= w.PeakArea()
		}
	} else {
		c.Breaks = append(c.Breaks, Break{"room", false, a.Name + ": its floor area is not known, so room cannot be checked"})
	}
	if slot := space.Fits(w, me, desks, area); slot >= 0 {
		c.Breaks = append(c.Breaks, Break{"desks and rooms by session", true, fmt.Sprintf("%s has no room for it on %s", a.Name, space.SlotName(slot))})
	}
}

// rooms checks rooms by type, where the building says what it has.
func rooms(c *Candidate, a *model.Asset, needs []space.Need) {
	has, err := space.Rooms(a)
	if err != nil {
		c.Breaks = append(c.Breaks, Break{"rooms of a type", false, err.Error()})
		return
	}
	for _, s := range space.ShortRooms(needs, has) {
		c.Breaks = append(c.Breaks, Break{"rooms of a type", true, fmt.Sprintf("%s has %.0f m² of %s and would need %.0f m² on %s", a.Name, s.Has, s.Room, s.Needed, space.SlotName(s.Slot))})
	}
}

// Columns of an asset's source that say when its doors are open and who can get
// in. They are kept as they were, and read here by their usual names.
const (
	columnOpen       = "open evenings and weekends"
	columnAccessible = "step-free access"
)

// doors checks what the building's source says of opening hours and step-free
// access; a source that says nothing breaks nothing.
func doors(c *Candidate, a *model.Asset, s *model.Service) {
	said := func(column string) string {
		for k, v := range a.Extra {
			if strings.EqualFold(strings.TrimSpace(k), column) {
				return strings.ToLower(strings.TrimSpace(v))
			}
		}
		return ""
	}
	no := func(v string) bool { return v == "no" || v == "n" || v == "false" || v == "0" }
	if late := s.Sessions &^ model.OfficeHours; late != 0 && no(said(columnOpen)) {
		c.Breaks = append(c.Breaks, Break{"opening hours", true, fmt.Sprintf("%s is shut on evenings and at weekends, when %s is open", a.Name, s.Name)})
	}
	if s.Public && no(said(columnAccessible)) {
		c.Breaks = append(c.Breaks, Break{"accessibility", true, fmt.Sprintf("%s has no step-free access and the public visits %s", a.Name, s.Name)})
	}
}

// neighbours checks class and sharing rules against who is there.
func neighbours(c *Candidate, p *model.Project, s *model.Service, here []model.ServiceID) {
	for _, id := range here {
		o := p.Service(id)
		if o == nil {
			continue
		}
		if has(s.NotWith, id) || has(o.NotWith, s.ID) {
			c.Breaks = append(c.Breaks, Break{"must not share", true, fmt.Sprintf("%s must not share a building with %s", s.Name, o.Name)})
		}
		if s.Class != "" && o.Class != "" && s.Class != o.Class {
			c.Breaks = append(c.Breaks, Break{"class", false, fmt.Sprintf("%s is %s and %s there is %s", s.Name, s.Class, o.Name, o.Class)})
		}
	}
	for _, id := range s.Near {
		if o := p.Service(id); o != nil && !has(here, id) {
			c.Breaks = append(c.Breaks, Break{"must be near", false, fmt.Sprintf("%s should be near %s, which is not there", s.Name, o.Name)})
		}
	}
}

func lease(c *Candidate, a *model.Asset, year int, lim Limits) {
	end := a.Tenure.Expiry
	if lim.MinLease <= 0 || a.Tenure.Kind != model.Leasehold || len(end) < 4 {
		return
	}
	var y int
	if _, err := fmt.Sscanf(end[:4], "%d", &y); err == nil && y < year+lim.MinLease {
		c.Breaks = append(c.Breaks, Break{"lease", false, fmt.Sprintf("the lease of %s ends in %d", a.Name, y)})
	}
}

func has(ids []model.ServiceID, id model.ServiceID) bool {
	for _, x := range ids {
		if x == id {
			return true
		}
	}
	return false
}

// Together counts, for every pair of services, how many rules speak for (+) or
// against (−) their sharing a building: the adjacency matrix, in the order of
// the project's services.
func Together(p *model.Project) [][]int {
	index := map[model.ServiceID]int{}
	for i := range p.Services {
		index[p.Services[i].ID] = i
	}
	m := make([][]int, len(p.Services))
	for i := range m {
		m[i] = make([]int, len(p.Services))
	}
	add := func(i int, ids []model.ServiceID, by int) {
		for _, id := range ids {
			if j, ok := index[id]; ok && j != i {
				m[i][j] += by
				m[j][i] += by
			}
		}
	}
	for i := range p.Services {
		add(i, p.Services[i].Near, 1)
		add(i, p.Services[i].NotWith, -1)
	}
	return m
}
