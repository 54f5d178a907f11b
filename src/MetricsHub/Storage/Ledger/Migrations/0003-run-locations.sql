-- Runs unchanged on DuckDB and on PostgreSQL.

-- Runs from before it count what could not be read as 0: a partial one of them is taken for a file that was refused.
ALTER TABLE run ADD COLUMN locations_unread INTEGER DEFAULT 0;
