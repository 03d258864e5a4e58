// Package publish turns a comparison into the files that other people act on:
// it knows which kinds there are, their names and endings, and which builder and
// renderer make each. It refuses to know what is in them and where they go.
package publish

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/model/risk"
	"github.com/planting-the-flag/flagstone/reports/businesscase"
	"github.com/planting-the-flag/flagstone/reports/document"
	"github.com/planting-the-flag/flagstone/reports/html"
	"github.com/planting-the-flag/flagstone/reports/pdf"
	"github.com/planting-the-flag/flagstone/reports/workbook"
)

// Kind is one sort of output.
type Kind string

// The kinds of output.
const (
	Workbook     Kind = "workbook"
	BusinessCase Kind = "business-case"
	CoverReport  Kind = "cover-report"
	WebPage      Kind = "web-page"
	PlainText    Kind = "plain-text"
	Register     Kind = "register"
	GeoJSON      Kind = "geojson"
	Charts       Kind = "charts"
	Tables       Kind = "tables"
	Template     Kind = "template"
)

// Kinds lists them with the ending of their files and a title for people.
var Kinds = []struct {
	Kind   Kind
	Ending string
	Title  string
}{
	{Workbook, ".xlsx", "Workbook for finance"},
	{BusinessCase, ".pdf", "Business case"},
	{CoverReport, ".pdf", "Cover report"},
	{WebPage, ".html", "Business case as a web page"},
	{PlainText, ".txt", "Business case as plain text"},
	{Register, ".csv", "Register of land and buildings"},
	{GeoJSON, ".geojson", "Map data"},
	{Charts, ".zip", "Charts and maps"},
	{Tables, ".zip", "Tables without a spreadsheet"},
	{Template, ".xlsx", "Blank portfolio to fill in"},
}

// Options are the choices of one output.
type Options struct {
	Edition   string // "public" or "exempt"; empty means public for papers and exempt for the workbook
	Hash      string // of the project version
	Created   time.Time
	Issuer    string                 // body in whose name papers go out; see Issuer when empty
	Preferred model.ScenarioID       // of the papers; the best when empty
	Risk      *risk.Result           // draws of the same comparison for a business case; made anew when nil
	Include   []businesscase.Section // of a business case, in this order; all when empty
	Override  map[businesscase.Section]businesscase.Override
	Progress  func(what string, done, of int)
}

// Write makes one output. Papers in one process are rendered one at a time.
func Write(ctx context.Context, kind Kind, c *appraisal.Comparison, w io.Writer, opt Options) error {
	switch opt.Edition {
	case "", "public", "exempt":
	default:
		return model.Invalid("edition", fmt.Sprintf("the edition is %q; it must be public or exempt", opt.Edition))
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	switch kind {
	case Workbook:
		return workbook.Write(ctx, c, w, workbook.Options{Edition: workbook.Edition(opt.Edition), Hash: opt.Hash, Created: opt.Created, Progress: opt.Progress})
	case Tables:
		return workbook.WriteCSV(ctx, c, w, workbook.Options{Edition: workbook.Edition(opt.Edition), Hash: opt.Hash, Created: opt.Created, Progress: opt.Progress})
	case Template:
		return workbook.WriteTemplate(ctx, w, workbook.Options{Created: opt.Created})
	case BusinessCase, CoverReport:
		doc, err := Paper(kind, c, opt)
		if err != nil {
			return err
		}
		_, err = pdf.Render(doc, w)
		return err
	case WebPage, PlainText:
		doc, err := Paper(BusinessCase, c, opt)
		if err != nil {
			return err
		}
		if kind == WebPage {
			return html.Render(doc, w)
		}
		_, err = io.WriteString(w, document.PlainText(doc))
		return err
	}
	return openData(kind, c, w, opt)
}

// Paper builds the neutral document of a business case or cover report.
func Paper(kind Kind, c *appraisal.Comparison, opt Options) (*document.Document, error) {
	if kind == CoverReport {
		return businesscase.CoverReport(c, coverOptions(c, opt))
	}
	return businesscase.Build(c, caseOptions(c, opt))
}

// caseOptions are the choices of a business case; a cover report does without
// draws.
func caseOptions(c *appraisal.Comparison, opt Options) businesscase.Options {
	o := coverOptions(c, opt)
	o.Include, o.Override = opt.Include, opt.Override
	edited(c.Project, &o)
	if o.Risk = opt.Risk; o.Risk == nil {
		o.Risk = draws(c)
	}
	return o
}

func coverOptions(c *appraisal.Comparison, opt Options) businesscase.Options {
	o := businesscase.Options{Edition: document.Public, Hash: opt.Hash, Created: opt.Created, Preferred: opt.Preferred}
	if opt.Edition == "exempt" {
		o.Edition = document.Exempt
	}
	if o.House.Organisation = opt.Issuer; o.House.Organisation == "" {
		o.House.Organisation = Issuer(c.Project)
	}
	if o.Preferred == "" {
		o.Preferred = outcome.Preferred(c)
	}
	o.Switching = switching(c, o.Preferred)
	if f, err := appraisal.DefaultFunding(c); err == nil {
		if a, err := appraisal.Afford(c, o.Preferred, f); err == nil {
			o.Afford = a
		}
	}
	return o
}

// paperDraws is how many draws a paper rests on: the ends of a range settle to
// about one part in fifty of its width, and nobody waits for it.
const paperDraws = 2000

// draws says how sure the comparison is, by the ranges of evidence grades; nil
// when there is nothing to draw. A paper does without rather than not be made.
func draws(c *appraisal.Comparison) *risk.Result {
	ctx := context.Background()
	m, err := risk.Default(ctx, c)
	if err != nil {
		return nil
	}
	r, err := risk.Run(ctx, c, m, risk.Options{Draws: paperDraws, Seed: 1})
	if err != nil {
		return nil
	}
	return r
}

// switching lists the drivers that could undo the preferred option, those that
// need to move least first. What cannot undo it is left out.
func switching(c *appraisal.Comparison, preferred model.ScenarioID) []businesscase.Switching {
	all, err := appraisal.SwitchingValues(c, preferred)
	if err != nil { // nothing is preferred
		return nil
	}
	var out []businesscase.Switching
	for _, s := range all {
		if !s.Reached || len(out) == maxSwitching {
			continue
		}
		out = append(out, businesscase.Switching{Key: s.Key, Label: s.Label, Unit: s.Unit, Now: s.Now, Turns: s.At, Grade: s.Grade})
	}
	return out
}

// maxSwitching is how many switching values a paper shows.
const maxSwitching = 12

// Parse finds a kind by its name.
func Parse(name string) (Kind, error) {
	var names []string
	for _, k := range Kinds {
		if string(k.Kind) == name {
			return k.Kind, nil
		}
		names = append(names, string(k.Kind))
	}
	return "", model.Invalid("kind", fmt.Sprintf("%q is not an output; the outputs are %s", name, strings.Join(names, ", ")))
}

// edited lays what the user changed in the project's paper under the choices of
// one output.
func edited(p *model.Project, o *businesscase.Options) {
	if p == nil || len(p.Papers) == 0 {
		return
	}
	if len(o.Include) == 0 {
		for _, s := range businesscase.Sections {
			if !p.Paper(string(s)).LeftOut {
				o.Include = append(o.Include, s)
			}
		}
	}
	if o.Override != nil {
		return
	}
	o.Override = map[businesscase.Section]businesscase.Override{}
	for _, part := range p.Papers {
		o.Override[businesscase.Section(part.Section)] = businesscase.Override{Title: part.Title, Instead: Paragraphs(part.Words), Edited: part.At}
	}
}

// Paragraphs splits typed words at empty lines.
func Paragraphs(words string) []string {
	var out []string
	for _, p := range strings.Split(strings.ReplaceAll(words, "\r\n", "\n"), "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// Words is a section of the business case as text to edit, as
// [businesscase.Words] writes it, paragraphs parted by empty lines.
func Words(c *appraisal.Comparison, opt Options, s businesscase.Section) (string, error) {
	paragraphs, err := businesscase.Words(c, caseOptions(c, opt), s)
	return strings.Join(paragraphs, "\n\n"), err
}

// Unknown lists the names in braces of an edited section that stand for
// nothing.
func Unknown(c *appraisal.Comparison, opt Options, s businesscase.Section, words string) ([]string, error) {
	return businesscase.Unknown(c, caseOptions(c, opt), s, Paragraphs(words))
}
