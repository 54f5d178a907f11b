-- Runs unchanged on DuckDB and on PostgreSQL.

CREATE SEQUENCE rules_number;

-- The rules of each framework version, one row for each time at which they became others; no hash and no text where the version was taken
-- out of the catalogue.
CREATE TABLE rules_in_force (
    number         BIGINT    NOT NULL PRIMARY KEY,
    framework      TEXT      NOT NULL,
    version        TEXT      NOT NULL,
    engine_version TEXT      NOT NULL,
    rules_hash     TEXT,
    content        TEXT,
    since          TIMESTAMP NOT NULL
);
