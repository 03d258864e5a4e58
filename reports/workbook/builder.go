package workbook

import (
	"context"
	"io"
	"time"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Edition says who may read a book.
type Edition string

// The editions. A public book is made from public figures only, as if the
// others did not exist: nothing in it, totals included, depends on one.
const (
	Exempt Edition = "exempt"
	Public Edition = "public"
)

// Options say how a book is written.
type Options struct {
	Edition  Edition                         // empty means Exempt: everything
	Hash     string                          // of the project content the comparison was made from
	Created  time.Time                       // stands in the document properties
	Progress func(what string, done, of int) // called now and then; may be nil
	RowLimit int                             // rows a sheet may hold; 0 means what a spreadsheet holds
}

// builder is a book in the making.
type builder struct {
	ctx     context.Context
	cmp     *appraisal.Comparison
	opt     Options
	years   int
	left    []int          // streams left out of a public book, by scenario
	omitted map[string]int // the same by the scenario's label

	scenarios  []*scenario // in the comparison's order
	baseline   *scenario   // nil when there is none
	common     *block
	cats       *categoriser
	money      []string // categories of money, in order
	bodies     []body
	bodyOf     map[model.OrganisationID]string
	public     map[model.OrganisationID]bool
	assetOf    map[model.AssetID]*model.Asset
	assetLabel map[model.AssetID]string
	assetNames *namer

	defined  *namer
	names    []name
	nameOf   map[string]string // assumption key → defined name
	valueBy  map[string]float64
	pathRow  map[string]int
	profiles profiles

	sheets     []*sheet
	factors    *sheet
	assume     *sheet
	compare    *sheet
	compareRow map[string]int
	discount   yearRow
	reduced    yearRow // of the sensitivity; no sheet when there is none
	paths      map[string]yearRow
	weights    map[string][]float64
	single     map[string]spot // named cells of Factors
	lay        layout
	streams    []*sheet
	checks     []check
	contents   []entry
	labels     map[string]spot // where the name of each block stands
	cover      *sheet
	checkSheet *sheet
	overall    bool
}

// entry is a line of the contents.
type entry struct{ sheet, what string }

// Write writes the comparison as a workbook. The same comparison and options
// give the same bytes. It stops with the context's error when that is done.
func Write(ctx context.Context, c *appraisal.Comparison, w io.Writer, opt Options) error {
	b, err := build(ctx, c, opt)
	if err != nil {
		return err
	}
	b.progress("Writing the file", len(b.sheets), len(b.sheets))
	return finish(ctx, w, b.sheets, b.names, b.properties())
}

// build makes every sheet but writes nothing.
func build(ctx context.Context, c *appraisal.Comparison, opt Options) (*builder, error) {
	if opt.Edition == "" {
		opt.Edition = Exempt
	}
	if opt.Created.IsZero() {
		opt.Created = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if opt.RowLimit <= 0 || opt.RowLimit > maxRows {
		opt.RowLimit = maxRows
	}
	if c == nil || c.Years < 1 || c.Years > model.MaxHorizon || len(c.Discount) < c.Years {
		return nil, model.Invalid("comparison", "there is no appraisal to write: the comparison has no years or no discount factors")
	}
	for i := range c.Options {
		if o := &c.Options[i]; o.Plan == nil || o.Flows == nil || o.Flows.Years != c.Years {
			return nil, model.Invalid("comparison", "scenario "+o.Scenario.Name+" has not been appraised; appraise it before writing the workbook")
		}
	}
	b := &builder{ctx: ctx, opt: opt, years: c.Years, omitted: map[string]int{}, cats: newCategoriser(),
		nameOf: map[string]string{}, valueBy: map[string]float64{}, pathRow: map[string]int{}, paths: map[string]yearRow{},
		weights: map[string][]float64{}, single: map[string]spot{}, public: map[model.OrganisationID]bool{}, assetOf: map[model.AssetID]*model.Asset{},
		assetLabel: map[model.AssetID]string{}, assetNames: newNamer()}
	b.cmp = b.edition(c)
	b.common, b.scenarios = gather(b.cmp)
	for i, s := range b.scenarios {
		if i < len(b.left) && b.left[i] > 0 {
			b.omitted[s.label] = b.left[i]
		}
		if s.res.Scenario.ID == b.cmp.Baseline {
			b.baseline = s
		}
	}
	if b.baseline == nil && len(b.scenarios) > 0 {
		b.baseline = b.scenarios[0]
	}
	b.money = b.cats.categories(b.blocks())
	b.bodies, b.bodyOf = bodies(b.cmp.Project, b.blocks())
	for _, x := range b.bodies {
		b.public[x.id] = x.public
	}
	if p := b.cmp.Project; p != nil {
		for i := range p.Assets {
			b.assetOf[p.Assets[i].ID] = &p.Assets[i]
		}
		for i := range p.Assets {
			b.asset(p.Assets[i].ID)
		}
	}
	b.defined = newNamer(reservedNames...)

	steps := []struct {
		what string
		do   func() error
	}{
		{"Assumptions", b.buildAssumptions}, {"Factors", b.buildFactors}, {"Streams", b.buildStreams},
		{"Options", b.buildOptions}, {"Compare", b.buildCompare}, {"Who pays", b.buildPayers}, {"Carbon", b.buildCarbon},
		{"Space", b.buildSpace}, {"Leases", b.buildLeases}, {"Affordability", b.buildAffordability},
		{"Sensitivity", b.buildSensitivity}, {"Reconciliation", b.buildReconciliation}, {"Data quality", b.buildQuality},
		{"Change log", b.buildChangeLog}, {"Checks", b.buildChecks}, {"Cover", b.buildCover},
	}
	for i, s := range steps {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		b.progress(s.what, i, len(steps))
		if err := s.do(); err != nil {
			return nil, err
		}
	}
	b.arrange()
	return b, nil
}

func (b *builder) progress(what string, done, of int) {
	if b.opt.Progress != nil {
		b.opt.Progress(what, done, of)
	}
}

// blocks lists the common block and every scenario's own.
func (b *builder) blocks() []*block {
	out := []*block{b.common}
	for _, s := range b.scenarios {
		out = append(out, s.own)
	}
	return out
}

// add puts a sheet into the book and into the contents.
func (b *builder) add(s *sheet, what string) *sheet {
	b.sheets = append(b.sheets, s)
	b.contents = append(b.contents, entry{s.name, what})
	return s
}

// define names a cell or a range.
func (b *builder) define(n, refersTo, comment string) {
	b.names = append(b.names, name{n, refersTo, clean(comment)})
}

// isEconomic, isPublicCash and the others read a stream as the formulas do.
func isEconomic(s *ledger.Stream) bool { return ledger.IsEconomic(s) }

func (b *builder) isPublicCash(s *ledger.Stream) bool {
	return ledger.IsCash(s) && b.public[s.Payer]
}

// isPurse accepts what changes the public purse as a whole: not business rates
// and not what one public body pays another.
func (b *builder) isPurse(s *ledger.Stream) bool {
	within := s.Transfer && (b.cats.name(s.Category) == b.cats.name(ledger.CatRates) || s.Beneficiary != "" && b.public[s.Beneficiary])
	return b.isPublicCash(s) && !within
}

// asset is the label of an asset, unique and fit to be searched for.
func (b *builder) asset(id model.AssetID) string {
	if id == "" {
		return ""
	}
	if l, ok := b.assetLabel[id]; ok {
		return l
	}
	n := string(id)
	if a := b.assetOf[id]; a != nil {
		n = fallback(a.Name, n)
	}
	l := b.assetNames.unique(criterion(n), func(base, suffix string) string {
		if suffix == "" {
			return base
		}
		return base + " (" + suffix[1:] + ")"
	})
	b.assetLabel[id] = l
	return l
}

func (b *builder) properties() properties {
	title := "Options appraisal"
	if p := b.cmp.Project; p != nil && p.Name != "" {
		title = p.Name + ": options appraisal"
	}
	return properties{title: title, hash: b.opt.Hash, created: b.opt.Created,
		description: "Every result is a formula on inputs in this book. Parameter set " + b.cmp.SetName + ", " + b.cmp.Vintage + ".",
		footer:      "Flagstone · " + string(b.opt.Edition) + " edition"}
}
