package publish

import (
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

// Issuer is the body in whose name papers go out when nobody says otherwise: the only council, else the body that holds more than
// half of the assets, else all of them together under the name of the place.
func Issuer(p *model.Project) string {
	if p == nil || len(p.Organisations) == 0 {
		return ""
	}
	if len(p.Organisations) == 1 {
		return p.Organisations[0].Name
	}
	council := ""
	for _, o := range p.Organisations {
		if o.Kind == "council" {
			if council != "" {
				council = ""
				break
			}
			council = o.Name
		}
	}
	if council != "" {
		return council
	}
	held := map[model.OrganisationID]int{}
	for i := range p.Assets {
		held[p.Assets[i].Organisation]++
	}
	for _, o := range p.Organisations {
		if 2*held[o.ID] > len(p.Assets) {
			return o.Name
		}
	}
	if name := strings.TrimSpace(p.Name); name != "" {
		return "The organisations of " + name
	}
	return "Several organisations"
}
