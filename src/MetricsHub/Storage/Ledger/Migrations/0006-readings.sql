-- Runs unchanged on DuckDB and on PostgreSQL.

-- The newest escalation reading of every slot that has one. Scores and points are text, so that they come back to the last digit.
-- No keys: DuckDB would hold them in memory, and one writer at a time keeps a slot from standing twice.
CREATE TABLE reading (
    framework_key       TEXT      NOT NULL,
    framework_version   TEXT      NOT NULL,
    organisation        TEXT      NOT NULL,
    slot_end            TIMESTAMP NOT NULL,
    recorded_at         TIMESTAMP NOT NULL,
    rules_hash          TEXT      NOT NULL,
    why                 INTEGER   NOT NULL,
    level               INTEGER   NOT NULL,
    lowest_level        INTEGER   NOT NULL,
    highest_level       INTEGER   NOT NULL,
    indicators          INTEGER   NOT NULL,
    service_domains     INTEGER   NOT NULL,
    score               TEXT      NOT NULL,
    worst_score         TEXT      NOT NULL,
    points              TEXT      NOT NULL,
    available           TEXT      NOT NULL,
    applicable          TEXT      NOT NULL,
    shown_status        INTEGER   NOT NULL,
    shown_level         INTEGER   NOT NULL,
    shown_since         TIMESTAMP NOT NULL,
    calm_slots          INTEGER   NOT NULL,
    falls_to            INTEGER   NOT NULL,
    slots_without_level INTEGER   NOT NULL
);

-- What was the newest once, and until when. Nothing is deleted: what a slot read as at any instant stands here or above.
CREATE TABLE reading_superseded (
    framework_key       TEXT      NOT NULL,
    framework_version   TEXT      NOT NULL,
    organisation        TEXT      NOT NULL,
    slot_end            TIMESTAMP NOT NULL,
    recorded_at         TIMESTAMP NOT NULL,
    rules_hash          TEXT      NOT NULL,
    why                 INTEGER   NOT NULL,
    level               INTEGER   NOT NULL,
    lowest_level        INTEGER   NOT NULL,
    highest_level       INTEGER   NOT NULL,
    indicators          INTEGER   NOT NULL,
    service_domains     INTEGER   NOT NULL,
    score               TEXT      NOT NULL,
    worst_score         TEXT      NOT NULL,
    points              TEXT      NOT NULL,
    available           TEXT      NOT NULL,
    applicable          TEXT      NOT NULL,
    shown_status        INTEGER   NOT NULL,
    shown_level         INTEGER   NOT NULL,
    shown_since         TIMESTAMP NOT NULL,
    calm_slots          INTEGER   NOT NULL,
    falls_to            INTEGER   NOT NULL,
    slots_without_level INTEGER   NOT NULL,
    superseded_at       TIMESTAMP NOT NULL
);

-- Which figures have changed since they were last evaluated. Entered before they are stored, without a ticket; a publication that is
-- complete gives its spans one, and only those are taken off when they have been evaluated.
CREATE TABLE due_span (
    arrival      BIGINT    NOT NULL,
    ticket       BIGINT,
    metric       TEXT      NOT NULL,
    organisation TEXT      NOT NULL,
    first_start  TIMESTAMP NOT NULL,
    last_end     TIMESTAMP NOT NULL
);

CREATE SEQUENCE due_ticket;

-- How far each version of a framework has been evaluated, by which rules.
CREATE TABLE evaluation (
    framework_key     TEXT      NOT NULL,
    framework_version TEXT      NOT NULL,
    rules_hash        TEXT      NOT NULL,
    evaluated_to      TIMESTAMP NOT NULL,
    finished_at       TIMESTAMP NOT NULL,
    failure           TEXT,
    PRIMARY KEY (framework_key, framework_version)
);
