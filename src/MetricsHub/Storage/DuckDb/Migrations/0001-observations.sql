-- No table of statements has a key: an index costs nine times the time of a load and fourteen times the disk, and there is one writer.

CREATE TABLE series (
    series_id    INTEGER NOT NULL,
    metric       VARCHAR NOT NULL,
    organisation VARCHAR NOT NULL
);

-- release_id counts appends from 1 without a gap: "known up to release n" is a state that the store once had. One row is written with
-- every append, and every column of it costs: what most releases do not have stands in tables of its own.
CREATE TABLE release (
    release_id     INTEGER   NOT NULL,
    publication    VARCHAR   NOT NULL,
    source         VARCHAR   NOT NULL,
    parser_version INTEGER   NOT NULL,
    published_at   TIMESTAMP,
    revision       INTEGER   NOT NULL,
    arrival        BIGINT    NOT NULL,
    recorded_at    TIMESTAMP NOT NULL,
    superseded_by  INTEGER
);

-- From the first to the last start of those periods of a release of which something may have been said before: at the next start of the
-- hub it says which months need a ranking of their statements.
CREATE TABLE contested (
    release_id  INTEGER   NOT NULL,
    first_start TIMESTAMP NOT NULL,
    last_start  TIMESTAMP NOT NULL
);

-- As they arrived.
CREATE TABLE statement_recent (
    series_id    INTEGER   NOT NULL,
    period_start TIMESTAMP NOT NULL,
    period_end   TIMESTAMP NOT NULL,
    value        DOUBLE,
    absence      UTINYINT,
    release_id   INTEGER   NOT NULL,
    source_row   INTEGER   NOT NULL
);

-- Of closed months: the current statement of every series and period, by month, series and period.
CREATE TABLE statement_current (
    series_id    INTEGER   NOT NULL,
    period_start TIMESTAMP NOT NULL,
    period_end   TIMESTAMP NOT NULL,
    value        DOUBLE,
    absence      UTINYINT,
    release_id   INTEGER   NOT NULL,
    source_row   INTEGER   NOT NULL
);

-- Of closed months: all the other statements.
CREATE TABLE statement_superseded (
    series_id    INTEGER   NOT NULL,
    period_start TIMESTAMP NOT NULL,
    period_end   TIMESTAMP NOT NULL,
    value        DOUBLE,
    absence      UTINYINT,
    release_id   INTEGER   NOT NULL,
    source_row   INTEGER   NOT NULL
);

-- What statement_current holds, gathered into hours of UTC. The four figures are NULL where there is no number.
CREATE TABLE rollup_hour (
    series_id  INTEGER   NOT NULL,
    step_start TIMESTAMP NOT NULL,
    numbers    INTEGER   NOT NULL,
    absences   INTEGER   NOT NULL,
    total      DOUBLE,
    minimum    DOUBLE,
    maximum    DOUBLE,
    last       DOUBLE
);

-- The same, gathered into days of Europe/London; step_start is the instant of its midnight in UTC.
CREATE TABLE rollup_day (
    series_id  INTEGER   NOT NULL,
    step_start TIMESTAMP NOT NULL,
    numbers    INTEGER   NOT NULL,
    absences   INTEGER   NOT NULL,
    total      DOUBLE,
    minimum    DOUBLE,
    maximum    DOUBLE,
    last       DOUBLE
);

-- Which months (of Europe/London) were compacted, and up to which release: what later releases say of them is in statement_recent.
CREATE TABLE compacted_month (
    month_start TIMESTAMP NOT NULL,
    release_id  INTEGER   NOT NULL
);
