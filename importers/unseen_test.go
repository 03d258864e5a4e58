package importers_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
)

// column is one column of a layout written from memory of how such registers look, with what it means ("" for an extra) and some values.
type column struct {
	header string
	field  mapping.FieldID
	values string // separated by |, used in turn
}

type layoutCase struct {
	name string
	kind mapping.Group
	cols []column
}

// layouts were written before the rules were tried on them. They are of publications that are not among the shared files.
var layouts = []layoutCase{
	{"transparency register of another council", mapping.Assets, []column{
		{"Unique Property Reference Number", "uprn", "100023336956|10033544614|100120786206|10033544615|10002434|100021066547"},
		{"Unique Asset Identity", "reference", "A00012|A00013|A00014|A00015|A00016|A00017"},
		{"Name of the building/land", "name", "Marsh Lane Depot|Highfield Library|Oak Park Pavilion|Town Hall|Elm House|Garage court rear of 12 Ash Rd"},
		{"Street Number or name", "street_number", "12|1a|||44-46|"},
		{"Street", "street", "Marsh Lane|Highfield Road|Oak Street|The Headrow|Elm Row|Ash Road"},
		{"Postal Town", "town", "Leeds|Leeds|Otley|Leeds|Wetherby|Leeds"},
		{"UK Postcode", "postcode", "LS1 1UR|LS9 8QT|LS21 1BB|LS1 3AD|LS22 6NE|LS12 4HH"},
		{"Easting", "easting", "430141|432200|420333|429912|440100|427000"},
		{"Northing", "northing", "433912|433000|445222|433888|448000|433100"},
		{"Interest type", "tenure", "Freehold|Leasehold|Freehold|Freehold|Leasehold|Freehold"},
		{"Reason for holding", "", "Operational|Operational|Community|Operational|Investment|Surplus"},
		{"Type of asset", "use", "Depot|Library|Sports|Office|Care home|Garages"},
		{"Total building operation (revenue) costs", "other_cost", "12000|34500|2200|540000|88000|0"},
		{"Required maintenance", "backlog", "50000|120000|8000|2300000|40000|0"},
		{"Functional suitability", "", "A|B|C|B|B|D"},
	}},
	{"property management system export", mapping.Assets, []column{
		{"Site Code", "", "S001|S001|S002|S003|S004|S004"},
		{"Building Code", "reference", "S001B01|S001B02|S002B01|S003B01|S004B01|S004B02"},
		{"Building Name", "name", "Main Block|Annexe|Civic Centre|Library|Sports Hall|Pavilion"},
		{"Address Line 1", "address", "1 High Street|1 High Street|Civic Way|Mill Lane|School Road|School Road"},
		{"Address Line 2", "address", "Northtown|Northtown||Eastville|Westbury|Westbury"},
		{"Postcode", "postcode", "BS1 5TR|BS1 5TR|BS2 0JP|BS5 6JY|BS10 7BB|BS10 7BB"},
		{"Property Type", "use", "Office|Office|Civic|Library|Leisure|Leisure"},
		{"Status", "", "Active|Active|Active|Disposed|Active|Active"},
		{"Tenure Type", "tenure", "Freehold|Freehold|Freehold|Leasehold|Freehold|Licence"},
		{"GIA m2", "floor_area", "1200|300|8800|640|1500|120"},
		{"NIA m2", "", "1000|250|7000|500|1300|100"},
		{"Year Built", "", "1965|1971|1936|2001|1988|1990"},
		{"Listed Grade", "", "|II|II*|||"},
		{"Condition Grade", "condition", "B|C|B|A|C|D"},
		{"EPC Rating", "energy_rating", "D|E|C|B|F|G"},
		{"Annual Rent", "rent", "0|0|0|25000|0|1200"},
		{"NNDR", "rates", "22000|6000|310000|12000|30000|900"},
		{"Planned & Reactive Maintenance", "maintenance", "12000|3000|98000|4000|15000|1000"},
		{"Maintenance Backlog", "backlog", "250000|90000|4000000|0|320000|60000"},
		{"Lease Start Date", "lease_start", "01/04/2015||25/03/2001|29/09/2019||01/01/2020"},
		{"Lease End Date", "lease_expiry", "31/03/2030|||28/09/2029||31/12/2024"},
		{"Tenant Break Date", "lease_break", "|||28/09/2026||"},
		{"Next Rent Review", "rent_review", "|||29/09/2024||"},
		{"Landlord Name", "landlord", "|||Aviva Investors||Diocese of Bristol"},
	}},
	{"energy certificates", mapping.Assets, []column{
		{"LMK_KEY", "", "ab12f0|cd34a9|ef56b8|ff99c7|aa00d6|bb11e5"},
		{"ADDRESS1", "address", "Unit 4|Council Offices|Fire Station|The Library|Sports Centre|Health Centre"},
		{"ADDRESS2", "address", "Dock Road|High Street|Green Lane|Church Street|Park Avenue|Mill Road"},
		{"ADDRESS3", "address", "||||Riverside|"},
		{"POSTCODE", "postcode", "CH41 1DP|CH44 8ED|CH62 3QX|CH47 2DL|CH63 7RQ|CH49 5PE"},
		{"BUILDING_REFERENCE_NUMBER", "reference", "100012340001|100012340002|100012340003|100012340004|100012340005|100012340006"},
		{"ASSET_RATING", "", "78|102|45|66|131|88"},
		{"ASSET_RATING_BAND", "energy_rating", "D|E|B|C|F|D"},
		{"PROPERTY_TYPE", "use", "B1 Offices|Offices|Emergency services|Libraries|Sports centre|Primary health care"},
		{"INSPECTION_DATE", "", "2019-04-01|2020-05-06|2018-01-11|2021-09-30|2017-07-07|2022-02-02"},
		{"POSTTOWN", "town", "BIRKENHEAD|WALLASEY|WIRRAL|WIRRAL|WIRRAL|WIRRAL"},
		{"MAIN_HEATING_FUEL", "", "Natural Gas|Natural Gas|Natural Gas|Grid Supplied Electricity|Natural Gas|Oil"},
		{"FLOOR_AREA", "floor_area", "410|6120|880|540|3300|910"},
		{"UPRN", "uprn", "42012345|42012346|42012347|42012348|42012349|42012350"},
	}},
	{"government estate", mapping.Assets, []column{
		{"Property Reference", "reference", "10021|10022|10023|10024|10025|10026"},
		{"Property Name", "name", "Arndale House|Crown Buildings|Caxton House|Quarry House|Benton Park View|St Peter's House"},
		{"Department", "organisation", "DWP|HMRC|DWP|DHSC|HMRC|DWP"},
		{"Address 1", "address", "Arndale Centre|Colwyn Road|Tothill Street|Quarry Hill|Benton Park Road|Gower Street"},
		{"Town", "town", "Manchester|Northampton|London|Leeds|Newcastle upon Tyne|Derby"},
		{"County", "county", "Greater Manchester|Northamptonshire|Greater London|West Yorkshire|Tyne and Wear|Derbyshire"},
		{"Postcode", "postcode", "M4 3AQ|NN1 3PU|SW1H 9NA|LS2 7UE|NE98 1ZZ|DE1 1SB"},
		{"Tenure", "tenure", "Leasehold|Freehold|Leasehold|PFI|PFI|Leasehold"},
		{"Total Net Internal Area (sq m)", "floor_area", "12000|3400|21000|33000|60500|8000"},
		{"FTE Staff", "fte", "1100|210|1800|2900|5100|640"},
		{"No. of Workstations", "desks", "900|260|1500|2600|4700|600"},
		{"Annual Rent (£k)", "rent", "1250|0|8800|5000|7400|610"},
		{"Business Rates (£k)", "rates", "500|90|3100|1500|2000|230"},
		{"Other Running Costs (£k)", "other_cost", "700|120|2500|2200|3900|310"},
		{"Lease Break", "lease_break", "24/06/2027||25/12/2028|||"},
		{"Lease Expiry", "lease_expiry", "24/06/2032||25/12/2033|31/03/2028|31/03/2031|28/02/2030"},
	}},
	{"utility spend by site", mapping.Assets, []column{
		{"Site", "name", "Central Library|Leisure Pool|Town Hall|Depot|Primary School|Day Centre"},
		{"Postcode", "postcode", "SO14 7LW|SO16 8AB|SO14 7LY|SO15 0NN|SO18 1RR|SO19 2TT"},
		{"Electricity kWh 2023/24", "electricity_kwh", "412000|1850000|900100|230400|150000|82000"},
		{"Gas kWh 2023/24", "gas_kwh", "610000|4200000|1250000|310000|402000|190000"},
		{"Elec Cost (£)", "electricity_cost", "98000|430000|210000|55000|36000|20000"},
		{"Gas Cost (£)", "gas_cost", "36000|230000|70000|18000|23000|11000"},
		{"Water m3", "", "900|22000|2100|700|3000|800"},
		{"Floor Area (m²)", "floor_area", "5200|4100|9800|2300|1800|1100"},
	}},
	{"police estate", mapping.Assets, []column{
		{"Ref.", "reference", "P01|P02|P03|P04|P05|P06"},
		{"Station", "name", "Northgate Police Station|Eastleigh Custody Suite|Headquarters|Dog Section|Traffic Base|Southsea Front Counter"},
		{"Location Address", "address", "1 Northgate, Winchester|Leigh Road, Eastleigh|West Hill, Winchester|Netley|Whiteley|Highland Road, Southsea"},
		{"Post Code", "postcode", "SO23 8DU|SO50 9DB|SO22 5DB|SO31 5TS|PO15 7FH|PO4 9EX"},
		{"F/H or L/H", "tenure", "F/H|L/H|F/H|F/H|L/H|L/H"},
		{"GIA (sq ft)", "floor_area", "12,400|31,000|98,500|4,200|8,100|1,900"},
		{"Site Area (acres)", "land_area", "1.2|0.9|14.5|3|2.2|0.1"},
		{"Rent p.a.", "rent", "£0|£310,000|£0|£0|£92,500|£14,000"},
		{"Lease Expiry Date", "lease_expiry", "|24 June 2031|||28 Sept 2027|Sep-26"},
		{"Book Value", "value", "£2.1m|-|£18.4m|£350k|-|-"},
		{"Comments", "detail", "Listed|PFI|None|Kennels|TBC|Front counter only"},
	}},
	{"American city", mapping.Assets, []column{
		{"BLDG_ID", "reference", "B1001|B1002|B1003|B1004|B1005|B1006"},
		{"BLDG_NAME", "name", "Fire Station 12|Main Library|City Hall|Rec Center|Animal Shelter|Fleet Garage"},
		{"STREET_ADDR", "address", "12 Main St|400 5th Ave|1 City Plaza|88 Park Blvd|2 Dock Rd|77 Industrial Way"},
		{"CITY", "town", "Springfield|Springfield|Springfield|Springfield|Springfield|Springfield"},
		{"ST", "", "IL|IL|IL|IL|IL|IL"},
		{"ZIP", "postcode", "62701|62702|62701|62704|62703|62707"},
		{"SQ_FT", "floor_area", "8200|61000|120000|33000|9100|25000"},
		{"YR_BLT", "", "1968|1977|1931|1999|2004|1985"},
		{"DEPT", "organisation", "FIRE|LIBRARY|ADMIN|PARKS|POLICE|PUBLIC WORKS"},
		{"OWN_LEASE", "tenure", "OWNED|OWNED|OWNED|LEASED|OWNED|OWNED"},
		{"USE_DESC", "use", "Fire Station|Library|Office|Recreation|Shelter|Garage"},
		{"LAT", "latitude", "39.7817|39.8011|39.7990|39.7702|39.8123|39.8345"},
		{"LON", "longitude", "-89.6501|-89.6437|-89.6444|-89.6720|-89.6300|-89.6111"},
	}},
	{"schools' condition", mapping.Assets, []column{
		{"URN", "reference", "101234|101235|101236|101237|101238|101239"},
		{"School Name", "name", "Ashfield Primary|Beech Hill Infants|Cedar High|Dale Park Junior|Elm Grove Academy|Fernside Special"},
		{"Phase", "", "Primary|Primary|Secondary|Primary|Secondary|Special"},
		{"GIFA (m2)", "floor_area", "1450|980|9200|1610|11400|2050"},
		{"Site area (ha)", "land_area", "1.2|0.8|6.1|1.4|7.7|1.9"},
		{"Condition need (£)", "backlog", "410000|120000|3600000|250000|1900000|700000"},
		{"Net capacity", "capacity", "420|270|1350|360|1500|90"},
		{"No. on roll", "", "398|255|1290|341|1466|88"},
		{"Town", "town", "Oldham|Oldham|Royton|Shaw|Chadderton|Oldham"},
		{"Postcode", "postcode", "OL1 3AA|OL4 1BB|OL2 5CC|OL2 8DD|OL9 9EE|OL8 3FF"},
	}},
	{"Northern Ireland", mapping.Assets, []column{
		{"Asset Number", "reference", "NI-1|NI-2|NI-3|NI-4|NI-5|NI-6"},
		{"Premises", "name", "Antrim Civic Centre|Ballymena Town Hall|Larne Depot|Coleraine Office|Omagh Library|Newry Hub"},
		{"X", "easting", "314700|310200|340100|284900|245300|308600"},
		{"Y", "northing", "386800|403300|402500|432200|372600|326500"},
		{"Irish Grid Ref", "grid_reference", "J 147 868|D 102 033|D 401 025|C 849 322|H 453 726|J 086 265"},
		{"Held As", "tenure", "Freehold|Freehold|Leasehold|Leasehold|Freehold|Licence"},
		{"Floorspace sqm", "floor_area", "4200|3300|1200|2600|900|1500"},
	}},
	{"residents by single year of age and sex", mapping.Population, []column{
		{"LAD 2023 Code", "", "E08000009|E08000009|E08000009|E08000009"},
		{"LAD 2023 Name", "", "Trafford|Trafford|Trafford|Trafford"},
		{"LSOA 2021 Code", "area_code", "E01006074|E01006075|E01006076|E01006077"},
		{"LSOA 2021 Name", "area_name", "Trafford 025A|Trafford 025B|Trafford 025C|Trafford 027A"},
		{"Total", "persons", "1634|2321|1684|1738"},
		{"F0-15", "age_group", "158|190|120|155"},
		{"F16-64", "age_group", "487|737|437|545"},
		{"F65+", "age_group", "192|218|291|166"},
	}},
	{"census table from the statistics office", mapping.Population, []column{
		{"date", "effective_date", "2021|2021|2021|2021"},
		{"geography", "area_name", "Trafford 025A|Trafford 025B|Trafford 025C|Trafford 027A"},
		{"geography code", "area_code", "E01006074|E01006075|E01006076|E01006077"},
		{"Disability: Total: All usual residents", "persons", "1634|2321|1684|1738"},
		{"Disability: Disabled under the Equality Act", "people_group", "300|410|320|290"},
	}},
	{"teams", mapping.Services, []column{
		{"Directorate", "service_kind", "Adults|Children|Place|Corporate|Place|Adults"},
		{"Team name", "service", "Adult Social Work North|Fostering|Planning|Finance|Parking|Occupational Therapy"},
		{"FTE", "fte", "34.5|12|28|61.2|19|14"},
		{"Desks allocated", "desks", "30|10|20|40|8|10"},
		{"Current building", "asset", "Town Hall|Town Hall|Civic Centre|Town Hall|Depot|Health Centre"},
		{"Days working from home", "home_days", "2|3|3|3|0|2"},
		{"Public facing?", "public", "Y|N|Y|N|Y|Y"},
		{"Manager email", "", "a@x.gov.uk|b@x.gov.uk|c@x.gov.uk|d@x.gov.uk|e@x.gov.uk|f@x.gov.uk"},
	}},
	{"cash flow", mapping.Manual, []column{
		{"Item", "label", "Fit-out|Rent saved|Receipt"},
		{"Type", "category", "capital|revenue|capital"},
		{"2026/27", "year_column", "-250000|0|0"},
		{"2027/28", "year_column", "-50000|42000|0"},
		{"2028/29", "year_column", "0|42000|900000"},
	}},
}

func tableOf(name string, cols []column) *table.Table {
	t := &table.Table{File: strings.ReplaceAll(name, " ", "-") + ".csv", Format: table.FormatCSV}
	head := table.Row{Number: 1}
	n := 0
	for _, c := range cols {
		head.Cells = append(head.Cells, table.Cell{Text: c.header, Kind: table.Text})
		n = max(n, len(strings.Split(c.values, "|")))
	}
	t.Rows = append(t.Rows, head)
	for i := range n {
		row := table.Row{Number: i + 2}
		for _, c := range cols {
			v := strings.Split(c.values, "|")
			cell := table.Cell{Text: v[i%len(v)], Kind: table.Text}
			if cell.Text == "" {
				cell.Kind = table.Blank
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func TestSuggestionsOnLayoutsNeverSeen(t *testing.T) {
	for name, batch := range map[string][]layoutCase{"first": layouts, "second": secondBatch} {
		t.Run(name, func(t *testing.T) { suggestAll(t, batch) })
	}
}

func suggestAll(t *testing.T, batch []layoutCase) {
	t.Helper()
	var right, wrong, missed int
	var report strings.Builder
	for _, l := range batch {
		res, err := importers.ReadTables(context.Background(), l.name, []*table.Table{tableOf(l.name, l.cols)}, importers.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if res.Tables[0].Kind != l.kind {
			t.Errorf("%s: taken for %q (%s), want %q", l.name, res.Tables[0].Kind, res.Tables[0].Passed, l.kind)
		}
		want := map[mapping.FieldID][]string{}
		for _, c := range l.cols {
			if c.field != "" {
				want[c.field] = append(want[c.field], c.header)
			}
		}
		r, w, m, notes := compare(res, want)
		right, wrong, missed = right+r, wrong+w, missed+m
		fmt.Fprintf(&report, "%-45s right %2d wrong %2d missed %2d  %s\n", l.name, r, w, m, strings.Join(notes, "; "))
	}
	precision, recall := float64(right)/float64(right+wrong), float64(right)/float64(right+missed)
	t.Logf("\n%sprecision %.3f, recall %.3f over %d layouts", report.String(), precision, recall, len(batch))
	if precision < 0.93 || recall < 0.93 {
		t.Errorf("precision %.3f and recall %.3f should both be at least 0.93", precision, recall)
	}
}
