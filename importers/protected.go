package importers

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/xuri/excelize/v2"
)

// What a protected file fails with. ErrPassword: ask for the password and read again with Options.Password. ErrWrongPassword is an
// ErrPassword as well: the one given does not open the file. ErrProtected: no password given to Flagstone opens it (xls, ods and zip
// have ways of their own); only a copy without one can be read.
var (
	ErrPassword      = table.ErrPassword
	ErrWrongPassword = table.ErrWrongPassword
	ErrProtected     = table.ErrProtected
)

const mostProtected = 256 << 20 // bytes of a protected workbook: it is opened in memory

// protected reads a workbook that is encrypted as a whole, with the password given.
func protected(ctx context.Context, in table.Input, only string) ([]*table.Table, error) {
	switch {
	case in.Password == "":
		return nil, table.Fail(table.ErrPassword, in.Name+" is protected by a password. Give the password, or open it, save a copy without the password, and import the copy.")
	case in.Size > mostProtected:
		return nil, table.Fail(table.ErrTooLarge, fmt.Sprintf("%s is protected by a password and larger than %d MB. Open it, save a copy without the password, and import the copy.", in.Name, mostProtected>>20))
	}
	raw := make([]byte, in.Size)
	if _, err := io.ReadFull(io.NewSectionReader(in.R, 0, in.Size), raw); err != nil {
		return nil, fmt.Errorf("reading %s: %w", in.Name, err)
	}
	plain, err := decrypt(raw, in.Password)
	switch {
	case err != nil:
		return nil, table.Fail(table.ErrProtected, in.Name+" is protected in a way that Flagstone cannot open, or is damaged. Open it, save a copy without the password, and import the copy.")
	case !bytes.HasPrefix(plain, []byte("PK")):
		return nil, table.Fail(table.ErrWrongPassword, fmt.Sprintf("The password does not open %s. Capitals count; type it again, or ask the owner of the file.", in.Name))
	}
	in.R, in.Size = bytes.NewReader(plain), int64(len(plain))
	return OpenInput(ctx, in, only)
}

// decrypt opens what Office has encrypted. With a wrong password it gives bytes that are no archive. It fails where the way of
// encrypting is not one of Office's usual two, or the file is damaged.
func decrypt(raw []byte, password string) (plain []byte, err error) {
	defer func() {
		if r := recover(); r != nil { // a container made to do harm
			plain, err = nil, fmt.Errorf("decrypting: %v", r)
		}
	}()
	plain, err = excelize.Decrypt(raw, &excelize.Options{Password: password})
	if err == nil && len(plain) == 0 {
		err = fmt.Errorf("decrypting: nothing came out")
	}
	return plain, err
}
