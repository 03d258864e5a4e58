// Package zipfile reads an archive of tables: each member that is a spreadsheet, a table of text or GeoJSON is read as if it stood by
// itself, and named after the archive and itself.
package zipfile

import (
	"bytes"
	"context"
	"errors"
	"path"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/packed"
	"github.com/planting-the-flag/flagstone/importers/table"
)

// Read reads every member with open. Members that are no tables are passed over with a note.
func Read(ctx context.Context, in table.Input, open func(context.Context, table.Input) ([]*table.Table, error)) ([]*table.Table, error) {
	z, err := packed.Open(in)
	if err != nil {
		return nil, err
	}
	if err := packed.Check(ctx, in, z, nil); err != nil {
		return nil, err
	}
	var out []*table.Table
	var notes []table.Note
	limits := in.Limits.WithDefaults()
	for _, f := range z.File {
		base := path.Base(f.Name)
		if f.FileInfo().IsDir() || strings.HasPrefix(base, ".") || strings.HasPrefix(f.Name, "__MACOSX/") {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		b, err := packed.Read(f, limits.Unpacked)
		if err != nil {
			return nil, table.Fail(table.ErrDamaged, in.Name+" is damaged: "+f.Name+" cannot be read")
		}
		member := table.Input{Name: in.Name + "/" + base, R: bytes.NewReader(b), Size: int64(len(b)), Limits: in.Limits, Password: in.Password, Progress: in.Progress}
		tables, err := open(ctx, member)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.Is(err, table.ErrNotATable) || errors.Is(err, table.ErrEmpty):
			notes = append(notes, table.Note{Column: -1, Value: base, Message: err.Error()})
		case err != nil:
			return nil, err
		}
		out = append(out, tables...)
	}
	if len(out) == 0 {
		return nil, table.Fail(table.ErrNotATable, in.Name+" holds no spreadsheet, table of text or GeoJSON.")
	}
	out[0].Notes = append(notes, out[0].Notes...)
	return out, nil
}
