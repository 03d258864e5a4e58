package businesscase

import (
	"errors"
	"sort"
	"strings"
	"time"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/risk"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// Section names a part of the business case.
type Section string

// The sections of the business case, in their usual order.
const (
	Summary     Section = "summary"
	Strategic   Section = "strategic"
	Economic    Section = "economic"
	Commercial  Section = "commercial"
	Financial   Section = "financial"
	Management  Section = "management"
	Carbon      Section = "carbon"
	Equality    Section = "equality"
	Rejected    Section = "rejected"
	Actions     Section = "actions"
	Assumptions Section = "assumptions"
	Reconciled  Section = "reconciliation"
	DataQuality Section = "data"
	Method      Section = "method"
	ExemptPart  Section = "exempt" // exempt edition only
)

// Sections lists every section in its usual order.
var Sections = []Section{Summary, Strategic, Economic, Commercial, Financial, Management, Carbon, Equality, Rejected, Actions,
	Assumptions, Reconciled, DataQuality, Method, ExemptPart}

// Override is what the user changed in a section. Text may hold live figures in braces, {preferred.npsv}; LiveFields lists them.
type Override struct {
	Title   string   // instead of the section's own
	Before  []string // paragraphs put under the heading
	Instead []string // paragraphs in place of everything the section would say, as Words writes them
	After   []string
	Edited  string // ISO date on which somebody last changed the words; the section says so
}

// Options are the choices of one paper.
type Options struct {
	Edition   document.Edition // the public one when empty
	Hash      string
	Created   time.Time
	House     document.House
	Preferred model.ScenarioID // the best by net present social value when empty
	Include   []Section        // in this order; all in the usual order when empty
	Override  map[Section]Override
	Committee string // who decides
	Date      string // ISO date of the meeting
	Author    string
	Wards     string // all of them when empty
	Key       bool   // a key decision
	Access    *Access
	Afford    *appraisal.Affordability // of the preferred option
	Switching []Switching
	Risk      *risk.Result // draws of the same comparison
}

// Switching is how far one driver must move before the preferred option is worth no more than the baseline.
type Switching struct {
	Key, Label string
	Unit       string
	Now        float64
	Turns      float64 // value at which it turns; not a number when none does
	Grade      model.Grade
}

// ErrNothing is returned when a comparison holds no scenario at all.
var ErrNothing = errors.New("the comparison holds no scenario")

// Build writes the business case.
func Build(cmp *appraisal.Comparison, opt Options) (*document.Document, error) {
	b, err := newBuilder(cmp, opt)
	if err != nil {
		return nil, err
	}
	doc := b.paper("Business case: " + b.place())
	doc.NumberHeadings, doc.TitlePage = true, true
	b.add1(document.TOC{Title: "Contents", Depth: 2}, document.PageBreak{})
	sections := opt.Include
	if len(sections) == 0 {
		sections = Sections
	}
	for _, s := range sections {
		b.section(s)
	}
	doc.Blocks = b.out
	return doc, nil
}

type builder struct {
	cmp       *appraisal.Comparison
	p         *model.Project
	opt       Options
	isPublic  bool
	options   []*option
	base      *option
	preferred *option // nil when there is nothing to prefer
	secrets   []float64
	hush      map[string]bool // assumption keys withheld from the public edition
	assets    map[model.AssetID]*model.Asset
	services  map[model.ServiceID]*model.Service
	loud      []string // names in capitals, the longest first; nil until a sentence asks
	measured  bool     // travel was worked out, whatever came of it
	shift     int      // how much deeper headings stand, in the appendices
	appended  bool     // the heading of the appendices is out
	out       []document.Block
}

func newBuilder(cmp *appraisal.Comparison, opt Options) (*builder, error) {
	if cmp == nil || cmp.Project == nil || len(cmp.Options) == 0 {
		return nil, ErrNothing
	}
	if opt.Edition == "" {
		opt.Edition = document.Public
	}
	b := &builder{cmp: cmp, p: cmp.Project, opt: opt, isPublic: opt.Edition != document.Exempt,
		assets: map[model.AssetID]*model.Asset{}, services: map[model.ServiceID]*model.Service{}}
	for i := range b.p.Assets {
		b.assets[b.p.Assets[i].ID] = &b.p.Assets[i]
	}
	for i := range b.p.Services {
		b.services[b.p.Services[i].ID] = &b.p.Services[i]
	}
	b.views()
	b.preferred = b.prefer()
	b.disclose()
	b.hush = b.exemptKeys()
	b.secrets = b.exemptAmounts()
	return b, nil
}

// prefer is the option asked for, or the one of the highest net present social value.
func (b *builder) prefer() *option {
	var best *option
	for _, o := range b.options {
		if o.baseline {
			continue
		}
		if b.opt.Preferred != "" {
			if o.id == string(b.opt.Preferred) || o.Scenario.Name == string(b.opt.Preferred) {
				return o
			}
			continue
		}
		if best == nil || o.NPSV > best.NPSV || o.NPSV == best.NPSV && o.Scenario.Kind == model.Option && best.Scenario.Kind != model.Option {
			best = o
		}
	}
	return best
}

// losing reports whether even the best option is worth less than the baseline and nobody asked for it all the same.
func (b *builder) losing() bool {
	return b.preferred != nil && b.opt.Preferred == "" && b.preferred.NPSV < -0.5
}

// others are the options besides the baseline, the preferred one first.
func (b *builder) others() []*option {
	var out []*option
	for _, o := range b.options {
		if !o.baseline {
			out = append(out, o)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i] == b.preferred && out[j] != b.preferred })
	return out
}

func (b *builder) place() string {
	if n := short(b.p.Name, 100); n != "" {
		return n
	}
	return "the estate"
}

// paper is what both papers have in common.
func (b *builder) paper(title string) *document.Document {
	d := &document.Document{Title: title, Language: "en-GB", Author: b.opt.Author, Created: b.opt.Created, Edition: b.opt.Edition, Hash: b.opt.Hash,
		House: b.opt.House, Subject: "Options for the public buildings of " + b.place() + ", with their costs, benefits, carbon and access"}
	d.Subtitle = "What the public buildings cost, what could be done and what each choice is worth"
	if b.preferred != nil {
		d.Subtitle = "Preferred option: " + b.preferred.name
		if b.losing() {
			d.Subtitle = "No option is worth more than " + b.baseName()
		}
	}
	fact := func(label, text string) {
		if text != "" {
			d.Facts = append(d.Facts, document.Fact{Label: label, Text: text})
		}
	}
	fact("Decision by", b.opt.Committee)
	if b.opt.Date != "" {
		fact("Date of meeting", Date(b.opt.Date))
	}
	fact("Report of", b.opt.Author)
	return d
}

func (b *builder) add1(blocks ...document.Block) { b.out = append(b.out, blocks...) }

func (b *builder) h(level int, text string) {
	b.add1(document.Heading{Level: level + b.shift, Text: text})
}

// say adds a paragraph.
func (b *builder) say(pattern string, args ...any) { b.add1(para(pattern, args...)) }

type chapter struct {
	title    string
	write    func(*builder)
	appendix bool
}

var chapters = map[Section]chapter{
	Summary:     {"Summary", (*builder).summary, false},
	Strategic:   {"Strategic case: why change", (*builder).strategic, false},
	Economic:    {"Economic case: what each option is worth", (*builder).economic, false},
	Commercial:  {"Commercial case: buildings and leases", (*builder).commercial, false},
	Financial:   {"Financial case: what it does to budgets", (*builder).financial, false},
	Management:  {"Management case: how it will be done", (*builder).management, false},
	Carbon:      {"Carbon and climate", (*builder).climate, false},
	Equality:    {"Equality and access", (*builder).equality, false},
	Rejected:    {"Options not chosen, and why", (*builder).rejected, false},
	Actions:     {"Actions of each scenario", (*builder).actionLists, true},
	Assumptions: {"Assumption book", (*builder).assumptionBook, true},
	Reconciled:  {"Reconciliation", (*builder).reconciliation, true},
	DataQuality: {"Quality of the data", (*builder).dataQuality, true},
	Method:      {"Parameters, method and sources", (*builder).method, true},
	ExemptPart:  {"Exempt: values and receipts", (*builder).exemptAppendix, true},
}

// section writes one section with what the user changed in it.
func (b *builder) section(s Section) {
	c, ok := chapters[s]
	if !ok || s == ExemptPart && b.isPublic {
		return
	}
	over := b.opt.Override[s]
	title := over.Title
	if strings.TrimSpace(title) == "" {
		title = c.title
	}
	b.shift = 0
	if c.appendix {
		if !b.appended {
			b.appended = true
			b.add1(document.PageBreak{})
			b.h(1, "Appendices")
		}
		b.shift = 1
	}
	b.add1(document.Heading{Level: 1 + b.shift, Text: b.free(title), ID: string(s)})
	b.typed(over.Before)
	if len(over.Instead) > 0 {
		b.instead(c, over.Instead)
	} else {
		c.write(b)
	}
	b.typed(over.After)
	if over.Edited != "" {
		b.add1(document.Paragraph{Style: document.Small, Runs: []document.Inline{document.T("The words of this section were edited by hand, last on " + Date(over.Edited) + ".")}})
	}
}

// typed adds paragraphs that the user wrote, with live figures in them.
func (b *builder) typed(paras []string) {
	for _, t := range paras {
		if runs := b.fill(t); len(runs) > 0 {
			b.add1(document.Paragraph{Runs: runs})
		}
	}
}
