-- Runs unchanged on DuckDB and on PostgreSQL.

-- Levels that somebody declared, each by the key that its sender gave it: the same key never means two declarations.
CREATE TABLE declaration (
    number          BIGINT    NOT NULL PRIMARY KEY,
    organisation    TEXT      NOT NULL,
    framework       TEXT,
    level           INTEGER   NOT NULL,
    reason          TEXT      NOT NULL,
    actor           TEXT      NOT NULL,
    declared_at     TIMESTAMP NOT NULL,
    stands_until    TIMESTAMP NOT NULL,
    idempotency_key TEXT      NOT NULL,
    UNIQUE (organisation, idempotency_key)
);

CREATE SEQUENCE declaration_number;

-- The early end of one: a row of its own, so that no declaration is ever changed.
CREATE TABLE declaration_end (
    declaration BIGINT    NOT NULL PRIMARY KEY,
    ended_at    TIMESTAMP NOT NULL,
    actor       TEXT      NOT NULL,
    reason      TEXT      NOT NULL
);
