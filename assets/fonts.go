package assets

import "embed"

// Fonts holds the signs that the window's type family lacks, the minus, the mark of a modelled figure, arrows, one file a weight:
// outlines of DejaVu Sans under a name of their own, as its licence (fonts/LICENSE) asks.
//
//go:embed fonts/*.ttf
var Fonts embed.FS
