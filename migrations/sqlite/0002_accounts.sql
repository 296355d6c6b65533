-- Accounts of staff, what they may do where, and the instance's own log of it.

DROP TABLE role_session;
DROP TABLE role_link;

-- A member of staff is an account once they have an address to sign in with. Those who came in by an older
-- Boule's links keep their number and name, since logs name them.
ALTER TABLE staff ADD COLUMN address TEXT;
-- A PHC string: argon2id with its parameters and salt.
ALTER TABLE staff ADD COLUMN password TEXT;
-- The secret that their app makes codes from, in base32, and the last time step that was used.
ALTER TABLE staff ADD COLUMN totp TEXT;
ALTER TABLE staff ADD COLUMN totp_step BIGINT NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN seen_at BIGINT NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX staff_address ON staff (address);

-- Codes to print, for whoever has lost the app; each works once.
CREATE TABLE recovery_code (
    staff BIGINT NOT NULL REFERENCES staff (number),
    code_hash TEXT NOT NULL,
    PRIMARY KEY (staff, code_hash)
) WITHOUT ROWID;

-- Browsers that are signed in, or on their way.
CREATE TABLE staff_session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    staff BIGINT NOT NULL REFERENCES staff (number),
    -- 'code': the password was right, a code is asked for; 'set_up': the app has to be set up; 'full'
    stage TEXT NOT NULL,
    -- the app's secret while it is being set up
    offer TEXT,
    -- came in without a password or without a code, so that either can be set anew, for a while
    recovers BIGINT NOT NULL DEFAULT 0,
    -- what the browser calls itself, for the list of one's own sessions
    browser TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX staff_session_of ON staff_session (staff);

-- Named groups of conversations.
CREATE TABLE department (
    number INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);
ALTER TABLE conversation ADD COLUMN department BIGINT REFERENCES department (number);

-- One role for each person and scope. The subject is a department's number, a conversation's id, or 0.
CREATE TABLE staff_grant (
    staff BIGINT NOT NULL REFERENCES staff (number),
    scope TEXT NOT NULL,
    subject BIGINT NOT NULL,
    role TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (staff, scope, subject)
) WITHOUT ROWID;
CREATE INDEX staff_grant_in ON staff_grant (scope, subject);

-- Links that let somebody in. The number is how pages name one, since nobody has its secret any more.
CREATE TABLE one_time_link (
    number INTEGER NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    purpose TEXT NOT NULL,
    staff BIGINT REFERENCES staff (number),
    role TEXT,
    scope TEXT,
    subject BIGINT,
    address TEXT,
    -- who made it; nobody for the command line. It does nothing once they could not make it any more.
    made_by BIGINT REFERENCES staff (number),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- The instance's own log, and where it ends. `rights` grows with every change of who may do what.
CREATE TABLE instance (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    rights BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    head TEXT NOT NULL
);

CREATE TABLE instance_event (
    seq BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    hash TEXT NOT NULL,
    -- who did it and whom it is about, to be searched by
    staff BIGINT,
    account BIGINT
);
CREATE TRIGGER instance_event_is_never_changed BEFORE UPDATE ON instance_event
BEGIN
    SELECT RAISE(ABORT, 'the instance log is append-only');
END;
CREATE TRIGGER instance_event_is_never_deleted BEFORE DELETE ON instance_event
BEGIN
    SELECT RAISE(ABORT, 'the instance log is append-only');
END;

CREATE TABLE instance_text (
    commitment TEXT NOT NULL PRIMARY KEY,
    salt TEXT NOT NULL,
    text TEXT NOT NULL
) WITHOUT ROWID;

-- When a conversation is meant to open and to close, and when it opened last: what is due is found by these.
ALTER TABLE conversation ADD COLUMN opens_at BIGINT;
ALTER TABLE conversation ADD COLUMN closes_at BIGINT;
ALTER TABLE conversation ADD COLUMN opened_at BIGINT;
UPDATE conversation SET
    opens_at = (
        SELECT json_extract(e.payload, '$.schedule.opens_at') FROM event e
        WHERE e.conversation = conversation.id
            AND e.kind IN ('conversation_created', 'conversation_changed', 'conversation_opened')
        ORDER BY e.seq DESC LIMIT 1),
    closes_at = (
        SELECT json_extract(e.payload, '$.schedule.closes_at') FROM event e
        WHERE e.conversation = conversation.id
            AND e.kind IN ('conversation_created', 'conversation_changed', 'conversation_opened')
        ORDER BY e.seq DESC LIMIT 1),
    opened_at = (
        SELECT max(e.at) FROM event e WHERE e.conversation = conversation.id AND e.kind = 'conversation_opened');

-- Conversations that nobody needs in lists any more.
ALTER TABLE conversation ADD COLUMN archived BIGINT NOT NULL DEFAULT 0;

-- Which events of the conversations' logs are acts of staff, or decisions on statements: they can be searched
-- without a look at all votes. Nobody's number stands where Boule itself or an import decided.
CREATE TABLE staff_act (
    conversation BIGINT NOT NULL REFERENCES conversation (id),
    seq BIGINT NOT NULL,
    staff BIGINT,
    kind TEXT NOT NULL,
    PRIMARY KEY (conversation, seq)
) WITHOUT ROWID;
INSERT INTO staff_act (conversation, seq, staff, kind)
    SELECT conversation, seq, json_extract(payload, '$.by.staff'), kind
    FROM event
    WHERE kind = 'statement_moderated'
        OR kind NOT IN ('vote_cast', 'participant_joined') AND json_extract(payload, '$.by.staff') IS NOT NULL;
