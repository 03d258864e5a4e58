package workspace

import (
	"context"
	"os"
	"path/filepath"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/risk"
	"github.com/planting-the-flag/flagstone/model/store"
	"github.com/planting-the-flag/flagstone/reports/businesscase"
	"github.com/planting-the-flag/flagstone/reports/document"
	"github.com/planting-the-flag/flagstone/reports/publish"
)

// about says what each output is for.
var about = map[publish.Kind]string{
	publish.Workbook:     words.Later("Every figure as a formula that finance can follow and recalculate, in Excel or LibreOffice."),
	publish.BusinessCase: words.Later("The five cases with carbon, equality and access, for a committee to read."),
	publish.CoverReport:  words.Later("About four pages for the agenda."),
	publish.Register:     words.Later("The list of land and buildings in the layout of the Transparency Code."),
	publish.GeoJSON:      words.Later("Buildings and boundaries for any mapping program."),
	publish.Charts:       words.Later("Every chart and map as pictures for slides."),
	publish.WebPage:      words.Later("The business case for the council's site, in one file."),
	publish.PlainText:    words.Later("The business case as words, to paste into a form or a letter."),
	publish.Tables:       words.Later("The workbook's tables as CSV files with a data dictionary."),
	publish.Template:     words.Later("An empty workbook with lists and examples, to collect a register in."),
}

// Exports lists what can be written.
func (w *Workspace) Exports() []app.ExportKind {
	out := make([]app.ExportKind, 0, len(publish.Kinds))
	for _, k := range publish.Kinds {
		paper := k.Kind == publish.BusinessCase || k.Kind == publish.CoverReport
		out = append(out, app.ExportKind{ID: string(k.Kind), Title: words.T(k.Title), Description: words.T(about[k.Kind]), Extension: k.Ending, Scenario: paper, Editions: true})
	}
	return out
}

// Export writes one output beside its place and then moves it there, so that a
// failure leaves what was there.
func (w *Workspace) Export(ctx context.Context, e app.Export, p *jobs.Progress) error {
	kind, err := publish.Parse(e.Kind)
	if err != nil {
		return err
	}
	c, err := w.Evaluate(ctx)
	if err != nil {
		return err
	}
	opt, err := w.options(c, e)
	if err != nil {
		return err
	}
	opt.Progress = func(what string, done, of int) {
		p.Stage(what)
		p.SetTotal(of)
		p.Set(done)
	}
	f, err := os.CreateTemp(filepath.Dir(e.Path), ".flagstone-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = publish.Write(ctx, kind, c, f, opt)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return err
	}
	if err := os.Chmod(f.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(f.Name(), e.Path)
}

// options are the choices of an export.
func (w *Workspace) options(c *appraisal.Comparison, e app.Export) (publish.Options, error) {
	if c == nil {
		return publish.Options{}, model.Invalid("scenarios", words.T("the project has no scenario to write about"))
	}
	content, err := store.Frozen(c.Project)
	if err != nil {
		return publish.Options{}, err
	}
	opt := publish.Options{Edition: "exempt", Hash: store.HashOf(content), Created: w.now(), Preferred: e.Scenario}
	if e.Public {
		opt.Edition = "public"
	}
	for _, s := range e.Sections {
		opt.Include = append(opt.Include, businesscase.Section(s))
	}
	return opt, nil
}

// titles are the parts of a business case in words.
var titles = map[businesscase.Section]string{
	businesscase.Summary: words.Later("Summary"), businesscase.Strategic: words.Later("Strategic case"), businesscase.Economic: words.Later("Economic case"), businesscase.Commercial: words.Later("Commercial case"),
	businesscase.Financial: words.Later("Financial case"), businesscase.Management: words.Later("Management case"), businesscase.Carbon: words.Later("Carbon"), businesscase.Equality: words.Later("Equality and access"),
	businesscase.Rejected: words.Later("Options rejected"), businesscase.Actions: words.Later("List of actions"), businesscase.Assumptions: words.Later("Assumptions"), businesscase.Reconciled: words.Later("Reconciliation"),
	businesscase.DataQuality: words.Later("Quality of the data"), businesscase.Method: words.Later("Method"), businesscase.ExemptPart: words.Later("Exempt part (exempt edition only)"),
}

// Sections lists the parts of a business case.
func (w *Workspace) Sections() []app.Section {
	out := make([]app.Section, 0, len(businesscase.Sections))
	for _, s := range businesscase.Sections {
		t := words.T(titles[s])
		if t == "" {
			t = string(s)
		}
		out = append(out, app.Section{ID: string(s), Title: t})
	}
	return out
}

// Paper is what an export would write; nil when it is no paper.
func (w *Workspace) Paper(ctx context.Context, e app.Export) (*document.Document, error) {
	kind := publish.Kind(e.Kind)
	switch kind {
	case publish.WebPage, publish.PlainText:
		kind = publish.BusinessCase
	case publish.BusinessCase, publish.CoverReport:
	default:
		return nil, nil
	}
	c, err := w.Evaluate(ctx)
	if err != nil {
		return nil, err
	}
	opt, err := w.options(c, e)
	if err != nil {
		return nil, err
	}
	if kind == publish.BusinessCase {
		if opt.Risk = draws(ctx, c); ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	doc, err := publish.Paper(kind, c, opt)
	if err != nil {
		return nil, err
	}
	return doc, ctx.Err()
}

// draws says how sure the comparison is, as the paper does, but stops when the
// user goes on: a preview must never keep the window from closing.
func draws(ctx context.Context, c *appraisal.Comparison) *risk.Result {
	const most = 2000
	m, err := risk.Default(ctx, c)
	if err != nil {
		return nil
	}
	r, err := risk.Run(ctx, c, m, risk.Options{Draws: most, Seed: 1})
	if err != nil {
		return nil
	}
	return r
}
