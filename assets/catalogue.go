package assets

import "embed"

// Catalogue is the action catalogue: the assumptions that decisions rest on
// beyond the parameter set, what each kind of action uses, the retrofit
// measures and the changes of use, as JSON.
//
//go:embed catalogue/catalogue.json
var Catalogue []byte

// Examples holds a scenario file for every kind of action, on the demonstration
// place, and the JSON schema that they follow.
//
//go:embed catalogue/examples/*.json catalogue/scenario.schema.json
var Examples embed.FS
