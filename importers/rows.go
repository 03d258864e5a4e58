package importers

import (
	"hash/maphash"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/model"
)

// together is how many rows are read as one piece of work.
const together = 512

// reading is what a row says besides its asset, until its turn comes to be joined to the rows before it.
type reading struct {
	owner    string // as the row names it
	year     string // of its figures
	nameless bool   // nothing names a building
	whole    bool   // rowHash stands for the whole row
	rowHash  uint64
	key      twoHash // of the reference; of name, postcode and address when there is none
	uprn     twoHash
	slug     string   // of the reference
	remarks  [3]int32 // in the book of its piece: those before the row is compared with others begin at 0 and end at 1, the rest at 2
}

// twoHash stands for a text: two texts have the same with a chance of one in 2^128.
type twoHash struct{ a, b uint64 }

var seeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

func hashOf(s string) twoHash {
	return twoHash{maphash.String(seeds[0], s), maphash.String(seeds[1], s)}
}

// and stands for two texts, one after the other.
func (h twoHash) and(g twoHash) twoHash {
	const odd = 0x9E3779B97F4A7C15
	return twoHash{(h.a*odd ^ g.a) * odd, (h.b*odd ^ g.b) * odd}
}

// lookup finds the number kept under a hash. It has room for as many as it is made for.
type lookup struct {
	slots []slot
	mask  uint64
}

type slot struct {
	twoHash
	at int32 // 1 + the number; 0 in a free slot
}

func newLookup(n int) *lookup {
	size := 16
	for size < 2*n {
		size *= 2
	}
	return &lookup{slots: make([]slot, size), mask: uint64(size - 1)}
}

// slot is that of the hash, free when nothing is kept under it.
func (l *lookup) slot(h twoHash) *slot {
	for i := h.a & l.mask; ; i = (i + 1) & l.mask {
		if s := &l.slots[i]; s.at == 0 || s.twoHash == h {
			return s
		}
	}
}

func (l *lookup) get(h twoHash) (int, bool) {
	s := l.slot(h)
	return int(s.at) - 1, s.at > 0
}

func (l *lookup) set(h twoHash, at int) {
	s := l.slot(h)
	s.twoHash, s.at = h, int32(at)+1
}

// piece is a run of rows read by one worker.
type piece struct {
	from, to int
	book     book
	done     chan struct{}
}

// readRows reads all rows, side by side, and joins each to those before it in their order.
func (in *intake) readRows(p *placer) error {
	rows := in.c.b.Rows
	in.made, in.readings = make([]AssetChange, len(rows)), make([]reading, len(rows))
	in.pending, in.slugs = in.made[:0], make([]string, 0, len(rows))
	pieces := make([]*piece, 0, len(rows)/together+1)
	for from := 0; from < len(rows); from += together {
		pieces = append(pieces, &piece{from: from, to: min(from+together, len(rows)), done: make(chan struct{})})
	}
	var next atomic.Int32
	var broken atomic.Pointer[any]
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(pieces)) {
		w, at := in.worker(p)
		wg.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					broken.Store(&r) // a panic belongs to who asked for the work
				}
				for i := int(next.Add(1)) - 1; i < len(pieces) && broken.Load() != nil; i = int(next.Add(1)) - 1 {
					close(pieces[i].done)
				}
			}()
			for i := int(next.Add(1)) - 1; i < len(pieces); i = int(next.Add(1)) - 1 {
				w.readPiece(at, pieces[i])
			}
		})
	}
	err := in.joinRows(pieces, &broken)
	next.Store(int32(len(pieces)))
	wg.Wait()
	if r := broken.Load(); r != nil {
		panic(*r)
	}
	clear(in.made[len(in.pending):])
	in.made, in.readings = nil, nil
	return err
}

func (in *intake) joinRows(pieces []*piece, broken *atomic.Pointer[any]) error {
	of := len(in.c.b.Rows)
	for _, p := range pieces {
		<-p.done
		if broken.Load() != nil {
			return nil
		}
		for i := p.from; i < p.to; i++ {
			if err := table.Check(in.r.ctx, i); err != nil {
				return err
			}
			if i%table.Every == 0 {
				in.r.opt.tell("placing", i, of)
			}
			in.take(i, p.book.remarks)
		}
	}
	return nil
}

// worker is a copy that reads rows on its own. What it shares with others it only reads.
func (in *intake) worker(p *placer) (*intake, *placer) {
	w, c, at := *in, *in.c, *p
	c.slab, c.unit = nil, slices.Clone(c.unit)
	w.c, at.c = &c, &c
	w.costs, w.energy = entries[model.Cost]{}, entries[model.Fuel]{}
	return &w, &at
}

func (in *intake) readPiece(p *placer, work *piece) {
	defer close(work.done)
	in.c.book = &work.book
	if in.r.ctx.Err() != nil {
		return
	}
	for i := work.from; i < work.to; i++ {
		in.read(p, &in.c.b.Rows[i], &in.made[i].Asset, &in.readings[i])
	}
}

// read makes an asset of a row, as far as the row itself goes.
func (in *intake) read(p *placer, at *table.Row, a *model.Asset, s *reading) {
	c, row := in.c, *at
	said := func() int32 { return int32(len(c.book.remarks)) }
	s.remarks[0] = said()
	in.identity(row, a)
	s.owner = in.owner
	s.remarks[1] = said()
	if row.Shape != nil && guid.MatchString(a.Reference) {
		in.put(a, "id", a.Reference) // a map maker's number for an outline, not an owner's for a building
		a.Reference = ""
	}
	if a.Name == "" && a.Reference == "" && a.UPRN == "" && a.Address == "" && row.Shape == nil {
		s.nameless, s.remarks[2] = true, said()
		return
	}
	if a.Name == "" {
		a.Name = a.Address
		if a.Name == "" {
			a.Name = strings.TrimSpace("Unnamed " + firstNonEmpty(a.Reference, a.UPRN, strings.ToLower(firstNonEmpty(c.text(row, mapping.UseType), "building"))))
		}
	}
	s.rowHash, s.whole = wholeRow(at)
	in.describe(row, a)
	in.money(row, a)
	pc, pcOK := in.postcode(row, a)
	p.place(row, a, pc, pcOK)
	in.keep(row, a)
	s.remarks[2] = said()
	if a.Reference != "" {
		s.key, s.slug = hashOf(lowered(a.Reference)), c.slug(a.Reference)
	} else {
		s.key = hashOf(plainName(a.Name) + "\x00" + a.Postcode + "\x00" + strings.ToLower(a.Address))
	}
	if a.UPRN != "" {
		s.uprn = hashOf(a.UPRN)
	}
	if a.Extra != nil {
		s.year = a.Extra[string(mapping.Year)]
	}
}

// take joins a row to those before it, or says why it makes nothing.
func (in *intake) take(i int, remarks []remark) {
	c, r, row, a, s := in.c, in.r, &in.c.b.Rows[i], &in.made[i].Asset, &in.readings[i]
	c.tell(remarks[s.remarks[0]:s.remarks[1]])
	a.Organisation = in.organisation(s.owner)
	if s.nameless {
		first, _ := c.first(mapping.Name)
		r.reject(c.b, row.Number, first, "", "the row names no building: it has no name, reference, UPRN or address", "Give it a name or a reference, or delete the row.")
		return
	}
	same := twoHash{s.rowHash, 0}
	if s.whole {
		if before, ok := in.exact.get(same); ok && sameCells(&c.b.Rows[before], row) && !r.apart(c.b, row.Number) && in.keptApart(&in.pending[in.of[before]].Asset, a) == nil {
			at := in.of[before]
			first, _ := c.first(mapping.Name)
			r.merge(c.b, row.Number, first, a.Name, "every cell is the same as in an earlier row", in.pending[at].Asset.Name)
			in.pending[at].Rows = append(in.pending[at].Rows, row.Number)
			return
		}
	}
	c.tell(remarks[s.remarks[1]:s.remarks[2]])
	in.of[i] = int32(in.settle(row, i, s))
	if s.whole {
		in.exact.set(same, i)
	}
}

// wholeRow is a number made of the whole row, to find rows repeated word for word; sameCells makes sure.
func wholeRow(row *table.Row) (uint64, bool) {
	if row.Shape != nil {
		return 0, false
	}
	h := uint64(len(row.Cells))
	for i := range row.Cells {
		h = (h ^ maphash.String(seeds[0], row.Cells[i].Text)) * 0x9E3779B97F4A7C15
		h ^= h >> 29
	}
	return h, true
}

func sameCells(a, b *table.Row) bool {
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
