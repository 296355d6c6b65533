-- Forgetting, and what is kept for others to read after it.

-- When the links to those who took part are to be destroyed, whether they were, and when all of it is to be
-- deleted: what is due is found by these.
ALTER TABLE conversation ADD COLUMN forgets_at BIGINT;
ALTER TABLE conversation ADD COLUMN links_destroyed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN deletes_at BIGINT;

-- What had been published of a conversation that was deleted. Its address stays its own.
CREATE TABLE kept_results (
    slug TEXT NOT NULL PRIMARY KEY,
    conversation BIGINT NOT NULL REFERENCES conversation (id),
    kept_at BIGINT NOT NULL,
    results TEXT NOT NULL
) WITHOUT ROWID;
