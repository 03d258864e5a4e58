// Package packed looks through a zip archive – which every modern spreadsheet is – before anybody trusts it: every member is
// unpacked under a counter, so that damage, lies about sizes and bombs are found first.
//
// It exists because excelize drops the error of a damaged member and hands out the rows before it as if they were all.
package packed

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/table"
)

// Open reads the directory of an archive and checks the number of its members.
func Open(in table.Input) (*zip.Reader, error) {
	z, err := zip.NewReader(in.R, in.Size)
	if err != nil {
		return nil, table.Fail(table.ErrDamaged, fmt.Sprintf("%s is damaged: its directory cannot be read. Ask for the file again, or open and save it in a spreadsheet program.", in.Name))
	}
	if most := in.Limits.WithDefaults().Members; len(z.File) > most {
		return nil, table.Fail(table.ErrTooLarge, fmt.Sprintf("%s holds %d files; the most is %d", in.Name, len(z.File), most))
	}
	return z, nil
}

// Check unpacks every member to nothing, watching the bytes that really come out. A hook may look at a member as it goes by; it
// returns where to copy the bytes, or nil.
func Check(ctx context.Context, in table.Input, z *zip.Reader, hook func(name string) io.Writer) error {
	limits := in.Limits.WithDefaults()
	var total int64
	var known *table.Error
	for _, f := range z.File {
		if f.FileInfo().IsDir() {
			continue
		}
		if f.Flags&1 != 0 {
			return table.Fail(table.ErrProtected, fmt.Sprintf("%s is protected by a password. Save a copy without one and import that.", in.Name))
		}
		n, err := copyMember(ctx, f, limits, limits.Unpacked-total, sink(hook, f.Name))
		total += n
		switch {
		case errors.Is(err, errBomb):
			return table.Fail(table.ErrTooLarge, fmt.Sprintf("%s unpacks to more than %d MB (at %s). It is not read: it may have been made to do harm. If it is real, save it as CSV.",
				in.Name, limits.Unpacked>>20, f.Name))
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.As(err, &known):
			return err // said by the one who looks at the bytes
		case err != nil:
			return table.Fail(table.ErrDamaged, fmt.Sprintf("%s is damaged: its part %s cannot be read (%v). Nothing was imported, because rows would be missing. Ask for the file again, or open and save it in a spreadsheet program.",
				in.Name, f.Name, err))
		}
	}
	return nil
}

func sink(hook func(string) io.Writer, name string) io.Writer {
	if hook != nil {
		if w := hook(name); w != nil {
			return w
		}
	}
	return io.Discard
}

var errBomb = errors.New("unpacks to too much")

// small members may be packed as tightly as they like; the ratio only matters from here on.
const ratioFrom = 32 << 20

func copyMember(ctx context.Context, f *zip.File, limits table.Limits, left int64, w io.Writer) (int64, error) {
	r, err := f.Open()
	if err != nil {
		return 0, err
	}
	defer r.Close()
	buf := make([]byte, 128<<10)
	var n int64
	for {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		k, err := r.Read(buf)
		n += int64(k)
		if n > left || (n > ratioFrom && n > limits.Ratio*int64(max(1, f.CompressedSize64))) {
			return n, errBomb
		}
		if k > 0 {
			if _, werr := w.Write(buf[:k]); werr != nil {
				return n, werr
			}
		}
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}

// Read unpacks one member whole, up to a number of bytes.
func Read(f *zip.File, most int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return nil, err
	}
	if int64(len(b)) > most {
		return nil, errBomb
	}
	return b, nil
}

// Find returns the member with the name, or nil.
func Find(z *zip.Reader, name string) *zip.File {
	for _, f := range z.File {
		if strings.EqualFold(f.Name, name) {
			return f
		}
	}
	return nil
}
