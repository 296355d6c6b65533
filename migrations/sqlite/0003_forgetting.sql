-- Forgetting, and what is kept for others to read after it.

-- When the links to those who took part are to be destroyed, whether they were, and when all of it is to be
-- deleted: what is due is found by these.
ALTER TABLE conversation ADD COLUMN forgets_at BIGINT;
ALTER TABLE conversation ADD COLUMN links_destroyed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN deletes_at BIGINT;
-- Within how many hours moderators promise to decide; 0 where nothing is promised.
ALTER TABLE conversation ADD COLUMN moderated_within BIGINT NOT NULL DEFAULT 0;

-- What had been published of a conversation that was deleted. Its address stays its own.
CREATE TABLE kept_results (
    slug TEXT NOT NULL PRIMARY KEY,
    conversation BIGINT NOT NULL REFERENCES conversation (id),
    kept_at BIGINT NOT NULL,
    results TEXT NOT NULL
) WITHOUT ROWID;

-- Pages about the site itself (privacy, imprint …), where they were changed from what Boule brings.
CREATE TABLE site_page (
    page TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (page, language)
) WITHOUT ROWID;

-- Whom a provider (OpenID Connect) knows as whom.
CREATE TABLE staff_identity (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    staff BIGINT NOT NULL REFERENCES staff (number),
    PRIMARY KEY (issuer, subject),
    -- An address that another person has got meanwhile is no way into the account of the one before.
    UNIQUE (issuer, staff)
) WITHOUT ROWID;

-- Mail that waits to be sent. A row is deleted as soon as it was sent or given up: an invitation's key stands in it.
CREATE TABLE outbox (
    number INTEGER NOT NULL PRIMARY KEY,
    what TEXT NOT NULL,
    address TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    next_at BIGINT NOT NULL
);
CREATE INDEX outbox_next ON outbox (next_at);

-- What was written about last, and when, so that nobody gets it twice.
CREATE TABLE mailed (
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (what, subject)
) WITHOUT ROWID;
