package action

import (
	"fmt"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/lease"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Build turns a scenario into the streams of the whole estate. It fails only
// when the book lacks an assumption that a stream needs; what is wrong with the
// scenario itself is in the plan's conflicts.
func Build(p *model.Project, s *model.Scenario, book *model.Book) (*Plan, error) {
	b := newBuilder(p, book, len(s.Actions))
	b.estate()
	for _, a := range s.ByYear() {
		b.apply(a)
	}
	b.emptied()
	for i := range b.sites {
		b.running(&b.sites[i])
	}
	for i := range b.works {
		b.work(b.works[i])
	}
	b.heatMoved()
	b.endLets()
	b.space()
	if err := b.manual(s); err != nil {
		return nil, fmt.Errorf("building the streams of %q: %w", s.Name, err)
	}
	if len(b.missing) > 0 {
		return nil, fmt.Errorf("building the streams of %q: %w", s.Name,
			model.Invalid("assumptions", "the assumption book lacks "+strings.Join(b.missing, ", ")))
	}
	return &b.plan, nil
}

// site is an asset on its way through the scenario.
type site struct {
	asset *model.Asset
	// closed is the first financial year in which the building is no longer run
	// for services, gone the first in which it costs its owner nothing; both lie
	// past the horizon while it stays.
	closed, gone int
	cleared      *model.Action
	converted    *model.Action
	added        []load
	plant        plant
	lets         []int        // streams of rent, which end with the holding
	lease        *lease.Facts // nil when it is not held on one
	exit         *lease.Exit  // how a decision ends the lease
}

// load is what a moving service brings to the receiving building.
type load struct {
	action model.ActionID
	area   float64     // m² given up elsewhere
	factor ledger.Term // m² taken here for each of them
	from   int
	today  bool // its heat is reckoned on the fuel that the building has today, whatever becomes of its plant
}

// seat is a service in an asset between two years.
type seat struct {
	service  *model.Service
	site     int
	share    float64
	area     float64
	desks    float64
	part     model.PartID // where it was said to be at the start
	sessions model.Session
	from, to int // to is the first year in which it is no longer there
	grade    model.Grade
	source   string
}

type builder struct {
	p        *model.Project
	book     *model.Book
	plan     Plan
	sites    []site
	index    map[model.AssetID]int
	seats    []seat
	services map[model.ServiceID]*model.Service
	at       [][]int        // seats by site, in the order in which they came
	works    []model.Action // on plant and power, in order: each acts on what those before it leave
	after    int            // first financial year past the horizon
	missing  []string
	prices   []price
}

// room is how many streams a scenario is likely to have. Streams are large, so a
// list that must grow, or is far too long, costs more than making them.
func room(p *model.Project, actions int) int {
	n := 32 + 2*len(p.Occupations) + 16*actions
	for i := range p.Assets {
		a := &p.Assets[i]
		n += len(a.Costs) + 2*len(a.Energy)
		if a.FloorArea.Known() {
			n += 3
		}
		if a.Backlog.Known() {
			n++
		}
		if a.Income.Known() {
			n++
		}
	}
	return n
}

func newBuilder(p *model.Project, book *model.Book, actions int) *builder {
	b := &builder{p: p, book: book, after: p.BaseYear + p.Horizon, index: make(map[model.AssetID]int, len(p.Assets))}
	b.sites, b.at = make([]site, len(p.Assets)), make([][]int, len(p.Assets))
	b.plan.Streams = make([]ledger.Stream, 0, room(p, actions))
	b.seats = make([]seat, 0, len(p.Occupations)*5/4)
	for i := range p.Assets {
		b.sites[i] = site{asset: &p.Assets[i], closed: b.after, gone: b.after, lease: lease.Of(&p.Assets[i])}
		b.index[p.Assets[i].ID] = i
	}
	services := make(map[model.ServiceID]*model.Service, len(p.Services))
	for i := range p.Services {
		services[p.Services[i].ID] = &p.Services[i]
	}
	b.services = services
	for _, o := range p.Occupations {
		sv, ok := services[o.Service]
		at, here := b.index[o.Asset]
		if !ok || !here {
			continue // estate names it
		}
		open := o.Sessions
		if open == 0 {
			open = sv.Sessions
		}
		b.sit(seat{service: sv, site: at, share: o.Share, area: o.Area.Value, desks: o.Desks.Value, part: o.Part, sessions: open,
			from: p.BaseYear, to: b.after, grade: model.Weakest(o.Area.Or(sv.Area).Grade, sv.FTE.Grade), source: sv.FTE.Source})
	}
	return b
}

// sit puts a service into a building.
func (b *builder) sit(s seat) {
	b.at[s.site] = append(b.at[s.site], len(b.seats))
	b.seats = append(b.seats, s)
}

// apply carries out one action, or names the conflict that keeps it out.
func (b *builder) apply(a model.Action) {
	i, ok := b.index[a.Asset]
	if !ok {
		b.refuse(a, "unknown building", fmt.Sprintf("there is no building %q in the project", a.Asset))
		return
	}
	s := &b.sites[i]
	if a.Year < b.p.BaseYear || a.Year >= b.after {
		b.refuse(a, "outside the horizon", fmt.Sprintf("%s: %s is outside the years appraised, %s to %s", s.asset.Name,
			model.FinancialYear(a.Year), model.FinancialYear(b.p.BaseYear), model.FinancialYear(b.after-1)))
		return
	}
	if s.closed <= a.Year && a.Kind != model.LetOut && a.Kind != model.Greening {
		b.refuse(a, "already closed", fmt.Sprintf("%s closes in %s, so it cannot %s in %s", s.asset.Name,
			model.FinancialYear(s.closed), verb(a.Kind), model.FinancialYear(a.Year)))
		return
	}
	if !b.values(s, a) {
		return
	}
	if leaves(a.Kind) || a.Kind == model.Retrofit {
		for _, l := range s.asset.Locks {
			switch {
			case l.Kind == listedLock && a.Kind != model.Greening: // may be sold or changed, with consent
				b.warn(a, "listed", fmt.Sprintf("%s is listed (%s): works need listed building consent", s.asset.Name, l.Reason))
			case leaves(a.Kind):
				b.refuse(a, "locked", fmt.Sprintf("%s is locked (%s): %s", s.asset.Name, l.Kind, l.Reason))
				return
			}
		}
	}
	switch a.Kind {
	case model.Retain:
		s.cleared = &a
		b.retain(s, a)
	case model.CoLocate:
		b.coLocate(i, a)
	case model.Flex:
		b.flex(i, a)
	case model.Retrofit, HeatNetwork, EnergyGrid, Charging:
		b.works = append(b.works, a)
	case model.Sell, model.Transfer:
		b.sell(s, a)
	case model.ExitLease:
		b.exitLease(s, a)
	case model.Mothball:
		b.mothball(s, a)
	case model.Greening:
		b.greening(s, a)
	case model.LetOut:
		b.letOut(s, a)
	case model.Repurpose:
		b.repurpose(s, a)
	case model.Develop:
		b.develop(s, a)
	default:
		b.refuse(a, "unknown action", fmt.Sprintf("%q is not a kind of action", a.Kind))
	}
}

func leaves(k model.ActionKind) bool {
	switch k {
	case model.Sell, model.Transfer, model.Mothball, model.Greening, model.Repurpose, model.Develop:
		return true
	}
	return false
}

func verb(k model.ActionKind) string {
	switch k {
	case model.CoLocate:
		return "take services in"
	case model.ExitLease:
		return "be left"
	case model.LetOut:
		return "be let"
	case model.Repurpose:
		return "change use"
	case model.Greening:
		return "become green space"
	case model.Retain:
		return "be repaired"
	case model.Transfer:
		return "be transferred"
	}
	switch k {
	case HeatNetwork, EnergyGrid:
		return "be connected"
	case Charging:
		return "get charging points"
	}
	return "be " + map[model.ActionKind]string{model.Sell: "sold", model.Retrofit: "retrofitted", model.Mothball: "mothballed",
		model.Flex: "used flexibly", model.Develop: "developed"}[k]
}

// listedLock is the lock of a listed building: it forbids demolition and warns of
// consent for the rest.
const listedLock = "listed"

func (b *builder) refuse(a model.Action, kind, message string) {
	b.plan.Conflicts = append(b.plan.Conflicts, Conflict{Action: a.ID, Asset: a.Asset, Kind: kind, Message: message, LeftOut: true})
}

func (b *builder) warn(a model.Action, kind, message string) {
	b.plan.Conflicts = append(b.plan.Conflicts, Conflict{Action: a.ID, Asset: a.Asset, Kind: kind, Message: message})
}

// term is the value under an assumption key: the action's own where it sets
// one, otherwise the book's, named so that the workbook can refer to its cell.
func (b *builder) term(a *model.Action, key string) ledger.Term {
	if a != nil {
		if v, ok := a.Values[key]; ok {
			return ledger.Term{Value: v}
		}
	}
	as, ok := b.book.Get(key)
	if !ok {
		for _, m := range b.missing {
			if m == key {
				return ledger.Term{Key: key}
			}
		}
		b.missing = append(b.missing, key)
	}
	return ledger.Term{Key: key, Value: as.Value}
}

// shape is the value under an assumption key that decides how many streams there
// are, when they run or how large they are, rather than being a term of them. A
// workbook cannot work that out again, so the plan keeps the key.
func (b *builder) shape(a *model.Action, key string) float64 {
	t := b.term(a, key)
	b.fold(t)
	return t.Value
}

// fold notes the assumptions behind terms whose values went into a quantity.
func (b *builder) fold(terms ...ledger.Term) {
	for _, t := range terms {
		if t.Key == "" {
			continue
		}
		if b.plan.Shapes == nil {
			b.plan.Shapes = map[string]bool{}
		}
		b.plan.Shapes[t.Key] = true
	}
}

func (b *builder) grade(key string) (model.Grade, string) {
	as, _ := b.book.Get(key)
	return as.Grade, as.Source
}

// say is the grade and source of the value that an action or the book gives.
func (b *builder) say(a *model.Action, key string) (model.Grade, string) {
	if a != nil {
		if _, ok := a.Values[key]; ok {
			return model.Stated, "set by the scenario"
		}
	}
	return b.grade(key)
}

// item is one effect of an action in one building: a quantity at the rate under
// the key, once in the action's year unless the caller says otherwise.
func (b *builder) item(s *site, a *model.Action, id, label string, cat ledger.Category, q float64, unit, key string, more ...ledger.Term) ledger.Stream {
	st := b.base(s, s.asset.Name+": "+label)
	st.ID, st.Action, st.Category = string(a.ID)+"/"+id, a.ID, cat
	st.Quantity, st.QuantityUnit = q, unit
	st.Rates = append([]ledger.Term{b.term(a, key)}, more...)
	st.Grade, st.Source = b.say(a, key)
	return once(st, a.Year)
}

func complement(t ledger.Term) ledger.Term {
	t.Complement = !t.Complement
	return t
}

// money adds a money stream after filling in what all of them share.
func (b *builder) money(s ledger.Stream) {
	s.Ledger, s.Unit, s.PriceBase = ledger.Money, "£", b.p.PriceBase
	b.add(s)
}

// add appends a stream unless it can never flow within the horizon.
func (b *builder) add(s ledger.Stream) {
	if s.Last < s.First || s.First >= b.after || s.Last < b.p.BaseYear || s.Quantity == 0 {
		return
	}
	if s.Grade == model.NotKnown {
		s.Grade = model.Estimated
	}
	b.plan.Streams = append(b.plan.Streams, s)
}

// once is a stream of a single year. A year past the horizon falls away in add.
func once(s ledger.Stream, year int) ledger.Stream {
	s.First, s.Last = year, year
	return s
}

// manual adds the cash-flow rows that the user typed, pasted or imported,
// restated where they are in prices of another year.
func (b *builder) manual(s *model.Scenario) error {
	for i, m := range s.Manual {
		st, err := ledger.FromManual(m, fmt.Sprintf("%s/manual/%d", s.ID, i+1), b.p.PriceBase, b.book.Restate)
		if err != nil {
			return err
		}
		b.add(st)
	}
	return nil
}
