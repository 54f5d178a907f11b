-- The bytes of publications, by the SHA-256 of what the publisher sent. They are never changed: written once, in one transaction.
CREATE TABLE archived (
    publication_id TEXT   NOT NULL PRIMARY KEY,
    length         BIGINT NOT NULL,
    sha256         TEXT   NOT NULL
);

CREATE TABLE archived_part (
    publication_id TEXT    NOT NULL,
    number         INTEGER NOT NULL,
    content        BYTEA   NOT NULL,
    PRIMARY KEY (publication_id, number)
);

-- Most publications are compressed already.
ALTER TABLE archived_part ALTER COLUMN content SET STORAGE EXTERNAL;
