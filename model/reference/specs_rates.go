package reference

import (
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

const (
	savingNote = "Printed with the cost in the same row of the table"
	lightShare = "lighting_share_of_electricity_illustrative"
)

// rateSpecs are fractions, factors and physical quantities: no price base.
var rateSpecs = []spec{
	{key: "works.fees", label: "Professional fees", group: groupWorks, series: "on_cost", item: "professional fees", unit: "fraction of works", scale: 0.01},
	{key: "works.contingency", label: "Contingency", group: groupWorks, series: "on_cost", item: "contingency", unit: "fraction of works", scale: 0.01},
	{key: "works.external", label: "External works", group: groupWorks, series: "on_cost", item: "external works", unit: "fraction of works", scale: 0.01},
	{key: "works.furniture", label: "Furniture and equipment", group: groupWorks, series: "on_cost", item: "furniture and equipment", unit: "fraction of works", scale: 0.01},
	{key: "works.location", label: "Location factor of this place", group: groupWorks, series: projectDefault, item: "location factor", unit: "UK = 1.00", note: locationChoice},
	{key: "works.vat", label: "VAT on works that cannot be reclaimed", group: groupFinance, series: transactions, item: "VAT on works if option to tax/partial exemption unclear", unit: "fraction of works", scale: 0.01},

	{key: "sale.cost", label: "All costs of a sale", group: groupHolding, series: transactions, item: "all-in sale cost default", unit: "fraction of price", scale: 0.01},
	{key: "sale.agent", label: "Agent's fee on a sale", group: groupHolding, series: transactions, item: "agent fee on disposal", unit: "fraction of price", scale: 0.01},
	{key: "sale.legal", label: "Legal fee on a sale", group: groupHolding, series: transactions, item: "legal fee on disposal", unit: "fraction of price", scale: 0.01},
	{key: "sale.cost_cap", label: "Cap on disposal costs charged to a receipt", group: groupHolding, series: "capital_receipts", item: "disposal costs charged to receipt, non-housing cap", unit: "fraction of receipt", scale: 0.01},

	{key: "optimism.mitigation", label: "Optimism bias mitigated", group: groupOptimism, series: projectDefault, item: "optimism bias mitigated", unit: fraction},

	{key: "retrofit.ashp.cop", label: "Air-source heat pump, heat per unit of electricity", group: groupRetrofit, series: heating, item: "ASHP COP at 7C outdoor", unit: "kWh/kWh"},
	{key: "retrofit.ashp.life", label: "Air-source heat pump, life", group: groupRetrofit, series: heating, item: "ASHP life", unit: "years"},
	{key: "retrofit.boiler.efficiency", label: "Gas boiler, seasonal efficiency", group: groupRetrofit, series: heating, item: "gas boiler gross seasonal efficiency", unit: fraction},
	{key: "retrofit.boiler.life", label: "Gas boiler, life", group: groupRetrofit, series: heating, item: "gas boiler life", unit: "years"},
	{key: "retrofit.led.share_of_electricity", label: "Lighting's share of electricity, office", group: groupRetrofit, series: lightShare, item: "office", unit: fraction},
	{key: "retrofit.led.share_of_electricity.school", label: "Lighting's share of electricity, school", group: groupRetrofit, series: lightShare, item: "school", unit: fraction},
	{key: "retrofit.led.share_of_electricity.clinic", label: "Lighting's share of electricity, health centre", group: groupRetrofit, series: lightShare, item: "health centre", unit: fraction},
	{key: "retrofit.pv.degradation", label: "Solar panels, loss of yield a year", group: groupSolar, series: "retrofit_pv", item: "linear degradation", unit: "fraction a year", scale: 0.01},
	{key: "pv.yield", label: "Solar yield where no region is chosen", group: groupSolar, series: "pv_yield_found", item: "SAP UK default", unit: "kWh/kWp/year"},

	{key: "space.m2_per_fte", label: "Office space for each FTE", group: groupSpace, series: "office_density_default", item: "Government Workplace Design Guide", unit: "m² net internal/FTE"},
	{key: "space.desks_per_fte", label: "Desks for each FTE", group: groupSpace, series: "desk_ratio_default", item: "6 desks per 10 FTE", unit: "desks/FTE"},
	{key: "space.gia_per_nia", label: "Gross internal to net internal area, office", group: groupSpace, series: "area_ratio", item: "NLA to GIA, TM46 office", unit: "m²/m²"},

	{key: "embodied.light", label: "Light refurbishment", group: groupEmbodied, series: "embodied_default_assumption", item: "light refurbishment", unit: "kgCO2e/m²"},
	{key: "embodied.deep", label: "Deep refurbishment", group: groupEmbodied, series: "embodied_default_assumption", item: "deep retrofit", unit: "kgCO2e/m²"},
	{key: "embodied.demolition", label: "Demolition and strip-out", group: groupEmbodied, series: "embodied_default_assumption", item: "demolition and strip-out A5.1 default", unit: "kgCO2e/m²"},
	{key: "embodied.new", label: "New building", group: groupEmbodied, series: "leti_upfront_a1_a5", item: "office, LETI 2020 design target", unit: "kgCO2e/m²", note: upfrontNote},

	{key: "pwlb.rate.10", label: "Public Works Loan Board, 10 years", group: groupFinance, series: "pwlb_rate_default", item: "10-year EIP/annuity default", unit: "fraction a year", scale: 0.01},
	{key: "pwlb.rate.25", label: "Public Works Loan Board, 25 years", group: groupFinance, series: "pwlb_rate_default", item: "25-year annuity default", unit: "fraction a year", scale: 0.01},
	{key: "pwlb.rate.50", label: "Public Works Loan Board, 40 to 50 years", group: groupFinance, series: "pwlb_rate_default", item: "40-50-year annuity default", unit: "fraction a year", scale: 0.01},
	{key: "pwlb.margin.standard", label: "Margin over gilts, standard", group: groupFinance, series: "pwlb_margin_over_gilts", item: "standard rate", unit: "fraction a year", scale: 0.0001},
	{key: "pwlb.margin.certainty", label: "Margin over gilts, certainty rate", group: groupFinance, series: "pwlb_margin_over_gilts", item: "certainty rate (default for principal authorities since 26 Nov 2020)", unit: "fraction a year", scale: 0.0001},

	{key: "homeworking.kg_per_fte_hour", label: "Working at home", group: groupCarbon, series: "ghg_conversion_factor", item: "homeworking (equipment+heating)", unit: "kgCO2e/FTE hour"},
	{key: "water.supply", label: "Water supplied", group: groupCarbon, series: "ghg_conversion_factor", item: "water supply", unit: "kgCO2e/m³"},
	{key: "water.treatment", label: "Water treated", group: groupCarbon, series: "ghg_conversion_factor", item: "water treatment", unit: "kgCO2e/m³"},
	{key: "carbon.dec.electricity", label: "Display energy certificate, electricity", group: groupCarbon, series: "dec_co2_factor", item: "electricity", unit: "kgCO2/kWh"},
	{key: "carbon.dec.heat", label: "Display energy certificate, benchmark heat", group: groupCarbon, series: "dec_co2_factor", item: "fossil-thermal benchmark fuel", unit: "kgCO2/kWh"},
	{key: "carbon.dec.gas", label: "Display energy certificate, gas used", group: groupCarbon, series: "dec_co2_factor", item: "natural gas actual", unit: "kgCO2/kWh"},

	{key: "tm46.weather_share", label: "Share of heat that follows the weather", group: groupTM46, series: projectDefault, item: "share of heat that follows the weather", unit: fraction},
	{key: "social.eta", label: "How fast the value of a pound falls with income", group: groupSocial, series: "distributional_eta", item: "elasticity of marginal utility of income", unit: "ratio"},
	{key: "deflator.growth", label: "General inflation after the last outturn", group: groupPrices, series: projectDefault, item: deflatorGrowth, unit: "fraction a year", scale: 0.01},
}

// sdltSpecs are the bands of stamp duty land tax.
var sdltSpecs = []spec{
	{key: "sdlt.freehold.1.rate", label: "Price to £150,000", group: groupTax, series: sdltFreehold, item: "0-150000", unit: fraction, scale: 0.01},
	{key: "sdlt.freehold.2.rate", label: "Price from £150,000 to £250,000", group: groupTax, series: sdltFreehold, item: "150000-250000", unit: fraction, scale: 0.01},
	{key: "sdlt.freehold.3.rate", label: "Price above £250,000", group: groupTax, series: sdltFreehold, item: "250000+", unit: fraction, scale: 0.01},
	{key: "sdlt.lease.1.rate", label: "Value of rents to £150,000", group: groupTax, series: sdltLease, item: "0-150000", unit: fraction, scale: 0.01},
	{key: "sdlt.lease.2.rate", label: "Value of rents from £150,000 to £5,000,000", group: groupTax, series: sdltLease, item: "150000-5000000", unit: fraction, scale: 0.01},
	{key: "sdlt.lease.3.rate", label: "Value of rents above £5,000,000", group: groupTax, series: sdltLease, item: "5000000+", unit: fraction, scale: 0.01},
	{key: "sdlt.lease.discount", label: "Discount rate of the rents", group: groupTax, series: transactions, item: "lease: SDLT NPV discount rate", unit: "fraction a year", scale: 0.01},
}

// optimismCategories are the project types of the Treasury's table.
var optimismCategories = []string{"standard_buildings", "non_standard_buildings", "standard_civil_engineering",
	"non_standard_civil_engineering", "equipment_development", "outsourcing"}

func optimismSpecs() []spec {
	var out []spec
	for _, c := range optimismCategories {
		name := strings.ReplaceAll(c, "_", " ")
		for _, d := range []struct{ key, series, label string }{{"capex", "capex", "capital cost"}, {"duration", "works_duration", "duration of works"}} {
			for _, b := range []string{"upper", "lower"} {
				out = append(out, spec{key: "optimism." + d.key + "." + c + "." + b, label: strings.ToUpper(name[:1]) + name[1:] + ", " + d.label + ", " + b + " bound",
					group: groupOptimism, series: "optimism_bias_" + d.series + "_" + b, item: c, unit: fraction, scale: 0.01})
			}
		}
	}
	return out
}

// regionSpecs are the figures that the tables give by region.
func (s *Set) regionSpecs() []spec {
	var out []spec
	for _, r := range s.table.bySeries["location_factor"] {
		out = append(out, spec{key: "works.location." + slug(r.Item), label: "Location factor, " + r.Item, group: groupWorks, series: r.Series, item: r.Item, unit: "UK = 1.00"})
	}
	for _, r := range s.table.bySeries["pv_yield_estimate"] {
		out = append(out, spec{key: "pv.yield." + slug(r.Item), label: "Solar yield, " + r.Item, group: groupSolar, series: r.Series, item: r.Item, unit: "kWh/kWp/year"})
	}
	return out
}

// impliedAssumptions are figures that the tables hold in words or that follow
// from others by a line of arithmetic.
func (s *Set) impliedAssumptions() []model.Assumption {
	var out []model.Assumption
	say := func(series, item string, a model.Assumption) {
		r := s.table.find(series, item)
		if r == nil {
			return
		}
		if a.Grade == model.NotKnown {
			a.Grade = r.Grade()
		}
		a.Confidence, a.Owner, a.Date = r.Confidence, s.Name, r.Year
		if a.Source == "" {
			a.Source = cite(r) + ". In words: " + r.Text
		}
		out = append(out, a)
	}
	say("mrp_rule", "maximum life", model.Assumption{Key: "mrp.max_life", Label: "Longest life over which borrowing may be charged", Group: groupFinance, Value: 50, Unit: "years"})
	for _, m := range []struct {
		key, item, label string
		value            float64
		unit             string
	}{
		{"retrofit.bms.saving.gas", "BMS controls optimisation", "Heating controls, share of gas saved", 0.10, fraction},
		{"retrofit.bms.saving.electricity", "BMS controls optimisation", "Heating controls, share of electricity saved", 0.06, fraction},
		{"retrofit.bms.life", "BMS controls optimisation", "Heating controls, life", 10, "years"},
		{"retrofit.led.saving.lighting", "LED with controls", "LED lighting, share of lighting electricity saved", 0.55, fraction},
		{"retrofit.led.life", "LED with controls", "LED lighting, life", 15, "years"},
		{"retrofit.insulation.saving.gas", "loft and cavity insulation", "Insulation, share of remaining gas saved", 0.18, fraction},
		{"retrofit.insulation.life", "loft and cavity insulation", "Insulation, life", 30, "years"},
		{"retrofit.glazing.saving.gas", "glazing upgrade", "Glazing, share of remaining gas saved", 0.10, fraction},
		{"retrofit.glazing.life", "glazing upgrade", "Glazing, life", 30, "years"},
		{"retrofit.heatpump.saving.gas", "ASHP replacing gas boiler", "Heat pump, share of remaining gas replaced", 0.90, fraction},
		{"retrofit.pv.life", "rooftop PV", "Solar panels, life", 25, "years"},
	} {
		if r := s.table.find(synthetic, m.item); r != nil {
			say(synthetic, m.item, model.Assumption{Key: m.key, Label: m.label, Group: groupRetrofit, Value: m.value, Unit: m.unit,
				Source: cite(r) + ". " + r.Note + ". " + savingNote})
		}
	}
	gas, okG := s.assumption(moneySpecs[1])
	eff := s.table.find(heating, "gas boiler gross seasonal efficiency")
	if okG && eff != nil {
		out = append(out, model.Assumption{Key: "energy.price.district_heat", Label: "District heat", Group: groupEnergy, Value: gas.Value / eff.Value, Unit: "£/kWh",
			PriceBase: gas.PriceBase, Grade: model.Placeholder, Confidence: "derived", Owner: s.Name, Date: gas.Date,
			Source: "No published price found: the cost of the same heat from a gas boiler, energy.price.gas ÷ " + eff.Text + ". Enter the price on the bill"})
	}
	return out
}
