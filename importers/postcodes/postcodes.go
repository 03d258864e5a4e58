// Package postcodes loads the postcode gazetteer that ships with the program:
// sectors and districts of Great Britain, and units around the demonstration
// place. It knows which tables there are and nothing of how they are searched.
package postcodes

import (
	"io/fs"
	"sync"

	"github.com/planting-the-flag/flagstone/assets"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// Gazetteer is the shipped gazetteer, loaded once.
var Gazetteer = sync.OnceValues(func() (*geo.Gazetteer, error) {
	var tables [][]byte
	for _, f := range []struct {
		fs   fs.FS
		name string
	}{
		{assets.Demo, "demo/postcodes.csv"},
		{assets.Postcodes, "geo/gb-postcode-sectors-codepoint-2014.csv"},
		{assets.Postcodes, "geo/gb-postcode-outcodes-codepoint-2014.csv"},
	} {
		b, err := fs.ReadFile(f.fs, f.name)
		if err != nil {
			return nil, err
		}
		tables = append(tables, b)
	}
	return geo.NewGazetteer(tables...)
})
