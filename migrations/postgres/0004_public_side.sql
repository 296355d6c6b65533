-- What the organiser has published beside the computed results: results as they stood on a day, votes as rows.
-- The log holds the SHA-256 of each.
CREATE TABLE published_document (
    conversation BIGINT NOT NULL REFERENCES conversation (id),
    name TEXT COLLATE "C" NOT NULL,
    content TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (conversation, name)
);

-- Who gets one mail when there is something new. A row goes as soon as that mail is on its way, or is called off, or
-- was not confirmed in time.
CREATE TABLE follower (
    -- SHA-256 of what stands in the links of the mails.
    key_hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    conversation BIGINT NOT NULL REFERENCES conversation (id),
    -- results, answers or decision.
    topic TEXT COLLATE "C" NOT NULL,
    -- The commitment of the statement's words that a decision is waited for.
    words TEXT COLLATE "C" NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT
);
-- Where a mail program calls it off with one click (RFC 8058); nothing where there is nothing to call off.
ALTER TABLE outbox ADD COLUMN unsubscribe TEXT COLLATE "C" NOT NULL DEFAULT '';

CREATE INDEX follower_conversation ON follower (conversation, topic);
