-- Which machine of several decides what happens in a conversation. A file has one machine; the columns are those of PostgreSQL,
-- so that both engines read the same texts.
ALTER TABLE conversation ADD COLUMN owner INTEGER;
ALTER TABLE conversation ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN owned_at INTEGER;
