-- Runs unchanged on DuckDB and on PostgreSQL.

-- When the bytes of a publication were removed from the archive; null while they are to be there. Entered before they go.
ALTER TABLE publication ADD COLUMN bytes_removed_at TIMESTAMP;
