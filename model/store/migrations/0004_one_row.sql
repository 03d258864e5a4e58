-- Version 4: an asset is one row. Its yearly costs, its energy, its tenure and the columns kept from its source had tables of
-- their own, up to a dozen rows for each asset, and a large import spent most of its time on them. The tables stay readable
-- under their names, as views.

-- SQLite looks through the whole table for each column that it adds with a check: they are added while it is empty. What refers to
-- an asset is looked at when the transaction ends, and all of them are there again by then.
CREATE TEMP TABLE kept AS SELECT a.*,
  coalesce(t.kind, ''), coalesce(t.detail, ''), coalesce(t.landlord, ''), coalesce(t.notice_months, 0), coalesce(t.let_out, 0),
  coalesce(lease.break, ''), coalesce(lease.expiry, ''), coalesce(lease.review, ''),
  t.dilapidations_pence, coalesce(t.dilapidations_grade, ''), coalesce(t.dilapidations_source, ''),
  rent_pence, coalesce(rent_grade, ''), coalesce(rent_source, ''),
  rates_pence, coalesce(rates_grade, ''), coalesce(rates_source, ''),
  maintenance_pence, coalesce(maintenance_grade, ''), coalesce(maintenance_source, ''),
  cleaning_pence, coalesce(cleaning_grade, ''), coalesce(cleaning_source, ''),
  reception_pence, coalesce(reception_grade, ''), coalesce(reception_source, ''),
  other_cost_pence, coalesce(other_cost_grade, ''), coalesce(other_cost_source, ''),
  electricity_kwh, coalesce(electricity_grade, ''), coalesce(electricity_source, ''),
  gas_kwh, coalesce(gas_grade, ''), coalesce(gas_source, ''),
  oil_kwh, coalesce(oil_grade, ''), coalesce(oil_source, ''),
  district_heat_kwh, coalesce(district_heat_grade, ''), coalesce(district_heat_source, ''),
  biomass_kwh, coalesce(biomass_grade, ''), coalesce(biomass_source, ''),
  coalesce(extra.columns, '')
FROM asset a
  LEFT JOIN tenure t ON t.asset = a.no
  LEFT JOIN (SELECT asset, max(date) FILTER (WHERE kind = 'break') AS break, max(date) FILTER (WHERE kind = 'expiry') AS expiry,
    max(date) FILTER (WHERE kind = 'review') AS review FROM lease_event GROUP BY asset) lease ON lease.asset = a.no
  LEFT JOIN (SELECT asset,
    max(cost_pence) FILTER (WHERE kind = 'rent') AS rent_pence, max(cost_grade) FILTER (WHERE kind = 'rent') AS rent_grade, max(cost_source) FILTER (WHERE kind = 'rent') AS rent_source,
    max(cost_pence) FILTER (WHERE kind = 'business rates') AS rates_pence, max(cost_grade) FILTER (WHERE kind = 'business rates') AS rates_grade, max(cost_source) FILTER (WHERE kind = 'business rates') AS rates_source,
    max(cost_pence) FILTER (WHERE kind = 'maintenance') AS maintenance_pence, max(cost_grade) FILTER (WHERE kind = 'maintenance') AS maintenance_grade, max(cost_source) FILTER (WHERE kind = 'maintenance') AS maintenance_source,
    max(cost_pence) FILTER (WHERE kind = 'cleaning') AS cleaning_pence, max(cost_grade) FILTER (WHERE kind = 'cleaning') AS cleaning_grade, max(cost_source) FILTER (WHERE kind = 'cleaning') AS cleaning_source,
    max(cost_pence) FILTER (WHERE kind = 'reception') AS reception_pence, max(cost_grade) FILTER (WHERE kind = 'reception') AS reception_grade, max(cost_source) FILTER (WHERE kind = 'reception') AS reception_source,
    max(cost_pence) FILTER (WHERE kind = 'other running') AS other_cost_pence, max(cost_grade) FILTER (WHERE kind = 'other running') AS other_cost_grade, max(cost_source) FILTER (WHERE kind = 'other running') AS other_cost_source
    FROM asset_cost GROUP BY asset) asset_cost ON asset_cost.asset = a.no
  LEFT JOIN (SELECT asset,
    max(energy_kwh) FILTER (WHERE fuel = 'electricity') AS electricity_kwh, max(energy_grade) FILTER (WHERE fuel = 'electricity') AS electricity_grade, max(energy_source) FILTER (WHERE fuel = 'electricity') AS electricity_source,
    max(energy_kwh) FILTER (WHERE fuel = 'gas') AS gas_kwh, max(energy_grade) FILTER (WHERE fuel = 'gas') AS gas_grade, max(energy_source) FILTER (WHERE fuel = 'gas') AS gas_source,
    max(energy_kwh) FILTER (WHERE fuel = 'oil') AS oil_kwh, max(energy_grade) FILTER (WHERE fuel = 'oil') AS oil_grade, max(energy_source) FILTER (WHERE fuel = 'oil') AS oil_source,
    max(energy_kwh) FILTER (WHERE fuel = 'district heat') AS district_heat_kwh, max(energy_grade) FILTER (WHERE fuel = 'district heat') AS district_heat_grade, max(energy_source) FILTER (WHERE fuel = 'district heat') AS district_heat_source,
    max(energy_kwh) FILTER (WHERE fuel = 'biomass') AS biomass_kwh, max(energy_grade) FILTER (WHERE fuel = 'biomass') AS biomass_grade, max(energy_source) FILTER (WHERE fuel = 'biomass') AS biomass_source
    FROM asset_energy GROUP BY asset) asset_energy ON asset_energy.asset = a.no
  LEFT JOIN (SELECT asset, json_group_object(name, value) AS columns FROM asset_extra GROUP BY asset) extra ON extra.asset = a.no;

DROP VIEW v_asset;
DROP TABLE lease_event;
DROP TABLE tenure;
DROP TABLE asset_cost;
DROP TABLE asset_energy;
DROP TABLE asset_extra;
DELETE FROM asset;

ALTER TABLE asset ADD COLUMN tenure TEXT NOT NULL DEFAULT '';
ALTER TABLE asset ADD COLUMN tenure_detail TEXT NOT NULL DEFAULT '';
ALTER TABLE asset ADD COLUMN landlord TEXT NOT NULL DEFAULT '';
ALTER TABLE asset ADD COLUMN notice_months INTEGER NOT NULL DEFAULT 0 CHECK (notice_months >= 0);
ALTER TABLE asset ADD COLUMN let_out INTEGER NOT NULL DEFAULT 0 CHECK (let_out IN (0, 1));
ALTER TABLE asset ADD COLUMN lease_break TEXT NOT NULL DEFAULT '' CHECK (lease_break = '' OR lease_break GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]');
ALTER TABLE asset ADD COLUMN lease_expiry TEXT NOT NULL DEFAULT '' CHECK (lease_expiry = '' OR lease_expiry GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]');
ALTER TABLE asset ADD COLUMN lease_review TEXT NOT NULL DEFAULT '' CHECK (lease_review = '' OR lease_review GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]');
ALTER TABLE asset ADD COLUMN dilapidations_pence INTEGER;
ALTER TABLE asset ADD COLUMN dilapidations_grade TEXT NOT NULL DEFAULT '' CHECK (dilapidations_grade = '' OR dilapidations_grade = 'stated' OR dilapidations_grade = 'estimated' OR dilapidations_grade = 'measured' OR dilapidations_grade = 'benchmark' OR dilapidations_grade = 'placeholder');
ALTER TABLE asset ADD COLUMN dilapidations_source TEXT NOT NULL DEFAULT '';
ALTER TABLE asset ADD COLUMN rent_pence INTEGER;
ALTER TABLE asset ADD COLUMN rent_grade TEXT NOT NULL DEFAULT '' CHECK (rent_grade = '' OR rent_grade = 'stated' OR rent_grade = 'estimated' OR rent_grade = 'measured' OR rent_grade = 'benchmark' OR rent_grade = 'placeholder');
ALTER TABLE asset ADD COLUMN rent_source TEXT NOT NULL DEFAULT '';
ALTER TABLE asset ADD COLUMN rates_pence INTEGER;
ALTER TABLE asset ADD COLUMN rates_grade TEXT NOT NULL DEFAULT '' CHECK (rates_grade = '' OR rates_grade = 'stated' OR rates_grade = 'estimated' OR rates_grade = 'measured' OR rates_grade = 'benchmark' OR rates_grade = 'placeholder');
ALTER TABLE asset ADD COLUMN rates_source TEXT NOT NULL DEFAULT '';
ALTER TABLE asset ADD COLUMN maintenance_pence INTEGER;
ALTER TABLE asset ADD COLUMN maintenance_grade TEXT NOT NULL DEFAULT '' CHECK (maintenance_grade = '' OR maintenance_grade = 'stated' OR maintenance_grade = 'estimated' OR maintenance_grade = 'measured' OR maintenance_grade = 'benchmark' OR maintenance_grade = 'placeholder');
ALTER TABLE asset ADD COLUMN maintenance_source TEXT NOT NULL DEFAULT '';
ALTER TABLE asset ADD COLUMN cleaning_pence INTEGER;
ALTER TABLE asset ADD COLUMN cleaning_grade TEXT NOT NULL DEFAULT '' CHECK (cleaning_grade = '' OR cleaning_grade = 'stated' OR cleaning_grade = 'estimated' OR cleaning_grade = 'measured' OR cleaning_grade = 'benchmark' OR cleaning_grade = 'placeholder');
ALTER TABLE asset ADD COLUMN cleaning_source TEXT NOT NULL DEFAULT '';
ALTER TABLE asset ADD COLUMN reception_pence INTEGER;
ALTER TABLE asset ADD COLUMN reception_grade TEXT NOT NULL DEFAULT '' CHECK (reception_grade = '' OR reception_grade = 'stated' OR reception_grade = 'estimated' OR reception_grade = 'measured' OR reception_grade = 'benchmark' OR reception_grade = 'placeholder');
ALTER TABLE asset ADD COLUMN reception_source TEXT NOT NULL DEFAULT '';
ALTER TABLE asset ADD COLUMN other_cost_pence INTEGER;
ALTER TABLE asset ADD COLUMN other_cost_grade TEXT NOT NULL DEFAULT '' CHECK (other_cost_grade = '' OR other_cost_grade = 'stated' OR other_cost_grade = 'estimated' OR other_cost_grade = 'measured' OR other_cost_grade = 'benchmark' OR other_cost_grade = 'placeholder');
ALTER TABLE asset ADD COLUMN other_cost_source TEXT NOT NULL DEFAULT '';
ALTER TABLE asset ADD COLUMN electricity_kwh REAL;
ALTER TABLE asset ADD COLUMN electricity_grade TEXT NOT NULL DEFAULT '' CHECK (electricity_grade = '' OR electricity_grade = 'stated' OR electricity_grade = 'estimated' OR electricity_grade = 'measured' OR electricity_grade = 'benchmark' OR electricity_grade = 'placeholder');
ALTER TABLE asset ADD COLUMN electricity_source TEXT NOT NULL DEFAULT '';
ALTER TABLE asset ADD COLUMN gas_kwh REAL;
ALTER TABLE asset ADD COLUMN gas_grade TEXT NOT NULL DEFAULT '' CHECK (gas_grade = '' OR gas_grade = 'stated' OR gas_grade = 'estimated' OR gas_grade = 'measured' OR gas_grade = 'benchmark' OR gas_grade = 'placeholder');
ALTER TABLE asset ADD COLUMN gas_source TEXT NOT NULL DEFAULT '';
ALTER TABLE asset ADD COLUMN oil_kwh REAL;
ALTER TABLE asset ADD COLUMN oil_grade TEXT NOT NULL DEFAULT '' CHECK (oil_grade = '' OR oil_grade = 'stated' OR oil_grade = 'estimated' OR oil_grade = 'measured' OR oil_grade = 'benchmark' OR oil_grade = 'placeholder');
ALTER TABLE asset ADD COLUMN oil_source TEXT NOT NULL DEFAULT '';
ALTER TABLE asset ADD COLUMN district_heat_kwh REAL;
ALTER TABLE asset ADD COLUMN district_heat_grade TEXT NOT NULL DEFAULT '' CHECK (district_heat_grade = '' OR district_heat_grade = 'stated' OR district_heat_grade = 'estimated' OR district_heat_grade = 'measured' OR district_heat_grade = 'benchmark' OR district_heat_grade = 'placeholder');
ALTER TABLE asset ADD COLUMN district_heat_source TEXT NOT NULL DEFAULT '';
ALTER TABLE asset ADD COLUMN biomass_kwh REAL;
ALTER TABLE asset ADD COLUMN biomass_grade TEXT NOT NULL DEFAULT '' CHECK (biomass_grade = '' OR biomass_grade = 'stated' OR biomass_grade = 'estimated' OR biomass_grade = 'measured' OR biomass_grade = 'benchmark' OR biomass_grade = 'placeholder');
ALTER TABLE asset ADD COLUMN biomass_source TEXT NOT NULL DEFAULT '';
ALTER TABLE asset ADD COLUMN extra TEXT NOT NULL DEFAULT '' CHECK (extra = '' OR json_valid(extra));

INSERT INTO asset SELECT * FROM kept ORDER BY no;
DROP TABLE kept;

CREATE VIEW asset_cost (asset, kind, cost_pence, cost_grade, cost_source) AS
SELECT no, 'rent', rent_pence, rent_grade, rent_source FROM asset WHERE rent_pence IS NOT NULL OR rent_source <> ''
UNION ALL
SELECT no, 'business rates', rates_pence, rates_grade, rates_source FROM asset WHERE rates_pence IS NOT NULL OR rates_source <> ''
UNION ALL
SELECT no, 'maintenance', maintenance_pence, maintenance_grade, maintenance_source FROM asset WHERE maintenance_pence IS NOT NULL OR maintenance_source <> ''
UNION ALL
SELECT no, 'cleaning', cleaning_pence, cleaning_grade, cleaning_source FROM asset WHERE cleaning_pence IS NOT NULL OR cleaning_source <> ''
UNION ALL
SELECT no, 'reception', reception_pence, reception_grade, reception_source FROM asset WHERE reception_pence IS NOT NULL OR reception_source <> ''
UNION ALL
SELECT no, 'other running', other_cost_pence, other_cost_grade, other_cost_source FROM asset WHERE other_cost_pence IS NOT NULL OR other_cost_source <> '';

CREATE VIEW asset_energy (asset, fuel, energy_kwh, energy_grade, energy_source) AS
SELECT no, 'electricity', electricity_kwh, electricity_grade, electricity_source FROM asset WHERE electricity_kwh IS NOT NULL OR electricity_source <> ''
UNION ALL
SELECT no, 'gas', gas_kwh, gas_grade, gas_source FROM asset WHERE gas_kwh IS NOT NULL OR gas_source <> ''
UNION ALL
SELECT no, 'oil', oil_kwh, oil_grade, oil_source FROM asset WHERE oil_kwh IS NOT NULL OR oil_source <> ''
UNION ALL
SELECT no, 'district heat', district_heat_kwh, district_heat_grade, district_heat_source FROM asset WHERE district_heat_kwh IS NOT NULL OR district_heat_source <> ''
UNION ALL
SELECT no, 'biomass', biomass_kwh, biomass_grade, biomass_source FROM asset WHERE biomass_kwh IS NOT NULL OR biomass_source <> '';

CREATE VIEW asset_extra (asset, name, value) AS
SELECT a.no, x.key, x.value FROM asset a, json_each(a.extra) x WHERE a.extra <> '';

CREATE VIEW tenure (asset, kind, detail, landlord, notice_months, let_out, dilapidations_pence, dilapidations_grade, dilapidations_source) AS
SELECT no, tenure, tenure_detail, landlord, notice_months, let_out, dilapidations_pence, dilapidations_grade, dilapidations_source FROM asset
WHERE tenure <> '' OR tenure_detail <> '' OR landlord <> '' OR notice_months <> 0 OR let_out <> 0 OR dilapidations_pence IS NOT NULL
   OR dilapidations_source <> '' OR lease_break <> '' OR lease_expiry <> '' OR lease_review <> '';

CREATE VIEW lease_event (asset, kind, date) AS
SELECT no, 'break', lease_break FROM asset WHERE lease_break <> ''
UNION ALL
SELECT no, 'expiry', lease_expiry FROM asset WHERE lease_expiry <> ''
UNION ALL
SELECT no, 'review', lease_review FROM asset WHERE lease_review <> '';

-- As before, but for where it finds the lease.
CREATE VIEW v_asset AS
SELECT a.id, a.name, o.name AS organisation, a.use, a.address, a.postcode, a.uprn, a.reference, a.ward, a.area,
       a.lat, a.lon, a.placed, a.holding, a.tenure, nullif(a.lease_break, '') AS lease_break, nullif(a.lease_expiry, '') AS lease_expiry,
       a.floor_area_m2, a.floor_area_grade,
       a.condition, a.energy_rating,
       (SELECT sum(cost_pence) / 100.0 FROM asset_cost c WHERE c.asset = a.no) AS running_cost,
       a.income_pence / 100.0 AS income,
       (SELECT sum(energy_kwh) FROM asset_energy e WHERE e.asset = a.no) AS energy_kwh,
       a.backlog_pence / 100.0 AS backlog, a.backlog_grade,
       a.value_pence / 100.0 AS value_exempt,
       a.desks, a.capacity,
       (SELECT count(DISTINCT service) FROM occupation c WHERE c.asset = a.no) AS services,
       (SELECT sum(s.fte * c.share) FROM occupation c JOIN service s ON s.no = c.service WHERE c.asset = a.no) AS fte
FROM asset a
LEFT JOIN organisation o ON o.no = a.organisation;
