package importers

import (
	"fmt"
	"maps"
	"math"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// Scores at which a row is taken for an asset that is there, and from which it is only mentioned as possible.
const (
	sureMatch     = 0.85
	possibleMatch = 0.65
)

// index finds the things of the existing project that a row may be about.
type index struct {
	assets   []*model.Asset
	byUPRN   map[string][]int
	byRef    map[string][]int
	byPost   map[string][]int
	byName   map[string][]int
	byCell   map[[2]int][]int
	ids      map[model.AssetID]bool
	orgs     map[string]model.Organisation // by lower-case name
	orgIDs   map[model.OrganisationID]bool
	points   map[string]*model.PopulationPoint
	services map[string]*model.Service
	teams    map[string][]*model.Service // by plain name
	touched  map[model.AssetID]int       // → index into the change set
	stood    int                         // how many of the assets are of the project; the others come in earlier tables of the same file
	pairs    []*pair                     // assets that are not to be taken for one
	was      map[string]int              // keys of buildings that were merged into another → that one
}

func newIndex() *index {
	return &index{byUPRN: map[string][]int{}, byRef: map[string][]int{}, byPost: map[string][]int{}, byName: map[string][]int{}, byCell: map[[2]int][]int{},
		ids: map[model.AssetID]bool{}, orgs: map[string]model.Organisation{}, orgIDs: map[model.OrganisationID]bool{},
		points: map[string]*model.PopulationPoint{}, services: map[string]*model.Service{}, teams: map[string][]*model.Service{}, touched: map[model.AssetID]int{}, was: map[string]int{}}
}

func (r *run) index() {
	x := newIndex()
	r.idx = x
	p := r.opt.Existing
	if p == nil {
		return
	}
	for _, o := range p.Organisations {
		x.orgs[strings.ToLower(o.Name)] = o
		x.orgIDs[o.ID] = true
	}
	for i := range p.Assets {
		x.addAsset(&p.Assets[i])
	}
	x.stood = len(x.assets)
	x.parted()
	for i := range p.Population {
		x.points[p.Population[i].Code] = &p.Population[i]
	}
	for i := range p.Services {
		s := &p.Services[i]
		x.services[serviceKey(s)] = s
		x.teams[plainName(s.Name)] = append(x.teams[plainName(s.Name)], s)
	}
}

func (x *index) addAsset(a *model.Asset) {
	i := len(x.assets)
	x.assets = append(x.assets, a)
	x.ids[a.ID] = true
	for _, id := range Merged(a) {
		if rec, ok := recordOf(a, id); ok {
			x.was[ownKey(&rec.Gone)] = i
		}
		x.ids[id] = true
	}
	if a.UPRN != "" {
		x.byUPRN[a.UPRN] = append(x.byUPRN[a.UPRN], i)
	}
	if a.Reference != "" {
		k := refKey(a)
		x.byRef[k] = append(x.byRef[k], i)
	}
	if a.Postcode != "" {
		x.byPost[a.Postcode] = append(x.byPost[a.Postcode], i)
	}
	if n := plainName(a.Name); n != "" {
		x.byName[n] = append(x.byName[n], i)
	}
	if a.Located() {
		c := cellOf(a.Location)
		x.byCell[c] = append(x.byCell[c], i)
	}
}

// ownKey is what a register knows a building by: the owner's reference, else the UPRN, else name and address.
func ownKey(a *model.Asset) string {
	switch {
	case a.Reference != "":
		return "ref\x00" + refKey(a)
	case a.UPRN != "":
		return "uprn\x00" + a.UPRN
	}
	return nameKey(a)
}

func refKey(a *model.Asset) string {
	return owner(a) + "\x00" + lowered(a.Reference)
}

// lowered is a reference as it is compared.
func lowered(ref string) string { return strings.ToLower(ref) }

// owner is the owner as far as it is stated.
func owner(a *model.Asset) string {
	if a.Organisation == noOwner {
		return ""
	}
	return string(a.Organisation)
}

// cellOf is a square of about half a kilometre.
func cellOf(p model.LatLon) [2]int {
	return [2]int{int(math.Floor(p.Lat * 200)), int(math.Floor(p.Lon * 120))}
}

// candidates are the assets that may be the same as a.
func (x *index) candidates(a *model.Asset) []int {
	seen := map[int]bool{}
	var out []int
	add := func(list []int) {
		for _, i := range list {
			if !seen[i] {
				seen[i] = true
				out = append(out, i)
			}
		}
	}
	if a.UPRN != "" {
		add(x.byUPRN[a.UPRN])
	}
	if a.Reference != "" {
		add(x.byRef[refKey(a)])
	}
	add(x.byName[plainName(a.Name)])
	if p, ok := geo.ParsePostcode(a.Postcode); ok && p.Whole() {
		add(x.byPost[a.Postcode])
	}
	if a.Located() {
		c := cellOf(a.Location)
		for dx := -1; dx <= 1; dx++ {
			for dy := -1; dy <= 1; dy++ {
				add(x.byCell[[2]int{c[0] + dx, c[1] + dy}])
			}
		}
	}
	return out
}

// best finds the existing asset that a is most likely to be, in the order UPRN, own reference, name with postcode and distance.
func (x *index) best(a *model.Asset) (*model.Asset, *Match) {
	if len(x.assets) == 0 {
		return nil, nil
	}
	var found *model.Asset
	var match *Match
	var close float64
	take := func(b *model.Asset, least float64) {
		m := Compare(a, b)
		if m.Score < least {
			return
		}
		c := -1.0
		if match != nil && (m.Score == match.Score || Apart(b, found)) { // seldom, and only then worth its time
			if close < 0 {
				close = closeness(a, found)
			}
			c = closeness(a, b)
			if c < close || c == close && m.Score <= match.Score {
				return
			}
		} else if match != nil && m.Score < match.Score {
			return
		}
		found, match, close = b, &m, c
	}
	// The owner's own number settles it, and nearly always does in a second edition of a register.
	if a.Reference != "" {
		for _, i := range x.byRef[refKey(a)] {
			take(x.assets[i], 0.95)
		}
		if found != nil {
			return found, match
		}
	}
	if len(x.was) > 0 {
		if i, ok := x.was[ownKey(a)]; ok {
			b := x.assets[i]
			return b, &Match{Asset: b.ID, Score: 1, Reasons: []string{"it was merged into " + named(b)}, merged: true}
		}
	}
	for _, i := range x.candidates(a) {
		take(x.assets[i], possibleMatch)
	}
	return found, match
}

// Compare scores how likely two records are about the same building, with the reasons.
func Compare(a, b *model.Asset) Match {
	m := Match{Asset: b.ID}
	say := func(format string, args ...any) { m.Reasons = append(m.Reasons, fmt.Sprintf(format, args...)) }
	sameOrg := owner(a) == owner(b)
	if sameOrg && a.Reference != "" && b.Reference != "" {
		if strings.EqualFold(a.Reference, b.Reference) {
			name := similar(a.Name, b.Name)
			say("the same reference %s of the same owner", a.Reference)
			switch {
			case name > 0.5 || a.UPRN != "" && a.UPRN == b.UPRN:
				m.Score = 0.98
			case a.UPRN != "" && b.UPRN != "" && a.UPRN != b.UPRN && name < 0.3:
				m.Score = 0.6
				say("but another UPRN and another name")
			default:
				m.Score = 0.9
			}
			return m
		}
		// The owner counts them as two, whatever else agrees.
		m.Score = 0
		say("the same owner gives them different references, %s and %s", a.Reference, b.Reference)
		return m
	}
	name := similar(a.Name, b.Name)
	near, far := 0.0, false
	if a.Located() && b.Located() {
		d := geo.Distance(geo.LatLon(a.Location), geo.LatLon(b.Location))
		exact := exactPlace(a) && exactPlace(b)
		switch {
		case d < 60 && exact:
			near = 1
		case d < 200 && exact:
			near = 0.7
		case d > 1500 && exact:
			far = true
		}
		if near > 0 {
			say("%.0f m apart", d)
		}
	}
	if a.UPRN != "" && a.UPRN == b.UPRN {
		say("the same UPRN %s", a.UPRN)
		m.Score = 0.86
		if name > 0.5 {
			m.Score = 0.97
		} else if name < 0.2 && near == 0 {
			m.Score = 0.8
		}
		return m
	}
	if a.UPRN != "" && b.UPRN != "" && a.UPRN != b.UPRN && name < 0.95 {
		m.Score = 0
		return m
	}
	post := a.Postcode != "" && a.Postcode == b.Postcode
	whole := post && len(a.Postcode) > 4
	if a.Address != "" && strings.EqualFold(a.Address, b.Address) {
		say("the same address")
		whole = true
	}
	if name > 0.3 {
		say("names agree by %.0f %%", name*100)
	}
	if whole {
		say("the same postcode %s", a.Postcode)
	}
	switch {
	case far:
		m.Score = 0.3 * name
		say("too far apart")
	case name > 0.97 && (near > 0 || whole):
		m.Score = 0.95
	case name > 0.97 && len(plainName(a.Name)) > 14 && sameOrg:
		m.Score = 0.8
	case name > 0.75 && near > 0 && whole:
		m.Score = 0.9
	case name > 0.75 && (near == 1 || whole):
		m.Score = 0.82
	case name > 0.5 && near == 1 && whole && (a.Use == b.Use || a.Use == model.UseOther || b.Use == model.UseOther):
		m.Score = 0.75
	case name > 0.5 && (near > 0 || whole):
		m.Score = 0.6
	default:
		m.Score = 0.5 * name
	}
	return m
}

func exactPlace(a *model.Asset) bool {
	return a.Placed == model.PlaceStated || a.Placed == model.PlaceGrid || a.Placed == model.PlaceGeometry || a.Placed == model.PlaceUnit
}

// roomFor makes room for so many identifiers at once: growing step by step, all would be hashed again and again.
func (x *index) roomFor(more int) {
	if more > len(x.ids) {
		ids := make(map[model.AssetID]bool, len(x.ids)+more)
		maps.Copy(ids, x.ids)
		x.ids = ids
	}
}

// newID makes an identifier that can be read and typed: the owner's reference, else the UPRN, else name and postcode.
// Base is the slug of the reference where it is known already.
func (x *index) newID(a *model.Asset, base string) model.AssetID {
	if base == "" {
		base = slug(a.Reference)
	}
	switch {
	case base != "" && len(base) >= 4:
	case a.UPRN != "":
		base = "uprn-" + a.UPRN
	default:
		base = strings.Trim(slug(a.Name)+"-"+slug(a.Postcode)+"-"+base, "-")
	}
	if base == "" {
		base = "asset"
	}
	id := model.AssetID(base)
	n := len(x.ids)
	if x.ids[id] = true; len(x.ids) > n {
		return id
	}
	if a.Organisation != "" {
		id = model.AssetID(slug(string(a.Organisation)) + "-" + base)
	}
	for n := 2; x.ids[id]; n++ {
		id = model.AssetID(fmt.Sprintf("%s-%d", base, n))
	}
	x.ids[id] = true
	return id
}

// organisation finds or makes the body with a name.
func (in *intake) organisation(name string) model.OrganisationID {
	if o := &in.owners; !o.any || o.name != name {
		o.any, o.name, o.id = true, name, in.r.organisation(name)
		o.hash = hashOf(string(o.id))
	}
	return in.owners.id
}

func (r *run) organisation(name string) model.OrganisationID {
	if name == "" || len(name) > 200 {
		name = r.opt.Organisation
	}
	if name == "" {
		return ""
	}
	key := strings.ToLower(name)
	if o, ok := r.idx.orgs[key]; ok {
		return o.ID
	}
	for id := range r.idx.orgIDs {
		if strings.EqualFold(string(id), name) {
			return id
		}
	}
	kind, public := organisationKind(name)
	base := slug(name)
	if base == "" {
		base = "organisation"
	}
	id := model.OrganisationID(base)
	for n := 2; r.idx.orgIDs[id] || id == model.Residents || id == model.Society || id == model.Market; n++ {
		id = model.OrganisationID(fmt.Sprintf("%s-%d", base, n))
	}
	o := model.Organisation{ID: id, Name: name, Kind: kind, Public: public}
	r.idx.orgs[key], r.idx.orgIDs[id] = o, true
	r.res.Changes.Organisations = append(r.res.Changes.Organisations, o)
	return id
}

// serviceKey is what a service is known by again: its owner as far as one is stated, and its name.
func serviceKey(s *model.Service) string {
	body := string(s.Organisation)
	if s.Organisation == noOwner {
		body = ""
	}
	return body + "\x00" + plainName(s.Name)
}
