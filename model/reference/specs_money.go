package reference

const (
	workDefaults   = "default_assumption"
	transactions   = "transaction_default"
	synthetic      = "retrofit_measure_illustrative"
	heating        = "retrofit_heat"
	pricesGas      = "non_domestic_price_2025_gas"
	pricesElec     = "non_domestic_price_2025_electricity"
	perM2          = "£/m²"
	fraction       = "fraction"
	bandNote       = "The small band is chosen: most supplies to public buildings fall in it; large sites buy for less"
	syntheticNote  = "Its own author calls the rate synthetic"
	dilapsNote     = "Per m² net internal: multiply gross area by 1 ÷ space.gia_per_nia"
	gshpNote       = "Ground-source alternative"
	heatPumpNote   = "Government evidence is preferred to the synthetic £1,000/kW in the same table"
	pvNote         = "The government's £634/kWp is for ground-mounted arrays; this is the rooftop figure"
	upfrontNote    = "A design target for new offices, up-front carbon only; ordinary new buildings emit more"
	locationChoice = "Choose the region's factor, works.location.<region>, for a place outside the average"
)

// moneySpecs are amounts of money, rebased to the set's price base.
var moneySpecs = []spec{
	{key: "energy.price.electricity", label: "Electricity", group: groupEnergy, series: pricesElec, item: "Small band, 20-500 MWh/yr", unit: "£/kWh", money: true, note: bandNote},
	{key: "energy.price.gas", label: "Gas", group: groupEnergy, series: pricesGas, item: "Small band, 278-2778 MWh/yr", unit: "£/kWh", money: true, note: bandNote},
	{key: "energy.price.oil", label: "Heating oil", group: groupEnergy, series: projectDefault, item: "burning oil price", unit: "£/kWh", money: true},
	{key: "energy.price.biomass", label: "Wood pellets", group: groupEnergy, series: projectDefault, item: "biomass (wood pellet) price", unit: "£/kWh", money: true},
	{key: "energy.ccl", label: "Climate change levy within the price", group: groupEnergy, series: "ccl_main_rate", item: "electricity and gas", unit: "£/kWh", money: true},
	{key: "seg.export", label: "Price of exported solar power", group: groupSolar, series: "seg_export_price", item: "central", unit: "£/kWh", money: true},
	{key: "seg.export.low", label: "Price of exported solar power, low", group: groupSolar, series: "seg_export_price", item: "low", unit: "£/kWh", money: true},
	{key: "seg.export.high", label: "Price of exported solar power, high", group: groupSolar, series: "seg_export_price", item: "high", unit: "£/kWh", money: true},

	{key: "works.light", label: "Light refurbishment", group: groupWorks, series: workDefaults, item: "light refurbishment (decor, M&E refresh)", unit: perM2, money: true},
	{key: "works.medium", label: "Medium refurbishment, change of layout", group: groupWorks, series: workDefaults, item: "medium refurbishment / change of layout", unit: perM2, money: true},
	{key: "works.deep", label: "Deep refurbishment or change of use", group: groupWorks, series: workDefaults, item: "deep refurbishment or change of use", unit: perM2, money: true},
	{key: "works.office_to_homes", label: "Conversion of offices to homes", group: groupWorks, series: workDefaults, item: "office to residential conversion", unit: perM2, money: true},
	{key: "works.demolition", label: "Demolition with soft strip", group: groupWorks, series: workDefaults, item: "demolition incl. soft strip", unit: perM2, money: true},
	{key: "works.new.office", label: "New office", group: groupWorks, series: "new_build_cost_mid", item: "office grade A", unit: perM2, money: true},
	{key: "works.new.community", label: "New leisure or community centre", group: groupWorks, series: "new_build_cost_mid", item: "leisure/community centre", unit: perM2, money: true},
	{key: "works.new.library", label: "New library", group: groupWorks, series: "new_build_cost_mid", item: "library", unit: perM2, money: true},
	{key: "works.new.homes", label: "New social housing", group: groupWorks, series: "new_build_cost_mid", item: "social housing", unit: perM2, money: true},
	{key: "works.new.school", label: "New primary school", group: groupWorks, series: "new_build_cost_mid", item: "primary school new build", unit: perM2, money: true},
	{key: "works.new.care", label: "New nursing home", group: groupWorks, series: "new_build_cost_mid", item: "nursing home", unit: perM2, money: true},
	{key: "works.new.store", label: "New warehouse", group: groupWorks, series: "new_build_cost_mid", item: "warehouse/distribution", unit: perM2, money: true},
	{key: "works.new.hospital", label: "New community hospital", group: groupWorks, series: "new_build_cost_mid", item: "community hospital", unit: perM2, money: true},

	{key: "holding.vacant", label: "Holding an empty building", group: groupHolding, series: workDefaults, item: "vacant holding cost (security, rates-exempt, utilities minimum)", unit: "£/m²/year", money: true},
	{key: "lease.dilapidations", label: "Dilapidations on leaving a lease", group: groupHolding, series: transactions, item: "dilapidations allowance on lease exit", unit: "£/m² net internal", money: true, note: dilapsNote},

	{key: "retrofit.bms.cost", label: "Heating controls", group: groupRetrofit, series: synthetic, item: "BMS controls optimisation", unit: perM2, money: true, note: syntheticNote},
	{key: "retrofit.led.cost", label: "LED lighting with controls", group: groupRetrofit, series: synthetic, item: "LED with controls", unit: perM2, money: true, note: syntheticNote},
	{key: "retrofit.insulation.cost", label: "Roof and cavity insulation", group: groupRetrofit, series: synthetic, item: "loft and cavity insulation", unit: perM2, money: true, note: syntheticNote},
	{key: "retrofit.glazing.cost", label: "Glazing upgrade", group: groupRetrofit, series: synthetic, item: "glazing upgrade", unit: perM2, money: true, note: syntheticNote},
	{key: "retrofit.heatpump.cost", label: "Air-source heat pump", group: groupRetrofit, series: heating, item: "ASHP air-to-water capex", unit: "£/kW", money: true, note: heatPumpNote},
	{key: "retrofit.heatpump.upkeep", label: "Air-source heat pump, upkeep", group: groupRetrofit, series: heating, item: "ASHP O&M", unit: "£/kW/year", money: true},
	{key: "retrofit.gshp.cost", label: "Ground-source heat pump", group: groupRetrofit, series: heating, item: "GSHP vertical capex", unit: "£/kW", money: true, note: gshpNote},
	{key: "retrofit.boiler.cost", label: "Gas boiler", group: groupRetrofit, series: heating, item: "gas boiler capex", unit: "£/kW", money: true},
	{key: "retrofit.boiler.upkeep", label: "Gas boiler, upkeep", group: groupRetrofit, series: heating, item: "gas boiler O&M", unit: "£/kW/year", money: true},
	{key: "retrofit.gas_disconnection", label: "Gas service disconnection", group: groupRetrofit, series: heating, item: "gas service disconnection (conservative)", unit: "£/site", money: true},
	{key: "retrofit.pv.cost", label: "Rooftop solar panels", group: groupSolar, series: synthetic, item: "rooftop PV", unit: "£/kWp", money: true, note: pvNote},
	{key: "retrofit.pv.cost.ground", label: "Ground-mounted solar panels", group: groupSolar, series: "retrofit_pv_capex", item: "central", unit: "£/kWp", money: true},

	{key: "condition.remedial.A", label: "To bring condition A to B or better", group: groupCondition, series: "default_remedial_cost", item: "A", unit: perM2, money: true},
	{key: "condition.remedial.B", label: "To keep condition B", group: groupCondition, series: "default_remedial_cost", item: "B", unit: perM2, money: true},
	{key: "condition.remedial.C", label: "To bring condition C to B or better", group: groupCondition, series: "default_remedial_cost", item: "C", unit: perM2, money: true},
	{key: "condition.remedial.D", label: "To bring condition D to B or better", group: groupCondition, series: "default_remedial_cost", item: "D", unit: perM2, money: true},

	{key: "grant.cap_per_tonne", label: "Grant threshold per lifetime tonne saved", group: groupFinance, series: "grant_screening", item: "PSDS/Salix-style cap", unit: "£/tCO2e", money: true},

	{key: "social.wellby.low", label: "One point of life satisfaction for a year, low", group: groupSocial, series: "wellby", item: "low", unit: "£", money: true},
	{key: "social.wellby.central", label: "One point of life satisfaction for a year", group: groupSocial, series: "wellby", item: "central", unit: "£", money: true},
	{key: "social.wellby.high", label: "One point of life satisfaction for a year, high", group: groupSocial, series: "wellby", item: "high", unit: "£", money: true},
	{key: "social.qaly", label: "A quality-adjusted life year", group: groupSocial, series: "qaly", item: "cross-government", unit: "£", money: true},
	{key: "social.vpf", label: "A prevented fatality", group: groupSocial, series: "vpf", item: "WTP element", unit: "£", money: true},
}
