-- Runs unchanged on DuckDB and on PostgreSQL.

-- What publications state of who and when, by the arrival number of the publication. Nothing is deleted but by a later reading of it.
CREATE TABLE reference_bank_holiday (
    arrival BIGINT NOT NULL,
    day     DATE   NOT NULL,
    title   TEXT   NOT NULL,
    PRIMARY KEY (arrival, day)
);

CREATE TABLE reference_organisation (
    arrival    BIGINT NOT NULL,
    code       TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    valid_from DATE,
    valid_to   DATE,
    PRIMARY KEY (arrival, code)
);

CREATE TABLE reference_succession (
    arrival     BIGINT NOT NULL,
    predecessor TEXT   NOT NULL,
    successor   TEXT   NOT NULL,
    day         DATE   NOT NULL,
    PRIMARY KEY (arrival, predecessor, successor)
);
