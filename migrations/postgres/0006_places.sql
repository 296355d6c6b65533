-- Which machine of several decides what happens in a conversation: the node that has it, for the how-manieth time anybody has it,
-- and since when. What was decided in an earlier epoch is not written any more.
ALTER TABLE conversation ADD COLUMN owner BIGINT;
ALTER TABLE conversation ADD COLUMN epoch BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN owned_at BIGINT;

-- The machines that serve, each start of one with a number of its own.
CREATE TABLE node (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- where other nodes reach it; empty where it is the only one
    address TEXT COLLATE "C" NOT NULL,
    -- the hash of the certificate that it shows to others
    certificate TEXT COLLATE "C" NOT NULL,
    version TEXT COLLATE "C" NOT NULL,
    -- when it said last that it is there, by the clock of this server
    beat BIGINT NOT NULL,
    -- it is about to end, and takes no more conversations
    draining BIGINT NOT NULL
) WITH (fillfactor = 50);

-- What can be made again from the log, and would take long: the votes of a conversation as of some moment, and the letters of its
-- groups. In parts, so that none is large.
CREATE TABLE kept_bytes (
    conversation BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    part BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (conversation, kind, part)
);
-- It is packed already.
ALTER TABLE kept_bytes ALTER COLUMN bytes SET STORAGE EXTERNAL;
