package mapping

import "github.com/planting-the-flag/flagstone/importers/units"

// serviceFields are the columns of lists of teams and services, and of who sits where.
func serviceFields() []Field {
	both := []Group{Services, Occupations}
	return []Field{
		{ID: ServiceName, Title: "Service", Groups: both,
			Rules: names("service/team/function name/title/label 0.96", "=service/team 0.92", "=function/unit 0.6", "service team 0.9", "team/service description 0.7", "=section 0.6", "=tenant/occupier/occupant 0.6", "occupier/occupying name/service/team 0.8", "=department 0.55", "=name/title 0.5"),
			Veto:  set("type uri url code charge class cost kind directorate parent head manager"), Test: testName},
		{ID: ServiceKind, Title: "Kind of service", Groups: []Group{Services}, Rules: names("service/team type/kind/category 0.95", "=type/kind/category 0.7", "=directorate/division 0.5", "directorate name 0.5"), Veto: set("uri code"), Test: testWords},
		{ID: Visits, Title: "Visits a year", Groups: []Group{Services, Assets}, Dimension: units.Count, Rules: names("visits year 0.95", "=visits/footfall/attendance/attendances/contacts 0.9", "visits 0.8", "footfall 0.8", "number visits 0.9", "customer visits 0.9"), Veto: set("cost percentage parking fee meals restaurant"), Test: testNumber},
		{ID: SpaceNeeded, Title: "Space needed or taken", Groups: both, Dimension: units.Area, Rules: names("space/area needed/required/occupied/allocated/taken 0.95", "floor area/space 0.85", "gross internal area 0.85", "=area/space/size 0.75", "square metres/feet 0.8", "area 0.5", "required area 0.9"), Veto: set("name code ward land lsoa"), Test: testArea},
		{ID: HomeDays, Title: "Days a week away", Groups: []Group{Services}, Rules: names("home days 0.95", "days home 0.95", "remote/hybrid/away days 0.9", "days remote/hybrid/away 0.9", "days week away 0.9", "homeworking days 0.9"), Test: testNumber},
		{ID: SecurityClass, Title: "Class", Groups: []Group{Services}, Rules: names("security/care class/level 0.95", "=class/classification 0.75"), Test: testText},
		{ID: Public, Title: "Public visits it", Groups: []Group{Services}, Rules: names("public facing/access/service 0.92", "=public 0.85", "customer facing 0.9", "front facing 0.7", "open public 0.8"), Test: testYes},
		{ID: ShareHere, Title: "Share of the service here", Groups: []Group{Occupations}, Dimension: units.Share, Rules: names("share service/team 0.9", "=share/proportion 0.85", "percentage share/service/team 0.85", "proportion here 0.8"), Test: testNumber},
		{ID: AssetRef, Title: "Building", Groups: both, Many: Join,
			Rules: names("=asset/building/site/premises/property/location/base/facility 0.9", "=office/hub/accommodation/where 0.7", "building/site/asset/property/premises/location/facility/estate/terrier/block/base name/title/reference/code/id/number/identifier/key 0.95",
				"office/hub/depot/accommodation name/title/reference/code 0.85", "current/work/working/home/team/service base/building/site/location/office/premises 0.93", "base location 0.9", "based 0.7", "located at/in 0.7", "located 0.7", "where based/located/works/work/sits 0.85",
				"building/site/premises/property occupied/used 0.85"),
			Veto: set("type area size cost class use postcode street town address uprn usrn owner organisation landlord tenure rent status year hours manager phone email condition ward lsoa grid value count parent head staff people desk fte"), Test: testWhere},
	}
}

// peopleFields are the columns of population tables.
func peopleFields() []Field {
	p := []Group{Population}
	return []Field{
		{ID: AreaCode, Title: "Area code", Groups: []Group{Population, Boundary}, Rules: names("area code 0.97", "lsoa/msoa/ward/oa/geography/zone/district code 0.96", "output area code 0.95", "area id 0.8", "=geography/lsoa/code/gss 0.75", "gss code 0.95", "lsoa 0.8", "data zone 0.85"), Veto: set("name label postcode"), Test: testAreaCode, Alone: aloneAreaCode},
		{ID: AreaName, Title: "Area name", Groups: []Group{Population, Boundary}, Rules: names("area name 0.97", "lsoa/msoa/ward/geography/zone/district name/label 0.96", "=name/area 0.8", "=geography 0.72", "geography name 0.9", "site name 0.85", "name 0.6"), Veto: set("code"), Test: testWords},
		{ID: Persons, Title: "People", Groups: p, Dimension: units.Count, Rules: names("all ages 0.97", "=persons/population/residents/people/total 0.95", "population 0.85", "usual residents 0.95", "all persons/people/residents/usual 0.96", "total population/persons/people/residents 0.97", "mid population 0.9", "=all 0.7"), Veto: set("density male males female females aged disabled hectare percentage median"), Test: testNumber},
		{ID: Group_, Title: "People of a group", Groups: p, Dimension: units.Count, Many: Each, Rules: names("disabled 0.9", "disability 0.85", "no car 0.92", "households 0.7", "without car 0.92", "females/males/women/men 0.9", "unpaid carers 0.85", "unemployed 0.85", "long term 0.6", "bad health 0.8", "ethnic 0.7", "claimants 0.8", "income deprived 0.7", "children poverty 0.8", "pension credit 0.7"), Veto: set("density median percentage average category price"), Test: testNumber},
		{ID: Category, Title: "Category", Groups: p, Rules: names("category 0.93", "=sex/gender/variable/characteristic/mode 0.85", "mode travel 0.85", "age group/band 0.85", "c_name 0.7", "cell name 0.7"), Veto: set("code value"), Test: testCategory},
		{ID: Measure, Title: "Measure", Groups: p, Rules: names("=measure/measures 0.9", "measures 0.7"), Test: testText},
		{ID: Amount, Title: "Count", Groups: p, Rules: names("=value/count/observation/obs/number/amount/figure 0.92", "obs value 0.95", "observation value 0.95", "count 0.7"), Veto: set("code"), Test: testNumber},
	}
}

// streamFields are the columns of cash-flow tables and of meter readings.
func streamFields() []Field {
	m := []Group{Manual}
	return []Field{
		{ID: StreamLabel, Title: "Label", Groups: m, Rules: names("=label/description/item/name/line/heading/stream 0.9", "item description 0.9", "cost/budget/income/line item/heading/line 0.85", "description 0.7"), Veto: set("date code"), Test: testText},
		{ID: Category, Title: "Category", Groups: m, Rules: names("=category/type/class/subjective 0.85", "cost category/type 0.9"), Test: testText},
		{ID: Amount, Title: "Amount", Groups: m, Dimension: units.Money, Rules: names("=amount/value/cost/total 0.8"), Test: testMoney},
		{ID: Payer, Title: "Who pays", Groups: m, Rules: names("=payer/body/payee 0.92", "paid by 0.95", "who pays 0.95", "organisation 0.8"), Test: testText},
		{ID: IsBenefit, Title: "A benefit to society", Groups: m, Rules: names("=benefit 0.95", "is benefit 0.95", "benefit to society 0.97", "social benefit 0.9"), Test: testYes},
		{ID: IsCapital, Title: "Capital spending", Groups: m, Rules: names("=capital 0.95", "is capital 0.95", "capital spending 0.95", "capitalised 0.9"), Test: testYes},
		{ID: PriceBase, Title: "Year of prices", Groups: m, Rules: names("price base 0.97", "prices of 0.95", "price year 0.95", "base year prices 0.9"), Test: testNumber},
		{ID: YearColumn, Title: "A financial year", Groups: m, Dimension: units.Money, Many: Each, Rules: names("year 0.3"), Test: testMoney},
		{ID: Fuel, Title: "Fuel", Groups: []Group{Energy}, Rules: names("=fuel/utility/commodity/type 0.85", "fuel type 0.95", "utility type 0.93", "energy type 0.9", "meter type 0.8"), Test: testFuel},
		{ID: ReadingDate, Title: "Date of the reading", Groups: []Group{Energy}, Rules: names("=date 0.9", "reading date 0.95", "date 0.7", "month 0.7", "bill date 0.9"), Test: testDate},
		{ID: Reading, Title: "Energy used", Groups: []Group{Energy}, Dimension: units.Energy, Many: Sum, Rules: names("=consumption/kwh/units/usage 0.9", "consumption kwh 0.95", "consumption 0.7", "energy use 0.8"), Veto: set("cost"), Test: testNumber},
	}
}

// Fields is the whole catalogue.
var Fields = func() []Field {
	out := assetFields()
	out = append(out, serviceFields()...)
	out = append(out, peopleFields()...)
	return append(out, streamFields()...)
}()

// ByID finds a field of the catalogue. A field that occurs twice, for different kinds of table, gives the first.
func ByID(id FieldID) *Field {
	for i := range Fields {
		if Fields[i].ID == id {
			return &Fields[i]
		}
	}
	return nil
}
