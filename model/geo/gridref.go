package geo

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// GridRef is a national grid reference: letters and digits naming a square.
type GridRef struct {
	Corner  Grid    // south-west corner of the square
	Size    float64 // side of the square in metres: 1 for ten digits, 100 for six
	Ireland bool    // Irish Grid, one letter; otherwise British National Grid, two
}

// Place is the middle of the square, or its corner when the square is one metre.
func (r GridRef) Place() LatLon {
	g := r.Corner
	if r.Size > 1 {
		g.E += r.Size / 2
		g.N += r.Size / 2
	}
	if r.Ireland {
		return FromIrishGrid(g)
	}
	return FromOSGB(g)
}

var gridRefForm = regexp.MustCompile(`^([A-HJ-Z]{1,2})[\s,]*(\d{1,5}[\s,]+\d{1,5}|\d{2,10})$`)

// ParseGridRef reads "SJ 80230 85291", "SJ8023085291", "SJ 802 852" and, for Ireland, "J 338 740".
func ParseGridRef(s string) (GridRef, error) {
	m := gridRefForm.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(s)))
	if m == nil {
		return GridRef{}, fmt.Errorf("%q is not a grid reference", shorten(s))
	}
	var east, north string
	if f := strings.FieldsFunc(m[2], func(r rune) bool { return r < '0' || r > '9' }); len(f) == 2 {
		east, north = f[0], f[1]
	} else if len(m[2])%2 == 0 {
		east, north = m[2][:len(m[2])/2], m[2][len(m[2])/2:]
	}
	if east == "" || len(east) != len(north) || len(east) > 5 {
		return GridRef{}, fmt.Errorf("%q is not a grid reference: eastings and northings need as many digits each", shorten(s))
	}
	e, _ := strconv.Atoi(east)
	n, _ := strconv.Atoi(north)
	r := GridRef{Size: math.Pow10(5 - len(east)), Ireland: len(m[1]) == 1}
	x, y, ok := square(m[1])
	if !ok {
		return GridRef{}, fmt.Errorf("%q names a square outside the grid", shorten(s))
	}
	r.Corner = Grid{E: x + float64(e)*r.Size, N: y + float64(n)*r.Size}
	return r, nil
}

// square is the south-west corner of a lettered 100 km square.
func square(letters string) (e, n float64, ok bool) {
	pos := func(b byte) (col, row int) {
		i := int(b - 'A')
		if b > 'I' {
			i-- // there is no I
		}
		return i % 5, 4 - i/5
	}
	if len(letters) == 1 {
		c, r := pos(letters[0])
		return float64(c) * 1e5, float64(r) * 1e5, true
	}
	c1, r1 := pos(letters[0])
	c2, r2 := pos(letters[1])
	// The false origin is the south-west corner of square SV; letters count from VV, 1,000 km west and 500 km south of it.
	e = float64(c1*5+c2)*1e5 - 1e6
	n = float64(r1*5+r2)*1e5 - 5e5
	return e, n, e >= 0 && e < 7e5 && n >= 0 && n < 1.3e6
}

// FormatGridRef writes a British grid reference with ten digits, "SJ 80230 85291"; it is empty outside the grid.
func FormatGridRef(g Grid) string {
	if !finite(g.E, g.N) || g.E < 0 || g.E >= 7e5 || g.N < 0 || g.N >= 1.3e6 {
		return ""
	}
	const letters = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
	c, r := int(g.E/1e5)+10, int(g.N/1e5)+5
	big := letters[(4-r/5)*5+c/5]
	small := letters[(4-r%5)*5+c%5]
	return fmt.Sprintf("%c%c %05d %05d", big, small, int(g.E)%100000, int(g.N)%100000)
}

// shorten keeps a quoted value from filling a message.
func shorten(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
