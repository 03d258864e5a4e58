package open

import (
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/planting-the-flag/flagstone/model"
)

// Columns are those of the Transparency Code's land and building assets, in the order in which councils publish them.
var Columns = []string{"OrganisationLabel", "OrganisationURI", "EffectiveDate", "UPRN", "AssetCode", "PropertyName", "StreetNumber", "StreetName", "PostTown", "PostCode",
	"CoordinateReferenceSystem", "GeoX", "GeoY", "TenureType", "TenureDetail", "OtherDetail", "HoldingType", "BuildingSize", "LandArea", "EnergyRating"}

// Register writes every asset as one row of the register. Figures that were modelled are left empty, so that nobody takes them
// for facts; so are coordinates that stand for a whole postcode.
func Register(p *model.Project, w io.Writer) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil { // spreadsheets take the file for UTF-8 only with a mark
		return fmt.Errorf("writing the register: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(Columns); err != nil {
		return fmt.Errorf("writing the register: %w", err)
	}
	for i := range p.Assets {
		if err := out.Write(row(p, &p.Assets[i])); err != nil {
			return fmt.Errorf("writing the register: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("writing the register: %w", err)
	}
	return nil
}

func row(p *model.Project, a *model.Asset) []string {
	organisation := string(a.Organisation)
	if o := p.Organisation(a.Organisation); o != nil && o.Name != "" {
		organisation = o.Name
	}
	number, street, town := address(a.Address)
	system, x, y := "", "", ""
	if precise(a.Placed) {
		system, x, y = "WGS84", coordinate(a.Location.Lon), coordinate(a.Location.Lat)
	}
	cells := []string{organisation, a.Extra["OrganisationURI"], a.Extra["effective_date"], a.UPRN, a.Reference, a.Name, number, street, town, a.Postcode,
		system, x, y, tenure(a.Tenure.Kind), a.Tenure.Detail, a.Detail, a.Holding, stated(a.FloorArea), stated(a.LandArea), a.EnergyRating}
	for i, c := range cells {
		cells[i] = guard(c)
	}
	return cells
}

// precise reports whether a place was given for the asset itself and not for a postcode around it.
func precise(m model.PlaceMethod) bool {
	switch m {
	case model.PlaceStated, model.PlaceGrid, model.PlaceGeometry:
		return true
	}
	return false
}

// coordinate writes degrees to about a decimetre.
func coordinate(v float64) string {
	return strings.TrimRight(strings.TrimRight(strconv.FormatFloat(v, 'f', 7, 64), "0"), ".")
}

// stated writes a figure that somebody measured or stated.
func stated(f model.Figure) string {
	if !f.Known() || f.Grade.Modelled() || !model.Finite(f.Value) {
		return ""
	}
	return strconv.FormatFloat(f.Value, 'f', -1, 64)
}

func tenure(k model.TenureKind) string {
	s := string(k)
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

var numbered = regexp.MustCompile(`^([0-9]+[A-Za-z]?(?:\s?[-–/]\s?[0-9]+[A-Za-z]?)?),?\s+(\S.*)$`)

// address parts an address line into number, street and town: the town is what follows the last comma.
func address(s string) (number, street, town string) {
	s = strings.TrimSpace(s)
	if i := strings.LastIndexByte(s, ','); i >= 0 {
		street, town = strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+1:])
	} else {
		town = s
		if strings.IndexFunc(s, unicode.IsDigit) >= 0 {
			street, town = s, ""
		}
	}
	if m := numbered.FindStringSubmatch(street); m != nil {
		number, street = m[1], m[2]
	}
	return number, street, town
}

// guard keeps a spreadsheet from taking text for a formula: text that begins like one gets an apostrophe before it, numbers stay
// numbers, line breaks and control characters become spaces.
func guard(s string) string {
	s = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD")))
	if s == "" || !strings.ContainsRune("=+-@|%", rune(s[0])) {
		return s
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil && s[0] != '+' {
		return s
	}
	return "'" + s
}
