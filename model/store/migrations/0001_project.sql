-- Version 1: the project itself, its audit and its undo journal.
-- Grades are checked with OR: IN would build a table in memory for every row.
-- Every `no` is the place of a thing in its list: it orders, it is what other
-- tables refer to, and it never changes while the thing lives.
-- A figure is three columns: the value (NULL when not known), x_grade and
-- x_source. Money is in whole pence, areas in m² unless named otherwise,
-- years are financial years named by the calendar year they begin in.

CREATE TABLE parameter_set (
  id     TEXT NOT NULL PRIMARY KEY,
  pinned INTEGER NOT NULL CHECK (pinned IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX parameter_set_pinned ON parameter_set (pinned) WHERE pinned = 1;

CREATE TABLE project (
  no            INTEGER PRIMARY KEY CHECK (no = 1),
  name          TEXT NOT NULL,
  base_year     INTEGER NOT NULL CHECK (base_year BETWEEN 1990 AND 2200),
  horizon       INTEGER NOT NULL CHECK (horizon BETWEEN 1 AND 100),
  price_base    INTEGER NOT NULL,
  parameter_set TEXT REFERENCES parameter_set (id) DEFERRABLE INITIALLY DEFERRED,
  currency      TEXT NOT NULL,
  modelled_note TEXT NOT NULL
) STRICT;
CREATE INDEX project_parameter_set ON project (parameter_set);

CREATE TABLE attribution (
  project INTEGER NOT NULL REFERENCES project (no) DEFERRABLE INITIALLY DEFERRED,
  ord     INTEGER NOT NULL,
  text    TEXT NOT NULL,
  PRIMARY KEY (project, ord)
) STRICT, WITHOUT ROWID;

-- The rows with a negative no are residents, society and the market: they pay
-- and gain but are not organisations of the place.
CREATE TABLE organisation (
  no     INTEGER PRIMARY KEY,
  id     TEXT NOT NULL UNIQUE CHECK (id <> ''),
  name   TEXT NOT NULL,
  kind   TEXT NOT NULL,
  public INTEGER NOT NULL CHECK (public IN (0, 1))
) STRICT;
INSERT INTO organisation (no, id, name, kind, public) VALUES
  (-1, 'residents', 'Residents', '', 0),
  (-2, 'society',   'Society',   '', 0),
  (-3, 'market',    'The market', '', 0);

CREATE TABLE asset (
  no                INTEGER PRIMARY KEY,
  id                TEXT NOT NULL UNIQUE CHECK (id <> ''),
  organisation      INTEGER REFERENCES organisation (no) DEFERRABLE INITIALLY DEFERRED,
  uprn              TEXT NOT NULL,
  reference         TEXT NOT NULL,
  name              TEXT NOT NULL,
  address           TEXT NOT NULL,
  postcode          TEXT NOT NULL,
  lat               REAL CHECK (lat BETWEEN -90 AND 90),
  lon               REAL CHECK (lon BETWEEN -180 AND 180),
  placed            TEXT NOT NULL,
  area              TEXT NOT NULL,
  ward              TEXT NOT NULL,
  use               TEXT NOT NULL,
  holding           TEXT NOT NULL,
  detail            TEXT NOT NULL,
  energy_rating     TEXT NOT NULL,
  condition         TEXT NOT NULL,
  floor_area_m2     REAL,
  floor_area_grade  TEXT NOT NULL CHECK (floor_area_grade = '' OR floor_area_grade = 'measured' OR floor_area_grade = 'stated' OR floor_area_grade = 'benchmark' OR floor_area_grade = 'estimated' OR floor_area_grade = 'placeholder'),
  floor_area_source TEXT NOT NULL,
  land_area_ha      REAL,
  land_area_grade   TEXT NOT NULL CHECK (land_area_grade = '' OR land_area_grade = 'measured' OR land_area_grade = 'stated' OR land_area_grade = 'benchmark' OR land_area_grade = 'estimated' OR land_area_grade = 'placeholder'),
  land_area_source  TEXT NOT NULL,
  income_pence      INTEGER,
  income_grade      TEXT NOT NULL CHECK (income_grade = '' OR income_grade = 'measured' OR income_grade = 'stated' OR income_grade = 'benchmark' OR income_grade = 'estimated' OR income_grade = 'placeholder'),
  income_source     TEXT NOT NULL,
  backlog_pence     INTEGER,
  backlog_grade     TEXT NOT NULL CHECK (backlog_grade = '' OR backlog_grade = 'measured' OR backlog_grade = 'stated' OR backlog_grade = 'benchmark' OR backlog_grade = 'estimated' OR backlog_grade = 'placeholder'),
  backlog_source    TEXT NOT NULL,
  value_pence       INTEGER, -- exempt from publication
  value_grade       TEXT NOT NULL CHECK (value_grade = '' OR value_grade = 'measured' OR value_grade = 'stated' OR value_grade = 'benchmark' OR value_grade = 'estimated' OR value_grade = 'placeholder'),
  value_source      TEXT NOT NULL,
  desks             REAL,
  desks_grade       TEXT NOT NULL CHECK (desks_grade = '' OR desks_grade = 'measured' OR desks_grade = 'stated' OR desks_grade = 'benchmark' OR desks_grade = 'estimated' OR desks_grade = 'placeholder'),
  desks_source      TEXT NOT NULL,
  capacity          REAL,
  capacity_grade    TEXT NOT NULL CHECK (capacity_grade = '' OR capacity_grade = 'measured' OR capacity_grade = 'stated' OR capacity_grade = 'benchmark' OR capacity_grade = 'estimated' OR capacity_grade = 'placeholder'),
  capacity_source   TEXT NOT NULL
) STRICT;
CREATE INDEX asset_organisation ON asset (organisation);

CREATE TABLE asset_cost (
  asset       INTEGER NOT NULL REFERENCES asset (no) DEFERRABLE INITIALLY DEFERRED,
  kind        TEXT NOT NULL CHECK (kind <> ''),
  cost_pence  INTEGER, -- a year
  cost_grade  TEXT NOT NULL CHECK (cost_grade = '' OR cost_grade = 'measured' OR cost_grade = 'stated' OR cost_grade = 'benchmark' OR cost_grade = 'estimated' OR cost_grade = 'placeholder'),
  cost_source TEXT NOT NULL,
  PRIMARY KEY (asset, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE asset_energy (
  asset         INTEGER NOT NULL REFERENCES asset (no) DEFERRABLE INITIALLY DEFERRED,
  fuel          TEXT NOT NULL CHECK (fuel <> ''),
  energy_kwh    REAL, -- a year
  energy_grade  TEXT NOT NULL CHECK (energy_grade = '' OR energy_grade = 'measured' OR energy_grade = 'stated' OR energy_grade = 'benchmark' OR energy_grade = 'estimated' OR energy_grade = 'placeholder'),
  energy_source TEXT NOT NULL,
  PRIMARY KEY (asset, fuel)
) STRICT, WITHOUT ROWID;

-- Columns of the source file kept as they were.
CREATE TABLE asset_extra (
  asset INTEGER NOT NULL REFERENCES asset (no) DEFERRABLE INITIALLY DEFERRED,
  name  TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (asset, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE asset_part (
  asset         INTEGER NOT NULL REFERENCES asset (no) DEFERRABLE INITIALLY DEFERRED,
  id            TEXT NOT NULL CHECK (id <> ''),
  ord           INTEGER NOT NULL,
  name          TEXT NOT NULL,
  use           TEXT NOT NULL,
  floor_area_m2 REAL NOT NULL CHECK (floor_area_m2 >= 0),
  PRIMARY KEY (asset, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE asset_lock (
  asset  INTEGER NOT NULL REFERENCES asset (no) DEFERRABLE INITIALLY DEFERRED,
  ord    INTEGER NOT NULL,
  kind   TEXT NOT NULL,
  reason TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (asset, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE tenure (
  asset                INTEGER PRIMARY KEY REFERENCES asset (no) DEFERRABLE INITIALLY DEFERRED,
  kind                 TEXT NOT NULL,
  detail               TEXT NOT NULL,
  landlord             TEXT NOT NULL,
  notice_months        INTEGER NOT NULL CHECK (notice_months >= 0),
  let_out              INTEGER NOT NULL CHECK (let_out IN (0, 1)),
  dilapidations_pence  INTEGER,
  dilapidations_grade  TEXT NOT NULL CHECK (dilapidations_grade = '' OR dilapidations_grade = 'measured' OR dilapidations_grade = 'stated' OR dilapidations_grade = 'benchmark' OR dilapidations_grade = 'estimated' OR dilapidations_grade = 'placeholder'),
  dilapidations_source TEXT NOT NULL
) STRICT;

CREATE TABLE lease_event (
  asset INTEGER NOT NULL REFERENCES tenure (asset) DEFERRABLE INITIALLY DEFERRED,
  kind  TEXT NOT NULL CHECK (kind IN ('break', 'expiry', 'review')),
  date  TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  PRIMARY KEY (asset, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE service (
  no            INTEGER PRIMARY KEY,
  id            TEXT NOT NULL UNIQUE CHECK (id <> ''),
  organisation  INTEGER REFERENCES organisation (no) DEFERRABLE INITIALLY DEFERRED,
  name          TEXT NOT NULL,
  kind          TEXT NOT NULL,
  public        INTEGER NOT NULL CHECK (public IN (0, 1)),
  sessions      INTEGER NOT NULL CHECK (sessions BETWEEN 0 AND 65535), -- bits: 3 × weekday + part of day; 15 is the weekend
  class         TEXT NOT NULL,
  home_days     REAL NOT NULL CHECK (home_days BETWEEN 0 AND 5),
  fte           REAL,
  fte_grade     TEXT NOT NULL CHECK (fte_grade = '' OR fte_grade = 'measured' OR fte_grade = 'stated' OR fte_grade = 'benchmark' OR fte_grade = 'estimated' OR fte_grade = 'placeholder'),
  fte_source    TEXT NOT NULL,
  desks         REAL,
  desks_grade   TEXT NOT NULL CHECK (desks_grade = '' OR desks_grade = 'measured' OR desks_grade = 'stated' OR desks_grade = 'benchmark' OR desks_grade = 'estimated' OR desks_grade = 'placeholder'),
  desks_source  TEXT NOT NULL,
  visits        REAL,
  visits_grade  TEXT NOT NULL CHECK (visits_grade = '' OR visits_grade = 'measured' OR visits_grade = 'stated' OR visits_grade = 'benchmark' OR visits_grade = 'estimated' OR visits_grade = 'placeholder'),
  visits_source TEXT NOT NULL,
  area_m2       REAL,
  area_grade    TEXT NOT NULL CHECK (area_grade = '' OR area_grade = 'measured' OR area_grade = 'stated' OR area_grade = 'benchmark' OR area_grade = 'estimated' OR area_grade = 'placeholder'),
  area_source   TEXT NOT NULL
) STRICT;
CREATE INDEX service_organisation ON service (organisation);

CREATE TABLE service_need (
  service INTEGER NOT NULL REFERENCES service (no) DEFERRABLE INITIALLY DEFERRED,
  room    TEXT NOT NULL,
  area_m2 REAL NOT NULL CHECK (area_m2 >= 0),
  PRIMARY KEY (service, room)
) STRICT, WITHOUT ROWID;

CREATE TABLE service_rule (
  service INTEGER NOT NULL REFERENCES service (no) DEFERRABLE INITIALLY DEFERRED,
  kind    TEXT NOT NULL CHECK (kind IN ('not with', 'near')),
  ord     INTEGER NOT NULL,
  other   INTEGER NOT NULL REFERENCES service (no) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (service, kind, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX service_rule_other ON service_rule (other);

CREATE TABLE occupation (
  no           INTEGER PRIMARY KEY,
  service      INTEGER NOT NULL REFERENCES service (no) DEFERRABLE INITIALLY DEFERRED,
  asset        INTEGER NOT NULL REFERENCES asset (no) DEFERRABLE INITIALLY DEFERRED,
  part         TEXT, -- NULL for the whole asset
  share        REAL NOT NULL CHECK (share BETWEEN 0 AND 1),
  sessions     INTEGER NOT NULL CHECK (sessions BETWEEN 0 AND 65535),
  area_m2      REAL,
  area_grade   TEXT NOT NULL CHECK (area_grade = '' OR area_grade = 'measured' OR area_grade = 'stated' OR area_grade = 'benchmark' OR area_grade = 'estimated' OR area_grade = 'placeholder'),
  area_source  TEXT NOT NULL,
  desks        REAL,
  desks_grade  TEXT NOT NULL CHECK (desks_grade = '' OR desks_grade = 'measured' OR desks_grade = 'stated' OR desks_grade = 'benchmark' OR desks_grade = 'estimated' OR desks_grade = 'placeholder'),
  desks_source TEXT NOT NULL,
  FOREIGN KEY (asset, part) REFERENCES asset_part (asset, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX occupation_service ON occupation (service, asset);
CREATE INDEX occupation_asset ON occupation (asset, part);

CREATE TABLE population_point (
  no     INTEGER PRIMARY KEY,
  code   TEXT NOT NULL UNIQUE CHECK (code <> ''),
  name   TEXT NOT NULL,
  lat    REAL CHECK (lat BETWEEN -90 AND 90),
  lon    REAL CHECK (lon BETWEEN -180 AND 180),
  placed TEXT NOT NULL,
  people REAL NOT NULL CHECK (people >= 0),
  source TEXT NOT NULL
) STRICT;

CREATE TABLE population_group (
  point INTEGER NOT NULL REFERENCES population_point (no) DEFERRABLE INITIALLY DEFERRED,
  name  TEXT NOT NULL,
  count REAL NOT NULL CHECK (count >= 0),
  PRIMARY KEY (point, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE boundary (
  no    INTEGER PRIMARY KEY,
  layer TEXT NOT NULL,
  code  TEXT NOT NULL CHECK (code <> ''),
  name  TEXT NOT NULL,
  rings TEXT NOT NULL CHECK (json_valid(rings)), -- a GeoJSON MultiPolygon, WGS84, longitude first
  UNIQUE (layer, code)
) STRICT;

CREATE TABLE scenario (
  no          INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE CHECK (id <> ''),
  name        TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('business as usual', 'do minimum', 'option')),
  description TEXT NOT NULL
) STRICT;

CREATE TABLE action (
  scenario INTEGER NOT NULL REFERENCES scenario (no) DEFERRABLE INITIALLY DEFERRED,
  ord      INTEGER NOT NULL,
  id       TEXT NOT NULL CHECK (id <> ''),
  kind     TEXT NOT NULL CHECK (kind <> ''),
  asset    INTEGER REFERENCES asset (no) DEFERRABLE INITIALLY DEFERRED,
  year     INTEGER NOT NULL,
  new_use  TEXT NOT NULL,
  reason   TEXT NOT NULL,
  PRIMARY KEY (scenario, ord)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX action_id ON action (scenario, id);
CREATE INDEX action_asset ON action (asset);

CREATE TABLE action_value (
  scenario INTEGER NOT NULL,
  action   INTEGER NOT NULL,
  name     TEXT NOT NULL,
  value    REAL NOT NULL,
  PRIMARY KEY (scenario, action, name),
  FOREIGN KEY (scenario, action) REFERENCES action (scenario, ord) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

-- The services an action moves, the assets it empties and its retrofit measures.
CREATE TABLE action_list (
  scenario INTEGER NOT NULL,
  action   INTEGER NOT NULL,
  list     TEXT NOT NULL CHECK (list IN ('service', 'from', 'measure')),
  ord      INTEGER NOT NULL,
  service  INTEGER REFERENCES service (no) DEFERRABLE INITIALLY DEFERRED,
  asset    INTEGER REFERENCES asset (no) DEFERRABLE INITIALLY DEFERRED,
  measure  TEXT,
  PRIMARY KEY (scenario, action, list, ord),
  FOREIGN KEY (scenario, action) REFERENCES action (scenario, ord) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((list = 'service') = (service IS NOT NULL)),
  CHECK ((list = 'from') = (asset IS NOT NULL)),
  CHECK ((list = 'measure') = (measure IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX action_list_service ON action_list (service);
CREATE INDEX action_list_asset ON action_list (asset);

CREATE TABLE phase (
  scenario      INTEGER NOT NULL,
  action        INTEGER NOT NULL,
  ord           INTEGER NOT NULL,
  name          TEXT NOT NULL,
  use           TEXT NOT NULL,
  floor_area_m2 REAL NOT NULL,
  start         INTEGER NOT NULL,
  years         INTEGER NOT NULL,
  PRIMARY KEY (scenario, action, ord),
  FOREIGN KEY (scenario, action) REFERENCES action (scenario, ord) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE phase_value (
  scenario INTEGER NOT NULL,
  action   INTEGER NOT NULL,
  phase    INTEGER NOT NULL,
  name     TEXT NOT NULL,
  value    REAL NOT NULL,
  PRIMARY KEY (scenario, action, phase, name),
  FOREIGN KEY (scenario, action, phase) REFERENCES phase (scenario, action, ord) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE manual_stream (
  scenario    INTEGER NOT NULL REFERENCES scenario (no) DEFERRABLE INITIALLY DEFERRED,
  ord         INTEGER NOT NULL,
  label       TEXT NOT NULL,
  category    TEXT NOT NULL,
  benefit     INTEGER NOT NULL CHECK (benefit IN (0, 1)),
  payer       INTEGER REFERENCES organisation (no) DEFERRABLE INITIALLY DEFERRED,
  beneficiary INTEGER REFERENCES organisation (no) DEFERRABLE INITIALLY DEFERRED,
  capital     INTEGER NOT NULL CHECK (capital IN (0, 1)),
  price_base  INTEGER NOT NULL, -- 0: the project's
  first       INTEGER NOT NULL, -- financial year of the first value
  grade       TEXT NOT NULL CHECK (grade = '' OR grade = 'measured' OR grade = 'stated' OR grade = 'benchmark' OR grade = 'estimated' OR grade = 'placeholder'),
  source      TEXT NOT NULL,
  exempt      INTEGER NOT NULL CHECK (exempt IN (0, 1)),
  PRIMARY KEY (scenario, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX manual_stream_payer ON manual_stream (payer);
CREATE INDEX manual_stream_beneficiary ON manual_stream (beneficiary);

CREATE TABLE manual_value (
  scenario INTEGER NOT NULL,
  stream   INTEGER NOT NULL,
  year     INTEGER NOT NULL,
  pence    INTEGER NOT NULL,
  PRIMARY KEY (scenario, stream, year),
  FOREIGN KEY (scenario, stream) REFERENCES manual_stream (scenario, ord) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE assumption (
  no         INTEGER PRIMARY KEY,
  key        TEXT NOT NULL UNIQUE CHECK (key <> ''),
  label      TEXT NOT NULL,
  heading    TEXT NOT NULL, -- the group under which it is listed
  value      REAL NOT NULL,
  unit       TEXT NOT NULL,
  price_base INTEGER NOT NULL, -- 0: not money
  grade      TEXT NOT NULL CHECK (grade = '' OR grade = 'measured' OR grade = 'stated' OR grade = 'benchmark' OR grade = 'estimated' OR grade = 'placeholder'),
  source     TEXT NOT NULL,
  confidence TEXT NOT NULL,
  date       TEXT NOT NULL,
  owner      TEXT NOT NULL,
  reason     TEXT NOT NULL,
  exempt     INTEGER NOT NULL CHECK (exempt IN (0, 1))
) STRICT;

CREATE TABLE finding (
  no       INTEGER PRIMARY KEY,
  severity TEXT NOT NULL CHECK (severity IN ('problem', 'warning', 'note')),
  file     TEXT NOT NULL,
  sheet    TEXT NOT NULL,
  row      INTEGER NOT NULL CHECK (row >= 0), -- 1-based; 0 when it is about the file
  cell     TEXT NOT NULL, -- the column
  value    TEXT NOT NULL,
  message  TEXT NOT NULL,
  remedy   TEXT NOT NULL,
  asset    TEXT NOT NULL -- id of an asset, which may never have been imported
) STRICT;

CREATE TABLE decision (
  no      INTEGER PRIMARY KEY CHECK (no > 0), -- the decision's number
  name    TEXT NOT NULL,
  at      TEXT NOT NULL,
  who     TEXT NOT NULL,
  hash    TEXT NOT NULL CHECK (length(hash) = 64), -- SHA-256 of content, hexadecimal
  content BLOB NOT NULL
) STRICT;
CREATE TRIGGER decision_is_frozen BEFORE UPDATE ON decision
BEGIN SELECT raise(ABORT, 'a decision is frozen'); END;

CREATE TABLE audit (
  no      INTEGER PRIMARY KEY,
  at      TEXT NOT NULL, -- ISO date and time, UTC
  who     TEXT NOT NULL,
  deed    TEXT NOT NULL CHECK (deed IN ('create', 'do', 'undo', 'redo', 'migrate')),
  what    TEXT NOT NULL,
  why     TEXT NOT NULL,
  command TEXT NOT NULL CHECK (json_valid(command))
) STRICT;
CREATE TRIGGER audit_is_kept BEFORE UPDATE ON audit
BEGIN SELECT raise(ABORT, 'the audit is only added to'); END;
CREATE TRIGGER audit_is_whole BEFORE DELETE ON audit
BEGIN SELECT raise(ABORT, 'the audit is only added to'); END;

-- Newest last. Images hold what taking the entry back (or doing it again)
-- puts in place of what is there.
CREATE TABLE undo (
  no     INTEGER PRIMARY KEY,
  name   TEXT NOT NULL,
  why    TEXT NOT NULL,
  undone INTEGER NOT NULL CHECK (undone IN (0, 1)),
  packed INTEGER NOT NULL CHECK (packed IN (0, 1)), -- images are compressed (DEFLATE)
  images BLOB NOT NULL -- JSON
) STRICT;

-- One row an asset, for readers with any SQLite tool. £ and not pence.
CREATE VIEW v_asset AS
SELECT a.id, a.name, o.name AS organisation, a.use, a.address, a.postcode, a.uprn, a.reference, a.ward, a.area,
       a.lat, a.lon, a.placed, a.holding,
       coalesce(t.kind, '') AS tenure,
       (SELECT date FROM lease_event e WHERE e.asset = a.no AND e.kind = 'break')  AS lease_break,
       (SELECT date FROM lease_event e WHERE e.asset = a.no AND e.kind = 'expiry') AS lease_expiry,
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
LEFT JOIN organisation o ON o.no = a.organisation
LEFT JOIN tenure t ON t.asset = a.no;
