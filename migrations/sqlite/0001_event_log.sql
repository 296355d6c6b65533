-- The event log is the truth; everything else here can be made again from it, or is about who
-- may come in. Times are microseconds since 1970 (UTC); hashes are hex.

CREATE TABLE conversation (
    id BIGINT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    listed BIGINT NOT NULL,
    -- the commitment of the question, whose words are in personal_text
    question TEXT NOT NULL,
    -- the last event of its log, and that event's hash: the row that a writer locks
    seq BIGINT NOT NULL,
    head TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- how far the log was folded into vote
    votes_folded_to BIGINT NOT NULL DEFAULT 0
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

-- Current votes: a projection of the log up to conversation.votes_folded_to.
CREATE TABLE vote (
    conversation BIGINT NOT NULL REFERENCES conversation (id),
    participant BIGINT NOT NULL,
    statement BIGINT NOT NULL,
    choice BIGINT NOT NULL CHECK (choice IN (-1, 0, 1)),
    seq BIGINT NOT NULL,
    PRIMARY KEY (conversation, participant, statement)
) WITHOUT ROWID;
