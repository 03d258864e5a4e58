package workbook

import (
	"fmt"
	"time"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/lease"
)

// buildLeases lists the lease events and what each option lets go.
func (b *builder) buildLeases() error {
	s := newSheet("Leases and disposals")
	b.add(s, "Lease events, and the buildings each option lets go")
	s.put(1, 1, txt(stTitle, "Leases and disposals"))
	s.put(2, 1, txt(stSubtitle, "As the register and the scenarios state them. The present value is worked out: to society, of all of the building's streams, change against the baseline."))
	for c, w := range map[int]float64{1: 44, 2: 44, 3: 40, 4: 20, 5: 18, 6: 18, 7: 18, 8: 20, 9: 60, 10: 20} {
		s.widths[c] = w
	}
	s.frozen, s.titles = [2]int{0, 1}, 2
	s.wide, s.sides = 2, "$A:$A"
	r := 4
	b.section(s, r, "What each option lets go", 10)
	r++
	heads := []string{"Option", "Asset", "Organisation", "Route", "Out of use from", "Costs nothing from", "Action", "Present value of the change, £", "Lease ends", "Notice by"}
	s.heads(r, 1, heads...)
	s.heights[r] = 30
	r++
	first := r
	for _, sc := range b.scenarios {
		if sc == b.baseline {
			continue
		}
		pv := map[model.AssetID]float64{}
		for i, st := range sc.own.streams {
			pv[st.Asset] += dot(sc.own.flows[i], b.weights[weightKey(st)])
		}
		for i, st := range b.baseline.own.streams {
			pv[st.Asset] -= dot(b.baseline.own.flows[i], b.weights[weightKey(st)])
		}
		for _, c := range sc.res.Plan.Closures {
			cond := where{b.lay.asset, colAbs(r, 2)}
			f := b.sumOf([]*block{sc.own}, b.lay.present, false, cond) + "-(" + b.sumOf([]*block{b.baseline.own}, b.lay.present, false, cond) + ")"
			s.row(r, 1, txt(stText, sc.label), txt(stText, b.asset(c.Asset)), txt(stText, b.ownerOf(c.Asset)), txt(stText, string(c.Route)),
				txt(stText, fy(c.Closed)), txt(stText, b.gone(c.Gone)), txt(stText, string(c.Action)), calc(stCalc, f, pv[c.Asset]), txt(stText, leaseEnd(c)), txt(stText, noticeBy(c)))
			r++
		}
	}
	if r == first {
		s.put(r, 1, txt(stNote, "No option lets a building go."))
		r++
	} else {
		s.tables = append(s.tables, table{name: "Disposals", row: first - 1, col: 1, rows: r - first, cols: 10, heads: heads})
	}
	r++
	b.section(s, r, "Leases in the register", 10)
	r++
	heads = []string{"Asset", "Organisation", "Tenure", "Landlord", "Next break", "Expiry", "Rent review", "Notice, months", "How the rent is worked out", "Passing rent, £ a year"}
	s.heads(r, 1, heads...)
	r++
	first = r
	if p := b.cmp.Project; p != nil {
		for i := range p.Assets {
			a := &p.Assets[i]
			t := a.Tenure
			l := lease.Of(a)
			if t.Break == "" && t.Expiry == "" && t.Review == "" && (l == nil || l.Rent == 0) {
				continue
			}
			how, rent := "not held on a lease", txt(stText, "not known")
			if l != nil {
				how = l.Says()
				if f := a.Costs.Get(model.CostRent); f.Known() {
					rent = num(stCalc, f.Value)
				}
			}
			notice := txt(stText, "not known")
			if t.NoticeMonths > 0 {
				notice = num(stCalc, float64(t.NoticeMonths))
			}
			s.row(r, 1, txt(stText, b.asset(a.ID)), txt(stText, b.ownerOf(a.ID)), txt(stText, fallback(string(t.Kind), "not known")), txt(stText, fallback(t.Landlord, "not known")),
				txt(stText, britishDate(t.Break)), txt(stText, britishDate(t.Expiry)), txt(stText, britishDate(t.Review)), notice, txt(stText, how), rent)
			r++
		}
	}
	if r == first {
		s.put(r, 1, txt(stNote, "The register states no rents or lease events."))
		return nil
	}
	s.tables = append(s.tables, table{name: "LeaseEvents", row: first - 1, col: 1, rows: r - first, cols: 10, heads: heads})
	return nil
}

func (b *builder) ownerOf(id model.AssetID) string {
	a := b.assetOf[id]
	if a == nil {
		return ""
	}
	if o := b.cmp.Project.Organisation(a.Organisation); o != nil {
		return o.Name
	}
	return string(a.Organisation)
}

// leaseEnd says when and how the lease of a building that is left ends.
func leaseEnd(c action.Closure) string {
	switch {
	case c.Route != model.ExitLease:
		return "–"
	case c.LeaseEnd == "":
		return "date not known; taken as the year it is left"
	}
	return britishDate(c.LeaseEnds) + " (" + c.LeaseEnd + ")"
}

func noticeBy(c action.Closure) string {
	if c.NoticeBy == "" || c.NoticeBy == c.LeaseEnds { // no notice needed, or its length not known
		return "–"
	}
	return britishDate(c.NoticeBy)
}

func (b *builder) gone(year int) string {
	if year >= b.cmp.BaseYear+b.years {
		return "not within " + fmt.Sprint(b.years) + " years"
	}
	return fy(year)
}

func fy(year int) string { return model.FinancialYear(year) }

// britishDate writes an ISO date as 3 March 2028; what is no date stays as it is.
func britishDate(iso string) string {
	if iso == "" {
		return "none stated"
	}
	d, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return d.Format("2 January 2006")
}
