package format

import "github.com/planting-the-flag/flagstone/model/naming"

// Name writes a name that its source has in capitals throughout as names are
// written, as the papers do too.
func Name(s string) string { return naming.Name(s) }
