package naming_test

import (
	"testing"

	"github.com/planting-the-flag/flagstone/model/naming"
)

// The names in capitals are those of NHS estates returns (ERIC 2023/24).
func TestNamesInCapitalsAreWrittenAsNames(t *testing.T) {
	for in, want := range map[string]string{
		"TRAFFORD GENERAL HOSPITAL":                                     "Trafford General Hospital",
		"BIRMINGHAM WOMEN'S HOSPITAL":                                   "Birmingham Women's Hospital",
		"BIRMINGHAM WOMEN'S AND CHILDREN'S NHS TRUST":                   "Birmingham Women's and Children's NHS Trust",
		"TRAFFORD NORTH COMMUNITY MENTAL HEALTH TEAM - CROSSGATE HOUSE": "Trafford North Community Mental Health Team - Crossgate House",
		"32-34 MELCHETT ROAD (WAREHOUSE & PHARMACY)":                    "32-34 Melchett Road (Warehouse & Pharmacy)",
		"UHB WAREHOUSE (METEOR PARK)":                                   "UHB Warehouse (Meteor Park)",
		"THE ROYAL ORTHOPAEDIC HOSPITAL":                                "The Royal Orthopaedic Hospital",
		"GP SURGERY, WING 2B":                                           "GP Surgery, Wing 2B",
		"ST MARY'S A&E UNIT IV":                                         "St Mary's A&E Unit IV",
		"STRATFORD UPON AVON LIFT CENTRE":                               "Stratford upon Avon LIFT Centre",
		"ADJ":                                                           "ADJ",
		"NEQAS":                                                         "NEQAS",
		"Sale Town Hall":                                                "Sale Town Hall",
		"NHS Walk-in centre":                                            "NHS Walk-in centre",
		"O'NEILL HOUSE":                                                 "O'Neill House",
		"MANCHESTER UNIVERSITY NHS FOUNDATION TRUST":                    "Manchester University NHS Foundation Trust",
		"UNIT OF THE ROAD (OLD)":                                        "Unit of the Road (Old)",
		"iHub":                                                          "iHub",
		"GMFRS":                                                         "GMFRS",
		"ACTION FOR X CIC":                                              "Action for X CIC",
		"":                                                              "",
	} {
		if got := naming.Name(in); got != want {
			t.Errorf("%q reads %q, not %q", in, got, want)
		}
		if got := naming.Name(naming.Name(in)); got != naming.Name(in) {
			t.Errorf("%q changes when it is written again", in)
		}
	}
}

func TestNamesWithinSentences(t *testing.T) {
	const said = "Gas of BIRMINGHAM CHILDRENS HOSPITAL is 19.5 kWh a m²; see NEQAS"
	if got := naming.In(said, "BIRMINGHAM CHILDRENS HOSPITAL", "NEQAS", ""); got != "Gas of Birmingham Childrens Hospital is 19.5 kWh a m²; see NEQAS" {
		t.Error(got)
	}
	if got := naming.In(said); got != said {
		t.Error(got)
	}
}
