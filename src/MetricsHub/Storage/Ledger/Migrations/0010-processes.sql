-- Runs unchanged on DuckDB and on PostgreSQL.

-- The order of the releases of a store of observations that is elsewhere, among all processes that append to it: one row. Instants are
-- microseconds since 1970.
CREATE TABLE release_clock (
    given     BIGINT NOT NULL, -- the last instant that was given
    closed    BIGINT NOT NULL, -- the last release that is committed
    finishing BIGINT NOT NULL, -- since which instant what the last release changed is, or is to be, written as current
    finished  BIGINT NOT NULL  -- up to where everything that is committed can be read
);

INSERT INTO release_clock (given, closed, finishing, finished) VALUES (0, 0, 0, 0);

-- Releases that were given an instant and are not committed. Whoever was given one may still write its statements.
CREATE TABLE release_open (
    recorded_at BIGINT    NOT NULL PRIMARY KEY,
    source      TEXT      NOT NULL,
    first_start TIMESTAMP,
    last_start  TIMESTAMP
);

-- Instants since which something was to be written as current, until another process did it since a later one. What bears one of them
-- may have been written afterwards: it is not believed.
CREATE TABLE release_overtaken (
    since BIGINT NOT NULL PRIMARY KEY
);

-- How many evaluations were begun. Only the last one may store anything.
CREATE TABLE evaluation_turn (
    turn BIGINT NOT NULL
);

INSERT INTO evaluation_turn (turn) VALUES (0);
