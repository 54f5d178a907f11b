-- Runs unchanged on DuckDB and on PostgreSQL.

-- From where somebody acted, and the trace of the request by which they did; null where it was no request.
ALTER TABLE actions ADD COLUMN address TEXT;
ALTER TABLE actions ADD COLUMN trace TEXT;

-- The SHA-256 of each action and of the seal before it. Actions from before this migration are sealed with the first one after it.
CREATE TABLE action_seal (
    number BIGINT NOT NULL PRIMARY KEY,
    sha256 TEXT   NOT NULL
);
