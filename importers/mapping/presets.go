package mapping

import (
	"github.com/planting-the-flag/flagstone/importers/layout"
)

// Preset is a layout that many publishers share. Its columns are found by the general rules like any other's; the preset only lets
// Flagstone say by name what it has in front of it.
type Preset struct {
	Name    string
	Kind    Group
	Telling []string // headers that only this layout has together
}

// Presets are the shared layouts that are recognised by name.
var Presets = []Preset{
	{"Flagstone's blank portfolio: buildings", Assets, []string{"Name", "Owner's reference", "Floor area m²", "Other running costs £", "Backlog £", "Capacity, people"}},
	{"Flagstone's blank portfolio: services", Services, []string{"Service name", "Service type", "Visits a year", "Home days a week", "Public facing"}},
	{"Flagstone's blank portfolio: who sits where", Occupations, []string{"Service name", "Building", "Space taken m²", "Share of the service here"}},
	{"Transparency Code land and building register", Assets, []string{"UPRN", "GeoX", "GeoY", "TenureType", "HoldingType"}},
	{"Transparency Code land and building register", Assets, []string{"Unique Property Reference Number", "Interest type", "Total building operation (revenue) costs", "Required maintenance"}},
	{"NHS estates returns (ERIC), sites", Assets, []string{"Site Code", "Site Name", "Gross internal floor area (m²)", "Cost to eradicate high risk backlog (£)", "Gas consumed (kWh)"}},
	{"United States energy benchmarking (Portfolio Manager)", Assets, []string{"Property Id", "Property Name", "ENERGY STAR Score", "Year Ending"}},
	{"United States energy benchmarking", Assets, []string{"PrimaryPropertyType", "ENERGYSTARScore", "SiteEUI(kBtu/sf)", "Electricity(kWh)"}},
	{"Census table, long", Population, []string{"area_code", "area_name", "period", "indicator", "measure", "value"}},
	{"Population estimates by single year of age", Population, []string{"area_code", "all_ages", "0", "1", "2", "90+"}},
}

// Recognise names the layout of a block, empty when it is none of the presets.
func Recognise(b *layout.Block) string {
	have := map[string]bool{}
	for _, c := range b.Columns {
		have[squash(c.Name)] = true
	}
	for _, p := range Presets {
		all := true
		for _, h := range p.Telling {
			if !have[squash(h)] {
				all = false
				break
			}
		}
		if all {
			return p.Name
		}
	}
	return ""
}

// squash keeps the letters and digits of a header in lower case, so that "Tenure Type", "TenureType" and "tenure_type" are one.
func squash(s string) string {
	var out []rune
	for _, r := range s {
		switch {
		case r >= 'A' && r <= 'Z':
			out = append(out, r+'a'-'A')
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r > 127:
			out = append(out, r)
		}
	}
	return string(out)
}
