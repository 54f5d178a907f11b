-- Runs unchanged on DuckDB and on PostgreSQL.

-- Keys by which callers are recognised: of the secret only its hash. Scopes, organisations and sources are words in one text, commas between
-- them; no organisations and no sources stand for all of them.
CREATE TABLE access_key (
    key_id        TEXT      NOT NULL PRIMARY KEY,
    secret_sha256 TEXT      NOT NULL,
    owner         TEXT      NOT NULL,
    scopes        TEXT      NOT NULL,
    organisations TEXT,
    sources       TEXT,
    created_at    TIMESTAMP NOT NULL,
    created_by    TEXT      NOT NULL,
    expires_at    TIMESTAMP NOT NULL
);

-- The end of one before its time: a row of its own, so that no key is ever changed.
CREATE TABLE access_key_revocation (
    key_id     TEXT      NOT NULL PRIMARY KEY,
    revoked_at TIMESTAMP NOT NULL,
    actor      TEXT      NOT NULL
);

-- When it was last used, to the minute or so.
CREATE TABLE access_key_use (
    key_id  TEXT      NOT NULL PRIMARY KEY,
    used_at TIMESTAMP NOT NULL
);
