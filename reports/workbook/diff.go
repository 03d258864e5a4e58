package workbook

import (
	"context"
	"fmt"
	"io"
	"sort"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// ChangeKind says what sort of difference a returned book shows.
type ChangeKind string

// The kinds of change. The last two change nothing that can be taken over: they
// say where the book no longer works as it was sent.
const (
	AssumptionChanged ChangeKind = "assumption"
	AssumptionAdded   ChangeKind = "added assumption"
	AssumptionRemoved ChangeKind = "removed assumption"
	FactorChanged     ChangeKind = "factor"
	StreamChanged     ChangeKind = "stream"
	StreamAdded       ChangeKind = "added stream"
	StreamRemoved     ChangeKind = "removed stream"
	Overwritten       ChangeKind = "formula overwritten"
	Unreadable        ChangeKind = "cannot be read"
)

// Change is one difference between a returned book and the version it was made
// from, to be accepted or refused by itself.
type Change struct {
	ID       int        `json:"id"` // place in the change set, from 1
	Kind     ChangeKind `json:"kind"`
	Sheet    string     `json:"sheet"`
	Cell     string     `json:"cell,omitempty"`     // "C12"; empty when the thing is no longer in the book
	Key      string     `json:"key,omitempty"`      // assumption key, path key or stream
	Scenario string     `json:"scenario,omitempty"` // of a stream; "Every scenario" for a shared one
	Field    string     `json:"field,omitempty"`    // "Value", "Quantity", "First year", …: the head of the column
	From     string     `json:"from"`               // what the book was sent with
	To       string     `json:"to"`                 // what it says now
	Now      string     `json:"now,omitempty"`      // what the project says today, when that is not From
	Conflict bool       `json:"conflict"`           // the project has changed the same thing to something else since
	Sentence string     `json:"sentence"`           // the change in words

	Number      float64            `json:"-"` // To, when it is a number
	Assumption  *model.Assumption  `json:"-"` // of a changed or added assumption, as the book has it
	Stream      *ledger.Stream     `json:"-"` // of a changed or added stream, as the book has it
	ScenarioIDs []model.ScenarioID `json:"-"` // scenarios the stream belongs to
	was         *ledger.Stream     // the stream as the book was sent
}

// Version is the block on the cover that says what a book was made from.
type Version struct {
	Hash     string           `json:"hash"`
	Set      string           `json:"set"`
	Written  string           `json:"written"`
	Layout   string           `json:"layout"`
	Baseline model.ScenarioID `json:"baseline"`
	Edition  Edition          `json:"edition"`
}

// LogLine is what somebody wrote in the change log of the book.
type LogLine struct {
	Key  string `json:"key"`
	What string `json:"what"`
	Date string `json:"date"`
	Who  string `json:"who"`
	Was  string `json:"was"`
	Why  string `json:"why"`
}

// ChangeSet is everything a returned book says that differs.
type ChangeSet struct {
	Version Version   `json:"version"`
	Changes []Change  `json:"changes"`
	Already int       `json:"already"` // changes that the project has made itself since
	Log     []LogLine `json:"log"`
}

// Acceptable reports whether the change is one that the project can take over.
func (c *Change) Acceptable() bool { return c.Kind != Overwritten && c.Kind != Unreadable }

// ReadVersion says which version a book was made from, so that the caller can
// find it. A book that is not one of ours is refused.
func ReadVersion(r io.ReaderAt, size int64) (Version, error) {
	book, err := openBook(r, size)
	if err != nil {
		return Version{}, err
	}
	return book.version()
}

// Diff compares a returned book with base, the comparison it was made from, and
// with ours, the project as it is today. With base nil the book is compared
// with ours alone and nothing can conflict. Nothing is applied.
func Diff(ctx context.Context, r io.ReaderAt, size int64, base, ours *appraisal.Comparison) (*ChangeSet, error) {
	book, err := openBook(r, size)
	if err != nil {
		return nil, err
	}
	v, err := book.version()
	if err != nil {
		return nil, err
	}
	if v.Layout != layoutVersion {
		return nil, model.Invalid("workbook", fmt.Sprintf("the workbook has layout %q and this version of Flagstone reads layout %s; export it again", v.Layout, layoutVersion))
	}
	if base == nil {
		base = ours
	}
	sent, err := build(ctx, base, Options{Edition: v.Edition})
	if err != nil {
		return nil, fmt.Errorf("rebuilding the book as it was sent: %w", err)
	}
	today := sent
	if ours != nil && ours != base {
		if today, err = build(ctx, ours, Options{Edition: v.Edition}); err != nil {
			return nil, fmt.Errorf("building the book as the project is today: %w", err)
		}
	}
	d := &differ{ctx: ctx, book: book, sent: sent, today: today, set: &ChangeSet{Version: v}}
	for _, step := range []func() error{d.findSheets, d.assumptions, d.factors, d.streams, d.calculations, d.log} {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := step(); err != nil {
			return nil, err
		}
	}
	for i := range d.set.Changes {
		d.set.Changes[i].ID = i + 1
	}
	return d.set, nil
}

// differ compares one book.
type differ struct {
	ctx         context.Context
	book        *readBook
	sent, today *builder
	set         *ChangeSet
	found       map[string]string // name as sent → name in the book
}

func (d *differ) say(c Change) {
	if c.Sentence == "" {
		what := c.Key
		if c.Field != "" && c.Field != "Value" {
			what += ", " + strings.ToLower(c.Field)
		}
		c.Sentence = fmt.Sprintf("%s: %s became %s", what, fallback(c.From, "nothing"), fallback(c.To, "nothing"))
		if c.Conflict {
			c.Sentence += fmt.Sprintf("; the project has since made it %s", fallback(c.Now, "nothing"))
		}
	}
	d.set.Changes = append(d.set.Changes, c)
}

// weigh sets a change against the project of today and records it unless the
// project has already made it. same compares what the book says with what the
// project says.
func (d *differ) weigh(c Change, now string, nowIsFrom, nowIsTo bool) {
	switch {
	case nowIsTo:
		d.set.Already++
		return
	case !nowIsFrom:
		c.Conflict, c.Now = true, now
	}
	d.say(c)
}

// problem records what cannot be read or no longer works.
func (d *differ) problem(kind ChangeKind, sheet, cell, sentence string) {
	d.say(Change{Kind: kind, Sheet: sheet, Cell: cell, Sentence: sentence})
}

// version reads the block on the cover, wherever it has got to.
func (b *readBook) version() (Version, error) {
	var v Version
	found := false
	sheets := append([]string(nil), b.sheets...)
	sort.SliceStable(sheets, func(i, j int) bool { return sheets[i] == "Cover" && sheets[j] != "Cover" })
	for _, s := range sheets {
		if found {
			break
		}
		err := b.each(s, func(_ int, cells []readCell) error {
			for i, c := range cells {
				if c.v == versionHeading {
					found = true
				}
				if !found || i+1 >= len(cells) {
					continue
				}
				next := strings.TrimSpace(cells[i+1].v)
				switch c.v {
				case "Project content hash":
					v.Hash = next
				case "Parameter set identifier":
					v.Set = next
				case "Baseline identifier":
					v.Baseline = model.ScenarioID(next)
				case "Written on":
					v.Written = next
				case "Edition identifier":
					v.Edition = Edition(next)
				case "Layout of this workbook":
					v.Layout = next
				}
			}
			return nil
		})
		if err != nil {
			return v, err
		}
	}
	if !found {
		return v, model.Invalid("workbook", "this is not a workbook that Flagstone wrote, or its Cover was deleted: it does not say which version it was made from")
	}
	return v, nil
}

// findSheets finds every sheet that was sent, also under another name: a sheet
// is known by the title in its first cell.
func (d *differ) findSheets() error {
	d.found = map[string]string{}
	titles := map[string]string{}
	here := map[string]bool{}
	for _, s := range d.book.sheets {
		here[s] = true
		stop := fmt.Errorf("enough")
		err := d.book.each(s, func(row int, cells []readCell) error {
			if row == 1 && len(cells) > 0 {
				titles[cells[0].v] = s
			}
			return stop
		})
		if err != nil && err != stop {
			return err
		}
	}
	for _, s := range d.sent.sheets {
		switch title := s.at(1, 1).s; {
		case here[s.name]:
			d.found[s.name] = s.name
		case s.stream == nil && titles[title] != "":
			d.found[s.name] = titles[title]
			d.problem(Unreadable, titles[title], "", fmt.Sprintf("Sheet “%s” was renamed “%s”; it was read all the same.", s.name, titles[title]))
		case s.stream != nil && titles["Streams"] != "" && len(d.sent.streams) == 1:
			d.found[s.name] = titles["Streams"]
			d.problem(Unreadable, titles["Streams"], "", fmt.Sprintf("Sheet “%s” was renamed “%s”; it was read all the same.", s.name, titles["Streams"]))
		default:
			d.problem(Unreadable, s.name, "", fmt.Sprintf("Sheet “%s” is no longer in the book; nothing in it could be compared.", s.name))
		}
	}
	return nil
}

// log reads what people wrote under “Your changes”.
func (d *differ) log() error {
	name, ok := d.found["Change log"]
	if !ok {
		return nil
	}
	on := false
	return d.book.each(name, func(_ int, cells []readCell) error {
		at := map[int]string{}
		for _, c := range cells {
			at[c.col] = strings.TrimSpace(c.v)
			if n, ok := c.number(); ok && c.col == 3 && n > 30000 { // a date as a spreadsheet keeps it
				if day, err := excelize.ExcelDateToTime(n, false); err == nil {
					at[3] = day.Format("2 January 2006")
				}
			}
		}
		if at[1] == "Cell or key" {
			on = true
			return nil
		}
		if l := (LogLine{at[1], at[2], at[3], at[4], at[5], at[6]}); on && l != (LogLine{}) {
			d.set.Log = append(d.set.Log, l)
		}
		return nil
	})
}
