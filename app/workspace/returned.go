package workspace

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/intake"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/reports/workbook"
)

// openBook opens a file that is a workbook of ours; nil when it is none.
func openBook(path string) (*os.File, int64) {
	if !strings.EqualFold(filepath.Ext(path), ".xlsx") {
		return nil, 0
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = workbook.ReadVersion(f, size)
	}
	if err != nil {
		_ = f.Close()
		return nil, 0
	}
	return f, size
}

// OurBook says whether a file is a workbook that was written from a project.
func (l *Library) OurBook(path string) bool {
	f, _ := openBook(path)
	if f == nil {
		return false
	}
	return f.Close() == nil
}

// Returned reads a workbook that came back. A file that is none of ours is left
// to the import.
func (w *Workspace) Returned(ctx context.Context, path string) (*app.Returned, error) {
	f, size := openBook(path)
	if f == nil {
		return nil, ctx.Err()
	}
	defer f.Close()
	if len(w.s.Project().Scenarios) == 0 {
		return nil, model.Invalid("workbook", words.F("%s was written from another project. Open that project, then drop the workbook on it", baseName(path)))
	}
	r, err := intake.ReadReturned(ctx, w.s.Project(), f, size)
	if err != nil {
		return nil, err
	}
	out := &app.Returned{File: baseName(path), Against: r.Against, Already: r.Changes.Already, Plan: r}
	for i := range r.Changes.Changes {
		c := &r.Changes.Changes[i]
		where := c.Sheet
		if c.Cell != "" {
			where += ", " + c.Cell
		}
		out.Changes = append(out.Changes, app.ReturnedChange{ID: c.ID, Where: where, Sentence: told(c), Now: c.Now, Conflict: c.Conflict, Usable: c.Acceptable()})
	}
	return out, ctx.Err()
}

// told says a change as the window does: an assumption by its name, numbers
// without the digits that nobody typed.
func told(c *workbook.Change) string {
	a := c.Assumption
	if a == nil || a.Label == "" || c.Kind != workbook.AssumptionChanged || c.Field != "Value" {
		return app.Sentence(c.Sentence)
	}
	unit := ""
	if a.Unit != "" {
		unit = " " + a.Unit
	}
	return app.Sentence(words.F("%s: %s became %s%s", a.Label, digits(c.From), digits(c.To), unit))
}

// digits keeps six figures of a number.
func digits(s string) string {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s
	}
	return strconv.FormatFloat(x, 'g', 6, 64)
}

// Take carries out the chosen changes as one step.
func (w *Workspace) Take(ctx context.Context, r *app.Returned, ids []int) ([]string, error) {
	plan, ok := r.Plan.(*intake.Returned)
	if !ok {
		return nil, model.Invalid("workbook", words.T("the workbook was not read from this project; drop it again"))
	}
	yes := make(map[int]bool, len(ids))
	for _, id := range ids {
		yes[id] = true
	}
	b, refused, err := intake.AcceptReturned(w.s.Project(), plan, r.File, func(c *workbook.Change) bool { return yes[c.ID] })
	if err != nil {
		return nil, err
	}
	var said []string
	for i := range refused {
		said = append(said, app.Sentence(refused[i].Sentence))
	}
	if len(b.Commands) == 0 {
		return said, ctx.Err()
	}
	return said, w.do(ctx, b.Name, "", b.Commands...)
}
