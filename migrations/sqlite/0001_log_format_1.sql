-- The event log is the truth; everything else here can be made again from it, or is about who may come
-- in. Times are microseconds since 1970 (UTC); hashes are hex. docs/LOG.md describes the events.

CREATE TABLE conversation (
    id BIGINT NOT NULL PRIMARY KEY,
    -- none for a draft that was deleted
    slug TEXT UNIQUE,
    state TEXT NOT NULL,
    listed BIGINT NOT NULL,
    -- the commitment of the question, whose words are in personal_text
    question TEXT NOT NULL,
    -- the format of its log
    format BIGINT NOT NULL,
    -- the last event of its log, and that event's hash: the row that a writer locks
    seq BIGINT NOT NULL,
    head TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE event (
    conversation BIGINT NOT NULL REFERENCES conversation (id),
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (conversation, seq)
) WITHOUT ROWID;

-- Append-only: what was recorded is neither changed nor taken away.
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'the event log is append-only');
END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'the event log is append-only');
END;

-- Words that people wrote, outside the chain, so that they can be erased.
CREATE TABLE personal_text (
    conversation BIGINT NOT NULL REFERENCES conversation (id),
    commitment TEXT NOT NULL,
    salt TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (conversation, commitment)
) WITHOUT ROWID;

-- A browser's or program's token, and the participant it is in one conversation. Only hashes of secrets
-- are kept, here and below.
CREATE TABLE participant_token (
    conversation BIGINT NOT NULL REFERENCES conversation (id),
    token_hash TEXT NOT NULL,
    participant BIGINT NOT NULL,
    PRIMARY KEY (conversation, token_hash)
) WITHOUT ROWID;

-- The names behind the numbers of staff in the log.
CREATE TABLE staff (
    number INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- One-time links that give a role (boule link).
CREATE TABLE role_link (
    token_hash TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    staff BIGINT NOT NULL REFERENCES staff (number),
    expires_at BIGINT NOT NULL
) WITHOUT ROWID;

-- Browsers that used one.
CREATE TABLE role_session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    staff BIGINT NOT NULL REFERENCES staff (number),
    expires_at BIGINT NOT NULL
) WITHOUT ROWID;

-- One row that is written to see whether anything can be.
CREATE TABLE probe (
    id INTEGER NOT NULL PRIMARY KEY,
    written_at BIGINT NOT NULL
);
