-- How many replays of the publication had been asked for when it was read: with parser_version, which reading of its bytes a release is.
-- Releases from before there were replays are the readings on arrival.
ALTER TABLE release ADD COLUMN replay INTEGER DEFAULT 0;
