package importers

import (
	"fmt"
	"hash/maphash"
	"regexp"
	"slices"
	"strings"

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
	in.pending = make([]AssetChange, 0, len(b.Rows))
	for i := range b.Rows {
		if err := table.Check(r.ctx, i); err != nil {
			return err
		}
		if i%table.Every == 0 {
			r.opt.tell("placing", i, len(b.Rows))
		}
		in.at = i
		in.row(p, b.Rows[i])
	}
	r.opt.tell("placing", len(b.Rows), len(b.Rows))
	in.sharedUPRNs()
	r.opt.tell("matching", len(b.Rows), len(b.Rows))
	if len(r.res.Changes.Assets) > 0 {
		r.res.Changes.Assets = slices.Grow(r.res.Changes.Assets, len(in.pending))
	}
	in.commit()
	return nil
}

// intake turns rows into assets one after another, and merges rows about the same one.
type intake struct {
	r        *run
	c        *columns
	extra    []mapping.Choice
	pending  []AssetChange  // the assets of the rows so far
	seen     map[string]int // key → index into pending
	exact    map[uint64]int // number of a whole row → the same
	rows     []int32        // index of the asset → its first row, as an index into the block's
	at       int            // index of the row being read
	numbers  []int          // row numbers, shared by the assets
	hash     maphash.Hash
	uprns    map[string]int // UPRN → 1 + the last asset with it
	sameUPRN []int          // index of an asset → the one before it with its UPRN; -1 when there is none
	shared   map[string]bool
	years    map[int]string // index of the asset → year of its figures
	localID  bool           // the column called UPRN holds the owner's own short numbers
	held     held           // what the row before said of its tenure
	fileUse  model.Use      // what the name of the file says all of it is for
	org      map[string]model.OrganisationID
}

func newIntake(r *run, c *columns) *intake {
	in := &intake{r: r, c: c, seen: make(map[string]int, len(c.b.Rows)), exact: make(map[uint64]int, len(c.b.Rows)), numbers: make([]int, 0, len(c.b.Rows)),
		uprns: map[string]int{}, shared: map[string]bool{}, years: map[int]string{}, org: map[string]model.OrganisationID{}}
	in.fileUse = useOfFile(c.b.Table.File)
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

// row makes an asset of a row, or says why not.
func (in *intake) row(p *placer, row table.Row) {
	c, r := in.c, in.r
	a := model.Asset{}
	in.identity(row, &a)
	if row.Shape != nil && guid.MatchString(a.Reference) {
		in.put(&a, "id", a.Reference) // a map maker's number for an outline, not an owner's for a building
		a.Reference = ""
	}
	if a.Name == "" && a.Reference == "" && a.UPRN == "" && a.Address == "" && row.Shape == nil {
		first, _ := c.first(mapping.Name)
		r.reject(c.b, row.Number, first, "", "the row names no building: it has no name, reference, UPRN or address", "Give it a name or a reference, or delete the row.")
		return
	}
	if a.Name == "" {
		a.Name = a.Address
		if a.Name == "" {
			a.Name = strings.TrimSpace("Unnamed " + firstNonEmpty(a.Reference, a.UPRN, strings.ToLower(firstNonEmpty(c.text(row, mapping.UseType), "building"))))
		}
	}
	if key, ok := in.whole(row); ok {
		if at, ok := in.exact[key]; ok && sameCells(c.b.Rows[in.rows[at]], row) {
			first, _ := c.first(mapping.Name)
			r.merge(c.b, row.Number, first, a.Name, "every cell is the same as in an earlier row", in.pending[at].Asset.Name)
			in.pending[at].Rows = append(in.pending[at].Rows, row.Number)
			return
		}
		defer func() {
			at := len(in.pending) - 1
			in.exact[key] = at
			for len(in.rows) <= at {
				in.rows = append(in.rows, int32(in.at))
			}
			in.rows[at] = int32(in.at)
		}()
	}
	in.describe(row, &a)
	in.money(row, &a)
	pc, pcOK := in.postcode(row, &a)
	p.place(row, &a, pc, pcOK)
	in.keep(row, &a)
	in.settle(row, a)
}

// whole is a number made of the whole row, to find rows repeated word for word; sameCells makes sure.
func (in *intake) whole(row table.Row) (uint64, bool) {
	if row.Shape != nil {
		return 0, false
	}
	in.hash.Reset()
	for i := range row.Cells {
		_, _ = in.hash.WriteString(row.Cells[i].Text)
		_ = in.hash.WriteByte(0)
	}
	return in.hash.Sum64(), true
}

func sameCells(a, b table.Row) bool {
	if len(a.Cells) != len(b.Cells) {
		return false
	}
	for i := range a.Cells {
		if a.Cells[i].Text != b.Cells[i].Text {
			return false
		}
	}
	return true
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
	if ch, ok := c.first(mapping.Reference); ok {
		if s := words(row.At(ch.Index)); s != "" {
			id, err := units.Identifier(s)
			if err != nil {
				c.r.say(model.Problem, c.b, row.Number, ch, s, fmt.Sprintf("the reference %q %v", s, err), "Format the column as text in the spreadsheet and enter the references again.", "")
			} else {
				a.Reference = id
			}
		}
	}
	if ch, ok := c.first(mapping.UPRN); ok {
		if s := words(row.At(ch.Index)); s != "" && s != "0" {
			id, err := units.UPRN(s)
			switch {
			case err != nil:
				c.r.say(model.Problem, c.b, row.Number, ch, s, fmt.Sprintf("%q %v", short(s), err), "Correct the UPRN; the row was imported without it.", "")
			case in.localID && a.Reference == "":
				a.Reference = id
			case !in.localID:
				a.UPRN = id
			}
		}
	}
	a.Organisation = in.organisation(c.text(row, mapping.Organisation))
	var street []string
	number, road := c.text(row, mapping.StreetNumber), c.text(row, mapping.Street)
	if full := c.text(row, mapping.Address); full != "" {
		street = append(street, full)
	}
	if s := strings.TrimSpace(number + " " + road); s != "" && road != "" {
		street = append(street, s)
	}
	for _, f := range []mapping.FieldID{mapping.Locality, mapping.Town, mapping.County} {
		if s := c.text(row, f); s != "" {
			street = append(street, s)
		}
	}
	a.Address = joinAddress(street)
}

// joinAddress strings the parts together, leaving out a part that those before hold already.
func joinAddress(parts []string) string {
	out := ""
	for _, p := range parts {
		if out != "" && strings.Contains(strings.ToLower(out), strings.ToLower(p)) {
			continue
		}
		if out != "" {
			out += ", "
		}
		out += strings.Trim(p, " ,")
	}
	return out
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
	if low := strings.ToLower(a.Holding); a.Use == model.UseOther && (low == "land" || strings.HasPrefix(low, "land ") && !strings.Contains(low, "build")) {
		a.Use = model.UseLand
	}
	if use != "" && a.Detail == "" {
		a.Detail = use
	} else if use != "" {
		in.put(a, "use", use)
	}
	if section := c.b.Sections[row.Number]; section != "" {
		in.put(a, "section", section)
		if a.Use == model.UseOther {
			a.Use, _ = ClassifyUse(section)
		}
	}
	a.Area = c.text(row, mapping.SmallArea)
	a.Ward = c.text(row, mapping.Ward)
	a.Condition = strings.ToUpper(c.text(row, mapping.Condition))
	if ch, ok := c.first(mapping.EnergyRating); ok {
		if s := words(row.At(ch.Index)); s != "" {
			if g, err := units.EnergyRating(s); err == nil {
				a.EnergyRating = g
			} else {
				c.r.say(model.Warning, c.b, row.Number, ch, s, fmt.Sprintf("%q %v", short(s), err), "Correct the cell.", "")
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
	if ch, ok := c.first(mapping.TenureKind); ok && said != "" && !known {
		c.r.say(model.Warning, c.b, row.Number, ch, said, fmt.Sprintf("%q does not say how the building is held", short(said)), "Write freehold, leasehold or licence.", "")
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
			c.r.say(model.Warning, c.b, row.Number, ch, a.Tenure.Expiry, fmt.Sprintf("the lease of %s ends on %s, not after it began on %s", named(a), a.Tenure.Expiry, start), "Correct one of the dates.", "")
		}
	}
	if ch, ok := c.first(mapping.Notice); ok {
		if v, ok := c.amount(row, ch, units.Count, ""); ok && v >= 0 && v < 600 {
			a.Tenure.NoticeMonths = int(v)
		}
	}
}

// postcode reads the postcode, from its own column or the end of the address.
func (in *intake) postcode(row table.Row, a *model.Asset) (geo.Postcode, bool) {
	c := in.c
	ch, has := c.first(mapping.Postcode)
	s := ""
	if has {
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
	a.Postcode = p.String()
	if p.Corrected {
		c.r.say(model.Note, c.b, row.Number, ch, s, fmt.Sprintf("the postcode %q was read as %s", s, p), "Correct the cell.", "")
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
	for _, ch := range in.extra {
		if s := words(row.At(ch.Index)); s != "" {
			in.put(a, column(ch), s)
		}
	}
	if row.Shape != nil {
		if m := polygons(row.Shape); len(m) > 0 {
			in.put(a, "footprint m²", fmt.Sprintf("%.0f", geo.Area(m)))
		}
	}
}
