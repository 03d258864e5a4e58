package demo

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/assets"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
)

const listedFile = "listed_buildings.csv"

// How near, in metres, an entry of the list must stand to be asked about, and to
// be the building itself when it has the same name: the register gives the middle
// of the site, the list the middle of the building.
const (
	beside = 60
	itself = 150
)

// listed notes the buildings that stand beside an entry of the National Heritage
// List and share a word of its name: a reason to ask before works are planned.
func listed(p *model.Project) error {
	f, err := assets.Demo.Open("demo/" + listedFile)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", listedFile, err)
	}
	col := map[string]int{}
	for i, h := range rows[0] {
		col[h] = i
	}
	for _, r := range rows[1:] {
		e, err1 := strconv.ParseFloat(r[col["Easting"]], 64)
		n, err2 := strconv.ParseFloat(r[col["Northing"]], 64)
		if err1 != nil || err2 != nil {
			continue
		}
		at, name := geo.FromOSGB(geo.Grid{E: e, N: n}), r[col["Name"]]
		for i := range p.Assets {
			a := &p.Assets[i]
			same := strings.EqualFold(strings.TrimSpace(a.Name), strings.TrimSpace(name)) // even where every word of it is an ordinary one
			if !a.Located() || !same && !shareWord(a.Name, name) {
				continue
			}
			d := geo.Distance(geo.LatLon(a.Location), at)
			if d > itself || d > beside && !same {
				continue
			}
			if same {
				a.Locks = append(a.Locks, model.Lock{Kind: "listed", Reason: "grade " + r[col["Grade"]] + ", National Heritage List entry " + r[col["ListEntry"]], Source: listedFile})
				continue
			}
			p.Findings = append(p.Findings, model.Finding{Severity: model.Note, File: listedFile, Asset: a.ID, Value: name,
				Message: fmt.Sprintf("%s stands beside %q on the National Heritage List (grade %s)", a.Name, name, r[col["Grade"]]),
				Remedy:  "Check whether it is listed before planning works."})
		}
	}
	return nil
}

// ordinary words say nothing about which building is meant.
var ordinary = map[string]bool{"house": true, "centre": true, "former": true, "school": true, "building": true, "hall": true, "park": true,
	"church": true, "primary": true, "public": true, "street": true, "trafford": true, "library": true, "gates": true}

func shareWord(a, b string) bool {
	if strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) {
		return true
	}
	b = " " + strings.ToLower(b) + " "
	for _, w := range strings.FieldsFunc(strings.ToLower(a), func(r rune) bool { return r < 'a' || r > 'z' }) {
		if len(w) >= 5 && !ordinary[w] && strings.Contains(b, " "+w) {
			return true
		}
	}
	return false
}
