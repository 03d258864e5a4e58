// Package tiles fetches the pictures of a background map that the user asked
// for, and keeps them on disk.
//
// It knows addresses of tiles, limits and what a server may get wrong. It
// refuses to fetch anything by itself: only Map.Fetch uses the network, and
// nothing calls it until the user has switched a background map on. It imports
// no Fyne.
package tiles

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// Source says where tiles come from.
type Source struct {
	Template string // address with {z}, {x} and {y}; {-y} counts rows from the south
	Credit   string // what the map's owner wants to be shown on it
	Most     int    // the closest zoom there is; 19 when 0
}

// Refused is why an address or a picture is not used, as a sentence that can be
// shown.
type Refused string

func (r Refused) Error() string { return string(r) }

// Sentence is the error itself.
func (r Refused) Sentence() string { return string(r) }

// Check says in a sentence what is wrong with the address, if anything is.
func (s Source) Check() error {
	t := strings.TrimSpace(s.Template)
	plain := strings.NewReplacer("{z}", "0", "{x}", "0", "{y}", "0", "{-y}", "0").Replace(t)
	u, err := url.Parse(plain)
	switch {
	case t == "":
		return Refused(words.T("Type the address of the map's tiles, with {z}, {x} and {y} in it."))
	case strings.ContainsAny(plain, "{}"):
		return Refused(words.T("Only {z}, {x}, {y} and {-y} can stand in braces in the address."))
	case err != nil || u.Host == "":
		return Refused(words.T("This is not a web address. It looks like https://tiles.example.org/{z}/{x}/{y}.png."))
	case u.Scheme != "https" && u.Scheme != "http":
		return Refused(words.T("The address must begin with https:// or http://."))
	case !strings.Contains(t, "{z}") || !strings.Contains(t, "{x}") || !strings.Contains(t, "{y}") && !strings.Contains(t, "{-y}"):
		return Refused(words.T("The address must have {z}, {x} and {y} in it, where zoom, column and row of a tile go."))
	}
	return nil
}

// URL is the address of a tile.
func (s Source) URL(t geo.Tile) string {
	n := strconv.Itoa
	return strings.NewReplacer("{z}", n(t.Z), "{x}", n(t.X), "{y}", n(t.Y), "{-y}", n(1<<t.Z-1-t.Y)).Replace(strings.TrimSpace(s.Template))
}

func (s Source) most() int {
	if s.Most <= 0 || s.Most > 22 {
		return 19
	}
	return s.Most
}
