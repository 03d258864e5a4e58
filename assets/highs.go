package assets

import "embed"

// HiGHS holds the general solver of that name as WebAssembly (highs.wasm.gz)
// with the names of what it exports and imports (highs.names), where the build
// fetched them; otherwise only a note on where they come from.
//
//go:embed highs
var HiGHS embed.FS
