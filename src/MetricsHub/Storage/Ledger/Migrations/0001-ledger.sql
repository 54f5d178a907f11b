-- Runs unchanged on DuckDB and on PostgreSQL.

CREATE SEQUENCE publication_arrival;
CREATE SEQUENCE run_number;

CREATE TABLE ledger_version (
    version BIGINT NOT NULL
);

INSERT INTO ledger_version (version) VALUES (0);

CREATE TABLE publication (
    arrival                BIGINT    NOT NULL PRIMARY KEY,
    source                 TEXT      NOT NULL,
    publication_id         TEXT      NOT NULL,
    address                TEXT      NOT NULL,
    file_name              TEXT      NOT NULL,
    link_text              TEXT,
    published_at           TIMESTAMP,
    revision               INTEGER   NOT NULL,
    retrieved_at           TIMESTAMP NOT NULL,
    archived_bytes         BIGINT    NOT NULL,
    state                  TEXT      NOT NULL,
    parser_version         INTEGER   NOT NULL,
    failure                TEXT,
    rows_read              INTEGER   NOT NULL,
    rows_accepted          INTEGER   NOT NULL,
    rows_rejected          INTEGER   NOT NULL,
    rows_set_aside_total   INTEGER   NOT NULL,
    rows_set_aside_blank   INTEGER   NOT NULL,
    rows_set_aside_note    INTEGER   NOT NULL,
    cells_expected         INTEGER   NOT NULL,
    observations           INTEGER   NOT NULL,
    absences               INTEGER   NOT NULL,
    cells_rejected         INTEGER   NOT NULL,
    fields_compared        INTEGER   NOT NULL,
    period_start           TIMESTAMP,
    period_end             TIMESTAMP,
    recorded_at            TIMESTAMP,
    UNIQUE (source, publication_id)
);

-- Children carry no foreign key: DuckDB refuses to update a parent row that has children.
CREATE TABLE reconciliation_difference (
    arrival BIGINT           NOT NULL,
    number  INTEGER          NOT NULL,
    field   TEXT             NOT NULL,
    stated  DOUBLE PRECISION NOT NULL,
    summed  DOUBLE PRECISION NOT NULL
);

CREATE TABLE rejection (
    arrival    BIGINT  NOT NULL,
    number     INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    field      TEXT,
    reason     TEXT    NOT NULL,
    content    TEXT
);

CREATE TABLE run (
    run_id      BIGINT    NOT NULL PRIMARY KEY,
    source      TEXT      NOT NULL,
    started_at  TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    outcome     TEXT      NOT NULL,
    offered     INTEGER   NOT NULL,
    stored      INTEGER   NOT NULL,
    refused     INTEGER   NOT NULL,
    message     TEXT
);

CREATE TABLE known_fetch (
    source         TEXT NOT NULL,
    address        TEXT NOT NULL,
    validator      TEXT,
    last_modified  TIMESTAMP,
    publication_id TEXT NOT NULL,
    PRIMARY KEY (source, address)
);
