package demo

import (
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

// words maps words of a building's name to its use; the first that is found
// decides, so the narrow come before the wide.
var words = []struct {
	word string
	use  model.Use
}{
	{"allotment", model.UseAllotment}, {"cemetery", model.UseCemetery}, {"crematorium", model.UseCemetery},
	{"car park", model.UseCarPark}, {"town hall", model.UseTownHall}, {"sale waterside (sale th", model.UseTownHall},
	{"library", model.UseLibrary}, {"leisure centre", model.UseLeisure}, {"altair", model.UseLeisure}, {"sports", model.UseLeisure},
	{"stadium", model.UseLeisure}, {"golf", model.UseLeisure}, {"changing room", model.UseLeisure}, {"bowls", model.UseLeisure},
	{"clubhouse", model.UseLeisure}, {"pavil", model.UseLeisure}, {"youth", model.UseYouth}, {"school", model.UseSchool},
	{"college", model.UseSchool}, {"nursery", model.UseNursery}, {"children's centre", model.UseNursery}, {"childrens centre", model.UseNursery},
	{"childrens home", model.UseCare}, {"care home", model.UseCare}, {"ascot house", model.UseCare}, {"broome house", model.UseCare},
	{"day centre", model.UseCare}, {"healthy living", model.UseClinic}, {"clinic", model.UseClinic}, {"toilet", model.UseToilet},
	{"market", model.UseRetail}, {"grafton centre", model.UseRetail}, {"stretford mall", model.UseRetail}, {"stamford quarter", model.UseRetail},
	{"depot", model.UseDepot}, {"trading estate", model.UseDepot}, {"industrial estate", model.UseDepot}, {"store", model.UseStore},
	{"garage", model.UseStore}, {"shed", model.UseStore}, {"community", model.UseCommunity}, {"assembly rooms", model.UseCommunity},
	{"centre", model.UseCommunity}, {"house", model.UseOffice}, {"hall", model.UseCommunity}, {"park", model.UsePark},
}

// useOf reads the use of a council asset from what the register says of it.
func useOf(a *model.Asset) model.Use {
	name := strings.ToLower(a.Name)
	detail := strings.ToLower(a.Detail)
	holding := strings.ToLower(a.Holding)
	if strings.Contains(detail, "school") || strings.Contains(detail, "academy") {
		return model.UseSchool
	}
	if strings.Contains(detail, "allotment") {
		return model.UseAllotment
	}
	if strings.Contains(detail, "commissioned service") {
		return model.UseCare
	}
	for _, w := range words {
		if strings.Contains(name, w.word) {
			if w.use == model.UsePark && strings.Contains(holding, "building") {
				return model.UseLeisure
			}
			return w.use
		}
	}
	switch {
	case holding == "land":
		if strings.Contains(detail, "park") {
			return model.UsePark
		}
		return model.UseLand
	case strings.Contains(strings.ToLower(a.Tenure.Detail), "leasehold out"):
		return model.UseRetail
	}
	return model.UseOther
}
