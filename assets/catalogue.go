package assets

import _ "embed"

// Catalogue is the action catalogue: the assumptions that decisions rest on
// beyond the parameter set, what each kind of action uses, the retrofit
// measures and the changes of use, as JSON.
//
//go:embed catalogue/catalogue.json
var Catalogue []byte
