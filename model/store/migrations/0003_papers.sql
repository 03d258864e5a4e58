-- What the user changed in a paper, scenarios that are locked, and the floor area that an owner says is not used.

ALTER TABLE asset ADD COLUMN unused_m2 REAL; -- of the floor area, empty
ALTER TABLE asset ADD COLUMN unused_grade TEXT NOT NULL DEFAULT '' CHECK (unused_grade IN ('', 'measured', 'stated', 'benchmark', 'estimated', 'placeholder'));
ALTER TABLE asset ADD COLUMN unused_source TEXT NOT NULL DEFAULT '';

ALTER TABLE scenario ADD COLUMN locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)); -- 1: not to be changed by hand

CREATE TABLE paper_part (
  no       INTEGER PRIMARY KEY,
  section  TEXT NOT NULL UNIQUE CHECK (section <> ''),
  left_out INTEGER NOT NULL CHECK (left_out IN (0, 1)),
  title    TEXT NOT NULL, -- empty: the section's own
  words    TEXT NOT NULL, -- empty: the section's own; a figure is a name in braces
  at       TEXT NOT NULL  -- ISO date on which the words were last changed; empty while they are the section's own
) STRICT;

DROP VIEW v_result;
CREATE VIEW v_result AS
SELECT s.id AS scenario, s.name AS scenario_name, r.at,
       EXISTS (SELECT 1 FROM audit u, json_each(u.command) deed, json_each(deed.value) kind
               WHERE u.no > r.audit AND deed.key IN ('put', 'removed')
                 AND kind.key NOT IN ('boundary', 'finding', 'decision', 'paper')) AS out_of_date,
       (SELECT count(*) FROM flow_line l WHERE l.scenario = r.scenario) AS lines
FROM result r JOIN scenario s ON s.no = r.scenario;
