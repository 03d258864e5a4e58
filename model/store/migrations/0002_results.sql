-- Version 2: results, so that any SQLite reader sees what scenarios come to.
-- Results are not the project: they are computed from it, are not undone, and
-- are out of date once the project changes (v_result says so).

CREATE TABLE result (
  scenario INTEGER PRIMARY KEY REFERENCES scenario (no) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  at       TEXT NOT NULL,    -- ISO date and time, UTC
  audit    INTEGER NOT NULL  -- the last audit row when they were computed
) STRICT;

-- A line is everything of a flow but its years.
CREATE TABLE flow_line (
  no       INTEGER PRIMARY KEY,
  scenario INTEGER NOT NULL REFERENCES result (scenario) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  ledger   TEXT NOT NULL CHECK (ledger IN ('money', 'carbon', 'space')),
  asset    TEXT NOT NULL, -- id; empty for what belongs to no asset
  action   TEXT NOT NULL, -- id; empty for what exists without a decision
  category TEXT NOT NULL,
  label    TEXT NOT NULL,
  payer    TEXT NOT NULL, -- id of an organisation
  unit     TEXT NOT NULL
) STRICT;
CREATE INDEX flow_line_scenario ON flow_line (scenario);

-- The value of a line in a financial year, in its unit. Money is in £ and
-- unrounded: it is a result, and sums of it must be those of the program.
CREATE TABLE flow (
  line  INTEGER NOT NULL REFERENCES flow_line (no) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  year  INTEGER NOT NULL,
  value REAL NOT NULL,
  PRIMARY KEY (line, year)
) STRICT, WITHOUT ROWID;

CREATE VIEW v_result AS
SELECT s.id AS scenario, s.name AS scenario_name, r.at,
       EXISTS (SELECT 1 FROM audit u, json_each(u.command) deed, json_each(deed.value) kind
               WHERE u.no > r.audit AND deed.key IN ('put', 'removed')
                 AND kind.key NOT IN ('boundary', 'finding', 'decision')) AS out_of_date,
       (SELECT count(*) FROM flow_line l WHERE l.scenario = r.scenario) AS lines
FROM result r JOIN scenario s ON s.no = r.scenario;

-- £ by financial year: positive comes in to the payer, negative goes out.
CREATE VIEW v_money_flow AS
SELECT s.id AS scenario, s.name AS scenario_name, l.asset, a.name AS asset_name, l.action, l.category, l.label,
       l.payer, f.year, f.value AS pounds
FROM flow_line l JOIN flow f ON f.line = l.no JOIN scenario s ON s.no = l.scenario LEFT JOIN asset a ON a.id = l.asset
WHERE l.ledger = 'money';

-- kWh consumed and kgCO2e emitted, by financial year.
CREATE VIEW v_carbon_flow AS
SELECT s.id AS scenario, s.name AS scenario_name, l.asset, a.name AS asset_name, l.action, l.category, l.label,
       l.unit, f.year, f.value
FROM flow_line l JOIN flow f ON f.line = l.no JOIN scenario s ON s.no = l.scenario LEFT JOIN asset a ON a.id = l.asset
WHERE l.ledger = 'carbon';

-- Who sits where. Rows without a scenario are today's occupations, in the base
-- year; the others are results.
CREATE VIEW v_space AS
SELECT '' AS scenario, '' AS scenario_name, a.id AS asset, a.name AS asset_name, '' AS action, v.name AS category,
       coalesce(o.part, '') AS part, s.name AS label, v.unit, (SELECT base_year FROM project) AS year,
       CASE v.name WHEN 'people' THEN s.fte * o.share WHEN 'desks' THEN o.desks ELSE o.area_m2 END AS value
FROM occupation o JOIN service s ON s.no = o.service JOIN asset a ON a.no = o.asset
JOIN (SELECT 'people' AS name, 'FTE' AS unit UNION ALL SELECT 'desks', 'desks' UNION ALL SELECT 'floor area', 'm²') v
UNION ALL
SELECT s.id, s.name, l.asset, a.name, l.action, l.category, '', l.label, l.unit, f.year, f.value
FROM flow_line l JOIN flow f ON f.line = l.no JOIN scenario s ON s.no = l.scenario LEFT JOIN asset a ON a.id = l.asset
WHERE l.ledger = 'space';
