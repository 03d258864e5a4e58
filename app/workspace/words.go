package workspace

import (
	"context"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
	"github.com/planting-the-flag/flagstone/reports/businesscase"
	"github.com/planting-the-flag/flagstone/reports/publish"
)

// PutPaper keeps what the user changed in a section of the business case.
func (w *Workspace) PutPaper(ctx context.Context, name string, part model.PaperPart) error {
	switch {
	case part.Words == "":
		part.At = ""
	case part.Words != w.s.Project().Paper(part.Section).Words:
		part.At = w.now().Format("2006-01-02")
	}
	if part == (model.PaperPart{Section: part.Section}) {
		if w.s.Project().Paper(part.Section) == part {
			return nil
		}
		return w.do(ctx, name, "", store.RemovePaper{Section: part.Section})
	}
	return w.do(ctx, name, "", store.PutPaper{Part: part})
}

// Words is a section of the business case as text to edit.
func (w *Workspace) Words(ctx context.Context, e app.Export, section string) (*app.Words, error) {
	c, err := w.Evaluate(ctx)
	if err != nil {
		return nil, err
	}
	opt, err := w.options(c, e)
	if err != nil {
		return nil, err
	}
	if opt.Risk = draws(ctx, c); ctx.Err() != nil {
		return nil, ctx.Err()
	}
	s := businesscase.Section(section)
	out := &app.Words{Title: titles[s]}
	if out.Ours, err = publish.Words(c, opt, s); err != nil {
		return nil, err
	}
	if mine := w.s.Project().Paper(section).Words; mine != "" {
		if out.Unknown, err = publish.Unknown(c, opt, s, mine); err != nil {
			return nil, err
		}
	}
	return out, ctx.Err()
}
