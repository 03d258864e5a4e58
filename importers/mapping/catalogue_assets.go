package mapping

import "github.com/planting-the-flag/flagstone/importers/units"

// The catalogue of what a column of a property register can mean. Rules are made of the words such registers use, never of the
// layout of one publisher; the score is how sure the words alone make us.

var assetGroups = []Group{Assets}

var notANumberOf = "per intensity eui median percentage percent rank star score normalized normalised weather wn euiwn average difference target previous budget variance"

func assetFields() []Field {
	return append(append(identityFields(), tenureFields()...), append(sizeFields(), placeFields()...)...)
}

func identityFields() []Field {
	all := []Group{Assets, Services, Occupations, Energy}
	own := []Group{Assets, Energy} // in a list of teams a building's name or code says where the team is
	return []Field{
		{ID: UPRN, Title: "UPRN", Groups: all, Rules: names("unique property reference 1", "uprn 1"), Veto: set("parent usrn"), Test: testUPRN, Alone: aloneUPRN},
		{ID: Reference, Title: "Owner's reference", Groups: own,
			Rules: names("asset/property/site/building/premises/facility/estate/terrier/block/structure/location code/reference/id/number/identifier/identity/identification/key 0.95",
				"own/owner/owners/local/internal/client/council reference/code 0.9", "unique id/identifier/reference/key/number 0.8", "=code/reference/id/key/identifier 0.75", "ods code 0.85",
				"establishment/unit/land/parcel/plot/record/entry/lot/list code/reference/id/number/identifier/entry 0.7", "bbl 0.7", "=number 0.45", "station number/code 0.8", "=uid/guid/urn/fid/objectid/oid 0.6", "school/library/practice/store code/number/urn 0.75",
				"lease/agreement/tenancy/licence reference/number/id 0.75", "id 0.5"),
			Veto: set("parent custom postcode trust authority area ward lsoa msoa use type district region tax agency organisation phone fax telephone class category status grid listing year uprn usrn floors cost units tenure street house postal energy star gis country lad oa geography congressional constituency census cpv zone feature featcode title folio meter mpan mprn account charity establishment gnis primary"),
			Test: testReference},
		{ID: Name, Title: "Name", Groups: own,
			Rules: names("asset/property/site/building/premises/establishment/facility/installation/location/practice/depot/estate/scheme/complex name 0.96", "school/centre/center/library/station/hub/park/office/clinic/hospital/pool/hall name 0.92",
				"=name 0.92", "display/common/known/trading name 0.9", "name 0.7", "parcel name 0.82", "=site/property/building/premises/asset/establishment/facility/school/library/hub 0.72", "community/children/leisure/family/health hub/centre 0.68",
				"property/asset/site/building description 0.7", "location text 0.6", "=title 0.5", "=description 0.45", "=location 0.4", "=site_name 0.9", "=hospital/clinic/station/depot/pool/surgery/practice 0.7"),
			Veto: set("organisation trust owner agency council authority area ward street town parent landlord representative contact officer file column dataset road district county region tenant sponsor supplier manager custom type use postcode city lsoa class status user first last surname forename department directorate lessor lessee s1b sname sponsoring custodian code company service team energy municipality state local email fuel meter"),
			Test: testName},
		{ID: Organisation, Title: "Organisation", Groups: append(all, Manual),
			Rules: names("organisation label/name 0.97", "=organisation/owner/authority/council/agency/trust/body/landowner/custodian/custodians/client/employer 0.82", "trust name 0.95", "owning/owner/owned/holding organisation/authority/body/department/name/agency 0.85", "authority/council/agency/owner/body name 0.88",
				"managing by/manager/agent 0.6", "managed by 0.65", "=operator 0.6", "owned 0.6", "=department/ministry 0.66", "occupying/occupier organisation 0.5", "agency 0.7", "partner 0.5", "sponsoring trust 0.4"),
			Veto: set("uri url code type id ownership local status phone email percentage floor area lease leased district region parent number year lad"), Test: testOrganisation},
		{ID: Address, Title: "Address", Groups: all, Many: Join,
			Rules: names("address 0.92", "full/site/property/street/postal/physical/location address 0.96", "address line 0.92", "address 1 0.92", "address 2 0.85", "address 3 0.85", "=location 0.5", "=whereabouts 0.5"),
			Veto:  set("email web ip url website uri change contact date correspondence landlord agent locality"), Test: testAddress},
		{ID: StreetNumber, Title: "Number in the street", Groups: all,
			Rules: names("street/house/building/door/property number 0.9", "hnum 0.85", "=paon 0.7", "street_number 0.9", "house no 0.9"), Veto: set("floors postcode phone area boilers meter parking of on site with"), Test: testStreetNumber},
		{ID: Street, Title: "Street", Groups: all, Rules: names("street/road/thoroughfare name 0.95", "=street/road/thoroughfare 0.9", "sname 0.85", "street description 0.7", "=street_descriptor 0.9"), Veto: set("number code usrn type lighting"), Test: testStreet},
		{ID: Locality, Title: "Locality", Groups: all, Rules: names("=locality/village/suburb/neighborhood/localities/parish/hamlet 0.85", "locality name/address 0.85", "locality 0.7", "dependent locality 0.8"), Veto: set("code planning"), Test: testWords},
		{ID: Town, Title: "Town", Groups: all, Rules: names("post/postal town/city 0.95", "town 0.78", "=town/city/municipality/settlement 0.9", "town city 0.9", "town/city name 0.85"), Veto: set("code council owned hall centre"), Test: testWords},
		{ID: County, Title: "County or state", Groups: all, Rules: names("=county/state/province/region/country 0.8", "county/state/province name 0.8"), Veto: set("code council"), Test: testWords},
		{ID: Postcode, Title: "Postcode", Groups: all, Rules: names("postcode 0.98", "postal postcode 0.98", "=post_code 0.98"), Veto: set("landlord contact correspondence plus4"), Test: testPostcode, Alone: alonePostcode},
	}
}

func tenureFields() []Field {
	return []Field{
		{ID: TenureKind, Title: "Tenure", Groups: assetGroups,
			Rules: names("tenure type 1", "tenure 0.96", "owned leased 0.95", "owned rented 0.9", "freehold leasehold 0.95", "own/owned lease/leased/rent 0.95", "held as/by 0.7", "interest type 0.85", "ownership type/status/form 0.85", "=ownership 0.85", "ownership 0.7", "legal/estate/property interest 0.75", "interest held 0.75", "lease/own status 0.6", "leased owned 0.95"),
			Veto:  set("detail date expiry end start cost area percentage note notes name"), Test: testTenure, Alone: aloneTenure},
		{ID: TenureDetail, Title: "Detail of tenure", Groups: assetGroups, Rules: names("tenure detail/notes/note/description/comments 1", "type lease 0.82", "lease type 0.82", "occupancy/occupation type/status 0.7", "leasehold type 0.75", "occupation status 0.7"), Veto: set("date rate percentage"), Test: testText},
		{ID: LeaseStart, Title: "Lease start", Groups: assetGroups, Rules: names("lease/tenancy/term start/commencement/from/begin/begins/commences 0.95", "lease date 0.6", "term commencement 0.8", "date acquired 0.3"), Veto: set("end expiry break review car"), Test: testDate},
		{ID: LeaseExpiry, Title: "Lease expiry", Groups: assetGroups, Rules: names("lease/tenancy/term expiry/end/ends/expiration/termination/expires/until/to 0.96", "expiry/expiration/termination date 0.82", "=expiry/expires 0.75"), Veto: set("break review start epc certificate dec contract insurance warranty"), Test: testDate},
		{ID: LeaseBreak, Title: "Lease break", Groups: assetGroups, Rules: names("break date/option/clause/point/notice/opportunity 0.96", "lease/tenant/next/first break 0.93", "=break/breaks 0.8"), Veto: set("glass landlord"), Test: testDate},
		{ID: RentReview, Title: "Rent review", Groups: assetGroups, Rules: names("rent review 0.96", "next review 0.8", "review date 0.75"), Veto: set("lease break asset condition year formal plan strategy"), Test: testDate},
		{ID: Notice, Title: "Notice period, months", Groups: assetGroups, Rules: names("notice period/months 0.9", "notice required 0.7"), Test: testNumber},
		{ID: Landlord, Title: "Landlord", Groups: assetGroups, Rules: names("=landlord/lessor 0.95", "landlord/lessor name 0.95", "superior/head landlord 0.9", "leased from 0.6"), Veto: set("address postcode cost phone email serviced break code"), Test: testText},
	}
}

func sizeFields() []Field {
	money := func(id FieldID, title string, many Many, veto string, rules ...string) Field {
		return Field{ID: id, Title: title, Groups: assetGroups, Dimension: units.Money, Many: many, Rules: names(rules...),
			Veto: set("date review percentage percent notes comments type provision method methodology year staff " + veto), Test: testMoney}
	}
	energy := func(id FieldID, title string, rules ...string) Field {
		return Field{ID: id, Title: title, Groups: []Group{Assets, Energy}, Dimension: units.Energy, Many: Sum, Rules: names(rules...),
			Veto: set(notANumberOf + " cost spend source demand capacity generated generation export exported post avoided emissions bill meter meters number alerts date supplier provider boilers chp maximum available default coverage thermal"), Test: testEnergy}
	}
	return []Field{
		{ID: FloorArea, Title: "Floor area", Groups: assetGroups, Dimension: units.Area,
			Rules: names("gross internal area 1", "gross internal floor area 1", "gross internal 0.9", "gross floor area 0.93", "net internal area 0.88", "gross external area 0.85", "floor area/space/size 0.95", "floorspace/floorarea 0.93", "building size/area 0.93",
				"square feet/foot/metres/metre 0.85", "rentable square feet 0.95", "internal area/size 0.85", "gross area/size 0.85", "usable/useable/lettable/rentable area 0.75", "=area 0.45", "=size 0.4", "area size 0.5", "property area/size 0.7", "total area 0.6"),
			Veto: set("empty under unoccupied vacant available parking clinical land plot cost ward lsoa code name second third largest heated volume not let scope rent rates hectares acres delivering region district zone output conservation patient suitable retail commercial surplus unused council planning management housing country priority fire catchment percentage number " + notANumberOf), Test: testArea},
		{ID: Unused, Title: "Floor area not used", Groups: assetGroups, Dimension: units.Area, // under-used is not unused, and owners report one inside the other
			Rules: names("floor area/space empty/vacant/unoccupied/unused 0.97", "empty/vacant/unoccupied/unused/void area/space/floorspace 0.92", "vacant/empty/unused square feet/foot/metres/metre 0.92"),
			Veto:  set("land under plot cost rate rates percentage number clinical parking date status name code not let " + notANumberOf), Test: testArea},
		{ID: LandArea, Title: "Land area", Groups: assetGroups, Dimension: units.Area,
			Rules: names("land/site/plot/grounds/curtilage/ground area/size/extent/hectares/acres/acreage 0.96", "land area owned 0.97", "=hectares/acres/acreage/hectarage 0.88", "area hectares/acres/ha/acre 0.92", "=extent 0.5"),
			Veto:  set("delivering not floor gross internal code name use leased conservation " + notANumberOf), Test: testLand},
		{ID: EnergyRating, Title: "Energy rating", Groups: assetGroups, Rules: names("energy rating/band/class/grade/certificate/performance 0.95", "epc rating/band/grade/score/class 0.97", "dec rating/band/grade 0.9", "=epc 0.93", "=dec 0.75", "epc 0.75", "asset/operational rating band 0.92", "rating band 0.75", "eer 0.7"), Veto: set("star date expiry reference number url link year cost certificate_number lodgement consumption"), Test: testRating, Alone: aloneRating},
		{ID: Condition, Title: "Condition", Groups: assetGroups, Rules: names("condition category/grade/rating/score/band/class 0.95", "=condition 0.9", "overall/physical condition 0.9", "condition survey grade 0.8", "condition 0.6"), Veto: set("date survey cost backlog planning tenancy year"), Test: testCondition},
		{ID: UseType, Title: "Use", Groups: assetGroups,
			Rules: names("use/usage type/class/category/description 0.92", "use 0.6", "=use 0.92", "current/primary/main/existing/principal use 0.93", "property/building/asset/site/facility/premises type/category/class/classification 0.9", "primary property type 0.96", "largest property use type 0.75", "classification 0.7", "=type 0.66", "=category 0.62", "=function/purpose 0.7", "operational use 0.8",
				"theme 0.55", "non inpatient type 0.5", "service type 0.72", "asset type group 0.7", "property description 0.5", "site type 0.92", "building function 0.85", "use text 0.85", "establishment/school/library/location type 0.8"),
			Veto: set("tenure lease code roof construction fuel heating ownership second third uri listed lists all land_use_code organisation epa energy electricity gas water list trust road authority cost accessible national median reference calculated rate kbtu kwh oil district cdp street"), Test: testUse},
		{ID: Holding, Title: "Holding", Groups: assetGroups, Rules: names("holding type/category 1", "=holding 0.9", "land building 0.7", "asset holding 0.8"), Test: testText, Alone: aloneHolding},
		{ID: Detail, Title: "Detail", Groups: assetGroups, Rules: names("other detail 0.92", "=detail/notes/comments/remarks/comment/note 0.62", "=description 0.5", "additional information/notes 0.6"), Veto: set("tenure date"), Test: testText},
		money(Rent, "Rent paid", Single, "received receivable income rentable let reviewed free out roll lessee tenant area square market sublet sublease underlease subtenant holding step uplift", "rent 0.82", "rent payable/paid/passing/expenditure/cost/outgoing 0.95", "annual/current/passing rent 0.92", "lease cost/payment/charge 0.85", "leases rent 0.96", "=rent 0.92"),
		money(Income, "Rent received", Single, " household tax lost clinical", "rent/rental income/received/receivable 0.95", "=income 0.8", "rent roll 0.85", "income 0.6", "lettings income 0.85"),
		money(Rates, "Business rates", Single, "rateable value relief water interest exchange occupancy vacancy multiplier", "business rates 0.97", "rates payable/paid/cost 0.95", "=rates 0.92", "non domestic rates 0.95", "rates 0.7"),
		money(Maintenance, "Maintenance", Single, "backlog grounds gardens equipment vehicle backlogs required medical electro fleet reduce risk", "maintenance cost/spend/expenditure/charges 0.95", "=maintenance/repairs 0.88", "repair/repairs maintenance 0.94", "property/building/estates/estate maintenance 0.95", "maintenance 0.72", "repairs 0.6", "planned reactive maintenance 0.9"),
		money(Cleaning, "Cleaning", Single, " frequency hours kitchen", "cleaning cost/spend/contract/charges/service 0.95", "=cleaning 0.9", "cleaning 0.7"),
		money(Reception, "Reception", Single, "", "reception cost/staff/service 0.9", "=reception 0.8"),
		money(OtherCost, "Other running costs", Sum, "waste energy gas electricity oil food laundry portering car parking patient fee finance clinical tenant capital", "other running/premises/property cost 0.9", "service charge 0.86", "=insurance/security 0.75", "insurance/security cost/premium 0.82", "facilities management cost 0.6", "other cost 0.55", "other premises 0.7", "water sewerage cost 0.75", "water cost/charges 0.75", "running/operating/operation/operational/revenue/premises cost 0.75"),
		energy(ElectricityUse, "Electricity used", "electricity consumption/use/kwh/energy/purchase/units 0.95", "=electricity 0.82", "electricity 0.72", "power consumption 0.6"),
		energy(GasUse, "Gas used", "gas consumption/use/kwh/energy/therms/units 0.95", "natural gas 0.92", "natural gas use 0.96", "=gas 0.82", "gas 0.66"),
		energy(OilUse, "Oil used", "oil consumption/use/kwh/energy 0.95", "fuel oil 0.9", "heating oil 0.9", "=oil/kerosene 0.82", "oil 0.6"),
		energy(HeatUse, "Heat bought", "district heat/heating/steam 0.92", "district heat/heating/steam/water use/consumption 0.94", "district hot water 0.92", "heat network 0.9", "steam use/consumption 0.88", "=steam 0.7", "heat consumption 0.75", "hw district 0.8", "hot water consumption 0.7"),
		energy(BiomassUse, "Biomass used", "biomass consumption/use/kwh 0.95", "=biomass/wood/pellets 0.8", "biomass 0.7", "wood consumption 0.7"),
		energy(TotalEnergy, "All energy used", "site energy use 0.93", "energy consumption/use/usage 0.85", "total energy 0.9", "=energy 0.5"),
		money(ElectricityFee, "Electricity bill", Sum, "consumption consumed kwh eradicate", "electricity cost/spend/bill/expenditure/charges 0.95"),
		money(GasFee, "Gas bill", Sum, "consumption kwh", "gas cost/spend/bill/expenditure/charges 0.95"),
		money(OilFee, "Oil bill", Sum, "consumption kwh", "oil cost/spend/bill/expenditure 0.95"),
		money(EnergyFee, "Energy bill", Single, "consumption kwh other renewable non fossil", "energy/utilities/utility cost/spend/bill/expenditure 0.93", "=utilities 0.75", "fuel cost 0.6"),
		money(BacklogHigh, "Backlog, high risk", Single, "significant moderate low investment inflation infrastructure", "high backlog 0.97", "backlog high risk 0.98", "urgent backlog/repairs 0.7", "backlog priority 1 0.7"),
		money(BacklogSig, "Backlog, significant risk", Single, "moderate low investment inflation infrastructure", "significant backlog 0.97", "significant risk backlog 0.98", "essential backlog/repairs 0.7"),
		money(BacklogMod, "Backlog, moderate risk", Single, "high low investment inflation infrastructure", "moderate/medium backlog 0.97", "moderate risk backlog 0.98", "desirable backlog/repairs 0.7"),
		money(BacklogLow, "Backlog, low risk", Single, "high moderate investment inflation infrastructure", "low backlog 0.97", "low risk backlog 0.98"),
		money(BacklogAll, "Backlog", Single, "high low moderate medium significant investment inflation surveyed guidance infrastructure", "backlog maintenance/cost/value 0.96", "=backlog 0.92", "maintenance backlog 0.97", "required maintenance 0.85", "outstanding repairs 0.85", "condition cost/need/liability 0.75", "backlog 0.75", "maintenance required/requirement/liability 0.85"),
		money(Value, "Value", Single, "rateable insurance reinstatement added code rv", "market/open/capital/existing/book/fair/asset/land/current/sale value 0.9", "net book value 0.88", "existing use value 0.9", "=value/valuation 0.75", "=nbv 0.8", "asset/property valuation 0.85", "estimated sale/receipt value 0.8", "valuation 0.7"),
		{ID: Desks, Title: "Desks", Groups: []Group{Assets, Services, Occupations}, Dimension: units.Count, Rules: names("desk/workstation number/count/capacity/total/provided 0.95", "=desk/desks/workstation/workspaces 0.93", "desk 0.7", "workspaces number 0.85"), Veto: set("ratio sharing percentage type booking help"), Test: testNumber},
		{ID: Capacity, Title: "Capacity, people", Groups: assetGroups, Dimension: units.Count, Rules: names("=capacity/seats/places 0.85", "net capacity 0.8", "capacity 0.6", "people/room/occupancy/maximum/seating capacity 0.85", "maximum occupancy/people 0.8", "capacity people 0.85"), Veto: set("electrical desk parking storage kw load fuel battery kva electricity"), Test: testNumber},
		{ID: FTE, Title: "Staff, full-time equivalent", Groups: []Group{Assets, Services, Occupations}, Dimension: units.Count, Rules: names("fte 0.95", "full time equivalent 0.97", "staff fte 0.97", "=fte 0.97"), Veto: set("cleaning catering portering vacancy cost ratio per"), Test: testNumber},
		{ID: Headcount, Title: "Staff, heads", Groups: []Group{Assets, Services, Occupations}, Dimension: units.Count, Rules: names("=headcount/staff/employee/occupants/people 0.88", "head count 0.93", "headcount 0.85", "staff number/total/count 0.92", "number staff/employee/people/occupants/workers 0.92", "people based 0.8", "staff based/headcount 0.9"), Veto: set("cleaning catering cost parking restaurant visitor accommodation area fee canteen"), Test: testNumber},
		{ID: OpeningHours, Title: "Opening hours", Groups: []Group{Assets, Services, Occupations}, Rules: names("opening/open hours/times 0.97", "hours opening/operation 0.95", "=hours 0.6", "=opening/open 0.6", "=sessions 0.7", "days open 0.7"), Veto: set("down lost "), Test: testText},
		{ID: EffectiveDate, Title: "Date of the record", Groups: []Group{Assets, Services, Occupations, Population, Energy}, Rules: names("effective date 0.97", "extract/snapshot/survey/record/data/publication/census date 0.8", "date extract 0.85", "as at/date 0.6", "last updated/update/modified/amended 0.75", "updated date 0.75", "=date/period 0.6", "last updated date 0.85"), Veto: set("lease rent break start end construction built first acquired purchase degree condition list capture valuation energy alerts expiry"), Test: testDate},
		{ID: Year, Title: "Year of the figures", Groups: []Group{Assets, Energy}, Rules: names("data year 0.92", "year ending 0.92", "=year 0.85", "reporting/financial/fiscal year 0.9", "=period 0.3"), Veto: set("built construction formal review code energystar certified age acquired refurbished"), Test: testYear},
	}
}

func placeFields() []Field {
	all := []Group{Assets, Population, Services, Occupations}
	return []Field{
		{ID: Latitude, Title: "Latitude", Groups: all, Rules: names("=latitude 0.98", "latitude 0.85", "geo latitude 0.95"), Veto: set("longitude")},
		{ID: Longitude, Title: "Longitude", Groups: all, Rules: names("=longitude 0.98", "longitude 0.85", "geo longitude 0.95"), Veto: set("latitude")},
		{ID: Easting, Title: "Easting", Groups: all, Rules: names("easting 0.97", "=x 0.6", "geo x 0.9", "x coordinate 0.9", "coordinate x 0.9", "grid x 0.85", "point x 0.85", "=xcoord/x_coord 0.9"), Veto: set("northing y")},
		{ID: Northing, Title: "Northing", Groups: all, Rules: names("northing 0.97", "=y 0.6", "geo y 0.9", "y coordinate 0.9", "coordinate y 0.9", "grid y 0.85", "point y 0.85", "=ycoord/y_coord 0.9"), Veto: set("easting x")},
		{ID: Coordinates, Title: "Coordinates in one cell", Groups: all, Rules: names("coordinate 0.85", "geocode/geopoint/geolocation/latlong/latlng/wkt/geom/geometry 0.85", "latitude longitude 0.95", "easting northing 0.95", "=location 0.4", "grid coordinate 0.8", "geo point 0.8", "location 2 0.4", "location 1 0.4"), Veto: set("system licensing url"), Test: testPair, Alone: alonePair},
		{ID: GridReference, Title: "Grid reference", Groups: all, Rules: names("grid reference 0.97", "os reference/grid 0.8", "=gridref 0.95", "national grid 0.8"), Test: testGridRef, Alone: aloneGridRef},
		{ID: CRS, Title: "Coordinate system", Groups: all, Rules: names("coordinate reference system 1", "=crs/srid/epsg/datum/projection 0.9", "coordinate system 0.9"), Test: testText},
		{ID: SmallArea, Title: "Small area (LSOA)", Groups: assetGroups, Rules: names("lsoa code 0.95", "=lsoa 0.85", "output area code 0.85", "lower layer super output area code 0.9", "data zone 0.85", "area code 0.5"), Veto: set("name msoa middle"), Test: testSmallArea},
		{ID: Ward, Title: "Ward", Groups: assetGroups, Rules: names("ward name 0.95", "=ward 0.9", "ward label 0.93", "electoral ward 0.93", "ward 0.75"), Veto: set("code uri postcode number hospital"), Test: testWords},
	}
}
