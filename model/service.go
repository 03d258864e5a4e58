package model

// Session is one of the sixteen weekly slots in which a room can be in use:
// weekday × morning, afternoon, evening, plus the weekend as one.
type Session uint16

// Session bits: bit 3d is the morning of weekday d (Monday = 0), 3d+1 the
// afternoon, 3d+2 the evening; bit 15 is the weekend.
const (
	Weekend     Session = 1 << 15
	OfficeHours Session = 0b011_011_011_011_011
)

// At returns the bit of a weekday (0–4) and part of the day (0 morning,
// 1 afternoon, 2 evening).
func At(weekday, part int) Session { return 1 << (3*weekday + part) }

// Service is a team or a public service that needs space.
type Service struct {
	ID           ServiceID
	Organisation OrganisationID
	Name         string
	Kind         string             // "library", "customer contact", "health clinic", … : what residents would call it
	Public       bool               // residents visit it
	FTE          Figure             // full-time-equivalent staff
	Desks        Figure             // desks it uses at its busiest
	Visits       Figure             // visits a year
	Area         Figure             // m² it needs, gross internal
	Needs        map[string]float64 // room type → m²
	Sessions     Session
	Class        string // security class or care class; services share only within what rules allow
	NotWith      []ServiceID
	Near         []ServiceID
	HomeDays     float64 // days a week worked away from the building, 0–5
}

// Occupation is a service in an asset from the start of the plan.
type Occupation struct {
	Service  ServiceID
	Asset    AssetID
	Part     PartID
	Area     Figure // m² gross internal it takes
	Desks    Figure
	Share    float64 // share of the service that is here, 0–1; the shares of a service sum to 1
	Sessions Session
}
