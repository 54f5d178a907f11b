-- Runs unchanged on DuckDB, which adds no column with NOT NULL, and on PostgreSQL.

-- Who sent it first; nobody where it was collected.
ALTER TABLE publication ADD COLUMN actor TEXT;

-- Every push by the key that its sender gave it: the same key never means two bodies.
CREATE TABLE pushes (
    source          TEXT      NOT NULL,
    idempotency_key TEXT      NOT NULL,
    actor           TEXT      NOT NULL,
    publication_id  TEXT      NOT NULL,
    received_at     TIMESTAMP NOT NULL,
    PRIMARY KEY (source, idempotency_key)
);
