-- Of the ledger's tables, whose own migrations make none: DuckDB would hold them in memory and reads its columns fast enough.
CREATE INDEX ON reading (framework_key, framework_version, organisation, slot_end);
CREATE INDEX ON reading_superseded (framework_key, framework_version, organisation, slot_end);
CREATE INDEX ON rejection (arrival, number);
CREATE INDEX ON reconciliation_difference (arrival);
CREATE INDEX ON due_span (arrival);
CREATE INDEX ON run (source, run_id);
CREATE INDEX ON publication (publication_id);
