package assets

import "embed"

// Translations holds what the window says in other languages, a file for each by its BCP 47 tag: English text → text. A key that
// the library of messages keeps for itself (Other, One, Description, Id) has its text under "other".
//
//go:embed translations/*.json
var Translations embed.FS
