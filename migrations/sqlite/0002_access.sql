-- Who may come in. Only hashes of secrets are kept.

-- A browser's or program's token, and the participant it is in one conversation.
CREATE TABLE participant_token (
    conversation BIGINT NOT NULL REFERENCES conversation (id),
    token_hash TEXT NOT NULL,
    participant BIGINT NOT NULL,
    PRIMARY KEY (conversation, token_hash)
) WITHOUT ROWID;

-- One-time links that give a role (boule link).
CREATE TABLE role_link (
    token_hash TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    expires_at BIGINT NOT NULL
) WITHOUT ROWID;

-- Browsers that used one.
CREATE TABLE role_session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    expires_at BIGINT NOT NULL
) WITHOUT ROWID;
