package format_test

import (
	"testing"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/words"
)

// The names in capitals are those of NHS estates returns (ERIC 2023/24).
func TestNamesInCapitalsAreWrittenAsNames(t *testing.T) {
	for in, want := range map[string]string{
		"TRAFFORD GENERAL HOSPITAL":                                     words.T("Trafford General Hospital"),
		"BIRMINGHAM WOMEN'S HOSPITAL":                                   words.T("Birmingham Women's Hospital"),
		"BIRMINGHAM WOMEN'S AND CHILDREN'S NHS TRUST":                   words.T("Birmingham Women's and Children's NHS Trust"),
		"TRAFFORD NORTH COMMUNITY MENTAL HEALTH TEAM - CROSSGATE HOUSE": words.T("Trafford North Community Mental Health Team - Crossgate House"),
		"32-34 MELCHETT ROAD (WAREHOUSE & PHARMACY)":                    words.T("32-34 Melchett Road (Warehouse & Pharmacy)"),
		"UHB WAREHOUSE (METEOR PARK)":                                   words.T("UHB Warehouse (Meteor Park)"),
		"THE ROYAL ORTHOPAEDIC HOSPITAL":                                words.T("The Royal Orthopaedic Hospital"),
		"GP SURGERY, WING 2B":                                           words.T("GP Surgery, Wing 2B"),
		"ST MARY'S A&E UNIT IV":                                         words.T("St Mary's A&E Unit IV"),
		"STRATFORD UPON AVON LIFT CENTRE":                               words.T("Stratford upon Avon LIFT Centre"),
		"ADJ":                                                           words.T("ADJ"),
		"NEQAS":                                                         words.T("NEQAS"),
		"Sale Town Hall":                                                words.T("Sale Town Hall"),
		"NHS Walk-in centre":                                            words.T("NHS Walk-in centre"),
		"O'NEILL HOUSE":                                                 words.T("O'Neill House"),
		"":                                                              "",
	} {
		if got := format.Name(in); got != want {
			t.Errorf(words.T("%q reads %q, not %q"), in, got, want)
		}
		if got := format.Name(format.Name(in)); got != format.Name(in) {
			t.Errorf(words.T("%q changes when it is written again"), in)
		}
	}
}
