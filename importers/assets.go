package importers

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unsafe"

	"github.com/planting-the-flag/flagstone/importers/layout"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/importers/units"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// assets reads the rows of a block as buildings and land.
func (r *run) assets(b *layout.Block, m *mapping.Mapping) error {
	c := r.columns(b, m)
	p := r.placer(c)
	in := newIntake(r, c)
	in.currency()
	if err := in.readRows(p); err != nil {
		return err
	}
	r.opt.tell("placing", len(b.Rows), len(b.Rows))
	in.sharedUPRNs()
	r.opt.tell("matching", len(b.Rows), len(b.Rows))
	if len(r.res.Changes.Assets) > 0 {
		r.res.Changes.Assets = slices.Grow(r.res.Changes.Assets, len(in.pending))
	}
	r.idx.roomFor(len(in.pending))
	in.commit()
	return nil
}

// intake turns rows into assets one after another, and merges rows about the same one.
type intake struct {
	r        *run
	c        *columns
	extra    []mapping.Choice
	made     []AssetChange // the asset of each row, while rows are read
	readings []reading     // and what else the row says
	pending  []AssetChange // the assets of the rows so far; they begin where made begins
	seen     *lookup       // key → index into pending
	exact    *lookup       // number of a whole row → its index among the rows of the block
	of       []int32       // index of a row → that of its asset
	numbers  []int         // row numbers, shared by the assets
	uprns    *lookup       // UPRN → the last asset with it
	sameUPRN []int         // index of an asset → the one before it with its UPRN; -1 when there is none
	shared   map[string]bool
	apart    [][2]int       // assets that the user keeps apart from an earlier one they look like: the two, by index
	years    map[int]string // index of the asset → year of its figures
	localID  bool           // the column called UPRN holds the owner's own short numbers
	held     held           // what the row before said of its tenure
	slugs    []string       // index of the asset → its reference as newID writes it; empty when that is to be found
	fileUse  model.Use      // what the name of the file says all of it is for
	has      present        // of the fields
	costs    entries[model.Cost]
	energy   entries[model.Fuel]
	owner    string   // of the row at hand, as it names it
	owners   struct { // the one before, by name
		name string
		id   model.OrganisationID
		hash twoHash
		any  bool
	}
}

func newIntake(r *run, c *columns) *intake {
	n := len(c.b.Rows)
	in := &intake{r: r, c: c, seen: newLookup(n), exact: newLookup(n), uprns: newLookup(n), numbers: make([]int, 0, n), of: make([]int32, n),
		shared: map[string]bool{}, years: map[int]string{}}
	in.fileUse = useOfFile(c.b.Table.File)
	in.has = c.present()
	for _, ch := range c.m.Columns {
		if ch.Role == mapping.Extra {
			in.extra = append(in.extra, ch)
		}
	}
	if u, ok := c.first(mapping.UPRN); ok {
		short, all := 0, 0
		for i := range c.b.Rows {
			if id, err := units.UPRN(c.b.Rows[i].At(u.Index).Text); err == nil {
				all++
				if len(id) <= 6 {
					short++
				}
			}
		}
		if all > 0 && short*10 > all*9 {
			in.localID = true
			r.say(model.Warning, c.b, 0, u, "", "the numbers in the column named UPRN are shorter than national UPRNs; they were kept as the owner's references", "Ask the owner for the national UPRNs, or nothing.", "")
		}
	}
	return in
}

// currency says when amounts are not in pounds.
func (in *intake) currency() {
	for _, ch := range in.c.m.Columns {
		if ch.Role == mapping.Mapped && ch.In.Dimension == units.Money && ch.In.Currency != "" && ch.In.Currency != "GBP" {
			in.r.say(model.Warning, in.c.b, 0, ch, "", fmt.Sprintf("the amounts are in %s; they were taken as they stand, not converted", ch.In.Currency), "Convert them before importing if the project is in pounds.", "")
		}
	}
}

func firstNonEmpty(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// identity reads what names the asset.
func (in *intake) identity(row table.Row, a *model.Asset) {
	c := in.c
	a.Name = c.text(row, mapping.Name)
	if ch := c.of.one(mapping.Reference); ch != nil {
		if s := words(row.At(ch.Index)); s != "" {
			id, err := units.Identifier(s)
			if err != nil {
				c.say(model.Problem, row.Number, *ch, s, fmt.Sprintf("the reference %q %v", s, err), "Format the column as text in the spreadsheet and enter the references again.", "")
			} else {
				a.Reference = id
			}
		}
	}
	if ch := c.of.one(mapping.UPRN); ch != nil {
		if s := words(row.At(ch.Index)); s != "" && s != "0" {
			id, err := units.UPRN(s)
			switch {
			case err != nil:
				c.say(model.Problem, row.Number, *ch, s, fmt.Sprintf("%q %v", short(s), err), "Correct the UPRN; the row was imported without it.", "")
			case in.localID && a.Reference == "":
				a.Reference = id
			case !in.localID:
				a.UPRN = id
			}
		}
	}
	in.owner = c.text(row, mapping.Organisation)
	var parts [8]string
	street := parts[:0]
	number, road := c.text(row, mapping.StreetNumber), c.text(row, mapping.Street)
	if full := c.text(row, mapping.Address); full != "" {
		street = append(street, full)
	}
	if road != "" && number != "" {
		road = number + " " + road
	}
	if road != "" {
		street = append(street, road)
	}
	for _, f := range [...]mapping.FieldID{mapping.Locality, mapping.Town, mapping.County} {
		if s := c.text(row, f); s != "" {
			street = append(street, s)
		}
	}
	a.Address = c.joinAddress(street)
}

// joinAddress strings the parts together, leaving out a part that those before hold already.
func (c *columns) joinAddress(parts []string) string {
	if len(parts) == 0 {
		return ""
	}
	out := strings.Trim(parts[0], " ,")
	from := -1 // where the address begins in the slab, once it is written there
	for _, p := range parts[1:] {
		if out != "" && containsFold(out, p) {
			continue
		}
		p = strings.Trim(p, " ,")
		if out == "" {
			out = p
			continue
		}
		if need := len(out) + len(p) + 2; from < 0 || cap(c.slab)-len(c.slab) < need {
			c.room(need)
			from = len(c.slab)
			c.slab = append(c.slab, out...)
		}
		c.slab = append(append(c.slab, ", "...), p...)
		out = unsafe.String(&c.slab[from], len(c.slab)-from) // what is in the slab is never written again
	}
	return out
}

// containsFold says whether a text holds another, capitals or not.
func containsFold(s, part string) bool {
	if !ascii(s) || !ascii(part) {
		return strings.Contains(strings.ToLower(s), strings.ToLower(part))
	}
	for i := 0; i+len(part) <= len(s); i++ {
		if strings.EqualFold(s[i:i+len(part)], part) {
			return true
		}
	}
	return false
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

var guid = regexp.MustCompile(`^(?i)[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}$`)

// describe reads what the asset is and how it is held.
func (in *intake) describe(row table.Row, a *model.Asset) {
	c := in.c
	a.Holding = c.text(row, mapping.Holding)
	a.Detail = c.text(row, mapping.Detail)
	use := c.text(row, mapping.UseType)
	a.Use, _ = ClassifyUse(use, a.Detail, withoutStreets(a.Name), a.Holding)
	if a.Use == model.UseOther {
		a.Use = in.fileUse
	}
	if a.Use == model.UseOther {
		if low := strings.ToLower(a.Holding); low == "land" || strings.HasPrefix(low, "land ") && !strings.Contains(low, "build") {
			a.Use = model.UseLand
		}
	}
	if use != "" && a.Detail == "" {
		a.Detail = use
	} else if use != "" {
		in.put(a, "use", use)
	}
	if section := c.section(row.Number); section != "" {
		in.put(a, "section", section)
		if a.Use == model.UseOther {
			a.Use, _ = ClassifyUse(section)
		}
	}
	a.Area = c.text(row, mapping.SmallArea)
	a.Ward = c.text(row, mapping.Ward)
	a.Condition = strings.ToUpper(c.text(row, mapping.Condition))
	if ch := c.of.one(mapping.EnergyRating); ch != nil {
		if s := words(row.At(ch.Index)); s != "" {
			if g, err := units.EnergyRating(s); err == nil {
				a.EnergyRating = g
			} else {
				c.say(model.Warning, row.Number, *ch, s, fmt.Sprintf("%q %v", short(s), err), "Correct the cell.", "")
			}
		}
	}
	in.tenure(row, a)
}

// held is what the words about tenure come to.
type held struct {
	said, detail string
	kind         model.TenureKind
	known, out   bool
}

// heldAs reads the words about tenure; they are mostly those of the row before.
func (in *intake) heldAs(said, detail string) *held {
	if h := &in.held; h.said == said && h.detail == detail {
		return h
	}
	h := held{said: said, detail: detail, out: letOut(detail) || letOut(said)}
	if h.kind, h.known = tenure(said); !h.known && detail != "" {
		h.kind, h.known = tenure(detail)
	}
	in.held = h
	return &in.held
}

func (in *intake) tenure(row table.Row, a *model.Asset) {
	c := in.c
	said, detail := c.text(row, mapping.TenureKind), c.text(row, mapping.TenureDetail)
	held := in.heldAs(said, detail)
	kind, known := held.kind, held.known
	if ch := c.of.one(mapping.TenureKind); !known && ch != nil && said != "" {
		c.say(model.Warning, row.Number, *ch, said, fmt.Sprintf("%q does not say how the building is held", short(said)), "Write freehold, leasehold or licence.", "")
	}
	a.Tenure.Kind = kind
	a.Tenure.Detail = detail
	if detail == "" && !strings.EqualFold(said, string(kind)) && len(said) > 2 {
		a.Tenure.Detail = said
	}
	a.Tenure.LetOut = held.out
	a.Tenure.Landlord = c.text(row, mapping.Landlord)
	a.Tenure.Break = c.date(row, mapping.LeaseBreak, "")
	a.Tenure.Expiry = c.date(row, mapping.LeaseExpiry, "")
	a.Tenure.Review = c.date(row, mapping.RentReview, "")
	if start := c.date(row, mapping.LeaseStart, ""); start != "" {
		in.put(a, "lease start", start)
		if a.Tenure.Expiry != "" && a.Tenure.Expiry <= start {
			ch, _ := c.first(mapping.LeaseExpiry)
			c.say(model.Warning, row.Number, ch, a.Tenure.Expiry, fmt.Sprintf("the lease of %s ends on %s, not after it began on %s", named(a), a.Tenure.Expiry, start), "Correct one of the dates.", "")
		}
	}
	if ch := c.of.one(mapping.Notice); ch != nil {
		if v, ok := c.amount(row, ch, units.Count, ""); ok && v >= 0 && v < 600 {
			a.Tenure.NoticeMonths = int(v)
		}
	}
}

// postcode reads the postcode, from its own column or the end of the address.
func (in *intake) postcode(row table.Row, a *model.Asset) (geo.Postcode, bool) {
	c := in.c
	ch := c.of.one(mapping.Postcode)
	s := ""
	if ch != nil {
		s = words(row.At(ch.Index))
	}
	if s == "" {
		p, ok := geo.FindPostcode(a.Address)
		if !ok {
			p, ok = geo.FindPostcode(a.Name)
		}
		if ok {
			a.Postcode = p.String()
		}
		return p, ok
	}
	p, ok := geo.ParsePostcode(s)
	if !ok {
		p, ok = geo.FindPostcode(s)
	}
	if !ok {
		a.Postcode = s
		return p, false
	}
	a.Postcode = s
	if n := len(p.Outward); p.Inward == "" || len(s) != n+1+len(p.Inward) || s[:n] != p.Outward || s[n] != ' ' || s[n+1:] != p.Inward {
		a.Postcode = p.String()
	}
	if p.Corrected {
		c.say(model.Note, row.Number, *ch, s, fmt.Sprintf("the postcode %q was read as %s", s, p), "Correct the cell.", "")
	}
	return p, true
}

func (in *intake) put(a *model.Asset, key, value string) {
	if a.Extra == nil {
		a.Extra = map[string]string{}
	}
	a.Extra[key] = value
}

// keep carries the columns that no field takes.
func (in *intake) keep(row table.Row, a *model.Asset) {
	for i := range in.extra {
		ch := &in.extra[i]
		if s := words(row.At(ch.Index)); s != "" {
			in.put(a, column(*ch), s)
		}
	}
	if row.Shape != nil {
		if m := polygons(row.Shape); len(m) > 0 {
			in.put(a, "footprint m²", fmt.Sprintf("%.0f", geo.Area(m)))
		}
	}
}
