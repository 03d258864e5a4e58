package model

import "strings"

// Organisation is a body that owns, occupies or pays.
type Organisation struct {
	ID     OrganisationID
	Name   string
	Kind   string // "council", "NHS", "fire", "police", "charity", "government", "private"
	Public bool   // counts towards the public purse
}

// LatLon is a place on WGS84, in degrees.
type LatLon struct{ Lat, Lon float64 }

// PlaceMethod says how an asset came to be on the map.
type PlaceMethod string

// How a location was found, best first.
const (
	PlaceStated   PlaceMethod = "coordinates"
	PlaceGrid     PlaceMethod = "grid reference"
	PlaceUnit     PlaceMethod = "postcode"
	PlaceSector   PlaceMethod = "postcode sector"
	PlaceOutcode  PlaceMethod = "postcode district"
	PlaceGeometry PlaceMethod = "geometry"
	PlaceUnknown  PlaceMethod = ""
)

// Asset is a building or a piece of land that somebody holds.
type Asset struct {
	ID           AssetID
	Organisation OrganisationID
	UPRN         string // unique property reference number, digits without leading zeros; empty when not known
	Reference    string // the owner's own reference
	Name         string
	Address      string
	Postcode     string
	Location     LatLon
	Placed       PlaceMethod // PlaceUnknown when Location means nothing
	Area         string      // code of the small area (LSOA) it stands in
	Ward         string
	Use          Use
	Holding      string        // "land", "buildings", "land and buildings" as stated
	Detail       string        // what the owner says of it, in its own words
	FloorArea    Figure        // m² gross internal
	Unused       Figure        // m² of the floor area that its owner says stand empty
	LandArea     Figure        // hectares
	EnergyRating string        // A to G as stated
	Condition    string        // A to D
	Costs        Figures[Cost] // £ a year
	Income       Figure        // £ a year: rents and charges received
	Energy       Figures[Fuel] // kWh a year
	Backlog      Figure        // £ to return to condition B
	Value        Figure        // £ open-market value, exempt from publication
	Desks        Figure        // desks fit for use
	Capacity     Figure        // people at one time in public rooms
	Tenure       Tenure
	Parts        []Part
	Locks        []Lock
	Extra        map[string]string // columns of the source kept as they were
}

// Located reports whether the asset is on the map.
func (a *Asset) Located() bool { return a.Placed != PlaceUnknown }

// SaidEmpty reports whether its owner says that nobody uses the asset.
func (a *Asset) SaidEmpty() bool {
	for _, s := range []string{a.Tenure.Detail, a.Detail} {
		switch strings.ToLower(strings.TrimSpace(s)) {
		case "vacant", "unoccupied", "empty", "void":
			return true
		}
	}
	return false
}

// TenureKind says how an asset is held.
type TenureKind string

// The kinds of tenure.
const (
	Freehold  TenureKind = "freehold"
	Leasehold TenureKind = "leasehold"
	Licence   TenureKind = "licence"
	TenureNK  TenureKind = ""
)

// Tenure is how an asset is held, and the dated events of a lease.
type Tenure struct {
	Kind          TenureKind
	Detail        string // as stated: "owner occupied", "leasehold out", …
	Landlord      string
	Break         string // ISO date of the next tenant's break, empty when none
	Expiry        string // ISO date on which the lease ends
	Review        string // ISO date of the next rent review
	NoticeMonths  int
	Dilapidations Figure // £ due on leaving
	LetOut        bool   // somebody else occupies and pays us
}

// Part is a share of an asset's floor area with a use of its own.
type Part struct {
	ID        PartID
	Name      string
	Use       Use
	FloorArea float64 // m² gross internal
}

// Lock forbids actions on an asset until it is lifted.
type Lock struct {
	Kind   string // "listed", "statutory", "grant clawback", "covenant", "political"
	Reason string
	Source string
}

// Boundary is a named area drawn on the map: rings of WGS84 points, the first
// ring of each polygon its outside.
type Boundary struct {
	Code     string
	Name     string
	Layer    string // "lsoa", "ward", "locality", "district"
	Polygons [][][]LatLon
}

// PopulationPoint is a place where people live, with how many of each group.
// Groups overlap: they are counts, not shares, and need not sum.
type PopulationPoint struct {
	Code     string
	Name     string
	Location LatLon
	Placed   PlaceMethod
	People   float64
	Groups   map[string]float64 // "aged 65 and over", "disabled", "households without a car", …
	Source   string
}
