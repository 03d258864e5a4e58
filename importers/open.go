package importers

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/planting-the-flag/flagstone/importers/csvfile"
	"github.com/planting-the-flag/flagstone/importers/geojson"
	"github.com/planting-the-flag/flagstone/importers/ods"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/importers/xls"
	"github.com/planting-the-flag/flagstone/importers/xlsx"
	"github.com/planting-the-flag/flagstone/importers/zipfile"
)

// Open reads every sheet of the file at a path. The kind of file is found from its content, not its name. Of the
// options it heeds the sheet wanted, the password, the limits and the progress.
func Open(ctx context.Context, path string, opt Options) ([]*table.Table, error) {
	f, err := os.Open(path)
	if err != nil {
		var pe *os.PathError
		if errors.As(err, &pe) {
			return nil, table.Fail(pe, fmt.Sprintf("%s cannot be opened: %v. Check the name and that you may read it.", filepath.Base(path), pe.Err))
		}
		return nil, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("%s cannot be opened: %w", filepath.Base(path), err)
	}
	if st.IsDir() {
		return nil, table.Fail(table.ErrNotATable, fmt.Sprintf("%s is a folder. Choose the file within it.", filepath.Base(path)))
	}
	in := table.Input{Name: filepath.Base(path), R: f, Size: st.Size(), Limits: opt.Limits, Password: opt.Password}
	if opt.Progress != nil {
		in.Progress = func(rows int) { opt.tell("reading", rows, 0) }
	}
	return OpenInput(ctx, in, opt.Sheet)
}

// OpenInput reads every sheet of a file that is already open.
func OpenInput(ctx context.Context, in table.Input, only string) ([]*table.Table, error) {
	if in.Size == 0 {
		return nil, table.Fail(table.ErrEmpty, in.Name+" is empty. Choose the file that holds the table.")
	}
	d := Detect(in)
	if d.Encrypted {
		return protected(ctx, in, only)
	}
	one := func(t *table.Table, err error) ([]*table.Table, error) {
		if err != nil {
			return nil, err
		}
		return []*table.Table{t}, nil
	}
	switch d.Format {
	case table.FormatCSV:
		return one(csvfile.Read(ctx, in))
	case table.FormatGeoJSON:
		return one(geojson.Read(ctx, in))
	case table.FormatXLSX:
		return xlsx.Read(ctx, in, only)
	case table.FormatXLS:
		return xls.Read(ctx, in, only)
	case table.FormatODS:
		return ods.Read(ctx, in, only)
	case table.FormatZip:
		return zipfile.Read(ctx, in, func(ctx context.Context, member table.Input) ([]*table.Table, error) {
			if Detect(member).Format == table.FormatZip {
				return nil, table.Fail(table.ErrNotATable, member.Name+" is an archive within an archive; take it out and import it by itself.")
			}
			return OpenInput(ctx, member, only)
		})
	}
	what := ""
	if d.What != "" {
		what = ": it is " + d.What
	}
	return nil, table.Fail(table.ErrNotATable, fmt.Sprintf("%s is not a spreadsheet, a table of text or GeoJSON%s. Save it as xlsx, ods or csv and import that.", in.Name, what))
}
