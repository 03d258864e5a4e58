package model

import "fmt"

// Typed identifiers. Each is unique within a project and stable for its life.
type (
	OrganisationID string
	AssetID        string
	PartID         string
	ServiceID      string
	ScenarioID     string
	ActionID       string
)

// Residents, Society and Market are the beneficiaries and payers that are not
// organisations of the place. They are legal wherever an OrganisationID is.
const (
	Residents OrganisationID = "residents"
	Society   OrganisationID = "society"
	Market    OrganisationID = "market"
)

// Use is what a building, or a part of one, is for. The list is closed so that
// benchmarks, conversions and colours can rest on it.
type Use string

// The uses Flagstone distinguishes.
const (
	UseOffice     Use = "office"
	UseTownHall   Use = "civic"
	UseLibrary    Use = "library"
	UseCommunity  Use = "community"
	UseLeisure    Use = "leisure"
	UseClinic     Use = "clinic"
	UseHospital   Use = "hospital"
	UseSchool     Use = "school"
	UseNursery    Use = "nursery"
	UseYouth      Use = "youth"
	UseCare       Use = "care"
	UseDepot      Use = "depot"
	UseStore      Use = "store"
	UseEmergency  Use = "emergency"
	UseRetail     Use = "retail"
	UseWorkspace  Use = "workspace"
	UseHomes      Use = "homes"
	UsePark       Use = "park"
	UseAllotment  Use = "allotment"
	UseCemetery   Use = "cemetery"
	UseCarPark    Use = "car park"
	UseLand       Use = "land"
	UseOther      Use = "other"
	UseToilet     Use = "toilet"
	UseEnergyHub  Use = "energy"
	UseGreenSpace Use = "green space"
)

// Uses lists every legal use.
var Uses = []Use{UseOffice, UseTownHall, UseLibrary, UseCommunity, UseLeisure, UseClinic, UseHospital, UseSchool,
	UseNursery, UseYouth, UseCare, UseDepot, UseStore, UseEmergency, UseRetail, UseWorkspace, UseHomes, UsePark,
	UseAllotment, UseCemetery, UseCarPark, UseLand, UseOther, UseToilet, UseEnergyHub, UseGreenSpace}

// Built reports whether an asset of this use is normally a heated building
// rather than open land.
func (u Use) Built() bool {
	switch u {
	case UsePark, UseAllotment, UseCemetery, UseCarPark, UseLand, UseGreenSpace, UseEnergyHub:
		return false
	}
	return true
}

// Fuel names an energy carrier.
type Fuel string

// The fuels with conversion factors.
const (
	Electricity  Fuel = "electricity"
	Gas          Fuel = "gas"
	Oil          Fuel = "oil"
	DistrictHeat Fuel = "district heat"
	Biomass      Fuel = "biomass"
)

// Fuels lists every fuel in reporting order.
var Fuels = []Fuel{Electricity, Gas, Oil, DistrictHeat, Biomass}

// Cost names a yearly running cost of an asset. Energy is held apart, in kWh by
// fuel, and priced by the parameter set.
type Cost string

// The running costs Flagstone keeps apart.
const (
	CostRent        Cost = "rent"
	CostRates       Cost = "business rates"
	CostMaintenance Cost = "maintenance"
	CostCleaning    Cost = "cleaning"
	CostOther       Cost = "other running"
	CostReception   Cost = "reception"
)

// Costs lists the running costs in reporting order.
var Costs = []Cost{CostRent, CostRates, CostMaintenance, CostCleaning, CostReception, CostOther}

// FinancialYear writes a year as councils do: 2026 becomes "2026/27".
func FinancialYear(y int) string { return fmt.Sprintf("%d/%02d", y, (y+1)%100) }
