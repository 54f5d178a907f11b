-- Runs unchanged on DuckDB, which adds no column with NOT NULL, and on PostgreSQL. What was there before gets the default.

-- With parser_version, the reading that the tally is of; and how many replays were asked for. Less means that one is to be done.
ALTER TABLE publication ADD COLUMN replay INTEGER DEFAULT 0;
ALTER TABLE publication ADD COLUMN replays_asked INTEGER DEFAULT 0;

-- The checks that refused it; 'none' where it could not be read.
ALTER TABLE rejection ADD COLUMN checks TEXT DEFAULT 'none';

-- What somebody had the hub do, beside what it does by itself.
CREATE TABLE actions (
    number   BIGINT    NOT NULL PRIMARY KEY,
    acted_at TIMESTAMP NOT NULL,
    actor    TEXT      NOT NULL,
    action   TEXT      NOT NULL,
    object   TEXT      NOT NULL,
    detail   TEXT
);

CREATE SEQUENCE action_number;
