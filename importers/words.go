package importers

import (
	"strings"
	"unicode"
	"unsafe"

	"github.com/planting-the-flag/flagstone/model"
)

// useWords say what a building is for, the more telling first. A rule holds when one of its words stands in the text.
var useWords = []struct {
	use   model.Use
	words []string
}{
	{model.UseToilet, []string{"public toilet", "toilets", "public convenience", "wc block", "lavator"}},
	{model.UseCemetery, []string{"cemeter", "crematori", "burial", "churchyard", "graveyard", "memorial garden", "mortuary"}},
	{model.UseAllotment, []string{"allotment", "allottment"}},
	{model.UseCarPark, []string{"car park", "carpark", "parking", "park & ride", "park and ride", "garage site", "multi-storey", "pay & display"}},
	{model.UseLibrary, []string{"library", "libraries"}},
	{model.UseNursery, []string{"nursery", "nurseries", "children's centre", "childrens centre", "children’s centre", "pre-school", "preschool", "day care", "daycare", "creche", "family hub", "early years", "kindergarten", "child care"}},
	{model.UseHospital, []string{"hospital", "infirmary", "acute", "inpatient facilit"}},
	{model.UseClinic, []string{"clinic", "health centre", "health center", "medical", "surgery", "practice", "dental", "doctor", "primary care", "health", "non inpatient", "treatment centre", "mental health", "laborator", "dispensar", "ambulatory"}},
	{model.UseSchool, []string{"school", "academ", "college", "universit", "k-12", "k - 12", "education", "classroom", "sixth form", "grammar", "pupil referral", "schl", "training centre"}},
	{model.UseYouth, []string{"youth", "scout", "guide hut", "guides hq", "cadet"}},
	{model.UseCare, []string{"care home", "residential care", "residential home", "day centre", "day center", "extra care", "sheltered", "respite", "hospice", "nursing home", "assisted living", "children's home", "supported living", "senior care"}},
	{model.UseEmergency, []string{"fire station", "fire &", "fire and rescue", "police", "ambulance", "emergency", "custody", "lifeboat", "public safety", "firehouse", "fire house", "precinct", "jail", "prison", "probation", "correction", "courthouse", "detention"}},
	{model.UseLeisure, []string{"leisure", "swimming", "pool", "sports hall", "sports centre", "gym", "athletic", "stadium", "pavilion", "golf", "tennis", "bowling", "ice rink", "curling", "fitness", "arena", "recreation centre", "recreation center", "changing room", "theatre", "museum", "gallery", "cinema", "arts centre", "art centre", "sports", "aquatic"}},
	{model.UseTownHall, []string{"town hall", "city hall", "civic", "council house", "guildhall", "county hall", "municipal building", "council chamber", "register office", "registry office"}},
	{model.UseCommunity, []string{"community", "village hall", "church hall", "parish hall", "social club", "public assembly", "hub", "meeting hall", "church", "chapel", "worship", "assembly", "civic hall", "senior center", "club"}},
	{model.UseDepot, []string{"depot", "workshop", "vehicle", "works yard", "highways yard", "salt barn", "transfer station", "recycling", "waste", "maintenance shop", "maintenance yard", "fleet", "motor pool", "bus station", "transit", "garage"}},
	{model.UseStore, []string{"storage", "store", "warehouse", "warehousing", "archive", "records centre", "hangar", "shed"}},
	{model.UseEnergyHub, []string{"power plant", "substation", "sub station", "solar farm", "energy centre", "pump station", "pumping", "water treatment", "sewer", "utility", "boiler house", "water & sewer", "electric sub"}},
	{model.UseRetail, []string{"shop", "retail", "market", "kiosk", "cafe", "café", "restaurant", "public house", "parade", "supermarket", "commercial unit", "post office", "pub ", "hotel", "food service", "bank"}},
	{model.UseWorkspace, []string{"workspace", "incubator", "enterprise centre", "business centre", "business park", "business unit", "studio", "industrial", "innovation", "factory", "starter unit", "laboratory"}},
	{model.UseHomes, []string{"house", "flat", "dwelling", "bungalow", "housing", "residential", "apartment", "cottage", "caretaker", "caravan", "lodge", "homes", "hostel", "traveller", "multifamily", "residence", "dormitor"}},
	{model.UseOffice, []string{"office", "admin", "headquarters", "jobcentre", "job centre", "customer service", "contact centre", "call centre"}},
	{model.UsePark, []string{"park", "playground", "play area", "playing field", "recreation ground", "garden", "open space", "bowling green", "sports ground", "plgd", "beach", "common"}},
	{model.UseGreenSpace, []string{"woodland", "nature reserve", "green space", "greenspace", "meadow", "wood ", "grassland", "verge", "amenity"}},
	{model.UseLand, []string{"land", "plot", "field", "site of", "farm", "agricultur", "grazing", "paddock", "vacant site", "car wash", "easement", "ransom strip", "highway", "footpath", "street record", "subsoil", "reservoir", "infrastructure"}},
}

// ClassifyUse reads what a building is for from texts about it, the most telling first (its stated use, then its detail, then its
// name). When none says, it is land or other.
func ClassifyUse(texts ...string) (model.Use, bool) {
	var room [96]byte
	for _, t := range texts {
		if len(t) < 2 {
			continue
		}
		low := lowSpaced(t, room[:0])
		switch strings.TrimSpace(low) {
		case "land":
			return model.UseLand, true
		case "building", "buildings", "other", "structure", "land & building", "land/buildings", "land and buildings", "miscellaneous":
			continue
		}
		if u, ok := useIn(low); ok {
			return u, true
		}
	}
	return model.UseOther, false
}

// lowSpaced is a text in lower case between two spaces, written into room when it is plain and fits.
func lowSpaced(t string, room []byte) string {
	if len(t)+2 > cap(room) || !ascii(t) {
		return " " + strings.ToLower(t) + " "
	}
	room = append(room, ' ')
	for i := range len(t) {
		c := t[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		room = append(room, c)
	}
	room = append(room, ' ')
	return unsafe.String(&room[0], len(room)) // read before the room is written again
}

// useStarts holds the words by their first letter, with the rank of their rule.
var useStarts = func() (out [256][]useStart) {
	for rank, u := range useWords {
		for _, w := range u.words {
			out[w[0]] = append(out[w[0]], useStart{w, rank})
		}
	}
	return out
}()

type useStart struct {
	word string
	rank int
}

// useIn finds the rule of lowest rank that has a word beginning a word of the text.
func useIn(low string) (model.Use, bool) {
	best := len(useWords)
	for i := range len(low) {
		if i > 0 && isLetter(low[i-1]) {
			continue
		}
		for _, s := range useStarts[low[i]] {
			if s.rank < best && strings.HasPrefix(low[i:], s.word) {
				best = s.rank
			}
		}
	}
	if best == len(useWords) {
		return model.UseOther, false
	}
	return useWords[best].use, true
}

var streetWords = map[string]bool{"road": true, "street": true, "lane": true, "avenue": true, "drive": true, "close": true, "way": true, "crescent": true, "grove": true, "terrace": true,
	"row": true, "walk": true, "place": true, "rd": true, "st": true, "ave": true, "av": true, "ln": true, "dr": true, "blvd": true, "boulevard": true}

// withoutStreets takes the names of streets out of the name of a building: a car park in Church Street is no church.
func withoutStreets(name string) string {
	if strings.Count(name, " ") < 1 {
		return name
	}
	found := false
	for w := range strings.FieldsSeq(name) {
		if n := len(w); n >= 2 && n <= 12 && streetWords[strings.ToLower(strings.Trim(w, ".,;)"))] {
			found = true
			break
		}
	}
	if !found {
		return name
	}
	fields := strings.Fields(name)
	street := false
	for i, f := range fields {
		if i > 0 && streetWords[strings.ToLower(strings.Trim(f, ".,;)"))] {
			fields[i-1], fields[i], street = "", "", true
		}
	}
	if !street {
		return name
	}
	return strings.Join(fields, " ")
}

// useOfFile is the use that the name of a file states for everything in it, where the word can mean little else.
func useOfFile(file string) model.Use {
	if i := strings.LastIndexByte(file, '/'); i >= 0 {
		file = file[i+1:]
	}
	u, ok := ClassifyUse(strings.NewReplacer("_", " ", "-", " ", ".", " ").Replace(file))
	switch u {
	case model.UseLand, model.UsePark, model.UseGreenSpace, model.UseHomes, model.UseStore, model.UseRetail, model.UseEnergyHub, model.UseDepot, model.UseWorkspace:
		return model.UseOther
	}
	if !ok {
		return model.UseOther
	}
	return u
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 0x80 }

// tenure reads how a thing is held from the owner's words. known is false when the words say nothing about it.
func tenure(s string) (kind model.TenureKind, known bool) {
	low := strings.ToLower(strings.TrimSpace(s))
	switch low {
	case "":
		return model.TenureNK, false
	case "f", "fh", "f/h", "o", "own", "owned", "owner", "owned outright":
		return model.Freehold, true
	case "l", "lh", "l/h", "lease", "leased", "rented", "lessee", "tenant":
		return model.Leasehold, true
	}
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(low, w) {
				return true
			}
		}
		return false
	}
	switch {
	case has("freehold", "owned by", "owner occup", "owner-occup", "trust owned", "council owned", "feuhold", "heritable"):
		return model.Freehold, true
	case has("licence", "license", "permissive", "sla"):
		if has("lease") {
			return model.Leasehold, true
		}
		return model.Licence, true
	case has("lease", "leasho", "tenan", "rent", "pfi", "private finance", "lift", "local investment finance", "peppercorn"):
		return model.Leasehold, true
	case strings.HasPrefix(low, "own"):
		return model.Freehold, true
	}
	return model.TenureNK, false
}

// letOut says whether the words mean that somebody else has the place and pays for it.
func letOut(s string) bool {
	low := strings.ToLower(s)
	for _, w := range []string{"leasehold out", "leased out", "let out", "lease out", "let to", "tenanted", "in use-tenanted", "commercial let", "rented out"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// organisationKind guesses what sort of body a name names, and whether it is public.
func organisationKind(name string) (kind string, public bool) {
	low := strings.ToLower(name)
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(low, w) {
				return true
			}
		}
		return false
	}
	switch {
	case has("nhs", "health board", "integrated care", "hospital", "medical practice", "surgery"):
		return "NHS", true
	case has("fire"):
		return "fire", true
	case has("police", "constabulary", "nypd"):
		return "police", true
	case has("council", "borough", "city of", "county", "authority", "municipal", "district", "town of"):
		return "council", true
	case has("department", "ministry", "agency", "government", "jobcentre", "probation", "hm ", "dwp", "gsa", "federal", "university", "college", "school", "academy"):
		return "government", true
	case has("cic", "charity", "trust", "association", "foundation", "society", "community", "church", "club", "group"):
		return "charity", false
	case has("ltd", "limited", "plc", "llp", "inc"):
		return "private", false
	}
	return "", true
}

// slug is slug of a text, written into the slab when it is plain.
func (c *columns) slug(s string) string {
	if len(s) > 60 || !ascii(s) {
		return slug(s)
	}
	c.room(len(s))
	from := len(c.slab)
	dash := false
	for i := range len(s) {
		b := s[i]
		switch {
		case b >= 'A' && b <= 'Z':
			b += 'a' - 'A'
		case b >= 'a' && b <= 'z', b >= '0' && b <= '9':
		case b == '\'':
			continue
		default:
			dash = true
			continue
		}
		if dash && len(c.slab) > from {
			c.slab = append(c.slab, '-')
		}
		dash = false
		c.slab = append(c.slab, b)
	}
	if len(c.slab) == from {
		return ""
	}
	return unsafe.String(&c.slab[from], len(c.slab)-from) // what is in the slab is never written again
}

// slug makes an identifier from words: lower case, hyphens.
func slug(s string) string {
	var b strings.Builder
	dash := false
	for _, r := range strings.ToLower(s) {
		switch {
		case unicode.IsLetter(r) && r < 0x80 || unicode.IsDigit(r) && r < 0x80:
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			dash = false
			b.WriteRune(r)
		case r == '\'' || r == '’':
		default:
			dash = true
		}
		if b.Len() > 60 {
			break
		}
	}
	return b.String()
}
